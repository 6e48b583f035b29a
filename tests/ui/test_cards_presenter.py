"""The mind of what happens to cards, on the real use cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from pos.domain.card_life import CardDeed, CardEvent
from pos.domain.cards import CardUid
from pos.domain.errors import CardNotUsable, CardState
from pos.domain.members import Card, Member
from pos.services.cards import Cards
from pos.services.lending import Lending
from tests.pos.services.counter import Counter as Till
from tests.ui.asking_face import AskFace
from tests.ui.immediate import HeldLane, ImmediateLane
from tests.ui.sale_world import LI_CARD, NEW_CARD, WANG_CARD
from tests.ui.small_screens import Strip
from ui.cards.form import CardWish
from ui.cards.presenter import CardsPresenter

pytest_plugins = ("tests.ui.sale_fixtures",)
pytestmark = pytest.mark.usefixtures("english")

POOL_CARD = CardUid("0102AA0001")


@dataclass
class Question:
    """A question about Wang's card, which is in use."""

    till: Till
    wang: Member
    cards: Cards
    lending: Lending
    face: AskFace
    strip: Strip
    mind: CardsPresenter
    done: list[CardEvent]

    def ask(self, wish: CardWish, card: Card | None = None) -> None:
        file = self.cards.of(self.wang.id)
        self.mind.open(wish, self.wang.id, self.wang.name, card, file.deposit)

    def states(self) -> dict[str, CardState]:
        return {card.uid.printed[-4:]: card.state for card in self.cards.of(self.wang.id).cards}

    def wallet(self) -> tuple[int, int]:
        return self.till.wallet(self.wang)


def question_at(till: Till, lane: ImmediateLane | HeldLane) -> Question:
    cards, lending = Cards(till.stores, till.clock, "A"), Lending(till.stores, till.clock, "A")
    face, strip, done = AskFace(), Strip(), list[CardEvent]()
    mind = CardsPresenter(face, strip, cards, lending, lane, lambda: till.manager, done=done.append)
    return Question(till, till.checkout.identify(WANG_CARD).member, cards, lending, face, strip, mind, done)


@pytest.fixture
def question(till: Till) -> Iterator[Question]:
    asked = question_at(till, ImmediateLane())
    before = asked.wallet()
    yield asked
    assert asked.wallet() == before, "no deed with a card moves the member's money"


def test_a_lost_card_is_refused_from_the_key_on(question: Question) -> None:
    question.ask(CardWish.LOST)

    question.mind.confirm()

    with pytest.raises(CardNotUsable):
        question.till.checkout.identify(WANG_CARD)
    assert (question.done[0].deed, question.face.now) == (CardDeed.LOST, None)


def test_a_found_card_is_good_again(question: Question) -> None:
    question.ask(CardWish.LOST)
    question.mind.confirm()
    (card,) = question.cards.of(question.wang.id).cards

    question.ask(CardWish.FOUND, card)
    question.mind.confirm()

    assert question.till.checkout.identify(WANG_CARD).member.id == question.wang.id


def test_the_new_card_is_the_one_that_the_reader_hears_with_all_its_bytes(question: Question) -> None:
    question.ask(CardWish.REPLACE, Card(WANG_CARD, question.wang.id))
    question.mind.card_read(NEW_CARD)

    question.mind.confirm()

    assert question.states() == {"6634": CardState.REPLACED, NEW_CARD.printed[-4:]: CardState.ACTIVE}
    assert question.till.checkout.identify(NEW_CARD).member.id == question.wang.id
    assert question.done[0].uid == NEW_CARD


def test_the_new_card_may_be_typed_from_its_face(question: Question) -> None:
    question.ask(CardWish.REPLACE, Card(WANG_CARD, question.wang.id))
    question.mind.typed("number", NEW_CARD.printed)

    question.mind.confirm()

    assert question.till.checkout.identify(NEW_CARD).member.id == question.wang.id


@pytest.mark.parametrize("number", ["", "12", "not a number"])
def test_without_a_new_card_nothing_is_replaced(question: Question, number: str) -> None:
    question.ask(CardWish.REPLACE, Card(WANG_CARD, question.wang.id))
    question.mind.typed("number", number)

    question.mind.confirm()

    assert question.face.now is not None
    assert (question.face.now.wrong, question.states()) == ("number", {"6634": CardState.ACTIVE})


def test_a_card_that_somebody_has_is_refused_and_the_question_stays(question: Question) -> None:
    question.ask(CardWish.REPLACE, Card(WANG_CARD, question.wang.id))
    question.mind.card_read(LI_CARD)

    question.mind.confirm()

    assert (question.mind.is_open, question.states()) == (True, {"6634": CardState.ACTIVE})


def test_a_deposit_is_taken_with_a_new_card_and_shown_when_it_comes_back(question: Question) -> None:
    question.ask(CardWish.REPLACE, Card(WANG_CARD, question.wang.id))
    question.mind.card_read(NEW_CARD)
    question.mind.typed("deposit", "10")
    question.mind.confirm()

    question.ask(CardWish.RETURN, Card(NEW_CARD, question.wang.id))
    shown = question.face.facts()
    question.mind.confirm()

    assert shown["Hand back the deposit"] == "¥10.00"
    assert question.cards.of(question.wang.id).deposit == 0


def test_a_deposit_that_is_no_amount_is_pointed_at(question: Question) -> None:
    question.ask(CardWish.REPLACE, Card(WANG_CARD, question.wang.id))
    question.mind.card_read(NEW_CARD)
    question.mind.typed("deposit", "ten")

    question.mind.confirm()

    assert question.face.now is not None
    assert (question.face.now.wrong, question.states()) == ("deposit", {"6634": CardState.ACTIVE})


def test_a_card_is_lent_for_this_meal_and_stands_for_the_member(question: Question) -> None:
    question.lending.add(question.till.manager, "pool-1", POOL_CARD)
    question.ask(CardWish.LEND)
    question.mind.card_read(POOL_CARD)

    question.mind.confirm()

    assert question.till.checkout.identify(POOL_CARD).member.id == question.wang.id
    assert question.states() == {"6634": CardState.ACTIVE}


def test_a_card_is_blocked_only_for_a_reason(question: Question) -> None:
    question.ask(CardWish.BLOCK, Card(WANG_CARD, question.wang.id))
    question.mind.confirm()
    before, wrong = question.states(), question.face.now and question.face.now.wrong
    question.mind.typed("reason", "found in the street")
    question.mind.confirm()

    assert (before, wrong, question.states()) == (
        {"6634": CardState.ACTIVE}, "reason", {"6634": CardState.BLOCKED},
    )  # fmt: skip


def test_further_keys_do_it_once(till: Till) -> None:
    lane = HeldLane()
    question = question_at(till, lane)
    question.ask(CardWish.LOST)

    for _key in range(3):
        question.mind.confirm()

    done = lane.go()
    lost = [event for event in question.cards.of(question.wang.id).events if event.deed is CardDeed.LOST]
    assert (done, len(lost)) == (1, 1)


def test_a_card_shown_where_none_is_asked_for_changes_nothing(question: Question) -> None:
    question.ask(CardWish.LOST)
    before = question.face.now

    question.mind.card_read(NEW_CARD)

    assert question.face.now == before
