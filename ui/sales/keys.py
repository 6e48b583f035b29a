"""The keys of the sale screen, the same whatever control has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

_ONCE = {
    Qt.Key.Key_F2: "find",
    Qt.Key.Key_F3: "reserve",
    Qt.Key.Key_F4: "waive",
    Qt.Key.Key_F5: "again",
    Qt.Key.Key_F6: "top_up",
    Qt.Key.Key_F7: "way",
    Qt.Key.Key_F8: "undo",
    Qt.Key.Key_F9: "cash",
    Qt.Key.Key_F10: "code",
    Qt.Key.Key_F12: "enter",
    Qt.Key.Key_Return: "enter",
    Qt.Key.Key_Enter: "enter",
    Qt.Key.Key_Escape: "escape",
    Qt.Key.Key_Slash: "set_dishes",
    Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_Backspace: "remove",
}
_STEPS = {
    Qt.Key.Key_Plus: ("more", 1),
    Qt.Key.Key_Equal: ("more", 1),
    Qt.Key.Key_Minus: ("more", -1),
    Qt.Key.Key_Up: ("line", -1),
    Qt.Key.Key_Down: ("line", 1),
    Qt.Key.Key_Left: ("shelf", -1),
    Qt.Key.Key_Right: ("shelf", 1),
    Qt.Key.Key_PageUp: ("page", -1),
    Qt.Key.Key_PageDown: ("page", 1),
}


class CounterKeys(QObject):
    """Watches a page and everything on it. A key that is held down repeats only where that steps something."""

    find = Signal()
    reserve = Signal()
    again = Signal()
    top_up = Signal()
    way = Signal()
    undo = Signal()
    waive = Signal()
    cash = Signal()
    code = Signal()
    enter = Signal()
    escape = Signal()
    remove = Signal()
    set_dishes = Signal()
    more = Signal(int)
    line = Signal(int)
    shelf = Signal(int)
    page = Signal(int)
    digit = Signal(int)
    pressed = Signal()

    def __init__(self, page: QWidget, enter_button: QAbstractButton) -> None:
        super().__init__(page)
        self._enter_button = enter_button
        self._watched: set[QWidget] = set()
        self.watch(page)

    def watch(self, page: QWidget) -> None:
        """Watch whatever came onto the page since; each once."""
        for widget in (page, *page.findChildren(QWidget)):
            if widget not in self._watched:
                self._watched.add(widget)
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that mean something here."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        return self._take(watched, event)

    def _take(self, watched: QObject, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            if not event.isAutoRepeat():
                self.digit.emit(int(key) - int(Qt.Key.Key_0))
            return True
        self.pressed.emit()
        if key in _STEPS:
            name, step = _STEPS[key]
            getattr(self, name).emit(step)
            return True
        if key not in _ONCE:
            return False
        if event.isAutoRepeat():
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._on_another_button(watched):
            assert isinstance(watched, QAbstractButton)
            watched.click()
        else:
            getattr(self, _ONCE[key]).emit()
        return True

    def _on_another_button(self, watched: QObject) -> bool:
        """Enter belongs to the button that the Tab key went to, as everywhere."""
        return isinstance(watched, QAbstractButton) and watched is not self._enter_button
