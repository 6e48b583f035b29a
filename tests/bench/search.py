"""Search as somebody types, over 20,000 members: each key press is one search, from the text to the hits.

For information; limits.md has the bare figure of an indexed key table. "Own work" is the mean of what this process
computed, without the server.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from db.store import SqlStores, open_stores
from pos.clock import SetClock
from pos.domain.address import Address
from pos.domain.cards import CardUid
from pos.domain.profile import Particulars, Profile
from pos.services.members import Members, add_member
from pos.services.practice import GIVEN, SURNAMES
from tests.bench.canteen import MEAL_TIMES, TODAY, at, made_id
from tests.bench.figures import Times, heading, ms, table
from tests.pg import running_server

MEMBERS = 20_000
SEARCHED = 300


def main() -> None:
    """Print the table."""
    with TemporaryDirectory() as folder:
        _print("SQLite file", Path(folder) / "canteen.db")
    with running_server() as server:
        _print("PostgreSQL on this machine", server.url(server.new_database()))


def _print(kind: str, where: str | Path) -> None:
    stores = open_stores(where, "A")
    try:
        _enrol(stores)
        rows = [(what, *_typed(stores, texts)) for what, texts in _texts().items()]
    finally:
        stores.close()
    heading(f"Search as somebody types, {MEMBERS:,} members, {kind} (for information)")
    table(("typed", "key presses", "p50", "p99", "longest", "own work"), rows)


def _name(number: int) -> str:
    surname, one, two = SURNAMES[number % len(SURNAMES)], GIVEN[number // 20 % 36], GIVEN[number // 720 % 36]
    return surname + (one if number % 3 else one[0] + two[-1])


def _phone(number: int) -> str:
    return f"199{number * 7919 % 100_000_000:08d}"


def _card(number: int) -> CardUid:
    return CardUid(f"01{0x100000 + number * 257:08X}")


def _address(number: int) -> Address:
    """Ten estates of 40 buildings with 50 doors."""
    door = number // 400
    return Address(f"幸福{number % 10 + 1}村", f"{number // 10 % 40 + 1}号楼", f"{door % 3 + 1}单元", "", f"{door // 4 + 1}0{door % 4 + 1}")


def _enrol(stores: SqlStores) -> None:
    with stores.write() as store:
        for number in range(MEMBERS):
            profile = Profile(_name(number), date(1950, 1, 1 + number % 28), _phone(number), Particulars(address=_address(number)))
            add_member(store, made_id(number), profile, 0, card=_card(number))


def _texts() -> dict[str, list[str]]:
    numbers = range(0, MEMBERS, MEMBERS // SEARCHED)
    return {
        "name": [_name(number) for number in numbers],
        "pinyin": ["wangguiying", "lijianguo", "zhangxiulan", "chenfushen", "zhaoyonggui", "zhouminghua"] * 10,
        "initials": ["wgy", "ljg", "zxl", "cfs", "zyg", "zmh"] * 20,
        "phone": [_phone(number) for number in numbers],
        "card": [_card(number).printed for number in numbers],
        "building and door": [f"{one.building[:-2]}-{one.door}" for one in map(_address, numbers)],
        "estate, name": [f"{_address(number).estate} {_name(number)[0]}" for number in numbers],
        "name and phone": [f"{_name(number)[0]} {_phone(number)[-4:]}" for number in numbers],
        "what all begin with, name": [f"幸福 {_name(number)}" for number in numbers],
        "pinyin, phone": [f"wang {_phone(number)}" for number in numbers],
    }


def _typed(stores: SqlStores, texts: list[str]) -> tuple[str, ...]:
    members = Members(stores, SetClock(at(TODAY, MEAL_TIMES[1])))
    taken_ns = []
    computed_ns = time.process_time_ns()
    for typed in _key_presses(texts):
        begun = time.perf_counter_ns()
        members.search(typed)
        taken_ns.append(time.perf_counter_ns() - begun)
    own_ms = (time.process_time_ns() - computed_ns) / len(taken_ns) / 1e6
    times = Times(taken_ns)
    return str(len(taken_ns)), ms(times.median_ms), ms(times.p99_ms), ms(times.percentile_ms(100)), ms(own_ms)


def _key_presses(texts: list[str]) -> Iterator[str]:
    for text in texts:
        for length in range(1, len(text) + 1):
            yield text[:length]


if __name__ == "__main__":
    main()
