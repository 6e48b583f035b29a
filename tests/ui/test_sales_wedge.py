"""A reader that types, on a real window: its line is a card, a person's keys stay a person's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from pos.devices.frames import LineFormat
from pos.domain.cards import CardUid
from ui.sales.wedge import KeyboardWedge


@dataclass
class Fingers:
    """A line edit with the focus, a reader at its keys, and a clock that the test moves."""

    line: QLineEdit
    wedge: KeyboardWedge
    clock: list[int]
    cards: list[CardUid] = field(default_factory=list)
    codes: list[bool] = field(default_factory=list)
    entered: list[str] = field(default_factory=list)

    def type(self, text: str, every_ms: int) -> None:
        for char in text:
            self.clock[0] += every_ms
            if char == "\r":
                QTest.keyClick(self.line, Qt.Key.Key_Return)
            else:
                QTest.keyClicks(self.line, char)


@pytest.fixture
def fingers(qtbot: QtBot) -> Iterator[Fingers]:
    line, clock = QLineEdit(), [1_000]
    qtbot.addWidget(line)
    line.show()
    line.activateWindow()
    line.setFocus()
    assert QTest.qWaitForWindowActive(line)
    wedge = KeyboardWedge(LineFormat.EIGHT_H_TEN_D, lambda: clock[0])
    wedge.listen()
    found = Fingers(line, wedge, clock)
    wedge.card.connect(found.cards.append)
    wedge.payment_code.connect(lambda: found.codes.append(True))
    line.returnPressed.connect(lambda: found.entered.append(line.text()))
    yield found
    wedge.close()


def test_a_readers_line_is_a_card_and_reaches_no_widget(fingers: Fingers) -> None:
    fingers.type("0040856634\r", every_ms=5)

    assert (fingers.cards, fingers.line.text(), fingers.entered) == ([CardUid("026F6C3A")], "", [])


def test_a_persons_keys_arrive_in_their_order_with_their_enter(fingers: Fingers) -> None:
    fingers.type("20\r", every_ms=120)

    assert (fingers.cards, fingers.entered) == ([], ["20"])


def test_a_persons_last_key_arrives_without_another_one(fingers: Fingers, qtbot: QtBot) -> None:
    fingers.type("w", every_ms=120)

    qtbot.waitUntil(lambda: fingers.line.text() == "w")


def test_a_payment_code_is_told_of_and_nothing_of_it_is_kept(fingers: Fingers) -> None:
    fingers.type("134567890123456789\r", every_ms=5)

    assert (fingers.codes, fingers.line.text(), fingers.entered) == ([True], "", [])


def test_a_scanned_line_goes_into_the_field_but_its_enter_does_not(fingers: Fingers) -> None:
    fingers.type("A-1-000042\r", every_ms=5)

    assert (fingers.line.text(), fingers.entered, fingers.cards) == ("A-1-000042", [], [])
