"""A text box: several lines of text under a label, with a complaint that names its line."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from ui.theme import Colour, Text, Theme
from ui.widgets.labels import Label, Tone


class TextBox(QWidget):
    """`typed` tells each change by a person. Tab leaves the box, so that the keys go on."""

    typed = Signal()

    def __init__(self, theme: Theme, label: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        self.label = Label(theme, label, Text.SMALL_STRONG)
        self.edit = QPlainTextEdit()
        self.edit.setFont(theme.font(Text.SMALL))
        self.edit.setTabChangesFocus(True)
        self.edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._wrong = Label(theme, "", Text.SMALL, Tone.RED, wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        for widget in (self.label, self.edit, self._wrong):
            layout.addWidget(widget)
        self.label.setBuddy(self.edit)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._changed)
        self.set_label(label)
        self.complain("")

    def set_label(self, label: str) -> None:
        """Ask in these words."""
        self.label.setText(label)
        self.label.setVisible(bool(label))
        self.edit.setAccessibleName(label)

    @property
    def text(self) -> str:
        """What stands in the box."""
        return self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Put a text into the box and take the complaint away."""
        self._quiet = True
        self.edit.setPlainText(text)
        self._quiet = False
        self.complain("")

    def complain(self, wrong: str, line: int = 0) -> None:
        """Say what is wrong, and tint the line (from 1) where it is; empty when nothing is."""
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self.edit.setAccessibleDescription(wrong)
        self._quiet = True
        self._tint(line if wrong else 0)
        self._quiet = False

    @property
    def complaint(self) -> str:
        """What is said to be wrong."""
        return self._wrong.text()

    def _tint(self, line: int) -> None:
        plain, tinted = QTextBlockFormat(), QTextBlockFormat()
        tinted.setBackground(QColor(Colour.RED_TINT))
        cursor = QTextCursor(self.edit.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(plain)
        block = self.edit.document().findBlockByNumber(line - 1)
        if line and block.isValid():
            cursor = QTextCursor(block)
            cursor.setBlockFormat(tinted)
            self.edit.setTextCursor(QTextCursor(block))

    def _changed(self) -> None:
        if not self._quiet:
            self.typed.emit()
