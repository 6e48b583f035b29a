"""A whole till for journeys: real bytes in, real paper out, a real file, the real window with its real threads.

It is wired as main.py wires it; only time stands still until a journey moves it, and the cashier's fingers are Qt's.
"""

from __future__ import annotations

import os
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.store import SqlStores
from pos.clock import SetClock
from pos.devices.frames import Rdm6300Framer
from pos.devices.serial_reader import Link, ReaderState, SerialReader
from pos.devices.simulated import encode_rdm6300
from pos.devices.swipes import monotonic_ms
from pos.domain.cards import CardUid
from pos.services.accounts import TopUps
from pos.services.canteen import Canteens
from pos.services.members import Members
from pos.services.paper import Papers
from pos.services.sales import Checkout
from pos.services.shifts import Shifts
from pos.services.staff import Desk
from pos.services.verify import Verify
from receipts.escpos import PrinterSettings
from receipts.escpos_reader import Cut, Drawn, QrSymbol, TextRow, read
from receipts.printer import Printer, PrinterPort
from receipts.queue import Outbox
from tests.pos.services.counter import rows_of
from tests.receipts.test_printer import FINE, PtyPrinter
from ui.background import Ears
from ui.canteen.answers import Devices, Heard
from ui.front import Front
from ui.sales.counter import Counter as Shown
from ui.till import Services
from ui.widgets.lamp import Lamp

FONT = Path(__file__).parents[2] / "receipts" / "fonts" / "NotoSansSC-Regular.ttf"
SIZE = (1366, 768)
PAPER = PrinterSettings(width_mm=58)
PATIENCE_MS = 20_000
REPEAT_MS = 60
"""A reader repeats a card that lies on it every 50 to 65 ms (devices.md section 2)."""


class ReaderCable:
    """The cable of a card reader at a path that stays; the journey holds its far end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._master, slave = os.openpty()
        tty.setraw(self._master)
        tty.setraw(slave)
        path.symlink_to(os.ttyname(slave))
        self._slave = slave

    def send(self, data: bytes) -> None:
        os.write(self._master, data)

    def close(self) -> None:
        self.path.unlink()
        os.close(self._slave)
        os.close(self._master)


class PaperRoll:
    """A printer at a path that stays, also while it is switched off."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._printed = b""
        self._pty: PtyPrinter | None = None

    def switch_on(self) -> None:
        self._pty = PtyPrinter(FINE).start()
        self.path.symlink_to(self._pty.path)

    def switch_off(self) -> None:
        """Off, with its cable: what was printed before stays on the paper."""
        if self._pty is not None:
            self.path.unlink()
            self._printed = self.bytes
            self._pty.close()
            self._pty = None

    @property
    def bytes(self) -> bytes:
        """Everything that ever came out of the cable."""
        return self._printed + (self._pty.received(0) if self._pty else b"")

    @property
    def papers(self) -> list[Paper]:
        """What lies on the counter, cut off."""
        papers: list[Paper] = []
        drawn: list[Drawn] = []
        for one in read(self.bytes, PAPER):
            drawn.append(one)
            if isinstance(one, Cut):
                papers.append(Paper(tuple(drawn)))
                drawn = []
        return papers


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: its rows without the blanks between name and amount, and the codes on it."""

    drawn: tuple[Drawn, ...]

    @property
    def rows(self) -> list[str]:
        return [" ".join(one.text.split()) for one in self.drawn if isinstance(one, TextRow)]

    @property
    def codes(self) -> list[str]:
        return [one.data for one in self.drawn if isinstance(one, QrSymbol)]


class NoTrials:
    """A first start that finds no devices."""

    def ports(self) -> tuple[str, ...]:
        return ()

    def hear_card(self, devices: Devices) -> Heard:
        return Heard()

    def print_page(self, devices: Devices) -> str:
        return ""


@dataclass
class ReaderTime:
    """The reader's own clock. It runs, unless a journey holds it to let hours pass in a moment."""

    held_ms: int | None = None
    last_ms: int = 0

    def now_ms(self) -> int:
        self.last_ms = monotonic_ms() if self.held_ms is None else self.held_ms
        return self.last_ms


