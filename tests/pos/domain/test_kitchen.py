"""The kitchen's counts: portions by set, dish, diet, way and time; clashes; who is not cooked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pos.domain.bill import Way
from pos.domain.diet import Tag
from pos.domain.kitchen import Clash, Counts, NotCooked, Ordered, Plate, Portion, Tally, count, plate_of
from pos.domain.members import MemberStatus
from pos.domain.menu import DishKind, Meal, Offer
from pos.domain.reservations import State

DAY = date(2026, 11, 24)
OFFERS = (
    Offer("set", "六菜一汤", DishKind.SET_MEAL, 1_500, 1),
    Offer("pork", "红烧肉", DishKind.MEAT, 800, 2, (Tag.PORK,)),
    Offer("egg", "炒鸡蛋", DishKind.MEAT, 500, 3, (Tag.EGG,)),
    Offer("rice", "米饭", DishKind.STAPLE, 100, 4),
)
SET = Portion("set", "六菜一汤", DishKind.SET_MEAL, 1, (("pork", "红烧肉"), ("egg", "炒鸡蛋")))
RICE = Portion("rice", "米饭", DishKind.STAPLE, 2)
EGG = Portion("egg", "炒鸡蛋", DishKind.MEAT, 1)
TAGS = {offer.dish_id: offer.tags for offer in OFFERS}


def plate(name: str, way: Way, *portions: Portion, eat_at: str = "", diets: tuple[str, ...] = ()) -> Plate:
    return Plate(f"r-{name}", name, name, way, eat_at, portions, diets)


def ordered(name: str, *portions: Portion, diets: tuple[str, ...] = (), status: MemberStatus = MemberStatus.ACTIVE) -> Ordered:
    return Ordered(f"r-{name}", name, name, DAY, Meal.LUNCH, Way.DINE_IN, "", State.BOOKED, diets, status, portions)


def tally(key: str, name: str, dine_in: int, take_away: int, delivery: int) -> Tally:
    return Tally(key, name, (dine_in, take_away, delivery))


def test_K1_portions_are_counted_by_set_dish_diet_way_and_time() -> None:
    plates = [
        plate("王", Way.DINE_IN, SET, RICE, eat_at="11:30"),
        plate("李", Way.DELIVERY, replace(SET, quantity=2), diets=("软食",)),
        plate("赵", Way.TAKE_AWAY, EGG, RICE, diets=("低盐", "软食"), eat_at="11:00"),
    ]

    counts = count(plates, OFFERS)

    assert counts == Counts(
        meals=tally("", "", 1, 1, 2),
        sets=(tally("set", "六菜一汤", 1, 0, 2),),
        dishes=(tally("pork", "红烧肉", 1, 0, 2), tally("egg", "炒鸡蛋", 1, 1, 2), tally("rice", "米饭", 2, 2, 0)),
        ordinary=tally("", "", 1, 0, 0),
        diets=(tally("软食", "软食", 0, 1, 2), tally("低盐", "低盐", 0, 1, 0)),
        combined=(tally("低盐+软食", "低盐+软食", 0, 1, 0),),
        times=(tally("11:00", "11:00", 0, 1, 0), tally("11:30", "11:30", 1, 0, 0), tally("", "", 0, 0, 2)),
    )


def test_a_dish_that_is_on_no_menu_any_more_is_counted_after_those_that_are() -> None:
    gone = Portion("fish", "清蒸鱼", DishKind.MEAT, 1)

    counts = count([plate("王", Way.DINE_IN, gone, RICE)], OFFERS)

    assert counts.dishes == (tally("rice", "米饭", 2, 0, 0), tally("fish", "清蒸鱼", 1, 0, 0))


def test_nothing_reserved_counts_nothing() -> None:
    nothing = tally("", "", 0, 0, 0)

    assert count([], ()) == Counts(nothing, (), (), nothing, (), (), ())


@pytest.mark.parametrize(
    ("status", "closed", "why"),
    [
        (MemberStatus.ACTIVE, False, None),
        (MemberStatus.PAUSED, False, NotCooked.PAUSED),
        (MemberStatus.LEFT, False, NotCooked.LEFT),
        (MemberStatus.DECEASED, False, NotCooked.DECEASED),
        (MemberStatus.ACTIVE, True, NotCooked.CLOSED),
        (MemberStatus.PAUSED, True, NotCooked.CLOSED),
    ],
)
def test_K8_who_is_away_or_finds_it_closed_is_listed_and_not_cooked_for(
    status: MemberStatus, closed: bool, why: NotCooked | None
) -> None:
    made = plate_of(ordered("王秀英", SET, status=status), TAGS, closed=closed)

    assert (made.name, made.not_cooked, count([made], OFFERS).meals.total) == ("王*英", why, 0 if why else 1)


def test_what_was_had_was_cooked_whoever_goes_away_that_afternoon() -> None:
    had = replace(ordered("王", SET, status=MemberStatus.PAUSED), state=State.SERVED)

    assert plate_of(had, TAGS, closed=True).not_cooked is None


def test_a_plate_clashes_with_what_is_in_the_dish_and_in_what_was_chosen_for_a_set() -> None:
    made = plate_of(ordered("王秀英", SET, EGG, diets=("软食", "素食", "不吃鸡蛋")), TAGS, closed=False)

    assert made.clashes == (Clash("红烧肉", ("素食",)), Clash("炒鸡蛋", ("不吃鸡蛋",)))


def test_a_plate_says_diets_by_the_codes_of_the_boxes_and_in_full_what_somebody_has_to_cook() -> None:
    who = ordered("马", SET, diets=("糖尿病餐", "花生过敏", "回民餐", "肝炎隔离餐", "低糖"))

    found = plate_of(who, TAGS, closed=False)

    assert (found.diets, found.clashes) == (("不吃花生", "低糖", "清真", "肝炎隔离餐"), (Clash("红烧肉", ("清真",)),))


def test_a_dish_nobody_said_anything_about_clashes_with_nobody() -> None:
    made = plate_of(ordered("王秀英", SET, diets=("素食",)), {}, closed=False)

    assert made.clashes == ()
