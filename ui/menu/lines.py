"""The menu section in words: what is on the menu, all dishes, and what there is to know about a day."""

from __future__ import annotations

from dataclasses import replace

from pos import words
from pos.domain.menu import Dish, Offer
from pos.domain.money import money
from pos.i18n import _
from pos.words import menu as menu_said
from ui import formats
from ui.menu.presenter import Planning
from ui.widgets.labels import Tone
from ui.widgets.table import Line


def title(now: Planning) -> str:
    """Which day."""
    if now.day is None:
        return _("Every day without a menu of its own")
    return f"{words.weekday(now.day)} {formats.full_day(now.day)}"


def why(now: Planning) -> str:
    """What there is to know about its menu."""
    if now.past:
        return _("This day is over; its menu stays.")
    if now.plan is None:
        return ""
    said = [_("At most {count} portions at this meal.").format(count=now.plan.capacity)] if now.plan.capacity is not None else []
    if now.day is not None:
        said.append(_("This day has a menu of its own.") if now.plan.own else _("This day goes by the menu of every day."))
    return " ".join(said)


def of_offer(offer: Offer) -> Line:
    """What is on the menu: key, name, limit, price."""
    gone = offer.capacity == 0
    left = _("sold out") if gone else "" if offer.capacity is None else str(offer.capacity)
    return Line((str(offer.key), offer.name, left, money(offer.price)), Tone.MUTED if gone else Tone.PLAIN)


def without_tags(line: Line) -> Line:
    """A dish on a narrow page: what is in it stands in its form."""
    shelf, name, _tags, price = line.cells
    return replace(line, cells=(shelf, name, price))


def of_dish(dish: Dish, *, on_menu: bool) -> Line:
    """A dish: shelf, name, what is in it, price."""
    name = dish.name if dish.cooked else _("{name} (not cooked any more)").format(name=dish.name)
    name = f"✓ {name}" if on_menu else name
    tone = Tone.GREEN if on_menu else Tone.PLAIN if dish.cooked else Tone.MUTED
    what = " · ".join(said for said in (menu_said.parts(dish.parts), menu_said.tags(dish.tags)) if said)
    return Line((words.dish_kind(dish.kind), name, what, money(dish.price)), tone)


def limit_folded(line: Line) -> Line:
    """An offer on a narrow page: its limit stands behind its name."""
    key, name, limit, price = line.cells
    return replace(line, cells=(key, f"{name} · {limit}" if limit else name, price))
