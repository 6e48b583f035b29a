"""The page of a member's particulars: what is known, in two columns."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from ui.asking import Fact
from ui.theme import Size, Text, Theme
from ui.widgets.labels import Label, Tone


class FactSheet(QScrollArea):
    """Facts in two columns, read down the left one first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: list[tuple[Label, Label]] = []
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, theme.px(Size.GAP), 0)
        self._grid.setHorizontalSpacing(theme.px(Size.SPACE))
        self._grid.setVerticalSpacing(theme.px(Size.GAP))
        for at, stretch in ((1, 1), (3, 1)):
            self._grid.setColumnStretch(at, stretch)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show these; an answer that nobody gave is a dash."""
        half = -(-len(facts) // 2)
        while len(self._shown) < len(facts):
            self._add(len(self._shown), half)
        for (what, told), fact in zip(self._shown, facts, strict=True):
            what.setText(fact.what)
            told.setText(fact.told or "–")

    def _add(self, at: int, half: int) -> None:
        what = Label(self._theme, "", Text.SMALL, Tone.MUTED)
        told = Label(self._theme, "", Text.BODY, wrap=True)
        line, side = at % half, 2 * (at // half)
        self._grid.addWidget(what, line, side)
        self._grid.addWidget(told, line, side + 1)
        self._grid.setRowStretch(half, 1)
        self._shown.append((what, told))
