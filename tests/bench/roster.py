"""How long rosters and labels take: of 400 stops on one route, and of 2,000 on twenty.

Run: python -m tests.bench.roster
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from pos import i18n
from pos.domain.address import Address
from pos.domain.box_labels import labels_of
from pos.domain.menu import Meal
from pos.domain.roster_paper import LabelSheets, RosterPaper
from pos.domain.rosters import Round
from pos.domain.routes import DeliveryNote, Place, Route, Run
from receipts.label_sheets import label_pdf
from receipts.rosters import roster_pdf
from tests.pos.domain.deliveries_made_up import CHEN, TUESDAY, carried, decided, recipient

MARK = "1a2b3c4d"


def made_up(stops: int, routes: int) -> Round:
    """A round of so many stops on so many routes."""
    walked = tuple(Route(f"r{number}", f"{number + 1}号线") for number in range(routes))
    people = [
        recipient(
            f"王秀英{number}",
            Address("幸福里小区", f"{number // 40 + 1}号楼", f"{number % 3 + 1}单元", f"{number % 6 + 1}层", f"{number % 6 + 1}0{number % 4}"),
            Place(f"r{number % routes}"),
            diets=("软食", "低盐")[: number % 3],
            note=DeliveryNote(("", "敲门重", "放门口，按两次门铃")[number % 3], in_person=number % 5 == 0),
        )
        for number in range(stops)
    ]
    runs = {route.id: Run(route.id, TUESDAY, Meal.LUNCH, CHEN.id, "3、7", "10:30", "12:30") for route in walked}
    return carried(people, decided(*walked, runs=runs))


def measure(name: str, function: Callable[[], object]) -> None:
    """Print the time of one call."""
    start = time.perf_counter()
    result = function()
    size = f"{len(result) / 1024:9.0f} KB" if isinstance(result, bytes) else ""
    print(f"{name:42} {(time.perf_counter() - start) * 1000:8.0f} ms {size}")


def main() -> None:
    """Print a table."""
    i18n.use(i18n.DEFAULT_LANGUAGE)
    measure("first page (reads the font)", lambda: papers(made_up(1, 1)))
    for stops, routes in ((400, 1), (2_000, 20)):
        measure(f"order {stops} stops on {routes} routes", partial(made_up, stops, routes))
        found = made_up(stops, routes)
        measure(f"rosters of {stops} stops as PDF", partial(papers, found))
        labels = tuple(label for one in found.rosters for label in labels_of(one, one.standing, MARK))
        measure(f"{len(labels)} labels as PDF", partial(label_pdf, LabelSheets("幸福里社区食堂", False, labels)))


def papers(found: Round) -> bytes:
    """All rosters of a round in one file."""
    rosters = tuple((one, 1) for one in found.rosters)
    return roster_pdf(RosterPaper("幸福里社区食堂", "0372-5550199", False, MARK, "2026-11-23 17:05", rosters))


if __name__ == "__main__":
    main()
