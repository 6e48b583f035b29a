"""What is known of a year: its holidays, the weekends that are worked, what was decided by hand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.i18n import _, ngettext
from pos.services.calendar import CalendarDay, CalendarYear
from ui.calendar import phrases
from ui.theme import Text, Theme
from ui.widgets.buttons import Button
from ui.widgets.chip import Chip, Shade
from ui.widgets.labels import Label, Tone
from ui.widgets.panel import row
from ui.widgets.sheet import Sheet
from ui.widgets.table import Column, Line, Table

_STEPS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class YearSheet(Sheet):
    """The page keys turn the year; `turned` carries the wish."""

    turned = Signal(int)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=900)
        self._year: CalendarYear | None = None
        self._title = Label(theme, "", Text.HEADING)
        self._unknown = Chip(theme, "", Shade.AMBER)
        self._sums = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        self._table = Table(theme, row_height=36)
        self._leave = Button(theme, key="Esc")
        self._before, self._after = Button(theme, key="PgUp"), Button(theme, key="PgDn")
        head = row(theme, self._title, self._unknown)
        head.addStretch(1)
        self.card.body.addLayout(head)
        self.card.body.addWidget(self._sums)
        self.card.body.addWidget(self._table, 1)
        foot = row(theme, self._leave)
        foot.addStretch(1)
        for button in (self._before, self._after):
            foot.addWidget(button)
        self.card.body.addLayout(foot)
        self.card.setMinimumHeight(theme.px(540))
        self._leave.clicked.connect(self.left)
        self._before.clicked.connect(lambda: self._turn(-1))
        self._after.clicked.connect(lambda: self._turn(1))
        self._table.installEventFilter(self)
        self.retranslate()

    def show_year(self, year: CalendarYear) -> None:
        """Show a year."""
        self._year = year
        self.retranslate()
        self.open_on(self._table)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._leave.setText(_("Back"))
        self._before.setText(_("Year before"))
        self._after.setText(_("Next year"))
        self._table.setAccessibleName(_("What is known of the year"))
        self._table.set_columns((Column(_("Days"), 300), Column(_("Count"), 90, right=True), Column(_("What it is"))))
        if self._year is None:
            return
        year = self._year
        self._title.setText(str(year.year))
        self._unknown.set_words(_("No paper for {year} yet").format(year=year.year) if not year.known else "")
        self._sums.setText(
            _("{worked} statutory workdays, {open} days open, {paid} days with subsidies").format(
                worked=year.worked, open=year.open, paid=year.subsidised
            )
        )
        self._table.set_lines(_lines(year))
        self._table.set_empty_words(_("Weekdays and weekends are all that is known. A newer program will know the paper; until then decide days by hand."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page keys turn the year before the table scrolls by them."""
        if watched is self._table and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._turn(step)
                return True
        return super().eventFilter(watched, event)

    def _turn(self, years: int) -> None:
        if self._year:
            self.turned.emit(self._year.year + years)


def _lines(year: CalendarYear) -> list[Line]:
    lines = [(run[0], _run(run)) for run in year.holidays]
    lines += [(one, Line((phrases.full(one.day), _days(1), _made_up(one)))) for one in year.make_up]
    told = {one.day for run in year.holidays for one in run} | {one.day for one in year.make_up}
    lines += [
        (one, Line((phrases.full(one.day), _days(1), _by_hand(one)))) for one in year.by_hand if one.day not in told
    ]
    return [line for _first, line in sorted(lines, key=lambda item: item[0].day)]


def _run(run: tuple[CalendarDay, ...]) -> Line:
    first, last = run[0].day, run[-1].day
    days = phrases.full(first) if first == last else f"{first.isoformat()} – {last.isoformat()[5:]}"
    opens = sum(one.facts.open for one in run)
    told = _("open") if opens == len(run) else _("closed") if not opens else _("open on {count}").format(count=opens)
    return Line((days, _days(len(run)), f"{phrases.holiday(run[0].facts.holiday) or phrases.day_kind(run[0].facts.kind)} · {told}"), Tone.RED)


def _made_up(one: CalendarDay) -> str:
    return f"{phrases.listed(one.facts.kind, one.facts.holiday)} · {phrases.opening(one.facts.open)}"


def _by_hand(one: CalendarDay) -> str:
    told = [phrases.listed(one.facts.kind, one.facts.holiday), phrases.opening(one.facts.open)]
    return " · ".join([*told, *([one.facts.reason] if one.facts.reason else [])])


def _days(count: int) -> str:
    return ngettext("{count} day", "{count} days", count).format(count=count)
