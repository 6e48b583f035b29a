"""The mind of the deliveries: keys, codes and texts, what waits, and what is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path

import pytest

from pos.domain.bill import Way
from pos.domain.calendar import Ruling
from pos.domain.cases import CaseStep
from pos.domain.deliveries import Outcome
from pos.domain.errors import StoreFault, StoreTrouble
from pos.domain.menu import Meal
from pos.domain.stop_codes import stop_code
from pos.services.calendar import Calendar
from pos.services.canteen import Canteens
from pos.services.deliveries import Deliveries, Noted, Noting
from receipts.files import files
from tests.pos.services.conftest import closed_counter, counter, founded_file
from tests.pos.services.counter import Counter
from tests.pos.services.delivering import DINNER, TUESDAY, WEDNESDAY, Delivering, delivering_at
from tests.ui.immediate import HeldLane, ImmediateLane
from ui.asking import Ask
from ui.deliveries import phrases
from ui.deliveries.board import Board, StopState
from ui.deliveries.box_presenter import BoxPresenter
from ui.deliveries.case_presenter import CasePresenter
from ui.deliveries.close_presenter import ClosePresenter
from ui.deliveries.presenter import DeliveriesPresenter
from ui.deliveries.stop_presenter import StopPresenter
from ui.presenting import Message, Tone

__all__ = ["closed_counter", "counter", "founded_file"]

NAMES = ("丁", "丙", "乙", "甲")


@dataclass
class Face:
    """Keeps what it was told."""

    board: Board | None = None
    asks: list[Ask | None] = field(default_factory=list)
    said: list[Message] = field(default_factory=list)

    def show_board(self, board: Board) -> None:
        self.board = board

    def show_ask(self, ask: Ask) -> None:
        self.asks.append(ask)

    def close_ask(self) -> None:
        self.asks.append(None)

    def show_message(self, message: Message) -> None:
        self.said.append(message)

    def clear_message(self) -> None:
        self.said.clear()


@dataclass
class Screen:
    noon: Delivering
    face: Face
    mind: DeliveriesPresenter

    @property
    def board(self) -> Board:
        assert self.face.board is not None
        return self.face.board

    @property
    def marked(self) -> str:
        line = self.board.marked
        return line.stop.name if line else ""

    def outcomes(self) -> dict[str, Outcome]:
        return {line.stop.name: line.outcome for line in self.board.lines if line.outcome}


def screen_of(noon: Delivering, lane: ImmediateLane | HeldLane) -> Screen:
    face = Face()
    mind = DeliveriesPresenter(
        face, face, noon.deliveries, noon.cases, noon.boxes, noon.counter.clock, lane, lambda: noon.counter.manager
    )
    return Screen(noon, face, mind)


@pytest.fixture
def noon(counter: Counter) -> Delivering:
    noon = delivering_at(counter)
    for name in NAMES:
        noon.book(counter.rich(name))
    noon.book(counter.rich("堂食"), Way.DINE_IN)
    noon.at(TUESDAY)
    return noon


@pytest.fixture
def screen(noon: Delivering) -> Screen:
    screen = screen_of(noon, ImmediateLane())
    screen.mind.open()
    return screen


def test_the_meal_of_now_is_shown_with_its_first_stop_marked_and_the_day_at_a_glance(screen: Screen) -> None:
    board = screen.board

    assert (board.day, board.meal, [line.stop.name for line in board.lines], board.at) == (TUESDAY, Meal.LUNCH, list(NAMES), 0)
    assert [(one.way, one.planned, one.out, one.done, one.open) for one in board.tallies] == [
        (Way.DELIVERY, 4, 0, 0, 4),
        (Way.DINE_IN, 1, None, 0, 1),
    ]


def test_what_was_fetched_at_the_counter_is_no_stop_of_the_glance_but_fetched(screen: Screen, noon: Delivering) -> None:
    first = screen.board.lines[0].stop
    noon.pick_up.hand_over(noon.counter.cashier, "sale", first.reservation_id)

    screen.mind.refresh()

    assert [(one.way, one.planned, one.done, one.open) for one in screen.board.tallies] == [
        (Way.DELIVERY, 3, 0, 3),
        (Way.DINE_IN, 1, 0, 1),
        (Way.TAKE_AWAY, 1, 1, 0),
    ]
    last = screen.board.lines[-1]
    assert phrases.stop_line(last, screen.board).cells[-3:] == (first.name, "1", "已自取")
    assert phrases.progress(screen.board) == "共3户，3户未记"


def test_enter_alone_hands_over_a_key_says_otherwise_and_the_next_stop_is_marked(screen: Screen) -> None:
    marks = []
    for text in ("", "2", "3", "4"):
        marks.append(screen.marked)
        screen.mind.entered(text)

    assert marks == list(NAMES)
    assert screen.outcomes() == dict(zip(NAMES, Outcome, strict=True))
    assert [(one.done, one.open, one.cases) for one in screen.board.tallies[:1]] == [(4, 0, 1)]
    assert [case.member_name for case in screen.board.cases] == ["甲"]
    assert (screen.face.said[-1].tone, screen.face.said[-1].title) == (Tone.NOTE, "甲：未应门")


def test_the_mark_moves_on_before_the_store_has_answered_and_nothing_is_sent_twice(noon: Delivering) -> None:
    lane = HeldLane()
    screen = screen_of(noon, lane)
    screen.mind.open()
    lane.go()

    screen.mind.entered("")
    screen.mind.entered("")
    waiting = [line.state for line in screen.board.lines]
    screen.mind.mark(0)
    screen.mind.entered("")
    sent = lane.go()

    assert (waiting, screen.marked) == ([StopState.NOTING, StopState.NOTING, StopState.OPEN, StopState.OPEN], "丁")
    assert (sent, noon.counter.count("delivery_results")) == (2, 2)


def test_a_refusal_says_why_and_brings_the_mark_back(screen: Screen, noon: Delivering) -> None:
    noon.counter.shifts.close(noon.counter.manager, noon.counter.balance("drawer:A"))

    screen.mind.entered("")

    assert (screen.marked, screen.board.marked and screen.board.marked.state) == ("丁", StopState.OPEN)
    assert screen.face.said[-1].tone is Tone.REFUSED


def test_M2_after_a_trouble_the_same_wish_is_asked_for_again(
    screen: Screen, noon: Delivering, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    note = Deliveries.note

    def lost(self: Deliveries, actor: object, noting: Noting) -> Noted:
        asked.append(noting.id)
        noted = note(self, noon.counter.manager, noting)
        if len(asked) == 1:
            raise StoreTrouble(StoreFault.UNREACHABLE, money_moved=None)
        return noted

    monkeypatch.setattr(Deliveries, "note", lost)
    screen.mind.entered("")
    screen.mind.send(screen.board.lines[0].stop, Outcome.HANDED_OVER)

    assert asked[0] == asked[1]
    assert noon.counter.count("sales") == 1


def test_a_code_marks_its_stop_a_second_scan_says_what_was_noted(screen: Screen, noon: Delivering) -> None:
    with noon.counter.stores.read() as store:
        mark = store.canteen.mark()
    code = stop_code(mark, screen.board.lines[2].stop.reservation_id)
    texts = screen.board.texts

    screen.mind.scanned(code)
    first = (screen.marked, screen.board.texts - texts)
    screen.mind.entered("")
    screen.mind.entered(code.lower())
    again = screen.marked
    said = screen.face.said[-1].title
    screen.mind.entered("")

    assert (first, again) == (("乙", 1), "乙")
    assert "已送到" in said
    assert (screen.face.said[-1].tone, noon.counter.count("delivery_results")) == (Tone.NOTE, 1)


def test_enter_after_a_scan_never_notes_the_stop_that_was_marked_before(noon: Delivering) -> None:
    lane = HeldLane()
    screen = screen_of(noon, lane)
    screen.mind.open()
    lane.go()
    with noon.counter.stores.read() as store:
        code = stop_code(store.canteen.mark(), screen.board.lines[2].stop.reservation_id)

    screen.mind.scanned(code)
    screen.mind.entered("")
    screen.mind.entered("4")
    while lane.go():
        pass
    before = noon.counter.count("delivery_results")
    screen.mind.entered("")
    while lane.go():
        pass

    assert (before, screen.outcomes()) == (0, {"乙": Outcome.HANDED_OVER})


def test_a_code_of_something_else_is_refused_and_the_mark_stays(screen: Screen) -> None:
    screen.mind.entered(stop_code("0" * 8, "x"))

    assert (screen.marked, screen.face.said[-1].tone, screen.board.texts) == ("丁", Tone.REFUSED, 1)


def test_a_text_looks_for_a_name_and_says_when_nobody_fits(screen: Screen) -> None:
    screen.mind.entered("乙")
    found = screen.marked
    screen.mind.entered("戊")

    assert (found, screen.marked, bool(screen.board.complaint)) == ("乙", "乙", True)


def test_another_outcome_for_a_noted_stop_needs_the_sheet(screen: Screen, noon: Delivering) -> None:
    sheet = StopPresenter(screen.face, screen.mind.send)
    screen.mind.entered("")
    screen.mind.mark(0)

    screen.mind.entered("3")
    refused = screen.face.said[-1].tone
    sheet.open(screen.board.lines[0].stop)
    sheet.typed("outcome", "refused")
    sheet.typed("note", "说今天不饿")
    asked = screen.face.asks[-1]
    sheet.confirm()

    assert refused is Tone.REFUSED
    assert asked is not None
    assert (asked.danger, [fact.told for fact in asked.facts][-1][:3]) == (True, "已送到")
    assert (screen.outcomes(), screen.face.asks[-1]) == ({"丁": Outcome.REFUSED}, None)
    result = screen.board.lines[0].stop.result
    assert (result and result.note, noon.counter.count("delivery_results")) == ("说今天不饿", 2)


def test_pages_turn_from_meal_to_meal_and_over_midnight(screen: Screen) -> None:
    turned = []
    for by in (1, 1, -1, -1, -1, -1):
        screen.mind.step(by)
        turned.append((screen.board.day - TUESDAY, screen.board.meal))

    day = timedelta(days=1)
    assert turned == [
        (0 * day, Meal.DINNER),
        (day, Meal.BREAKFAST),
        (0 * day, Meal.DINNER),
        (0 * day, Meal.LUNCH),
        (0 * day, Meal.BREAKFAST),
        (-day, Meal.DINNER),
    ]


def test_K8_a_day_on_which_the_canteen_stays_shut_says_so(screen: Screen, noon: Delivering) -> None:
    Calendar(noon.counter.stores, noon.counter.clock).rule(noon.counter.manager, Ruling(TUESDAY, opens=False, reason="停电"))

    screen.mind.refresh()
    told = phrases.marked(screen.board)
    screen.mind.entered("")

    assert (screen.board.shut, "停电" in told, screen.face.said[-1].tone) == ("停电", True, Tone.REFUSED)
    assert noon.counter.count("delivery_results") == 0


def test_boxes_come_back_by_a_key(screen: Screen, noon: Delivering) -> None:
    screen.mind.entered("5")
    without = screen.face.said[-1].tone
    screen.mind.entered("")
    screen.mind.mark(0)
    screen.mind.entered("5")

    assert (without, screen.face.said[-1].tone, noon.boxes.holders()) == (Tone.NOTE, Tone.GOOD, ())
    assert (screen.board.boxes_out, screen.board.boxes_back) == (1, 1)


# -- the sheets ---------------------------------------------------------------------------------------


def test_a_case_is_followed_step_by_step_until_somebody_writes_how_it_ended(screen: Screen, noon: Delivering) -> None:
    screen.mind.entered("4")
    manager = noon.counter.manager
    sheet = CasePresenter(
        screen.face, screen.face, noon.cases, noon.counter.clock, ImmediateLane(), lambda: manager, changed=screen.mind.refresh
    )

    sheet.open(TUESDAY)
    offered = []
    for _rung in range(4):
        asked = screen.face.asks[-1]
        assert asked is not None
        offered.append(asked.pages[0].rows[0][0].value)
        sheet.confirm()
    sheet.typed("step", CaseStep.OTHER.value)
    sheet.confirm()
    needs_words = screen.face.asks[-1]
    sheet.typed("note", "在邻居家打牌")
    sheet.confirm()

    assert offered == ["called", "called_family", "called_community", "called_emergency"]
    assert (needs_words and needs_words.wrong, screen.face.asks[-1]) == ("note", None)
    assert screen.board.cases == ()
    (case,) = (noon.counter.count("cases"),)
    assert (case, noon.counter.count("case_steps")) == (1, 5)


def test_of_several_cases_one_is_picked(screen: Screen, noon: Delivering) -> None:
    screen.mind.entered("4")
    screen.mind.entered("4")
    manager = noon.counter.manager
    clock = noon.counter.clock
    sheet = CasePresenter(screen.face, screen.face, noon.cases, clock, ImmediateLane(), lambda: manager, changed=lambda: None)

    sheet.open(TUESDAY)
    listed = screen.face.asks[-1]
    sheet.pick(1)
    picked = screen.face.asks[-1]

    assert listed is not None
    assert listed.table is not None
    assert [row[0] for row in listed.table.rows] == ["丁", "丙"]
    assert picked is not None
    assert picked.title.startswith("丙")


def test_a_case_that_was_ended_by_mistake_is_found_in_the_list_of_its_day_and_opened_again(screen: Screen, noon: Delivering) -> None:
    screen.mind.entered("4")
    (case,) = noon.cases.open_now()
    noon.cases.take_step(noon.counter.cashier, "well", case.id, CaseStep.FOUND_WELL)
    noon.at(WEDNESDAY, time(8))
    mind, clock = screen.mind, noon.counter.clock
    sheet = CasePresenter(
        screen.face, screen.face, noon.cases, clock, ImmediateLane(), lambda: noon.counter.cashier, changed=mind.refresh
    )

    sheet.open(TUESDAY)
    listed = screen.face.asks[-1]
    sheet.pick(0)
    ended = screen.face.asks[-1]
    sheet.typed("note", "是另一户")
    sheet.confirm()

    again = screen.face.asks[-1]
    assert listed is not None
    assert listed.table is not None
    assert (listed.title, listed.table.rows) == ("没有未应门事项。", (("丁", "敲门未应", "昨天 11:30", "了结：人平安"),))
    assert (ended and [field.name for field in ended.pages[0].rows[0]]) == ["note"]
    assert again is not None
    assert again.table is not None
    assert [row[:2] for row in again.table.rows[:2]] == [("08:00", "重新打开"), ("昨天 11:30", "人平安")]
    (told,) = screen.board.cases
    assert "昨天 11:30起" in phrases.case_line(told, screen.board.today)


def test_the_boxes_that_are_out_are_listed_counted_back_and_written(screen: Screen, noon: Delivering, tmp_path: Path) -> None:
    screen.mind.entered("")
    screen.mind.entered("")
    shown: list[Path] = []
    sheet = BoxPresenter(
        screen.face, screen.face, noon.boxes, canteens_of(noon), files(), noon.counter.clock, ImmediateLane(),
        lambda: noon.counter.manager, ask_file=lambda name: tmp_path / name, show_file=shown.append, changed=screen.mind.refresh,
    )  # fmt: skip

    sheet.open()
    sheet.write()
    sheet.pick(0)
    sheet.typed("count", "x")
    sheet.confirm()
    wrong = screen.face.asks[-1]
    sheet.typed("count", "1")
    sheet.confirm()
    listed = screen.face.asks[-1]

    assert shown[0].read_bytes()[:4] == b"%PDF"
    assert (wrong and wrong.wrong, listed and listed.table and [row[1] for row in listed.table.rows]) == ("count", ["丙"])


def canteens_of(noon: Delivering) -> Canteens:
    return Canteens(noon.counter.stores, noon.counter.clock, "A")


def test_the_day_is_closed_when_its_checklist_is_clean(screen: Screen, noon: Delivering) -> None:
    counter = noon.counter
    sheet = ClosePresenter(
        screen.face, screen.face, noon.closes, counter.papers, canteens_of(noon), ImmediateLane(),
        lambda: counter.manager, changed=screen.mind.refresh,
    )  # fmt: skip

    sheet.open(TUESDAY)
    first = screen.face.asks[-1]
    sheet.close()
    for _name in NAMES:
        screen.mind.entered("")
    sheet.open(TUESDAY)
    clean = screen.face.asks[-1]
    sheet.confirm()
    closed = screen.board.close
    sheet.open(TUESDAY)
    over = screen.face.asks[-1]
    screen.mind.entered("4")

    assert screen.face.said[-1].title == "2026-11-24已经日结。"
    assert (first and first.confirm, clean and bool(clean.confirm), over and over.confirm) == ("", True, "")
    assert (closed and closed.day, bool(over and over.second)) == (TUESDAY, True)
    assert time(12) < DINNER
