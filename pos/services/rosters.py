"""Rosters of a meal: read, decided about, printed in versions; and the labels of the boxes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from pos.domain.box_labels import BoxLabel, labels_of
from pos.domain.canteen import Canteen
from pos.domain.menu import Meal
from pos.domain.paper import SlipKind
from pos.domain.prints import Print, PrintKind
from pos.domain.reservations import DayClosed
from pos.domain.roster_paper import LabelSheets, RosterPaper
from pos.domain.rosters import Decided, Roster, Round, Stop, round_of
from pos.domain.routes import (
    LONGEST_CONTAINERS,
    NO_PLACE,
    NoteTooLong,
    Place,
    Recipient,
    RouteUnknown,
    Run,
    VolunteerUnknown,
    checked_times,
    merged,
)
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store
from pos.ports.drafts import Draft
from pos.services.calendar import days_between, facts_on
from pos.services.drafts import keep_with_file
from pos.services.routes import in_order, require_walked

WEEK = timedelta(days=7)


class Rosters:
    """The deliveries of a meal, as they are carried from one till."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Print labels at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def next_day(self, after: date) -> date:
        """The next day on which the canteen is open, within two weeks; else the day after."""
        with self._stores.read() as store:
            ahead = days_between(store, after + timedelta(days=1), after + 2 * WEEK)
        return next((one.day for one in ahead if one.facts.open), after + timedelta(days=1))

    def round(self, day: date, meal: Meal) -> Round:
        """Who is brought what, by whom, and which papers are out of date."""
        with self._stores.read() as store:
            return round_on(store, day, meal)

    def recipient(self, day: date, meal: Meal, member_id: str) -> Recipient | None:
        """Somebody to whom a meal is brought, or who lives on a route, as of a meal; None where neither is so."""
        with self._stores.read() as store:
            if found := store.routes.recipients(day, meal).get(member_id):
                return found
            living = (one for route in store.routes.every() for one in store.routes.living_on(route.id))
            return next((one for one in living if one.member_id == member_id), None)

    # -- what is decided about a day ----------------------------------------------------------------

    def decide(self, actor: Actor, run: Run) -> Run:
        """Keep who walks a route on a day, with which boxes, and when its meals were cooked; times as typed.

        Into which route it is merged stays. Raises NotPermitted, RouteUnknown, VolunteerUnknown, NoteTooLong,
        NoTimeOfDay or EatenBeforeCooked.
        """
        actor.must(Permission.ROUTES)
        cooked_at, eat_by = checked_times(run.cooked_at, run.eat_by)
        containers = " ".join(run.containers.split())
        if len(containers) > LONGEST_CONTAINERS:
            raise NoteTooLong(LONGEST_CONTAINERS)
        with self._stores.write() as store:
            require_walked(store, run.route_id)
            if run.volunteer_id and run.volunteer_id not in {one.id for one in store.routes.volunteers()}:
                raise VolunteerUnknown
            into = _run(store, run.day, run.meal, run.route_id).merged_into
            kept = replace(run, containers=containers, cooked_at=cooked_at, eat_by=eat_by, merged_into=into)
            store.routes.put_run(kept)
        return kept

    def merge(self, actor: Actor, day: date, meal: Meal, route_id: str, into: str) -> None:
        """Give a route to the volunteer of another one for this meal, or with '' let it be walked by itself again.

        Raises NotPermitted or RouteUnknown.
        """
        actor.must(Permission.ROUTES)
        with self._stores.write() as store:
            for one in filter(None, (route_id, into)):
                require_walked(store, one)
            for run in merged(store.routes.runs(day, meal), _run(store, day, meal, route_id), into):
                store.routes.put_run(run)

    def send(self, actor: Actor, day: date, meal: Meal, member_id: str, route_id: str) -> None:
        """Bring somebody's meal by another route this time; '' is the usual one. Raises NotPermitted or RouteUnknown."""
        actor.must(Permission.ROUTES)
        with self._stores.write() as store:
            if route_id:
                require_walked(store, route_id)
            store.routes.set_day(day, meal, {member_id: Place(route_id)})

    def walk(self, actor: Actor, day: date, meal: Meal, member_ids: Sequence[str]) -> None:
        """Walk to these members in this order this time; the usual order stays as it is. Raises NotPermitted."""
        actor.must(Permission.ROUTES)
        with self._stores.write() as store:
            known = store.routes.recipients(day, meal)
            places = {
                one: replace(known[one].today, number=number) for number, one in enumerate(member_ids, 1) if one in known
            }
            store.routes.set_day(day, meal, places)

    def walk_as_usual(self, actor: Actor, day: date, meal: Meal, member_ids: Collection[str]) -> None:
        """Forget the order of this time. Raises NotPermitted."""
        actor.must(Permission.ROUTES)
        with self._stores.write() as store:
            known = store.routes.recipients(day, meal)
            places = {one: replace(known[one].today, number=NO_PLACE.number) for one in member_ids if one in known}
            store.routes.set_day(day, meal, places)

    def as_a_week_ago(self, actor: Actor, day: date, meal: Meal) -> int:
        """Decide volunteers, boxes and merging as a week before, where nothing is decided yet; the times are the day's own.

        The answer is how many routes were decided. Raises NotPermitted.
        """
        actor.must(Permission.ROUTES)
        with self._stores.write() as store:
            now = store.routes.runs(day, meal)
            decided = {one.route_id for one in now.values() if one.volunteer_id or one.merged_into}
            comes = {one.id for one in store.routes.volunteers() if one.active}
            walked = {one.id for one in store.routes.every() if one.active}
            taken = 0
            for route_id, before in store.routes.runs(day - WEEK, meal).items():
                volunteer_id = before.volunteer_id if before.volunteer_id in comes else ""
                into = before.merged_into if before.merged_into in walked else ""
                if route_id in walked - decided and (volunteer_id or into):
                    run = now.get(route_id) or Run(route_id, day, meal, containers=before.containers)
                    store.routes.put_run(replace(run, volunteer_id=volunteer_id, merged_into=into))
                    taken += 1
        return taken

    # -- paper --------------------------------------------------------------------------------------

    def record(
        self, actor: Actor, day: date, meal: Meal, route_ids: Collection[str], printed: str, write: Callable[[RosterPaper], Draft]
    ) -> RosterPaper:
        """Keep rosters as they are now as their next versions, with the file that `write` makes of them; '' is that of
        those without a route. One that says what its newest version says is that version, printed again.

        Raises NotPermitted, DayClosed, RouteUnknown or FileNotWritten; then no version was kept.
        """
        actor.must(Permission.ROUTES)

        def paper(store: Store, version: Callable[[Roster], int]) -> RosterPaper:
            canteen = _canteen(store)
            papers = tuple((one, version(one)) for one in _wanted(store, day, meal, route_ids))
            return RosterPaper(canteen.name, canteen.phone, canteen.practice, store.canteen.mark(), printed, papers)

        def foreseen(store: Store) -> RosterPaper:
            return paper(store, lambda one: _next_version(one.printed, one.lines))

        def keep(store: Store) -> RosterPaper:
            return paper(store, lambda one: self._version(store, actor, PrintKind.ROSTER, one, one.printed, one.lines))

        return keep_with_file(self._stores, foreseen, keep, write)

    def label_sheets(
        self,
        actor: Actor,
        day: date,
        meal: Meal,
        route_ids: Collection[str],
        write: Callable[[LabelSheets], Draft],
        *,
        only_new: bool,
        skip: int = 0,
    ) -> LabelSheets:
        """Keep the labels for the boxes of these routes, with the sheets that `write` makes of them; `only_new`: of boxes
        without a right one.

        Raises NotPermitted, DayClosed, RouteUnknown or FileNotWritten; then no version was kept.
        """
        actor.must(Permission.ROUTES)

        def foreseen(store: Store) -> LabelSheets:
            chosen = _labelled(store, day, meal, route_ids, only_new=only_new)
            canteen, mark = _canteen(store), store.canteen.mark()
            labels = tuple(label for roster, stops in chosen for label in labels_of(roster, stops, mark))
            return LabelSheets(canteen.name, canteen.practice, labels, skip)

        def keep(store: Store) -> LabelSheets:
            sheets = foreseen(store)
            self._label(store, actor, day, meal, route_ids, only_new=only_new)
            return sheets

        return keep_with_file(self._stores, foreseen, keep, write)

    def print_labels(
        self, actor: Actor, day: date, meal: Meal, route_ids: Collection[str], *, only_new: bool
    ) -> int:
        """Put the labels of these routes into this till's outbox, a job for each stop; the answer is how many boxes.

        Raises NotPermitted, DayClosed or RouteUnknown.
        """
        actor.must(Permission.ROUTES)
        with self._stores.write() as store:
            boxes = 0
            for _roster, stops in self._label(store, actor, day, meal, route_ids, only_new=only_new):
                for stop in stops:
                    store.paper.add(self._till, SlipKind.LABELS, stop.id, self._clock.now_ms(), asked_by=actor.name)
                    boxes += stop.boxes
        return boxes

    def _label(
        self, store: Store, actor: Actor, day: date, meal: Meal, route_ids: Collection[str], *, only_new: bool
    ) -> list[tuple[Roster, tuple[Stop, ...]]]:
        chosen = _labelled(store, day, meal, route_ids, only_new=only_new)
        for roster, _stops in chosen:
            self._version(store, actor, PrintKind.LABELS, roster, roster.labelled, roster.label_lines)
        return chosen

    def _version(
        self, store: Store, actor: Actor, kind: PrintKind, roster: Roster, newest: Print | None, lines: dict[str, str]
    ) -> int:
        if newest is not None and _says(newest, lines):
            return newest.version
        at_ms = self._clock.now_ms()
        return store.prints.add(kind, roster.id, roster.day, roster.meal, at_ms, actor.staff_id, lines).version


