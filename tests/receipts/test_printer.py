"""A printer that is there, off, slow, without paper, or pulled out: nothing hangs and nothing is printed twice."""

from __future__ import annotations

import os
import select
import socket
import termios
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import serial

from receipts import printer as printer_module
from receipts.escpos import PrinterSettings, build
from receipts.escpos_reader import read
from receipts.printer import Printer, PrinterPort, PrinterStatus, PrinterTrouble, Reason
from receipts.roll import Cut, Row, Slip, Text

SETTINGS = PrinterSettings(width_mm=58)
JOB = build(Slip((Text("小票"), Row("合计", "12.00"), Cut())), SETTINGS)
LONG_JOB = build(Slip((*(Row(f"龚䶮 {number}", "12.00") for number in range(20)), Cut())), SETTINGS)
ASK_1, ASK_2, ASK_4 = b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04"
FINE = {1: b"\x12", 2: b"\x12", 4: b"\x12"}
SILENT = PrinterStatus()


class PtyPrinter:
    """A printer on a pseudo-terminal that reads `bite` bytes at a time and answers status requests."""

    def __init__(self, answers: dict[int, bytes] | None = None, bite: int = 4096) -> None:
        self.master, self.slave = os.openpty()
        tty.setraw(self.master)
        tty.setraw(self.slave)
        self.path = os.ttyname(self.slave)
        self._answers = answers or {}
        self._bite = bite
        self._received = b""
        self._news = threading.Condition()
        self._stop, self._stopper = os.pipe()
        self._thread: threading.Thread | None = None

    def start(self) -> PtyPrinter:
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        return self

    def received(self, count: int) -> bytes:
        """Everything that came, once it is `count` bytes or more."""
        with self._news:
            assert self._news.wait_for(lambda: len(self._received) >= count, timeout=30)
            return self._received

    def pull_out(self) -> None:
        if self._thread:
            os.write(self._stopper, b"x")
            self._thread.join(timeout=30)
            self._thread = None
        for number in (self.master, self.slave):
            with suppress(OSError):
                os.close(number)

    def close(self) -> None:
        self.pull_out()
        os.close(self._stop)
        os.close(self._stopper)

    def _run(self) -> None:
        while True:
            ready, _, _ = select.select([self.master, self._stop], [], [])
            if self._stop in ready:
                return
            with self._news:
                self._received += os.read(self.master, self._bite)
                self._news.notify_all()
                asked = self._received[-3:]
            if asked[:2] == b"\x10\x04":
                os.write(self.master, self._answers.get(asked[2], b""))


MakePty = Callable[..., PtyPrinter]
MakePrinter = Callable[..., Printer]


@pytest.fixture
def make_pty() -> Iterator[MakePty]:
    made: list[PtyPrinter] = []

    def make(answers: dict[int, bytes] | None = None, bite: int = 4096) -> PtyPrinter:
        made.append(PtyPrinter(answers, bite))
        return made[-1]

    yield make
    for pty in made:
        pty.close()


@pytest.fixture
def make_printer() -> Iterator[MakePrinter]:
    made: list[Printer] = []

    def make(target: str, settings: PrinterSettings = SETTINGS, **facts: float) -> Printer:
        port = PrinterPort(target, **{"patience_s": 0.2, "reply_s": 0.1, "baud": 115200, **facts})  # type: ignore[arg-type]
        made.append(Printer(port, settings))
        return made[-1]

    yield make
    for printer in made:
        printer.close()


def trouble_of(action: Callable[[], object]) -> tuple[Reason, bool, int]:
    with pytest.raises(PrinterTrouble) as trouble:
        action()
    return trouble.value.reason, trouble.value.began, trouble.value.unsent


def test_job_arrives_whole_and_the_status_comes_back(make_pty: MakePty, make_printer: MakePrinter) -> None:
    pty = make_pty(FINE).start()

    status = make_printer(pty.path).send(JOB)

    expected = ASK_1 + ASK_2 + ASK_4 + JOB
    assert pty.received(len(expected)) == expected
    assert status == PrinterStatus("online", "ok", "shut", "shut")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (FINE, PrinterStatus("online", "ok", "shut", "shut")),
        ({1: b"\x16", 2: b"\x12", 4: b"\x1e"}, PrinterStatus("online", "near_end", "shut", "open")),
        ({1: b"\x1a", 2: b"\x16", 4: b"\x72"}, PrinterStatus("offline", "out", "open", "shut")),
        ({1: b"\x12", 4: b"\x12"}, PrinterStatus("online", "ok", "unknown", "shut")),
        (
            {1: b"\x11\x00\xff\x12", 2: b"\x12", 4: b"\x13"},
            PrinterStatus("online", "unknown", "shut", "shut"),
        ),
        ({1: b"\xff\x00\x93"}, SILENT),
        ({}, SILENT),
    ],
)
def test_status_is_what_the_printer_said_and_silence_is_unknown(
    answers: dict[int, bytes], expected: PrinterStatus, make_pty: MakePty, make_printer: MakePrinter
) -> None:
    pty = make_pty(answers).start()

    assert make_printer(pty.path).status() == expected


