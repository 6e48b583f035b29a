"""Replays: price a past month's real meals under a draft tariff, before it is published."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.circumstances import Circumstances
from pos.domain.claims import Month
from pos.domain.replay import PastMeal, Replay, replay
from pos.domain.staff import Actor, Permission
from pos.domain.tariff import Tariff
from pos.ports import OpenStore
from pos.services.calendar import days_between


class Replays:
    """What a draft would have changed. Reads alone: given up, it leaves no trace."""

    def __init__(self, stores: OpenStore) -> None:
        """Replay the sales of one store."""
        self._stores = stores

    def months(self, actor: Actor) -> tuple[Month, ...]:
        """The months that can be replayed, newest first. Raises NotPermitted."""
        actor.must(Permission.TARIFF)
        with self._stores.read() as store:
            return store.past.months()

    def run(
        self, actor: Actor, draft: Tariff, month: Month, progress: Callable[[int, int], None]
    ) -> Replay:
        """Price a month's meals under a draft, whatever its dates; the calendar is that of the meals' days.

        `progress` is told meals done and meals in all; what it raises ends the work. Raises NotPermitted.
        """
        actor.must(Permission.TARIFF)
        with self._stores.read() as store:
            canteen = store.canteen.get()
            assert canteen is not None, "only a founded canteen has sold"
            facts = {one.day: one.facts for one in days_between(store, month.first, month.last)}
            whole = store.past.count(month.first, month.last)
            progress(0, whole)

            def when(meal: PastMeal) -> Circumstances:
                return Circumstances(meal.day, meal.meal, meal.way, meal.tender, facts[meal.day], canteen.area)

            found = replay(
                store.past.between(month.first, month.last), draft, when, lambda done: progress(done, whole)
            )
            progress(whole, whole)
            return found
