"""20,000 members with opening balances out of one spreadsheet: how long each step takes, and where the memory goes.

The file has names, identity numbers of nobody (address code 999999), telephones, addresses, categories, contacts and
balances, as a community would hand it over. The steps are those of the screen: read, look at every row, write.
"""

from __future__ import annotations

import resource
from collections.abc import Callable
from contextlib import ExitStack
from datetime import time
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TypeVar

from openpyxl import Workbook

from db.engine import address_of
from db.migrate import bring_up_to_date
from db.store import SqlStores
from pos.clock import SetClock
from pos.domain.identity import check_digit
from pos.domain.imports import MEMBER_FIELDS, guess
from pos.services.imports import Imports
from pos.services.lists import Lists
from pos.services.practice import GIVEN, SURNAMES
from pos.services.shifts import Shifts
from receipts.table_reader import TableReader
from tests.bench.canteen import TODAY, at, found
from tests.bench.figures import heading, table
from tests.pg import running_server
from tests.shelf import memory_vault
from tests.stores import opened

MEMBERS = 20_000
HEADER = ("姓名", "身份证号", "电话", "住址", "人员类别", "紧急联系人", "紧急联系人电话", "余额", "赠送余额")

T = TypeVar("T")


def main(members: int = MEMBERS) -> None:
    """Print the table."""
    with TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        path = folder / "members.xlsx"
        _write(path, members)
        file = folder / "canteen.db"
        bring_up_to_date(address_of(file))
        server = stack.enter_context(running_server())
        places: dict[str, str | Path] = {"SQLite": file, "PostgreSQL": server.url(server.new_database())}
        rows = []
        for where, address in places.items():
            with opened(address) as stores:
                rows.append((where, *_times(stores, path)))
        heading(f"{members} members with opening balances from one xlsx: seconds, and of them our own work")
        table(("", "read", "look at every row", "write", "in all", "again", "every balance owed"), rows)
        print(f"\nlargest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _write(path: Path, members: int) -> None:
    """A file as another program writes it."""
    book = Workbook()
    book["Sheet"].append(HEADER)
    for number in range(members):
        book["Sheet"].append(_row(number))
    book.save(path)


def _times(stores: SqlStores, path: Path) -> tuple[str, ...]:
    clock = SetClock(at(TODAY, time(9)))
    manager, _offers = found(stores, clock)
    Shifts(stores, clock, stores.till).open(manager, 0)
    imports = Imports(stores, clock, stores.till, TableReader(), memory_vault())
    read, source = _timed(lambda: imports.read(manager, path, "", _quiet))
    layout = guess(source.table, MEMBER_FIELDS)
    assert layout is not None, "the header is ours"
    look, preview = _timed(lambda: imports.preview(manager, source, layout, _quiet))
    write, done = _timed(lambda: imports.run(manager, preview, doubtful=True, progress=_quiet))
    again_took, again = _timed(lambda: imports.run(manager, preview, doubtful=True, progress=_quiet))
    listing, owed = _timed(lambda: Lists(stores, clock, stores.till).owed(manager))
    assert (done.members, again.members) == (len(preview.lines), 0)
    assert owed.sums.total == done.principal + done.bonus
    whole = (read[0] + look[0] + write[0], read[1] + look[1] + write[1])
    return tuple(f"{wall:.1f} ({own:.1f})" for wall, own in (read, look, write, whole, again_took, listing))


def _row(number: int) -> tuple[str, ...]:
    first_17 = f"999999{1930 + number % 40}{1 + number % 12:02d}{1 + number % 28:02d}{number // 40 % 1000:03d}"
    name = SURNAMES[number % len(SURNAMES)] + GIVEN[number // 20 % 36][0] + GIVEN[number // 720 % 36][1]
    address = f"幸福里小区{number % 30 + 1}号楼{number % 4 + 1}单元{number % 20 + 1}01室"
    category = "低保" if number % 7 == 0 else ""
    balance = f"{number % 300}.{number % 100:02d}"
    return name, first_17 + check_digit(first_17), f"139{number:08d}", address, category, "家人", "13900000000", balance, "5"


def _timed(work: Callable[[], T]) -> tuple[tuple[float, float], T]:
    """Seconds by the wall, and of them those in which this process computed."""
    started, computed = perf_counter(), process_time()
    answer = work()
    return (perf_counter() - started, process_time() - computed), answer


def _quiet(_done: int, _whole: int) -> None:
    return


if __name__ == "__main__":
    main()
