"""Rosters: who is brought a meal, by which route, in which order; nobody is left out.

A stop is a reservation to be delivered. Whoever has no route comes first, of each route first who has no address.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, auto

from pos.domain.address import Address
from pos.domain.bill import Way
from pos.domain.discreet import diet_code
from pos.domain.kitchen import Ordered, Portion
from pos.domain.members import MemberStatus
from pos.domain.menu import DishKind, Meal
from pos.domain.prints import Print, changes
from pos.domain.reservations import State
from pos.domain.routes import Place, Recipient, Route, Run, Volunteer, walked_by
from pos.domain.walking import door_key, in_walking_order

_SHOWN_DIGITS = 4
_FINGERPRINT = 16


class News(Enum):
    """What is different about a stop since the roster was printed."""

    ADDED = auto()
    CHANGED = auto()
    GONE = auto()


@dataclass(frozen=True, slots=True)
class Stop:
    """One door on one day and meal. `id` is the reservation's. `diets` are codes that paper may carry. `fetched`: whoever
    lives there had it at the counter.

    `number` counts the stops of a roster from 1; one that is gone, which stays to be seen struck out, has 0.
    """

    id: str
    member_id: str
    name: str
    phone: str
    address: Address
    diets: tuple[str, ...]
    note: str
    in_person: bool
    eat_at: str
    portions: tuple[Portion, ...]
    number: int = 0
    news: News | None = None
    fetched: bool = False

    @property
    def boxes(self) -> int:
        """How many boxes go there: one for each set meal, else one for the tray."""
        return sum(one.quantity for one in self.portions if one.kind is DishKind.SET_MEAL) or 1

    @property
    def dishes(self) -> tuple[tuple[str, int], ...]:
        """What was ordered and how many portions of it, set meals by their own names."""
        counted: Counter[str] = Counter()
        for one in self.portions:
            counted[one.name] += one.quantity
        return tuple(counted.items())

    @property
    def lacks_address(self) -> bool:
        """Whether nobody knows where to go."""
        return not str(self.address)

    def numbered(self, number: int) -> Stop:
        """The same stop at another place of its walk; replace() takes five times as long, two thousand times a noon."""
        return Stop(
            self.id,
            self.member_id,
            self.name,
            self.phone,
            self.address,
            self.diets,
            self.note,
            self.in_person,
            self.eat_at,
            self.portions,
            number,
            self.news,
            self.fetched,
        )

    @property
    def gone(self) -> bool:
        """Whether it was cancelled, fetched at the counter or given to another route, after the roster was printed."""
        return self.news is News.GONE

    @property
    def line(self) -> str:
        """What changes with everything that would make a printed roster wrong if it changed; it tells nothing else."""
        dishes = (f"{one.name}x{one.quantity} {one.chosen}" for one in self.portions)
        where = (str(self.address), " ".join(self.diets), self.note, self.eat_at, str(self.in_person))
        return _fingerprint(self.name, self.phone, *where, *dishes)


@dataclass(frozen=True, slots=True)
class Totals:
    """What goes out: stops, boxes, portions by dish in the order of their names, and boxes by diet.

    The key of ordinary meals among the diets is ''.
    """

    stops: int = 0
    boxes: int = 0
    dishes: tuple[tuple[str, int], ...] = ()
    diets: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """One walk. `route` None is the list of those without a route; `along` are routes merged into this one.

    `printed` is the newest paper of it, `void` are papers of the routes along, which nobody walks by any more.
    `labelled` are the newest labels for its boxes. `ordered_today` tells that the order of the stops is one for this day alone, `reordered` that it is another than
    that on the paper.
    """

    route: Route | None
    day: date
    meal: Meal
    stops: tuple[Stop, ...] = ()
    along: tuple[Route, ...] = ()
    run: Run | None = None
    volunteer: Volunteer | None = None
    printed: Print | None = None
    void: tuple[Print, ...] = ()
    labelled: Print | None = None
    ordered_today: bool = False
    reordered: bool = False

    @property
    def id(self) -> str:
        """The route's id, '' for the list of those without one."""
        return self.route.id if self.route else ""

    @property
    def standing(self) -> tuple[Stop, ...]:
        """The stops that are walked to."""
        return tuple(stop for stop in self.stops if not stop.gone)

    @property
    def news(self) -> int:
        """How many stops the printed paper says wrong."""
        return sum(stop.news is not None for stop in self.stops) if self.printed else 0

    @property
    def out_of_date(self) -> bool:
        """Whether whoever has the paper needs a new one."""
        return self.printed is not None and (self.news > 0 or self.reordered or self.heading != self.printed.lines.get(""))

    @property
    def heading(self) -> str:
        """What changes with everything that stands above the stops."""
        run = self.run
        names = "+".join(route.name for route in (self.route, *self.along) if route)
        facts = (run.containers, run.cooked_at, run.eat_by) if run else ("", "", "")
        return _fingerprint(names, self.volunteer.name if self.volunteer else "", *facts)

    @property
    def unlabelled(self) -> tuple[Stop, ...]:
        """The stops whose boxes have no label yet, or one that is wrong now."""
        before = self.labelled.lines if self.labelled else {}
        if before.get("") != self.label_lines[""]:
            return self.standing
        return tuple(stop for stop in self.standing if before.get(stop.id) != stop.line)

    @property
    def label_lines(self) -> dict[str, str]:
        """What the labels of its boxes say, by reservation; under '' what all of them say."""
        times = (self.run.cooked_at, self.run.eat_by) if self.run else ("", "")
        return {"": _fingerprint(self.id, *times), **{stop.id: stop.line for stop in self.standing}}

    @property
    def lines(self) -> dict[str, str]:
        """What its paper says, by reservation, in the order of the walk; under '' what stands above."""
        return {"": self.heading, **{stop.id: stop.line for stop in self.standing}}


