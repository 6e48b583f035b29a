"""What belongs to a set meal: the day's dishes, shelf by shelf, each under its key; Enter alone takes what is marked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pos import words
from pos.domain.set_meals import Choice
from pos.i18n import _, ngettext
from ui.sales.set_choice import COLUMNS, ROWS, Row, SetChoice
from ui.sales.shelves import MOST_TILES, TypedKeys, key_of
from ui.theme import Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.key_hints import Hints
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.panel import row
from ui.widgets.pick import Pick
from ui.widgets.sheet import Sheet

_TURNS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class SetSheet(Sheet):
    """`picked` carries the set's dish id and the ids of its dishes."""

    picked = Signal(str, tuple)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=980)
        self._choice: SetChoice | None = None
        self._typed = TypedKeys()
        self._title = ElidedLabel(theme, "", Text.HEADING)
        self._missing = Label(theme, "", Text.BODY, Tone.RED)
        self._names = [Label(theme, "", Text.STRONG, parent=self.card) for _unused in range(ROWS)]
        self._picks = [self._pick(theme, place) for place in range(MOST_TILES)]
        self._cancel = Button(theme, "", Kind.SECONDARY, key="Esc")
        self._more = Button(theme, "", Kind.SECONDARY, key="PgDn")
        self._take = Button(theme, "", Kind.PRIMARY, key="Enter", size=Text.HEADING)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px(6))
        for number in range(1, COLUMNS + 1):
            self._grid.setColumnStretch(number, 1)
        head = row(theme, self._title, self._missing)
        head.setStretch(0, 1)
        foot = row(theme, self._cancel, self._more)
        foot.addWidget(self._take, 1)
        self.card.body.addLayout(head)
        self.card.body.addLayout(self._grid)
        self.card.body.addLayout(foot)
        self._cancel.clicked.connect(self.left)
        self._more.clicked.connect(lambda: self._turn(1))
        self._take.clicked.connect(self._enter)
        self.entered.connect(self._enter)
        self.left.connect(self.take_away)
        self.retranslate()

    def ask(self, choice: SetChoice) -> None:
        """Begin with what is taken already."""
        self._choice, self._typed = choice, TypedKeys()
        self._show()
        self.open_on(self._take)

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self._cancel.setText(_("Back"))
        self._take.setText(_("Take these dishes"))
        self._show()

    def hints(self) -> Hints:
        """Numbers choose."""
        return (("1-9 01-09", _("Dish")), ("PgUp PgDn", _("Page")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The number of a dish; leafing through the pages."""
        key = Qt.Key(event.key())
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9 and self._choice and not event.isAutoRepeat():
            self._typed, place = self._typed.typed(int(key) - int(Qt.Key.Key_0), len(self._choice.shown))
            if place is not None:
                self._toggle(place)
            event.accept()
            return
        self._typed = TypedKeys()
        if key in _TURNS:
            self._turn(_TURNS[key])
            event.accept()
        else:
            super().keyPressEvent(event)

    def _pick(self, theme: Theme, place: int) -> Pick:
        # With a parent from the start: a widget without one is shown as a window of its own.
        pick = Pick(theme, parent=self.card)
        pick.clicked.connect(lambda: self._toggle(place))
        return pick

    def _toggle(self, place: int) -> None:
        if self._choice:
            self._choice = self._choice.toggled(place)
            self._show()

    def _turn(self, step: int) -> None:
        if self._choice:
            self._choice = self._choice.turned(step)
            self._show()

    def _enter(self) -> None:
        choice = self._choice
        if choice and choice.missing is None:
            self.take_away()
            self.picked.emit(choice.offer.dish_id, choice.dish_ids)

    def _show(self) -> None:
        choice = self._choice
        if choice is None:
            return
        self._title.setText(choice.offer.name)
        self._missing.setText(_lacks(choice))
        self._more.setVisible(choice.pages > 1)
        self._more.setText(_("Page {page}/{pages}").format(page=choice.page + 1, pages=choice.pages))
        taken, place = frozenset(choice.dish_ids), 0
        for number, name in enumerate(self._names):
            name.setVisible(number < len(choice.rows))
            if number >= len(choice.rows):
                continue
            line = choice.rows[number]
            name.setText(_part(choice, line))
            self._grid.addWidget(name, number, 0)
            for at, offer in enumerate(line.offers, start=1):
                self._picks[place].show_thing(offer.name, key_of(place), taken=offer.dish_id in taken)
                self._grid.addWidget(self._picks[place], number, at)
                place += 1
        for number, pick in enumerate(self._picks):
            pick.setVisible(number < place)


def _part(choice: SetChoice, line: Row) -> str:
    """The shelf and how many dishes of it belong to the meal, beside the first of its rows."""
    part = choice.choices[line.part]
    return _named(part) if line.first else ""


def _named(part: Choice) -> str:
    return _("{shelf}: {count}").format(shelf=words.dish_kind(part.kind), count=part.count)


def _lacks(choice: SetChoice) -> str:
    if choice.missing is None:
        return ""
    part, count = choice.missing
    text = ngettext("{shelf}: {count} dish is missing", "{shelf}: {count} dishes are missing", count)
    return text.format(shelf=words.dish_kind(part.kind), count=count)
