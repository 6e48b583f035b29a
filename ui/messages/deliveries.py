"""Words for what is refused about deliveries, cases and the close of a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pos import words
from pos.domain import cases, day_close, deliveries
from pos.domain.errors import Refusal, Trouble
from pos.i18n import _, ngettext
from ui import formats

_Words = tuple[str, str]
_NAMED = 3


def _not_a_delivery(error: deliveries.NotADelivery) -> _Words:
    way = words.way(error.way)
    return _("This meal of {name} is not delivered: {way}.").format(name=error.name, way=way), _("Scan another stop.")


def _other_day(error: deliveries.StopOfOtherDay) -> _Words:
    meal = words.meal(error.meal)
    title = _("This stop of {name} is for {day}, {meal}.").format(name=error.name, day=error.day, meal=meal)
    return title, _("Turn to that meal with PgUp or PgDn.")


def _has_result(error: deliveries.StopHasResult) -> _Words:
    title = _("{name} was noted at {time} by {who}: {outcome}.").format(
        name=error.name, time=formats.time_of(error.at_ms), who=error.staff_name, outcome=words.outcome(error.outcome)
    )
    return title, _("To correct it press F4.")


def _ate_elsewhere(error: deliveries.AteElsewhere) -> _Words:
    title = _("{name} has used this subsidy since: {day}, {meal}.")
    words_of_it = title.format(name=error.name, day=error.day, meal=words.meal(error.meal))
    return words_of_it, _("Undo that sale, or cancel that reservation, first.")


def _sold_by_delivery(error: deliveries.SoldByDelivery) -> _Words:
    title = _("Sale {number} is a delivered meal.").format(number=error.number)
    return title, _("Correct the result of its stop, in the office under Deliveries.")


def _too_many_boxes(error: deliveries.TooManyBoxes) -> _Words:
    title = ngettext("{name} has {count} box.", "{name} has {count} boxes.", error.known)
    return title.format(name=error.name, count=error.known), _("Write how many of them came back.")


def _case_gone(_error: cases.CaseGone) -> _Words:
    return _("There is no such case."), _("Look at the list again.")


def _case_over(error: cases.CaseOver) -> _Words:
    step = words.case_step(error.outcome)
    title = _("This case of {name} was ended by {who}: {step}.").format(name=error.name, who=error.staff_name, step=step)
    return title, _("Look at the list again.")


def _case_day_closed(error: cases.CaseDayClosed) -> _Words:
    title = _("The case of {name} stays ended: the books of {day} are closed.").format(name=error.name, day=error.day)
    return title, _("If in doubt, call now. The next door that stays shut opens a new case.")


def _story_needed(error: cases.StoryNeeded) -> _Words:
    title = _("Words are missing, or they are longer than {longest} characters.").format(longest=error.longest)
    return title, _("Write how the person is, in a few words.")


def _day_is_closed(error: day_close.DayIsClosed) -> _Words:
    return _("The books of {day} are closed.").format(day=error.day), _("What was reserved for it stays as it ended.")


def _sale_of_closed_day(error: day_close.SaleOfClosedDay) -> _Words:
    title = _("The books of {day} are closed: number {number} is undone no more.")
    todo = _("Nothing was given back. Ask the manager, who can waive a part of a later meal.")
    return title.format(day=error.day, number=error.number), todo


def _day_not_yet(error: day_close.DayNotYet) -> _Words:
    return _("{day} has not come yet.").format(day=error.day), _("Wait for that day.")


def _meal_comes(error: day_close.MealStillComes) -> _Words:
    title = ngettext("{count} meal is still reserved: {meal}.", "{count} meals are still reserved: {meal}.", error.waiting)
    return title.format(count=error.waiting, meal=words.meal(error.meal)), _("Close the day after that meal.")


def _stops_open(error: day_close.StopsOpen) -> _Words:
    title = ngettext("{count} stop has no result: {names}.", "{count} stops have no result: {names}.", len(error.names))
    return title.format(count=len(error.names), names=_some(error.names)), _("Note what happened there.")


def _open_cases(error: day_close.OpenCases) -> _Words:
    title = _("Still looked for: {names}.").format(names=_some(error.names))
    return title, _("Press F3 and write how they are.")


def _some(names: Sequence[str]) -> str:
    shown = _(", ").join(names[:_NAMED])
    return f"{shown} …" if len(names) > _NAMED else shown


TABLE: dict[type[Refusal | Trouble], Callable[[Any], _Words]] = {
    deliveries.NotADelivery: _not_a_delivery,
    deliveries.StopOfOtherDay: _other_day,
    deliveries.StopHasResult: _has_result,
    deliveries.AteElsewhere: _ate_elsewhere,
    deliveries.SoldByDelivery: _sold_by_delivery,
    deliveries.TooManyBoxes: _too_many_boxes,
    cases.CaseGone: _case_gone,
    cases.CaseOver: _case_over,
    cases.CaseDayClosed: _case_day_closed,
    cases.StoryNeeded: _story_needed,
    day_close.DayIsClosed: _day_is_closed,
    day_close.SaleOfClosedDay: _sale_of_closed_day,
    day_close.DayNotYet: _day_not_yet,
    day_close.MealStillComes: _meal_comes,
    day_close.StopsOpen: _stops_open,
    day_close.OpenCases: _open_cases,
}
