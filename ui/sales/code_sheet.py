"""A payment by telephone that the cashier saw: WeChat or Alipay, and the last digits of its receipt."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from pos import words
from pos.domain.money import Fen
from pos.domain.pricing import Tender
from pos.i18n import _
from ui.sales.reference import Reference
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.field import Field
from ui.widgets.key_hints import Hints
from ui.widgets.labels import Label, Tone
from ui.widgets.number_pad import NumberPad
from ui.widgets.sheet import Sheet

_TENDERS = (Tender.WECHAT, Tender.ALIPAY)


class CodeSheet(Sheet):
    """`paid` carries the tender and at most four digits: this till cannot charge a code, so it keeps none."""

    paid = Signal(Tender, str)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=800)
        self._reference = Reference()
        self._title = Label(theme, "", Text.HEADING)
        self._due = Label(theme, "", Text.BIG_AMOUNT, Tone.MONEY)
        self._ways = {tender: self._way(theme, tender) for tender in _TENDERS}
        self._group = QButtonGroup(self)
        for button in self._ways.values():
            self._group.addButton(button)
        self._field = Field(theme)
        self._field.line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._hint = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        self._pad = NumberPad(theme)
        self._pad.type_into(self._field.line)
        self._cancel = Button(theme, "", Kind.SECONDARY, key="Esc")
        self._confirm = Button(theme, "", Kind.PRIMARY, key="Enter", size=Text.HEADING)
        self.card.body.addLayout(self._lay_out(theme))
        self._field.typed.connect(self._typed)
        self._cancel.clicked.connect(self.left)
        self._confirm.clicked.connect(self._enter)
        self.entered.connect(self._enter)
        self.retranslate()

    def ask(self, due: Fen, tender: Tender) -> None:
        """Begin with this tender."""
        self._reference = Reference()
        self._field.set_text("")
        self._due.setText(words.money(due))
        self._ways[tender].setChecked(True)
        self.open_on(self._field.line)

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self._title.setText(_("By code, to pay"))
        for tender, button in self._ways.items():
            button.setText(words.tender(tender))
        self._field.set_words(_("Last 4 digits of the payment"), _("May stay empty"))
        self._hint.setText(_("Look at the diner's telephone: it must say that the payment was made. F10 changes the way to pay."))
        self._cancel.setText(_("Back"))
        self._confirm.setText(_("Payment seen"))
        self._pad.retranslate()

    def hints(self) -> Hints:
        """The key that no button shows."""
        return (("F10", _("WeChat, Alipay")), *super().hints())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F10 goes from one tender to the other."""
        if event.key() == Qt.Key.Key_F10 and not event.isAutoRepeat():
            self._ways[Tender.ALIPAY if self._tender is Tender.WECHAT else Tender.WECHAT].setChecked(True)
            event.accept()
        else:
            super().keyPressEvent(event)

    @property
    def _tender(self) -> Tender:
        return next(tender for tender, button in self._ways.items() if button.isChecked())

    def _way(self, theme: Theme, tender: Tender) -> Button:
        button = Button(theme, words.tender(tender), Kind.SECONDARY)
        button.setCheckable(True)
        return button

    def _lay_out(self, theme: Theme) -> QHBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(theme.px(Size.GAP))
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._due)
        left.addLayout(head)
        ways = QHBoxLayout()
        ways.setSpacing(theme.px(Size.GAP))
        for button in self._ways.values():
            ways.addWidget(button, 1)
        left.addLayout(ways)
        left.addWidget(self._field)
        left.addWidget(self._hint)
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

    def _typed(self, text: str) -> None:
        self._reference = self._reference.typed(text)
        if self._field.text != self._reference.kept:
            self._field.set_text(self._reference.kept)
        if self._reference.was_code:
            self._field.complain(_("A payment code: this till cannot charge it. Four digits were kept."))

    def _enter(self) -> None:
        if self._reference.was_code:
            # This Enter came from the scanner. Nobody has looked at the telephone yet.
            self._reference = Reference(self._reference.kept)
            return
        self.paid.emit(self._tender, self._reference.kept)
