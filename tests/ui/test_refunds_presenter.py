"""The mind of a refund, on the real use cases: quoted lot by lot, paid once, only where the law lets it go."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pos import words
from pos.domain.absences import Absence
from pos.domain.cards import CardUid
from pos.domain.errors import StoreFault, StoreTrouble
from pos.domain.members import MemberStatus
from pos.domain.refunds import Refund, RefundKind
from pos.domain.staff import Actor
from pos.services.closing import Closing
from pos.services.refunds import RefundOrder, Refunds
from pos.services.standing import Standing
from tests.pos.services.counter import Counter as Till
from tests.ui.asking_face import AskFace
from tests.ui.immediate import HeldLane, ImmediateLane
from tests.ui.sale_world import LI_CARD, POOR_CARD
from tests.ui.small_screens import Strip
from ui.refunds.presenter import RefundPresenter

pytest_plugins = ("tests.ui.sale_fixtures",)
pytestmark = pytest.mark.usefixtures("english")


@dataclass
class Question:
    """A refund to Li, who paid 180.00 in yesterday and ate nothing."""

    till: Till
    member_id: str
    name: str
    face: AskFace
    strip: Strip
    mind: RefundPresenter
    paid: list[bool]

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.mind.typed(name, value)

    def wallet(self) -> tuple[int, int]:
        with self.till.stores.read() as store:
            wallet = store.members.wallet(self.member_id)
        assert wallet is not None
        return wallet.principal, wallet.bonus

    @property
    def title(self) -> str:
        assert self.face.now is not None
        return self.face.now.confirm


def question_at(
    till: Till, lane: ImmediateLane | HeldLane, card: CardUid = LI_CARD, kind: RefundKind = RefundKind.REFUND
) -> Question:
    face, strip, paid = AskFace(), Strip(), list[bool]()
    refunds, closing = Refunds(till.stores, till.clock, "A"), Closing(till.stores, till.clock, "A")
    mind = RefundPresenter(face, strip, refunds, closing, lane, lambda: till.manager, paid=lambda: paid.append(True))
    member = till.checkout.identify(card).member
    mind.open(kind, member.id, member.name)
    return Question(till, member.id, member.name, face, strip, mind, paid)


@pytest.fixture
def question(till: Till) -> Question:
    return question_at(till, ImmediateLane())


def test_all_of_it_is_offered_and_shown_lot_by_lot_before_the_key(question: Question) -> None:
    assert question.face.now is not None
    assert question.face.now.table is not None
    assert [row[2:] for row in question.face.now.table.rows] == [
        ("¥180.00", "¥0.00", "¥0.00", "¥180.00", "¥180.00", "¥0.00"),
    ]
    assert question.title == "Pay ¥180.00 back"


def test_what_stood_on_the_screen_is_paid_to_an_account_in_the_same_name(question: Question) -> None:
    question.fill(account="6222 0000 0000 1234", reason="moves away")

    question.mind.confirm()

    assert (question.wallet(), question.paid, question.face.now) == ((0, 0), [True], None)


def test_a_part_is_quoted_anew_and_paid(question: Question) -> None:
    question.fill(amount="50", account="1234", reason="moves away")
    shown = question.title

    question.mind.confirm()

    assert (shown, question.wallet()) == ("Pay ¥50.00 back", (13_000, 0))


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"tender": "cash"}, "tender"),
        ({"holder": "Somebody Else", "account": "1234"}, "holder"),
        ({}, "account"),
        ({"amount": "1000"}, "amount"),
        ({"amount": "much"}, "amount"),
    ],
)
def test_what_may_not_be_paid_is_pointed_at_and_no_money_moves(
    question: Question, typed: dict[str, str], wrong: str
) -> None:
    question.fill(reason="moves away", **typed)

    question.mind.confirm()

    assert question.face.now is not None
    assert (question.face.now.wrong, question.wallet(), question.strip.title != "") == (wrong, (18_000, 0), True)


def test_a_small_balance_may_go_back_in_cash(till: Till) -> None:
    question = question_at(till, ImmediateLane(), POOR_CARD)
    question.fill(tender="cash", reason="moves away")

    question.mind.confirm()

    assert (question.wallet(), question.paid) == ((0, 0), [True])


def test_the_bonus_that_is_given_up_is_told_before_the_key(till: Till) -> None:
    li = till.checkout.identify(LI_CARD).member
    till.top_up(li, 20_000)
    question = question_at(till, ImmediateLane())

    assert question.face.now is not None
    assert "bonus given up ¥20.00" in question.face.now.text


def test_further_keys_pay_once(till: Till) -> None:
    lane = HeldLane()
    question = question_at(till, lane)
    lane.go()
    question.fill(account="1234", reason="moves away")

    for _key in range(3):
        question.mind.confirm()

    assert (lane.go(), question.wallet()) == (1, (0, 0))


def test_an_amount_that_changed_while_the_store_thought_is_quoted_again(till: Till) -> None:
    lane = HeldLane()
    question = question_at(till, lane)
    for amount in ("5", "50", "5"):
        question.fill(amount=amount)

    lane.go()
    lane.go()

    assert question.title == "Pay ¥5.00 back"


# -- the end of an account ---------------------------------------------------------------------------


def test_closing_pays_all_takes_the_card_in_and_the_member_has_left(till: Till) -> None:
    question = question_at(till, ImmediateLane(), kind=RefundKind.CLOSING)
    question.fill(account="1234", reason="moves away")

    question.mind.confirm()

    portrait = till.members.portrait(till.manager, question.member_id)
    assert (question.wallet(), question.paid) == ((0, 0), [True])
    assert (portrait.member.status, portrait.card) == (MemberStatus.LEFT, None)


def test_closing_tells_what_was_paid_and_not_what_stood_there_before_a_last_meal(till: Till) -> None:
    question = question_at(till, ImmediateLane(), kind=RefundKind.CLOSING)
    question.fill(account="1234", reason="moves away")
    before = question.wallet()
    till.sell(till.checkout.identify(LI_CARD).member)
    left = question.wallet()

    question.mind.confirm()

    assert left < before
    assert words.money(left[0]) in question.strip.title


def test_M1_a_refund_that_may_have_been_paid_is_asked_for_under_its_id_after_the_form_was_left(
    question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Refunds.refund

    def cut_off(refunds: Refunds, actor: Actor, order: RefundOrder) -> Refund:
        real(refunds, actor, order)
        raise StoreTrouble(StoreFault.UNREACHABLE, money_moved=None)

    question.fill(amount="50", account="1234", reason="moves away")
    with monkeypatch.context() as cut:
        cut.setattr(Refunds, "refund", cut_off)
        question.mind.confirm()
    question.mind.close()
    question.mind.open(RefundKind.REFUND, question.member_id, question.name)
    question.fill(amount="50", account="1234", reason="moves away")

    question.mind.confirm()

    assert (question.wallet(), question.paid) == ((13_000, 0), [True])
    question.mind.open(RefundKind.REFUND, question.member_id, question.name)
    question.fill(amount="50", account="1234", reason="moves away")
    question.mind.confirm()
    assert question.wallet() == (8_000, 0)


def test_an_account_is_closed_without_the_card_where_it_does_not_come_back(till: Till) -> None:
    question = question_at(till, ImmediateLane(), kind=RefundKind.CLOSING)
    question.fill(account="1234", reason="moves away", card_returned="")

    question.mind.confirm()

    assert till.members.portrait(till.manager, question.member_id).card is not None


def test_the_heirs_are_paid_only_after_a_death_with_a_name_and_documents(till: Till) -> None:
    question = question_at(till, ImmediateLane(), kind=RefundKind.HEIRS)
    question.fill(account="1234", holder="李娜", documents="死亡证明")
    question.mind.confirm()
    living = question.wallet()
    death = Absence("death", MemberStatus.DECEASED, till.clock.local().date())
    Standing(till.stores, till.clock, "A").begin(till.manager, question.member_id, death)

    question.fill(documents="")
    question.mind.confirm()
    assert question.face.now is not None
    wrong = question.face.now.wrong
    question.fill(documents="死亡证明")
    question.mind.confirm()

    assert (living, wrong, question.wallet(), question.paid) == ((18_000, 0), "documents", (0, 0), [True])
