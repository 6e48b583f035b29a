"""The Qt application: font, look, Qt's own words, the beat of the clock, and where stray exceptions go."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from pos import i18n
from ui.theme import Theme, dress, load_font, scale_for

OnCrash = Callable[[BaseException], None]


def application() -> QApplication:
    """The one QApplication of this process, made if there is none yet."""
    existing = QApplication.instance()
    # As an argument: setStyle would give the style back, and PySide read all that there is to know of it.
    app = existing if isinstance(existing, QApplication) else QApplication([*sys.argv[:1], "-style", "Fusion"])
    app.setApplicationName("canteen-counter")
    return app


def dressed(app: QApplication, font: Path, *, wish: float = 1.0, size: tuple[int, int] | None = None) -> Theme:
    """Dress the application for a screen of `size` px (the primary screen if not given); `wish` is a further factor.

    Raises FileNotFoundError for a font that cannot be read.
    """
    if size is None:
        screen = app.primaryScreen().availableSize()
        size = (screen.width(), screen.height())
    theme = Theme(load_font(font), round(scale_for(*size) * wish, 2))
    dress(app, theme)
    return theme


class QtWords:
    """Qt's own words, such as those of a context menu, in the language of the moment."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._found = self._translator.load("qtbase_zh_CN", folder)
        self.speak(i18n.language())

    def speak(self, language: str) -> None:
        """Speak a language from now on."""
        self._app.removeTranslator(self._translator)
        if language == "zh_CN" and self._found:
            self._app.installTranslator(self._translator)


class Pulse:
    """Calls something again and again on the window's thread: the clock, the printer's turn."""

    def __init__(self, every_ms: int, beat: Callable[[], None], parent: QWidget | None = None) -> None:
        self._timer = QTimer(parent)
        self._timer.setInterval(every_ms)
        self._timer.timeout.connect(beat)

    def start(self) -> None:
        """Beat now, and then again and again."""
        self._timer.timeout.emit()
        self._timer.start()

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()


def catch_stray(on_crash: OnCrash) -> None:
    """Send what a Qt slot raises to the crash path: Qt itself would print it and go on."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        on_crash(error.with_traceback(trace))

    sys.excepthook = hook
