"""Who stands at the counter: by card, whatever the reader prints, or found by name."""

from __future__ import annotations

from datetime import date

import pytest

from pos.devices.frames import LineFormat, LineFramer, Rdm6300Framer
from pos.domain.absences import Absence
from pos.domain.cards import CardUid
from pos.domain.errors import (
    AmbiguousCard,
    CardNotUsable,
    CardState,
    MemberNotActive,
    MemberUnknown,
    UnknownCard,
)
from pos.domain.members import Card, Member, MemberStatus, Wallet
from pos.domain.menu import Meal
from pos.domain.pricing import Had, Person, Tender, Usage
from tests.made_up import card_becomes
from tests.pos.services.counter import MONDAY, OFFERS, Counter

WHOLE = CardUid("01026F6C3A")
TWIN = CardUid("02026F6C3A")
TAIL = CardUid("026F6C3A")

# The card of devices.md section 2, as three readers send it.
SENT = {
    "RDM6300": Rdm6300Framer().feed(b"\x0201026F6C3A3A\x03", 0),
    "10H": LineFramer(LineFormat.TEN_H).feed(b"01026F6C3A\r\n", 0),
    "8H10D": LineFramer(LineFormat.EIGHT_H_TEN_D).feed(b"0040856634\r\n", 0),
}


@pytest.mark.parametrize("reader", SENT)
@pytest.mark.parametrize("enrolled_by", SENT)
def test_one_card_is_the_same_person_whatever_the_readers_print(counter: Counter, enrolled_by: str, reader: str) -> None:
    (enrolled,), (shown,) = SENT[enrolled_by], SENT[reader]
    member = counter.enrol("王䶮", card=enrolled)

    diner = counter.checkout.identify(shown)

    assert (diner.member, diner.card) == (member, "0040856634")


def test_a_diner_comes_with_age_balance_and_an_empty_past(counter: Counter) -> None:
    member = counter.enrol("王䶮", date(1944, 11, 24), WHOLE, "13800001234")

    diner = counter.checkout.identify(WHOLE)

    assert (diner.member, diner.age, diner.wallet) == (member, 81, Wallet(member.id, 0, 0))
    assert (diner.usage, diner.served_at_ms, diner.recent, diner.usual) == (Usage(), (), (), ())
    assert diner.person == Person(date(1944, 11, 24))


def test_an_unknown_card_is_told_by_the_number_on_its_face(counter: Counter) -> None:
    counter.enrol(card=WHOLE)

    with pytest.raises(UnknownCard) as refused:
        counter.checkout.identify(CardUid("01026F6C3B"))

    assert refused.value.printed == "0040856635"


@pytest.mark.parametrize("state", [CardState.LOST, CardState.REPLACED, CardState.RETURNED, CardState.BLOCKED])
@pytest.mark.parametrize("shown", [WHOLE, TAIL])
def test_C1_a_card_that_is_not_in_use_is_refused_with_its_state(counter: Counter, state: CardState, shown: CardUid) -> None:
    member = counter.enrol(card=WHOLE)
    with counter.stores.write() as store:
        card_becomes(store, WHOLE, state)

    with pytest.raises(CardNotUsable) as refused:
        counter.checkout.identify(shown)

    assert (refused.value.printed, refused.value.state, refused.value.holder) == ("0040856634", state, member.name)


def test_C1_the_new_card_of_a_lost_one_has_the_balance_and_the_history(counter: Counter) -> None:
    member = counter.enrol(card=WHOLE)
    counter.top_up(member, 20_000)
    sale = counter.sell(member)
    new = CardUid("0100AABBCC")
    with counter.stores.write() as store:
        card_becomes(store, WHOLE, CardState.LOST)
        store.members.add_card(Card(new, member.id), counter.clock.now_ms())

    diner = counter.checkout.identify(new)

    assert (diner.member, diner.wallet.spendable, diner.recent) == (member, 22_000 - 1_200, (sale,))


def test_two_cards_that_end_alike_are_told_apart_by_the_top_byte(counter: Counter) -> None:
    one, other = counter.enrol("王䶮", card=WHOLE), counter.enrol("李㛃", card=TWIN)

    assert [counter.checkout.identify(uid).member for uid in (WHOLE, TWIN)] == [one, other]


