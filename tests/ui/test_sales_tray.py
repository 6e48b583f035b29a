"""What is on the tray, which key lies on which dish, what is kept of a payment code: without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pos.domain.menu import DishKind, Meal, Menu, Offer, Part
from pos.domain.sales import MOST_PORTIONS
from ui.sales.cash import change_of, typed_yuan
from ui.sales.reference import Reference, last_four
from ui.sales.shelves import Shelves, TypedKeys, key_of
from ui.sales.tray import EMPTY, Tray, usual_tray


def menu_of(*kinds: DishKind) -> Menu:
    offers = tuple(Offer(f"d{n}", f"菜{n}", kind, 100 * n, n) for n, kind in enumerate(kinds, 1))
    return Menu(date(2026, 11, 23), Meal.LUNCH, offers)


def test_a_dish_chosen_twice_is_two_portions_in_the_order_of_choice() -> None:
    tray = EMPTY.choose("soup").choose("rice").choose("soup")

    assert tray == Tray((("soup", 2), ("rice", 1)), "soup")


def test_taking_the_last_portion_off_puts_the_last_line_in_hand() -> None:
    tray = EMPTY.choose("soup").choose("rice").put("rice", 0)

    assert tray == Tray((("soup", 1),), "soup")


@pytest.mark.parametrize(("wish", "kept"), [(-1, 0), (0, 0), (5, 5), (1_000, MOST_PORTIONS)])
def test_portions_stay_within_what_one_sale_may_hold(wish: int, kept: int) -> None:
    assert EMPTY.put("rice", wish).count("rice") == kept


def test_an_untouched_usual_meal_gives_way_and_a_touched_one_does_not() -> None:
    usual = usual_tray((("set", 1),))

    assert usual.choose("meat") == Tray((("meat", 1),), "meat")
    assert usual.put("set", 2).choose("meat") == Tray((("set", 2), ("meat", 1)), "meat")


def test_dishes_that_the_menu_lost_leave_the_tray() -> None:
    menu = menu_of(DishKind.MEAT, DishKind.SOUP)

    assert Tray((("d1", 1), ("gone", 2)), "gone").only(menu) == Tray((("d1", 1),), "d1")


def test_what_was_chosen_for_a_set_meal_goes_with_it_and_with_an_untouched_usual_meal() -> None:
    tray = EMPTY.choose("set").pick("set", ("pork", "soup")).choose("rice").choose("set")

    assert (tray.picked("set"), tray.picked("rice")) == (("pork", "soup"), ())
    assert tray.put("set", 0) == Tray((("rice", 1),), "rice")
    assert replace(tray, usual=True).choose("meat").chosen == ()


def test_a_choice_that_the_menu_cannot_serve_is_forgotten() -> None:
    menu = menu_of(DishKind.SET_MEAL, DishKind.MEAT, DishKind.MEAT)
    menu = replace(menu, offers=(replace(menu.offers[0], parts=(Part(DishKind.MEAT, 1),)), *menu.offers[1:]))
    tray = EMPTY.choose("d1")

    assert tray.pick("d1", ("d3",)).only(menu).picked("d1") == ("d3",)
    assert tray.pick("d1", ("gone",)).only(menu) == tray
    assert tray.pick("d1", ("d2", "d3")).only(menu) == tray


def test_the_mark_stops_at_the_ends_of_the_bill() -> None:
    tray = EMPTY.choose("a").choose("b")

    assert [tray.next_in_hand(step).in_hand for step in (-1, -5, 0, 3)] == ["a", "a", "b", "b"]


def test_every_place_of_a_page_has_its_own_keys() -> None:
    keys = [key_of(place) for place in range(18)]

    assert keys == [*"123456789", "01", "02", "03", "04", "05", "06", "07", "08", "09"]


@pytest.mark.parametrize(("keys", "places"), [("1", [0]), ("9", [8]), ("01", [9]), ("09", [17]), ("001", [0]), ("5", [4])])
def test_typed_keys_find_the_dish_that_shows_them(keys: str, places: list[int]) -> None:
    typed, found = TypedKeys(), []

    for key in keys:
        typed, place = typed.typed(int(key), 18)
        found += [] if place is None else [place]

    assert found == places


def test_a_zero_begins_nothing_where_no_dish_needs_it() -> None:
    assert TypedKeys().typed(0, 9) == (TypedKeys(), None)


def test_a_key_beyond_the_last_dish_chooses_nothing() -> None:
    assert TypedKeys().typed(4, 3) == (TypedKeys(), None)


def test_pages_keep_a_place_for_turning_over_and_lose_no_dish() -> None:
    shelves = Shelves(menu_of(*[DishKind.MEAT] * 20), room=8)

    pages = [shelves.turned(step).shown for step in range(shelves.pages)]

    assert (shelves.pages, [len(page) for page in pages]) == (3, [7, 7, 6])
    assert [offer.dish_id for page in pages for offer in page] == [f"d{n}" for n in range(1, 21)]


def test_shelves_are_those_with_something_on_them_and_go_round() -> None:
    shelves = Shelves(menu_of(DishKind.MEAT, DishKind.SOUP, DishKind.MEAT))

    kinds = [shelves.next_kind(step).kind for step in range(4)]

    assert kinds == [None, DishKind.MEAT, DishKind.SOUP, None]
    assert [offer.dish_id for offer in shelves.at_kind(DishKind.MEAT).shown] == ["d1", "d3"]


def test_another_menu_keeps_the_shelf_that_it_has_too() -> None:
    shelves = Shelves(menu_of(DishKind.MEAT, DishKind.SOUP)).at_kind(DishKind.SOUP)

    assert shelves.with_menu(menu_of(DishKind.MEAT, DishKind.SOUP, DishKind.SOUP)).kind is DishKind.SOUP
    assert shelves.with_menu(menu_of(DishKind.MEAT, DishKind.STAPLE)).kind is None


@pytest.mark.parametrize(
    ("text", "kept"), [("", ""), ("12", "12"), ("134567890123456789", "6789"), ("no. 4200-1234", "1234"), ("１２３４", "")]
)
def test_four_digits_are_kept_and_no_more(text: str, kept: str) -> None:
    assert last_four(text) == kept


def test_a_code_scanned_into_the_field_is_known_as_one_and_only_its_tail_stays() -> None:
    reference = Reference()
    for digit in "134567890123456789":
        reference = reference.typed(reference.kept + digit)

    assert (reference.kept, reference.was_code) == ("6789", True)
    assert Reference().typed("12").typed("123").was_code is False


@pytest.mark.parametrize(("text", "given"), [("20", 2_000), ("20.", None), ("", None), ("0", None), ("20.5", 2_050)])
def test_typed_cash_is_an_amount_or_nothing(text: str, given: int | None) -> None:
    assert typed_yuan(text) == given


@pytest.mark.parametrize(("given", "change"), [(None, None), (799, None), (800, 0), (2_000, 1_200)])
def test_change_is_known_once_it_is_enough(given: int | None, change: int | None) -> None:
    assert change_of(800, given) == change
