"""Small questions for the editor's sheets: a label over one line, without room for a complaint of its own."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.theme import Size, Text, Theme
from ui.widgets.labels import Label
from ui.widgets.panel import row
from ui.widgets.tick import Tick


class Ask(QWidget):
    """One line to type into, under its label."""

    typed = Signal()

    def __init__(self, theme: Theme, *, longest: int = 200) -> None:
        super().__init__()
        self._label = Label(theme, "", Text.SMALL_STRONG)
        self.line = QLineEdit()
        self.line.setFont(theme.font(Text.BODY))
        self.line.setMaxLength(longest)
        self._label.setBuddy(self.line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(2))
        layout.addWidget(self._label)
        layout.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(lambda _text: self.typed.emit())

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self.line.text()

    def say(self, label: str, hint: str = "") -> None:
        """Ask in these words."""
        self._label.setText(label)
        self._label.setVisible(bool(label))
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(label)

    def set_text(self, text: str) -> None:
        """Put a text into the line."""
        self.line.setText(text)

    def mark(self, *, wrong: bool) -> None:
        """Show the line as wrong, or not."""
        self.line.setProperty("wrong", "true" if wrong else "false")
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)


class Ticks(QWidget):
    """A label, and one box for each value; with none ticked it is about all of them."""

    turned = Signal()

    def __init__(self, theme: Theme, values: Iterable[str]) -> None:
        super().__init__()
        self._label = Label(theme, "", Text.SMALL_STRONG)
        self._label.setFixedWidth(theme.px(120))
        self.boxes = {value: Tick(theme) for value in values}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(2))
        layout.addWidget(self._label)
        for box in self.boxes.values():
            layout.addWidget(box)
            box.toggled.connect(lambda _on: self.turned.emit())
        layout.addStretch(1)

    def say(self, label: str, words: dict[str, str]) -> None:
        """Ask in these words."""
        self._label.setText(label)
        for value, box in self.boxes.items():
            box.say(words[value])

    @property
    def chosen(self) -> frozenset[str]:
        """The values that are ticked."""
        return frozenset(value for value, box in self.boxes.items() if box.isChecked())

    def set_chosen(self, values: frozenset[str]) -> None:
        """Tick these."""
        for value, box in self.boxes.items():
            box.setChecked(value in values)


def page_of(theme: Theme, *lines: QWidget | tuple[QWidget, ...]) -> QWidget:
    """Questions under each other; those of a tuple side by side, of one width."""
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.px(Size.GAP))
    for line in lines:
        if isinstance(line, tuple):
            beside = row(theme, *line)
            for at in range(len(line)):
                beside.setStretch(at, 1)
            layout.addLayout(beside)
        else:
            layout.addWidget(line)
    layout.addStretch(1)
    return page

