"""Set meals: which dishes may be chosen, and that only so many of each shelf make the meal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.capacity import SoldOut
from pos.domain.errors import NotOnMenu
from pos.domain.menu import MOST_OF_A_PART, DishKind, Meal, Menu, Offer, Part
from pos.domain.set_meals import (
    Choice,
    WrongChoice,
    check_chosen,
    choices,
    defaults,
    eaten,
    is_open,
    tidy_parts,
)

SHELVES = st.sampled_from([kind for kind in DishKind if kind is not DishKind.SET_MEAL])


def dish(name: str, kind: DishKind, capacity: int | None = None) -> Offer:
    return Offer(name, f"菜{name}", kind, 300, 1, capacity=capacity)


SIX = replace(
    dish("six", DishKind.SET_MEAL), parts=(Part(DishKind.MEAT, 2), Part(DishKind.VEGETABLE, 2), Part(DishKind.SOUP, 1))
)
PORK, FISH, BEEF = (dish(name, DishKind.MEAT) for name in ("pork", "fish", "beef"))
LEEK, TOFU, BEAN = (dish(name, DishKind.VEGETABLE) for name in ("leek", "tofu", "bean"))
SOUP = dish("soup", DishKind.SOUP)
MENU = Menu(date(2026, 11, 23), Meal.LUNCH, (SIX, PORK, LEEK, FISH, TOFU, SOUP, BEEF, BEAN))


def menu_of(*offers: Offer) -> Menu:
    return replace(MENU, offers=offers)


def test_each_part_offers_its_shelf_in_the_order_of_the_keys() -> None:
    assert choices(SIX, MENU) == (
        Choice(DishKind.MEAT, 2, (PORK, FISH, BEEF)),
        Choice(DishKind.VEGETABLE, 2, (LEEK, TOFU, BEAN)),
        Choice(DishKind.SOUP, 1, (SOUP,)),
    )


def test_where_nobody_chooses_the_first_of_each_shelf_belong_to_the_meal() -> None:
    assert defaults(SIX, MENU) == ("pork", "fish", "leek", "tofu", "soup")
    assert eaten(SIX, MENU, ()) == (
        ("pork", "菜pork"), ("fish", "菜fish"), ("leek", "菜leek"), ("tofu", "菜tofu"), ("soup", "菜soup"),
    )  # fmt: skip


def test_what_was_chosen_is_named_in_the_order_of_the_parts() -> None:
    assert [one for one, _name in eaten(SIX, MENU, ("soup", "bean", "beef", "leek", "pork"))] == [
        "pork", "beef", "leek", "bean", "soup",
    ]  # fmt: skip


def test_a_dish_that_is_sold_out_cannot_be_chosen() -> None:
    menu = menu_of(SIX, replace(PORK, capacity=0), FISH, BEEF, LEEK, TOFU, SOUP)

    assert defaults(SIX, menu) == ("fish", "beef", "leek", "tofu", "soup")
    with pytest.raises(SoldOut) as refused:
        check_chosen(SIX, menu, ("pork", "fish", "leek", "tofu", "soup"))
    assert (refused.value.name, refused.value.left) == (PORK.name, 0)


def test_a_menu_with_fewer_dishes_than_belong_to_the_meal_makes_a_smaller_meal() -> None:
    menu = menu_of(SIX, PORK, LEEK, TOFU)

    check_chosen(SIX, menu, ("pork", "leek", "tofu"))

    assert (defaults(SIX, menu), is_open(SIX, menu)) == (("pork", "leek", "tofu"), False)


@pytest.mark.parametrize(
    ("chosen", "kind", "count"),
    [
        (("pork", "leek", "tofu", "soup"), DishKind.MEAT, 2),
        (("pork", "pork", "leek", "tofu", "soup"), DishKind.MEAT, 2),
        (("pork", "fish", "beef", "leek", "tofu", "soup"), DishKind.MEAT, 2),
        (("pork", "fish", "leek", "tofu", "bean", "soup"), DishKind.VEGETABLE, 2),
        (("pork", "fish", "leek", "tofu"), DishKind.SOUP, 1),
        ((), DishKind.MEAT, 2),
    ],
)
def test_too_many_too_few_or_one_twice_is_no_such_meal(chosen: tuple[str, ...], kind: DishKind, count: int) -> None:
    with pytest.raises(WrongChoice) as refused:
        check_chosen(SIX, MENU, chosen)

    assert (refused.value.name, refused.value.kind, refused.value.count) == ("菜six", kind, count)


def test_a_dish_of_another_shelf_or_of_another_day_cannot_be_chosen() -> None:
    with pytest.raises(NotOnMenu) as refused:
        check_chosen(SIX, MENU, ("pork", "fish", "leek", "tofu", "soup", "rice", "six"))

    assert refused.value.dish_ids == ("rice", "six")


def test_a_dish_without_parts_has_nothing_to_choose() -> None:
    assert (choices(PORK, MENU), is_open(PORK, MENU), eaten(PORK, MENU, ())) == ((), False, ())


MENUS = st.lists(st.tuples(SHELVES, st.sampled_from([None, 0, 5])), max_size=20).map(
    lambda dishes: menu_of(SIX, *(dish(f"d{number}", kind, left) for number, (kind, left) in enumerate(dishes)))
)
PARTS = st.lists(st.builds(Part, st.sampled_from(DishKind), st.integers(-2, 12)), max_size=8)


@given(menu=MENUS, parts=PARTS)
def test_the_defaults_of_any_menu_are_a_choice_that_is_taken(menu: Menu, parts: list[Part]) -> None:
    offer = replace(SIX, parts=tidy_parts(DishKind.SET_MEAL, parts))

    check_chosen(offer, menu, defaults(offer, menu))

    assert [one for one, _name in eaten(offer, menu, ())] == list(defaults(offer, menu))


@given(parts=PARTS)
def test_a_part_is_a_shelf_once_with_a_count_one_key_can_type(parts: list[Part]) -> None:
    tidy = tidy_parts(DishKind.SET_MEAL, parts)

    assert [part.kind for part in tidy] == [kind for kind in DishKind if kind in {part.kind for part in tidy}]
    assert all(0 < part.count <= MOST_OF_A_PART and part.kind is not DishKind.SET_MEAL for part in tidy)
    assert tidy_parts(DishKind.SET_MEAL, tidy) == tidy
    assert tidy_parts(DishKind.MEAT, parts) == ()
