"""A sheet that asks, by itself."""

from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.ask_sheet import AskSheet


def test_what_a_sheet_was_to_do_later_goes_with_it(qtbot: QtBot, theme: Theme) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    gone, stays = AskSheet(theme, page), AskSheet(theme, page)
    done: list[str] = []
    gone.later(0, lambda: done.append("gone"))
    stays.later(0, lambda: done.append("stays"))

    shiboken6.delete(gone)
    qtbot.waitUntil(lambda: "stays" in done)

    assert done == ["stays"]
