"""The dishes on the bill: each with its amount and a stepper as large as a thumb."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pos.domain.pricing import BasketItem
from pos.words import menu as menu_said
from ui.sales.counter import Counter
from ui.theme import Colour, Size, Text, Theme
from ui.widgets.labels import AmountLabel, ElidedLabel, Label, Tone
from ui.widgets.paint import draw_box
from ui.widgets.stepper import Stepper

_BAR, _EDGE = 14, 2
"""Room at the left of a line for the bar of the one in hand, and on its other sides."""


class ItemList(QScrollArea):
    """As many lines as the bill has; lines are kept and filled again."""

    put = Signal(str, int)
    touched = Signal(str)
    set_touched = Signal(str)

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: list[_Line] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._inside = QWidget()
        self._inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self._layout = QVBoxLayout(self._inside)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(4))
        self._layout.addStretch(1)
        self.setWidget(self._inside)

    def show_counter(self, counter: Counter) -> None:
        """Show the lines of the bill; the one in hand is marked and in sight."""
        bill = counter.bill
        items = bill.basket if bill else ()
        while len(self._lines) < len(items):
            self._add_line()
        in_hand: _Line | None = None
        for number, line in enumerate(self._lines):
            line.setVisible(number < len(items))
            if number < len(items):
                name = counter.tray.portions[number][0]
                held = name == counter.tray.in_hand
                line.show_item(name, items[number], in_hand=held)
                in_hand = line if held else in_hand
        if in_hand is not None:
            self._inside.adjustSize()
            self.ensureWidgetVisible(in_hand, 0, 0)

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        for line in self._lines:
            line.stepper.retranslate()

    def minimumSizeHint(self) -> QSize:
        """One whole line; the scroll bar says that there are more."""
        return QSize(self._theme.px(240), self._theme.px(68))

    def sizeHint(self) -> QSize:
        """Three lines."""
        return QSize(self._theme.px(300), self._theme.px(204))

    def _add_line(self) -> None:
        line = _Line(self._theme)
        line.put.connect(self.put)
        line.touched.connect(self.touched)
        line.set_touched.connect(self.set_touched)
        for button in line.findChildren(QAbstractButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lines.append(line)
        self._layout.insertWidget(len(self._lines) - 1, line)


class _Line(QWidget):
    """One dish."""

    put = Signal(str, int)
    touched = Signal(str)
    set_touched = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._called = ""
        self._quantity = 0
        self._in_hand = False
        self._name = ElidedLabel(theme, "", Text.STRONG)
        self._amount = AmountLabel(theme, "", Text.BODY)
        self._amount.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._chosen = Label(theme, "", Text.SMALL, Tone.MUTED, wrap=True)
        self.stepper = Stepper(theme)
        self.stepper.stepped.connect(lambda step: self.put.emit(self._called, self._quantity + step))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._amount)
        row = QHBoxLayout()
        row.setSpacing(theme.px(Size.GAP))
        row.addLayout(words, 1)
        row.addWidget(self.stepper)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.px(_BAR), theme.px(_EDGE), theme.px(_EDGE), theme.px(_EDGE))
        whole.setSpacing(0)
        whole.addLayout(row)
        whole.addWidget(self._chosen)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_item(self, name: str, item: BasketItem, *, in_hand: bool) -> None:
        """Show one line of the bill, which the tray calls `name`."""
        self._called, self._quantity, self._in_hand = name, item.quantity, in_hand
        self._name.setText(item.name)
        self._amount.set_what(item.name)
        self._amount.set_amount(item.amount)
        self._chosen.setVisible(bool(item.chosen))
        self._chosen.setText(menu_said.names(name for _dish_id, name in item.chosen))
        self.stepper.set_what(item.name)
        self.stepper.set_count(item.quantity)
        self._make_room()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The dishes of a set meal take the lines they need."""
        super().resizeEvent(event)
        self._make_room()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch takes the dish in hand; one on the dishes of a set meal is the wish to choose them again."""
        self.touched.emit(self._called)
        if self._chosen.isVisible() and self._chosen.geometry().contains(event.position().toPoint()):
            self.set_touched.emit(self._called)

    def _make_room(self) -> None:
        # By hand: a scroll area asks for a height before it knows the width that decides it.
        room = self.width() - self._theme.px(_BAR + _EDGE)
        self._chosen.setMinimumHeight(max(self._chosen.heightForWidth(room), 0))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line in hand has a bar at its left and a ground of its own."""
        if self._in_hand:
            painter = QPainter(self)
            draw_box(painter, QRectF(self.rect()), Colour.CANVAS, radius=self._theme.px(8))
            bar = QRectF(0, self._theme.px(8), self._theme.px(5), self.height() - self._theme.px(16))
            draw_box(painter, bar, Colour.GREEN, radius=self._theme.px(2))
