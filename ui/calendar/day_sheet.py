"""Deciding about one day by hand: what the national list should say, whether the canteen opens, who pays."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.domain.calendar import LONGEST_REASON, DayKind, Holiday, Ruling
from pos.i18n import _
from pos.services.calendar import CalendarDay
from ui.calendar import phrases
from ui.theme import Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.choice import Choice
from ui.widgets.field import Field
from ui.widgets.labels import Label, Tone
from ui.widgets.panel import row
from ui.widgets.sheet import Sheet

_YES, _NO = "yes", "no"


class DaySheet(Sheet):
    """Enter decides, Del takes an earlier decision back; `decided` carries the ruling."""

    decided = Signal(object)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=820)
        self._day: CalendarDay | None = None
        self._title = Label(theme, "", Text.HEADING)
        self._listed = Label(theme, "", Text.BODY, Tone.MUTED)
        self._kind = Choice(theme)
        self._holiday = Choice(theme, open_ended=True)
        self._opens = Choice(theme)
        self._subsidy = Choice(theme)
        self._reason = Field(theme, longest=LONGEST_REASON)
        self._cancel = Button(theme, key="Esc")
        self._take_back = Button(theme, kind=Kind.DANGER, key="Del")
        self._go = Button(theme, "", Kind.PRIMARY, key="Enter")
        body = self.card.body
        for widget in (self._title, self._listed):
            body.addWidget(widget)
        for pair in ((self._kind, self._holiday), (self._opens, self._subsidy)):
            line = row(theme, *pair)
            for at in range(2):
                line.setStretch(at, 1)
            body.addLayout(line)
        body.addWidget(self._reason)
        foot = row(theme, self._cancel, self._take_back, self._go)
        foot.setStretch(2, 1)
        body.addLayout(foot)
        self._kind.box.currentIndexChanged.connect(self._names)
        self._cancel.clicked.connect(self.left)
        self._take_back.clicked.connect(self._withdraw)
        self._go.clicked.connect(self._decide)
        self.entered.connect(self._decide)
        self.retranslate()

    def ask(self, day: CalendarDay) -> None:
        """Open with what holds on the day."""
        self._day = day
        self.retranslate()
        ruling = day.ruled.ruling if day.ruled else Ruling(day.day)
        self._kind.set_value(ruling.kind.value if ruling.kind else "")
        self._holiday.set_value("")
        self._holiday.box.setEditText(phrases.holiday(ruling.holiday))
        self._opens.set_value(_said(ruling.opens))
        self._subsidy.set_value(_said(ruling.subsidy))
        self._reason.set_text(ruling.reason)
        self._take_back.setVisible(day.ruled is not None)
        self._names()
        self.open_on(self._opens.box)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._kind.set_label(_("In the national list"))
        self._holiday.set_label(_("Holiday"))
        self._opens.set_label(_("The canteen"))
        self._subsidy.set_label(_("Subsidies"))
        self._reason.set_words(_("Reason"), _("For example: kitchen repair"))
        self._cancel.setText(_("Back"))
        self._take_back.setText(_("Take back"))
        self._go.setText(_("Decide"))
        self._holiday.set_options([("", ""), *((one.value, phrases.holiday(one)) for one in Holiday)])
        self._opens.set_options([("", _("as the week says")), (_YES, _("open")), (_NO, _("closed"))])
        self._subsidy.set_options([("", _("as always")), (_YES, _("paid")), (_NO, _("not paid"))])
        day = self._day
        listed = phrases.listed(day.statutory.kind, day.statutory.holiday) if day else ""
        self._kind.set_options(
            [("", _("as listed: {kind}").format(kind=phrases.day_kind(day.statutory.kind)) if day else "")]
            + [(kind.value, phrases.day_kind(kind)) for kind in DayKind]
        )
        if day:
            self._title.setText(phrases.full(day.day))
            self._listed.setText(_("In the national list: {kind}").format(kind=listed))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del takes back."""
        if event.key() == Qt.Key.Key_Delete and self._take_back.isVisibleTo(self) and not event.isAutoRepeat():
            self._withdraw()
            event.accept()
            return
        super().keyPressEvent(event)

    def _names(self) -> None:
        self._holiday.setEnabled(self._kind.value in {DayKind.HOLIDAY, DayKind.MAKE_UP})

    def _withdraw(self) -> None:
        if self._day:
            self.decided.emit(Ruling(self._day.day))

    def _decide(self) -> None:
        if self._day is None:
            return
        kind = DayKind(self._kind.value) if self._kind.value else None
        holiday = self._holiday.value if self._holiday.isEnabled() else ""
        self.decided.emit(
            Ruling(
                self._day.day, kind, holiday, _answer(self._opens.value), _answer(self._subsidy.value), self._reason.text
            )
        )


def _said(value: bool | None) -> str:
    return "" if value is None else _YES if value else _NO


def _answer(value: str) -> bool | None:
    return None if not value else value == _YES
