"""The month as a grid of days: number, badge, what is closed, what was decided by hand."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos import words
from pos.domain.calendar import DayKind
from pos.i18n import _
from pos.services.calendar import CalendarDay
from ui.calendar import phrases
from ui.calendar.presenter import MonthNow
from ui.theme import Colour, Size, Text, Theme
from ui.widgets.paint import Sign, draw_box, draw_sign

ROWS, COLUMNS = 6, 7
_HEAD = 34
_LEAST = (96, 60)
_MONDAY = date(2024, 1, 1)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -COLUMNS, Qt.Key.Key_Down: COLUMNS}
_GROUNDS = {
    DayKind.WORKDAY: (Colour.SURFACE, Colour.INK),
    DayKind.WEEKEND: (Colour.CANVAS, Colour.INK),
    DayKind.HOLIDAY: (Colour.RED_TINT, Colour.RED),
    DayKind.MAKE_UP: (Colour.AMBER_TINT, Colour.AMBER_INK),
}


class MonthGrid(QWidget):
    """The arrows move by a day or a week, the page keys by a month, Home leads to today; a touch marks a day."""

    stepped = Signal(int)
    turned = Signal(int)
    home = Signal()
    touched = Signal(object)
    chosen = Signal()

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._now: MonthNow | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_month(self, now: MonthNow) -> None:
        """Paint a month."""
        self._now = now
        day = now.day
        told = (phrases.full(day.day), phrases.listed(day.facts.kind, day.facts.holiday), phrases.opening(day.facts.open))
        self.setAccessibleName(", ".join(told))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for six weeks."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Room for six weeks."""
        theme = self._theme
        return QSize(theme.px(_LEAST[0] * COLUMNS), theme.px(_HEAD + _LEAST[1] * ROWS))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Days, weeks, months; Enter decides."""
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_Home:
            self.home.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.chosen.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mark the day that is touched."""
        if self._now is None:
            return
        for number in range(ROWS * COLUMNS):
            if self._cell(number).contains(event.position()):
                self.touched.emit(self._first() + timedelta(days=number))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Weekdays, then the days."""
        painter, theme = QPainter(self), self._theme
        painter.setFont(theme.font(Text.SMALL_STRONG))
        painter.setPen(theme.ink(Colour.MUTED, Colour.SURFACE))
        for weekday in range(COLUMNS):
            cell = self._cell(weekday)
            head = QRectF(cell.left(), 0, cell.width(), theme.px(_HEAD))
            painter.drawText(head, int(Qt.AlignmentFlag.AlignCenter), words.weekday(_MONDAY + timedelta(days=weekday)))
        if self._now is None:
            return
        offset = (self._now.month.first - self._first()).days
        for number, day in enumerate(self._now.month.days):
            self._paint_day(painter, self._cell(offset + number), day, self._now)

    def _paint_day(self, painter: QPainter, cell: QRectF, day: CalendarDay, now: MonthNow) -> None:
        theme, facts = self._theme, day.facts
        ground, text = _GROUNDS[facts.kind]
        if not facts.open:
            ground, text = Colour.SUNKEN, Colour.MUTED
        marked = day.day == now.marked
        edge = Colour.RING if marked and self.hasFocus() else Colour.GREEN if marked else Colour.LINE
        radius = theme.px(Size.SMALL_RADIUS)
        draw_box(painter, cell, ground, radius=radius, edge=edge, width=theme.px(Size.RING if marked else Size.HAIR))
        if not facts.open:
            self._hatch(painter, cell)
        inside = cell.adjusted(theme.px(8), theme.px(4), -theme.px(8), -theme.px(4))
        painter.setFont(theme.font(Text.STRONG if day.day != now.today else Text.HEADING))
        painter.setPen(theme.ink(text, ground))
        number = str(day.day.day)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), number)
        beside = QFontMetrics(painter.font()).horizontalAdvance(number) + theme.px(8)
        small = QFontMetrics(theme.font(Text.SMALL))
        painter.setFont(theme.font(Text.SMALL))
        if day.day == now.today:
            room = inside.adjusted(beside, 0, 0, 0)
            today = small.elidedText(_("today"), Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), today)
        badge = small.elidedText(phrases.badge(facts), Qt.TextElideMode.ElideRight, int(inside.width()))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), badge)
        if day.ruled is not None:
            side = theme.px(16)
            spot = QRectF(inside.right() - side, inside.top() + theme.px(4), side, side)
            draw_sign(painter, Sign.CHECK, spot, theme.ink(text, ground), theme.px(3))

    def _hatch(self, painter: QPainter, cell: QRectF) -> None:
        """Closed days are told by lines too, not by their colour alone."""
        painter.save()
        painter.setClipRect(cell.adjusted(2, 2, -2, -2))
        painter.setPen(QPen(QColor(Colour.LINE), 1))
        gap = self._theme.px(14)
        x = cell.left() - cell.height()
        while x < cell.right():
            painter.drawLine(int(x), int(cell.bottom()), int(x + cell.height()), int(cell.top()))
            x += gap
        painter.restore()

    def _first(self) -> date:
        """The Monday that the grid begins with."""
        assert self._now is not None, "a month is shown"
        first = self._now.month.first
        return first - timedelta(days=first.weekday())

    def _cell(self, number: int) -> QRectF:
        theme = self._theme
        head, gap = theme.px(_HEAD), theme.px(4)
        width, height = self.width() / COLUMNS, (self.height() - head) / ROWS
        line, place = divmod(number, COLUMNS)
        return QRectF(place * width + gap / 2, head + line * height + gap / 2, width - gap, height - gap)
