"""The practice panel: what is laid on the reader, what the printer does, and its face."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.devices.frames import Rdm6300Framer
from pos.devices.simulated import SimulatedReader, encode_rdm6300
from pos.domain.cards import CardReading, CardUid
from receipts.printer import PrinterTrouble, Reason
from receipts.simulated import SimulatedPrinter
from ui.practice.presenter import DISTURBED, UNKNOWN_CARD, PracticePresenter, PrinterMood, ToyCard
from ui.practice.view import PracticeView
from ui.theme import Theme

CARDS = (ToyCard("01026F6C3A", "王桂英", 86), ToyCard("01026F6C3B", "李建国", 66), ToyCard("01026F6C3C", "王䶮", 71))


@dataclass
class Face:
    """Remembers what it was told."""

    cards: tuple[ToyCard, ...] = ()
    papers: list[tuple[bytes, int]] = field(default_factory=list)

    def show_cards(self, cards: tuple[ToyCard, ...]) -> None:
        self.cards = cards

    def show_paper(self, png: bytes, count: int) -> None:
        self.papers.append((png, count))


@dataclass
class Toys:
    """What a panel plays with."""

    laid: list[str] = field(default_factory=list)
    played: list[bytes] = field(default_factory=list)
    moods: list[PrinterMood] = field(default_factory=list)

    def presenter(self, view: Face | PracticeView) -> PracticePresenter:
        return PracticePresenter(view, CARDS, self.laid.append, self.played.append, self.moods.append)


def test_all_cards_lie_there_and_a_search_keeps_those_of_a_name() -> None:
    face = Face()
    presenter = Toys().presenter(face)
    before = face.cards

    presenter.search(" 王 ")

    assert (before, [card.name for card in face.cards]) == (CARDS, ["王桂英", "王䶮"])


def test_a_card_is_laid_and_an_unknown_one_is_nobodys() -> None:
    toys = Toys()
    presenter = toys.presenter(Face())

    presenter.lay(CARDS[1].uid_hex)
    presenter.lay_unknown()

    assert toys.laid == [CARDS[1].uid_hex, UNKNOWN_CARD]
    assert UNKNOWN_CARD not in {card.uid_hex for card in CARDS}


def test_a_disturbance_is_no_card_and_does_not_spoil_the_next_one() -> None:
    heard: list[CardReading] = []
    reader = SimulatedReader(Rdm6300Framer(), heard.append)
    presenter = PracticePresenter(Face(), CARDS, print, reader.play, print)

    presenter.disturb()
    nobody = list(heard)
    reader.play(encode_rdm6300(CardUid(CARDS[0].uid_hex)))

    assert (nobody, [reading.uid.hex for reading in heard], reader.dropped > 0) == ([], [CARDS[0].uid_hex], True)


def test_the_disturbance_has_a_frame_whose_check_byte_alone_is_wrong() -> None:
    frame = DISTURBED[:14]

    assert frame.replace(b"26\x03", b"25\x03") == encode_rdm6300(CardUid("010063E9AE"))


def test_papers_are_counted() -> None:
    face = Face()
    presenter = Toys().presenter(face)

    presenter.paper_came(b"one")
    presenter.paper_came(b"two")

    assert face.papers == [(b"one", 1), (b"two", 2)]


@pytest.mark.parametrize("reason", [Reason.NOT_CONNECTED, Reason.PAPER_OUT])
def test_a_simulated_printer_fails_before_the_first_byte_and_prints_once_it_works(reason: Reason) -> None:
    papers: list[bytes] = []
    printer = SimulatedPrinter(papers.append)
    printer.fails = reason

    with pytest.raises(PrinterTrouble) as trouble:
        printer.send(b"slip")
    with pytest.raises(PrinterTrouble):
        printer.open_drawer()
    printer.fails = None
    printer.send(b"slip")

    assert (trouble.value.reason, trouble.value.began, trouble.value.unsent) == (reason, False, 4)
    assert (papers, printer.open_drawer()) == ([b"slip"], True)


def test_the_panel_is_played_by_keys_and_by_its_buttons(theme: Theme, qtbot: QtBot) -> None:
    toys, view = Toys(), PracticeView(theme)
    qtbot.addWidget(view)
    presenter = toys.presenter(view)
    view.attend(presenter)
    view.show()

    QTest.keyClick(view._list, Qt.Key.Key_Down)
    view._lay.click()
    view._unknown.click()
    view._noise.click()
    view._moods[PrinterMood.OFF].click()

    assert toys.laid == [CARDS[1].uid_hex, UNKNOWN_CARD]
    assert (toys.played, toys.moods) == ([DISTURBED], [PrinterMood.OFF])


def test_arrows_and_enter_in_the_search_lay_a_card(theme: Theme, qtbot: QtBot) -> None:
    toys, view = Toys(), PracticeView(theme)
    qtbot.addWidget(view)
    presenter = toys.presenter(view)
    view.attend(presenter)
    view.show()

    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(view._search.line, key)

    assert toys.laid == [CARDS[2].uid_hex]


def test_the_panel_shows_the_newest_paper_and_how_many_there_were(theme: Theme, qtbot: QtBot) -> None:
    view = PracticeView(theme)
    qtbot.addWidget(view)
    presenter = Toys().presenter(view)
    view.show()

    presenter.paper_came(_png(300, 500))

    assert (view._count.text(), view._paper.pixmap().width()) == ("已出纸 1 张", 300)


def test_a_search_for_nobody_lays_nothing(theme: Theme, qtbot: QtBot) -> None:
    toys, view = Toys(), PracticeView(theme)
    qtbot.addWidget(view)
    presenter = toys.presenter(view)
    view.attend(presenter)
    view.show()

    view._search.line.setText("nobody")
    view._search.line.textEdited.emit("nobody")
    QApplication.processEvents()
    view._lay.click()

    assert (view._list.count(), toys.laid) == (0, [])


def _png(width: int, height: int) -> bytes:
    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.white)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap.save(buffer, "PNG")
    return bytes(data.data())
