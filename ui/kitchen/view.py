"""The face of the kitchen's section: the meal above, its large numbers, what to cook at the left, the people beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from pos import words
from pos.domain.cards import CardUid
from pos.domain.kitchen import WAYS
from pos.domain.staff import Permission
from pos.i18n import _, pgettext
from pos.services.canteen import Canteens
from pos.services.kitchen import Kitchen
from pos.services.reservations import Reservations
from pos.words import kitchen as said
from ui.kitchen import lines
from ui.kitchen.presenter import KitchenPresenter, People, Shown
from ui.office.section import Office, Section, SectionView
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button
from ui.widgets.files import ask_save, show_file
from ui.widgets.key_hints import Hints
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.meal_bar import MealBar
from ui.widgets.panel import Card, column, row
from ui.widgets.tab import Tab
from ui.widgets.table import Column, Table

REFRESHED_MS = 15_000
"""Often enough for a number that somebody cooks by, seldom enough to cost nothing."""

WIDE_FROM = 940
"""A page that is so wide, in px at scale 1, has room for every column of both tables."""
LEAST = 740
"""Px at scale 1 that it has at least: what the office leaves it on a screen of 1024."""

_PEOPLE = dict(
    zip((Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_6, Qt.Key.Key_7, Qt.Key.Key_8), People, strict=True)
)


class KitchenPage(QWidget):
    """Facts come in by `show_kitchen`; the wishes carry days, a meal, a list, or which paper."""

    wanted = Signal()
    refreshed = Signal()
    stepped = Signal(int)
    meal_chosen = Signal(object)
    people_chosen = Signal(object)
    rolled = Signal(bool)
    saved = Signal(object, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: Shown | None = None
        self._wide, self._wide_from = True, theme.px(WIDE_FROM)
        self._file_name: Callable[[bool], str] = lambda _only_changes: ""
        self._bar = MealBar(theme)
        self._figures = {name: _Figure(theme) for name in ("total", *WAYS, "walk-ins")}
        self._print, self._state = ElidedLabel(theme, "", Text.SMALL), ElidedLabel(theme, "", Text.STRONG)
        self._standing = QWidget()
        self._warning = ElidedLabel(theme, "", Text.STRONG, Tone.RED)
        self._numbers, self._people = Table(theme, row_height=36), Table(theme, row_height=36)
        self._lists = {people: Tab(theme, str(number), width=96, small=True) for number, people in enumerate(People, 4)}
        self._sheet_roll, self._sheet_pages = Button(theme, key="F7"), Button(theme, key="F8")
        self._change_roll, self._change_pages = Button(theme, key="F9"), Button(theme, key="F10")
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESHED_MS)
        self._lay_out(theme)
        self._connect()
        self.setFocusProxy(self._people)
        self.retranslate()

    def attend(self, presenter: KitchenPresenter) -> None:
        """Send every wish to the presenter, and keep it: a connection alone does not."""
        self._presenter = presenter
        self._file_name = lambda only_changes: presenter.file_name(only_changes=only_changes)
        self.wanted.connect(presenter.open)
        self.refreshed.connect(presenter.refresh)
        self.stepped.connect(presenter.step)
        self.meal_chosen.connect(presenter.choose_meal)
        self.people_chosen.connect(presenter.choose_people)
        self.rolled.connect(lambda only_changes: presenter.print_roll(only_changes=only_changes))
        self.saved.connect(lambda path, only_changes: presenter.save(path, only_changes=only_changes))

    # -- the section's promises ---------------------------------------------------------------------

    def opened(self) -> None:
        """Read anew, and go on reading while it is shown."""
        self._people.setFocus(Qt.FocusReason.OtherFocusReason)
        self._timer.start()
        self.wanted.emit()

    def left(self) -> None:
        """Nobody looks: nothing is read."""
        self._timer.stop()

    def card_read(self, uid: CardUid) -> None:
        """A card means nothing here."""

    def hints(self) -> Hints:
        """Its keys."""
        return (*self._bar.hints(), ("4-8", _("List")), ("F7-F10", _("Print")), ("F5", _("Refresh")))

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._bar.retranslate()
        self._figures["total"].say(_("To cook"))
        for way in WAYS:
            self._figures[way].say(words.way(way))
        self._figures["walk-ins"].say(_("Walk-ins"))
        self._numbers.setAccessibleName(_("To cook"))
        self._people.setAccessibleName(_("People"))
        self._sheet_roll.setText(_("Sheet"))
        self._sheet_pages.setText(_("Sheet PDF"))
        self._change_roll.setText(pgettext("kitchen", "Changes"))
        self._change_pages.setText(_("Changes PDF"))
        self._set_columns()

    # -- facts --------------------------------------------------------------------------------------

    def show_kitchen(self, shown: Shown) -> None:
        """Paint the section."""
        self._shown, sheet = shown, shown.sheet
        self._bar.show_meal(shown.day, shown.today if self._wide else None, shown.meal)
        self._lists[shown.people or People.ALL].setChecked(True)
        for people, tab in self._lists.items():
            tab.say(lines.of_people(people, shown))
        self._show_figures(shown)
        self._warning.setText("" if sheet is None else lines.warning(sheet))
        self._warning.setVisible(bool(sheet and lines.warning(sheet)))
        which, state, tone = ("", "", Tone.MUTED) if sheet is None else lines.printed(sheet)
        self._print.setText(which)
        self._state.setText(state)
        self._state.setVisible(bool(state))
        self._state.set_tone(tone)
        numbers, listed = lines.numbers(sheet) if sheet else [], lines.people(shown)
        self._numbers.set_empty_words(lines.no_numbers(sheet))
        self._numbers.set_lines(numbers if self._wide else lines.folded_numbers(numbers), max(self._numbers.at, 0))
        self._people.set_empty_words(lines.empty(shown))
        self._people.set_lines(listed if self._wide else lines.folded_people(listed), max(self._people.at, 0))
        for button in (self._sheet_roll, self._sheet_pages):
            button.setEnabled(shown.printable)
        for button in (self._change_roll, self._change_pages):
            button.setEnabled(shown.tellable)

    def show_file(self, path: Path) -> None:
        """Open it with the system's own viewer."""
        show_file(path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page folds columns together rather than cutting their words."""
        super().resizeEvent(event)
        wide = self.width() >= self._wide_from
        if wide != self._wide:
            self._wide = wide
            (self._top if wide else self._under).addWidget(self._standing)
            self._set_columns()

    def minimumSizeHint(self) -> QSize:
        """A page may become narrow though it is laid out for a wide one: then it is laid out anew."""
        return QSize(self._theme.px(LEAST), super().minimumSizeHint().height())

    def _set_columns(self) -> None:
        for at, share in enumerate((1, 1) if self._wide else (2, 3)):
            self._halves.setStretch(at, share)
        ways = tuple(self._amount(words.way(way)) for way in WAYS)
        total = self._amount(_("Sum"))
        whom = (Column(_("Whom"), 168), Column(_("Dishes and diet")))
        self._numbers.set_lines(())
        self._numbers.set_columns((Column(_("To cook")), *(ways if self._wide else ()), total))
        self._people.set_lines(())
        self._people.set_columns((Column(_("Matter"), 128), *whom) if self._wide else (Column(_("Whom")),))
        if self._shown is not None:
            self.show_kitchen(self._shown)

    def _amount(self, title: str) -> Column:
        """A column as wide as its title."""
        taken = QFontMetrics(self._theme.font(Text.SMALL_STRONG)).horizontalAdvance(title) / self._theme.scale
        return Column(title, max(round(taken) + 26, 62), right=True)

    def _show_figures(self, shown: Shown) -> None:
        meals = shown.sheet.counts.meals if shown.sheet else None
        self._figures["total"].show_number("" if meals is None else str(meals.total))
        for way, number in zip(WAYS, meals.by_way if meals else ("",) * len(WAYS), strict=True):
            self._figures[way].show_number(str(number))
        foretold = shown.forecast if shown.sheet and shown.sheet.facts.open else None
        walk_ins = self._figures["walk-ins"]
        walk_ins.show_number("–" if foretold is None else said.forecast(foretold))
        walk_ins.setToolTip(_("too few past days to tell") if foretold is None else said.forecast_from(foretold))

    # -- wishes -------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows change the day, digits the meal and the list, F5 reads anew, F7 to F10 print."""
        key = Qt.Key(event.key())
        papers = {
            Qt.Key.Key_F7: self._sheet_roll,
            Qt.Key.Key_F8: self._sheet_pages,
            Qt.Key.Key_F9: self._change_roll,
            Qt.Key.Key_F10: self._change_pages,
        }
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)  # another section
            return
        if self._bar.key(key):
            event.accept()
            return
        if key in _PEOPLE:
            self.people_chosen.emit(_PEOPLE[key])
        elif key == Qt.Key.Key_F5:
            self.wanted.emit()
        elif key in papers:
            papers[key].click()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _save(self, *, only_changes: bool) -> None:
        name = self._file_name(only_changes)
        path = ask_save(self, _("Save as"), name, "PDF (*.pdf)") if name else None
        if path is not None:
            self.saved.emit(path if path.suffix else path.with_suffix(".pdf"), only_changes)

    # -- layout -------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._bar.stepped.connect(self.stepped)
        self._bar.chosen.connect(self.meal_chosen)
        for people, tab in self._lists.items():
            tab.clicked.connect(lambda _checked=False, people=people: self.people_chosen.emit(people))
        self._sheet_roll.clicked.connect(lambda: self.rolled.emit(False))
        self._change_roll.clicked.connect(lambda: self.rolled.emit(True))
        self._sheet_pages.clicked.connect(lambda: self._save(only_changes=False))
        self._change_pages.clicked.connect(lambda: self._save(only_changes=True))
        self._timer.timeout.connect(self.refreshed)

    def _lay_out(self, theme: Theme) -> None:
        lists = QWidget()
        line = row(theme, *self._lists.values(), gap=2)
        line.setContentsMargins(0, 0, 0, 0)
        lists.setLayout(line)
        standing = column(theme, self._print, self._state, gap=0)
        standing.setContentsMargins(0, 0, 0, 0)
        self._standing.setLayout(standing)
        self._top = row(theme, self._bar, self._standing)
        for at, stretch in ((0, 3), (1, 2)):
            self._top.setStretch(at, stretch)
        self._under = row(theme)
        figures = row(theme, *self._figures.values(), gap=Size.WIDE)
        figures.addStretch(1)
        self._halves = row(theme, self._numbers, self._people)
        papers = row(theme, self._sheet_roll, self._sheet_pages, self._change_roll, self._change_pages)
        papers.addStretch(1)
        card = Card(theme, pad=Size.SPACE)
        for part in (self._top, figures, self._under):
            card.body.addLayout(part)
        card.body.addWidget(self._warning)
        card.body.addWidget(lists)
        card.body.addLayout(self._halves, 1)
        card.body.addLayout(papers)
        layout = column(theme, card)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)


class _Figure(QWidget):
    """A large number and what it counts."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._number = Label(theme, "", Text.AMOUNT)
        self._what = Label(theme, "", Text.SMALL, Tone.MUTED)
        layout = row(theme, self._number, self._what, gap=Size.GAP)
        layout.setAlignment(self._what, Qt.AlignmentFlag.AlignBottom)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)

    def say(self, what: str) -> None:
        """What is counted."""
        self._what.setText(what)

    def show_number(self, number: str) -> None:
        """How many."""
        self._number.setText(number)
        self._number.setAccessibleName(f"{self._what.text()} {number}")


def _build(office: Office) -> SectionView:
    page = KitchenPage(office.theme)
    page.attend(
        KitchenPresenter(
            page,
            office.notices,
            Kitchen(office.stores, office.clock, office.till),
            Canteens(office.stores, office.clock, office.till),
            office.files.kitchen,
            office.clock,
            office.lane,
            office.work,
            office.actor,
            Reservations(office.stores, office.clock, office.till).next_day,
        )
    )
    return page


SECTION = Section("kitchen", lambda: _("Kitchen"), Permission.SELL, _build)
