"""Readers that type: every key of the window is shown to the collector first, and a machine's line is taken out."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from pos.devices.frames import LineFormat
from pos.devices.keyboard_wedge import GAP_MS, WedgeCollector, WedgeEvent, WedgeVerdict

_NO_MODIFIER = Qt.KeyboardModifier.NoModifier
_TYPED = _NO_MODIFIER | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def _steady_ms() -> int:
    return time.monotonic_ns() // 1_000_000


class KeyboardWedge(QObject):
    """`card` carries a CardUid. `payment_code` carries nothing: no part of such a code is kept.

    Keep a reference to it; `listen` begins and `close` ends. A scanned line that is no card goes into the text
    field that has the focus, and nowhere else: its digits would choose dishes and its Enter would pay.
    """

    card = Signal(object)
    payment_code = Signal()

    def __init__(self, line_format: LineFormat, now_ms: Callable[[], int] = _steady_ms) -> None:
        super().__init__()
        self._collector = WedgeCollector(line_format)
        self._now_ms = now_ms
        self._replaying = False
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(GAP_MS)
        self._silence.timeout.connect(self._fell_silent)

    def listen(self) -> None:
        """See every key from now on."""
        app = QCoreApplication.instance()
        assert app is not None, "the application is there before its readers"
        app.installEventFilter(self)

    def close(self) -> None:
        """See no more keys."""
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._silence.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold a key back, or let it pass."""
        if self._replaying or event.type() is not QEvent.Type.KeyPress or watched is not QApplication.focusWidget():
            return False
        assert isinstance(event, QKeyEvent)
        if event.modifiers() & ~_TYPED:
            return False
        verdict = self._collector.key(_char_of(event), self._now_ms())
        self._silence.start()
        self._obey(verdict)
        return verdict.swallow

    def _fell_silent(self) -> None:
        self._obey(self._collector.idle(self._now_ms() + GAP_MS))

    def _obey(self, verdict: WedgeVerdict) -> None:
        for char in verdict.replay:
            self._replay(char)
        match verdict.event:
            case WedgeEvent.CARD:
                self.card.emit(verdict.uid)
            case WedgeEvent.PAYMENT_CODE:
                self.payment_code.emit()
            case WedgeEvent.SCAN:
                field = QApplication.focusWidget()
                if isinstance(field, QLineEdit):
                    field.insert(verdict.scanned)
                    field.textEdited.emit(field.text())
            case None:
                pass

    def _replay(self, char: str) -> None:
        """Give a person's key to whatever has the focus, as if it came now."""
        focused = QApplication.focusWidget()
        if focused is None:
            return
        key = ord(char.upper())
        self._replaying = True
        try:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.sendEvent(focused, QKeyEvent(kind, key, _NO_MODIFIER, char))
        finally:
            self._replaying = False


def _char_of(event: QKeyEvent) -> str:
    return "\r" if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else event.text()
