"""A counter that sells on chosen days, and the claims made of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from db.store import SqlStores
from pos.clock import CHINA
from pos.domain.claims import Claim, Month
from pos.domain.members import Member
from pos.domain.sales import Sale
from pos.services.claim_payments import PayerPayments
from pos.services.claims import Claims, StampOrder
from tests.pos.services.counter import TILL, Counter, counter_on, found_canteen

CITY = "city"
OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)
LUNCH = time(11, 30)


@dataclass(frozen=True, slots=True)
class Claiming:
    """A counter whose days are chosen; members of 82 get 15 % and 3.00 from the city."""

    counter: Counter
    claims: Claims
    payments: PayerPayments

    @contextmanager
    def day(self, day: date) -> Iterator[None]:
        """A shift at noon of that day, closed at its end."""
        self.at(day)
        self.counter.shifts.open(self.counter.manager, 0)
        yield
        with self.counter.stores.read() as store:
            drawer = store.ledger.balance(f"drawer:{TILL}")
        self.counter.shifts.close(self.counter.manager, drawer)

    def at(self, day: date) -> None:
        self.counter.clock.set(datetime.combine(day, LUNCH, CHINA))

    def sell_on(self, day: date, *members: Member) -> list[Sale]:
        """A set meal of 12.00 for each, a minute after the other."""
        sold = []
        with self.day(day):
            for member in members:
                sold.append(self.counter.sell(member, again=True))
                self.counter.wait(minutes=1)
        return sold

    def order(self, month: Month, claim_id: str = "") -> StampOrder:
        """What the screen would ask for after a look at the preview."""
        shown = self.claims.preview(self.counter.manager, CITY, month)
        return StampOrder(claim_id or f"claim-{month}", CITY, month, shown.total, len(shown.lines))

    def stamp(self, month: Month) -> Claim:
        return self.claims.stamp(self.counter.manager, self.order(month))


def claiming_on(stores: SqlStores, file: Path) -> Claiming:
    """Founded, nobody's shift open."""
    found_canteen(stores)
    counter = counter_on(stores, file)
    return Claiming(counter, Claims(stores, counter.clock), PayerPayments(stores, counter.clock, TILL))


def old_member(claiming: Claiming, name: str = "王䶮", born: date = date(1944, 1, 1)) -> Member:
    """Somebody the city pays for, with money on the card; a shift must be open."""
    return claiming.counter.rich(name, born, 100_000)
