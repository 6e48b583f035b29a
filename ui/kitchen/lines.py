"""The kitchen's section in words: the numbers as lines of a table, the people beside them, and what must be said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import overload

from pos import words
from pos.domain.kitchen import Plate, Tally
from pos.domain.kitchen_lines import ChangeKind, PlateChange
from pos.domain.menu import Offer
from pos.i18n import _, ngettext
from pos.services.kitchen import Sheet, Warned
from pos.words import kitchen as said
from ui import formats
from ui.kitchen.presenter import People, Shown
from ui.widgets.labels import Tone
from ui.widgets.table import Line


def of_people(people: People, shown: Shown) -> str:
    """A list with how many are on it."""
    name = {
        People.CHANGES: _("Changed"),
        People.CLASHES: _("Clashes"),
        People.AWAY: _("Away"),
        People.WEEK: _("Ahead"),
        People.ALL: _("All"),
    }[people]
    return f"{name} {shown.count(people)}"


def warning(sheet: Sheet) -> str:
    """What nobody may overlook about a meal, '' where there is nothing."""
    if not sheet.facts.open:
        closed = _("The canteen is closed on this day")
        told = ngettext("tell {count} person", "tell {count} people", len(sheet.plates)).format(count=len(sheet.plates))
        return " · ".join(part for part in (closed, sheet.facts.reason, told if sheet.plates else "") if part)
    if not sheet.plan.offers:
        return _("There is no menu for this meal yet.")
    return " · ".join(_troubles(sheet))


def _troubles(sheet: Sheet) -> Iterator[str]:
    """What is reserved and was not planned so."""
    total, most = sheet.counts.meals.total, sheet.plan.capacity
    if most is not None and total > most:
        yield _("{total} reserved, {most} planned").format(total=total, most=most)
    offers = _offers(sheet)
    for one in (*sheet.counts.sets, *sheet.counts.dishes):
        if one.key not in offers:
            yield _("{dish} is not on the menu").format(dish=one.name)
        elif _over(one, offers):
            yield _("{dish}: {total} reserved, {most} planned").format(
                dish=one.name, total=one.total, most=offers[one.key].capacity
            )


def _offers(sheet: Sheet) -> dict[str, Offer]:
    return {offer.dish_id: offer for offer in sheet.plan.offers}


def _over(tally: Tally, offers: Mapping[str, Offer]) -> bool:
    """Whether more is reserved of a dish than there will be."""
    capacity = offers[tally.key].capacity if tally.key in offers else 0
    return capacity is not None and tally.total > capacity


def printed(sheet: Sheet) -> tuple[str, str, Tone]:
    """The newest print, how it stands to what is now, and the colour of that."""
    if sheet.printed is None:
        return _("Not printed yet"), "", Tone.MUTED
    last = sheet.printed
    which = f"{said.version(last.version)} · {formats.moment(last.at_ms)[5:]} · {last.staff_name}"
    if not sheet.changes:
        return which, _("up to date"), Tone.GREEN
    count = len(sheet.changes)
    late = ngettext("out of date: {count} change since", "out of date: {count} changes since", count).format(count=count)
    return which, late, Tone.RED


# -- numbers -------------------------------------------------------------------------------------------


def numbers(sheet: Sheet) -> list[Line]:
    """Everything that is counted, group by group: name, portions by way, sum."""
    counts, offers = sheet.counts, _offers(sheet)
    lines = [_dish(one, offers) for one in counts.sets]
    if counts.dishes:
        lines += [_group(_("Dishes in all")), *(_dish(one, offers) for one in counts.dishes)]
    if counts.diets:
        lines += [_group(_("Diets")), *(_tally(one, one.name) for one in counts.diets)]
        lines += [_tally(one, _("of these {codes}").format(codes=one.name)) for one in counts.combined]
        lines.append(_tally(counts.ordinary, _("ordinary")))
    if any(one.key for one in counts.times):
        lines += [_group(_("By time")), *(_tally(one, one.key or _("no time said")) for one in counts.times)]
    return lines


def no_numbers(sheet: Sheet | None) -> str:
    """What stands there where nothing is counted."""
    if sheet is None:
        return ""
    return _("Nothing is reserved for this meal.") if sheet.facts.open else _("Nobody cooks on this day.")


def _group(title: str) -> Line:
    return Line((title, "", "", "", ""), Tone.GREEN)


def _tally(tally: Tally, name: str, tone: Tone = Tone.PLAIN) -> Line:
    return Line((name, *(str(number or "") for number in tally.by_way), str(tally.total)), tone)


def _dish(tally: Tally, offers: Mapping[str, Offer]) -> Line:
    """In red where it was not planned so; the warning above says that in words."""
    return _tally(tally, tally.name, Tone.RED if _over(tally, offers) else Tone.PLAIN)


# -- people --------------------------------------------------------------------------------------------


def people(shown: Shown) -> Sequence[Line]:
    """The list that is chosen."""
    sheet = shown.sheet
    if sheet is None:
        return []
    match shown.people:
        case People.CHANGES:
            return [line for change in sheet.changes for line in _change(change)]
        case People.CLASHES:
            return [_clash(plate) for plate in sheet.clashing]
        case People.AWAY:
            return [_away(plate) for plate in sheet.away]
        case People.WEEK:
            return [line for warned in shown.week for line in _warned(warned, shown.today)]
        case _:
            return _all(sheet)


def empty(shown: Shown) -> str:
    """What stands in a list with nobody on it."""
    if shown.sheet is None:
        return ""
    if shown.people is People.CHANGES and shown.sheet.printed is None:
        return _("The sheet is not printed yet, so nothing can differ from it.")
    return {
        People.CHANGES: _("Nothing changed since the sheet was printed."),
        People.CLASHES: _("Nobody reserved what they do not eat."),
        People.AWAY: _("Everybody who reserved is cooked for."),
        People.WEEK: _("In the next seven days nobody reserved what they do not eat."),
    }.get(shown.people or People.ALL, _("Nobody reserved this meal yet."))


def whom(plate: Plate) -> str:
    """Who, how and when: '王*英 送餐 11:30'."""
    return " ".join(part for part in (said.who(plate), words.way(plate.way), plate.eat_at) if part)


def _what(plate: Plate) -> str:
    return " · ".join(part for part in (said.dishes(plate.portions), "+".join(plate.diets)) if part)


def _clash(plate: Plate) -> Line:
    """What somebody does not eat first, and in which dishes it is."""
    codes = dict.fromkeys(code for one in plate.clashes for code in one.codes)
    return Line((_(", ").join(codes), whom(plate), _(", ").join(one.dish for one in plate.clashes)), Tone.RED)


def _away(plate: Plate) -> Line:
    why = said.not_cooked(plate.not_cooked) if plate.not_cooked else ""
    return Line((why, whom(plate), _what(plate)), Tone.MONEY)


def _change(change: PlateChange) -> Iterator[Line]:
    kind = said.change_kind(change.kind)
    if change.before is not None:
        why = change.now.not_cooked if change.now else None
        yield Line((said.not_cooked(why) if why else kind, whom(change.before), _what(change.before)), Tone.RED, struck=True)
    if change.now is not None and change.kind is not ChangeKind.CANCELLED:
        yield Line((_("now") if change.before else kind, whom(change.now), _what(change.now)), Tone.GREEN)


def _warned(warned: Warned, today: date) -> Iterator[Line]:
    which = f"{words.weekday(warned.day)} {words.meal(warned.meal)}"
    yield Line((formats.day(warned.day), which, formats.near(warned.day, today)), Tone.GREEN)
    yield from map(_clash, warned.plates)


def _all(sheet: Sheet) -> Sequence[Line]:
    """Everybody as booked; those who gave up stay in sight, struck out."""
    there, gone = sheet.plates, sheet.cancelled
    return InSight(len(there) + len(gone), lambda at: _plate(there[at]) if at < len(there) else _cancelled(gone[at - len(there)]))


def _plate(plate: Plate) -> Line:
    if plate.not_cooked is not None:
        return _away(plate)
    return _clash(plate) if plate.clashes else Line(("", whom(plate), _what(plate)))


def _cancelled(plate: Plate) -> Line:
    return Line((said.change_kind(ChangeKind.CANCELLED), whom(plate), _what(plate)), Tone.MUTED, struck=True)


class InSight(Sequence[Line]):
    """Lines that are put into words when they are looked at: of two thousand a screen shows ten."""

    def __init__(self, count: int, make: Callable[[int], Line]) -> None:
        """`make` gives the line of a number from 0 on."""
        self._count = count
        self._make = make

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | Sequence[Line]:
        every = range(self._count)
        return [self._make(one) for one in every[at]] if isinstance(at, slice) else self._make(every[at])


# -- narrow screens ------------------------------------------------------------------------------------


def folded_numbers(lines: Sequence[Line]) -> Sequence[Line]:
    """Name and sum alone: the ways stand above in large numbers."""
    return [replace(line, cells=(line.cells[0], line.cells[-1])) for line in lines]


def folded_people(lines: Sequence[Line]) -> Sequence[Line]:
    """Matter, who and what in one cell."""
    return InSight(len(lines), lambda at: _folded(lines[at]))


def _folded(line: Line) -> Line:
    matter, who, what = line.cells
    return replace(line, cells=(" · ".join(filter(None, (matter, f"{who} {what}".strip()))),))
