"""Members, menus, tariffs, staff, paper and the canteen: what goes in comes out, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from db.store import SqlStores
from pos.domain.absences import Absence
from pos.domain.canteen import Canteen
from pos.domain.cards import CardUid
from pos.domain.errors import CardState
from pos.domain.members import Card, Member, MemberHit, MemberStatus, Wallet
from pos.domain.menu import DishKind, Meal, Menu, Offer
from pos.domain.offers import BonusOffer
from pos.domain.paper import JobState, PrintJob, SlipKind
from pos.domain.staff import Role, StaffMember
from pos.domain.tariff import LIST_PRICE, parse_tariff
from tests.made_up import BOSS, CANTEEN, NOON_MS, TODAY, WANG, WANG_CARD, card_becomes, found_canteen, member


def test_a_member_comes_back_without_the_picture_and_with_an_empty_wallet(stores: SqlStores) -> None:
    somebody = Member(
        "m", "𬭎䶮", date(1930, 12, 31), "139", MemberStatus.ACTIVE, frozenset({"低保", "b"}), b"\x00jpg",
        "安阳市/文峰区", "安阳市", frozenset({"软食"}), frozenset({"2026"}),
    )  # fmt: skip

    with stores.write() as store:
        store.members.add(somebody, ("𬭎䶮",), NOON_MS)

    with stores.read() as store:
        assert store.members.get("m", TODAY) == replace(somebody, photo=None)
        assert store.members.photo("m") == b"\x00jpg"
        assert store.members.wallet("m") == Wallet("m", 0, 0, 0)
        assert (store.members.get("x", TODAY), store.members.photo("x"), store.members.wallet("x")) == (
            None,
            None,
            None,
        )


def test_a_card_is_found_by_its_low_bytes_in_whatever_state(stores: SqlStores) -> None:
    member(stores)
    newer = CardUid("0102AAAAAA")
    with stores.write() as store:
        card_becomes(store, WANG_CARD, CardState.LOST)
        store.members.add_card(Card(newer, WANG.id), NOON_MS)

    with stores.read() as store:
        found = store.members.cards_ending("026F6C3A")
        active = store.members.card_of(WANG.id)

    assert (found, active) == ((Card(WANG_CARD, WANG.id, CardState.LOST),), Card(newer, WANG.id))


def test_a_member_has_one_active_card(stores: SqlStores) -> None:
    member(stores)

    with pytest.raises(IntegrityError), stores.write() as store:
        store.members.add_card(Card(CardUid("0102AAAAAA"), WANG.id), NOON_MS)


@pytest.mark.parametrize(
    "words",
    [("王",), ("王秀英",), ("138",), ("1234",), ("0040856634",), ("408",), ("6634",), ("王", "138", "6634")],
)
def test_a_member_is_found_when_each_word_begins_a_key(stores: SqlStores, words: tuple[str, ...]) -> None:
    member(stores)

    with stores.read() as store:
        hits = store.members.search(words, TODAY, 8)

    assert hits == (MemberHit(WANG.id, "王秀英", 86, "1234", "6634", 0, MemberStatus.ACTIVE),)


@pytest.mark.parametrize("words", [(), ("秀",), ("王", "139"), ("%",), ("_",)])
def test_a_word_that_begins_no_key_finds_nobody(stores: SqlStores, words: tuple[str, ...]) -> None:
    member(stores)

    with stores.read() as store:
        hits = store.members.search(words, TODAY, 8)

    assert hits == ()


def test_active_members_come_first_then_names(stores: SqlStores) -> None:
    with stores.write() as store:
        for id_, name in (("3", "b"), ("1", "c"), ("2", "a")):
            store.members.add(Member(id_, name, None, ""), ("K" + name, "Key"), NOON_MS)
        store.profiles.put_absence("3", Absence("left", MemberStatus.LEFT, TODAY))

    with stores.read() as store:
        hits = [store.members.search(("ke",), TODAY, limit) for limit in (8, 1)]

    assert [[hit.id for hit in some] for some in hits] == [["2", "1", "3"], ["2"]]
    assert hits[1][0] == MemberHit("2", "a", None, "", "", 0, MemberStatus.ACTIVE)


RICE, SOUP = Offer("rice", "米饭", DishKind.STAPLE, 100, 2), Offer("soup", "冬瓜汤", DishKind.SOUP, 250, 1)


def _menus(stores: SqlStores) -> None:
    with stores.write() as store:
        store.menu.add_dish("rice", "米饭", DishKind.STAPLE, 150)
        store.menu.add_dish("soup", "冬瓜汤", DishKind.SOUP, 250)
        store.menu.set_menu(None, Meal.LUNCH, (RICE, SOUP))


def test_a_day_without_a_menu_has_the_standing_one_in_the_order_of_its_keys(stores: SqlStores) -> None:
    _menus(stores)

    with stores.read() as store:
        assert store.menu.menu(TODAY, Meal.LUNCH) == Menu(TODAY, Meal.LUNCH, (SOUP, RICE))
        assert store.menu.menu(TODAY, Meal.DINNER) == Menu(TODAY, Meal.DINNER, ())


def test_a_days_own_menu_replaces_the_standing_one_and_is_replaced_as_a_whole(stores: SqlStores) -> None:
    _menus(stores)
    cheap = replace(RICE, price=1)
    with stores.write() as store:
        store.menu.set_menu(TODAY, Meal.LUNCH, (SOUP,))
        store.menu.set_menu(TODAY, Meal.LUNCH, (cheap,))

    with stores.read() as store:
        assert store.menu.menu(TODAY, Meal.LUNCH).offers == (cheap,)
        assert store.menu.menu(date(2026, 3, 3), Meal.LUNCH).offers == (SOUP, RICE)


def test_the_limit_of_a_meal_is_that_of_the_menu_which_holds(stores: SqlStores) -> None:
    _menus(stores)
    with stores.write() as store:
        store.menu.set_capacity(None, Meal.LUNCH, 100)
        store.menu.set_capacity(TODAY, Meal.LUNCH, 30)
        by_the_standing_menu = store.menu.capacity(TODAY, Meal.LUNCH)
        store.menu.set_menu(TODAY, Meal.LUNCH, (replace(SOUP, capacity=0), replace(RICE, capacity=12)))

    with stores.read() as store:
        assert (by_the_standing_menu, store.menu.capacity(TODAY, Meal.LUNCH)) == (100, 30)
        assert (store.menu.capacity(None, Meal.LUNCH), store.menu.capacity(None, Meal.DINNER)) == (100, None)
        assert [offer.capacity for offer in store.menu.menu(TODAY, Meal.LUNCH).offers] == [0, 12]


def _tariff(id_: str, dates: str) -> str:
    return f'id = "{id_}"\ntitle = "t"\n{dates}\n'


def test_of_the_tariffs_that_cover_a_day_the_one_published_last_holds(stores: SqlStores) -> None:
    found_canteen(stores)
    spring = _tariff("spring", "valid_from = 2026-03-01\nvalid_to = 2026-03-31")
    always = _tariff("always", "valid_from = 2026-01-01")
    march = _tariff("march-2nd", "valid_from = 2026-03-02\nvalid_to = 2026-03-02")
    with stores.write() as store:
        for text in (always, spring, march):
            store.tariff.publish(text, BOSS.id, NOON_MS)

    days = [date(2025, 12, 31), date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 31), date(2026, 4, 1)]
    with stores.read() as store:
        found = [store.tariff.in_force(day) for day in days]

    assert found == [LIST_PRICE, *map(parse_tariff, (spring, march, spring, always))]


def test_staff_are_found_by_name_while_they_are_active(stores: SqlStores) -> None:
    left = StaffMember("2", "李", Role.CASHIER, "h", active=False)
    with stores.write() as store:
        store.staff.add(BOSS)
        store.staff.add(left)
        store.staff.pin_tried(BOSS.id, 3, NOON_MS)
    tried = replace(BOSS, wrong_pins=3, last_wrong_ms=NOON_MS)

    with stores.read() as store:
        assert store.staff.all() == (tried, left)
        assert (store.staff.named(BOSS.name), store.staff.named("李")) == (tried, None)


def test_papers_wait_in_order_until_their_state_is_known(stores: SqlStores) -> None:
    with stores.write() as store:
        store.paper.add("A", SlipKind.SALE, "s1", 1, kick=True)
        store.paper.add("B", SlipKind.SALE, "s2", 2)
        store.paper.add("A", SlipKind.SALE, "s1", 3, copy=1, asked_by="周敏")
        store.paper.add("A", SlipKind.TEST, "", 4)
        first, second, third = store.paper.waiting("A", 8)
        store.paper.set_state(first.id, JobState.SENT)
        store.paper.set_state(third.id, JobState.UNKNOWN)

    assert replace(first, id=0) == PrintJob(0, "A", SlipKind.SALE, "s1", kick=True, at_ms=1)
    with stores.read() as store:
        assert store.paper.waiting("A", 8) == (second,)
        assert replace(second, id=0) == PrintJob(0, "A", SlipKind.SALE, "s1", 1, "周敏", at_ms=3)
        assert store.paper.copies(SlipKind.SALE, "s1") == 1
        assert store.paper.open_jobs("A") == {JobState.WAITING: 1, JobState.UNKNOWN: 1}
        assert store.paper.open_jobs("C") == {JobState.WAITING: 0, JobState.UNKNOWN: 0}


def test_the_newest_settings_of_the_canteen_hold(stores: SqlStores) -> None:
    newer = Canteen("新名字", (BonusOffer("o", "充200送20", 20_000, 2_000),), phone="0372-1", practice=True)
    with stores.read() as store:
        assert store.canteen.get() is None

    with stores.write() as store:
        store.canteen.put(CANTEEN, BOSS.id, NOON_MS)
        store.canteen.put(newer, BOSS.id, NOON_MS)

    with stores.read() as store:
        assert store.canteen.get() == newer


def test_a_till_is_registered_once(stores: SqlStores) -> None:
    found_canteen(stores)

    with stores.write() as store:
        store.canteen.register_till("A")
        verdict = store.ledger.verify("", lambda _done, _whole: None)

    assert [till for till, _head in verdict.heads] == ["A"]
