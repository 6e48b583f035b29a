"""Devices and keys by keys alone: a reader got to know, a spare key written down and typed, another key, a lost one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from pos.devices.simulated import encode_rdm6300
from pos.domain.cards import CardUid
from pos.domain.identity import read_document
from pos.services.identities import Identities
from pos.services.keys import KEY_FILE, FileShelf
from pos.services.members import Members, NewMember
from pos.services.vault import Vault
from tests.pos.services.counter import Counter
from tests.ui.office_room import Room, room_for
from ui.asking import Ask
from ui.devices.view import SECTION, DevicesPage
from ui.theme import Theme
from ui.vault import phrases
from ui.widgets.table import Table

Key = Qt.Key
SIZES = ((1024, 768), (1366, 768), (1920, 1080))
CARD = CardUid("01026F6C3A")
NUMBER = "999999193608150245"


def vault_of(till: Counter) -> Vault:
    return Vault(FileShelf(till.file.with_name(KEY_FILE)))


def keep_a_number(till: Counter) -> str:
    """One member with a number; the answer is the member's id."""
    document = read_document(NUMBER, date(2026, 11, 23))
    new = NewMember("曾秀珍", date(1936, 8, 15), document=document)
    return Members(till.stores, till.clock, vault_of(till)).enrol(till.manager, new).id


def lose_the_key(till: Counter) -> str:
    """The key file is gone; the answer is what stood on the paper."""
    paper = vault_of(till).spare_key()
    till.file.with_name(KEY_FILE).unlink()
    return paper


@pytest.fixture
def room(shut_till: Counter, theme: Theme, qtbot: QtBot, english: None) -> Room:
    keep_a_number(shut_till)
    return room_for(SECTION, shut_till, theme, qtbot)


@pytest.fixture
def lost(shut_till: Counter, theme: Theme, qtbot: QtBot, english: None) -> tuple[Room, str]:
    keep_a_number(shut_till)
    paper = lose_the_key(shut_till)
    return room_for(SECTION, shut_till, theme, qtbot), paper


def page_of(room: Room) -> DevicesPage:
    assert isinstance(room.view, DevicesPage)
    return room.view


def key_ask(room: Room) -> Ask:
    ask = page_of(room).key_sheet.ask
    assert ask is not None
    return ask


def written_down(room: Room) -> str:
    """The key as somebody would write it from the sheet."""
    table = key_ask(room).table
    assert table is not None
    return "-".join(cell for row in table.rows for cell in row[1:] if cell)


def shown_words(room: Room) -> str:
    """Every word on the section and on its sheets, seen or not."""
    office = room.office
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    told = [label.text() for label in office.findChildren(QLabel)] + [line.text() for line in office.findChildren(QLineEdit)]
    cells = [cell for table in office.findChildren(Table) for line in table.lines for cell in line.cells]
    return " ".join([*told, *cells])


def test_a_reader_is_got_to_know_by_a_card_and_its_number(room: Room) -> None:
    room.press(Key.Key_F2)
    room.reader.play(encode_rdm6300(CARD))
    room.press(CARD.printed)
    ask = page_of(room).learn_sheet.ask
    assert ask is not None
    found = ask.facts[1].told
    room.press(Key.Key_F9)

    assert (found, room.said) == ("RDM6300 frame · printed as 10 digits", "The reader is used so from now on.")
    assert page_of(room).learn_sheet.ask is None


def test_the_enter_of_a_reader_that_types_leads_to_the_number_and_uses_nothing(room: Room) -> None:
    room.press(Key.Key_F2, Key.Key_Tab, Key.Key_Down, CARD.printed, Key.Key_Return, CARD.printed, Key.Key_F9)

    assert room.said == "The reader is used so from now on."
    assert (room.reader.setup.port, room.reader.setup.format) == ("keyboard", "8h10d")


def test_escape_leaves_the_question_and_the_reader_as_it_was(room: Room) -> None:
    room.press(Key.Key_F2)
    room.reader.play(encode_rdm6300(CARD))
    room.press(CARD.printed, Key.Key_Escape)

    assert (page_of(room).learn_sheet.ask, room.reader._heard) == (None, None)
    assert CARD.printed not in shown_words(room)


def test_the_spare_key_is_shown_after_a_warning_and_nothing_of_it_stays(room: Room) -> None:
    paper = vault_of(room.till).spare_key()

    room.press(Key.Key_F3)
    warned = key_ask(room).text
    room.press(Key.Key_Return)
    shown = written_down(room)
    room.press(Key.Key_Return)

    assert ("Lock the paper away" in warned, shown) == (True, paper)
    assert [group for group in paper.split("-") if group in shown_words(room)] == []
    assert paper not in repr(page_of(room)._keys.__dict__)


def test_a_key_that_was_never_written_down_is_told_until_it_was(room: Room) -> None:
    page = page_of(room)
    before = page._alarm_words.text()

    room.press(Key.Key_F3, Key.Key_Return, Key.Key_Return, Key.Key_F8)

    table = key_ask(room).table
    assert table is not None
    assert (before, page._alarm.isVisible()) == ("No spare key on paper yet: F3.", False)
    assert [row[:3] for row in table.rows] == [("2026-11-23 11:30", "shown, to be written down", "周敏")]