@pytest.mark.parametrize(
    ("answers", "expected", "asked"),
    [
        ({**FINE, 4: b"\x72"}, Reason.PAPER_OUT, ASK_1 + ASK_2 + ASK_4),
        ({**FINE, 2: b"\x16"}, Reason.COVER_OPEN, ASK_1 + ASK_2 + ASK_4),
        ({**FINE, 1: b"\x1a"}, Reason.OFFLINE, ASK_1 + ASK_2 + ASK_4),
    ],
)
def test_printer_that_cannot_print_gets_no_byte_of_the_job(
    answers: dict[int, bytes],
    expected: Reason,
    asked: bytes,
    make_pty: MakePty,
    make_printer: MakePrinter,
) -> None:
    pty = make_pty(answers).start()
    printer = make_printer(pty.path)

    assert trouble_of(lambda: printer.send(JOB)) == (expected, False, len(JOB))
    assert pty.received(len(asked)) == asked


def test_printer_that_says_nothing_prints(make_pty: MakePty, make_printer: MakePrinter) -> None:
    pty = make_pty().start()

    status = make_printer(pty.path).send(JOB)

    assert pty.received(len(ASK_1 + JOB)) == ASK_1 + JOB
    assert status == SILENT


def test_P1_printer_known_to_answer_is_off_when_it_is_silent(
    make_pty: MakePty, make_printer: MakePrinter
) -> None:
    pty = make_pty().start()
    printer = make_printer(pty.path, must_answer=True)

    assert trouble_of(lambda: printer.send(JOB)) == (Reason.NOT_CONNECTED, False, len(JOB))
    assert pty.received(3) == ASK_1


def test_P1_refused_connection_is_a_trouble_before_the_first_byte(make_printer: MakePrinter) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1]
    printer = make_printer(f"socket://127.0.0.1:{number}")

    assert trouble_of(lambda: printer.send(JOB)) == (Reason.REFUSED, False, 0)
    assert trouble_of(printer.status) == (Reason.REFUSED, False, 0)


def test_P1_cable_that_is_out_is_a_trouble_before_the_first_byte(
    make_pty: MakePty, make_printer: MakePrinter
) -> None:
    pty = make_pty()
    pty.pull_out()
    printer = make_printer(pty.path)

    assert trouble_of(lambda: printer.send(JOB)) == (Reason.NOT_CONNECTED, False, 0)
    assert trouble_of(printer.open_drawer) == (Reason.NOT_CONNECTED, False, 0)


def test_P1_cable_pulled_between_jobs_is_a_trouble_and_mended_when_it_is_back(
    make_pty: MakePty, make_printer: MakePrinter, tmp_path: Path
) -> None:
    first, second = make_pty().start(), make_pty().start()
    link = tmp_path / "printer"
    link.symlink_to(first.path)
    printer = make_printer(str(link), check_before=False)
    printer.send(JOB)
    first.received(len(JOB))

    first.pull_out()
    while_out = trouble_of(lambda: printer.send(JOB))
    link.unlink()
    link.symlink_to(second.path)
    printer.send(JOB)

    assert while_out == (Reason.NOT_CONNECTED, False, 0)
    assert second.received(len(JOB)) == JOB


def test_P1_cable_out_and_in_again_between_jobs_costs_no_paper(
    make_pty: MakePty, make_printer: MakePrinter, tmp_path: Path
) -> None:
    first, second = make_pty(FINE).start(), make_pty(FINE).start()
    link = tmp_path / "printer"
    link.symlink_to(first.path)
    printer = make_printer(str(link))
    printer.send(JOB)
    expected = ASK_1 + ASK_2 + ASK_4 + JOB
    first.received(len(expected))

    first.pull_out()
    link.unlink()
    link.symlink_to(second.path)
    printer.send(JOB)

    assert second.received(len(expected)) == expected


@pytest.mark.parametrize("target", ["gopher://till", "socket://printer", "/dev/usb/lp98765", "no-such-port"])
def test_P1_target_that_cannot_be_is_a_trouble(target: str, make_printer: MakePrinter) -> None:
    printer = make_printer(target)

    assert trouble_of(lambda: printer.send(JOB)) == (Reason.NOT_CONNECTED, False, 0)


def test_port_that_another_program_holds_is_refused(make_pty: MakePty, make_printer: MakePrinter) -> None:
    pty = make_pty().start()
    printer = make_printer(pty.path)

    with serial.Serial(pty.path, exclusive=True):
        refused = trouble_of(lambda: printer.send(JOB))

    assert refused == (Reason.REFUSED, False, 0)


