"""The face of the routes' section: the meal above, its rosters at the left, the stops of one of them at the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from pos.domain.cards import CardUid
from pos.domain.staff import Permission
from pos.i18n import _, pgettext
from pos.services.rosters import Rosters
from pos.services.routes import Routes
from ui.office.section import Office, Section, SectionView
from ui.routes import lines, phrases
from ui.routes.forms import RouteForms
from ui.routes.presenter import RoutesPresenter
from ui.routes.shown import Shown
from ui.theme import Size, Text, Theme
from ui.widgets.ask_sheet import AskSheet
from ui.widgets.buttons import Button
from ui.widgets.drag_table import DragTable
from ui.widgets.files import ask_save, show_file
from ui.widgets.key_hints import Hints
from ui.widgets.labels import ElidedLabel, Tone
from ui.widgets.meal_bar import MealBar
from ui.widgets.panel import Card, column, row
from ui.widgets.tab import Tab
from ui.widgets.table import Column, Line, Table

REFRESHED_MS = 15_000
"""Often enough for a list that somebody waits for at the door, seldom enough to cost nothing."""

WIDE_FROM = 940
"""A page that is so wide, in px at scale 1, has room for every column of both tables."""

_LEAST = 690

_MOVES = {Qt.Key.Key_Minus: -1, Qt.Key.Key_Plus: 1}
_STOPS = "stops"
_FOLDED, _FOLDED_ROSTERS = (0, 1, 2, 3), (0, 1, 3)
"""The columns of the stops and of the rosters that a narrow page has room for."""


class RoutesPage(QWidget):
    """Facts come in by `show_routes`; Tab goes between the lists, Enter opens what is marked, - and + move a stop."""

    wanted = Signal()
    refreshed = Signal()
    stepped = Signal(int)
    meal_chosen = Signal(object)
    route_marked = Signal(str)
    member_marked = Signal(str)
    order_turned = Signal()
    moved = Signal(str, int)
    carried = Signal(int, int)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._now: Shown | None = None
        self._painting = False
        self._wide, self._wide_from = True, theme.px(WIDE_FROM)
        self._bar = MealBar(theme)
        self._sum = ElidedLabel(theme, "", Text.STRONG)
        self._warning = ElidedLabel(theme, "", Text.STRONG, Tone.RED)
        self._rosters = Table(theme, row_height=36)
        self._title, self._facts = ElidedLabel(theme, "", Text.HEADING), ElidedLabel(theme, "", Text.SMALL, Tone.MUTED)
        self._papers = ElidedLabel(theme, "", Text.SMALL, Tone.MUTED)
        self._stops = DragTable(theme, _STOPS, frozenset({_STOPS}), row_height=36)
        self._orders = {False: Tab(theme, "F6", width=132, small=True), True: Tab(theme, "", width=116, small=True)}
        self._usual = Button(theme, key="F2")
        self._routes, self._volunteers = Button(theme, key="F3"), Button(theme, key="F4")
        self._week = Button(theme, key="F10")
        self._one, self._all, self._labels = (Button(theme, key=key) for key in ("F7", "F8", "F9"))
        self._deeds = (self._routes, self._volunteers, self._week, self._usual, self._one, self._all, self._labels)
        self.sheet = AskSheet(theme, page)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESHED_MS)
        self._lay_out(theme)
        self._connect()
        self.setFocusProxy(self._rosters)
        self.retranslate()

    def attend(self, presenter: RoutesPresenter, forms: RouteForms) -> None:
        """Send every wish to its mind, and keep both: a connection alone does not."""
        self._presenter, self._forms = presenter, forms
        self.wanted.connect(presenter.open)
        self.refreshed.connect(presenter.refresh)
        self.stepped.connect(presenter.step)
        self.meal_chosen.connect(presenter.choose_meal)
        self.route_marked.connect(presenter.mark_route)
        self.member_marked.connect(presenter.mark_member)
        self.order_turned.connect(presenter.turn_order)
        self.moved.connect(presenter.move)
        self.carried.connect(presenter.carry)
        for button, deed in (
            (self._usual, presenter.as_usual),
            (self._week, presenter.as_a_week_ago),
            (self._one, presenter.print_one),
            (self._all, presenter.print_all),
            (self._labels, forms.ask_labels),
            (self._routes, forms.ask_routes),
            (self._volunteers, forms.ask_volunteers),
        ):
            button.clicked.connect(deed)
        self._rosters.chosen.connect(lambda _at: forms.ask_run())
        self._stops.chosen.connect(lambda _at: forms.ask_person())
        self.sheet.attend(
            close=forms.close, say=forms.say, typed=forms.typed, confirm=forms.confirm, second=forms.second, pick=forms.picked
        )

    # -- the section's promises ---------------------------------------------------------------------

    def opened(self) -> None:
        """Read anew, and go on reading while it is shown."""
        self._rosters.setFocus(Qt.FocusReason.OtherFocusReason)
        self._timer.start()
        self.wanted.emit()

    def left(self) -> None:
        """Nobody looks: nothing is read, nothing lies in front."""
        self._timer.stop()
        self._forms.close_now()

    def card_read(self, uid: CardUid) -> None:
        """A card means nothing here."""

    def hints(self) -> Hints:
        """Its keys."""
        return (
            *self._bar.hints(),
            ("Tab", _("Other list")),
            ("Enter", _("Open")),
            ("- +", _("Earlier, later")),
            ("F5", _("Refresh")),
        )

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._bar.retranslate()
        self._rosters.setAccessibleName(_("Rosters"))
        self._stops.setAccessibleName(_("Stops"))
        self._usual.setText(_("Usual"))
        self._routes.setText(_("Routes"))
        self._volunteers.setText(_("Volunteers"))
        self._week.setText(_("Last week"))
        self._one.setText(_("Print one"))
        self._all.setText(_("Print all"))
        self._labels.setText(_("Labels"))
        self._orders[False].say(_("This day"))
        self._orders[True].say(_("Every day"))
        self.sheet.retranslate()
        self._fold()
        self._set_columns()

    # -- facts --------------------------------------------------------------------------------------

    def show_routes(self, shown: Shown) -> None:
        """Paint the section."""
        self._now = shown
        self._painting = True
        found, row_now = shown.round, shown.row
        self._bar.show_meal(shown.day, shown.today if self._wide else None, shown.meal)
        self._sum.setText(phrases.summary(found) if found else "")
        self._warning.setText(phrases.warning(found) if found else "")
        self._title.setText(phrases.head(shown))
        self._facts.setText(phrases.facts(shown))
        said, tone = lines.papers(shown)
        self._papers.setText(said)
        self._papers.set_tone(tone)
        self._rosters.set_empty_words(phrases.empty(shown))
        self._stops.set_empty_words(phrases.empty(shown))
        rows = shown.rows
        self._rosters.set_lines([self._folded(lines.route_line(one), _FOLDED_ROSTERS) for one in rows], rows.index(row_now) if row_now else 0)
        marked = next((at for at, one in enumerate(shown.listed) if one is shown.marked), 0)
        listed = [lines.person_line(one, at) for at, one in enumerate(shown.listed, 1)]
        self._stops.set_lines([self._folded(line, _FOLDED) for line in listed], marked)
        self._say_what_can_be_done(shown)
        self._painting = False

    def _say_what_can_be_done(self, shown: Shown) -> None:
        row_now = shown.row
        walked = row_now is not None and row_now.route is not None
        for always, tab in self._orders.items():
            tab.setEnabled(walked)
            tab.setChecked(always is shown.always)
        self._usual.setEnabled(row_now is not None and row_now.roster.ordered_today and not shown.always)
        for button in (self._one, self._all, self._labels):
            button.setEnabled(row_now is not None and shown.round is not None and shown.round.closed is None)

    def ask_file(self, name: str) -> Path | None:
        """Ask where to."""
        path = ask_save(self, _("Save as"), name, "PDF (*.pdf)")
        return path.with_suffix(".pdf") if path and not path.suffix else path

    def show_file(self, path: Path) -> None:
        """Open it with the system's own viewer."""
        show_file(path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page leaves columns out rather than cutting their words."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        direction, edges = QBoxLayout.Direction, self._theme.px(2 * Size.SPACE + Size.WIDE + 5 * Size.SPACE)
        taken = sum(button.minimumSizeHint().width() for button in self._deeds) + edges
        self._foot.setDirection(direction.LeftToRight if self.width() >= taken else direction.TopToBottom)
        if (self.width() >= self._wide_from) != self._wide:
            self._wide = not self._wide
            self._set_columns()

    def minimumSizeHint(self) -> QSize:
        """A page may become narrow though its foot is laid out for a wide one: then it is laid out anew."""
        return QSize(self._theme.px(_LEAST), super().minimumSizeHint().height())

    def _folded(self, line: Line, kept: tuple[int, ...]) -> Line:
        if self._wide:
            return line
        return Line(tuple(line.cells[at] for at in kept), line.tone, struck=line.struck)

    def _set_columns(self) -> None:
        self._painting = True
        rosters = (
            Column(pgettext("roster", "Route")),
            self._column(pgettext("roster", "Stops"), 76, right=True),
            self._column(_("Volunteer"), 100),
            self._column(pgettext("roster", "Paper"), 114),
        )
        stops = (
            self._column(pgettext("roster", "Stop"), self._taken(pgettext("stop", "cancelled"))),
            Column(pgettext("roster", "Door")),
            self._column(_("Name"), 104),
            self._column(_("Boxes"), right=True),
            Column(_("Diet and note")),
        )
        for table, columns, kept in ((self._rosters, rosters, _FOLDED_ROSTERS), (self._stops, stops, _FOLDED)):
            table.set_lines(())
            table.set_columns(columns if self._wide else tuple(columns[at] for at in kept))
        self._painting = False
        if self._now is not None:
            self.show_routes(self._now)

    def _column(self, title: str, least: int = 0, *, right: bool = False) -> Column:
        """A column at least as wide as its title, in px at scale 1."""
        return Column(title, max(self._taken(title), least), right=right)

    def _taken(self, said: str) -> int:
        """What words take in a table, in px at scale 1."""
        taken = QFontMetrics(self._theme.font(Text.SMALL_STRONG)).horizontalAdvance(said) / self._theme.scale
        return round(taken) + 26

    # -- wishes -------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows change the day, digits the meal, - and + the place of a stop; the others have their buttons."""
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)  # another section
            return
        if self._bar.key(key):
            event.accept()
            return
        if key in self._keys:
            self._keys[key].click()
        elif key in _MOVES and self._stops.hasFocus():
            self._move(_MOVES[key])
        elif key == Qt.Key.Key_F5:
            self.wanted.emit()
        elif key == Qt.Key.Key_F6:
            self.order_turned.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _move(self, by: int) -> None:
        if self._now is not None and 0 <= self._stops.at < len(self._now.listed):
            self.moved.emit(self._now.listed[self._stops.at].member_id, by)

    def _turn_to(self, *, always: bool) -> None:
        if self._now is not None and self._now.always is not always:
            self.order_turned.emit()

    def _mark_route(self, at: int) -> None:
        if self._now is not None and not self._painting and 0 <= at < len(self._now.rows):
            self.route_marked.emit(self._now.rows[at].id)

    def _mark_member(self, at: int) -> None:
        if self._now is not None and not self._painting and 0 <= at < len(self._now.listed):
            self.member_marked.emit(self._now.listed[at].member_id)

    # -- layout -------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._bar.stepped.connect(self.stepped)
        self._bar.chosen.connect(self.meal_chosen)
        self._rosters.marked.connect(self._mark_route)
        self._stops.marked.connect(self._mark_member)
        self._stops.carried.connect(lambda _name, at, before: self.carried.emit(at, before))
        for always, tab in self._orders.items():
            tab.clicked.connect(lambda _checked=False, always=always: self._turn_to(always=always))
        self._timer.timeout.connect(self.refreshed)
        self._keys = {
            Qt.Key.Key_F2: self._usual,
            Qt.Key.Key_F3: self._routes,
            Qt.Key.Key_F4: self._volunteers,
            Qt.Key.Key_F7: self._one,
            Qt.Key.Key_F8: self._all,
            Qt.Key.Key_F9: self._labels,
            Qt.Key.Key_F10: self._week,
        }

    def _lay_out(self, theme: Theme) -> None:
        top = row(theme, self._bar)
        top.addStretch(1)
        told = row(theme, self._sum, self._warning, gap=Size.WIDE)
        told.setStretch(1, 1)
        orders = QWidget()
        turns = row(theme, *self._orders.values(), gap=6)
        turns.setContentsMargins(0, 0, 0, 0)
        orders.setLayout(turns)
        order = row(theme, self._title, orders)
        order.setStretch(0, 1)
        right = column(theme)
        right.addLayout(order)
        right.addLayout(column(theme, self._facts, self._papers, gap=0))
        right.addWidget(self._stops, 1)
        halves = row(theme, gap=Size.WIDE)
        halves.addWidget(self._rosters, 5)
        halves.addLayout(right, 7)
        # Side by side, or on a narrow page under each other.
        self._foot = row(theme, gap=Size.WIDE)
        self._foot.addLayout(row(theme, *self._deeds[:3]), 5)
        self._foot.addLayout(row(theme, *self._deeds[3:]), 7)
        card = Card(theme, pad=Size.SPACE)
        for part in (top, told):
            card.body.addLayout(part)
        card.body.addLayout(halves, 1)
        card.body.addLayout(self._foot)
        layout = column(theme, card)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        QWidget.setTabOrder(self._rosters, self._stops)


def _build(office: Office) -> SectionView:
    page = RoutesPage(office.theme, office.page)
    rosters = Rosters(office.stores, office.clock, office.till)
    routes = Routes(office.stores, office.clock)
    pages, actor = office.files.rosters, office.actor
    shows = RoutesPresenter(page, office.notices, rosters, routes, pages, office.clock, office.lane, office.work, actor)
    forms = RouteForms(page.sheet, page, office.notices, shows, rosters, routes, pages, office.lane, office.work, actor)
    page.attend(shows, forms)
    return page


SECTION = Section("routes", lambda: _("Routes"), Permission.ROUTES, _build)
