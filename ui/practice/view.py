"""The practice panel's face: cards to lay on the reader, the printer's switch, the last paper as a picture."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pos.i18n import _
from pos.services.practice import PIN
from ui.head import PANEL_KEY
from ui.messages import Message, note
from ui.practice.presenter import PracticePresenter, PrinterMood, ToyCard
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.field import Field
from ui.widgets.labels import Label, Tone
from ui.widgets.panel import Card, row

PAPER_PX = 400
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def greeting() -> Message:
    """What a practice canteen says before anybody has signed in."""
    panel = _("Practice panel")
    return note(_("Everybody here signs in with PIN {pin}.").format(pin=PIN), _("{what}: {detail}").format(what=PANEL_KEY, detail=panel))


class PracticeView(QWidget):
    """A window of its own over the till, so that the till itself is the real one."""

    searched = Signal(str)
    laid = Signal(str)
    unknown_laid = Signal()
    disturbed = Signal()
    printer_set = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._search = Field(theme)
        self._list = QListWidget()
        self._list.setFont(theme.font(Text.BODY))
        self._list.setSpacing(2)
        self._lay = Button(theme, kind=Kind.PRIMARY)
        self._unknown = Button(theme)
        self._noise = Button(theme)
        self._reader_title, self._printer_title = Label(theme, "", Text.HEADING), Label(theme, "", Text.HEADING)
        self._pin = Label(theme, "", Text.BODY, Tone.MUTED)
        self._count = Label(theme, "", Text.SMALL, Tone.MUTED)
        self._paper = QLabel()
        self._paper.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._moods = {mood: Button(theme) for mood in PrinterMood}
        self._build()
        self._connect()
        self.retranslate()

    def attend(self, presenter: PracticePresenter) -> None:
        """Send every wish to the presenter."""
        self.searched.connect(presenter.search)
        self.laid.connect(presenter.lay)
        self.unknown_laid.connect(presenter.lay_unknown)
        self.disturbed.connect(presenter.disturb)
        self.printer_set.connect(presenter.set_printer)

    def show_cards(self, cards: tuple[ToyCard, ...]) -> None:
        """List the cards that can be laid on the reader."""
        self._list.clear()
        for card in cards:
            item = QListWidgetItem(f"{card.name}  {card.age}  {card.printed}")
            item.setData(Qt.ItemDataRole.UserRole, card.uid_hex)
            self._list.addItem(item)
        self._list.setCurrentRow(0)

    def show_paper(self, png: bytes, count: int) -> None:
        """Show the newest paper as a picture, and how many there were."""
        picture = QPixmap()
        picture.loadFromData(png)
        width = min(self._theme.px(PAPER_PX), picture.width())
        self._paper.setPixmap(picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
        self._paper.adjustSize()
        self._count.setText(_("Papers so far: {count}").format(count=count))

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.setWindowTitle(_("Practice panel"))
        self._reader_title.setText(_("Card reader"))
        self._printer_title.setText(_("Receipt printer"))
        self._pin.setText(_("Everybody here signs in with PIN {pin}.").format(pin=PIN))
        self._search.set_words(_("Find a card by name"))
        self._list.setAccessibleName(_("Cards"))
        self._lay.setText(_("Lay the card on the reader"))
        self._unknown.setText(_("Unknown card"))
        self._noise.setText(_("Disturbance"))
        self._moods[PrinterMood.WORKS].setText(_("Works"))
        self._moods[PrinterMood.OFF].setText(_("Switched off"))
        self._moods[PrinterMood.PAPER_OUT].setText(_("Out of paper"))
        self._paper.setAccessibleName(_("The last paper"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move through the cards while a name is typed."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _STEPS:
            row = self._list.currentRow() + _STEPS[Qt.Key(event.key())]
            self._list.setCurrentRow(min(max(row, 0), self._list.count() - 1))
            return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        theme = self._theme
        reader = Card(theme)
        reader.body.addWidget(self._reader_title)
        reader.body.addWidget(self._pin)
        reader.body.addWidget(self._search)
        reader.body.addWidget(self._list, 1)
        reader.body.addWidget(self._lay)
        reader.body.addLayout(row(theme, self._unknown, self._noise))
        printer = Card(theme)
        printer.body.addWidget(self._printer_title)
        self._group = QButtonGroup(self)
        for button in self._moods.values():
            button.setCheckable(True)
            self._group.addButton(button)
        self._moods[PrinterMood.WORKS].setChecked(True)
        printer.body.addLayout(row(theme, *self._moods.values(), gap=Size.GAP))
        printer.body.addWidget(self._count)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._paper)
        scroll.setMinimumWidth(theme.px(PAPER_PX) + theme.px(30))
        printer.body.addWidget(scroll, 1)
        both = QHBoxLayout()
        both.setSpacing(theme.px(Size.SPACE))
        both.addWidget(reader, 1)
        both.addWidget(printer, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*(theme.px(Size.SPACE),) * 4)
        whole.addLayout(both)

    def _connect(self) -> None:
        self._search.line.installEventFilter(self)
        self._search.typed.connect(self.searched)
        self._search.entered.connect(lambda _text: self._lay_chosen())
        self._list.itemActivated.connect(lambda _item: self._lay_chosen())
        self._lay.clicked.connect(self._lay_chosen)
        self._unknown.clicked.connect(self.unknown_laid)
        self._noise.clicked.connect(self.disturbed)
        for mood, button in self._moods.items():
            button.clicked.connect(lambda _checked=False, mood=mood: self.printer_set.emit(mood))

    def _lay_chosen(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.laid.emit(item.data(Qt.ItemDataRole.UserRole))
