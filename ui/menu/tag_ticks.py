"""The tags of a dish, a tick each: the arrow keys go round them, Space turns one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pos.domain.diet import Tag, Tags
from pos.i18n import _
from pos.words import menu as menu_said
from ui.theme import Text, Theme
from ui.widgets.labels import Label
from ui.widgets.tick import Tick

COLUMNS = 3


class TagTicks(QWidget):
    """What is in the dish above, what it is fit for below."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = Label(theme, "", Text.SMALL_STRONG)
        self._ticks = {tag: Tick(theme) for tag in Tag}
        grid = QGridLayout()
        grid.setSpacing(0)
        for place, tick in enumerate(self._ticks.values()):
            grid.addWidget(tick, place // COLUMNS, place % COLUMNS)
        for number in range(COLUMNS):
            grid.setColumnStretch(number, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addWidget(self._label)
        layout.addLayout(grid)
        self.retranslate()

    @property
    def tags(self) -> Tags:
        """Those that are ticked."""
        return tuple(tag for tag, tick in self._ticks.items() if tick.isChecked())

    def set_tags(self, tags: Iterable[Tag]) -> None:
        """Tick these and no other."""
        ticked = frozenset(tags)
        for tag, tick in self._ticks.items():
            tick.setChecked(tag in ticked)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._label.setText(_("In it, or fit for (Space)"))
        for tag, tick in self._ticks.items():
            tick.say(menu_said.tag(tag))