def round_on(store: Store, day: date, meal: Meal) -> Round:
    """The deliveries of a meal as they stand."""
    decided = Decided(
        in_order(store.routes.every()),
        store.routes.runs(day, meal),
        {one.id: one for one in store.routes.volunteers()},
        store.prints.latest_of(PrintKind.ROSTER, day, meal),
        store.prints.latest_of(PrintKind.LABELS, day, meal),
    )
    facts = facts_on(store, day)
    return round_of(
        day,
        meal,
        store.kitchen.ordered(day, meal),
        store.routes.recipients(day, meal),
        decided,
        whole_phones=_canteen(store).whole_phones,
        closed=None if facts.open else facts.reason or facts.holiday,
    )


def labels_for(store: Store, reservation_id: str) -> tuple[BoxLabel, ...]:
    """The labels of one stop's boxes as they are now; none where nothing is brought to it any more."""
    booked = store.reservations.get(reservation_id)
    if booked is None:
        return ()
    for roster in round_on(store, booked.day, booked.meal).every:
        for stop in roster.standing:
            if stop.id == reservation_id:
                return labels_of(roster, (stop,), store.canteen.mark())
    return ()


def _says(newest: Print, lines: Mapping[str, str]) -> bool:
    """Whether a printed version still says what is so, in the same order."""
    return list(newest.lines.items()) == list(lines.items())


def _next_version(newest: Print | None, lines: Mapping[str, str]) -> int:
    if newest is None:
        return 1
    return newest.version if _says(newest, lines) else newest.version + 1


def _labelled(
    store: Store, day: date, meal: Meal, route_ids: Collection[str], *, only_new: bool
) -> list[tuple[Roster, tuple[Stop, ...]]]:
    """Rosters, and the stops on them whose boxes get labels."""
    return [(one, one.unlabelled if only_new else one.standing) for one in _wanted(store, day, meal, route_ids)]


def _wanted(store: Store, day: date, meal: Meal, route_ids: Collection[str]) -> tuple[Roster, ...]:
    found = round_on(store, day, meal)
    if found.closed is not None:
        raise DayClosed(day.isoformat(), found.closed)
    wanted = tuple(one for one in found.every if one.id in route_ids)
    if len(wanted) < len(set(route_ids)):
        raise RouteUnknown
    return wanted


def _run(store: Store, day: date, meal: Meal, route_id: str) -> Run:
    return store.routes.runs(day, meal).get(route_id) or Run(route_id, day, meal)


def _canteen(store: Store) -> Canteen:
    canteen = store.canteen.get()
    assert canteen is not None, "meals are brought from a founded canteen"
    return canteen
