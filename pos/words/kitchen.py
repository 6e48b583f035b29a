"""Words of the kitchen: plates, changes, forecasts and the names of its papers, for screen, pages and roll."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pos import words
from pos.domain.forecast import Forecast
from pos.domain.kitchen import NotCooked, Plate, Portion
from pos.domain.kitchen_lines import ChangeKind
from pos.domain.menu import Meal
from pos.i18n import _, ngettext


def not_cooked(value: NotCooked) -> str:
    """Why a reserved meal is not cooked."""
    return {
        NotCooked.PAUSED: _("paused"),
        NotCooked.LEFT: _("has left"),
        NotCooked.DECEASED: _("deceased"),
        NotCooked.CLOSED: _("canteen closed"),
    }[value]


def change_kind(value: ChangeKind) -> str:
    """What became of a plate after the list was printed."""
    return {
        ChangeKind.CANCELLED: _("Cancelled"),
        ChangeKind.CHANGED: _("Changed"),
        ChangeKind.ADDED: _("Added"),
    }[value]


def who(plate: Plate) -> str:
    """The short name on a plate, also of somebody who was forgotten since."""
    return plate.name or _("forgotten")


def portions(value: int) -> str:
    """A number of meals."""
    return ngettext("{count} portion", "{count} portions", value).format(count=value)


def dishes(value: Iterable[Portion]) -> str:
    """What somebody eats: '六菜一汤(红烧肉、炒鸡蛋)、米饭×2'."""
    return _(", ").join(_dish(one) for one in value)


def _dish(portion: Portion) -> str:
    name = portion.name
    if portion.chosen:
        chosen = _(", ").join(called for _dish_id, called in portion.chosen)
        name = _("{dish} ({chosen})").format(dish=name, chosen=chosen)
    return name if portion.quantity == 1 else f"{name}×{portion.quantity}"


def clash(plate: Plate) -> str:
    """What on a plate its member does not eat: '红烧肉: 不吃猪肉'."""
    found = (_("{dish}: {codes}").format(dish=one.dish, codes=_(", ").join(one.codes)) for one in plate.clashes)
    return _("; ").join(found)


def forecast(value: Forecast) -> str:
    """How many come without a reservation, and by how much that may be wrong."""
    return _("{portions} ± {error}").format(portions=value.portions, error=value.error)


def forecast_from(value: Forecast) -> str:
    """What a forecast was made from."""
    return ngettext("from {days} past day like it", "from {days} past days like it", value.days).format(days=value.days)


def version(value: int) -> str:
    """Which version of a printed list."""
    return _("Version {version}").format(version=value)


def of_meal(day: date, meal: Meal) -> str:
    """Which meal: '2026-11-27 Fri Lunch'."""
    return f"{day} {words.weekday(day)} {words.meal(meal)}"
