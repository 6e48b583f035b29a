"""The program itself, in a process of its own: keys over a wire to its screen, bytes up and down its two cables."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import monotonic
from uuid import uuid4

import pytest

from db.engine import address_of
from db.migrate import bring_up_to_date
from pos.clock import SetClock, SystemClock
from pos.config import PrinterConfig, ReaderConfig, TillConfig, config_path, write_config
from pos.devices.simulated import encode_rdm6300
from pos.domain.pricing import Tender
from pos.services.accounts import TopUpOrder, TopUps
from pos.services.canteen import Canteens, Founding
from pos.services.members import Members, NewMember
from pos.services.sales import Checkout, Order
from pos.services.shifts import Shifts
from receipts.queue import Outbox
from tests.journey.remote import RemoteKeys, free_port, keys_at, still_runs
from tests.journey.shop import PAPER, PaperRoll, ReaderCable
from tests.pos.services.counter import PIN, rows_of
from tests.stores import opened
from tests.ui.sale_world import WANG_CARD

ROOT = Path(__file__).parents[2]
PRICE, MONEY = 1_200, 20_000
PATIENCE_S = 90.0


@dataclass
class Program:
    """A running till, its cables, and its file read from outside."""

    process: subprocess.Popen[str]
    keys: RemoteKeys
    cable: ReaderCable
    roll: PaperRoll
    file: Path

    def until(self, so: Callable[[], object], meanwhile: Callable[[], object] = lambda: None) -> None:
        """Do something again and again until something is so."""
        give_up = monotonic() + PATIENCE_S
        while not so():
            assert monotonic() < give_up, "it never came to that"
            meanwhile()
            still_runs(self.process)

    def count(self, table: str) -> int:
        return int(rows_of(self.file, f"SELECT count(*) FROM {table}")[0][0])


def main_py(folder: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), "--data-dir", str(folder), *arguments],
        env=os.environ | {"HOME": str(folder / "home"), "PYTHONUTF8": "1"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def live_yesterday(file: Path) -> None:
    """One manager, and one member with money on the card who had the set meal yesterday at this hour."""
    clock = SetClock(SystemClock().local() - timedelta(days=1))
    bring_up_to_date(address_of(file))
    with opened(file) as stores:
        manager = Canteens(stores, clock, "A").found(Founding("幸福里社区食堂", "周敏", PIN, "一荤两素套餐", PRICE))
        member = Members(stores, clock).enrol(manager, NewMember("王桂英", None, "13800001234", WANG_CARD))
        shifts, checkout = Shifts(stores, clock, "A"), Checkout(stores, clock, "A")
        shifts.open(manager, 0)
        TopUps(stores, clock, "A").top_up(manager, TopUpOrder(str(uuid4()), member.id, Tender.WECHAT, MONEY))
        today = checkout.today()
        portions = ((today.menu.offers[0].dish_id, 1),)
        checkout.charge(manager, Order(str(uuid4()), member.id, portions, Tender.CARD, today.day, today.meal, PRICE))
        shifts.close(manager, 0)
        Outbox(stores, None, PAPER, "A", clock).drop_all()


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """main.py is running on its data folder; nobody is signed in."""
    folder = tmp_path / "data"
    (folder / "home").mkdir(parents=True)
    live_yesterday(folder / "canteen.db")
    cable, roll = ReaderCable(tmp_path / "reader"), PaperRoll(tmp_path / "printer")
    roll.switch_on()
    reader, printer = ReaderConfig(str(cable.path)), PrinterConfig(str(roll.path), baud=115_200)
    write_config(config_path(folder), TillConfig(reader=reader, printer=printer))
    port = free_port()
    process = main_py(folder, QT_QPA_PLATFORM=f"vnc:size=1366x768:port={port}")
    try:
        with closing(keys_at(port, process)) as keys:
            yield Program(process, keys, cable, roll, folder / "canteen.db")
    finally:
        process.kill()
        process.communicate()
        cable.pull()
        roll.switch_off()


def sign_in_and_open_the_shift(program: Program) -> None:
    """The only manager types a PIN; what is typed next is the float. No key does harm when it comes too early."""

    def type_digits() -> None:
        program.keys.type(PIN)
        program.keys.press("Enter")

    program.until(lambda: program.count("shifts WHERE closed_ms IS NULL"), type_digits)


def quit_by_key(process: subprocess.Popen[str], keys: RemoteKeys) -> None:
    """Ctrl+Q until it has ended: while the store is at work the window stays."""
    until = monotonic() + PATIENCE_S
    while process.poll() is None:
        assert monotonic() < until, "it did not end"
        with suppress(OSError):
            keys.quit()
        with suppress(subprocess.TimeoutExpired):
            process.wait(1)


def test_the_program_sells_a_meal_from_bytes_to_bytes_and_ends_when_told(program: Program) -> None:
    sign_in_and_open_the_shift(program)
    program.cable.send(encode_rdm6300(WANG_CARD))

    program.until(lambda: program.count("sales") == 2, lambda: program.keys.press("Enter"))
    program.until(lambda: len(program.roll.papers) == 1)
    quit_by_key(program.process, program.keys)

    (paper,) = program.roll.papers
    (number,) = rows_of(program.file, "SELECT till || '-' || epoch || '-' || substr('00000' || seq, -6) FROM entries ORDER BY seq DESC LIMIT 1")
    assert paper.codes == [*number]
    assert {"幸福里社区食堂", "用餐人 王桂英", "一荤两素套餐 1 12.00", "现余额 ￥176.00"} - set(paper.rows) == set()
    assert rows_of(program.file, "SELECT principal + bonus FROM wallets") == [(MONEY - 2 * PRICE,)]
    assert program.process.returncode == 0


def test_the_practice_canteen_ends_with_its_window_and_leaves_nothing_behind(tmp_path: Path) -> None:
    litter, data = tmp_path / "litter", tmp_path / "data"
    litter.mkdir()
    data.mkdir()
    port = free_port()
    practice = main_py(data, "--practice", QT_QPA_PLATFORM=f"vnc:size=1366x768:port={port}", TMPDIR=str(litter))
    try:
        with closing(keys_at(port, practice)) as keys:
            quit_by_key(practice, keys)
    finally:
        practice.kill()
        said, complained = practice.communicate()

    assert (practice.returncode, said, "Traceback" in complained) == (0, "", False)
    assert ([*litter.iterdir()], [*data.iterdir()]) == ([], [])


def test_M3_a_second_program_on_the_same_books_writes_nothing(program: Program, tmp_path: Path) -> None:
    sign_in_and_open_the_shift(program)
    before = rows_of(program.file, "SELECT * FROM shifts")
    port = free_port()
    second = main_py(program.file.parent, QT_QPA_PLATFORM=f"vnc:size=1366x768:port={port}")
    try:
        with closing(keys_at(port, second)) as keys:
            for _try in range(10):
                keys.type(PIN)
                keys.press("Enter")
            verified = main_py(program.file.parent, "verify")
            restored = main_py(program.file.parent, "restore", str(program.file))
            verified.communicate()
            restored.communicate()
            quit_by_key(second, keys)
    finally:
        second.kill()
        second.communicate()

    assert (second.returncode, verified.returncode, restored.returncode) == (0, 0, 3)
    assert rows_of(program.file, "SELECT * FROM shifts") == before
