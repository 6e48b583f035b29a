"""What every payer owes: claims and money that arrived, one under the other; and the form for money."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos import words
from pos.domain.claims import Claim, Payment
from pos.domain.money import Fen, money, yuan
from pos.i18n import _
from ui import formats
from ui.claims.presenter import MoneyNow, TypedPayment
from ui.theme import Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.choice import Choice
from ui.widgets.field import Field
from ui.widgets.labels import Label, Tone
from ui.widgets.panel import column, row
from ui.widgets.sheet import Sheet
from ui.widgets.table import Column, Line, Table

_LIST, _FORM = range(2)


class MoneySheet(Sheet):
    """F9 opens the form, F8 takes the marked payment back; `received` and `taken_back` carry what is meant."""

    received = Signal(object)
    taken_back = Signal(object)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=1080)
        self._now: MoneyNow | None = None
        self._today = date.min
        self._entries: list[Claim | Payment] = []
        self._title = Label(theme, "", Text.HEADING)
        self._owed = Table(theme)
        self._history = Table(theme)
        self._leave, self._undo = Button(theme, key="Esc"), Button(theme, "", Kind.DANGER, key="F8")
        self._new = Button(theme, "", Kind.PRIMARY, key="F9")
        self._payer = Choice(theme)
        self._amount, self._day = Field(theme, longest=12), Field(theme, longest=10)
        self._note = Field(theme, longest=40)
        self._cancel, self._book = Button(theme, key="Esc"), Button(theme, "", Kind.PRIMARY, key="Enter")
        self._pages = QStackedWidget()
        self._lay_out(theme)
        self._leave.clicked.connect(self.left)
        self._cancel.clicked.connect(self.left)
        self._new.clicked.connect(self._open_form)
        self._undo.clicked.connect(self._take_back)
        self._book.clicked.connect(self._receive)
        self.entered.connect(self._enter)
        self.retranslate()

    def show_money(self, now: MoneyNow, today: date) -> None:
        """Show it; what was open stays so."""
        self._now, self._today = now, today
        self.retranslate()
        if not self.is_open:
            self._pages.setCurrentIndex(_LIST)
            self.open_on(self._owed)

    def point_at(self, field: str) -> None:
        """What was typed there was wrong."""
        line = {"amount": self._amount, "day": self._day}[field].line
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.selectAll()

    def show_list(self) -> None:
        """The form has done its work."""
        self._pages.setCurrentIndex(_LIST)
        self._owed.setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> bool:
        """From the form to the list; False where the sheet itself is left."""
        if self._pages.currentIndex() == _LIST:
            return False
        self.show_list()
        return True

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._title.setText(_("What the payers owe"))
        self._leave.setText(_("Back"))
        self._cancel.setText(_("Cancel"))
        self._undo.setText(_("Take the payment back"))
        self._new.setText(_("Money arrived"))
        self._book.setText(_("Book it"))
        self._payer.set_label(_("Subsidy payer"))
        self._amount.set_words(_("Amount in yuan"), _("as the bank's statement says"))
        self._day.set_words(_("Received on"), _("like 2026-01-31"))
        self._note.set_words(_("Bank's note or number"))
        self._owed.setAccessibleName(self._title.text())
        self._owed.set_columns(
            (
                Column(_("Subsidy payer")),
                Column(_("Claimed"), 150, right=True),
                Column(_("Paid"), 150, right=True),
                Column(_("Not paid yet"), 150, right=True),
                Column(_("Not claimed yet"), 170, right=True),
            )
        )
        self._history.setAccessibleName(_("Claims and payments"))
        self._history.set_columns(
            (
                Column(_("Date"), 124),
                Column(_("Matter")),
                Column(_("Subsidy payer"), 170),
                Column(_("Amount"), 140, right=True),
                Column(_("Still open"), 140, right=True),
                Column(_("Handled by"), 132),
            )
        )
        self._history.set_empty_words(_("No claim was stamped yet."))
        if self._now:
            self._fill(self._now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 and F9 of the list."""
        on_list = self._pages.currentIndex() == _LIST
        if on_list and event.key() == Qt.Key.Key_F9:
            self._open_form()
        elif on_list and event.key() == Qt.Key.Key_F8 and self._undo.isEnabled():
            self._take_back()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    # -- facts --------------------------------------------------------------------------------------

    def _fill(self, now: MoneyNow) -> None:
        names = {owed.payer: owed.payer_name for owed in now.owed}
        self._payer.set_options((owed.payer, owed.payer_name) for owed in now.owed)
        self._owed.set_lines(
            [
                Line((one.payer_name, *map(money, (one.claimed, one.paid, one.open, one.unclaimed))))
                for one in now.owed
            ],
            max(self._owed.at, 0),
        )
        entries: list[Claim | Payment] = [*now.claims, *now.payments]
        self._entries = sorted(entries, key=lambda one: (one.at_ms, isinstance(one, Payment)), reverse=True)
        lines = [
            _claim_line(one, now.opens[one.id]) if isinstance(one, Claim) else _payment_line(one, names)
            for one in self._entries
        ]
        self._history.set_lines(lines, max(self._history.at, 0))
        self._marked()

    def _marked(self) -> None:
        self._undo.setEnabled(self._marked_payment() is not None)

    def _marked_payment(self) -> Payment | None:
        at = self._history.at
        marked = self._entries[at] if 0 <= at < len(self._entries) else None
        return marked if isinstance(marked, Payment) and not marked.undone else None

    # -- wishes -------------------------------------------------------------------------------------

    def _open_form(self) -> None:
        if self._now is None or not self._now.owed:
            return
        owed = self._now.owed[max(self._owed.at, 0)]
        self._payer.set_value(owed.payer)
        self._amount.set_text(yuan(owed.open) if owed.open > 0 else "")
        self._day.set_text(self._today.isoformat())
        self._note.set_text("")
        self._pages.setCurrentIndex(_FORM)
        self._amount.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._amount.line.selectAll()

    def _enter(self) -> None:
        if self._pages.currentIndex() == _FORM:
            self._receive()

    def _receive(self) -> None:
        typed = TypedPayment(self._payer.value, self._amount.text, self._day.text, self._note.text)
        self.received.emit(typed)

    def _take_back(self) -> None:
        payment = self._marked_payment()
        if payment:
            self.taken_back.emit(payment)

    # -- layout -------------------------------------------------------------------------------------

    def _lay_out(self, theme: Theme) -> None:
        self._owed.setFixedHeight(theme.px(164))
        self._history.setMinimumHeight(theme.px(210))
        self._history.marked.connect(lambda _at: self._marked())
        foot = row(theme, self._leave, self._undo)
        foot.addWidget(self._new, 1)
        listed, form = QWidget(), QWidget()
        lists = column(theme, self._owed, self._history)
        lists.setStretch(1, 1)
        lists.addLayout(foot)
        lists.setContentsMargins(0, 0, 0, 0)
        listed.setLayout(lists)
        asked = row(theme, self._amount, self._day)
        end = row(theme, self._cancel)
        end.addWidget(self._book, 1)
        lines = column(theme, self._payer)
        lines.addLayout(asked)
        lines.addWidget(self._note)
        lines.addStretch(1)
        lines.addLayout(end)
        lines.setContentsMargins(0, 0, 0, 0)
        form.setLayout(lines)
        for page in (listed, form):
            self._pages.addWidget(page)
        self.card.body.addWidget(self._title)
        self.card.body.addWidget(self._pages, 1)


def _claim_line(claim: Claim, still_open: Fen) -> Line:
    what = _("Claim of {month}").format(month=words.month(claim.month.first))
    cells = (
        formats.moment(claim.at_ms)[:10],
        what,
        claim.payer_name,
        money(claim.total),
        money(still_open),
        claim.staff_name,
    )
    return Line(cells, Tone.PLAIN if still_open else Tone.MUTED)


def _payment_line(payment: Payment, names: dict[str, str]) -> Line:
    what = _("Payment {number}").format(number=payment.number)
    parts = [what, payment.reference, _("taken back") if payment.undone else ""]
    cells = (
        formats.full_day(payment.received_on),
        " · ".join(part for part in parts if part),
        names.get(payment.payer, payment.payer),
        money(-payment.amount),
        "",
        payment.staff_name,
    )
    return Line(cells, Tone.RED if payment.undone else Tone.GREEN)
