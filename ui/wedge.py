"""Listens to a card reader that types like a keyboard: its lines become cards, a person's keys go on as they are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit

from pos.devices.frames import LineFormat
from pos.devices.keyboard_wedge import GAP_MS, WedgeCollector, WedgeEvent, WedgeVerdict
from pos.devices.swipes import monotonic_ms
from pos.domain.cards import CardUid


class WedgeFilter(QObject):
    """Sees every key on its way to a window, before any widget does."""

    def __init__(self, app: QApplication, format_name: str, on_card: Callable[[CardUid], None]) -> None:
        super().__init__(app)
        self._collector = WedgeCollector(LineFormat(format_name))
        self._on_card = on_card
        self._window: QWindow | None = None
        self._replaying = False
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(GAP_MS)
        self._silence.timeout.connect(self._idle)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold back what may be a machine's; a key that repeats while it is held is a person's."""
        if self._replaying or not isinstance(watched, QWindow) or not isinstance(event, QKeyEvent):
            return False
        if event.type() is not QEvent.Type.KeyPress or event.isAutoRepeat():
            return False
        self._window = watched
        verdict = self._collector.key(event.text(), monotonic_ms())
        self._silence.start()
        self._carry_out(verdict)
        return verdict.swallow

    def _idle(self) -> None:
        self._carry_out(self._collector.idle(monotonic_ms()))

    def _carry_out(self, verdict: WedgeVerdict) -> None:
        self._replay(verdict.replay)
        if verdict.event is WedgeEvent.CARD and verdict.uid is not None:
            self._on_card(verdict.uid)
        focus = QApplication.focusWidget()
        if verdict.event is WedgeEvent.SCAN and isinstance(focus, QLineEdit):
            focus.insert(verdict.scanned)

    def _replay(self, text: str) -> None:
        if not text or self._window is None:
            return
        self._replaying = True
        try:
            for char in text:
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    key = QKeyEvent(kind, ord(char.upper()), Qt.KeyboardModifier.NoModifier, char)
                    QApplication.sendEvent(self._window, key)
        finally:
            self._replaying = False
