"""A sale that is over: paid or taken back, in digits that can be read from where the diner stands."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos import words
from pos.domain.pricing import Tender
from pos.domain.sales import Sale
from pos.i18n import _
from ui.sales.phrases import over_text, over_title
from ui.theme import Colour, Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.paint import Sign, draw_box, draw_sign
from ui.widgets.panel import Card, Ground


class OverPane(QWidget):
    """It stays until the next swipe or key."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        card = Card(theme, Ground.GREEN, pad=12)
        card.body.setSpacing(0)
        self._sign = _DoneSign(theme)
        self._title = Label(theme, "", Text.TITLE, Tone.GREEN)
        self._amount = Label(theme, "", Text.HUGE_AMOUNT, Tone.GREEN)
        self._who = ElidedLabel(theme, "", Text.BODY)
        self._left_title = Label(theme, "", Text.BODY, Tone.MUTED)
        self._left = Label(theme, "", Text.BIG_AMOUNT)
        self._text = Label(theme, "", Text.BODY, wrap=True)
        self._next = Label(theme, "", Text.SMALL, Tone.MUTED, wrap=True)
        centred = (self._amount, self._who, self._text, self._left_title, self._left, self._next)
        head = QHBoxLayout()
        head.setSpacing(theme.px(Size.SPACE))
        head.addStretch(1)
        head.addWidget(self._sign)
        head.addWidget(self._title)
        head.addStretch(1)
        card.body.addStretch(1)
        card.body.addLayout(head)
        for label in centred:
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            card.body.addWidget(label)
        card.body.addStretch(1)
        self.undo = Button(theme, "", Kind.SECONDARY, key="F8")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Size.GAP))
        layout.addWidget(card, 1)
        layout.addWidget(self.undo)
        self.retranslate()

    def show_sale(self, sale: Sale, *, may_undo: bool) -> None:
        """Show what was paid, or taken back, and what is left or handed back."""
        self._title.setText(over_title(sale))
        self._amount.setText(words.money(sale.bill.due))
        self._who.setText(over_text(sale))
        self._who.setVisible(not sale.undone)
        self._text.setText(over_text(sale))
        self._text.setVisible(sale.undone)
        title, amount = _left(sale)
        self._left_title.setText(title)
        self._left.setText(amount)
        self._left_title.setVisible(bool(title))
        self._left.setVisible(bool(title))
        self.undo.setVisible(may_undo)
        self.setAccessibleName(f"{self._title.text()} {self._amount.text()} {title} {amount}".strip())

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self.undo.setText(_("Take back"))
        self._next.setText(_("The next diner may show a card."))


def _left(sale: Sale) -> tuple[str, str]:
    if sale.undone:
        return "", ""
    if sale.payment.tender is Tender.CARD:
        return _("Balance"), words.money(sale.balance_after)
    if sale.payment.tender is Tender.CASH:
        return _("Change"), words.money(sale.change)
    return "", ""


class _DoneSign(QWidget):
    """A check mark in a disc."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One size."""
        return QSize(self._theme.px(44), self._theme.px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """White on green."""
        painter, box = QPainter(self), QRectF(self.rect())
        draw_box(painter, box, Colour.GREEN, radius=box.width() / 2)
        pad = self._theme.px(11)
        white = self._theme.ink(Colour.WHITE, Colour.GREEN)
        draw_sign(painter, Sign.CHECK, box.adjusted(pad, pad, -pad, -pad), white, self._theme.px(5))