@pytest.mark.parametrize("state", list(CardState))
def test_a_reader_that_drops_the_top_byte_never_guesses_between_two_cards(counter: Counter, state: CardState) -> None:
    # The lost card of the one may be what lies on the reader: the other must not pay for its finder.
    counter.enrol("王䶮", card=WHOLE)
    counter.enrol("李㛃", card=TWIN)
    with counter.stores.write() as store:
        card_becomes(store, TWIN, state)

    with pytest.raises(AmbiguousCard) as refused:
        counter.checkout.identify(TAIL)

    assert refused.value.printed == "0040856634"


@pytest.mark.parametrize("status", [MemberStatus.PAUSED, MemberStatus.LEFT, MemberStatus.DECEASED])
def test_E3_a_member_who_does_not_eat_here_is_named_with_the_reason(counter: Counter, status: MemberStatus) -> None:
    with counter.stores.write() as store:
        store.members.add(Member("gone", "王䶮", None, ""), (), 0)
        store.profiles.put_absence("gone", Absence("away", status, MONDAY))
        store.members.add_card(Card(WHOLE, "gone"), 0)

    with pytest.raises(MemberNotActive) as by_card:
        counter.checkout.identify(WHOLE)
    with pytest.raises(MemberNotActive) as by_search:
        counter.checkout.diner("gone")

    refusals = [by_card.value, by_search.value]
    assert [(one.name, one.status) for one in refusals] == [("王䶮", status)] * 2


def test_a_diner_is_found_by_search_with_or_without_a_card(counter: Counter) -> None:
    with_card, without = counter.enrol("王䶮", card=WHOLE), counter.enrol("李㛃")

    assert [counter.checkout.diner(member.id).card for member in (with_card, without)] == ["0040856634", ""]


def test_nobody_is_found_by_an_id_that_nobody_has(counter: Counter) -> None:
    with pytest.raises(MemberUnknown):
        counter.checkout.diner("nobody")


def test_what_a_diner_had_at_this_meal_is_on_the_screen(counter: Counter) -> None:
    member = counter.rich(born=date(1944, 1, 1))
    sales = [counter.sell(member, again=True) for _ in range(7)]

    diner = counter.checkout.diner(member.id)

    first, *others = sales
    assert diner.usage == Usage(
        (
            Had(MONDAY, Meal.LUNCH, ("80-89 discount", "80-89"), first.at_ms),
            *(Had(MONDAY, Meal.LUNCH, ("80-89 discount",), sale.at_ms) for sale in others),
        )
    )
    assert diner.served_at_ms == tuple(sale.at_ms for sale in sales)
    assert diner.recent == tuple(sales[:-6:-1])


def test_the_usual_meal_is_what_was_had_most_often_at_this_meal(counter: Counter) -> None:
    member = counter.rich()
    counter.sell(member, ("rice", 2), ("meat", 1), again=True)
    counter.sell(member, ("set", 1), again=True)
    counter.sell(member, ("meat", 1), ("rice", 2), again=True)

    lunch = counter.checkout.diner(member.id).usual
    counter.wait(hours=5)
    dinner = counter.checkout.diner(member.id).usual

    assert (lunch, dinner) == ((("meat", 1), ("rice", 2)), ())


def test_of_two_meals_had_as_often_the_usual_is_the_newer(counter: Counter) -> None:
    member = counter.rich()
    counter.sell(member, ("rice", 2), again=True)
    counter.sell(member, ("set", 1), again=True)

    assert counter.checkout.diner(member.id).usual == (("set", 1),)


def test_a_usual_meal_that_is_not_on_todays_menu_is_not_offered(counter: Counter) -> None:
    member = counter.rich()
    counter.sell(member, ("set", 1), ("meat", 1), again=True)
    counter.sell(member, ("set", 1), ("meat", 1), again=True)
    counter.sell(member, ("rice", 1), again=True)
    with counter.stores.write() as store:
        store.menu.set_menu(None, Meal.LUNCH, OFFERS[1:])

    assert counter.checkout.diner(member.id).usual == (("rice", 1),)


def test_today_counts_what_this_till_sold_and_kept(counter: Counter) -> None:
    counter.sell(tender=Tender.CASH)
    undone = counter.sell(tender=Tender.WECHAT)
    counter.checkout.undo(counter.cashier, "undo", undone.id)

    today = counter.checkout.today()

    assert (today.day, today.meal, today.sales, today.taken) == (date(2026, 11, 23), Meal.LUNCH, 1, 1_200)
    assert (today.menu.offers, today.tariff.id) == (OFFERS, "test-2026")
