"""Temporary cards: lent for one meal, paid from the member's own wallet, back into the drawer, lent again."""

from __future__ import annotations

import pytest

from pos.domain.account_errors import LentToOther, LoanOver, NotPoolCard
from pos.domain.card_life import CardDeed, TemporaryCard
from pos.domain.cards import CardUid
from pos.domain.errors import AmbiguousCard, CardTaken, MemberUnknown, NotPermitted
from pos.domain.menu import Meal
from pos.services.lending import Lending
from tests.pos.services.counter import MONDAY, Counter, rows_of

POOLED = CardUid("01000000AA")


def lending(counter: Counter) -> Lending:
    found = Lending(counter.stores, counter.clock, "A")
    found.add(counter.manager, "pool", POOLED)
    return found


def test_a_lent_card_stands_for_the_member_at_this_meal_and_the_money_is_the_members(counter: Counter) -> None:
    member = counter.rich("王秀英")
    loans = lending(counter)

    loans.lend(counter.cashier, "lend", member.id, POOLED)

    diner = counter.checkout.identify(CardUid(POOLED.tail))
    assert (diner.member.id, diner.wallet.spendable) == (member.id, 22_000)
    assert loans.pool() == (TemporaryCard(POOLED, member.id, "王秀英", MONDAY, Meal.LUNCH),)
    counter.sell(member, ("rice", 11))
    assert counter.wallet(member) == (19_000, 1_900)


def test_at_the_next_meal_it_stands_for_nobody(counter: Counter) -> None:
    member = counter.rich("王秀英")
    loans = lending(counter)
    loans.lend(counter.cashier, "lend", member.id, POOLED)
    counter.wait(hours=7)

    with pytest.raises(LoanOver) as over:
        counter.checkout.identify(POOLED)

    assert (over.value.name, over.value.printed) == ("王秀英", POOLED.printed)


def test_a_card_that_came_back_is_lent_to_the_next(counter: Counter) -> None:
    first, second = counter.enrol("甲"), counter.enrol("乙")
    loans = lending(counter)
    loans.lend(counter.cashier, "1", first.id, POOLED)
    with pytest.raises(LentToOther):
        loans.lend(counter.cashier, "2", second.id, POOLED)

    loans.take_back(counter.cashier, "3", POOLED)
    with pytest.raises(LoanOver):
        counter.checkout.identify(POOLED)
    loans.lend(counter.cashier, "4", second.id, POOLED)

    assert counter.checkout.identify(POOLED).member.id == second.id
    history = rows_of(counter.file, "SELECT deed, member_id FROM card_events ORDER BY seq")
    assert history == [
        (CardDeed.POOLED, None),
        (CardDeed.LENT, first.id),
        (CardDeed.BACK, first.id),
        (CardDeed.LENT, second.id),
    ]


def test_a_card_that_was_never_taken_back_is_lent_again_after_its_meal(counter: Counter) -> None:
    first, second = counter.enrol("甲"), counter.enrol("乙")
    loans = lending(counter)
    loans.lend(counter.cashier, "1", first.id, POOLED)
    counter.wait(hours=7)

    loans.lend(counter.cashier, "2", second.id, POOLED)

    assert counter.checkout.identify(POOLED).member.id == second.id


def test_M1_a_loan_is_made_once_however_often_it_is_asked_for(counter: Counter) -> None:
    member = counter.enrol()
    loans = lending(counter)

    events = [loans.lend(counter.cashier, "1", member.id, POOLED) for _ in range(2)]

    assert (events[0], counter.count("card_events")) == (events[1], 2)


def test_a_card_that_is_or_was_somebodys_does_not_enter_the_pool(counter: Counter) -> None:
    counter.enrol("王秀英", card=POOLED)

    with pytest.raises(CardTaken) as refused:
        Lending(counter.stores, counter.clock, "A").add(counter.manager, "pool", POOLED)

    assert refused.value.holder == "王秀英"


def test_a_reader_that_drops_the_top_byte_does_not_guess_between_a_members_card_and_the_pools(counter: Counter) -> None:
    lending(counter)
    counter.enrol("王秀英", card=CardUid("02" + POOLED.tail))

    with pytest.raises(AmbiguousCard):
        counter.checkout.identify(CardUid(POOLED.tail))
    assert counter.checkout.identify(CardUid("02" + POOLED.tail)).member.name == "王秀英"


def test_only_the_pools_cards_are_lent_and_only_to_members(counter: Counter) -> None:
    loans = lending(counter)

    with pytest.raises(NotPoolCard):
        loans.lend(counter.cashier, "1", counter.enrol().id, CardUid("01000000AB"))
    with pytest.raises(MemberUnknown):
        loans.lend(counter.cashier, "2", "nobody", POOLED)


def test_a_manager_fills_the_pool_and_empties_it(counter: Counter) -> None:
    loans = lending(counter)
    with pytest.raises(NotPermitted):
        loans.add(counter.cashier, "x", CardUid("01000000AB"))
    with pytest.raises(NotPermitted):
        loans.retire(counter.cashier, "x", POOLED)

    loans.retire(counter.manager, "out", POOLED)

    assert loans.pool() == ()
