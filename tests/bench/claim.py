"""How long a claim of 30,000 meals takes as PDF, xlsx and csv together, and how much memory: limits.md, paper.

    python -m tests.bench.claim [--meals 30000]
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter, process_time

from pos.domain.claim_paper import ClaimPaper
from pos.domain.claims import (
    FIRST_CLAIM_FOLLOWS,
    Claim,
    ClaimLine,
    Head,
    Month,
    claim_hash,
    total_of,
    write_line,
)
from pos.domain.menu import Meal
from pos.domain.pricing import Way
from pos.services.practice import GIVEN, SURNAMES
from receipts.claim_files import ClaimFiles
from tests.bench.figures import heading, table

MONTH = Month(2026, 3)
PEOPLE = 1_200
COMMUNITIES = ("幸福里社区", "东风路第一社区", "桃园社区", "人民路社区")
KINDS: tuple[tuple[str, ...], ...] = ((), (), ("低保",), ("失独", "残疾"), ())


def lines(meals: int) -> Iterator[ClaimLine]:
    """Meals of a month, the people in turn."""
    for number in range(meals):
        who = number % PEOPLE
        entry_id = f"{number:032x}"
        yield ClaimLine(
            entry_id=entry_id,
            sale_id=entry_id,
            number=f"A-1-{number:06d}",
            day=date(2026, 3, 1) + timedelta(days=number * 31 // meals),
            undone_on=None,
            meal=(Meal.BREAKFAST, Meal.LUNCH, Meal.LUNCH, Meal.DINNER)[number % 4],
            way=(Way.DINE_IN, Way.DINE_IN, Way.TAKE_AWAY, Way.DELIVERY)[who % 4],
            at_ms=1_772_424_000_000 + number * 60_000,
            till="AB"[number % 2],
            member_id=f"member-{who}",
            name=SURNAMES[who % len(SURNAMES)] + GIVEN[who * 7 % len(GIVEN)],
            identity=f"{who % 10_000:04d}",
            age=60 + who % 40,
            categories=KINDS[who % len(KINDS)],
            community=COMMUNITIES[who % len(COMMUNITIES)],
            hukou="上海市/普陀区/长寿路街道",
            by_hand=who % 50 == 0,
            list_price=1_200,
            due=720,
            amount=300,
            others=(("canteen", 80), ("district", 100)),
            operating=0,
            delivery=0,
            rules=("80-89",),
            tariff_id="bench",
        )


def main(meals: int) -> None:
    """Write the three files and print what each took."""
    made = tuple(lines(meals))
    claim = Claim(
        id="bench",
        seq=1,
        payer="city",
        payer_name="市民政局",
        names=(("district", "区民政局"),),
        canteen="幸福里社区食堂",
        month=MONTH,
        lines=len(made),
        total=total_of(made),
        heads=(Head("A", 1, meals, "a" * 64),),
        staff_id="boss",
        staff_name="周敏",
        at_ms=1_775_000_000_000,
        prev_hash=FIRST_CLAIM_FOLLOWS,
        hash=claim_hash_of(made),
    )
    heading(f"A claim of {meals:,} meals")
    rows, whole, busy = [], 0.0, 0.0
    print(f"before: {peak_mb()} MB", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("csv", "xlsx", "pdf"):
            path = Path(folder, f"claim.{kind}")
            began, worked = perf_counter(), process_time()
            ClaimFiles().write(ClaimPaper(claim, made), path, lambda _done, _whole: None)
            took, cpu = perf_counter() - began, process_time() - worked
            whole, busy = whole + took, busy + cpu
            rows.append((kind, f"{took:.2f} s", f"{cpu:.2f} s", f"{path.stat().st_size / 1e6:.1f} MB", f"{peak_mb()} MB"))
    rows.append(("together", f"{whole:.2f} s", f"{busy:.2f} s", "", f"{peak_mb()} MB"))
    table(("file", "time", "of it computing", "size", "peak memory so far"), rows)


def claim_hash_of(made: tuple[ClaimLine, ...]) -> str:
    """A hash like that of a stamped claim."""
    empty = Claim("bench", 1, "city", "", (), "", MONTH, 0, 0, (), "", "", 0, FIRST_CLAIM_FOLLOWS)
    return claim_hash(empty, map(write_line, made))


def peak_mb() -> int:
    """The most memory this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--meals", type=int, default=30_000)
    main(parser.parse_args().meals)
