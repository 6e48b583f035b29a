"""The face of the claims: payer and month above, what is claimed in figures, then summary, lines or what looks odd."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos import words
from pos.domain.cards import CardUid
from pos.domain.claim_paper import ClaimColumn
from pos.domain.claims import Claim
from pos.domain.money import money
from pos.domain.staff import Permission
from pos.i18n import _
from pos.services.claim_papers import ClaimPapers
from pos.services.claim_payments import PayerPayments
from pos.services.claims import Claims, Preview
from ui import formats
from ui.claims import tables
from ui.claims.money_sheet import MoneySheet
from ui.claims.presenter import ClaimsPresenter, MoneyNow, Shown
from ui.claims.sheets import ColumnsSheet, KindSheet, StampSheet
from ui.office.section import Office, Section, SectionView
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.chip import Chip, Shade
from ui.widgets.choice import Choice
from ui.widgets.files import ask_save, show_file
from ui.widgets.key_hints import Hints
from ui.widgets.labels import AmountLabel, ElidedLabel, Tone
from ui.widgets.panel import Card, column, row
from ui.widgets.table import Column, Table

_SUMMARY, _LINES, _ODD = range(3)


class ClaimsPage(QWidget):
    """Facts come in by `show_claim`; wishes go to the presenter that attends."""

    wanted = Signal()
    go_on = Signal()
    columns_wanted = Signal()
    money_wanted = Signal()

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._at = _SUMMARY
        self._payer, self._month = Choice(theme), Choice(theme)
        self._go = Button(theme, "", Kind.PRIMARY, key="F9")
        self._columns, self._money = Button(theme, key="F10"), Button(theme, key="F8")
        self._total = AmountLabel(theme, "", Text.AMOUNT, Tone.MONEY)
        self._facts = ElidedLabel(theme, "", Text.BODY)
        self._proof = ElidedLabel(theme, "", Text.SMALL, Tone.MUTED)
        self._state = Chip(theme, "")
        self._views = [Button(theme, key=str(number)) for number in (1, 2, 3)]
        self._table = Table(theme)
        self.stamp_sheet = StampSheet(theme, page)
        self.kind_sheet = KindSheet(theme, page)
        self.columns_sheet = ColumnsSheet(theme, page)
        self.money_sheet = MoneySheet(theme, page)
        self._sheets = (self.stamp_sheet, self.kind_sheet, self.columns_sheet, self.money_sheet)
        self._lay_out(theme)
        self.setFocusProxy(self._table)
        self._go.clicked.connect(self.go_on)
        self._columns.clicked.connect(self.columns_wanted)
        self._money.clicked.connect(self.money_wanted)
        for at, button in enumerate(self._views):
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, at=at: self._turn(at))
        for sheet in (self.stamp_sheet, self.kind_sheet, self.columns_sheet):
            sheet.left.connect(sheet.take_away)
        self.money_sheet.left.connect(self._leave_money)
        self.retranslate()

    def attend(self, presenter: ClaimsPresenter) -> None:
        """Send every wish to the presenter, and keep it: a connection alone does not."""
        self._presenter = presenter
        self.wanted.connect(presenter.open)
        self.go_on.connect(presenter.go_on)
        self.columns_wanted.connect(presenter.ask_columns)
        self.money_wanted.connect(presenter.show_money)
        self._payer.chosen.connect(presenter.choose_payer)
        self._month.chosen.connect(presenter.choose_month)
        self.stamp_sheet.stamped.connect(presenter.stamp)
        self.kind_sheet.chosen.connect(presenter.save)
        self.columns_sheet.kept.connect(presenter.keep_columns)
        self.money_sheet.received.connect(presenter.receive)
        self.money_sheet.taken_back.connect(presenter.take_back)

    # -- the section --------------------------------------------------------------------------------

    def opened(self) -> None:
        """Read the claims anew."""
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.wanted.emit()

    def left(self) -> None:
        """Close what lies in front."""
        self.close_sheets()

    def card_read(self, uid: CardUid) -> None:
        """A card means nothing here."""

    def hints(self) -> Hints:
        """Its keys."""
        return (
            ("1 2 3", _("Other view")),
            ("F3", _("Subsidy payer")),
            ("F4", _("Claim month")),
            ("F9", self._go.text()),
            ("F10", _("Claim columns")),
            ("F8", _("Owed and paid")),
        )

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._payer.set_label(_("Payer (F3)"))
        self._month.set_label(_("Month (F4)"))
        self._columns.setText(_("Claim columns"))
        self._money.setText(_("Owed and paid"))
        self._total.set_what(_("Claimed"))
        for button, said in zip(self._views, (_("Summary"), _("Meals"), _("Looks odd")), strict=True):
            button.setText(said)
        for sheet in self._sheets:
            sheet.retranslate()
        if self._shown:
            self.show_claim(self._shown)
        else:
            self.show_nothing()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Views, payer, month, and what is done with the claim."""
        key, at = event.key(), event.key() - Qt.Key.Key_1
        deeds: dict[int, Callable[[], None]] = {
            Qt.Key.Key_F5: self.wanted.emit,
            Qt.Key.Key_F8: self.money_wanted.emit,
            Qt.Key.Key_F9: self.go_on.emit,
            Qt.Key.Key_F10: self.columns_wanted.emit,
            Qt.Key.Key_F3: self._payer.setFocus,
            Qt.Key.Key_F4: self._month.setFocus,
        }
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        if 0 <= at < len(self._views):
            self._turn(at)
        elif key in deeds:
            deeds[key]()
        elif key == Qt.Key.Key_Escape and not self._table.hasFocus():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    # -- facts --------------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """Nobody ever owed a part of a meal."""
        self._shown = None
        for button in (self._go, self._columns, *self._views):
            button.setEnabled(False)
        self._go.setText(_("Stamp the claim"))
        self._facts.setText("")
        self._proof.setText("")
        self._state.set_words("")
        self._total.set_amount(None)
        self._table.set_lines(())
        self._table.set_columns((Column(""),))
        self._table.set_empty_words(_("Nobody owes the canteen a subsidy yet."))

    def show_claim(self, shown: Shown) -> None:
        """Show a payer's month."""
        self._shown = shown
        preview, claim = shown.preview, shown.preview.claim
        self._payer.set_options((one.payer, one.name) for one in shown.payers)
        self._payer.set_value(preview.payer)
        months = next(one.months for one in shown.payers if one.payer == preview.payer)
        self._month.set_options((str(month), _month(month.first, claimed)) for month, claimed in months)
        self._month.set_value(str(preview.month))
        for button in (self._go, self._columns, *self._views):
            button.setEnabled(True)
        self._go.setText(_("Stamp the claim") if claim is None else _("Save as a file"))
        self._total.set_amount(preview.total)
        whole = shown.figures.whole
        self._facts.setText(
            _("{meals} meals of {people} people · list price {list} · diners paid {due}").format(
                meals=whole.meals, people=whole.people, list=money(whole.list_price), due=money(whole.due)
            )
        )
        self._proof.setText(_proof(preview))
        if claim is None:
            self._state.set_words(_("Not stamped"), Shade.AMBER)
        else:
            said = _("Stamped {when} by {name}")
            self._state.set_words(
                said.format(when=formats.moment(claim.at_ms), name=claim.staff_name), Shade.GREEN
            )
        odd = len(preview.anomalies)
        self._views[_ODD].setText(_("Looks odd: {count}").format(count=odd) if odd else _("Nothing odd"))
        self._turn(self._at)

    def ask_stamp(self, preview: Preview) -> None:
        """Ask once more before a claim is stamped for good."""
        self.stamp_sheet.ask(preview)

    def ask_kind(self, claim: Claim) -> None:
        """Ask which kind of file is wanted."""
        self.kind_sheet.ask(claim)

    def ask_columns(self, payer_name: str, chosen: tuple[ClaimColumn, ...]) -> None:
        """Ask which columns the payer's claims have."""
        self.columns_sheet.ask(payer_name, chosen)

    def show_money(self, now: MoneyNow, today: date) -> None:
        """Show what every payer owes."""
        self.money_sheet.show_money(now, today)

    def point_at(self, field: str) -> None:
        """What was typed into a field of the payment was wrong."""
        self.money_sheet.point_at(field)

    def payment_booked(self) -> None:
        """The form of the payment has done its work."""
        self.money_sheet.show_list()

    def close_sheets(self) -> None:
        """Take whatever was asked away."""
        for sheet in self._sheets:
            sheet.take_away()

    def ask_file(self, name: str) -> Path | None:
        """Where to save; None when nobody chose a place."""
        kind = name.rsplit(".", 1)[-1]
        return ask_save(self, _("Save the claim"), name, f"{kind} (*.{kind})")

    def show_file(self, path: Path) -> None:
        """Open a file that was written."""
        show_file(path)

    # -- the table ----------------------------------------------------------------------------------

    def _turn(self, at: int) -> None:
        self._at = at
        for number, button in enumerate(self._views):
            button.setChecked(number == at)
        if self._shown is None:
            return
        columns, lines, empty = (tables.summary, tables.meals, tables.odd)[at](self._shown)
        self._table.set_lines(())
        self._table.set_columns(columns)
        self._table.set_empty_words(empty)
        self._table.setAccessibleName(self._views[at].text())
        self._table.set_lines(lines)

    def _leave_money(self) -> None:
        if not self.money_sheet.step_back():
            self.money_sheet.take_away()
            self.wanted.emit()

    # -- layout -------------------------------------------------------------------------------------

    def _lay_out(self, theme: Theme) -> None:
        card = Card(theme)
        head = row(theme, self._payer, self._month)
        head.setStretch(0, 3)
        head.setStretch(1, 2)
        head.addWidget(self._go)
        head.setAlignment(self._go, Qt.AlignmentFlag.AlignBottom)
        figures = row(theme, self._total, gap=Size.WIDE)
        said = column(theme, self._facts, self._proof, gap=0)
        figures.addLayout(said, 1)
        figures.addWidget(self._state)
        views = row(theme, *self._views)
        views.addStretch(1)
        for button in (self._money, self._columns):
            views.addWidget(button)
        card.body.addLayout(head)
        card.body.addLayout(figures)
        card.body.addLayout(views)
        card.body.addWidget(self._table, 1)
        layout = column(theme, card)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)


def _month(first: date, claim: Claim | None) -> str:
    said = words.month(first)
    return _("{month}, stamped").format(month=said) if claim else said


def _proof(preview: Preview) -> str:
    """That the lines sum to what the payer's account moved."""
    if preview.claim is not None:
        return _("Claim {number}, hash {hash}…").format(number=preview.claim.number, hash=preview.claim.hash[:16])
    return _("The payer's account moved {amount}: the same.").format(amount=money(preview.movement))


def _build(office: Office) -> SectionView:
    page = ClaimsPage(office.theme, office.page)
    page.attend(
        ClaimsPresenter(
            page,
            office.notices,
            Claims(office.stores, office.clock),
            ClaimPapers(office.stores, office.clock, office.files.claims),
            PayerPayments(office.stores, office.clock, office.till),
            office.lane,
            office.work,
            office.actor,
            lambda: office.clock.local().date(),
        )
    )
    return page


SECTION = Section("claims", lambda: _("Claims"), Permission.CLAIM, _build)
