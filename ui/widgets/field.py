"""A field: its label, the line to type into, and under it what is wrong with what was typed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Colour, Text, Theme, mark
from ui.widgets.labels import Label, Tone
from ui.widgets.paint import Sign, draw_sign


class Field(QWidget):
    """One question. `typed` tells each change by a person, `entered` the Enter key; both carry the text."""

    typed = Signal(str)
    entered = Signal(str)

    def __init__(
        self, theme: Theme, label: str = "", *, hint: str = "", secret: bool = False, longest: int = 100, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.label = Label(theme, label, Text.SMALL_STRONG)
        self.line = QLineEdit()
        self.line.setFont(theme.font(Text.BODY))
        self.line.setMaxLength(longest)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.label.setBuddy(self.line)
        self._wrong = _Wrong(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addWidget(self.label)
        layout.addWidget(self.line)
        layout.addWidget(self._wrong)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._edited)
        self.line.returnPressed.connect(lambda: self.entered.emit(self.line.text()))
        self.set_words(label, hint)

    def set_words(self, label: str, hint: str = "") -> None:
        """Ask in these words; the hint stands in the empty line."""
        self.label.setText(label)
        self.label.setVisible(bool(label))
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(label or hint)

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put a text into the line and take the complaint away."""
        self.line.setText(text)
        self.complain("")

    def complain(self, wrong: str) -> None:
        """Say what is wrong with the text; empty when nothing is. The room for it is always there."""
        self._wrong.setText(wrong)
        self.line.setAccessibleDescription(wrong)
        mark(self.line, "wrong", "true" if wrong else "false")

    @property
    def complaint(self) -> str:
        """What is said to be wrong."""
        return self._wrong.text()

    def _edited(self, text: str) -> None:
        if self.complaint:
            self.complain("")
        self.typed.emit(text)


class _Wrong(Label):
    """The complaint, behind an exclamation sign."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", Text.SMALL, Tone.RED, wrap=True)
        self._theme = theme
        self.setContentsMargins(theme.px(24), 0, 0, 0)
        self.setMinimumHeight(self.fontMetrics().height())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        """At least one line, so that nothing moves when a complaint comes."""
        return super().sizeHint().expandedTo(QSize(0, self.fontMetrics().height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sign, then the words."""
        super().paintEvent(_event)
        if self.text():
            side = self._theme.px(18)
            painter = QPainter(self)
            ink = self._theme.ink(Colour.RED, Colour.SURFACE)
            draw_sign(painter, Sign.BANG, QRectF(0, self._theme.px(4), side, side), ink, self._theme.px(3))
