"""The print outbox: takes what waits, prints it, and writes down what became of it.

It works in the printing lane and nothing of a sale calls it: whether the printer is off, slow or out of paper,
a sale is done when it is committed. No transaction is open while bytes go out.

A job is marked UNKNOWN before its first byte and SENT after its last. So a time-out in its midst, or a power
cut, leaves it UNKNOWN, and nothing is ever printed twice by itself: whether the paper came out is seen by a
person, who asks for a reprint with its mark (devices.md 1.9). A job of which surely no byte went out waits on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from pos.clock import CHINA
from pos.domain.canteen import Canteen
from pos.domain.deliveries import Outcome
from pos.domain.errors import Trouble
from pos.domain.paper import JobState, PrintJob, SlipKind
from pos.domain.statement import of_subject
from pos.services.cut_offs import cut_offs
from pos.services.kitchen import paper_of
from pos.services.rosters import labels_for
from receipts.escpos import build
from receipts.layout import (
    batch_slip,
    booking_slip,
    card_slip,
    day_close_slip,
    kitchen_change_slip,
    kitchen_slip,
    label_slip,
    refund_slip,
    report_slip,
    sale_slip,
    statement_slip,
    top_up_slip,
    transfer_slip,
    trial_page,
    undo_slip,
)
from receipts.printer import PrinterStatus, PrinterTrouble, Reason
from receipts.roll import OpenDrawer, Slip

if TYPE_CHECKING:
    from datetime import tzinfo

    from pos.ports import Clock, OpenStore, Store
    from receipts.escpos import PrinterSettings

KICK_FRESH_MS = 60_000
"""A drawer opens for a job of the last minute only; one that springs open when the printer is back helps a thief."""

_LOOKED_AT = 20
_DRAWER_STILL_OPENS = (Reason.PAPER_OUT, Reason.COVER_OPEN, Reason.OFFLINE)


class PrintsBytes(Protocol):
    """The printer, as the outbox needs it: receipts.printer.Printer, or the practice canteen's."""

    def send(self, data: bytes) -> PrinterStatus:
        """Hand over one job. Raises PrinterTrouble."""
        ...

    def open_drawer(self) -> bool:
        """Kick the drawer; False if there is none. Raises PrinterTrouble."""
        ...


@dataclass(frozen=True, slots=True)
class OutboxState:
    """What the lamp shows. `waiting` papers come by themselves, of `unknown` ones somebody looks whether they came.

    `fault` is why the last try failed, None after one that did not. `status` is what the printer last said.
    Without a printer (`has_printer` False) papers are dropped; each can still be asked for by a reprint.
    """

    waiting: int
    unknown: int
    fault: Reason | None
    has_printer: bool
    status: PrinterStatus

    @property
    def more(self) -> bool:
        """Whether it is worth to work on at once."""
        return self.waiting > 0 and self.fault is None


