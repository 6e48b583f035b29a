"""The words for dishes: what is in one, for screen, wall and kitchen, in the language of the moment."""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.diet import Tag
from pos.domain.menu import Part
from pos.i18n import _
from pos.words import dish_kind


def tag(value: Tag) -> str:
    """What is in a dish, or what it is fit for, in a word or two."""
    return {
        Tag.PORK: _("pork"),
        Tag.BEEF: _("beef"),
        Tag.MUTTON: _("mutton"),
        Tag.POULTRY: _("poultry"),
        Tag.FISH_SHRIMP: _("fish"),
        Tag.EGG: _("egg"),
        Tag.MILK: _("milk"),
        Tag.PEANUT: _("peanut"),
        Tag.SPICY: _("spicy"),
        Tag.LOW_SALT: _("low salt"),
        Tag.LOW_SUGAR: _("low sugar"),
        Tag.LOW_PURINE: _("low purine"),
        Tag.SOFT: _("soft"),
        Tag.VEGETARIAN: _("vegetarian"),
        Tag.HALAL: _("halal"),
    }[value]


def tags(values: Iterable[Tag]) -> str:
    """Several of them."""
    return _(", ").join(tag(value) for value in values)


def parts(values: Iterable[Part]) -> str:
    """What belongs to a set meal: '2 Meat, 4 Greens, 1 Soup'."""
    pieces = (_("{count} {shelf}").format(count=one.count, shelf=dish_kind(one.kind)) for one in values)
    return _(", ").join(pieces)


def names(dishes: Iterable[str]) -> str:
    """Several dishes in a row."""
    return _(", ").join(dishes)
