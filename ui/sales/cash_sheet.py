"""Cash for a meal: what is due, what was given, and the change before anything is charged."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos import words
from pos.domain.money import Fen, yuan
from pos.i18n import _
from ui.sales.cash import NOTES, change_of, typed_yuan
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.field import Field
from ui.widgets.labels import Label, Tone
from ui.widgets.number_pad import NumberPad
from ui.widgets.panel import Card, Ground
from ui.widgets.sheet import Sheet


class CashSheet(Sheet):
    """`given` carries fen. Enter alone confirms nothing: an amount comes first, F9 for exactly what is due."""

    given = Signal(int)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=800)
        self._due: Fen = 0
        self._due_title = Label(theme, "", Text.HEADING)
        self._due_amount = Label(theme, "", Text.BIG_AMOUNT, Tone.MONEY)
        self._field = Field(theme, longest=9)
        self._field.line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._exact = Button(theme, "", Kind.SECONDARY, key="F9")
        self._notes = [(note, Button(theme, words.money(note)[:-3], Kind.SECONDARY)) for note in NOTES]
        self._change_card = Card(theme, Ground.SUNKEN, pad=12)
        self._change_card.body.setSpacing(0)
        self._change_title = Label(theme, "", Text.BODY)
        self._change = Label(theme, "", Text.HUGE_AMOUNT)
        self._change_card.body.addWidget(self._change_title)
        self._change_card.body.addWidget(self._change)
        self._pad = NumberPad(theme, point=True)
        self._pad.type_into(self._field.line)
        self._cancel = Button(theme, "", Kind.SECONDARY, key="Esc")
        self._confirm = Button(theme, "", Kind.PRIMARY, key="Enter", size=Text.HEADING)
        self.card.body.addLayout(self._lay_out(theme))
        self._field.typed.connect(self._typed)
        self._exact.clicked.connect(self._fill_exact)
        for note, button in self._notes:
            button.clicked.connect(lambda _checked=False, note=note: self._fill(note))
        self._cancel.clicked.connect(self.left)
        self._confirm.clicked.connect(self._enter)
        self.entered.connect(self._enter)
        self.retranslate()

    def ask(self, due: Fen) -> None:
        """Begin to count."""
        self._due = due
        self._field.set_text("")
        self._show_change("")
        for note, button in self._notes:
            button.setEnabled(note >= due)
        self._due_amount.setText(words.money(due))
        self.open_on(self._field.line)

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self._due_title.setText(_("Cash, to pay"))
        self._field.set_words(_("Given by the diner"), _("Amount in yuan"))
        self._exact.setText(_("Exactly"))
        self._cancel.setText(_("Back"))
        self._confirm.setText(_("Cash received"))
        self._pad.retranslate()
        self._show_change(self._field.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F9 gives exactly what is due."""
        if event.key() == Qt.Key.Key_F9 and not event.isAutoRepeat():
            self._fill_exact()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, theme: Theme) -> QHBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(theme.px(Size.GAP))
        head = QHBoxLayout()
        head.addWidget(self._due_title, 1)
        head.addWidget(self._due_amount)
        left.addLayout(head)
        left.addWidget(self._field)
        quick = QGridLayout()
        quick.setSpacing(theme.px(Size.GAP))
        quick.addWidget(self._exact, 0, 0, 1, 4)
        for number, (_note, button) in enumerate(self._notes):
            quick.addWidget(button, 1, number)
        left.addLayout(quick)
        left.addWidget(self._change_card)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(theme.px(Size.GAP))
        right.addWidget(self._pad)
        right.addStretch(1)
        right.addWidget(self._cancel)
        right.addWidget(self._confirm)
        both = QHBoxLayout()
        both.setSpacing(theme.px(Size.WIDE))
        both.addLayout(left, 5)
        both.addLayout(right, 4)
        return both

    def _fill_exact(self) -> None:
        self._fill(self._due)

    def _fill(self, amount: Fen) -> None:
        self._field.set_text(yuan(amount))
        self._typed(self._field.text)
        self._field.line.setFocus()
        self._field.line.selectAll()

    def _typed(self, text: str) -> None:
        self._field.complain("")
        self._show_change(text)

    def _show_change(self, text: str) -> None:
        given = typed_yuan(text)
        change = change_of(self._due, given)
        short = given is not None and change is None
        self._change_title.setText(_("Still missing") if short else _("Change"))
        self._change_card.set_ground(Ground.SUNKEN if change is None else Ground.GREEN)
        self._change.set_tone(Tone.GREEN if change is not None else Tone.PLAIN)
        if given is None:
            self._change.setText("–")
        else:
            self._change.setText(words.money(abs(given - self._due)))

    def _enter(self) -> None:
        given = typed_yuan(self._field.text)
        if given is None:
            self._field.complain(_("How much did the diner give? F9: exactly."))
        elif given < self._due:
            self._field.complain(_("That is less than what is due."))
        else:
            self.given.emit(given)