@dataclass(frozen=True, slots=True)
class Round:
    """Everything that is carried out for a meal: first those without a route, then the rosters.

    `closed` is why the canteen is closed on that day: then nothing is cooked, and who is on the lists must be told.
    `runs` are what was decided, by route, those of merged routes too.
    """

    day: date
    meal: Meal
    loose: Roster
    rosters: tuple[Roster, ...] = ()
    closed: str | None = None
    runs: Mapping[str, Run] = field(default_factory=dict)

    @property
    def every(self) -> tuple[Roster, ...]:
        """All lists; that of those without a route only where somebody is, or was when it was printed."""
        return ((self.loose,) if self.loose.stops or self.loose.printed else ()) + self.rosters

    @property
    def totals(self) -> Totals:
        """What the kitchen has to cook for all of them."""
        return totals(stop for roster in self.every for stop in roster.stops)

    def roster(self, route_id: str) -> Roster | None:
        """The roster on which the stops of a route stand."""
        names = ((one, (one.route, *one.along)) for one in self.every)
        return next((one for one, routes in names if route_id in {part.id if part else "" for part in routes}), None)


@dataclass(frozen=True, slots=True)
class Decided:
    """What the canteen decided about a meal's deliveries; runs and papers by their route, volunteers by id."""

    routes: tuple[Route, ...]
    runs: Mapping[str, Run]
    volunteers: Mapping[str, Volunteer]
    printed: Mapping[str, Print]
    labelled: Mapping[str, Print]


def round_of(
    day: date,
    meal: Meal,
    ordered: Iterable[Ordered],
    recipients: Mapping[str, Recipient],
    decided: Decided,
    *,
    whole_phones: bool,
    closed: str | None = None,
) -> Round:
    """The rosters of a meal. Each delivery stands on one of them, or on the list of those without a route.

    What the kitchen does not cook, because it was cancelled or its member is away, is carried to nobody; nor what was
    fetched at the counter.
    """
    booked = [one for one in ordered if one.way is Way.DELIVERY]
    stops = {one.id: _stop(one, recipients[one.member_id], whole_phones=whole_phones) for one in booked}
    standing = [stops[one.id] for one in booked if _is_carried(one)]
    walked = {route.id: route for route in decided.routes if route.active}
    living: dict[str, list[Stop]] = {"": [], **{route_id: [] for route_id in walked}}
    for one in standing:
        living.get(recipients[one.member_id].route_id, living[""]).append(one)
    loose = Roster(None, day, meal, _by_address(living[""]))
    on: dict[str, list[str]] = {}
    for route_id in walked:
        on.setdefault(walked_by(route_id, decided.runs, walked), []).append(route_id)
    rosters = []
    for main, routes in on.items():
        first = (main, *(route_id for route_id in routes if route_id != main))
        run = decided.runs.get(main)
        rosters.append(
            Roster(
                walked[main],
                day,
                meal,
                _walked({route_id: living[route_id] for route_id in first}, recipients),
                tuple(walked[route_id] for route_id in first[1:]),
                run,
                decided.volunteers.get(run.volunteer_id) if run else None,
                ordered_today=any(recipients[one.member_id].today.number for key in first for one in living[key]),
            )
        )
    return Round(day, meal, _told(loose, stops, decided), tuple(_told(one, stops, decided) for one in rosters), closed, decided.runs)