class Outbox:
    """The papers of one till on their way to its printer."""

    def __init__(
        self,
        stores: OpenStore,
        printer: PrintsBytes | None,
        settings: PrinterSettings,
        till: str,
        clock: Clock,
        tz: tzinfo = CHINA,
    ) -> None:
        """Print for one till; `printer` is None where none is configured, `tz` the canteen's civil time."""
        self._stores = stores
        self._printer = printer
        self._settings = settings
        self._till = till
        self._clock = clock
        self._tz = tz
        self._fault: Reason | None = None
        self._status = PrinterStatus()
        self._kicked: set[int] = set()

    def work_once(self) -> OutboxState:
        """Print the oldest waiting paper, or find out why not; one paper a call, so that a stop is quick.

        Raises StoreTrouble; whatever the printer does is in the state.
        """
        with self._stores.read() as store:
            waiting = store.paper.waiting(self._till, _LOOKED_AT)
        if waiting and self._printer is None:
            self._drop(waiting)
        elif waiting and self._printer is not None:
            self._try(self._printer, waiting)
        with self._stores.read() as store:
            counts = store.paper.open_jobs(self._till)
        return OutboxState(
            counts.get(JobState.WAITING, 0),
            counts.get(JobState.UNKNOWN, 0),
            self._fault,
            self._printer is not None,
            self._status,
        )

    def drop_all(self) -> None:
        """Print nothing of what waits now, as after a practice canteen's past was made up. Raises StoreTrouble."""
        while True:
            with self._stores.read() as store:
                waiting = store.paper.waiting(self._till, _LOOKED_AT)
            if not waiting:
                return
            self._drop(waiting)

    def _try(self, printer: PrintsBytes, waiting: tuple[PrintJob, ...]) -> None:
        job = waiting[0]
        try:
            if job.kind is SlipKind.DRAWER:
                self._kick_alone(printer, job)
            else:
                self._print(printer, job)
            self._fault = None
        except PrinterTrouble as trouble:
            self._fault = trouble.reason
            if not trouble.began and trouble.reason in _DRAWER_STILL_OPENS:
                self._kick_out_of_turn(printer, waiting)

    def _print(self, printer: PrintsBytes, job: PrintJob) -> None:
        data = self._bytes_of(job)
        if data is None:
            self._mark(job, JobState.DROPPED)
            return
        if not self._claim(job):
            return
        try:
            self._status = printer.send(data)
        except PrinterTrouble as trouble:
            if not trouble.began:
                self._mark(job, JobState.WAITING)
            raise
        self._mark(job, JobState.SENT)

    def _bytes_of(self, job: PrintJob) -> bytes | None:
        """The whole job; None when there is nothing (any more) that it could show."""
        try:
            with self._stores.read() as store:
                slip = self._slip(store, job)
            if slip is not None and self._kicks(job):
                slip = Slip((OpenDrawer(), *slip.elements))
            return None if slip is None else build(slip, self._settings)
        except Trouble:
            raise
        except Exception:
            # A paper that cannot be made is a bug, but must not hold up those behind it.
            self._mark(job, JobState.DROPPED)
            raise

    def _slip(self, store: Store, job: PrintJob) -> Slip | None:
        canteen = store.canteen.get() or Canteen("")
        copy, asked_by, tz = job.copy, job.asked_by, self._tz
        match job.kind:
            case SlipKind.SALE:
                sale = store.sales.get(job.subject)
                return sale_slip(canteen, sale, copy, asked_by, tz) if sale else None
            case SlipKind.TOP_UP:
                top_up = store.ledger.top_up(job.subject)
                return top_up_slip(canteen, top_up, copy, asked_by, tz) if top_up else None
            case SlipKind.BATCH:
                batch = store.accounts.batch(job.subject)
                return batch_slip(canteen, batch, copy, asked_by, tz) if batch else None
            case SlipKind.STATEMENT:
                statement = store.accounts.statement(*of_subject(job.subject))
                return statement_slip(canteen, statement, copy, asked_by, job.at_ms, tz) if statement else None
            case SlipKind.CARD:
                return self._card(store, canteen, job)
            case SlipKind.BOOKING:
                return self._booking(store, canteen, job)
            case SlipKind.LABELS:
                labels = labels_for(store, job.subject)
                return label_slip(canteen, labels) if labels else None
            case SlipKind.DAY_CLOSE:
                return self._day_close(store, canteen, job)
            case SlipKind.REFUND | SlipKind.TRANSFER:
                return self._money_out(store, canteen, job)
            case SlipKind.UNDO:
                undone = store.sales.get(job.subject) or store.ledger.top_up(job.subject)
                undone_ms = None if copy else job.at_ms
                if undone is None:
                    return self._money_out(store, canteen, job)
                return undo_slip(canteen, undone, undone_ms, copy, asked_by, tz)
            case SlipKind.X_REPORT | SlipKind.SHIFT_CLOSE:
                return self._report(store, canteen, job)
            case SlipKind.KITCHEN | SlipKind.KITCHEN_CHANGES:
                return self._kitchen(store, canteen, job)
            case SlipKind.TEST:
                return trial_page(self._settings, canteen)
            case SlipKind.DRAWER:
                return None

    def _money_out(self, store: Store, canteen: Canteen, job: PrintJob) -> Slip | None:
        """A refund or a transfer; where it was undone the slip says so."""
        if refund := store.refunds.get(job.subject):
            return refund_slip(canteen, refund, job.copy, job.asked_by, self._tz)
        transfer = store.refunds.transfer(job.subject)
        return transfer_slip(canteen, transfer, job.copy, job.asked_by, self._tz) if transfer else None

    def _booking(self, store: Store, canteen: Canteen, job: PrintJob) -> Slip | None:
        booked = store.reservations.get(job.subject)
        if booked is None:
            return None
        until = cut_offs(store, canteen, booked.day, self._tz).cancel
        return booking_slip(canteen, booked, until, job.copy, job.asked_by, self._tz)

    def _day_close(self, store: Store, canteen: Canteen, job: PrintJob) -> Slip | None:
        day = date.fromisoformat(job.subject)
        close = store.days.closed(day)
        if close is None:
            return None
        refused = ((store.reservations.get(one.reservation_id), one) for one in store.deliveries.of_day(day) if one.outcome is Outcome.REFUSED)
        told = tuple((stop.member_name, one) for stop, one in refused if stop is not None)
        return day_close_slip(canteen, close, store.cases.of_day(day), told, job.copy, job.asked_by, self._tz)

    def _card(self, store: Store, canteen: Canteen, job: PrintJob) -> Slip | None:
        event = store.cards.event(job.subject)
        wallet = store.members.wallet(event.member_id) if event and event.member_id else None
        return card_slip(canteen, event, wallet, job.copy, job.asked_by, self._tz) if event and wallet else None

    def _kitchen(self, store: Store, canteen: Canteen, job: PrintJob) -> Slip | None:
        """The version that was asked for, also where a newer one was printed meanwhile."""
        printed = store.prints.get(job.subject)
        if printed is None:
            return None
        slip = kitchen_slip if job.kind is SlipKind.KITCHEN else kitchen_change_slip
        return slip(canteen, paper_of(store, printed, self._tz), job.copy, job.asked_by, self._tz)

    def _report(self, store: Store, canteen: Canteen, job: PrintJob) -> Slip | None:
        """The shift as the store has it now: for an X report that is so far, for a close all it ever did."""
        shift = store.shifts.get(job.subject)
        if shift is None:
            return None
        report = store.shifts.report(shift, self._clock.now_ms())
        payers = store.tariff.in_force(shift.business_date).payer_names
        closed = job.kind is SlipKind.SHIFT_CLOSE
        return report_slip(canteen, report, closed, job.copy, job.asked_by, self._tz, payers)

    def _kick_alone(self, printer: PrintsBytes, job: PrintJob) -> None:
        opened = self._kicks(job) and printer.open_drawer()
        self._mark(job, JobState.SENT if opened else JobState.DROPPED)

    def _kick_out_of_turn(self, printer: PrintsBytes, waiting: tuple[PrintJob, ...]) -> None:
        """Without paper the cashier still gives change: open the drawer once for each job that asks for it."""
        for job in waiting:
            if self._kicks(job):
                try:
                    opened = printer.open_drawer()
                except PrinterTrouble:
                    return
                self._kicked.add(job.id)
                if job.kind is SlipKind.DRAWER:
                    self._mark(job, JobState.SENT if opened else JobState.DROPPED)

    def _kicks(self, job: PrintJob) -> bool:
        fresh = self._clock.now_ms() - job.at_ms <= KICK_FRESH_MS
        return job.kick and fresh and job.id not in self._kicked

    def _drop(self, waiting: tuple[PrintJob, ...]) -> None:
        with self._stores.write() as store:
            for job in waiting:
                store.paper.set_state(job.id, JobState.DROPPED)

    def _claim(self, job: PrintJob) -> bool:
        """Take a job that another process of this till may have taken since it was seen waiting."""
        with self._stores.write() as store:
            return store.paper.claim(job.id)

    def _mark(self, job: PrintJob, state: JobState) -> None:
        with self._stores.write() as store:
            store.paper.set_state(job.id, state)
