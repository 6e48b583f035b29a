"""The page of a member's money: what the card holds, for how many meals, and every movement of a period."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos import words
from pos.domain.cards import CardUid
from pos.domain.ledger import EntryKind
from pos.domain.members import MemberStatus
from pos.domain.refunds import RefundKind
from pos.domain.statement import MealsLeft, Statement, StatementLine
from pos.i18n import _
from pos.services.canteen import Canteens
from pos.services.closing import Closing
from pos.services.members import Members, Portrait
from pos.services.refunds import Refunds
from pos.services.statements import Statements
from pos.services.transfers import Transfers
from ui import formats
from ui.member_panels import MemberDeed
from ui.office.section import Office
from ui.refunds.presenter import RefundPresenter
from ui.refunds.undoing import MoneyBackPresenter
from ui.statements.presenter import StatementPresenter
from ui.theme import Text
from ui.transfers.presenter import TransferPresenter
from ui.widgets.ask_sheet import AskSheet
from ui.widgets.files import ask_save, show_file
from ui.widgets.labels import ElidedLabel, Tone
from ui.widgets.panel import column, row
from ui.widgets.table import Column, Line, Table

_MONEY_OUT = (EntryKind.REFUND, EntryKind.TRANSFER)


class MoneyPanel(QWidget):
    """Keeps the promises of ui.member_panels.MemberPanel."""

    def __init__(self, office: Office, changed: Callable[[], None], refresh_deeds: Callable[[], None]) -> None:
        """`changed` has the member read anew: money moved. `refresh_deeds` has the deeds read anew: another line is marked."""
        super().__init__()
        self._portrait: Portrait | None = None
        self._shown: tuple[Statement, MealsLeft] | None = None
        self._sheets = [AskSheet(office.theme, office.page) for _unused in range(4)]
        self._mind = mind = StatementPresenter(
            self,
            self._sheets[0],
            office.notices,
            Statements(office.stores, office.clock, office.till),
            Canteens(office.stores, office.clock, office.till),
            office.files,
            office.clock,
            office.lane,
            office.actor,
            choose=self._choose_file,
            show_file=show_file,
        )
        self._sheets[0].attend(close=mind.close, say=mind.say, typed=mind.typed, confirm=mind.confirm)
        self._build_money_out(office, changed)
        self._holds = ElidedLabel(office.theme, "", Text.STRONG)
        self._enough = ElidedLabel(office.theme, "", Text.BODY, Tone.MUTED)
        self._enough.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._table = Table(office.theme)
        self._table.marked.connect(lambda _at: refresh_deeds())
        layout = column(office.theme, gap=8)
        layout.addLayout(row(office.theme, self._holds, self._enough))
        layout.addWidget(self._table, 1)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.setFocusProxy(self._table)
        self.retranslate()

    def _build_money_out(self, office: Office, changed: Callable[[], None]) -> None:
        stores, clock, notices, lane, actor = office.stores, office.clock, office.notices, office.lane, office.actor
        _period, refund_sheet, transfer_sheet, back_sheet = self._sheets
        refunds, transfers = Refunds(stores, clock, office.till), Transfers(stores, clock, office.till)
        self._back = back = MoneyBackPresenter(back_sheet, notices, refunds, transfers, lane, actor, done=changed)
        back_sheet.attend(close=back.close, say=back.say, typed=back.typed, confirm=back.confirm)
        self._refund = refund = RefundPresenter(
            refund_sheet,
            notices,
            refunds,
            Closing(stores, clock, office.till),
            lane,
            actor,
            paid=changed,
        )
        refund_sheet.attend(close=refund.close, say=refund.say, typed=refund.typed, confirm=refund.confirm)
        self._transfer = transfer = TransferPresenter(
            transfer_sheet,
            notices,
            transfers,
            Members(stores, clock),
            lane,
            actor,
            done=changed,
        )
        transfer_sheet.attend(
            close=transfer.close, say=transfer.say, typed=transfer.typed, confirm=transfer.confirm, pick=transfer.pick
        )

    def title(self) -> str:
        """What its tab says."""
        return _("Wallet")

    def show_person(self, portrait: Portrait) -> None:
        """Read the movements of somebody."""
        if self._portrait is None or self._portrait.member.id != portrait.member.id:
            self._shown = None
            self._table.set_lines([])
        self._portrait = portrait
        self._paint()
        self._mind.open(portrait.member.id)

    def show_statement(self, statement: Statement, left: MealsLeft) -> None:
        """Show the movements, the newest first."""
        self._shown = statement, left
        self._table.set_lines([_line(line) for line in reversed(statement.lines)])
        self._paint()

    def deeds(self) -> tuple[MemberDeed, ...]:
        """The statement on other days and on paper; then what moves money."""
        wallet = self._portrait.wallet if self._portrait else None
        dead = self._portrait is not None and self._portrait.member.status is MemberStatus.DECEASED
        return (
            MemberDeed(_("Which days"), self._mind.ask_period),
            MemberDeed(_("Print a slip"), self._mind.print),
            MemberDeed(_("As a PDF"), self._write),
            MemberDeed(
                _("Refund"),
                lambda: self._pay_back(RefundKind.REFUND),
                possible=wallet is not None and wallet.principal > 0 and not dead,
            ),
            MemberDeed(_("Transfer"), self._hand_on, possible=wallet is not None and wallet.spendable > 0),
            MemberDeed(_("To the heirs"), lambda: self._pay_back(RefundKind.HEIRS))
            if dead
            else MemberDeed(_("Close account"), lambda: self._pay_back(RefundKind.CLOSING), danger=True),
            MemberDeed(_("Undo this line"), self._take_back, possible=self._marked_money_out is not None, danger=True),
        )

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        for sheet in self._sheets:
            sheet.retranslate()
        self._table.setAccessibleName(_("Movements"))
        self._table.set_columns(
            (
                Column(_("Day"), 126),
                Column(_("What")),
                Column(_("In, out"), 112, right=True),
                Column(_("Balance"), 108, right=True),
            )
        )
        self._table.set_empty_words(_("Nothing moved on these days."))
        if self._shown:
            self.show_statement(*self._shown)
        self._paint()

    @property
    def takes_cards(self) -> bool:
        """A card is that of whoever gets the money, while a transfer is open."""
        return self._transfer.is_open

    def card_read(self, uid: CardUid) -> None:
        """The card of whoever gets the money."""
        self._transfer.card_read(uid)

    def left(self) -> None:
        """Close what is open."""
        self._mind.close()
        self._refund.drop()
        self._transfer.drop()
        self._back.drop()

    @property
    def _marked_money_out(self) -> StatementLine | None:
        """The refund or the transfer that is marked."""
        lines = self._shown[0].lines if self._shown else ()
        line = lines[len(lines) - 1 - self._table.at] if 0 <= self._table.at < len(lines) else None
        return line if line and line.kind in _MONEY_OUT else None

    def _take_back(self) -> None:
        if line := self._marked_money_out:
            self._back.open(line.kind, line.number)

    def _paint(self) -> None:
        if self._portrait is None:
            return
        wallet = self._portrait.wallet
        held = _("held {amount}").format(amount=words.money(wallet.held)) if wallet.held else ""
        parts = (
            _("paid in {amount}").format(amount=words.money(wallet.principal)),
            _("bonus {amount}").format(amount=words.money(wallet.bonus)),
            held,
            _("in all {amount}").format(amount=words.money(wallet.principal + wallet.bonus + wallet.held)) if held else "",
        )
        self._holds.setText(" · ".join(part for part in parts if part))
        left = self._shown[1] if self._shown else None
        self._enough.setText(formats.enough_for(left.balance, left.usual_price) if left else "")

    def _pay_back(self, kind: RefundKind) -> None:
        if self._portrait is not None:
            member, card = self._portrait.member, self._portrait.card
            self._refund.open(kind, member.id, member.name, card.uid.printed[-4:] if card else "")

    def _hand_on(self) -> None:
        if self._portrait is not None:
            self._transfer.open(self._portrait.member.id, self._portrait.member.name)

    def _write(self) -> None:
        if self._portrait is not None:
            self._mind.write(self._portrait.member.name)

    def _choose_file(self, name: str) -> Path | None:
        return ask_save(self, _("Where to?"), name, "PDF (*.pdf)")


def _line(line: StatementLine) -> Line:
    moved = line.moved.total
    return Line(
        (
            line.business_date.isoformat(),
            words.statement_line(line),
            ("+" if moved > 0 else "") + words.money(moved),
            words.money(line.after.total),
        ),
        Tone.GREEN if moved > 0 else Tone.PLAIN,
    )