def _is_carried(one: Ordered) -> bool:
    cooked = one.status is MemberStatus.ACTIVE or one.state is State.SERVED  # as the kitchen counts it
    return cooked and one.state is not State.CANCELLED and not one.fetched


def totals(stops: Iterable[Stop]) -> Totals:
    """What these stops are brought; those that are gone are brought nothing."""
    dishes: Counter[str] = Counter()
    diets: Counter[str] = Counter()
    standing = [stop for stop in stops if not stop.gone]
    for stop in standing:
        dishes.update(dict(stop.dishes))
        diets[" ".join(stop.diets)] += stop.boxes
    boxes = sum(stop.boxes for stop in standing)
    return Totals(len(standing), boxes, tuple(sorted(dishes.items())), tuple(sorted(diets.items())))


# -- order --------------------------------------------------------------------------------------------


def _walked(living: Mapping[str, Sequence[Stop]], recipients: Mapping[str, Recipient]) -> tuple[Stop, ...]:
    """First who has no address, then the others: today's order, else that of each route, one after the other."""
    usual: list[Stop] = []
    for route_id, mine in living.items():
        usual += in_walking_order(mine, {key: place.number for key, place in _places(mine, recipients, route_id)})
    today = {one.member_id: recipients[one.member_id].today.number for one in usual}
    walk = in_walking_order(usual, today) if any(today.values()) else tuple(usual)
    return _counted([one for one in walk if one.lacks_address] + [one for one in walk if not one.lacks_address])


def _places(
    stops: Iterable[Stop], recipients: Mapping[str, Recipient], route_id: str
) -> Iterable[tuple[str, Place]]:
    """The usual places on a route; who walks along for a day only has none."""
    for one in stops:
        usual = recipients[one.member_id].usual
        if usual.route_id == route_id:
            yield one.member_id, usual


def _by_address(stops: Iterable[Stop]) -> tuple[Stop, ...]:
    walk = sorted(stops, key=lambda one: (not one.lacks_address, door_key(one.address), one.name, one.id))
    return _counted(walk)


def _counted(stops: Iterable[Stop]) -> tuple[Stop, ...]:
    return tuple(stop.numbered(number) for number, stop in enumerate(stops, 1))


# -- what a printed roster says wrong ------------------------------------------------------------------


def _told(roster: Roster, stops: Mapping[str, Stop], decided: Decided) -> Roster:
    """The roster beside its newest paper: what is new or different, and struck out, where it stood, what is gone."""
    printed, labelled = decided.printed, decided.labelled.get(roster.id)
    void = tuple(printed[route.id] for route in roster.along if route.id in printed)
    paper = printed.get(roster.id)
    if paper is None:
        return replace(roster, void=void, labelled=labelled)
    before = {key: line for key, line in paper.lines.items() if key}
    now = {stop.id: stop.line for stop in roster.stops}
    found = changes(before, now)
    news = dict.fromkeys(found.added, News.ADDED) | dict.fromkeys(found.changed, News.CHANGED)
    told = [replace(stop, news=news[stop.id]) if stop.id in news else stop for stop in roster.stops]
    for key in found.gone:
        if key in stops:
            told.insert(_where_it_stood(key, before, told), replace(stops[key], number=0, news=News.GONE))
    reordered = [key for key in before if key in now] != [key for key in now if key in before]
    return replace(roster, stops=tuple(told), printed=paper, void=void, labelled=labelled, reordered=reordered)


def _where_it_stood(key: str, before: Iterable[str], told: Sequence[Stop]) -> int:
    """Behind the stop that came before it on the paper."""
    at = {stop.id: number for number, stop in enumerate(told)}
    spot = 0
    for one in before:
        if one == key:
            break
        spot = at[one] + 1 if one in at else spot
    return spot


def _fingerprint(*parts: str) -> str:
    """Equal for equal words alone. Versions of papers are kept for ever, and must not keep who was on them."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_FINGERPRINT]


# -- making a stop ------------------------------------------------------------------------------------


def shown_phone(phone: str, *, whole: bool) -> str:
    """A telephone number as the canteen lets it be on paper: whole, or its last four digits."""
    return phone if whole or len(phone) <= _SHOWN_DIGITS else f"*{phone[-_SHOWN_DIGITS:]}"


def _stop(one: Ordered, who: Recipient, *, whole_phones: bool) -> Stop:
    return Stop(
        one.id,
        who.member_id,
        who.name,
        shown_phone(who.phone, whole=whole_phones),
        who.address,
        tuple(dict.fromkeys(map(diet_code, who.diets))),
        who.note.text,
        who.note.in_person,
        one.eat_at,
        one.portions,
        fetched=one.fetched,
    )
