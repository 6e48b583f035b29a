"""The mind of a transfer, on the real use cases: the other member by name or card, then once."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pos.domain.errors import StoreFault, StoreTrouble
from pos.domain.members import Member
from pos.domain.refunds import Transfer
from pos.domain.staff import Actor
from pos.services.transfers import TransferOrder, Transfers
from tests.pos.services.counter import Counter as Till
from tests.ui.asking_face import AskFace
from tests.ui.immediate import HeldLane, ImmediateLane
from tests.ui.sale_world import LI_CARD, NEW_CARD, WANG_CARD
from tests.ui.small_screens import Strip
from ui.transfers.presenter import TransferPresenter

pytest_plugins = ("tests.ui.sale_fixtures",)
pytestmark = pytest.mark.usefixtures("english")


@dataclass
class Question:
    """Li, who holds 180.00, gives to Wang, who holds 172.80."""

    till: Till
    li: Member
    wang: Member
    face: AskFace
    strip: Strip
    mind: TransferPresenter
    done: list[bool]

    def wallets(self) -> tuple[int, int]:
        return sum(self.till.wallet(self.li)), sum(self.till.wallet(self.wang))


def question_at(till: Till, lane: ImmediateLane | HeldLane) -> Question:
    face, strip, done = AskFace(), Strip(), list[bool]()
    mind = TransferPresenter(
        face, strip, Transfers(till.stores, till.clock, "A"), till.members, lane, lambda: till.manager,
        done=lambda: done.append(True),
    )  # fmt: skip
    li, wang = (till.checkout.identify(card).member for card in (LI_CARD, WANG_CARD))
    mind.open(li.id, li.name)
    return Question(till, li, wang, face, strip, mind, done)


@pytest.fixture
def question(till: Till) -> Question:
    return question_at(till, ImmediateLane())


def test_the_other_is_found_by_name_and_all_that_can_be_spent_is_offered(question: Question) -> None:
    question.mind.typed("text", "wang")
    question.mind.pick(0)

    assert question.face.now is not None
    assert (question.face.now.title, question.face.now.confirm) == ("From 李建国 to 王桂英", "Hand ¥180.00 on")


def test_the_other_is_found_by_card_and_a_part_moves_with_its_reason(question: Question) -> None:
    question.mind.card_read(WANG_CARD)
    question.mind.typed("amount", "30")
    question.mind.typed("reason", "they share a table")

    question.mind.confirm()

    assert (question.wallets(), question.done, question.face.now) == ((15_000, 20_280), [True], None)


def test_nobody_gives_to_themselves(question: Question) -> None:
    question.mind.card_read(LI_CARD)

    assert question.face.now is not None
    assert (question.face.now.confirm, question.strip.title != "") == ("", True)


def test_an_unknown_card_is_nobody(question: Question) -> None:
    question.mind.card_read(NEW_CARD)

    assert NEW_CARD.printed in question.strip.title


@pytest.mark.parametrize(
    ("typed", "wrong"), [({"amount": "1000"}, "amount"), ({"amount": "some"}, "amount"), ({}, "reason")]
)
def test_what_cannot_move_is_pointed_at_and_stays_where_it_is(
    question: Question, typed: dict[str, str], wrong: str
) -> None:
    question.mind.card_read(WANG_CARD)
    for name, value in typed.items():
        question.mind.typed(name, value)

    question.mind.confirm()

    assert question.face.now is not None
    assert (question.face.now.wrong, question.wallets()) == (wrong, (18_000, 17_280))


def test_escape_leads_back_to_the_choice_and_then_away(question: Question) -> None:
    question.mind.card_read(WANG_CARD)
    question.mind.close()
    choosing = question.face.now is not None and question.face.now.confirm == ""

    question.mind.close()

    assert (choosing, question.face.now) == (True, None)


def test_further_keys_move_it_once(till: Till) -> None:
    lane = HeldLane()
    question = question_at(till, lane)
    question.mind.card_read(WANG_CARD)
    lane.go()
    lane.go()
    question.mind.typed("reason", "they share a table")

    for _key in range(3):
        question.mind.confirm()

    assert (lane.go(), question.wallets()) == (1, (0, 35_280))


def test_M1_a_transfer_that_may_have_been_made_is_asked_for_under_its_id_after_the_form_was_left(
    question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Transfers.transfer

    def cut_off(transfers: Transfers, actor: Actor, order: TransferOrder) -> Transfer:
        real(transfers, actor, order)
        raise StoreTrouble(StoreFault.UNREACHABLE, money_moved=None)

    def hands_on() -> None:
        question.mind.card_read(WANG_CARD)
        question.mind.typed("amount", "30")
        question.mind.typed("reason", "they share a table")
        question.mind.confirm()

    with monkeypatch.context() as cut:
        cut.setattr(Transfers, "transfer", cut_off)
        hands_on()
    question.mind.drop()
    question.mind.open(question.li.id, question.li.name)

    hands_on()

    assert (question.wallets(), question.done) == ((15_000, 20_280), [True])
