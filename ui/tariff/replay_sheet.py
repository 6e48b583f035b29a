"""The face of the replay: a month is chosen, then who would have paid what, by payer, rule and age."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos import words
from pos.domain.claim_figures import GroupBy
from pos.domain.claims import Month
from pos.domain.money import Fen, money
from pos.domain.replay import Moved
from pos.i18n import _, ngettext
from ui.tariff.replay_presenter import Replayed, ReplayPresenter
from ui.theme import Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.choice import Choice
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.panel import column, row
from ui.widgets.sheet import Sheet
from ui.widgets.table import Column, Line, Table

_ASK, _FOUND = range(2)


class ReplaySheet(Sheet):
    """Enter prices the chosen month; 1, 2, 3 turn to payers, rules and ages of what was found."""

    month_chosen = Signal(str)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=1080)
        self._found: Replayed | None = None
        self._at = 0
        self._title = ElidedLabel(theme, "", Text.HEADING)
        self._why = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        self._month = Choice(theme)
        self._cancel, self._go = Button(theme, key="Esc"), Button(theme, "", Kind.PRIMARY, key="Enter")
        self._said = Label(theme, "", Text.STRONG, wrap=True)
        self._views = [Button(theme, key=str(number)) for number in (1, 2, 3)]
        self._table = Table(theme)
        self._done = Button(theme, "", Kind.PRIMARY, key="Esc")
        self._pages = QStackedWidget()
        self._lay_out(theme)
        for at, button in enumerate(self._views):
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, at=at: self._turn(at))
        self._cancel.clicked.connect(self.left)
        self._done.clicked.connect(self.left)
        self._go.clicked.connect(self._choose)
        self.entered.connect(self._choose)
        self.left.connect(self.take_away)
        self.retranslate()

    def attend(self, presenter: ReplayPresenter) -> None:
        """Send the wish to the presenter, and keep it: a connection alone does not."""
        self._presenter = presenter
        self.month_chosen.connect(presenter.run)

    def ask_month(self, months: tuple[Month, ...]) -> None:
        """Ask which month is priced."""
        self._found = None
        self._month.set_options((str(month), words.month(month.first)) for month in months)
        self._pages.setCurrentIndex(_ASK)
        self.retranslate()
        self.open_on(self._month)

    def show_replay(self, replayed: Replayed) -> None:
        """Show what would have changed."""
        self._found = replayed
        self._pages.setCurrentIndex(_FOUND)
        self.retranslate()
        self.open_on(self._table)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._why.setText(
            _("The real meals of a past month are priced by this draft. Nothing is changed, nobody is charged.")
        )
        self._month.set_label(_("Which month"))
        self._cancel.setText(_("Cancel"))
        self._go.setText(_("Price this month"))
        self._done.setText(_("Back"))
        for button, said in zip(self._views, (_("By payer"), _("By rule"), _("By age")), strict=True):
            button.setText(said)
        if self._found is None:
            self._title.setText(_("Try it on a past month"))
            return
        month = words.month(self._found.month.first)
        self._title.setText(_("{month} under {tariff}").format(month=month, tariff=self._found.title))
        self._said.setText(_told(self._found))
        self._turn(self._at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2, 3 turn the view."""
        at = event.key() - Qt.Key.Key_1
        if self._pages.currentIndex() == _FOUND and 0 <= at < len(self._views):
            self._turn(at)
            event.accept()
            return
        super().keyPressEvent(event)

    def _choose(self) -> None:
        if self._pages.currentIndex() == _ASK:
            self.month_chosen.emit(self._month.value)

    def _turn(self, at: int) -> None:
        self._at = at
        for number, button in enumerate(self._views):
            button.setChecked(number == at)
        if (found := self._found) is None:
            return
        moved = (found.replay.by_payer, found.replay.by_rule, found.replay.by_age)[at]
        what = (_("Subsidy payer"), _("Rule"), _("Age, own share"))[at]
        self._table.setAccessibleName(self._views[at].text())
        self._table.set_lines(())
        self._table.set_columns(
            (
                Column(what),
                Column(_("Meals then"), 130, right=True),
                Column(_("Meals now"), 130, right=True),
                Column(_("Paid then"), 150, right=True),
                Column(_("Paid now"), 150, right=True),
                Column(_("Difference"), 150, right=True),
            )
        )
        self._table.set_empty_words(_("No rule gave anything, then or now."))
        self._table.set_lines([_line(_name(found, at, one), one) for one in moved])

    def _lay_out(self, theme: Theme) -> None:
        asked, shown = QWidget(), QWidget()
        foot = row(theme, self._cancel)
        foot.addWidget(self._go, 1)
        lines = column(theme, self._why, self._month)
        lines.addStretch(1)
        lines.addLayout(foot)
        lines.setContentsMargins(0, 0, 0, 0)
        asked.setLayout(lines)
        views = row(theme, *self._views)
        views.addStretch(1)
        below = column(theme, self._said)
        below.addLayout(views)
        below.addWidget(self._table, 1)
        below.addWidget(self._done)
        below.setContentsMargins(0, 0, 0, 0)
        shown.setLayout(below)
        self._table.setMinimumHeight(theme.px(250))
        for page in (asked, shown):
            self._pages.addWidget(page)
        self.card.body.addWidget(self._title)
        self.card.body.addWidget(self._pages, 1)


def _told(found: Replayed) -> str:
    replay = found.replay
    meals = ngettext("{count} meal", "{count} meals", replay.meals).format(count=replay.meals)
    same = replay.meals - replay.dearer - replay.cheaper
    said = _("{meals}: dearer for the diner {dearer}, cheaper {cheaper}, the same {same}")
    return said.format(meals=meals, dearer=replay.dearer, cheaper=replay.cheaper, same=same)


def _name(found: Replayed, at: int, moved: Moved) -> str:
    if at == 0:
        return words.payer(moved.key, found.payers)
    return found.rules.get(moved.key, moved.key) if at == 1 else words.claim_key(GroupBy.AGE, moved.key)


def _line(name: str, moved: Moved) -> Line:
    cells = (
        name,
        str(moved.meals_before),
        str(moved.meals_after),
        money(moved.before),
        money(moved.after),
        _signed(moved.change),
    )
    return Line(cells, Tone.MUTED if moved.change == 0 else Tone.PLAIN)


def _signed(change: Fen) -> str:
    return f"+{money(change)}" if change > 0 else money(change)
