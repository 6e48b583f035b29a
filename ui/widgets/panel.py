"""A panel: the white card with round corners that holds what belongs together."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Size, Theme, mark


class Ground(StrEnum):
    """What a panel stands for."""

    PLAIN = "plain"
    GREEN = "green"
    SUNKEN = "sunken"
    AMBER = "amber"
    RED = "red"


class Card(QFrame):
    """A panel with a vertical `body`."""

    def __init__(
        self, theme: Theme, ground: Ground = Ground.PLAIN, *, pad: int = Size.WIDE, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", ground.value)
        self.body = QVBoxLayout(self)
        margin = theme.px(pad)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(theme.px(Size.SPACE))

    def set_ground(self, ground: Ground) -> None:
        """Change what the panel stands for."""
        mark(self, "ground", ground.value)


def row(theme: Theme, *widgets: QWidget, gap: int = Size.SPACE) -> QHBoxLayout:
    """Widgets side by side."""
    layout = QHBoxLayout()
    layout.setSpacing(theme.px(gap))
    for widget in widgets:
        layout.addWidget(widget)
    return layout


def column(theme: Theme, *widgets: QWidget, gap: int = Size.SPACE) -> QVBoxLayout:
    """Widgets under each other."""
    layout = QVBoxLayout()
    layout.setSpacing(theme.px(gap))
    for widget in widgets:
        layout.addWidget(widget)
    return layout
