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
from time import sleep
from typing import Any

from PySide6.QtCore import QDeadlineTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.store import SqlStores
from pos.clock import SetClock
from pos.devices.frames import Rdm6300Framer
from pos.devices.serial_reader import Link, ReaderState, SerialReader
from pos.devices.simulated import encode_rdm6300
from pos.domain.cards import CardUid
from receipts.escpos import PrinterSettings
from receipts.escpos_reader import Cut, Drawn, QrSymbol, TextRow, read
from receipts.files import files
from receipts.printer import Printer, PrinterPort
from receipts.queue import Outbox
from tests.pos.services.counter import rows_of
from tests.receipts.test_printer import FINE, PtyPrinter
from tests.shelf import memory_vault
from ui.background import Ears
from ui.canteen.answers import Devices, Heard
from ui.front import Front
from ui.lights import Light, State
from ui.messages import Message
from ui.practice.reader import ToyReader
from ui.sales.counter import Counter as Shown
from ui.services import services_over
from ui.widgets.lamp import Lamp

FONT = Path(__file__).parents[2] / "receipts" / "fonts" / "NotoSansSC-Regular.ttf"
SIZE = (1366, 768)
PAPER = PrinterSettings(width_mm=58)
PATIENCE_MS = 20_000
LOOK_S = 0.002
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

    def pull(self) -> None:
        """Out of the machine; the path goes with it, as by-id links do."""
        if self.path.is_symlink():
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
    """The reader's own clock: it stands until a journey moves it, so that hours on a reader pass in a moment."""

    ms: int = 1_000_000
    asked: int = 0

    def now_ms(self) -> int:
        self.asked += 1
        return self.ms


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
    crashes: list[Message] = field(default_factory=list)
    heard: bytearray = field(default_factory=bytearray)
    states: list[ReaderState] = field(default_factory=list)
    devices: list[Devices] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    opened: list[bool] = field(default_factory=list)

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
        """Lay a card on the reader for a moment, seconds after the last one."""
        self.time.ms += 2_000
        self.send(encode_rdm6300(uid))

    def send(self, data: bytes) -> None:
        """Send bytes up the reader's cable, and wait until the till has done with them."""
        self._send(data)
        asked = self.time.asked
        # The reader asks for the time at each read, so what it read before is with the window by then.
        self.wait(lambda: self.time.asked > asked)
        self.settle()

    def lie(self, uid: CardUid, seconds: int) -> None:
        """Let a card lie on the reader, which repeats it, for so long on the reader's own clock."""
        for _frame in range(seconds * 1_000 // REPEAT_MS):
            self.time.ms += REPEAT_MS
            self._send(encode_rdm6300(uid))
        self.send(b"")

    def _send(self, data: bytes) -> None:
        wanted = len(self.heard) + len(data)
        self.cable.send(data)
        while len(self.heard) < wanted:
            QTest.qWait(0)

    # -- waiting ------------------------------------------------------------------------------------

    def wait(self, until: Callable[[], object]) -> None:
        """Let the window live until something is so."""
        # Not qtbot's wait, which looks every 10 ms: an answer is there after one or two, and there are thousands. Nor
        # qWait, which keeps Python to itself: the threads that are waited for would stand still.
        patience = QDeadlineTimer(PATIENCE_MS)
        while not until():
            assert not patience.hasExpired(), "what was waited for never came"
            sleep(LOOK_S)
            QApplication.processEvents()

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

    def lamp(self, light: Light) -> State:
        """What a lamp shows."""
        return self.front.window._head._lamps[light].state

    @property
    def sale(self) -> Shown:
        """What the sale screen shows, as one value."""
        shown: Shown = self.front.till._counter.page.counter
        return shown

    # -- the file -----------------------------------------------------------------------------------

    def rows(self, statement: str) -> list[Any]:
        """Rows of the file, read past our own code."""
        return rows_of(self.file, statement)

    def newest(self, kind: str) -> str:
        """The number of the newest entry of a kind, as it must stand on paper."""
        (facts,) = self.rows(f"SELECT till, epoch, seq FROM entries WHERE kind = '{kind}' ORDER BY rowid DESC LIMIT 1")
        return "{}-{}-{:06d}".format(*facts)

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
        front.open(
            lambda: services_over(stores, clock, till, outbox.work_once, files(), memory_vault(), ToyReader(front.card_shown)),
            NoTrials(),
            founded=shop.devices.append,
            spoken=shop.spoken.append,
            ready=lambda: shop.opened.append(True),
        )
        front.window.resize(*SIZE)
        front.window.show()
        front.window.activateWindow()
        shop.wait(lambda: shop.opened)
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
        cable.pull()


def _told(shop: Shop, state: ReaderState) -> None:
    shop.states.append(state)
    shop.front.reader_told(state)


def _watch_crashes(shop: Shop) -> None:
    """A journey in which something crashed has failed, whatever the window made of it."""
    crash = shop.front.crash
    show = crash.show

    def crashed(message: Message) -> None:
        shop.crashes.append(message)
        if show is not None:
            show(message)

    crash.show = crashed
