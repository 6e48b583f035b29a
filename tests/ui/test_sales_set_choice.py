"""Choosing the dishes of a set meal: one key a wish, and never more or fewer than belong to it. Without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.menu import DishKind, Meal, Menu, Offer, Part
from pos.domain.set_meals import Choice, check_chosen
from ui.sales.set_choice import COLUMNS, ROWS, SetChoice, set_choice
from ui.sales.shelves import MOST_TILES

MEAT, GREEN, SOUP = DishKind.MEAT, DishKind.VEGETABLE, DishKind.SOUP


def menu_of(meats: int, greens: int, soups: int = 0) -> tuple[Offer, Menu]:
    """A set of two meats, one green and a soup, and a menu with so many dishes."""
    parts = (Part(MEAT, 2), Part(GREEN, 1), Part(SOUP, 1))
    offer = Offer("set", "套餐", DishKind.SET_MEAL, 1_200, 1, parts=parts)
    shelves = ((MEAT, "m", meats), (GREEN, "g", greens), (SOUP, "s", soups))
    dishes = (Offer(f"{letter}{n}", f"菜{n}", kind, 300, n) for kind, letter, count in shelves for n in range(count))
    return offer, Menu(date(2026, 11, 23), Meal.LUNCH, (offer, *dishes))


def begin(meats: int, greens: int, soups: int = 0) -> SetChoice:
    return set_choice(*menu_of(meats, greens, soups), ())


def test_it_begins_with_the_first_of_each_shelf_so_that_enter_alone_takes_them() -> None:
    choice = begin(3, 2, 1)

    assert (choice.dish_ids, choice.missing) == (("m0", "m1", "g0", "s0"), None)


def test_it_begins_with_what_was_chosen_before() -> None:
    assert set_choice(*menu_of(3, 2, 1), ("m2", "g1", "m0", "s0")).dish_ids == ("m0", "m2", "g1", "s0")


def test_a_new_dish_takes_the_place_of_the_oldest_of_its_shelf() -> None:
    choice = begin(4, 2, 1)

    assert choice.toggled(3).dish_ids == ("m1", "m3", "g0", "s0")
    assert choice.toggled(3).toggled(2).dish_ids == ("m3", "m2", "g0", "s0")
    assert choice.toggled(5).dish_ids == ("m0", "m1", "g1", "s0")


def test_a_dish_that_is_pressed_again_is_left_and_the_gap_is_told() -> None:
    choice = begin(4, 2, 1).toggled(0)

    assert choice.dish_ids == ("m1", "g0", "s0")
    assert choice.missing == (Choice(MEAT, 2, choice.choices[0].offers), 1)


def test_a_key_without_a_dish_does_nothing() -> None:
    choice = begin(1, 1)

    assert (choice.toggled(2), choice.toggled(-1)) == (choice, choice)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 9))
def test_every_dish_lies_on_one_page_under_a_key_of_its_own(meats: int, greens: int, soups: int) -> None:
    choice = begin(meats, greens, soups)
    pages = [replace(choice, page=page) for page in range(choice.pages)]

    assert [one for page in pages for one in page.shown] == [one for part in choice.choices for one in part.offers]
    assert all(len(page.rows) <= ROWS and len(page.shown) <= MOST_TILES for page in pages)
    assert all(len(row.offers) <= COLUMNS for page in pages for row in page.rows)
    assert choice.turned(choice.pages) == choice


@given(st.integers(0, 8), st.integers(0, 6), st.integers(0, 3), st.lists(st.integers(0, MOST_TILES), max_size=12))
def test_whatever_keys_are_pressed_what_is_whole_is_such_a_meal(meats: int, greens: int, soups: int, keys: list[int]) -> None:
    offer, menu = menu_of(meats, greens, soups)
    choice = set_choice(offer, menu, ())
    for key in keys:
        choice = choice.toggled(key)

    if choice.missing is None:
        check_chosen(offer, menu, choice.dish_ids)
    assert all(len(taken) <= part.count for taken, part in zip(choice.taken, choice.choices, strict=True))
