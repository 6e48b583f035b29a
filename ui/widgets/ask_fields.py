"""The fields of a question: a line, a secret line, a choice, a tick; each shows a value and tells a person's change."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from ui.asking import YES, AskField, FieldKind
from ui.theme import Text, Theme
from ui.widgets.choice import Choice
from ui.widgets.labels import Label
from ui.widgets.tick import Tick

_PAGE_KEYS = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Entry(QWidget):
    """One field of a question. `typed` carries the new value; a value that is only shown is not told."""

    typed = Signal(str)

    def show_field(self, asked: AskField) -> None:
        """Ask in these words, and show this value."""
        raise NotImplementedError

    def mark(self, *, wrong: bool) -> None:
        """Show that the answer is wrong; only a line can be."""


class _LineEntry(Entry):
    def __init__(self, theme: Theme, *, secret: bool) -> None:
        super().__init__()
        self._label = Label(theme, "", Text.SMALL_STRONG)
        self._line = QLineEdit()
        self._line.setFont(theme.font(Text.BODY))
        if secret:
            self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._label.setBuddy(self._line)
        _under_each_other(self, theme, self._label, self._line)
        self.setFocusProxy(self._line)
        self._line.textEdited.connect(self.typed)

    def show_field(self, asked: AskField) -> None:
        self._label.setText(asked.label)
        self._line.setAccessibleName(asked.label or asked.hint)
        self._line.setPlaceholderText(asked.hint)
        # Qt sets the text anew with it: while somebody types in the middle, the cursor would jump to the end.
        if self._line.maxLength() != asked.longest:
            self._line.setMaxLength(asked.longest)
        self._line.setEnabled(asked.enabled)
        self.setEnabled(asked.enabled)
        if self._line.text() != asked.value:
            self._line.setText(asked.value)

    def mark(self, *, wrong: bool) -> None:
        marked = "true" if wrong else "false"
        if self._line.property("wrong") != marked:
            self._line.setProperty("wrong", marked)
            self._line.style().unpolish(self._line)
            self._line.style().polish(self._line)


class _ChoiceEntry(Entry):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._choice = Choice(theme)
        self._options: tuple[tuple[str, str], ...] = ()
        _under_each_other(self, theme, self._choice)
        self._choice.box.installEventFilter(self)
        self.setFocusProxy(self._choice)
        # Not by `chosen`: an arrow key changes a closed box at once, and what is seen is what is meant.
        self._choice.box.currentIndexChanged.connect(lambda _at: self._changed())

    def show_field(self, asked: AskField) -> None:
        self._choice.set_label(asked.label)
        self.setEnabled(asked.enabled)
        self._choice.box.blockSignals(True)
        if asked.options != self._options:
            self._options = asked.options
            self._choice.set_options(asked.options)
        self._choice.set_value(asked.value)
        self._choice.box.blockSignals(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page keys turn the pages of the question, and a wheel that passes over it changes nothing."""
        if event.type() is QEvent.Type.Wheel:
            event.ignore()
            return True
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _PAGE_KEYS:
            QApplication.sendEvent(self, event)
            return True
        return super().eventFilter(watched, event)

    def _changed(self) -> None:
        self.typed.emit(self._choice.value)


class _TickEntry(Entry):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._tick = Tick(theme)
        _under_each_other(self, theme, self._tick)
        self.setFocusProxy(self._tick)
        self._tick.clicked.connect(lambda on: self.typed.emit(YES if on else ""))

    def show_field(self, asked: AskField) -> None:
        self._tick.say(asked.label)
        self._tick.setEnabled(asked.enabled)
        self.setEnabled(asked.enabled)
        self._tick.setChecked(bool(asked.value))


def entry_for(theme: Theme, kind: FieldKind) -> Entry:
    """A field of this kind."""
    match kind:
        case FieldKind.CHOICE:
            return _ChoiceEntry(theme)
        case FieldKind.TICK:
            return _TickEntry(theme)
        case FieldKind.LINE | FieldKind.SECRET:
            return _LineEntry(theme, secret=kind is FieldKind.SECRET)


def _under_each_other(entry: Entry, theme: Theme, *widgets: QWidget) -> None:
    layout = QVBoxLayout(entry)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.px(4))
    for widget in widgets:
        layout.addWidget(widget)
