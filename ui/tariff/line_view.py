"""The time line: one line for each set, with a bar over the months on which it holds."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.i18n import _
from ui.tariff.presenter import Bar, TimelineNow
from ui.theme import Colour, Size, Text, Theme
from ui.widgets.paint import Sign, draw_box, draw_sign

_LINE, _HEAD, _NAMES = 62, 40, 330
_BEFORE, _AFTER = 7, 11
"""Months that are shown before and after the one of today."""
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -6, Qt.Key.Key_PageDown: 6}


class TimeLine(QWidget):
    """The arrows mark a line, Enter opens it; a touch marks, a second one opens."""

    stepped = Signal(int)
    touched = Signal(int)
    chosen = Signal()

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._now: TimelineNow | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_timeline(self, now: TimelineNow) -> None:
        """Paint these lines."""
        self._now = now
        bar = now.marked
        self.setAccessibleName(f"{bar.title}, {told(bar, now.today)}" if bar else _("No tariff yet"))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for some lines."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Room for some lines."""
        return QSize(self._theme.px(760), self._theme.px(_HEAD + 4 * _LINE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark and open."""
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.chosen.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch marks a line."""
        at = self._first() + int((event.position().y() - self._theme.px(_HEAD)) // self._theme.px(_LINE))
        if self._now and event.position().y() > self._theme.px(_HEAD) and at < len(self._now.bars):
            self.touched.emit(at)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """A second one opens it."""
        self.chosen.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Months, lines, today."""
        if self._now is None:
            return
        painter, theme = QPainter(self), self._theme
        if not self._now.bars:
            painter.setFont(theme.font(Text.BODY))
            painter.setPen(theme.ink(Colour.MUTED, Colour.SURFACE))
            words = _("There is no tariff yet: everybody pays the list price. Begin one with F2.")
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), words)
            return
        self._paint_months(painter)
        first = self._first()
        for line, bar in enumerate(self._now.bars[first : first + self._room()]):
            self._paint_line(painter, line, bar, marked=first + line == self._now.at)
        x = self._x(self._now.today)
        painter.setPen(QPen(QColor(Colour.RING), theme.px(2)))
        painter.drawLine(QPointF(x, theme.px(_HEAD)), QPointF(x, self.height()))

    def _paint_months(self, painter: QPainter) -> None:
        theme = self._theme
        painter.setFont(theme.font(Text.SMALL))
        for number, month in enumerate(self._months()):
            x = self._x(month)
            painter.setPen(QPen(QColor(Colour.LINE), 1))
            painter.drawLine(QPointF(x, theme.px(_HEAD)), QPointF(x, self.height()))
            if number % 3 and month.month != 1:
                continue
            painter.setPen(theme.ink(Colour.MUTED, Colour.SURFACE))
            words = str(month.year) if month.month == 1 else f"{month.month:02d}"
            painter.drawText(QRectF(x + theme.px(4), 0, theme.px(80), theme.px(_HEAD)), int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_line(self, painter: QPainter, line: int, bar: Bar, *, marked: bool) -> None:
        theme, now = self._theme, self._now
        assert now is not None, "lines are shown"
        top = theme.px(_HEAD) + line * theme.px(_LINE)
        box = QRectF(2, top + 2, self.width() - 4, theme.px(_LINE) - 4)
        ground = Colour.GREEN_TINT if marked else Colour.SURFACE
        if marked:
            edge = Colour.RING if self.hasFocus() else Colour.GREEN
            draw_box(painter, box, ground, radius=theme.px(Size.SMALL_RADIUS), edge=edge, width=theme.px(Size.RING if self.hasFocus() else 1))
        names = QRectF(theme.px(14), box.top(), theme.px(_NAMES - 28), box.height())
        strong, small = theme.font(Text.SMALL_STRONG), theme.font(Text.SMALL)
        for font, words, upper in ((strong, bar.title, True), (small, told(bar, now.today), False)):
            painter.setFont(font)
            painter.setPen(theme.ink(Colour.INK if upper else Colour.MUTED, ground))
            half = QRectF(names.left(), names.top() + (theme.px(3) if upper else names.height() / 2), names.width(), names.height() / 2)
            text = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(half.width()))
            painter.drawText(half, int(Qt.AlignmentFlag.AlignVCenter), text)
        middle, height = box.center().y(), theme.px(22)
        if bar.valid_from is not None:
            self._bar(painter, bar.valid_from, bar.valid_to, middle, height, hollow=True)
        for span in bar.holds:
            self._bar(painter, span.first, span.last, middle, height, hollow=False)

    def _bar(self, painter: QPainter, first: date, last: date | None, middle: float, height: int, *, hollow: bool) -> None:
        left = self._x(first)
        right = float(self.width()) if last is None else self._x(last + timedelta(days=1))
        left = max(left, self._theme.px(_NAMES))
        if right <= left:
            return
        box = QRectF(left, middle - height / 2, right - left, height)
        fill = Colour.SURFACE if hollow else Colour.GREEN
        draw_box(painter, box, fill, radius=self._theme.px(6), edge=Colour.EDGE if hollow else Colour.GREEN_DOWN, width=1, dashed=hollow)
        if not hollow and box.width() > 2 * height:
            spot = QRectF(box.left() + self._theme.px(8), box.top() + 4, height - 8, height - 8)
            draw_sign(painter, Sign.CHECK, spot, self._theme.ink(Colour.WHITE, Colour.GREEN), self._theme.px(2))

    def _months(self) -> list[date]:
        assert self._now is not None, "lines are shown"
        number = self._now.today.year * 12 + self._now.today.month - 1 - _BEFORE
        return [date((number + step) // 12, (number + step) % 12 + 1, 1) for step in range(_BEFORE + _AFTER + 1)]

    def _x(self, day: date) -> float:
        """Where a day stands; days before the first month stand at its edge."""
        months = self._months()
        left = self._theme.px(_NAMES)
        days = (day - months[0]).days
        every = (months[-1] - months[0]).days + 31
        return left + max(0.0, min(1.0, days / every)) * (self.width() - left)

    def _room(self) -> int:
        return max(1, (self.height() - self._theme.px(_HEAD)) // self._theme.px(_LINE))

    def _first(self) -> int:
        """The first line that is shown, so that the marked one is in sight."""
        return max(0, self._now.at - self._room() + 1) if self._now else 0


def told(bar: Bar, today: date) -> str:
    """What a line is, in words."""
    if bar.draft is not None:
        return _("draft, by {name}").format(name=bar.draft.by)
    assert bar.valid_from is not None, "what is published has its day"
    holds = [span for span in bar.holds if span.last is None or span.last >= today]
    if any(span.first <= today for span in holds):
        return _("holds since {day}").format(day=bar.valid_from.isoformat())
    if holds:
        return _("holds from {day} on").format(day=holds[0].first.isoformat())
    return _("over; held from {day} on").format(day=bar.valid_from.isoformat())
