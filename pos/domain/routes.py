"""Routes, the volunteers who walk them, and what is decided for one route on one day and meal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pos.domain.address import NOWHERE, Address
from pos.domain.discreet import telling
from pos.domain.errors import Refusal
from pos.domain.menu import Meal

LONGEST_NOTE = 40
LONGEST_CONTAINERS = 30
GOOD_FOR = timedelta(hours=2)
"""What is cooked is eaten within two hours, or heated again (domain.md section 4)."""

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]?([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Route:
    """A walk from door to door; one that is not `active` has no roster, and its people no route."""

    id: str
    name: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Volunteer:
    """Somebody who carries meals. `weekdays` are those on which they usually come, Monday is 0."""

    id: str
    name: str
    phone: str = ""
    weekdays: frozenset[int] = frozenset()
    active: bool = True

    def comes_on(self, day: date) -> bool:
        """Whether this is one of their days."""
        return self.active and day.weekday() in self.weekdays


@dataclass(frozen=True, slots=True)
class Run:
    """A route on a day and meal. `containers` are the numbers of its insulated boxes, `cooked_at` and `eat_by` 'HH:MM'
    or ''. `merged_into` is the route whose volunteer walks this one too, '' where it has its own.
    """

    route_id: str
    day: date
    meal: Meal
    volunteer_id: str = ""
    containers: str = ""
    cooked_at: str = ""
    eat_by: str = ""
    merged_into: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody comes in the walk of a route; 0 is where nobody ordered it, a route '' is the usual one."""

    route_id: str = ""
    number: int = 0


NO_PLACE = Place()


@dataclass(frozen=True, slots=True)
class DeliveryNote:
    """What the volunteer should know at the door, and whether somebody must be seen face to face."""

    text: str = ""
    in_person: bool = False


NO_NOTE = DeliveryNote()


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to whom meals are carried. `usual` is the place on the member's route, `today` the one of a day."""

    member_id: str
    name: str
    phone: str = ""
    address: Address = NOWHERE
    diets: tuple[str, ...] = ()
    note: DeliveryNote = NO_NOTE
    usual: Place = NO_PLACE
    today: Place = NO_PLACE

    @property
    def route_id(self) -> str:
        """The route of the day."""
        return self.today.route_id or self.usual.route_id


# -- what is refused ----------------------------------------------------------------------------------


@dataclass(eq=False)
class RouteTaken(Refusal):
    """Another route has this name."""

    name: str


@dataclass(eq=False)
class RouteUnknown(Refusal):
    """No route that is walked has this id."""


@dataclass(eq=False)
class VolunteerTaken(Refusal):
    """Another volunteer has this name and telephone number."""

    name: str


@dataclass(eq=False)
class VolunteerUnknown(Refusal):
    """No volunteer has this id."""


@dataclass(eq=False)
class NoteTells(Refusal):
    """A note for the volunteer says what paper must not say; `words` are those that do."""

    words: str


@dataclass(eq=False)
class NoteTooLong(Refusal):
    """A note does not fit on the roster (characters)."""

    longest: int


@dataclass(eq=False)
class NoTimeOfDay(Refusal):
    """What was typed is no time of the day."""

    text: str


@dataclass(eq=False)
class EatenBeforeCooked(Refusal):
    """The meal would be eaten before it was cooked (both 'HH:MM')."""

    cooked_at: str
    eat_by: str


# -- rules --------------------------------------------------------------------------------------------


def time_of_day(text: str) -> str:
    """'HH:MM' from what somebody types: 10:30, 1030, 10.30, １０：３０; '' stays ''. Raises NoTimeOfDay."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if not plain:
        return ""
    found = _CLOCK.fullmatch(plain)
    if found is None:
        raise NoTimeOfDay(text.strip())
    return f"{int(found[1]):02d}:{found[2]}"


def eat_by(cooked_at: str) -> str:
    """Until when a meal is eaten that was cooked at this time of day, at the latest at midnight; '' for ''."""
    if not cooked_at:
        return ""
    hours, minutes = map(int, cooked_at.split(":"))
    late = min(hours * 60 + minutes + GOOD_FOR // timedelta(minutes=1), 24 * 60 - 1)
    return f"{late // 60:02d}:{late % 60:02d}"


def checked_times(cooked_at: str, eat_until: str) -> tuple[str, str]:
    """Both times as they are kept; without the second, two hours after the first.

    Raises NoTimeOfDay or EatenBeforeCooked.
    """
    cooked = time_of_day(cooked_at)
    eaten = time_of_day(eat_until) or eat_by(cooked)
    if cooked and eaten < cooked:
        raise EatenBeforeCooked(cooked, eaten)
    return cooked, eaten


def checked_note(note: DeliveryNote) -> DeliveryNote:
    """A note as it is kept, in one line. Raises NoteTells or NoteTooLong."""
    text = " ".join(note.text.split())
    if found := telling(text):
        raise NoteTells("、".join(found))
    if len(text) > LONGEST_NOTE:
        raise NoteTooLong(LONGEST_NOTE)
    return DeliveryNote(text, note.in_person)


def walked_by(route_id: str, runs: Mapping[str, Run], walked: Collection[str]) -> str:
    """The route on whose roster the stops of this one stand: its own, or that into which it was merged.

    `runs` are those of the day by their route, `walked` the routes that are active. However the merging went, it
    is always one of these.
    """
    seen = [route_id]
    while (run := runs.get(seen[-1])) is not None and run.merged_into in walked:
        if run.merged_into in seen:
            return min(seen)
        seen.append(run.merged_into)
    return seen[-1]


def merged(runs: Mapping[str, Run], run: Run, into: str) -> tuple[Run, ...]:
    """The runs that change when one is given to the volunteer of another route, or with '' gets its own again.

    Who walks two routes walks one list: what was merged into the first goes on to the second with it.
    """
    if not into or into == run.route_id:
        return (replace(run, merged_into=""),)
    target = into if into not in runs else runs[into].merged_into or into
    if target == run.route_id:
        target = into  # the two change places
    changed = [replace(run, merged_into=target)]
    for one in runs.values():
        if one.route_id == target and one.merged_into:
            changed.append(replace(one, merged_into=""))
        elif one.merged_into == run.route_id:
            changed.append(replace(one, merged_into=target))
    return tuple(changed)