@dataclass
class Shop:
    """What stands on the counter, and the hands before it."""

    front: Front
    file: Path
    clock: SetClock
    roll: PaperRoll
    cable: ReaderCable
    time: ReaderTime
    qtbot: QtBot
    crashes: list[BaseException] = field(default_factory=list)
    heard: bytearray = field(default_factory=bytearray)
    states: list[ReaderState] = field(default_factory=list)
    devices: list[Devices] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)

    # -- hands --------------------------------------------------------------------------------------

    def press(self, *keys: Qt.Key) -> None:
        """Press keys, each after the till has answered the one before."""
        for key in keys:
            self.hit(key)
            self.settle()

    def hit(self, *keys: Qt.Key) -> None:
        """Press keys as fast as nobody can: the till has no time to answer."""
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.front.window, key)

    def type(self, text: str) -> None:
        for char in text:
            QTest.keyClicks(QApplication.focusWidget() or self.front.window, char)
        self.settle()

    def swipe(self, uid: CardUid) -> None:
        """Lay a card on the reader and take it away again."""
        self.send(encode_rdm6300(uid))

    def send(self, data: bytes) -> None:
        """Send bytes up the reader's cable, and wait until the till has done with them."""
        self.time.held_ms = None if self.time.held_ms is None else self.time.held_ms + 2_000
        self.send_on(data)
        self.settle()

    def send_on(self, data: bytes) -> None:
        """Send bytes without a pause before them; they have been read when this returns."""
        so_far = len(self.heard) + len(data)
        self.cable.send(data)
        self.wait(lambda: len(self.heard) >= so_far)

    def lie(self, uid: CardUid, seconds: int) -> None:
        """Let a card lie on the reader, which repeats it, for so long on the reader's own clock."""
        self.time.held_ms = self.time.last_ms
        for _frame in range(seconds * 1_000 // REPEAT_MS):
            self.time.held_ms += REPEAT_MS
            so_far = len(self.heard) + len(encode_rdm6300(uid))
            self.cable.send(encode_rdm6300(uid))
            while len(self.heard) < so_far:
                QTest.qWait(0)
        self.settle()

    # -- waiting ------------------------------------------------------------------------------------

    def wait(self, until: Callable[[], object]) -> None:
        """Let the window live until something is so."""
        self.qtbot.waitUntil(lambda: bool(until()), timeout=PATIENCE_MS)

    def settle(self) -> None:
        """Wait until every answer has come and been painted."""
        # What a thread has posted to the window is delivered before whatever is posted now.
        QApplication.processEvents()
        self.wait(lambda: not self.front.lanes.store.busy and not self.front.lanes.audit.busy)
        QApplication.processEvents()

    def papers(self, count: int) -> list[Paper]:
        """All papers, once so many lie there and nothing more is on its way."""
        self.wait(lambda: len(self.roll.papers) >= count and self.jobs("waiting", "unknown") == 0)
        return self.roll.papers

    # -- eyes ---------------------------------------------------------------------------------------

    @property
    def words(self) -> set[str]:
        """Every word that can be read on the window."""
        window = self.front.window
        said = {label.text() for label in _seen(window, QLabel)}
        said |= {button.text() for button in _seen(window, QAbstractButton)}
        return said | {lamp.words for lamp in _seen(window, Lamp)}

    @property
    def sale(self) -> Shown:
        """What the sale screen shows, as one value."""
        shown: Shown = self.front.till._counter.page.counter
        return shown

    # -- the file -----------------------------------------------------------------------------------

    def rows(self, statement: str) -> list[Any]:
        """Rows of the file, read past our own code."""
        return rows_of(self.file, statement)

    def sales(self) -> list[tuple[str, str, int]]:
        """Today's sales: who, how, how much (fen)."""
        return self.rows("SELECT member_name, tender, due FROM sales WHERE business_date = '2026-11-23' ORDER BY rowid")

    def wallet(self, name: str) -> int:
        """What somebody's card holds (fen)."""
        return int(
            self.rows(f"SELECT principal + bonus FROM wallets JOIN members ON members.id = member_id WHERE name = '{name}'")[0][0]
        )

    def jobs(self, *states: str) -> int:
        """How many papers are in one of these states."""
        wanted = ", ".join(f"'{state}'" for state in states)
        return int(self.rows(f"SELECT count(*) FROM print_jobs WHERE state IN ({wanted})")[0][0])


def _seen(window: QWidget, kind: type[Any]) -> Iterator[Any]:
    return (widget for widget in window.findChildren(kind) if widget.isVisible())


def services_on(stores: SqlStores, clock: SetClock, till: str, outbox: Outbox) -> Services:
    """The use cases of a till, as main.py hands them over."""

    def payers() -> Any:
        with stores.read() as store:
            return store.tariff.in_force(clock.local().date()).payers

    return Services(
        canteens=Canteens(stores, clock, till),
        desk=Desk(stores, clock),
        shifts=Shifts(stores, clock, till),
        checkout=Checkout(stores, clock, till),
        top_ups=TopUps(stores, clock, till),
        members=Members(stores, clock),
        papers=Papers(stores, clock, till),
        verify=Verify(stores),
        payers=payers,
        print_next=outbox.work_once,
    )


@contextmanager
def open_shop(qtbot: QtBot, folder: Path, file: Path, clock: SetClock, stores: SqlStores, till: str = "A") -> Iterator[Shop]:
    """Open the till on a file, its reader plugged in and its printer switched on; nobody is signed in yet."""
    cable, roll = ReaderCable(folder / f"reader-{till}"), PaperRoll(folder / f"printer-{till}")
    roll.switch_on()
    front = Front(FONT, clock, size=SIZE)
    shop = Shop(front, file, clock, roll, cable, ReaderTime(), qtbot)
    _watch_crashes(shop)
    printer = Printer(PrinterPort(str(roll.path), baud=115_200), PAPER)
    outbox = Outbox(stores, printer, PAPER, till, clock)
    ears = Ears(front.card_shown, partial(_told, shop), front.crash)
    ears.listen(
        SerialReader(
            str(cable.path), 9_600, Rdm6300Framer(), ears.card, ears.state, shop.time.now_ms,
            on_bytes=shop.heard.extend, backoff_s=(0.01,),
        )
    )  # fmt: skip
    try:
        front.window.resize(*SIZE)
        front.window.show()
        front.window.activateWindow()
        front.open(lambda: services_on(stores, clock, till, outbox), NoTrials(), founded=shop.devices.append, spoken=shop.spoken.append)
        shop.wait(lambda: any(state.link is Link.CONNECTED for state in shop.states))
        shop.settle()
        yield shop
        assert shop.crashes == []
    finally:
        ears.stop()
        front.close()
        front.window.close()
        front.window.deleteLater()
        printer.close()
        roll.switch_off()
        cable.close()


def _told(shop: Shop, state: ReaderState) -> None:
    shop.states.append(state)
    shop.front.reader_told(state)


def _watch_crashes(shop: Shop) -> None:
    """A journey in which something crashed has failed, whatever the window made of it."""
    crash = shop.front.crash
    show = crash.show

    def crashed(message: Any) -> None:
        import sys

        error = sys.exc_info()[1]
        shop.crashes.append(error or RuntimeError(message.title))
        if show is not None:
            show(message)

    crash.show = crashed
