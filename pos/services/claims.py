"""Claims: look at a payer's month, stamp it once, and know how much is owed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from pos.domain.absences import status_on
from pos.domain.bill import OWN_PAYERS
from pos.domain.claim_anomalies import Anomaly, anomalies
from pos.domain.claim_errors import (
    ClaimChanged,
    ClaimStamped,
    EarlierMonthUnclaimed,
    LaterClaimStamped,
    MonthHasOpenShift,
    MonthNotOver,
    NothingToClaim,
)
from pos.domain.claims import (
    FIRST_CLAIM_FOLLOWS,
    Claim,
    ClaimLine,
    Head,
    Month,
    Owed,
    claim_hash,
    claimable,
    total_of,
    write_line,
)
from pos.domain.errors import LedgerBroken
from pos.domain.ledger import receivable
from pos.domain.members import MemberStatus
from pos.domain.money import Fen
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store
from pos.services.calendar import days_between


@dataclass(frozen=True, slots=True)
class PayerMonths:
    """A payer, and the months whose meals it owes a part of: newest first, with the claim where one is stamped."""

    payer: str
    name: str
    months: tuple[tuple[Month, Claim | None], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A claim as it would be stamped now, or (`claim`) as it was. `movement` is what the payer's account moved (fen);
    the lines sum to it.
    """

    payer: str
    payer_name: str
    month: Month
    lines: tuple[ClaimLine, ...]
    anomalies: tuple[Anomaly, ...]
    movement: Fen
    names: tuple[tuple[str, str], ...]
    claim: Claim | None = None

    @property
    def total(self) -> Fen:
        """What the payer owes for it, in fen."""
        return total_of(self.lines)


