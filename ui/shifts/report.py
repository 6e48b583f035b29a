"""The report of a shift on the screen: what was sold, who paid which part, and what the drawer holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos import words
from pos.domain.pricing import Tender
from pos.domain.shifts import Report
from pos.i18n import _
from ui import formats
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import AmountLabel, ElidedLabel, Label, Tone
from ui.widgets.panel import Card, Ground

_Lines = list[tuple[str, str]]


class ReportPanel(QWidget):
    """Two panels of lines, the drawer, and what can be done."""

    print_wanted = Signal()
    count_wanted = Signal()
    gone_back = Signal()

    def __init__(self, theme: Theme, *, print_key: str, count_key: str) -> None:
        super().__init__()
        self._theme = theme
        self._report: Report | None = None
        self._payers: Mapping[str, str] = {}
        self._title = Label(theme, "", Text.TITLE)
        self._since = Label(theme, "", Text.SMALL, Tone.MUTED)
        self._sold, self._paid = _Section(theme), _Section(theme)
        self._drawer_words = Label(theme, "", Text.STRONG, Tone.GREEN)
        self._drawer = AmountLabel(theme, "", Text.AMOUNT, Tone.GREEN)
        self._print = Button(theme, "", Kind.SECONDARY, key=print_key)
        self._close = Button(theme, "", Kind.PRIMARY, key=count_key, size=Text.HEADING, height=68)
        self._back = Button(theme, "", Kind.SECONDARY, key="Esc")
        self._lay_out()
        self.setFocusProxy(self._close)
        self._print.clicked.connect(self.print_wanted)
        self._close.clicked.connect(self.count_wanted)
        self._back.clicked.connect(self.gone_back)

    def show_report(self, report: Report, payers: Mapping[str, str]) -> None:
        """Show what the shift did so far; `payers` names those who pay subsidies."""
        self._report, self._payers = report, payers
        self.retranslate()

    def set_busy(self, busy: bool) -> None:
        """Take no second key while something is written down."""
        self._print.setEnabled(not busy)
        self._close.setEnabled(not busy)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._title.setText(_("This shift so far"))
        self._drawer_words.setText(_("Cash that the drawer must hold"))
        self._drawer.set_what(self._drawer_words.text())
        self._print.setText(_("Print the report"))
        self._close.setText(_("Count and close"))
        self._back.setText(_("Back"))
        if self._report is not None:
            self._say(self._report)

    def _say(self, report: Report) -> None:
        shift = report.shift
        since = _("{name}, since {time}, change {amount}").format(
            name=shift.staff_name, time=formats.moment(shift.opened_ms), amount=words.money(shift.float_fen)
        )
        self._since.setText(since)
        self._sold.show_lines(_("Meals"), _sold(report, self._payers))
        self._paid.show_lines(_("Money"), _paid(report))
        self._drawer.set_amount(report.cash_in_drawer)

    def _lay_out(self) -> None:
        theme = self._theme
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self._since)
        inner = QWidget()
        facts = QHBoxLayout(inner)
        facts.setContentsMargins(0, 0, 0, 0)
        facts.setSpacing(theme.px(Size.WIDE))
        facts.addWidget(self._sold, 1)
        facts.addWidget(self._paid, 1)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        drawer = Card(theme, Ground.GREEN, pad=Size.GAP)
        line = QHBoxLayout()
        line.addWidget(self._drawer_words)
        line.addStretch(1)
        line.addWidget(self._drawer)
        drawer.body.addLayout(line)
        deeds = QHBoxLayout()
        deeds.setSpacing(theme.px(Size.SPACE))
        deeds.addWidget(self._back)
        deeds.addStretch(1)
        deeds.addWidget(self._print)
        deeds.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Size.SPACE))
        layout.addLayout(top)
        layout.addWidget(scroll, 1)
        layout.addWidget(drawer)
        layout.addLayout(deeds)


class _Section(Card):
    """A heading and lines of words and amounts under it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, pad=Size.SPACE)
        self._theme = theme
        self._heading = Label(theme, "", Text.STRONG, Tone.GREEN)
        self._shown: list[Label] = []
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.setVerticalSpacing(theme.px(2))
        self.body.setSpacing(theme.px(4))
        self.body.addWidget(self._heading)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)

    def show_lines(self, heading: str, lines: Iterable[tuple[str, str]]) -> None:
        """Show these lines."""
        self._heading.setText(heading)
        for old in self._shown:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown.clear()
        for number, (what, value) in enumerate(lines):
            words_label, amount = ElidedLabel(self._theme, what, Text.SMALL), Label(self._theme, value, Text.SMALL_STRONG)
            amount.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(words_label, number, 0)
            self._grid.addWidget(amount, number, 1)
            self._shown += [words_label, amount]


def _sold(report: Report, payers: Mapping[str, str]) -> _Lines:
    helped = [
        (words.payer(payer, payers), words.money(amount))
        for payer, amount in report.helped.items()
        if amount
    ]
    return [
        (_("Sales"), str(report.sales)),
        (_("Undone"), str(report.undone)),
        (_("List price"), words.money(report.list_price)),
        *helped,
        (_("Paid by the diners"), words.money(sum(report.taken.values()))),
    ]


def _paid(report: Report) -> _Lines:
    taken = [(words.tender(Tender(tender)), words.money(amount)) for tender, amount in report.taken.items()]
    topped = [
        (_("Top-up: {way}").format(way=words.tender(Tender(tender))), words.money(amount))
        for tender, amount in report.topped_up.items()
    ]
    bonus = [(_("Bonus on top-ups"), words.money(report.bonus))] if report.bonus else []
    return [*taken, *topped, *bonus]
