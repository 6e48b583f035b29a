"""A question before money moves: what it is about, how much, and a button for each key that answers it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.money import Fen
from pos.i18n import _
from ui.sales.counter import MealWaits, OtherWaiting, Question, ServedBefore, ShortOf, UndoThis
from ui.sales.phrases import asked
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import AmountLabel, Label, Tone
from ui.widgets.panel import Card, Ground, row


class QuestionPane(QWidget):
    """The yes is the big Enter button below it, but for a second meal, which has a key of its own."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._question: Question | None = None
        self._due: Fen | None = None
        card = Card(theme, Ground.AMBER, pad=14)
        card.body.setSpacing(theme.px(6))
        self._title = Label(theme, "", Text.HEADING, Tone.AMBER, wrap=True)
        self._amount = AmountLabel(theme, "", Text.HUGE_AMOUNT, Tone.AMBER)
        self._amount.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._text = Label(theme, "", Text.BODY, wrap=True)
        for label in (self._title, self._amount, self._text):
            card.body.addWidget(label)
        card.body.addStretch(1)
        self.again = Button(theme, "", Kind.SECONDARY, key="F5")
        self.top_up = Button(theme, "", Kind.SECONDARY, key="F6")
        self.cash = Button(theme, "", Kind.SECONDARY, key="F9")
        self.no = Button(theme, "", Kind.SECONDARY, key="Esc")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Size.GAP))
        layout.addWidget(card, 1)
        layout.addWidget(self.again)
        layout.addLayout(row(theme, self.top_up, self.cash, gap=Size.GAP))
        layout.addWidget(self.no)
        for button in (self.again, self.top_up, self.cash):
            button.hide()
        self.retranslate()

    def show_question(self, question: Question, due: Fen | None) -> None:
        """Ask it; `due` (fen) is what the open bill costs the diner."""
        self._question, self._due = question, due
        words = asked(question, due)
        self._title.setText(words.title)
        self._text.setText(words.text)
        self._amount.setVisible(words.amount is not None)
        self._amount.set_what(words.title)
        self._amount.set_amount(words.amount)
        self.again.setVisible(isinstance(question, ServedBefore | MealWaits))
        self.again.setText(_again(question))
        for button in (self.top_up, self.cash):
            button.setVisible(isinstance(question, ShortOf))
        self.no.setText(_no(question))

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self.top_up.setText(_("Top up"))
        self.cash.setText(_("Cash"))
        if self._question:
            self.show_question(self._question, self._due)


def _again(question: Question) -> str:
    return _("Sell another meal beside it") if isinstance(question, MealWaits) else _("Charge a second meal")


def _no(question: Question) -> str:
    match question:
        case OtherWaiting():
            return _("Drop this bill")
        case UndoThis():
            return _("Leave it as it is")
        case _:
            return _("Back to the bill")
