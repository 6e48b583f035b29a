"""What a page of a member's page promises, and the deeds that stand beside it with number keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.cards import CardUid
from pos.services.members import Portrait
from ui.theme import Size, Theme
from ui.widgets.buttons import Button, Kind

_WIDTH = 196


@dataclass(frozen=True, slots=True)
class MemberDeed:
    """Something that can be done with a member; `possible` is False where there is nothing to do it with."""

    words: str
    do: Callable[[], None]
    possible: bool = True
    danger: bool = False


class MemberPanel(Protocol):
    """One page of a member's page: a QWidget that keeps these promises."""

    def title(self) -> str:
        """What its tab says."""
        ...

    def show_person(self, portrait: Portrait) -> None:
        """Show this page of somebody, and read what else it needs."""
        ...

    def deeds(self) -> tuple[MemberDeed, ...]:
        """What can be done here now, in the order of the number keys."""
        ...

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        ...

    @property
    def takes_cards(self) -> bool:
        """Whether a card that is shown now means something here."""
        ...

    def card_read(self, uid: CardUid) -> None:
        """A card was shown."""
        ...

    def left(self) -> None:
        """The page is left: close what is open, forget secrets."""
        ...


class DeedColumn(QWidget):
    """The deeds of the open page under each other, each with its number."""

    done = Signal()
    MOST = 7

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._deeds: tuple[MemberDeed, ...] = ()
        self.setFixedWidth(theme.px(_WIDTH))
        self._buttons = [Button(theme, key=str(number)) for number in range(1, self.MOST + 1)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Size.GAP // 2))
        for number, button in enumerate(self._buttons):
            layout.addWidget(button)
            button.hide()
            button.clicked.connect(lambda _checked=False, number=number: self.press(number))
        layout.addStretch(1)

    def show_deeds(self, deeds: tuple[MemberDeed, ...]) -> None:
        """Offer these."""
        assert len(deeds) <= self.MOST, "there is a key for each deed"
        self._deeds = deeds
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(deeds))
            if number < len(deeds):
                button.setText(deeds[number].words)
                button.setEnabled(deeds[number].possible)
                button.set_kind(Kind.DANGER if deeds[number].danger else Kind.SECONDARY)

    def press(self, number: int) -> bool:
        """Do what stands in this place, counted from 0; whether there was anything to do."""
        if number < len(self._deeds) and self._deeds[number].possible:
            self._deeds[number].do()
            return True
        return False
