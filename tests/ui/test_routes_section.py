"""The routes' section by its keys alone, on a real store; and that everything on it has room."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos import i18n
from pos.domain.calendar import Ruling
from pos.domain.menu import Meal
from pos.domain.paper import SlipKind
from pos.domain.reservations import State
from pos.domain.routes import Recipient, Run
from pos.domain.stop_codes import stop_code
from pos.services.calendar import Calendar
from pos.services.routes import Routes
from receipts.escpos import PrinterSettings
from receipts.escpos_reader import QrSymbol, read
from receipts.queue import Outbox
from receipts.simulated import SimulatedPrinter
from tests.pos.services.counter import MONDAY, TILL, Counter
from tests.receipts.pdf import words_of
from tests.ui import geometry
from tests.ui.deliveries_world import TUESDAY, Deliveries, deliveries, rosters_of
from tests.ui.office_room import Room, room_for
from ui.asking import Ask
from ui.routes import view
from ui.routes.view import SECTION, RoutesPage
from ui.theme import Theme
from ui.widgets.labels import Tone

Key = Qt.Key
SIZES = ((1024, 768), (1366, 768), (1920, 1080))
LUNCH = Meal.LUNCH


@pytest.fixture
def made_up(shut_till: Counter) -> Deliveries:
    return deliveries(shut_till)


@pytest.fixture
def room(made_up: Deliveries, shut_till: Counter, theme: Theme, qtbot: QtBot, english: None) -> Room:
    """The section on Tuesday's lunch."""
    room = room_for(SECTION, shut_till, theme, qtbot)
    room.press(Key.Key_Right)
    return room


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was written, and opened to be looked at; every file goes into one folder under its proposed name."""
    shown: list[Path] = []
    monkeypatch.setattr(view, "ask_save", lambda _page, _title, name, _pattern: tmp_path / name)
    monkeypatch.setattr(view, "show_file", shown.append)
    return shown


def page_of(room: Room) -> RoutesPage:
    assert isinstance(room.view, RoutesPage)
    return room.view


def ask_of(room: Room) -> Ask:
    ask = page_of(room).sheet.ask
    assert ask is not None
    return ask


def rosters(room: Room) -> list[tuple[str, ...]]:
    return [line.cells for line in page_of(room)._rosters.lines]


def stops(room: Room) -> list[tuple[str, ...]]:
    return [line.cells for line in page_of(room)._stops.lines]


def names(room: Room) -> list[str]:
    return [cells[2] for cells in stops(room)]


def usual(room: Room, made_up: Deliveries, route: str) -> list[str]:
    living: tuple[Recipient, ...] = Routes(room.till.stores, room.till.clock).living_on(made_up.routes[route].id)
    return [one.name for one in living]


def retype(room: Room, text: str) -> None:
    """Put another text into the line that has the focus."""
    room.press(Key.Key_Home)
    for _unused in range(40):
        room.press(Key.Key_Delete)
    if text:
        room.press(text)


def cancelled(room: Room, name: str) -> None:
    with room.till.stores.write() as store:
        found = next(one for one in store.reservations.of_day(TUESDAY) if one.member_name == name)
        store.reservations.end(replace(found, state=State.CANCELLED, ended_ms=1, ended_by="x"))


# -- who goes where -----------------------------------------------------------------------------------


def test_K4_who_has_no_route_is_listed_first_and_in_red(room: Room) -> None:
    assert rosters(room) == [
        ("No route", "2 / 2", "", ""),
        ("1号线", "3 / 3", "–", ""),
        ("2号线", "2 / 2", "–", ""),
        ("3号线", "1 / 1", "–", ""),
    ]
    assert page_of(room)._rosters.lines[0].tone is Tone.RED
    assert [(cells[1], cells[2]) for cells in stops(room)] == [("address not known", "阿依古丽·买买提"), ("幸福里 8-1-204", "刘堃")]
    assert page_of(room)._stops.lines[0].tone is Tone.RED
    assert page_of(room)._warning.text() == "2 without a route · 1 without an address"


def test_K4_by_two_keys_somebody_without_a_route_gets_one(room: Room, made_up: Deliveries) -> None:
    room.press(Key.Key_Tab, Key.Key_Down, Key.Key_Return, Key.Key_Down, Key.Key_Down, Key.Key_Return)

    assert [cells[:2] for cells in rosters(room)[:3]] == [("No route", "1 / 1"), ("1号线", "3 / 3"), ("2号线", "3 / 3")]
    assert usual(room, made_up, "2号线") == ["赵德柱", "刘堃", "马晓燕"]


def test_enter_on_the_list_without_a_route_asks_about_the_first_of_it(room: Room) -> None:
    room.press(Key.Key_Return)

    assert ask_of(room).title == "阿依古丽·买买提"


def test_another_route_only_this_time_leaves_the_usual_one(room: Room, made_up: Deliveries) -> None:
    room.press(Key.Key_Down, Key.Key_Tab, Key.Key_Return, Key.Key_Down)
    room.press(Key.Key_Tab, Key.Key_Tab, Key.Key_Tab, Key.Key_Space, Key.Key_Return)

    assert [cells[:2] for cells in rosters(room)[1:3]] == [("1号线", "2 / 2"), ("2号线", "3 / 3")]
    assert usual(room, made_up, "1号线") == ["王秀英", "李桂兰", "欧阳建国"]


def test_a_note_is_typed_and_stands_beside_the_stop(room: Room) -> None:
    room.press(Key.Key_Down, Key.Key_Tab, Key.Key_Down, Key.Key_Return, Key.Key_Tab)
    retype(room, "门铃坏了")
    room.press(Key.Key_Tab, Key.Key_Space, Key.Key_Return)

    assert stops(room)[1] == ("2", "幸福里 2-1-101", "李桂兰", "1", "face to face · 门铃坏了")


def test_what_must_not_be_on_paper_is_said_while_it_is_typed_and_refused(room: Room) -> None:
    room.press(Key.Key_Down, Key.Key_Tab, Key.Key_Return, Key.Key_Tab)
    retype(room, "独居老人")
    told = ask_of(room).text

    room.press(Key.Key_Return)

    assert told == "This must not be on paper: 独居"
    assert (room.said, ask_of(room).wrong) == ("This must not be on paper: 独居", "note")


# -- order --------------------------------------------------------------------------------------------


def test_plus_walks_later_this_time_alone_and_f2_as_usual_again(room: Room, made_up: Deliveries) -> None:
    room.press(Key.Key_Down, Key.Key_Tab)

    room.press(Key.Key_Plus, Key.Key_Plus)
    today, mark = names(room), page_of(room)._stops.at
    room.press(Key.Key_F2)

    assert (today, mark) == (["李桂兰", "欧阳建国", "王秀英"], 2)
    assert names(room) == ["王秀英", "李桂兰", "欧阳建国"]
    assert usual(room, made_up, "1号线") == ["王秀英", "李桂兰", "欧阳建国"]


def test_f6_shows_everybody_of_the_route_and_what_is_moved_there_holds_always(room: Room, made_up: Deliveries) -> None:
    cancelled(room, "李桂兰")
    room.press(Key.Key_Down, Key.Key_F6, Key.Key_Tab)
    everybody = names(room)

    room.press(Key.Key_End, Key.Key_Minus)
    room.press(Key.Key_F6)

    assert everybody == ["王秀英", "李桂兰", "欧阳建国"]
    assert usual(room, made_up, "1号线") == ["王秀英", "欧阳建国", "李桂兰"]
    assert names(room) == ["王秀英", "欧阳建国"]


@pytest.mark.parametrize(
    ("at", "before", "after"),
    [(0, 3, ["李桂兰", "欧阳建国", "王秀英"]), (2, 0, ["欧阳建国", "王秀英", "李桂兰"]), (0, 1, ["王秀英", "李桂兰", "欧阳建国"]), (1, 1, ["王秀英", "李桂兰", "欧阳建国"])],
)
def test_a_stop_is_dragged_to_where_it_is_let_go(room: Room, at: int, before: int, after: list[str]) -> None:
    room.press(Key.Key_Down)

    page_of(room)._stops.carried.emit("stops", at, before)

    assert names(room) == after


def test_who_has_no_address_stays_first_whatever_is_moved(room: Room, made_up: Deliveries) -> None:
    Routes(room.till.stores, room.till.clock).settle(room.till.manager, made_up.members["阿依古丽·买买提"].id, made_up.routes["1号线"].id)
    room.press(Key.Key_F5, Key.Key_Down, Key.Key_Tab)

    room.press(Key.Key_Plus, Key.Key_Down, Key.Key_Minus)

    assert names(room) == ["阿依古丽·买买提", "王秀英", "李桂兰", "欧阳建国"]


def test_nobody_without_a_route_is_put_into_an_order(room: Room) -> None:
    room.press(Key.Key_Tab, Key.Key_Plus)

    assert names(room) == ["阿依古丽·买买提", "刘堃"]
    assert room.said == ""


# -- who walks ----------------------------------------------------------------------------------------


def test_a_volunteer_boxes_and_times_are_typed(room: Room, made_up: Deliveries) -> None:
    room.press(Key.Key_Down, Key.Key_Return, Key.Key_Down, Key.Key_Tab, "3 7", Key.Key_Tab, "1030", Key.Key_Return)

    assert rosters(room)[1] == ("1号线", "3 / 3", "陈志强", "")
    assert page_of(room)._facts.text() == "陈志强 · insulated boxes 3 7 · cooked 10:30 · eat by 12:30"
    assert rosters_of(room.till).round(TUESDAY, LUNCH).rosters[0].run == Run(
        made_up.routes["1号线"].id, TUESDAY, LUNCH, made_up.volunteers["陈志强"].id, "3 7", "10:30", "12:30"
    )


def test_who_comes_on_that_weekday_is_offered_first(room: Room) -> None:
    room.press(Key.Key_Down, Key.Key_Return)

    (volunteer,) = ask_of(room).pages[0].rows[0]
    assert [words for _value, words in volunteer.options] == ["nobody yet", "陈志强 · 13911110000 · comes on this day", "白云 · 13911110001"]


def test_a_time_that_is_none_keeps_the_form_open(room: Room) -> None:
    room.press(Key.Key_Down, Key.Key_Return, Key.Key_Tab, Key.Key_Tab, "25", Key.Key_Return)

    assert (room.said, ask_of(room).wrong) == ("“25” is no time of day.", "cooked_at")


def test_two_routes_are_merged_and_parted_by_keys(room: Room) -> None:
    merge = (Key.Key_Return, *(Key.Key_Tab,) * 4)
    room.press(Key.Key_End, *merge, Key.Key_Down, Key.Key_Return)
    together = rosters(room)
    title = page_of(room)._title.text()

    room.press(*merge[:1], *(Key.Key_Tab,) * 3, Key.Key_Up, Key.Key_Return)

    assert together == [
        ("No route", "2 / 2", "", ""),
        ("1号线", "4 / 4", "–", ""),
        ("  3号线", "", "→ 1号线", ""),
        ("2号线", "2 / 2", "–", ""),
    ]
    assert title == "1号线 + 3号线"
    assert [cells[0] for cells in rosters(room)] == ["No route", "1号线", "2号线", "3号线"]


def test_f10_takes_over_who_walked_a_week_before(room: Room, made_up: Deliveries) -> None:
    before = TUESDAY.replace(day=17)
    rosters_of(room.till).decide(room.till.manager, Run(made_up.routes["2号线"].id, before, LUNCH, made_up.volunteers["白云"].id))

    room.press(Key.Key_F10)
    first = room.said
    room.press(Key.Key_F10)

    assert (first, room.said) == ("1 route is walked as a week ago.", "0 routes are walked as a week ago.")
    assert rosters(room)[2][2] == "白云"


def test_routes_are_made_and_given_up_in_their_list(room: Room) -> None:
    room.press(Key.Key_F3, Key.Key_F10, "4", Key.Key_Return)
    made = [cells[0] for cells in rosters(room)]
    room.press(Key.Key_Tab, Key.Key_End, Key.Key_Return, Key.Key_Tab, Key.Key_Space, Key.Key_Return)
    listed = ask_of(room).table

    room.press(Key.Key_Escape)

    assert made == ["No route", "1号线", "2号线", "3号线", "4"]
    assert listed is not None
    assert listed.rows[-1] == ("4", "not walked any more")
    assert [cells[0] for cells in rosters(room)] == ["No route", "1号线", "2号线", "3号线"]


def test_two_routes_never_have_one_name(room: Room) -> None:
    room.press(Key.Key_F3, Key.Key_F10, "1号线", Key.Key_Return)

    assert (room.said, ask_of(room).wrong) == ("There is a route 1号线 already.", "name")


def test_a_volunteer_is_added_with_the_days_on_which_they_come(room: Room) -> None:
    room.press(Key.Key_F4, Key.Key_F10, "Bai", Key.Key_Tab, "138 0000", Key.Key_Tab, Key.Key_Space, Key.Key_Tab, Key.Key_Tab, Key.Key_Space, Key.Key_Return)

    table = ask_of(room).table
    assert table is not None
    assert ("Bai", "1380000", "Mon Wed") in table.rows


def test_telephone_numbers_are_whole_on_paper_from_the_tick_on(room: Room) -> None:
    room.press(Key.Key_F3, Key.Key_Space, Key.Key_Escape)

    found = rosters_of(room.till).round(TUESDAY, LUNCH)
    assert {stop.phone for roster in found.every for stop in roster.stops} == {"13800001234"}


# -- paper --------------------------------------------------------------------------------------------


def test_f7_writes_the_roster_and_the_screen_says_when_it_is_out_of_date(room: Room, saved: list[Path]) -> None:
    room.press(Key.Key_Down, Key.Key_F7)
    fresh = rosters(room)[1][3]
    cancelled(room, "李桂兰")
    room.press(Key.Key_F5)

    assert [path.name for path in saved] == ["Rosters 2026-11-24 Lunch 1号线.pdf"]
    assert fresh == "v1"
    assert rosters(room)[1][3] == "v1 old"
    assert page_of(room)._papers.text().startswith("Roster v1, 11-23 11:30 · 1 stop is otherwise now")
    gone = page_of(room)._stops.lines[1]
    assert (gone.cells[0], gone.cells[2], gone.struck) == ("cancelled", "李桂兰", True)


def test_f8_writes_every_list_those_without_a_route_first(room: Room, saved: list[Path]) -> None:
    room.press(Key.Key_F8)

    (path,) = saved
    titles = [line for page in words_of(path.read_bytes()) for line in page if "roster" in line.lower()]
    assert [title.split(": ")[-1] for title in titles] == ["without a route", "1号线", "2号线", "3号线"]
    assert [cells[3] for cells in rosters(room)] == ["v1"] * 4


def test_where_nobody_chose_a_file_no_version_is_made(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "ask_save", lambda *_asked: None)

    room.press(Key.Key_F8)

    assert [cells[3] for cells in rosters(room)] == [""] * 4
    assert room.till.count("prints") == 0


def test_labels_on_the_roll_wait_in_the_outbox(room: Room) -> None:
    room.press(Key.Key_Down, Key.Key_F9, Key.Key_Tab, Key.Key_Down, Key.Key_Return)

    assert room.said == "3 labels are printed."
    assert [job[0] for job in room.till.jobs()] == [SlipKind.LABELS] * 3


def test_what_was_cancelled_meanwhile_gets_no_label_from_the_outbox(room: Room) -> None:
    room.press(Key.Key_Down, Key.Key_F9, Key.Key_Tab, Key.Key_Down, Key.Key_Return)
    cancelled(room, "李桂兰")
    printed: list[bytes] = []
    outbox = Outbox(room.till.stores, SimulatedPrinter(printed.append), PrinterSettings(width_mm=58), TILL, room.till.clock)

    for _unused in range(3):
        outbox.work_once()

    marked = [[one.data for one in read(data, PrinterSettings(width_mm=58)) if isinstance(one, QrSymbol)] for data in printed]
    with room.till.stores.read() as store:
        mark = store.canteen.mark()
        ids = [one.id for one in store.reservations.of_day(TUESDAY) if one.member_name in {"王秀英", "欧阳建国"}]
    assert marked == [[stop_code(mark, key)] for key in ids]


def test_labels_on_sheets_are_written_for_all_routes_and_then_only_for_what_is_new(room: Room, saved: list[Path]) -> None:
    room.press(Key.Key_F9, Key.Key_Down, Key.Key_Return)
    room.press(Key.Key_F9)
    left = ask_of(room)

    assert [path.name for path in saved] == ["Labels 2026-11-24 Lunch.pdf"]
    assert sum("Lunch" in line for page in words_of(saved[0].read_bytes()) for line in page) >= 3
    assert (left.facts[0].told, left.confirm) == ("0", "")


def test_used_labels_are_a_number(room: Room, saved: list[Path]) -> None:
    room.press(Key.Key_Down, Key.Key_F9, Key.Key_Tab, Key.Key_Tab)
    retype(room, "x")
    room.press(Key.Key_Return)

    assert (ask_of(room).wrong, saved) == ("skip", [])


def test_K8_on_a_closed_day_whoever_is_listed_must_be_told_and_nothing_is_printed(room: Room, saved: list[Path]) -> None:
    Calendar(room.till.stores, room.till.clock).rule(room.till.manager, Ruling(TUESDAY, opens=False, reason="停电"))

    room.press(Key.Key_F5, Key.Key_F8)

    assert page_of(room)._warning.text() == "The canteen is closed on this day · 停电 · tell 8 people"
    assert (saved, len(rosters(room))) == ([], 4)


# -- where one looks ----------------------------------------------------------------------------------


def test_before_the_meals_are_out_it_opens_on_today_and_after_on_the_next_open_day(
    made_up: Deliveries, shut_till: Counter, theme: Theme, qtbot: QtBot, english: None
) -> None:
    morning = page_of(room_for(SECTION, shut_till, theme, qtbot))._bar.day
    shut_till.wait(hours=3)
    Calendar(shut_till.stores, shut_till.clock).rule(shut_till.manager, Ruling(TUESDAY, opens=False, reason="停电"))

    evening = page_of(room_for(SECTION, shut_till, theme, qtbot))._bar.day

    assert (morning, evening) == ("11-23 Mon today", "11-25 Wed")
    assert MONDAY.day == 23


def test_a_day_without_deliveries_shows_the_routes_and_an_empty_list(room: Room) -> None:
    room.press(Key.Key_Right)

    assert [cells[:2] for cells in rosters(room)] == [("1号线", "0 / 0"), ("2号线", "0 / 0"), ("3号线", "0 / 0")]
    assert stops(room) == []


def test_another_meal_has_rosters_of_its_own(room: Room) -> None:
    room.press("3")

    assert [cells[1] for cells in rosters(room)] == ["0 / 0"] * 3


def test_before_there_is_any_route_the_section_says_what_to_do(shut_till: Counter, theme: Theme, qtbot: QtBot, english: None) -> None:
    room = room_for(SECTION, shut_till, theme, qtbot)

    assert rosters(room) == []
    assert page_of(room)._rosters._empty == "No route yet, and nothing to deliver. F3 makes a route."
    room.press(Key.Key_F7, Key.Key_F8, Key.Key_F9, Key.Key_Return, Key.Key_Plus)
    assert page_of(room).sheet.ask is None


def test_what_another_counter_did_is_seen_without_a_key_and_the_marks_stay(room: Room) -> None:
    room.press(Key.Key_Down, Key.Key_Tab, Key.Key_End)
    cancelled(room, "王秀英")

    page_of(room).refreshed.emit()

    assert names(room) == ["李桂兰", "欧阳建国"]
    assert (page_of(room)._rosters.at, page_of(room)._stops.at) == (1, 1)


# -- room ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_everything_has_room(
    made_up: Deliveries, shut_till: Counter, theme: Theme, qtbot: QtBot, english: None, size: tuple[int, int], language: str
) -> None:
    i18n.use(language)
    room = room_for(SECTION, shut_till, theme, qtbot, size)
    assert room.window.width() == size[0]
    for keys in ((Key.Key_Right, Key.Key_Down), (Key.Key_F6,), (Key.Key_F6, Key.Key_Return), (Key.Key_Escape, Key.Key_Tab, Key.Key_Return), (Key.Key_Escape, Key.Key_F3), (Key.Key_F10,), (Key.Key_Escape, Key.Key_Escape, Key.Key_F4), (Key.Key_F10,), (Key.Key_Escape, Key.Key_Escape, Key.Key_F9)):
        room.press(*keys)
        sheet = page_of(room).sheet
        seen = sheet.card if sheet.is_open else room.view
        QApplication.processEvents()
        checks = (geometry.clipped, geometry.overlapping, geometry.nameless)
        assert [fault for check in checks for fault in check(seen) if not fault.startswith("QHeaderView")] == []
        assert seen.height() <= room.office.height()
    assert page_of(room)._rosters.titles_fit()
    assert page_of(room)._stops.titles_fit()