def test_P3_slow_printer_gets_one_whole_copy(make_pty: MakePty, make_printer: MakePrinter) -> None:
    pty = make_pty(bite=32).start()

    make_printer(pty.path, check_before=False).send(LONG_JOB)

    assert len(LONG_JOB) > 20_000
    assert pty.received(len(LONG_JOB)) == LONG_JOB


def test_P3_printer_that_stops_taking_bytes_leaves_the_job_unknown(
    make_pty: MakePty, make_printer: MakePrinter
) -> None:
    pty = make_pty()
    printer = make_printer(pty.path, check_before=False)

    reason, began, unsent = trouble_of(lambda: printer.send(LONG_JOB))

    assert (reason, began) == (Reason.TIMEOUT, True)
    assert 0 < unsent < len(LONG_JOB)


def test_P3_printer_that_takes_nothing_but_the_reset_has_not_begun(
    make_pty: MakePty, make_printer: MakePrinter
) -> None:
    pty = make_pty()
    termios.tcflow(pty.slave, termios.TCOOFF)
    printer = make_printer(pty.path, check_before=False)

    stuck = trouble_of(lambda: printer.send(JOB))

    assert stuck == (Reason.TIMEOUT, False, len(JOB) - 2)


def test_P3_paper_after_a_broken_job_is_whole_and_holds_nothing_of_it(
    make_pty: MakePty, make_printer: MakePrinter
) -> None:
    pty = make_pty()
    printer = make_printer(pty.path, check_before=False)
    trouble_of(lambda: printer.send(LONG_JOB))
    pty.start()

    printer.send(JOB)

    after = pty.received(1)
    while not after.endswith(JOB):
        after = pty.received(len(after) + 1)
    alone = read(JOB, SETTINGS)
    assert after.count(JOB) == 1
    assert read(after, SETTINGS)[-len(alone) :] == alone


def test_network_printer_gets_the_job_and_is_left_to_others(make_printer: MakePrinter) -> None:
    jobs: list[bytes] = []

    def print_two(server: socket.socket) -> None:
        for _ in range(2):
            connection, _ = server.accept()
            with connection, connection.makefile("rb") as sent:
                jobs.append(sent.read())

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=print_two, args=(server,))
        thread.start()
        printer = make_printer(f"socket://127.0.0.1:{server.getsockname()[1]}")
        statuses = [printer.send(JOB), printer.send(LONG_JOB)]
        thread.join(timeout=30)

    assert jobs == [ASK_1 + JOB, ASK_1 + LONG_JOB]
    assert statuses == [SILENT, SILENT]


def test_usb_printer_of_the_kernel_is_a_file_that_answers(
    make_pty: MakePty, make_printer: MakePrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    pty = make_pty({**FINE, 4: b"\x1e"}).start()
    monkeypatch.setattr(printer_module, "_DEVICE_FILES", (pty.path,))

    status = make_printer(pty.path).send(LONG_JOB)

    expected = ASK_1 + ASK_2 + ASK_4 + LONG_JOB
    assert pty.received(len(expected)) == expected
    assert status == PrinterStatus("online", "near_end", "shut", "shut")


def test_P3_usb_printer_that_stops_taking_bytes_leaves_the_job_unknown(
    make_pty: MakePty, make_printer: MakePrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    pty = make_pty()
    monkeypatch.setattr(printer_module, "_DEVICE_FILES", (pty.path,))
    printer = make_printer(pty.path, check_before=False)

    reason, began, unsent = trouble_of(lambda: printer.send(LONG_JOB))

    assert (reason, began) == (Reason.TIMEOUT, True)
    assert 0 < unsent < len(LONG_JOB)


def test_file_collects_the_jobs(make_printer: MakePrinter, tmp_path: Path) -> None:
    paper = tmp_path / "纸 1.bin"
    printer = make_printer(paper.as_uri(), must_answer=True)

    statuses = [printer.send(JOB), printer.send(LONG_JOB), printer.status()]

    assert paper.read_bytes() == JOB + LONG_JOB
    assert statuses == [SILENT, SILENT, SILENT]


def test_drawer_opens_though_the_paper_is_out(make_pty: MakePty, make_printer: MakePrinter) -> None:
    pty = make_pty({**FINE, 4: b"\x72"}).start()

    opened = make_printer(pty.path, PrinterSettings(drawer="realtime")).open_drawer()

    assert opened
    assert pty.received(9) == b"\x1c.\x10\x14\x01\x00\x01\x1c&"


def test_till_without_a_drawer_opens_none(make_printer: MakePrinter) -> None:
    assert not make_printer("no-such-port", PrinterSettings(drawer="none")).open_drawer()
