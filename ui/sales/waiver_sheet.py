"""The manager lets somebody off: why, and how much of what is left to pay."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos import words
from pos.domain.errors import BadAmount
from pos.domain.money import Fen, parse_yuan
from pos.domain.pricing import LONGEST_WHY
from pos.i18n import _
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.field import Field
from ui.widgets.labels import Label, Tone
from ui.widgets.sheet import Sheet


class WaiverSheet(Sheet):
    """`waived` carries the reason, and the amount in fen or None for all that is left."""

    waived = Signal(str, object)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=640)
        self._title = Label(theme, "", Text.HEADING)
        self._due = Label(theme, "", Text.BIG_AMOUNT, Tone.MONEY)
        self.why = Field(theme, longest=LONGEST_WHY)
        self.amount = Field(theme, longest=10)
        self._hint = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        self._cancel = Button(theme, "", Kind.SECONDARY, key="Esc")
        self._confirm = Button(theme, "", Kind.PRIMARY, key="Enter", size=Text.HEADING)
        self.card.body.addLayout(self._lay_out(theme))
        self._cancel.clicked.connect(self.left)
        self._confirm.clicked.connect(self._enter)
        self.entered.connect(self._enter)
        self.retranslate()

    def ask(self, due: Fen) -> None:
        """Begin with nothing said."""
        self._due.setText(words.money(due))
        self.why.set_text("")
        self.amount.set_text("")
        self.open_on(self.why.line)

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self._title.setText(_("Waive, to pay"))
        self.why.set_words(_("Reason"), _("Such as: the soup was cold"))
        self.amount.set_words(_("Amount in yuan"), _("Empty: all of it"))
        self._hint.setText(_("It stands on the receipt, and in an account of its own."))
        self._cancel.setText(_("Back"))
        self._confirm.setText(_("Waive"))

    def _lay_out(self, theme: Theme) -> QVBoxLayout:
        body = QVBoxLayout()
        body.setSpacing(theme.px(Size.GAP))
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._due)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(Size.GAP))
        buttons.addWidget(self._cancel, 1)
        buttons.addWidget(self._confirm, 2)
        body.addLayout(head)
        for widget in (self.why, self.amount, self._hint):
            body.addWidget(widget)
        body.addLayout(buttons)
        return body

    def _enter(self) -> None:
        why, text = self.why.text.strip(), self.amount.text.strip()
        if not why:
            self.why.complain(_("A waiver needs a reason."))
            self.why.line.setFocus()
            return
        try:
            amount = parse_yuan(text) if text else None
        except BadAmount:
            self.amount.complain(_("Not an amount, such as 3.50."))
            self.amount.line.setFocus()
            return
        self.waived.emit(why, amount)
