"""The bar of a section that is about one meal of one day: an arrow to each side of the day, and a tab for each meal."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos import words
from pos.domain.menu import Meal
from pos.i18n import _
from ui import formats
from ui.theme import Text, Theme
from ui.widgets.buttons import Button
from ui.widgets.key_hints import Hints
from ui.widgets.labels import Label
from ui.widgets.panel import row
from ui.widgets.tab import Tab

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_MEALS = dict(zip((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3), Meal, strict=True))


class MealBar(QWidget):
    """`stepped` carries days, `chosen` a meal. It takes no focus: a section hands it the keys by `key`."""

    stepped = Signal(int)
    chosen = Signal(object)

    def __init__(self, theme: Theme, *, tab: int = 124) -> None:
        """`tab` is the least width of a meal, in px at scale 1."""
        super().__init__()
        self._before, self._after = Button(theme, key="←"), Button(theme, key="→")
        self._day = Label(theme, "", Text.HEADING)
        self._day.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._meals = {meal: Tab(theme, str(number), width=tab, small=True) for number, meal in enumerate(Meal, 1)}
        for button, days in ((self._before, -1), (self._after, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, days=days: self.stepped.emit(days))
        for meal, one in self._meals.items():
            one.clicked.connect(lambda _checked=False, meal=meal: self.chosen.emit(meal))
        # A strip of its own: of the tabs of one parent a single one can be open.
        strip = QWidget()
        tabs = row(theme, *self._meals.values(), gap=6)
        tabs.setContentsMargins(0, 0, 0, 0)
        strip.setLayout(tabs)
        layout = row(theme, self._before, self._day, self._after, strip)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setStretch(3, 1)
        self.setLayout(layout)

    @property
    def day(self) -> str:
        """The day, as it is told."""
        return self._day.text()

    @property
    def meal(self) -> Meal:
        """The meal whose tab is open."""
        return next(meal for meal, tab in self._meals.items() if tab.isChecked())

    def show_meal(self, day: date, today: date | None, meal: Meal) -> None:
        """Tell the day, beside it what it is called from `today` where that is given, and open the meal's tab."""
        self._day.setText(formats.day_ahead(day, today))
        self._meals[meal].setChecked(True)

    def keep_room(self, width: int) -> None:
        """Give the day at least so many px: the bar stays as it is from one day to the next."""
        self._day.setMinimumWidth(width)

    def key(self, key: Qt.Key) -> bool:
        """Follow a key, and say whether it is one of the bar's."""
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in _MEALS:
            self.chosen.emit(_MEALS[key])
        else:
            return False
        return True

    def hints(self) -> Hints:
        """Its keys."""
        return (("← →", _("Day")), ("1-3", _("Meal")))

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._before.setAccessibleName(_("The day before"))
        self._after.setAccessibleName(_("The day after"))
        for meal, tab in self._meals.items():
            tab.say(words.meal(meal))
