"""A table of many rows: read by eye and by arrow keys, painted in the house's look, quick with 20,000 rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.theme import Colour, Size, Text, Theme
from ui.widgets.labels import Tone

AnyIndex: TypeAlias = QModelIndex | QPersistentModelIndex

_INKS = {
    Tone.PLAIN: Colour.INK,
    Tone.MUTED: Colour.MUTED,
    Tone.GREEN: Colour.GREEN_INK,
    Tone.MONEY: Colour.MONEY,
    Tone.RED: Colour.RED,
}
_NOWHERE = QModelIndex()
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)


@dataclass(frozen=True, slots=True)
class Column:
    """A title and its place. `width` in px at scale 1, more where the title needs more; 0 takes what is left. Amounts
    and counts stand to the right.
    """

    title: str
    width: int = 0
    right: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its words, one for each column, and what the row's colour means; a word says it too.

    What is `struck` out held once: all but the first cell, which says so, has a line through it.
    """

    cells: tuple[str, ...]
    tone: Tone = Tone.PLAIN
    struck: bool = False


class _Model(QAbstractTableModel):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.columns: tuple[Column, ...] = ()
        self.lines: Sequence[Line] = ()
        self._head_font = theme.font(Text.SMALL_STRONG)
        self._struck_font = theme.font(Text.SMALL)
        self._struck_font.setStrikeOut(True)

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return line.cells[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(self.columns[index.column()])
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(_INKS[line.tone])
        if role == Qt.ItemDataRole.FontRole and line.struck and index.column():
            return self._struck_font
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(self.columns[section])
        return self._head_font if role == Qt.ItemDataRole.FontRole else None


class Table(QTableView):
    """`marked` tells the row the arrows stand on, `chosen` Enter or a double click on it. Both count from 0."""

    marked = Signal(int)
    chosen = Signal(int)

    def __init__(self, theme: Theme, *, row_height: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = _Model(theme)
        self._empty = ""
        self.setModel(self._model)
        self.setFont(theme.font(Text.SMALL))
        self.setMinimumHeight(theme.px(120))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(row_height))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setFixedHeight(theme.px(40))
        self.doubleClicked.connect(lambda index: self.chosen.emit(index.row()))
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.marked.emit(now.row()))

    # -- facts --------------------------------------------------------------------------------------

    def set_columns(self, columns: tuple[Column, ...]) -> None:
        """Show these columns; the rows that are there must fit them."""
        self._model.beginResetModel()
        self._model.columns = columns
        self._model.endResetModel()
        head = self.horizontalHeader()
        head.setMinimumSectionSize(self._theme.px(24))
        for at, column in enumerate(columns):
            if column.width:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
                head.resizeSection(at, max(self._theme.px(column.width), self._room_for_title(at)))
            else:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

    def set_lines(self, lines: Sequence[Line], at: int = 0) -> None:
        """Show these rows and mark the one at `at`, or the nearest there is."""
        self._model.beginResetModel()
        self._model.lines = lines
        self._model.endResetModel()
        if lines:
            self.mark(min(max(at, 0), len(lines) - 1))

    def set_empty_words(self, words: str) -> None:
        """What stands in the table while there is no row."""
        self._empty = words
        self.viewport().update()

    @property
    def at(self) -> int:
        """The marked row, -1 where there is none."""
        return self.currentIndex().row()

    @property
    def lines(self) -> Sequence[Line]:
        """What is shown."""
        return self._model.lines

    def mark(self, at: int) -> None:
        """Mark a row and bring it into sight."""
        index = self._model.index(at, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    # -- keys and paint -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses; letters, Esc and the arrows to the sides are the page's; the others go from row to row."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.at >= 0 and not event.isAutoRepeat():
                self.chosen.emit(self.at)
            event.accept()
        elif key in _ENDS and self.lines:
            self.mark(0 if key == Qt.Key.Key_Home else len(self.lines) - 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) or event.modifiers() & Qt.KeyboardModifier.ControlModifier or key == Qt.Key.Key_Escape or (event.text().isprintable() and event.text()):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's rows, or the words for none."""
        super().paintEvent(event)
        if self._model.lines or not self._empty:
            return
        painter = QPainter(self.viewport())
        painter.setFont(self._theme.font(Text.BODY))
        painter.setPen(self._theme.ink(Colour.MUTED, Colour.SURFACE))
        edge = self._theme.px(Size.WIDE)
        room: QRect = self.viewport().rect().adjusted(edge, edge, -edge, -edge)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._empty)

    def titles_fit(self) -> bool:
        """Whether every title can be read whole."""
        head = self.horizontalHeader()
        return all(self._room_for_title(at) <= head.sectionSize(at) for at in range(len(self._model.columns)))

    def _room_for_title(self, at: int) -> int:
        title = QFontMetrics(self._theme.font(Text.SMALL_STRONG)).horizontalAdvance(self._model.columns[at].title)
        return title + 2 * self._theme.head_cell


def _side(column: Column) -> Qt.AlignmentFlag:
    return (Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
