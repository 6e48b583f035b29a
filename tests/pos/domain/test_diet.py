"""Diets: which wishes a dish does not respect, and that nobody is warned of everything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.canteen import DIETS
from pos.domain.diet import MEAT, Tag, clashes, in_order

TAGS = st.frozensets(st.sampled_from(Tag))


@pytest.mark.parametrize(
    ("diet", "tags", "clash"),
    [
        ("无猪", [Tag.PORK], True),
        ("无猪", [Tag.BEEF, Tag.SPICY], False),
        ("清真", [Tag.PORK, Tag.HALAL], True),
        ("清真", [Tag.BEEF], True),
        ("回民餐", [Tag.PORK], True),
        ("清真", [Tag.POULTRY], True),
        ("清真", [Tag.MUTTON, Tag.HALAL], False),
        ("清真", [Tag.FISH_SHRIMP, Tag.EGG], False),
        ("素食", [Tag.FISH_SHRIMP], True),
        ("素食", [Tag.POULTRY], True),
        ("素食", [Tag.EGG, Tag.MILK], False),
        ("素食", [Tag.VEGETARIAN], False),
        ("素餐", [Tag.MUTTON], True),
        ("低嘌呤", [Tag.FISH_SHRIMP], True),
        ("低嘌呤", [Tag.FISH_SHRIMP, Tag.LOW_PURINE], False),
        ("低嘌呤", [Tag.BEEF], False),
        ("不吃鱼", [Tag.FISH_SHRIMP], True),
        ("不吃鱼", [Tag.PORK], False),
        ("海鲜过敏", [Tag.FISH_SHRIMP], True),
        ("对虾过敏", [Tag.FISH_SHRIMP], True),
        ("不吃牛羊肉", [Tag.MUTTON], True),
        ("不吃牛羊肉", [Tag.PORK], False),
        ("不吃牛奶", [Tag.BEEF], False),
        ("不吃牛奶", [Tag.MILK], True),
        ("不吃鸡蛋", [Tag.POULTRY], False),
        ("不吃鸡蛋", [Tag.EGG], True),
        ("不吃鸡", [Tag.POULTRY], True),
        ("花生过敏", [Tag.PEANUT], True),
        ("不辣", [Tag.SPICY], True),
        ("不吃辣椒", [Tag.SPICY], True),
        ("忌荤", [Tag.FISH_SHRIMP], True),
        ("不吃肥肉", [Tag.BEEF], False),
        ("不吃鱼香肉丝", [Tag.FISH_SHRIMP, Tag.PORK], False),
        ("不吃香菜", list(Tag), False),
        ("微辣", [Tag.SPICY], False),
        ("爱吃鱼", [Tag.FISH_SHRIMP], False),
        ("", list(Tag), False),
        (" 不 吃 鱼 ", [Tag.FISH_SHRIMP], True),
    ],
)
def test_a_diet_clashes_with_what_it_leaves_out_and_with_nothing_else(diet: str, tags: list[Tag], clash: bool) -> None:
    assert clashes([diet], tags) == ((diet,) if clash else ())


@pytest.mark.parametrize("diet", ["软食", "低盐", "低糖"])
@given(tags=TAGS)
def test_what_the_kitchen_adapts_never_clashes(diet: str, tags: frozenset[Tag]) -> None:
    assert clashes([diet], tags) == ()


@given(diets=st.lists(st.one_of(st.sampled_from((*DIETS, "不吃鱼")), st.text(max_size=8)), max_size=6))
def test_a_dish_without_tags_clashes_with_nobody(diets: list[str]) -> None:
    assert clashes(diets, ()) == ()


@given(diets=st.lists(st.sampled_from((*DIETS, "不吃鱼", "不吃香菜"))), tags=TAGS, more=TAGS)
def test_what_is_added_to_a_dish_takes_a_clash_away_only_where_it_says_what_it_is_fit_for(
    diets: list[str], tags: frozenset[Tag], more: frozenset[Tag]
) -> None:
    before, after = clashes(diets, tags), clashes(diets, tags | more)

    fit = ({"清真"} if Tag.HALAL in more else set()) | ({"低嘌呤"} if Tag.LOW_PURINE in more else set())
    assert set(before) - set(after) <= fit


@given(diets=st.lists(st.sampled_from((*DIETS, "不吃鱼", "不吃香菜"))))
def test_the_codes_come_back_as_they_stand_in_their_order(diets: list[str]) -> None:
    found = clashes(diets, [Tag.PORK, Tag.FISH_SHRIMP])

    assert list(found) == [one for one in diets if one in {"无猪", "清真", "素食", "低嘌呤", "不吃鱼"}]


@given(tags=TAGS)
def test_every_meat_but_a_halal_one_is_kept_from_who_eats_halal(tags: frozenset[Tag]) -> None:
    meats = tags & MEAT

    assert bool(clashes(["清真"], tags)) == (Tag.PORK in meats or (bool(meats) and Tag.HALAL not in tags))


@given(tags=st.lists(st.sampled_from(Tag)))
def test_tags_are_kept_once_each_in_one_order(tags: list[Tag]) -> None:
    kept = in_order(tags)

    assert (set(kept), len(kept), kept) == (set(tags), len(set(tags)), in_order(reversed(kept)))
