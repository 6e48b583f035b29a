"""One person of the staff: the name at the left, the role at the right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import Colour, Size, Text, Theme
from ui.widgets.paint import Sign, draw_box, draw_sign, ringed


class PersonRow(QAbstractButton):
    """A line to touch. The marked one has a thick edge, a tint and an arrow."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = ""
        self._role = ""
        self._marked = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_person(self, name: str, role: str, *, marked: bool) -> None:
        """Show somebody."""
        self._name, self._role, self._marked = name, role, marked
        self.setAccessibleName(f"{name}, {role}")
        self.setToolTip("" if self._shown_name() == name else name)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a thumb."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """As high as a thumb, with room for a role and a good part of a name."""
        return QSize(self._theme.px(480), self._theme.px(Size.TARGET))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter mark the line; the other keys are the sheet's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.click()
            event.accept()
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, name, role."""
        painter, theme = QPainter(self), self._theme
        box = ringed(painter, self, theme, theme.px(Size.RADIUS))
        ground = Colour.GREEN_TINT if self._marked or self.isDown() else Colour.SURFACE
        edge = Colour.GREEN if self._marked else Colour.LINE
        width = theme.px(3 if self._marked else 1)
        draw_box(painter, box, ground, radius=theme.px(Size.RADIUS), edge=edge, width=width)
        if self._marked:
            side = theme.px(20)
            spot = QRectF(theme.px(12), (self.height() - side) / 2, side, side)
            draw_sign(painter, Sign.NEXT, spot, theme.ink(Colour.GREEN_INK, ground), theme.px(3))
        painter.setPen(theme.ink(Colour.INK, ground))
        for text, size, side in (
            (self._shown_name(), Text.HEADING, Qt.AlignmentFlag.AlignLeft),
            (self._role, Text.BODY, Qt.AlignmentFlag.AlignRight),
        ):
            painter.setFont(theme.font(size))
            room = QRectF(theme.px(40), 0, self.width() - theme.px(40 + 16), self.height())
            painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), text)

    def _shown_name(self) -> str:
        role = QFontMetrics(self._theme.font(Text.BODY)).horizontalAdvance(self._role)
        room = self.width() - role - self._theme.px(40 + 16 + Size.WIDE)
        metrics = QFontMetrics(self._theme.font(Text.HEADING))
        return metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room)
