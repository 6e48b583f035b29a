"""Cases: who is looked for, what was done, and the alarm for those who live alone and were not seen at two meals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from pos.domain.canteen import LIVING_ALONE
from pos.domain.cases import (
    LONGEST_STORY,
    LOOKED_BACK_DAYS,
    Case,
    CaseDayClosed,
    CaseGone,
    CaseKind,
    CaseOver,
    CaseStep,
    ReservedMeal,
    StepTaken,
    StoryNeeded,
    alarming,
)
from pos.domain.errors import MemberUnknown
from pos.domain.menu import Meal, meal_at
from pos.domain.sales import without_secrets
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store


class Cases:
    """People who are looked for until it is known how they are."""

    def __init__(self, stores: OpenStore, clock: Clock) -> None:
        """Keep them in one store."""
        self._stores = stores
        self._clock = clock

    def open_now(self) -> tuple[Case, ...]:
        """The cases without an outcome, oldest first."""
        with self._stores.read() as store:
            return store.cases.open_now()

    def of_day(self, day: date) -> tuple[Case, ...]:
        """The cases without an outcome, of whatever day, then those of this day that were ended; each oldest first."""
        with self._stores.read() as store:
            return (*store.cases.open_now(), *(one for one in store.cases.of_day(day) if one.outcome is not None))

    def watch(self, actor: Actor) -> tuple[Case, ...]:
        """Raise the alarm for who lives alone and missed two meals that are over by now; the answer are the open cases.

        Nobody needs a permission to notice that somebody is missing.
        """
        local = self._clock.local()
        meals = list(Meal)
        return self.alarm(actor, local.date(), meals[: meals.index(meal_at(local.time()))])

    def alarm(self, actor: Actor, day: date, over: Sequence[Meal]) -> tuple[Case, ...]:
        """The same for a day of which these meals are over."""
        with self._stores.read() as store:
            missed = _missing(store, day, over)
        if missed:
            with self._stores.write() as store:
                for member_id in sorted(missed):
                    store.members.wallet(member_id)  # its lock: two counters notice one person once
                    still = _missing(store, day, over).get(member_id)
                    if still is not None:
                        self._open(store, actor, member_id, still)
        return self.open_now()

    def take_step(self, actor: Actor, step_id: str, case_id: str, step: CaseStep, note: str = "") -> Case:
        """Note what was done, once for each id; an outcome ends the case. The answer is the case as it is now.

        One that was ended by mistake is opened again, until its day is closed; one that is open stays as it is.
        Raises CaseGone, CaseOver, CaseDayClosed, MemberUnknown when they were forgotten meanwhile, StoryNeeded or
        NotPermitted.
        """
        actor.must(Permission.DELIVERIES)
        story = note.strip()
        if len(story) > LONGEST_STORY or (step is CaseStep.OTHER and not story):
            raise StoryNeeded(LONGEST_STORY)
        with self._stores.write() as store:
            found = store.cases.get(case_id)
            if found is None:
                raise CaseGone
            store.days.share(found.day)
            store.members.wallet(found.member_id)
            found = store.cases.get(case_id)
            assert found is not None, "a case is never deleted"
            if any(one.id == step_id for one in found.steps):
                return found
            if step is CaseStep.OPENED_AGAIN:
                if found.outcome is None:
                    return found
                if store.days.closed(found.day) is not None:
                    raise CaseDayClosed(found.member_name, found.day.isoformat())
                if not store.members.name_of(found.member_id):
                    raise MemberUnknown
            elif (outcome := found.outcome) is not None:
                raise CaseOver(found.member_name, outcome.step, outcome.staff_name)
            now_ms = self._clock.now_ms()
            store.cases.add_step(
                StepTaken(step_id, case_id, step, now_ms, actor.staff_id, actor.name, without_secrets(story))
            )
            now = store.cases.get(case_id)
            assert now is not None, "a case is never deleted"
            return now

    def _open(self, store: Store, actor: Actor, member_id: str, missed: ReservedMeal) -> None:
        opened = Case(
            f"{missed.reservation_id}/missed",
            member_id,
            store.members.name_of(member_id),
            missed.reservation_id,
            missed.day,
            missed.meal,
            CaseKind.MISSED_TWICE,
            self._clock.now_ms(),
            actor.staff_id,
            actor.name,
        )
        store.cases.add(opened)


def _missing(store: Store, day: date, over: Sequence[Meal]) -> dict[str, ReservedMeal]:
    """Who lives alone and was not seen at two reserved meals in a row, with the last of them."""
    alone = store.cases.alone(LIVING_ALONE, day - timedelta(days=LOOKED_BACK_DAYS), day, over)
    return {one.member_id: missed for one in alone if (missed := alarming(one.meals, one.after)) is not None}
