"""What the tests of the small screens share: a strip that remembers, and a window shown at a size."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow, Page
from ui.messages import Message
from ui.theme import Theme


def focused() -> QWidget:
    """The widget that a key press would reach."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


class Strip:
    """Remembers the message that is shown."""

    def __init__(self) -> None:
        self.message: Message | None = None

    @property
    def title(self) -> str:
        return self.message.title if self.message else ""

    def show_message(self, message: Message) -> None:
        self.message = message

    def clear_message(self) -> None:
        self.message = None


def shown(qtbot: QtBot, theme: Theme, page: Page, size: tuple[int, int]) -> MainWindow:
    """A window of this size, in practice, with the page in it."""
    window = MainWindow(theme)
    qtbot.addWidget(window)
    window.add_page("page", page)
    window.set_canteen("幸福里社区食堂", practice=True)
    window.resize(*size)
    window.show()
    window.activateWindow()
    window.show_page("page")
    QApplication.processEvents()
    return window
