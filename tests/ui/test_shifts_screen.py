"""The shift screen: a float, a look in between, and a close with the difference in sight first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.money import Fen
from pos.domain.pricing import Tender
from pos.domain.shifts import Report, Shift
from tests.pos.services.counter import Counter, rows_of
from tests.ui.conftest import SIZES
from tests.ui.geometry import clipped, nameless, overlapping, small_targets, unreachable
from tests.ui.immediate import HeldLane, ImmediateLane
from tests.ui.small_screens import Strip, focused, shown
from ui.presenting import Lane
from ui.shifts.presenter import NOTES, Count, ShiftPresenter
from ui.shifts.view import ShiftPage
from ui.theme import Theme


class Face:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.page = ""
        self.report: Report | None = None
        self.payers: Mapping[str, str] = {}
        self.count: Count | None = None
        self.wrong = ""

    def show_closed(self) -> None:
        self.page = "closed"

    def show_report(self, report: Report, payers: Mapping[str, str]) -> None:
        self.page, self.report, self.payers = "report", report, payers

    def show_count(self) -> None:
        self.page = "count"

    def show_counted(self, count: Count) -> None:
        self.count = count

    def complain_float(self, wrong: str) -> None:
        self.wrong = wrong

    def set_busy(self, busy: bool) -> None:
        pass


class Next:
    """What the screen handed on."""

    def __init__(self) -> None:
        self.opened: list[Shift] = []
        self.closed: list[Report] = []
        self.left = 0

    def leave(self) -> None:
        self.left += 1


@pytest.fixture
def after() -> Next:
    return Next()


@pytest.fixture
def face() -> Face:
    return Face()


Make = Callable[..., ShiftPresenter]


@pytest.fixture
def make(face: Face, strip: Strip, shut_till: Counter, after: Next) -> Make:
    def made(lane: Lane | None = None, view: ShiftPage | None = None) -> ShiftPresenter:
        return ShiftPresenter(
            view or face,
            strip,
            shut_till.shifts,
            lane or ImmediateLane(),
            lambda: shut_till.cashier,
            opened=after.opened.append,
            closed=after.closed.append,
            left=after.leave,
            payers=lambda: {"city": "市民政局"},
        )

    return made


def pieces(**by_note: str) -> dict[Fen, str]:
    """`pieces(n100="3")`: three notes of 100 yuan, every other line empty."""
    return {note: by_note.get(f"n{note // 100}", "") for note in NOTES}


@pytest.mark.parametrize(("typed", "amount"), [("200", 20_000), ("88.5", 8_850), ("", 0), ("0", 0)])
def test_a_shift_is_opened_with_the_float_that_was_typed(make: Make, after: Next, typed: str, amount: Fen) -> None:
    mind = make()
    mind.start()

    mind.open(typed)

    assert [shift.float_fen for shift in after.opened] == [amount]


def test_a_float_that_is_no_amount_is_said_at_its_line(make: Make, face: Face, after: Next, english: None) -> None:
    mind = make()
    mind.start()

    mind.open("two hundred")

    assert (face.wrong, after.opened) == ('"two hundred" is not an amount of money. Type it like 12.50.', [])


def test_a_double_enter_opens_one_shift(make: Make, after: Next) -> None:
    lane = HeldLane()
    mind = make(lane)

    mind.open("200")
    mind.open("200")

    assert (lane.go(), len(after.opened)) == (1, 1)


def test_an_open_shift_shows_what_it_did_so_far_with_the_payers_names(
    make: Make, face: Face, shut_till: Counter
) -> None:
    shut_till.shifts.open(shut_till.cashier, 10_000)
    shut_till.sell(None, tender=Tender.CASH)
    mind = make()

    mind.start()

    assert face.report is not None
    shown_facts = face.page, face.report.sales, face.report.cash_in_drawer, dict(face.payers)
    assert shown_facts == ("report", 1, 11_200, {"city": "市民政局"})


def test_the_report_is_printed_on_demand(make: Make, strip: Strip, shut_till: Counter, english: None) -> None:
    shut_till.shifts.open(shut_till.cashier, 10_000)
    mind = make()
    mind.start()

    mind.print_report()

    queued = rows_of(shut_till.file, "SELECT kind FROM print_jobs")
    assert (queued, strip.title) == ([("x_report",)], "The report is on its way to the printer.")


def test_the_difference_is_shown_before_anything_is_written(make: Make, face: Face, shut_till: Counter) -> None:
    shut_till.shifts.open(shut_till.cashier, 10_000)
    mind = make()
    mind.start()

    mind.count_out()
    mind.counting(pieces(n50="1", n20="2", n5="1"))

    assert face.count is not None
    assert (face.count.expected, face.count.counted, face.count.difference) == (10_000, 9_500, -500)
    assert shut_till.shifts.current() is not None


def test_a_confirmed_count_closes_the_shift_with_its_difference(
    make: Make, after: Next, shut_till: Counter
) -> None:
    shut_till.shifts.open(shut_till.cashier, 10_000)
    mind = make()
    mind.start()
    mind.count_out()
    mind.counting(pieces(n100="1", n1="3"))

    mind.close()

    assert [(report.shift.counted, report.shift.difference) for report in after.closed] == [(10_300, 300)]
    assert shut_till.shifts.current() is None


@pytest.mark.parametrize("typed", ["-1", "1.5", "x", "99999", "²"])
def test_a_number_of_pieces_that_is_none_closes_nothing(
    make: Make, face: Face, strip: Strip, after: Next, shut_till: Counter, typed: str, english: None
) -> None:
    shut_till.shifts.open(shut_till.cashier, 10_000)
    mind = make()
    mind.start()
    mind.count_out()

    mind.counting(pieces(n100=typed))
    mind.close()

    assert face.count is not None
    assert (face.count.wrong, strip.title, after.closed) == (
        frozenset({10_000}),
        "A number of pieces cannot be read.",
        [],
    )


def test_somebody_elses_shift_is_refused_in_words(
    make: Make, strip: Strip, after: Next, shut_till: Counter, english: None
) -> None:
    shut_till.shifts.open(shut_till.other, 0)
    mind = make()
    mind.start()
    mind.count_out()

    mind.close()

    assert (strip.title, after.closed) == ("李桂兰 may not close somebody else's shift.", [])


def test_back_goes_from_counting_to_the_report_and_then_away(
    make: Make, face: Face, after: Next, shut_till: Counter
) -> None:
    shut_till.shifts.open(shut_till.cashier, 0)
    mind = make()
    mind.start()
    mind.count_out()

    mind.back()
    page, left = face.page, after.left
    mind.back()

    assert (page, left, after.left) == ("report", 0, 1)


@pytest.fixture
def page(theme: Theme, qtbot: QtBot, make: Make) -> Iterator[ShiftPage]:
    page = ShiftPage(theme)
    mind = make(view=page)
    page.attend(mind)
    window = shown(qtbot, theme, page, (1366, 768))
    mind.start()
    yield page
    window.close()


def press(key: Qt.Key) -> None:
    QTest.keyClick(focused(), key)


def test_a_shift_is_opened_by_keyboard_alone(page: ShiftPage, after: Next) -> None:
    QTest.keyClicks(focused(), "200")
    press(Qt.Key.Key_Return)

    assert [shift.float_fen for shift in after.opened] == [20_000]


def test_a_shift_is_counted_and_closed_by_keyboard_alone(
    theme: Theme, qtbot: QtBot, make: Make, after: Next, shut_till: Counter
) -> None:
    shut_till.shifts.open(shut_till.cashier, 30_000)
    page = ShiftPage(theme)
    mind = make(view=page)
    page.attend(mind)
    _window = shown(qtbot, theme, page, (1366, 768))
    mind.start()

    press(Qt.Key.Key_F9)
    QTest.keyClicks(focused(), "2")
    press(Qt.Key.Key_Return)
    QTest.keyClicks(focused(), "2")
    press(Qt.Key.Key_F12)

    assert [report.shift.counted for report in after.closed] == [30_000]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("which", ["closed", "report", "count"])
def test_every_page_has_room_names_and_sizes_for_thumbs(
    which: str,
    size: tuple[int, int],
    language: str,
    theme_for: Callable[[tuple[int, int]], Theme],
    qtbot: QtBot,
    shut_till: Counter,
) -> None:
    page = ShiftPage(theme_for(size))
    window = shown(qtbot, page._theme, page, size)
    page.hints_changed.connect(window.refresh_hints)
    shift = shut_till.shifts.open(shut_till.cashier, 20_000)
    tenders = {tender.value: 123_450 for tender in (Tender.CARD, Tender.CASH, Tender.WECHAT, Tender.ALIPAY)}
    payers = {"canteen": 30_000, "city": 45_000, "district": 12_000, "town": 4_000}
    report = Report(shift, 126, 2, 500_000, tenders, payers, tenders, 2_000, 1_112_500)
    if which == "closed":
        page.show_closed()
        page.complain_float("x")
    else:
        page.show_report(report, {"city": "上海市民政局养老服务处"})
    if which == "count":
        page.show_count()
        page.show_counted(Count(1_112_500, 1_000_000, dict.fromkeys(NOTES, 125_000)))
    QApplication.processEvents()

    found = clipped(window), overlapping(window), small_targets(window), nameless(window), unreachable(window)

    assert (window.width(), window.height(), found) == (*size, ([], [], [], [], []))
    shut_till.shifts.close(shut_till.cashier, 20_000)
