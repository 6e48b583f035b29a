"""Publishing: from which day on, and what one more look is worth."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.domain.tariff import Tariff
from pos.i18n import _, ngettext
from pos.services.tariffs import Checked
from ui.theme import Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.field import Field
from ui.widgets.labels import Label, Tone
from ui.widgets.panel import row
from ui.widgets.sheet import Sheet


class PublishSheet(Sheet):
    """`chosen` carries the day."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=720)
        self._shown: tuple[Tariff, Checked] | None = None
        self._title = Label(theme, "", Text.HEADING, wrap=True)
        self._why = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        self._warnings = Label(theme, "", Text.SMALL_STRONG, Tone.AMBER, wrap=True)
        self.day = Field(theme, longest=10)
        self._cancel, self._go = Button(theme, key="Esc"), Button(theme, "", Kind.PRIMARY, key="Enter")
        for widget in (self._title, self._why, self.day, self._warnings):
            self.card.body.addWidget(widget)
        foot = row(theme, self._cancel, self._go)
        foot.setStretch(1, 1)
        self.card.body.addLayout(foot)
        self._cancel.clicked.connect(self.left)
        self._go.clicked.connect(self._publish)
        self.entered.connect(self._publish)
        self.retranslate()

    def ask(self, tariff: Tariff, checked: Checked) -> None:
        """Open with the day that the text names."""
        self._shown = tariff, checked
        self.day.set_text(tariff.valid_from.isoformat())
        self.retranslate()
        self.open_on(self.day.line)
        self.day.line.selectAll()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.day.set_words(_("Holds from this day on"), _("like 2026-01-31"))
        self._why.setText(_("From then on every meal is priced by it. It cannot be changed any more, only replaced by a later one."))
        self._cancel.setText(_("Back"))
        self._go.setText(_("Publish"))
        if self._shown:
            tariff, checked = self._shown
            self._title.setText(_("Publish {title}?").format(title=tariff.title))
            count = len(checked.findings)
            told = ngettext("There is {count} thing to look at (F8).", "There are {count} things to look at (F8).", count)
            self._warnings.setText(told.format(count=count) if count else "")

    def _publish(self) -> None:
        try:
            day = date.fromisoformat(self.day.text.strip())
        except ValueError:
            self.day.complain(_("Write the day like 2026-01-31."))
            self.day.line.setFocus()
            return
        self.chosen.emit(day)
