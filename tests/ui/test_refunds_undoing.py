"""Money out taken back: looked up by its number, asked for a reason, once; too late is told before anything is asked."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pos.domain.errors import StoreFault, StoreTrouble
from pos.domain.ledger import EntryKind
from pos.domain.members import Member
from pos.domain.pricing import Tender
from pos.domain.refunds import Refund, Transfer
from pos.domain.staff import Actor
from pos.services.refunds import RefundOrder, Refunds
from pos.services.transfers import TransferOrder, Transfers
from tests.pos.services.counter import Counter as Till
from tests.ui.asking_face import AskFace
from tests.ui.immediate import HeldLane, ImmediateLane
from tests.ui.sale_world import LI_CARD, WANG_CARD
from tests.ui.small_screens import Strip
from ui.refunds.undoing import MoneyBackPresenter

pytest_plugins = ("tests.ui.sale_fixtures",)
pytestmark = pytest.mark.usefixtures("english")


@dataclass
class Question:
    """Li, who holds 180.00, was paid 50.00 back and gave 30.00 to Wang."""

    till: Till
    li: Member
    wang: Member
    refund: Refund
    transfer: Transfer
    face: AskFace
    strip: Strip
    mind: MoneyBackPresenter
    done: list[bool]

    def wallets(self) -> tuple[int, int]:
        return sum(self.till.wallet(self.li)), sum(self.till.wallet(self.wang))


def question_at(till: Till, lane: ImmediateLane | HeldLane) -> Question:
    face, strip, done = AskFace(), Strip(), list[bool]()
    refunds, transfers = Refunds(till.stores, till.clock, "A"), Transfers(till.stores, till.clock, "A")
    li, wang = (till.checkout.identify(card).member for card in (LI_CARD, WANG_CARD))
    order = RefundOrder("r", li.id, Tender.BANK, 5_000, li.name, "1234", reason="x")
    refund = refunds.refund(till.manager, order)
    transfer = transfers.transfer(till.manager, TransferOrder("t", li.id, wang.id, 3_000, "x"))
    mind = MoneyBackPresenter(face, strip, refunds, transfers, lane, lambda: till.manager, done=lambda: done.append(True))
    return Question(till, li, wang, refund, transfer, face, strip, mind, done)


@pytest.fixture
def question(till: Till) -> Question:
    return question_at(till, ImmediateLane())


def test_a_refund_is_shown_and_taken_back_for_a_reason(question: Question) -> None:
    question.mind.open(EntryKind.REFUND, question.refund.number)
    facts = question.face.facts()
    question.mind.typed("reason", "wrong member")
    question.mind.confirm()

    assert facts["Back onto the card"] == "¥50.00"
    assert facts["How it was paid"] == "Bank …1234"
    assert (question.wallets()[0], question.done, question.face.now) == (15_000, [True], None)
    assert question.strip.title == f"Number {question.refund.number} is undone."


def test_a_transfer_goes_back_to_the_giver(question: Question) -> None:
    before = question.wallets()
    question.mind.open(EntryKind.TRANSFER, question.transfer.number)
    giver = question.face.facts()["Goes back to"]
    question.mind.typed("reason", "wrong member")
    question.mind.confirm()

    assert giver == question.li.name
    assert question.wallets() == (before[0] + 3_000, before[1] - 3_000)


def test_without_a_reason_nothing_is_taken_back(question: Question) -> None:
    before = question.wallets()
    question.mind.open(EntryKind.REFUND, question.refund.number)
    question.mind.confirm()

    assert question.face.now is not None
    assert (question.face.now.wrong, question.wallets(), question.done) == ("reason", before, [])


def test_what_was_undone_before_is_told_and_not_asked_about(question: Question) -> None:
    for _twice in range(2):
        question.mind.open(EntryKind.REFUND, question.refund.number)
        question.mind.typed("reason", "x")
        question.mind.confirm()

    assert (question.face.now, question.done) == (None, [True])
    assert question.strip.title == f"Number {question.refund.number} was undone before."


def test_a_transfer_that_went_on_stays_and_the_question_too(question: Question) -> None:
    other = question.till.enrol("赵小")
    order = TransferOrder("on", question.wang.id, other.id, None, "x")
    Transfers(question.till.stores, question.till.clock, "A").transfer(question.till.manager, order)
    question.mind.open(EntryKind.TRANSFER, question.transfer.number)
    question.mind.typed("reason", "x")
    question.mind.confirm()

    assert (question.face.now is None, question.done) == (False, [])


def test_M1_keys_while_it_is_being_undone_do_nothing(till: Till) -> None:
    lane = HeldLane()
    question = question_at(till, lane)
    question.mind.open(EntryKind.REFUND, question.refund.number)
    lane.go()
    question.mind.typed("reason", "x")
    question.mind.confirm()
    question.mind.confirm()
    question.mind.close()

    assert (lane.go(), question.done) == (1, [True])


def test_M2_where_nobody_knows_whether_it_was_undone_the_same_id_is_asked_with_again(till: Till) -> None:
    question = question_at(till, ImmediateLane())
    ids: list[str] = []
    undo = Refunds(till.stores, till.clock, "A").undo

    class Forgets:
        def undoable(self, actor: Actor, number: str) -> Refund:
            return Refunds(till.stores, till.clock, "A").undoable(actor, number)

        def undo(self, actor: Actor, undo_id: str, refund_id: str, reason: str) -> Refund:
            ids.append(undo_id)
            answer = undo(actor, undo_id, refund_id, reason)
            if len(ids) == 1:
                raise StoreTrouble(StoreFault.UNREACHABLE, money_moved=None)
            return answer

    question.mind._refunds = Forgets()
    question.mind.open(EntryKind.REFUND, question.refund.number)
    question.mind.typed("reason", "x")
    question.mind.confirm()
    question.mind.close()
    question.mind.open(EntryKind.REFUND, question.refund.number)
    question.mind.confirm()

    assert (len(ids), ids[0] == ids[1], question.done) == (2, True, [True])
    assert question.wallets()[0] == 15_000


def test_cash_has_to_be_back_first_and_goes_into_the_drawer(till: Till) -> None:
    question = question_at(till, ImmediateLane())
    refunds = Refunds(till.stores, till.clock, "A")
    small = till.enrol("赵小")
    till.top_up(small, 5_000)
    cash = refunds.refund(till.manager, RefundOrder("cash", small.id, Tender.CASH, 1_000))
    question.mind.open(EntryKind.REFUND, cash.number)
    assert question.face.now is not None
    before = question.face.now.text
    question.mind.typed("reason", "x")
    question.mind.confirm()

    assert before == "Only when the cash is back in your hand: it belongs into the drawer."
    assert question.strip.message is not None
    assert question.strip.message.todo == "Put ¥10.00 into the drawer."
