"""How the week is kept from a day on: when the canteen opens, and which days payers count."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QWidget

from pos import words
from pos.domain.calendar import DayKind, Week
from pos.i18n import _
from ui.calendar import phrases
from ui.calendar.presenter import WeekNow
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.field import Field
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.panel import column, row
from ui.widgets.sheet import Sheet
from ui.widgets.tick import Tick

_MONDAY = date(2024, 1, 1)
_NAMES, _COUNTED, _LEFT = 200, 100, 260
_KINDS = (DayKind.WORKDAY, DayKind.MAKE_UP, DayKind.WEEKEND, DayKind.HOLIDAY)


class WeekSheet(Sheet):
    """Space ticks, Enter keeps; `kept` carries the week."""

    kept = Signal(object)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=1000)
        self._theme = theme
        self._now: WeekNow | None = None
        self._title = Label(theme, "", Text.HEADING)
        self._from = Field(theme, longest=10)
        self._opens = Label(theme, "", Text.SMALL_STRONG)
        self._days = [Tick(theme) for _unused in range(7)]
        self._holidays, self._make_up = Tick(theme), Tick(theme)
        self._pays = Label(theme, "", Text.SMALL_STRONG)
        self._why = Label(theme, "", Text.SMALL, Tone.MUTED, wrap=True)
        self._payers: dict[str, tuple[ElidedLabel, dict[DayKind, Tick]]] = {}
        self._heads = {kind: Label(theme, "", Text.SMALL, Tone.MUTED, wrap=True) for kind in _KINDS}
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._cancel = Button(theme, key="Esc")
        self._go = Button(theme, "", Kind.PRIMARY, key="Enter")
        self._lay_out(theme)
        self._cancel.clicked.connect(self.left)
        self._go.clicked.connect(self._keep)
        self.entered.connect(self._keep)
        self.retranslate()

    def ask(self, now: WeekNow) -> None:
        """Open with the week that holds now."""
        self._now = now
        week = now.week
        self._from.set_text(week.valid_from.isoformat())
        for weekday, tick in enumerate(self._days):
            tick.setChecked(weekday in week.open_on)
        self._holidays.setChecked(week.open_on_holidays)
        self._make_up.setChecked(week.open_on_make_up)
        self._fill_payers(now)
        self.retranslate()
        self.open_on(self._from.line)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._title.setText(_("How the week is kept"))
        self._from.set_words(_("From this day on"), _("like 2026-01-31"))
        self._opens.setText(_("The canteen opens on"))
        for weekday, tick in enumerate(self._days):
            tick.say(words.weekday(_MONDAY + timedelta(days=weekday)))
        self._holidays.say(_("also on statutory holidays"))
        self._make_up.say(_("also on make-up workdays"))
        self._pays.setText(_("Subsidies are paid on"))
        self._why.setText(_("A payer that counts the same days as everybody has no days of its own. Ask the street office whether a make-up Sunday counts."))
        for kind, head in self._heads.items():
            head.setText(phrases.day_kind(kind))
        self._cancel.setText(_("Back"))
        self._go.setText(_("Keep the week so"))
        for key, (label, ticks) in self._payers.items():
            name = _("In general") if not key else self._now.payers.get(key, key) if self._now else key
            label.setText(name)
            for kind, tick in ticks.items():
                tick.setAccessibleName(f"{name}, {phrases.day_kind(kind)}")

    def _lay_out(self, theme: Theme) -> None:
        days = QGridLayout()
        _quiet(days, theme)
        for weekday, tick in enumerate(self._days):
            days.addWidget(tick, weekday // 3, weekday % 3)
        left = column(theme, self._opens)
        left.addLayout(days)
        for tick in (self._holidays, self._make_up):
            left.addWidget(tick)
        left.addStretch(1)
        self._from.setFixedWidth(theme.px(_LEFT))
        _quiet(self._grid, theme)
        self._grid.setColumnStretch(0, 1)
        for place, head in enumerate(self._heads.values(), start=1):
            head.setFixedWidth(theme.px(_COUNTED))
            self._grid.addWidget(head, 0, place)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        lines = column(theme, self._table)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addStretch(1)
        inside.setLayout(lines)
        scroll.setWidget(inside)
        right = column(theme, self._pays, scroll, self._why)
        right.setStretch(1, 1)
        beside = QHBoxLayout()
        beside.setSpacing(theme.px(2 * Size.WIDE))
        beside.addLayout(left)
        beside.addLayout(right, 1)
        foot = row(theme, self._cancel, self._go)
        foot.setStretch(1, 1)
        top = row(theme, self._title, self._from)
        top.setStretch(0, 1)
        self.card.body.addLayout(top)
        self.card.body.addLayout(beside, 1)
        self.card.body.addLayout(foot)

    def _fill_payers(self, now: WeekNow) -> None:
        for label, ticks in self._payers.values():
            for widget in (label, *ticks.values()):
                self._grid.removeWidget(widget)
                widget.deleteLater()
        self._payers = {}
        for line, key in enumerate(("", *now.payers), start=1):
            label = ElidedLabel(self._theme, "", Text.BODY)
            label.setFixedWidth(self._theme.px(_NAMES))
            self._grid.addWidget(label, line, 0)
            made: dict[DayKind, Tick] = {}
            kinds = now.week.payers.get(key, now.week.subsidy) if key else now.week.subsidy
            for place, kind in enumerate(_KINDS, start=1):
                made[kind] = Tick(self._theme)
                made[kind].setChecked(kind in kinds)
                self._grid.addWidget(made[kind], line, place)
            self._payers[key] = label, made

    def _keep(self) -> None:
        try:
            valid_from = date.fromisoformat(self._from.text.strip())
        except ValueError:
            self._from.complain(_("Write the day like 2026-01-31."))
            self._from.line.setFocus()
            return
        paid = {key: _ticked(ticks) for key, (_label, ticks) in self._payers.items()}
        general = paid.pop("")
        self.kept.emit(
            Week(
                valid_from,
                frozenset(weekday for weekday, tick in enumerate(self._days) if tick.isChecked()),
                self._holidays.isChecked(),
                self._make_up.isChecked(),
                general,
                {key: kinds for key, kinds in paid.items() if kinds != general},
            )
        )


def _ticked(ticks: dict[DayKind, Tick]) -> frozenset[DayKind]:
    return frozenset(kind for kind, tick in ticks.items() if tick.isChecked())


def _quiet(layout: QGridLayout, theme: Theme) -> None:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setHorizontalSpacing(theme.px(Size.GAP))
    layout.setVerticalSpacing(0)
