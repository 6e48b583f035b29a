"""The face of the calendar: the month, the marked day beside it, and what lies in front of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.domain.cards import CardUid
from pos.domain.staff import Permission
from pos.i18n import _
from pos.services.calendar import Calendar, CalendarDay, CalendarYear
from ui import formats
from ui.calendar import phrases
from ui.calendar.day_sheet import DaySheet
from ui.calendar.grid import MonthGrid
from ui.calendar.presenter import CalendarPresenter, MonthNow, WeekNow
from ui.calendar.week_sheet import WeekSheet
from ui.calendar.year_sheet import YearSheet
from ui.office.section import Office, Section, SectionView
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button
from ui.widgets.chip import Chip, Shade
from ui.widgets.key_hints import Hints
from ui.widgets.labels import Label, Tone
from ui.widgets.panel import Card, row

_BESIDE = 300


class CalendarPage(QWidget):
    """Facts come in by `show_month`; wishes go to the presenter that attends."""

    wanted = Signal()
    day_wanted = Signal()
    week_wanted = Signal()
    year_wanted = Signal()

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__()
        self._now: MonthNow | None = None
        self._title = Label(theme, "", Text.HEADING)
        self._unknown = Chip(theme, "", Shade.AMBER)
        self._week, self._year = Button(theme, key="F3"), Button(theme, key="F4")
        self.grid = MonthGrid(theme)
        self._day = Label(theme, "", Text.HEADING)
        self._kind = Label(theme, "", Text.STRONG, wrap=True)
        self._open = Label(theme, "", Text.BODY, wrap=True)
        self._paid = Label(theme, "", Text.BODY, wrap=True)
        self._reason = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        self._ruled = Label(theme, "", Text.SMALL, Tone.MUTED, wrap=True)
        self._decide = Button(theme, key="Enter")
        self.day_sheet = DaySheet(theme, page)
        self.week_sheet = WeekSheet(theme, page)
        self.year_sheet = YearSheet(theme, page)
        self._lay_out(theme)
        self.setFocusProxy(self.grid)
        self._decide.clicked.connect(self.day_wanted)
        self.grid.chosen.connect(self.day_wanted)
        self._week.clicked.connect(self.week_wanted)
        self._year.clicked.connect(self.year_wanted)
        for sheet in (self.day_sheet, self.week_sheet, self.year_sheet):
            sheet.left.connect(sheet.take_away)
        self.retranslate()

    def attend(self, presenter: CalendarPresenter) -> None:
        """Send every wish to the presenter, and keep it: a connection alone does not."""
        self._presenter = presenter
        self.wanted.connect(presenter.open)
        self.day_wanted.connect(presenter.ask_day)
        self.week_wanted.connect(presenter.ask_week)
        self.year_wanted.connect(presenter.show_year)
        self.grid.stepped.connect(presenter.step)
        self.grid.turned.connect(presenter.turn)
        self.grid.home.connect(presenter.home)
        self.grid.touched.connect(presenter.mark)
        self.day_sheet.decided.connect(presenter.decide)
        self.week_sheet.kept.connect(presenter.keep)
        self.year_sheet.turned.connect(presenter.show_year)

    # -- the section --------------------------------------------------------------------------------

    def opened(self) -> None:
        """Read the month anew."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.wanted.emit()

    def left(self) -> None:
        """Close what lies in front."""
        self.close_sheets()

    def card_read(self, uid: CardUid) -> None:
        """A card means nothing here."""

    def hints(self) -> Hints:
        """Its keys."""
        return (
            ("↑↓←→", _("Day")),
            ("PgUp PgDn", _("Month")),
            ("Home", _("Today")),
            ("Enter", _("Decide")),
            ("F3", _("Week")),
            ("F4", _("Year")),
        )

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._week.setText(_("The week"))
        self._year.setText(_("The year"))
        self._decide.setText(_("Decide"))
        for sheet in (self.day_sheet, self.week_sheet, self.year_sheet):
            sheet.retranslate()
        if self._now:
            self.show_month(self._now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The week and the year."""
        if event.key() == Qt.Key.Key_F3:
            self.week_wanted.emit()
        elif event.key() == Qt.Key.Key_F4:
            self.year_wanted.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    # -- facts --------------------------------------------------------------------------------------

    def show_month(self, now: MonthNow) -> None:
        """Paint the month and the marked day."""
        self._now = now
        self.grid.show_month(now)
        first = now.month.first
        self._title.setText(phrases.month(first))
        self._unknown.set_words(_("No paper for {year} yet").format(year=first.year) if not now.month.known else "")
        day, facts = now.day, now.day.facts
        self._day.setText(phrases.full(day.day))
        self._kind.setText(phrases.listed(facts.kind, facts.holiday))
        self._open.setText(_("The canteen is open") if facts.open else _("The canteen is closed"))
        self._open.set_tone(Tone.GREEN if facts.open else Tone.RED)
        self._paid.setText(phrases.paying(facts.subsidised))
        self._reason.setText(facts.reason)
        ruled = day.ruled
        self._ruled.setText(
            _("Decided by {name}, {when}").format(name=ruled.by, when=formats.moment(ruled.at_ms)) if ruled else ""
        )
        for label in (self._reason, self._ruled):
            label.setVisible(bool(label.text()))

    def ask_day(self, day: CalendarDay) -> None:
        """Ask what is to hold on a day."""
        self.day_sheet.ask(day)

    def ask_week(self, now: WeekNow) -> None:
        """Ask how the week is kept from a day on."""
        self.week_sheet.ask(now)

    def show_year(self, year: CalendarYear) -> None:
        """Show what is known of a year."""
        self.year_sheet.show_year(year)

    def close_sheets(self) -> None:
        """Take whatever was asked away."""
        for sheet in (self.day_sheet, self.week_sheet, self.year_sheet):
            sheet.take_away()

    # -- layout -------------------------------------------------------------------------------------

    def _lay_out(self, theme: Theme) -> None:
        left, right = Card(theme, pad=Size.SPACE), Card(theme)
        head = row(theme, self._title, self._unknown)
        head.addStretch(1)
        for button in (self._week, self._year):
            head.addWidget(button)
        left.body.addLayout(head)
        left.body.addWidget(self.grid, 1)
        for label in (self._day, self._kind, self._open, self._reason, self._paid, self._ruled):
            right.body.addWidget(label)
        right.body.addStretch(1)
        right.body.addWidget(self._decide)
        right.setFixedWidth(theme.px(_BESIDE))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Size.SPACE))
        layout.addWidget(left, 1)
        layout.addWidget(right)


def _build(office: Office) -> SectionView:
    page = CalendarPage(office.theme, office.page)
    calendar = Calendar(office.stores, office.clock)
    page.attend(CalendarPresenter(page, office.notices, calendar, office.lane, office.actor))
    return page


SECTION = Section("calendar", lambda: _("Calendar"), Permission.CALENDAR, _build)
