"""How long rosters and labels take: of 400 stops on one route, and of 2,000 on twenty; and the screen's refresh.

The demands are 3 s for a roster of 400 stops as PDF, and 100 ms for a refresh with 2,000 reservations, here all of them
delivered. What is refreshed is read from a file, put in order and made into the lines of the tables.

Run: python -m tests.bench.roster
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from db.store import SqlStores, open_stores
from pos import i18n
from pos.clock import SetClock
from pos.domain.address import Address
from pos.domain.bill import Way
from pos.domain.box_labels import labels_of
from pos.domain.members import Member
from pos.domain.menu import Meal
from pos.domain.profile import Particulars, Profile
from pos.domain.roster_paper import LabelSheets, RosterPaper
from pos.domain.rosters import Round
from pos.domain.routes import DeliveryNote, Place, Route, Run
from pos.domain.staff import Actor
from pos.services.rosters import Rosters
from receipts.label_sheets import label_pdf
from receipts.rosters import roster_pdf
from tests.made_up import BOSS as MANAGER
from tests.made_up import CANTEEN, NOON_MS, bill_of, no_file, reservation
from tests.pos.domain.deliveries_made_up import CHEN, TUESDAY, carried, decided, recipient
from tests.pos.services.counter import NOON
from ui.routes import lines
from ui.routes.shown import Shown

MARK = "1a2b3c4d"
ROUNDS = 15
BOSS = Actor(MANAGER.id, MANAGER.name, MANAGER.role)


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
    with TemporaryDirectory() as folder, closing(open_stores(Path(folder) / "canteen.db", "A")) as stores:
        fill(stores, 2_000, 20)
        rosters = Rosters(stores, SetClock(NOON), "A")
        rosters.record(BOSS, TUESDAY, Meal.LUNCH, [f"r{number}" for number in range(20)], "", no_file)
        times = [measured(partial(refresh, rosters)) for _round in range(ROUNDS)]
    print(f"{'refresh with 2000 deliveries, median':42} {median(times) * 1000:8.0f} ms")


def fill(stores: SqlStores, stops: int, routes: int) -> None:
    """A canteen that brings so many lunches on so many routes."""
    with stores.write() as store:
        store.staff.add(MANAGER)
        store.canteen.put(CANTEEN, MANAGER.id, NOON_MS)
        for number in range(routes):
            store.routes.put(Route(f"r{number}", f"{number + 1}号线"))
        booked = []
        for number in range(stops):
            lives = Address("幸福里小区", f"{number // 40 + 1}号楼", f"{number % 3 + 1}单元", "", f"{number % 6 + 1}0{number % 4}")
            who = Member(f"m{number}", f"王秀英{number}", date(1940, 2, 3), "13800001234")
            store.members.add(who, (), NOON_MS)
            known = Particulars(address=lives, diets=("软食", "低盐")[: number % 3])
            store.profiles.put(who.id, Profile(who.name, who.birth_date, who.phone, known), ())
            store.routes.settle(who.id, f"r{number % routes}")
            booked.append(reservation(who, TUESDAY, bill_of(0), way=Way.DELIVERY))
        store.reservations.add_all(booked, MANAGER.id)


def refresh(rosters: Rosters) -> None:
    """What the section does every few seconds, without its paint."""
    shown = Shown(TUESDAY, Meal.LUNCH, TUESDAY, rosters.round(TUESDAY, Meal.LUNCH), "r0")
    for row in shown.rows:
        lines.route_line(row)
    for number, one in enumerate(shown.listed, 1):
        lines.person_line(one, number)
    lines.papers(shown)


def measured(function: Callable[[], object]) -> float:
    """The processor's time of one call, in seconds: the machine's other programs are not in it."""
    start = time.process_time()
    function()
    return time.process_time() - start


def papers(found: Round) -> bytes:
    """All rosters of a round in one file."""
    rosters = tuple((one, 1) for one in found.rosters)
    return roster_pdf(RosterPaper("幸福里社区食堂", "0372-5550199", False, MARK, "2026-11-23 17:05", rosters))


if __name__ == "__main__":
    main()
