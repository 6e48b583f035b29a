"""The claims by keys alone: looking, stamping, columns, files, and the money that arrives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.domain.claim_paper import ClaimColumn
from pos.domain.claims import Month
from pos.services.claim_papers import ClaimPapers
from pos.services.claim_payments import PayerPayments
from pos.services.claims import Claims
from receipts.claim_files import ClaimFiles
from tests.pos.services.claiming import CITY, OCTOBER, Claiming, old_member
from tests.pos.services.counter import MONDAY, TILL, Counter
from tests.ui.office_room import Room, room_for
from ui.claims.view import SECTION, ClaimsPage
from ui.theme import Theme

Key = Qt.Key
SIZES = ((1366, 768), (1920, 1080))


@pytest.fixture
def claiming(shut_till: Counter) -> Claiming:
    """Two meals of October, one of November; it is Monday 23 November, the shift is open."""
    counter = shut_till
    claims = Claims(counter.stores, counter.clock)
    claiming = Claiming(counter, claims, PayerPayments(counter.stores, counter.clock, TILL))
    with claiming.day(date(2026, 10, 29)):
        wang = old_member(claiming)
        counter.sell(wang)
    claiming.sell_on(date(2026, 10, 30), wang)
    claiming.sell_on(date(2026, 11, 20), wang)
    claiming.at(MONDAY)
    counter.shifts.open(counter.manager, 0)
    return claiming


@pytest.fixture
def room(claiming: Claiming, theme: Theme, qtbot: QtBot, english: None) -> Room:
    return room_for(SECTION, claiming.counter, theme, qtbot)


def page_of(room: Room) -> ClaimsPage:
    assert isinstance(room.view, ClaimsPage)
    return room.view


def cells(room: Room) -> list[tuple[str, ...]]:
    return [line.cells for line in page_of(room)._table.lines]


def stamped(room: Room) -> list[str]:
    return [claim.number for claim in Claims(room.till.stores, room.till.clock).stamped(room.till.manager)]


def test_it_opens_with_the_newest_month_that_is_over(room: Room) -> None:
    page = page_of(room)

    assert (page._payer.value, page._month.value, page._total.amount) == (CITY, "2026-10", 600)
    assert page._proof.text() == "The payer's account moved ¥6.00: the same."
    assert page._state.words == "Not stamped"
    assert cells(room)[0] == ("Age", "80-89", "2", "1", "¥24.00", "¥14.40", "¥6.00")


def test_digits_turn_to_the_meals_and_to_what_looks_odd(room: Room) -> None:
    room.press("2")
    meals = cells(room)
    room.press("3")
    odd = cells(room)

    assert meals[1] == ("2026-10-30", "Lunch", "Dine in", "王䶮", "82", "", "¥12.00", "¥7.20", "¥3.00", "charged by name")
    assert [line[3] for line in odd] == ["charged by name, without a card"] * 2


def test_another_month_is_looked_at_by_keys(room: Room) -> None:
    room.press(Key.Key_F4, Key.Key_Up)

    assert (page_of(room)._month.value, page_of(room)._total.amount) == ("2026-11", 300)


def test_a_month_is_stamped_by_keys_and_once(room: Room) -> None:
    room.press(Key.Key_F9)
    asked = page_of(room).stamp_sheet.is_open
    before = stamped(room)
    room.press(Key.Key_Return)

    assert (asked, before, stamped(room)) == (True, [], ["city-2026-10"])
    assert room.said == "Claim city-2026-10 is stamped: ¥6.00."
    assert page_of(room)._state.words == "Stamped 2026-11-23 11:30 by 周敏"
    assert not page_of(room).stamp_sheet.is_open


def test_esc_stamps_nothing(room: Room) -> None:
    room.press(Key.Key_F9, Key.Key_Escape)

    assert (stamped(room), page_of(room).stamp_sheet.is_open) == ([], False)


def test_a_month_that_is_not_over_is_refused_in_words(room: Room) -> None:
    room.press(Key.Key_F4, Key.Key_Up, Key.Key_Escape, Key.Key_F9, Key.Key_Return)

    assert (room.said, stamped(room)) == ("2026-11 is not over yet.", [])


@pytest.mark.parametrize(("key", "kind"), [("1", ".pdf"), ("2", ".xlsx"), ("3", ".csv")])
def test_a_stamped_claim_is_saved_by_keys(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, kind: str
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("ui.claims.view.ask_save", lambda _page, _title, name, _pattern: tmp_path / name)
    monkeypatch.setattr("ui.claims.view.show_file", opened.append)

    room.press(Key.Key_F9, Key.Key_Return, Key.Key_F9, key)

    saved = tmp_path / f"city-2026-10{kind}"
    papers = ClaimPapers(room.till.stores, room.till.clock, ClaimFiles())
    assert (room.said, papers.check(saved).state) == (f"Saved: {saved.name}", "same")
    assert opened == ([saved] if kind == ".pdf" else [])


def test_columns_are_chosen_by_keys(room: Room) -> None:
    room.press(Key.Key_F10)
    room.press(Key.Key_Space, Key.Key_Tab, Key.Key_Space, Key.Key_Return)

    columns = ClaimPapers(room.till.stores, room.till.clock, ClaimFiles()).columns(CITY)
    assert (ClaimColumn.NO in columns, ClaimColumn.NUMBER in columns) == (False, True)
    assert room.said == "The next file has these columns."


def test_money_is_booked_and_taken_back_by_keys(room: Room) -> None:
    claims = Claims(room.till.stores, room.till.clock)
    room.press(Key.Key_F9, Key.Key_Return, Key.Key_F8, Key.Key_F9, "2.50", Key.Key_Return)
    booked, said = claims.owed(room.till.manager)[0], room.said

    room.press(Key.Key_Tab, Key.Key_F8)

    assert (booked.paid, booked.open, said[:24]) == (250, 350, "¥2.50 of 市民政局 is booked,")
    assert claims.owed(room.till.manager)[0].paid == 0
    assert "taken back" in page_of(room).money_sheet._history.lines[0].cells[1]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["x", Key.Key_Return], "Not an amount"),
        (["7", Key.Key_Return], "¥7.00 is more than"),
        ([Key.Key_Tab, "soon", Key.Key_Return], "This is no date."),
    ],
)
def test_what_is_typed_wrong_is_said_and_the_form_stays(room: Room, keys: list[Qt.Key | str], said: str) -> None:
    room.press(Key.Key_F9, Key.Key_Return, Key.Key_F8, Key.Key_F9, *keys)

    assert room.said.startswith(said) or said == "Not an amount"
    assert page_of(room).money_sheet._pages.currentIndex() == 1
    assert Claims(room.till.stores, room.till.clock).owed(room.till.manager)[0].paid == 0


def test_a_canteen_without_subsidies_says_so(shut_till: Counter, theme: Theme, qtbot: QtBot, english: None) -> None:
    room = room_for(SECTION, shut_till, theme, qtbot)

    room.press(Key.Key_F9, Key.Key_F10)

    assert page_of(room)._table._empty == "Nobody owes the canteen a subsidy yet."
    assert room.faults() == []


@pytest.mark.parametrize("size", SIZES)
def test_everything_has_room_in_both_languages(
    claiming: Claiming, theme_for: object, qtbot: QtBot, language: str, size: tuple[int, int]
) -> None:
    assert callable(theme_for)
    room = room_for(SECTION, claiming.counter, theme_for(size), qtbot, size)
    page = page_of(room)
    faults = []
    for view in "123":
        room.press(view)
        faults += room.faults()
        assert page._table.titles_fit()
    for key, sheet in ((Key.Key_F9, page.stamp_sheet), (Key.Key_F10, page.columns_sheet), (Key.Key_F8, page.money_sheet)):
        room.press(key)
        faults += room.faults(sheet)
        room.press(Key.Key_Escape)
    room.press(Key.Key_F9, Key.Key_Return, Key.Key_F9)
    faults += room.faults(page.kind_sheet)

    assert faults == []
    assert Month.of(MONDAY) != OCTOBER
