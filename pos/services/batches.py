"""Batches: one payer, many members: a company or a community that puts money onto the cards of its people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pos.domain.account_errors import BatchChanged, BatchRefused, MemberTwice
from pos.domain.accounts import Batch, Payer, TopUp, batch_row_id
from pos.domain.errors import Refusal
from pos.domain.members import Wallet
from pos.domain.money import Fen
from pos.domain.paper import SlipKind
from pos.domain.pricing import Tender
from pos.domain.staff import Actor, Permission, check_name
from pos.ports import Clock, OpenStore, Store
from pos.services.shifts import open_shift
from pos.services.topping_up import TopUpOrder, TopUpPlan, book, plan


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One line of a payer's list: whose card, and how much (fen) goes onto it."""

    member_id: str
    amount: Fen


@dataclass(frozen=True, slots=True)
class BatchLine:
    """What becomes of a row; amounts in fen. `refusal` is None where it may be booked, `booked` where it is already."""

    row: int
    name: str
    amount: Fen
    bonus: Fen
    balance_after: Fen
    refusal: Refusal | None = None
    booked: bool = False


class TopUpBatches:
    """Money in for many, of one payer.

    All or nothing: the payer sent one sum for one list, and half a list booked would match neither. Which rows stand
    in the way is seen beforehand, in the preview.
    """

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Top up at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def preview(self, batch_id: str, rows: Sequence[BatchRow], tender: Tender = Tender.BANK) -> tuple[BatchLine, ...]:
        """What would become of each row; nothing is written."""
        day = self._clock.local().date()
        with self._stores.read() as store:
            lines = _orders(batch_id, rows, tender, Payer(""))
            return tuple(_line(store, number, order, rows, day) for number, order in enumerate(lines))

    def book(
        self, actor: Actor, batch_id: str, payer: str, rows: Sequence[BatchRow], tender: Tender = Tender.BANK
    ) -> Batch:
        """Book every row, one entry for each member, in one transaction; a second run of the same batch adds nothing.

        `batch_id` is a UUID made when the list was read. Raises BatchRefused with the number of rows that cannot be
        booked, BatchChanged when another list was booked under this id, BadName, NoShift, ShiftTooOld, ClockWentBack
        or NotPermitted; then no money moved.
        """
        actor.must(Permission.TOP_UP)
        actor.must(Permission.IMPORT)
        if not rows:
            raise BatchRefused(0, 0, 0)
        orders = _orders(batch_id, rows, tender, Payer(check_name(payer)))
        with self._stores.write() as store:
            wallets = _locked(store, rows)
            if stored := store.accounts.batch(batch_id):
                if [(one.member_id, one.principal) for one in stored.top_ups] != [(row.member_id, row.amount) for row in rows]:
                    raise BatchChanged(stored.payer)
                return stored
            shift = open_shift(store, self._clock, self._till, actor)
            lines = [_line(store, number, order, rows, shift.business_date) for number, order in enumerate(orders)]
            if refused := [line for line in lines if line.refusal]:
                raise BatchRefused(len(refused), refused[0].row + 1, len(lines))
            now_ms = self._clock.now_ms()
            booked: list[TopUp] = []
            for order in orders:
                planned = plan(store, order, shift.business_date, wallets[order.member_id])
                booked.append(book(store, planned, shift, actor, now_ms))
            store.paper.add(self._till, SlipKind.BATCH, batch_id, now_ms, kick=tender is Tender.CASH)
            return Batch(batch_id, tuple(booked))


def _orders(batch_id: str, rows: Sequence[BatchRow], tender: Tender, payer: Payer) -> tuple[TopUpOrder, ...]:
    return tuple(
        TopUpOrder(
            batch_row_id(batch_id, number), row.member_id, tender, row.amount, row.amount, payer=payer, batch_id=batch_id
        )
        for number, row in enumerate(rows)
    )


def _locked(store: Store, rows: Sequence[BatchRow]) -> dict[str, Wallet | None]:
    """Every wallet of the list, locked in one order before the till is: two lists never wait for each other."""
    return {member_id: store.members.wallet(member_id) for member_id in sorted({row.member_id for row in rows})}


def _line(store: Store, number: int, order: TopUpOrder, rows: Sequence[BatchRow], day: date) -> BatchLine:
    if booked := store.ledger.top_up(order.top_up_id):
        return BatchLine(number, booked.member_name, booked.principal, booked.bonus, booked.balance_after, booked=True)
    try:
        planned: TopUpPlan = plan(store, order, day, store.members.wallet(order.member_id))
    except Refusal as refusal:
        return BatchLine(number, "", order.amount, 0, 0, refusal)
    line = BatchLine(number, planned.member.name, order.amount, planned.bonus, planned.wallet_after.spendable)
    if any(row.member_id == order.member_id for row in rows[:number]):
        return replace(line, refusal=MemberTwice(planned.member.name))
    return replace(line, refusal=planned.refusal)
