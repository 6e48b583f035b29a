"""Copied cards and copied tills: value lies in the books alone, and one queue is drained by one till."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from db.lock import TillLock
from pos.clock import SetClock
from pos.devices.simulated import encode_rdm6300
from pos.domain.errors import AlreadyServed, StoreFault, StoreTrouble
from pos.services.canteen import Canteens
from pos.services.sales import Checkout
from pos.services.shifts import Shifts
from receipts.queue import Outbox, OutboxState
from receipts.simulated import SimulatedPrinter
from tests.journey.shop import PAPER, Shop
from tests.pos.services.counter import Counter
from tests.ui.sale_world import WANG_CARD

ENTER = Qt.Key.Key_Return
ROOT = Path(__file__).parents[2]
HOLD = "import sys; from pathlib import Path; from db.lock import TillLock\nwith TillLock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"


def test_C3_a_card_carries_its_number_and_no_value(selling: Shop) -> None:
    frame = encode_rdm6300(WANG_CARD)
    selling.swipe(WANG_CARD)
    selling.press(ENTER)

    selling.swipe(WANG_CARD)

    assert (len(frame), encode_rdm6300(WANG_CARD)) == (14, frame)
    assert frame[1:11] == WANG_CARD.hex.encode()
    assert "¥165.60" in selling.words


def test_C3_a_copied_card_at_another_till_is_told_when_the_first_was_served(selling: Shop, counter: Counter) -> None:
    elsewhere = _other_till(counter)
    selling.swipe(WANG_CARD)
    selling.press(ENTER)
    diner = elsewhere.identify(WANG_CARD)

    with pytest.raises(AlreadyServed) as told:
        elsewhere.charge(counter.other, counter.order(diner.member))

    assert diner.served_at_ms == (counter.clock.now_ms(),)
    assert told.value.at_ms == counter.clock.now_ms()
    assert (selling.sales(), selling.wallet("王桂英")) == ([("王桂英", "card", 720)], 16_560)


def test_M3_a_till_in_another_process_keeps_the_second_one_out(tmp_path: Path) -> None:
    file = tmp_path / "canteen.db"
    first = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with first:
        assert first.stdout is not None
        held = first.stdout.readline()

        with pytest.raises(StoreTrouble) as trouble, TillLock(file):
            pass

        first.communicate("")
    with TillLock(file):
        pass
    assert (held, trouble.value.fault, trouble.value.money_moved) == ("held\n", StoreFault.IN_USE, False)


def test_M3_a_killed_till_leaves_no_lock_behind(tmp_path: Path) -> None:
    file = tmp_path / "canteen.db"
    first = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with first:
        assert first.stdout is not None
        first.stdout.readline()
        first.kill()

    with TillLock(file):
        opened = True

    assert opened


def test_M3_a_second_outbox_finds_nothing_while_the_first_prints(counter: Counter) -> None:
    seen: list[OutboxState] = []
    papers: list[bytes] = []
    second = Outbox(counter.stores, SimulatedPrinter(papers.append), PAPER, "A", counter.clock)

    def printing(data: bytes) -> None:
        papers.append(data)
        seen.append(second.work_once())

    first = Outbox(counter.stores, SimulatedPrinter(printing), PAPER, "A", counter.clock)
    counter.papers.test_page(counter.manager)

    first.work_once()

    assert (len(papers), [(state.waiting, state.unknown) for state in seen]) == (1, [(0, 1)])


def test_M3_two_outboxes_that_saw_the_same_paper_waiting_print_it_once(counter: Counter) -> None:
    papers: list[bytes] = []
    first = Outbox(counter.stores, SimulatedPrinter(papers.append), PAPER, "A", counter.clock)
    between = Between(first, counter.clock.local())
    second = Outbox(counter.stores, SimulatedPrinter(papers.append), PAPER, "A", between)
    counter.papers.test_page(counter.manager)

    state = second.work_once()

    assert (len(papers), between.worked, state.waiting, state.unknown) == (1, 1, 0, 0)


class Between(SetClock):
    """A clock that lets another outbox work when it is asked for the time: after the queue was read."""

    def __init__(self, other: Outbox, local: datetime) -> None:
        super().__init__(local)
        self._other = other
        self.worked = 0

    def now_ms(self) -> int:
        if not self.worked:
            self.worked += 1
            self._other.work_once()
        return super().now_ms()


def _other_till(counter: Counter) -> Checkout:
    """Till B in the same canteen, its shift open."""
    stores = counter.stores.at("B")
    Canteens(stores, counter.clock, "B").join()
    Shifts(stores, counter.clock, "B").open(counter.other, 0)
    return Checkout(stores, counter.clock, "B")