def test_signing_out_takes_the_key_off_the_screen(room: Room) -> None:
    paper = vault_of(room.till).spare_key()

    room.press(Key.Key_F3, Key.Key_Return)
    room.office.forget()

    assert [group for group in paper.split("-") if group in shown_words(room)] == []


def test_a_key_that_nobody_takes_away_goes_by_itself(room: Room) -> None:
    later: list[tuple[int, Callable[[], None]]] = []
    page_of(room)._keys._later = lambda ms, call: later.append((ms, call))

    room.press(Key.Key_F3, Key.Key_Return)
    (after_ms, go) = later[0]
    go()

    assert (after_ms, page_of(room).key_sheet.ask) == (phrases.SHOWN_MS, None)


def test_the_paper_is_proved_by_typing_it(room: Room) -> None:
    paper = vault_of(room.till).spare_key()

    room.press(Key.Key_F4, paper, Key.Key_Return)

    assert room.said == "The paper is right: it is the key of today."


def test_a_slip_of_the_pen_is_told_and_the_paper_can_be_typed_again(room: Room) -> None:
    paper = vault_of(room.till).spare_key()

    room.press(Key.Key_F4, paper[:-1], Key.Key_Return)

    assert room.said == "The key to the identity numbers cannot be read."
    assert key_ask(room).wrong == "text"


def test_another_key_seals_every_number_anew_and_is_written_down_at_once(room: Room) -> None:
    before = vault_of(room.till).newest

    room.press(Key.Key_F6, Key.Key_Return)
    said, asked = room.said, key_ask(room).title
    room.press(Key.Key_Return)

    now = vault_of(room.till)
    assert (said, asked) == ("1 number is sealed under the new key.", "A spare key on paper")
    assert (now.newest != before, written_down(room)) == (True, now.spare_key())


def test_a_lost_key_is_told_and_the_paper_brings_it_back(lost: tuple[Room, str]) -> None:
    room, paper = lost
    alarm = page_of(room)._alarm_words.text()

    room.press(Key.Key_F4, paper, Key.Key_Return)

    assert alarm.startswith("The key to 1 number is missing.")
    assert (room.said, page_of(room)._alarm.isVisible()) == ("The key is on this machine now.", False)


def test_without_a_paper_it_begins_anew_only_after_a_tick(lost: tuple[Room, str]) -> None:
    room, paper = lost

    room.press(Key.Key_F7, Key.Key_Return)
    unticked = (key_ask(room).confirm, vault_of(room.till).newest)
    room.press(Key.Key_Space, Key.Key_Return)

    made = vault_of(room.till)
    identities = Identities(room.till.stores, room.till.clock, made)
    state = identities.state(room.till.manager)
    assert unticked == ("", "")
    assert (state.readable, state.unreadable, made.newest != "") == (0, 1, True)
    assert key_ask(room).title == "A spare key on paper"
    assert page_of(room)._alarm.isVisible()
    assert made.id_of(paper) not in made.key_ids


def test_nothing_is_lost_so_nothing_begins_anew(room: Room) -> None:
    room.press(Key.Key_F7)

    assert page_of(room).key_sheet.ask is None


def test_a_key_file_that_others_may_read_is_told_and_nothing_can_be_done(
    shut_till: Counter, theme: Theme, qtbot: QtBot, english: None
) -> None:
    keep_a_number(shut_till)
    shut_till.file.with_name(KEY_FILE).chmod(0o644)

    room = room_for(SECTION, shut_till, theme, qtbot)
    room.press(Key.Key_F3)

    told = page_of(room)._alarm_words.text()
    assert told.startswith("Others may read the key to the identity numbers")
    assert page_of(room).key_sheet.ask is None


@pytest.mark.parametrize("size", SIZES)
def test_everything_has_room_and_a_name_in_every_state(
    shut_till: Counter,
    theme_for: Callable[[tuple[int, int]], Theme],
    qtbot: QtBot,
    language: str,
    size: tuple[int, int],
) -> None:
    keep_a_number(shut_till)
    room = room_for(SECTION, shut_till, theme_for(size), qtbot, size)
    page, found = page_of(room), {"page": room.faults()}

    for name, keys in {
        "learn": [Key.Key_F2],
        "types": [Key.Key_F2, Key.Key_Tab, Key.Key_Down],
        "warned": [Key.Key_F3],
        "shown": [Key.Key_F3, Key.Key_Return],
        "read": [Key.Key_F4],
        "rotate": [Key.Key_F6],
        "history": [Key.Key_F8],
    }.items():
        room.press(*keys)
        (sheet,) = [one for one in (page.learn_sheet, page.key_sheet) if one.is_open]
        found[name] = room.faults(sheet.card)
        assert sheet.card.height() <= room.office.height()
        room.press(Key.Key_Escape)
    lose_the_key(shut_till)
    room = room_for(SECTION, shut_till, theme_for(size), qtbot, size)
    found["lost"] = room.faults()
    room.press(Key.Key_F7, Key.Key_Space)
    found["anew"] = room.faults(page_of(room).key_sheet.card)

    assert {name: faults for name, faults in found.items() if faults} == {}
