"""The words of standing orders: the questions about them, and what a run did."""

from __future__ import annotations

from datetime import date

from pos import words
from pos.domain.errors import MemberNotActive, NotEnough, NotOnMenu
from pos.domain.menu import Meal
from pos.domain.pricing import Way
from pos.domain.reservations import (
    LONGEST_WHY,
    AfterCutOff,
    BookedAlready,
    DayClosed,
    Reservation,
    ReservationOver,
)
from pos.domain.standing_orders import FIRST_SET, Generated, NothingPlanned, Skipped, StandingOrder
from pos.i18n import _, ngettext
from pos.services.standing_orders import Kept
from pos.words import standing_orders as said
from ui import formats, messages
from ui.asking import Ask, AskColumn, AskField, AskPage, AskTable, Fact, FieldKind
from ui.standing_orders.form import NO_DISH, OrdersForm, Stage, dish_options

_WIDE = 1000
_LONGEST_DAY = 10
_WAYS = (Way.DELIVERY, Way.TAKE_AWAY, Way.DINE_IN)
_MATTER = (NotEnough, NothingPlanned, NotOnMenu, MemberNotActive, BookedAlready, ReservationOver, AfterCutOff, DayClosed)
"""In this order they are listed: first what somebody can do something about. What is not here comes before."""


def ask_of(form: OrdersForm) -> Ask:
    """The question of a form."""
    return {Stage.LIST: _list, Stage.EDIT: _edit, Stage.PAUSE: _pause, Stage.END: _end}[form.stage](form)


def mistyped(name: str) -> str:
    """What is wrong with a field."""
    return {
        "eat_at": _("Type the time like 11:30, or nothing."),
        "portions": _("Type how many portions, from 1 on."),
        "also_portions": _("Type how many portions, from 1 on."),
    }.get(name, _("Write the day like 2026-01-31."))


def kept_words(kept: Kept) -> str:
    """What became of the meals that an order had booked."""
    told = (
        (kept.cancelled, _("Given up: {days}.")),
        (kept.too_late, _("Too late to give up: {days}.")),
        (kept.as_before, _("Booked before and left so: {days}.")),
        (kept.again, _("The next run (F6) books again: {days}.")),
    )
    return " ".join(text.format(days=_days(found)) for found, text in told if found)


def _days(found: tuple[Reservation, ...]) -> str:
    return _(", ").join(formats.day(one.day) for one in found)


def _list(form: OrdersForm) -> Ask:
    columns = (
        AskColumn(_("Weekdays"), 176),
        AskColumn(_("Meal"), 84),
        AskColumn(_("How"), 96),
        AskColumn(_("Dishes")),
        AskColumn(_("Time"), 76),
        AskColumn(_("Holds until"), 142),
        AskColumn(_("Pause"), 184),
    )
    rows = tuple(_row(form, one) for one in form.orders)
    table = AskTable(columns, rows, picks=_("Edit") if rows else "", empty=_("{name} has no standing order.").format(name=form.name))
    return Ask(_("Standing orders of {name}").format(name=form.name), _("New order"), table=table, width=_WIDE, busy=form.saving)


def _row(form: OrdersForm, one: StandingOrder) -> tuple[str, ...]:
    return (
        said.weekdays(one.weekdays),
        words.meal(one.meal),
        words.way(one.way),
        said.ordered(one.portions, form.dish_names),
        one.eat_at,
        _("for good") if one.last is None else _("to {day}").format(day=one.last.isoformat()),
        said.pause(one),
    )


def _edit(form: OrdersForm) -> Ask:
    values = form.values
    ticks = tuple(
        AskField(f"day_{number}", said.weekday_name(number), values[f"day_{number}"], kind=FieldKind.TICK) for number in range(7)
    )
    meals = tuple((meal.value, words.meal(meal)) for meal in Meal)
    ways = tuple((way.value, words.way(way)) for way in _WAYS)
    names = form.dish_names
    dishes = tuple((one, _("set meal of the day") if one == FIRST_SET else names.get(one, "?")) for one in dish_options(form))
    more = ((NO_DISH, _("nothing else")), *dishes)
    rows = (
        ticks,
        (
            AskField("meal", _("Meal"), values["meal"], kind=FieldKind.CHOICE, options=meals),
            AskField("way", _("How"), values["way"], kind=FieldKind.CHOICE, options=ways),
            AskField("eat_at", _("Eats at"), values["eat_at"], hint="11:30", longest=8),
        ),
        (
            AskField("dish", _("Dish"), values["dish"], kind=FieldKind.CHOICE, options=dishes, stretch=3),
            AskField("portions", _("Portions"), values["portions"], longest=3),
            AskField("also", _("And beside it"), values["also"], kind=FieldKind.CHOICE, options=more, stretch=3),
            AskField("also_portions", _("Portions"), values["also_portions"], longest=3, enabled=values["also"] != NO_DISH),
        ),
        (
            AskField("first", _("First day"), values["first"], hint="2026-01-31", longest=_LONGEST_DAY),
            AskField("last", _("Last day, empty: for good"), values["last"], hint="2026-01-31", longest=_LONGEST_DAY),
        ),
    )
    title = _("New standing order of {name}") if form.new else _("Standing order of {name}")
    return Ask(
        title.format(name=form.name),
        _("Take the order") if form.new else _("Change the order"),
        pages=(AskPage(rows),),
        second="" if form.new else _("Pause or end"),
        busy=form.saving,
        wrong=form.wrong,
        width=_WIDE,
    )


