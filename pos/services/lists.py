"""Lists: balances owed, low balances, cards that sleep, and what may be asked back without a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pos.domain import lists
from pos.domain.errors import LedgerBroken
from pos.domain.ledger import BONUS, GENESIS, HELD, PRINCIPAL
from pos.domain.lists import Owed, Recent, Sums
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store


@dataclass(frozen=True, slots=True)
class BalanceList:
    """Members and what is owed to them on a day; `head` is the hash of the till's last entry, which pins the list."""

    day: date
    lines: tuple[Owed, ...]
    sums: Sums
    head: str


@dataclass(frozen=True, slots=True)
class RecentList:
    """Top-ups of the last `days` days of which principal is left."""

    day: date
    days: int
    lines: tuple[Recent, ...]


class Lists:
    """Reads the whole canteen: for the lane of long work."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """`till` is the one whose last entry pins a list."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def owed(self, actor: Actor) -> BalanceList:
        """Everybody to whom anything is owed: the refund list if the canteen closes.

        Its sums are those of the ledger's accounts. Raises LedgerBroken where they are not, or NotPermitted.
        """
        actor.must(Permission.EXPORT)
        with self._stores.read() as store:
            today = self._today()
            lines = lists.owing(store.lists.owed(today))
            booked = Sums(*(-store.ledger.balance(account) for account in (PRINCIPAL, BONUS, HELD)))
            if lists.sums(lines) != booked:
                raise LedgerBroken(1)
            return self._list(store, lines)

    def low(self, actor: Actor, meals: int) -> BalanceList:
        """Whoever comes and has money for fewer meals than this. Raises NotPermitted."""
        actor.must(Permission.EXPORT)
        with self._stores.read() as store:
            today = self._today()
            return self._list(store, lists.low(store.lists.owed(today), meals, today))

    def dormant(self, actor: Actor, months: int) -> BalanceList:
        """Whoever has money here and did not eat for so many months. Raises NotPermitted."""
        actor.must(Permission.EXPORT)
        with self._stores.read() as store:
            today = self._today()
            return self._list(store, lists.dormant(store.lists.owed(today), months, today))

    def refundable(self, actor: Actor) -> RecentList:
        """Top-ups that may be asked back without a reason (domain.md 2.2). Raises NotPermitted."""
        actor.must(Permission.EXPORT)
        with self._stores.read() as store:
            today = self._today()
            canteen = store.canteen.get()
            days = canteen.refund_days if canteen else 0
            return RecentList(today, days, store.lists.recent(today - timedelta(days=days), days))

    def _list(self, store: Store, lines: tuple[Owed, ...]) -> BalanceList:
        last = store.ledger.last(self._till)
        return BalanceList(self._today(), lines, lists.sums(lines), last.hash if last else GENESIS)

    def _today(self) -> date:
        return self._clock.local().date()
