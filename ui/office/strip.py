"""The strip of long work: what is being done, how far it is, and the button that gives it up."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos.i18n import _
from ui.theme import Colour, Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import ElidedLabel
from ui.widgets.paint import draw_box
from ui.widgets.panel import Card, Ground


class _Bar(QWidget):
    """How far it is; without a known end the bar stays empty and the words say so."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._part = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_part(self, part: float) -> None:
        self._part = min(max(part, 0.0), 1.0)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, radius = QPainter(self), self._theme.px(6)
        whole = QRectF(0.5, 0.5, self.width() - 1, self.height() - 1)
        draw_box(painter, whole, Colour.SUNKEN, radius=radius, edge=Colour.EDGE, width=1)
        if self._part:
            draw_box(painter, QRectF(0, 0, whole.width() * self._part, self.height()), Colour.GREEN, radius=radius)


class WorkStrip(Card):
    """Keeps the promises of ui.office.work.WorkView; `given_up` is the wish to end the work."""

    given_up = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, Ground.AMBER, pad=Size.SPACE)
        self._title = ElidedLabel(theme, "", Text.STRONG)
        self._bar = _Bar(theme)
        self._far = ElidedLabel(theme, "", Text.SMALL_STRONG)
        self._stop = Button(theme, "", Kind.DANGER, key="Esc")
        line = QHBoxLayout()
        line.setSpacing(theme.px(Size.WIDE))
        for widget, stretch in ((self._title, 2), (self._bar, 3), (self._far, 1), (self._stop, 0)):
            line.addWidget(widget, stretch)
        self.body.addLayout(line)
        self._stop.clicked.connect(self.given_up)
        self.retranslate()
        self.hide()

    def show_work(self, title: str, done: int, total: int) -> None:
        """Show how far a piece of work is."""
        self._title.setText(title)
        self._bar.set_part(done / total if total else 0.0)
        self._far.setText(f"{100 * done // total}%" if total else "…")
        self._bar.setAccessibleName(f"{title} {self._far.text()}")
        self.show()
        self.raise_()

    def work_over(self) -> None:
        """Show nothing any more."""
        self.hide()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._stop.setText(_("Give up"))
