"""A table whose rows can be dragged with the mouse: to another place, or to another table."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme import Colour, Theme
from ui.widgets.paint import draw_box
from ui.widgets.table import Table

ROW = "application/x-canteen-row"
_NOWHERE = -1


class DragTable(Table):
    """`carried` tells that a row was let go here: the name of its table, its row there, and the row here it goes before.

    `takes` are the names of the tables, perhaps its own, from which rows may come. The keyboard does all of it too.
    """

    carried = Signal(str, int, int)

    def __init__(
        self, theme: Theme, name: str, takes: frozenset[str], *, row_height: int = 40, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, row_height=row_height, parent=parent)
        self._name = name
        self._takes = takes
        self._held: QPoint | None = None
        self._before = _NOWHERE
        self.viewport().setAcceptDrops(True)

    # -- taking a row up ----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mark the row; from here it may be dragged."""
        super().mousePressEvent(event)
        at = event.position().toPoint()
        held = event.button() is Qt.MouseButton.LeftButton and self.rowAt(at.y()) >= 0
        self._held = at if held else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Far enough from where it was pressed the row goes along; a shorter way is an unsteady hand."""
        held = self._held
        if held is None:
            return
        if (event.position().toPoint() - held).manhattanLength() >= QApplication.startDragDistance():
            self._held = None
            self._carry(self.rowAt(held.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing was dragged."""
        self._held = None
        super().mouseReleaseEvent(event)

    def _carry(self, row: int) -> None:
        data = QMimeData()
        data.setData(ROW, f"{self._name} {row}".encode())
        drag = QDrag(self)
        drag.setMimeData(data)
        first = self.visualRect(self.model().index(row, 0))
        drag.setPixmap(self.viewport().grab(first.adjusted(0, 0, self.viewport().width() - first.width(), 0)))
        drag.setHotSpot(QPoint(self._theme.px(24), first.height() // 2))
        drag.exec(Qt.DropAction.MoveAction)

    # -- letting it go ------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A row from a table it takes rows from is welcome."""
        self._hover(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would go."""
        self._hover(event)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """It went elsewhere."""
        self._point(_NOWHERE)

    def dropEvent(self, event: QDropEvent) -> None:
        """It was let go."""
        row, before = self._row_of(event), self._before_at(event)
        self._point(_NOWHERE)
        if row is None:
            event.ignore()
            return
        event.acceptProposedAction()
        self.carried.emit(*row, before)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and a bar where the dragged one would go."""
        super().paintEvent(event)
        if self._before == _NOWHERE:
            return
        height = self._theme.px(4)
        top = self.rowViewportPosition(self._before) if self._before < len(self.lines) else self._end()
        top = min(max(top - height // 2, 0), self.viewport().height() - height)
        painter = QPainter(self.viewport())
        draw_box(painter, QRectF(0, top, self.viewport().width(), height), Colour.MONEY, radius=height / 2)

    def _hover(self, event: QDragMoveEvent) -> None:
        if self._row_of(event) is None:
            event.ignore()
            return
        event.acceptProposedAction()
        self._point(self._before_at(event))

    def _row_of(self, event: QDropEvent) -> tuple[str, int] | None:
        data = bytes(event.mimeData().data(ROW).data()).decode()
        name, _space, row = data.partition(" ")
        return (name, int(row)) if name in self._takes else None

    def _before_at(self, event: QDropEvent) -> int:
        y = event.position().toPoint().y()
        row = self.rowAt(y)
        if row < 0:
            return len(self.lines)
        return row + (y > self.rowViewportPosition(row) + self.rowHeight(row) // 2)

    def _end(self) -> int:
        last = len(self.lines) - 1
        return self.rowViewportPosition(last) + self.rowHeight(last) if last >= 0 else 0

    def _point(self, before: int) -> None:
        self._before = before
        self.viewport().update()
