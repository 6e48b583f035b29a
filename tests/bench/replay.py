"""How long a month's real meals take under a draft tariff: priced alone, and read from a file of sales too.

    python -m tests.bench.replay [--meals 100000] [--guests 500]
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from time import perf_counter, process_time

from db.store import open_stores
from pos.clock import SetClock
from pos.domain.circumstances import Circumstances, Person
from pos.domain.claims import Month
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import BasketItem, Tender, Way
from pos.domain.replay import PastMeal, replay
from pos.domain.tariff import parse_tariff
from pos.services.practice import PIN, TARIFF
from pos.services.replay import Replays
from pos.services.staff import Desk
from tests.bench.canteen import TILL, TODAY, at, fill
from tests.bench.figures import heading, table

MONTH = Month(2026, 3)
PEOPLE = 4_000


def meals(count: int) -> Iterator[PastMeal]:
    """Meals of a month, the people in turn, each with a taste of their own."""
    baskets = [
        tuple(BasketItem(f"dish-{at}", f"菜{at}", DishKind.MEAT, 300 + 50 * at, 1 + at % 2) for at in range(first, first + 3))
        for first in range(12)
    ]
    for number in range(count):
        who = number % PEOPLE
        yield PastMeal(
            f"member-{who}",
            Person(date(1930 + who % 70, 1 + who % 12, 1 + who % 28), frozenset({"低保"} if who % 9 == 0 else ())),
            date(2026, 3, 1) + timedelta(days=number * 31 // count),
            (Meal.LUNCH, Meal.LUNCH, Meal.DINNER)[number % 3],
            Way.DINE_IN,
            Tender.CARD,
            number,
            baskets[who % len(baskets)],
            (("city", "old", 200), ("diner", "", 1_000)),
        )


def main(count: int, guests: int) -> None:
    """Print what each way took."""
    draft = parse_tariff(TARIFF)
    rows = []
    past = list(meals(count))
    began, worked = perf_counter(), process_time()
    found = replay(past, draft, lambda meal: Circumstances(meal.day, meal.meal), lambda _done: None)
    rows.append((f"{found.meals:,} meals priced", f"{perf_counter() - began:.2f} s", f"{process_time() - worked:.2f} s"))
    with tempfile.TemporaryDirectory() as folder:
        stores = open_stores(Path(folder, "canteen.db"), TILL)
        fill(stores, guests)
        clock = SetClock(at(TODAY, time(12)))
        manager = Desk(stores, clock).sign_in("周敏", PIN)
        month = Replays(stores).months(manager)[0]
        began, worked = perf_counter(), process_time()
        found = Replays(stores).run(manager, draft, month, lambda _done, _whole: None)
        rows.append(
            (f"{found.meals:,} meals read and priced", f"{perf_counter() - began:.2f} s", f"{process_time() - worked:.2f} s")
        )
        stores.close()
    heading("A month under a draft tariff")
    table(("what", "time", "of it computing"), rows)



if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--meals", type=int, default=100_000)
    parser.add_argument("--guests", type=int, default=500, help="six stored meals each")
    asked = parser.parse_args()
    main(asked.meals, asked.guests)