def _pause(form: OrdersForm) -> Ask:
    rows = (
        (
            AskField("paused_from", _("Rests from; empty: goes on"), form.values["paused_from"], hint="2026-01-31", longest=_LONGEST_DAY),
            AskField("paused_to", _("To; empty: until further notice"), form.values["paused_to"], hint="2026-01-31", longest=_LONGEST_DAY),
        ),
    )
    return Ask(
        _("When does the order of {name} rest?").format(name=form.name),
        _("Rest on these days"),
        text=_("Meals of these days that are booked already are given up where there is time."),
        facts=_facts(form),
        pages=(AskPage(rows),),
        second=_("End it for good"),
        busy=form.saving,
        wrong=form.wrong,
    )


def _end(form: OrdersForm) -> Ask:
    return Ask(
        _("End the standing order of {name}?").format(name=form.name),
        _("End it for good"),
        text=_("Meals that it has booked are given up where there is time."),
        facts=_facts(form),
        danger=True,
        busy=form.saving,
    )


def _facts(form: OrdersForm) -> tuple[Fact, ...]:
    order = form.edited
    assert order is not None, "an order is asked about"
    pause = said.pause(order)
    return (
        Fact(_("Weekdays"), f"{said.weekdays(order.weekdays)} {words.meal(order.meal)}"),
        Fact(_("Dishes"), f"{said.ordered(order.portions, form.dish_names)} · {words.way(order.way)}"),
        *((Fact(_("Pause"), pause),) if pause else ()),
    )


# -- the run ------------------------------------------------------------------------------------------


def run_ask(values: dict[str, str], wrong: str, *, late: bool) -> Ask:
    """Which days shall be booked; `late`: whoever asks may also book after the cut-off."""
    days = (
        AskField("first", _("First day"), values["first"], hint="2026-01-31", longest=_LONGEST_DAY),
        AskField("last", _("Last day"), values["last"], hint="2026-01-31", longest=_LONGEST_DAY),
    )
    why = AskField("why", _("Reason, for days after their cut-off"), values["why"], hint=_("empty: they are left out"), longest=LONGEST_WHY)
    return Ask(
        _("Book the standing orders"),
        _("Book them"),
        text=_(
            "Every meal is booked once, however often this is done. Whoever cannot be booked is listed afterwards. "
            "Do it when nobody is being served: payments wait until it is done."
        ),
        pages=(AskPage((days, (why,)) if late else (days,)),),
        wrong=wrong,
    )


Rows = tuple[tuple[str, ...], ...]


def skipped_rows(skipped: tuple[Skipped, ...]) -> Rows:
    """Who could not be booked, and why; what somebody can do something about comes first."""
    return tuple(
        (one.name, one.door, f"{formats.day(one.day)} {words.weekday(one.day)}", words.meal(one.meal), messages.words(one.reason).title)
        for one in sorted(skipped, key=_matter)
    )


def _matter(one: Skipped) -> tuple[int, date, str]:
    kinds = [type(one.reason) is kind for kind in _MATTER]
    return (kinds.index(True) if True in kinds else -1), one.day, one.name


def ran_ask(first: date, last: date, made: Generated, rows: Rows) -> Ask:
    """What a run did."""
    columns = (
        AskColumn(_("Name"), 110),
        AskColumn(_("Door"), 168),
        AskColumn(_("Day"), 140),
        AskColumn(_("Meal"), 80),
        AskColumn(_("Why not")),
    )
    told = [ngettext("{count} meal is booked now.", "{count} meals are booked now.", made.booked).format(count=made.booked)]
    if made.before:
        told.append(ngettext("{count} was booked before.", "{count} were booked before.", made.before).format(count=made.before))
    if made.skipped:
        count = len(made.skipped)
        told.append(ngettext("{count} could not be booked:", "{count} could not be booked:", count).format(count=count))
    table = AskTable(columns, rows, seen=7) if rows else None
    title = _("Standing orders {first} – {last}").format(first=formats.day(first), last=formats.day(last))
    return Ask(title, "", text=" ".join(told), table=table, width=_WIDE if rows else 760)