@dataclass(frozen=True, slots=True)
class StampOrder:
    """A wish to stamp. `claim_id` is made when the preview opens and kept for every retry; `shown_total` (fen) and
    `shown_lines` are what the screen showed.
    """

    claim_id: str
    payer: str
    month: Month
    shown_total: Fen
    shown_lines: int


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What one moment of the store says about a month of a payer."""

    payer_name: str
    names: tuple[tuple[str, str], ...]
    canteen: str
    lines: tuple[ClaimLine, ...]
    movement: Fen
    heads: tuple[Head, ...]
    last: Claim | None


class Claims:
    """The subsidies that are asked back."""

    def __init__(self, stores: OpenStore, clock: Clock) -> None:
        """Claim from one store; the tills do not matter."""
        self._stores = stores
        self._clock = clock

    def months(self, actor: Actor) -> tuple[PayerMonths, ...]:
        """Every payer with its months. Raises NotPermitted."""
        actor.must(Permission.CLAIM)
        with self._stores.read() as store:
            stamped = {(claim.payer, claim.month): claim for claim in store.claims.stamped()}
            found = []
            for payer in store.claims.payers():
                months = store.claims.months(payer)
                name = _name(store, payer, months[-1].last if months else self._clock.local().date())
                listed = tuple((month, stamped.get((payer, month))) for month in reversed(months))
                found.append(PayerMonths(payer, name, listed))
            return tuple(found)

    def owed(self, actor: Actor) -> tuple[Owed, ...]:
        """How much every payer owes. Raises NotPermitted."""
        actor.must(Permission.CLAIM)
        today = self._clock.local().date()
        with self._stores.read() as store:
            return tuple(_owed(store, payer, today) for payer in store.claims.payers())

    def preview(self, actor: Actor, payer: str, month: Month) -> Preview:
        """The claim of a payer's month: stamped, or as it would be stamped now.

        Raises NotPermitted; LedgerBroken where the sales contradict the payer's account.
        """
        actor.must(Permission.CLAIM)
        with self._stores.read() as store:
            for claim in store.claims.stamped(payer):
                if claim.month == month:
                    lines = store.claims.lines(claim.id)
                    odd = _anomalies(store, lines)
                    return Preview(payer, claim.payer_name, month, lines, odd, claim.total, claim.names, claim)
            found = _gathered(store, payer, month)
            odd = _anomalies(store, found.lines)
            return Preview(payer, found.payer_name, month, found.lines, odd, found.movement, found.names)

    def stamp(self, actor: Actor, order: StampOrder) -> Claim:
        """Stamp a claim, once however often it is asked for with the same id.

        It is gathered from one moment of the store and written afterwards, so that no till waits for the reading:
        what a till posts in between is dated in a month that is over, and goes into the next claim.

        Raises MonthNotOver, MonthHasOpenShift, ClaimStamped, LaterClaimStamped, EarlierMonthUnclaimed,
        NothingToClaim, ClaimChanged or NotPermitted; LedgerBroken where the sales contradict the payer's account.
        """
        actor.must(Permission.CLAIM)
        with self._stores.read() as store:
            if stored := store.claims.get(order.claim_id):
                return stored
            self._check_month(store, order)
            found = _gathered(store, order.payer, order.month)
        if not found.lines:
            raise NothingToClaim(str(order.month))
        total = total_of(found.lines)
        if (total, len(found.lines)) != (order.shown_total, order.shown_lines):
            raise ClaimChanged(order.shown_total, total)
        with self._stores.write() as store:
            store.claims.in_turn()
            if stored := store.claims.get(order.claim_id):
                return stored
            stamped = store.claims.stamped()
            of_payer = [claim for claim in stamped if claim.payer == order.payer]
            if of_payer[-1:] != [claim for claim in [found.last] if claim]:
                raise ClaimStamped(of_payer[-1].number)
            claim = Claim(
                id=order.claim_id,
                seq=len(stamped) + 1,
                payer=order.payer,
                payer_name=found.payer_name,
                names=found.names,
                canteen=found.canteen,
                month=order.month,
                lines=len(found.lines),
                total=total,
                heads=found.heads,
                staff_id=actor.staff_id,
                staff_name=actor.name,
                at_ms=self._clock.now_ms(),
                prev_hash=stamped[-1].hash if stamped else FIRST_CLAIM_FOLLOWS,
            )
            claim = replace(claim, hash=claim_hash(claim, map(write_line, found.lines)))
            store.claims.add(claim, found.lines)
            return claim

    def stamped(self, actor: Actor) -> tuple[Claim, ...]:
        """Every stamped claim, newest first. Raises NotPermitted."""
        actor.must(Permission.CLAIM)
        with self._stores.read() as store:
            return store.claims.stamped()[::-1]

    def _check_month(self, store: Store, order: StampOrder) -> None:
        month = order.month
        for claim in store.claims.stamped(order.payer):
            if claim.month == month:
                raise ClaimStamped(claim.number)
            if claim.month > month:
                raise LaterClaimStamped(claim.number)
        if self._clock.local().date() <= month.last:
            raise MonthNotOver(str(month))
        if shift := store.claims.open_shift(month.last):
            till, day = shift
            raise MonthHasOpenShift(till, day.isoformat())
        last = _last(store.claims.stamped(order.payer))
        for earlier in store.claims.months(order.payer):
            if (last is None or earlier > last.month) and earlier < month:
                lines, _moved = store.claims.unclaimed(order.payer, earlier, None)
                if claimable(lines):
                    raise EarlierMonthUnclaimed(str(earlier))


def _gathered(store: Store, payer: str, month: Month) -> _Gathered:
    """What is to be claimed, proved against the ledger to the fen."""
    last = _last(claim for claim in store.claims.stamped(payer) if claim.month < month)
    found, movement = store.claims.unclaimed(payer, month, last)
    lines = claimable(found)
    if total_of(found) != movement or total_of(lines) != movement:
        raise LedgerBroken(1)
    canteen = store.canteen.get()
    assert canteen is not None, "only a founded canteen claims"
    named = _names(store, lines, month.last)
    return _Gathered(
        _name(store, payer, month.last), named, canteen.name, lines, movement, store.claims.heads(), last
    )


def _anomalies(store: Store, lines: tuple[ClaimLine, ...]) -> tuple[Anomaly, ...]:
    days = [line.day for line in lines if line.meals > 0]
    if not days:
        return ()
    first, last = min(days), max(days)
    swipes = store.claims.swipes(first, last)
    closed = {one.day for one in days_between(store, first, last) if not one.facts.open}
    absences = store.profiles.all_absences()

    def away_as(member_id: str, day: date) -> str:
        status = status_on(absences.get(member_id, ()), day)
        return "" if status is MemberStatus.ACTIVE else status

    return anomalies(lines, swipes, away_as, closed.__contains__)


def _owed(store: Store, payer: str, today: date) -> Owed:
    claimed = sum(claim.total for claim in store.claims.stamped(payer))
    paid = sum(payment.amount for payment in store.claims.payments(payer) if not payment.undone)
    open_now = store.ledger.balance(receivable(payer))
    return Owed(payer, _name(store, payer, today), claimed, paid, open_now - claimed + paid)


def _name(store: Store, payer: str, day: date) -> str:
    """What the tariff of a day calls the payer; else what the last claim called it, else its own id."""
    named = store.tariff.in_force(day).payer_names.get(payer)
    claim = _last(store.claims.stamped(payer))
    return named or (claim.payer_name if claim else payer)


def _names(store: Store, lines: tuple[ClaimLine, ...], day: date) -> tuple[tuple[str, str], ...]:
    """What the others who paid a part of these meals are called; the canteen's own parts have words of their own."""
    others = {payer for line in lines for payer, _part in line.others}
    return tuple((payer, _name(store, payer, day)) for payer in sorted(others) if payer not in OWN_PAYERS)


def _last(claims: Iterable[Claim]) -> Claim | None:
    return max(claims, key=lambda claim: claim.seq, default=None)
