"""How many portions there are: of the dish that is marked, and of the whole meal."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos.i18n import _
from ui.menu.presenter import Limits, TypedLimits
from ui.theme import Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.field import Field
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.panel import row
from ui.widgets.sheet import Sheet


class LimitSheet(Sheet):
    """`limited` carries what was typed."""

    limited = Signal(TypedLimits)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=620)
        self._asked = Limits("", "")
        self._title = ElidedLabel(theme, "", Text.HEADING)
        self._hint = Label(theme, "", Text.SMALL, Tone.MUTED, wrap=True)
        self._dish, self._whole = Field(theme, longest=4), Field(theme, longest=4)
        self._cancel = Button(theme, key="Esc")
        self._save = Button(theme, "", Kind.PRIMARY, key="Enter")
        foot = row(theme, self._cancel)
        foot.addWidget(self._save, 1)
        for widget in (self._title, self._dish, self._whole, self._hint):
            self.card.body.addWidget(widget)
        self.card.body.addLayout(foot)
        self._cancel.clicked.connect(self.take_away)
        self.left.connect(self.take_away)
        self._save.clicked.connect(self._go)
        self.entered.connect(self._go)
        self.retranslate()

    def ask(self, limits: Limits) -> None:
        """Open with the limits as they are."""
        self._asked = limits
        self._dish.set_text(_typed(limits.of_dish))
        self._whole.set_text(_typed(limits.whole))
        self._dish.setVisible(limits.dish_id is not None)
        self.retranslate()
        self._point(self._whole if limits.dish_id is None else self._dish)

    def complain(self, of_dish: bool, wrong: str) -> None:
        """What was typed there is no number of portions."""
        field = self._dish if of_dish else self._whole
        field.complain(wrong)
        field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        field.line.selectAll()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._title.setText(_("How many portions: {meal}").format(meal=self._asked.title))
        self._dish.set_words(_("Of {dish}").format(dish=self._asked.dish))
        self._whole.set_words(_("Of all dishes together"))
        self._hint.setText(_("Empty is no limit, 0 is sold out."))
        self._cancel.setText(_("Cancel"))
        self._save.setText(_("Save"))

    def _point(self, field: Field) -> None:
        self.open_on(field.line)
        field.line.selectAll()

    def _go(self) -> None:
        self.limited.emit(TypedLimits(self._asked, self._dish.text, self._whole.text))


def _typed(limit: int | None) -> str:
    return "" if limit is None else str(limit)
