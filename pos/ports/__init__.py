"""What the till needs from outside: a store that keeps its promises, and a clock.

`db/` keeps these promises on SQLite and on PostgreSQL; `main.py` hands them over. Everything that crosses is a
frozen value. A use case opens the store, asks, decides, writes and leaves: leaving commits, an error rolls back.
A new word brings its own module of promises and one property of `Store`.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from pos.domain.menu import Meal
from pos.ports.accounts import AccountRows as AccountRows
from pos.ports.calendar import (
    CalendarRows as CalendarRows,
)
from pos.ports.cards import CardRows as CardRows
from pos.ports.claims import ClaimRows as ClaimRows
from pos.ports.counter import (
    CanteenRows as CanteenRows,
)
from pos.ports.counter import (
    LedgerRows as LedgerRows,
)
from pos.ports.counter import (
    MemberRows as MemberRows,
)
from pos.ports.counter import (
    MenuRows as MenuRows,
)
from pos.ports.counter import (
    PaperRows as PaperRows,
)
from pos.ports.counter import (
    SaleRows as SaleRows,
)
from pos.ports.counter import (
    ShiftRows as ShiftRows,
)
from pos.ports.counter import (
    StaffRows as StaffRows,
)
from pos.ports.deliveries import CaseRows as CaseRows
from pos.ports.deliveries import DayRows as DayRows
from pos.ports.deliveries import DeliveryRows as DeliveryRows
from pos.ports.identities import IdentityRows as IdentityRows
from pos.ports.imports import ImportRows as ImportRows
from pos.ports.kitchen import KitchenRows as KitchenRows
from pos.ports.lists import ListRows as ListRows
from pos.ports.persons import PersonRows as PersonRows
from pos.ports.prints import PrintRows as PrintRows
from pos.ports.profile import ProfileRows as ProfileRows
from pos.ports.refunds import RefundRows as RefundRows
from pos.ports.replay import PastMeals as PastMeals
from pos.ports.reservations import ReservationRows as ReservationRows
from pos.ports.routes import RouteRows as RouteRows
from pos.ports.sign_up_lists import SignUpRows as SignUpRows
from pos.ports.standing_orders import StandingOrderRows as StandingOrderRows
from pos.ports.tariff import (
    TariffRows as TariffRows,
)


class Clock(Protocol):
    """Time, as the till sees it."""

    def now_ms(self) -> int:
        """UTC, in milliseconds since 1970."""
        ...

    def local(self) -> datetime:
        """The wall clock of the canteen (its civil date and time)."""
        ...


class Store(Protocol):
    """One transaction over everything."""

    @property
    def members(self) -> MemberRows: ...
    @property
    def identities(self) -> IdentityRows: ...
    @property
    def persons(self) -> PersonRows: ...
    @property
    def profiles(self) -> ProfileRows: ...
    @property
    def menu(self) -> MenuRows: ...
    @property
    def tariff(self) -> TariffRows: ...
    @property
    def sales(self) -> SaleRows: ...
    @property
    def ledger(self) -> LedgerRows: ...
    @property
    def shifts(self) -> ShiftRows: ...
    @property
    def staff(self) -> StaffRows: ...
    @property
    def paper(self) -> PaperRows: ...
    @property
    def canteen(self) -> CanteenRows: ...
    @property
    def calendar(self) -> CalendarRows: ...
    @property
    def accounts(self) -> AccountRows: ...
    @property
    def imports(self) -> ImportRows: ...
    @property
    def lists(self) -> ListRows: ...
    @property
    def claims(self) -> ClaimRows: ...
    @property
    def past(self) -> PastMeals: ...
    @property
    def cards(self) -> CardRows: ...
    @property
    def refunds(self) -> RefundRows: ...
    @property
    def deliveries(self) -> DeliveryRows: ...
    @property
    def cases(self) -> CaseRows: ...
    @property
    def days(self) -> DayRows: ...
    @property
    def reservations(self) -> ReservationRows: ...
    @property
    def sign_ups(self) -> SignUpRows: ...
    @property
    def standing_orders(self) -> StandingOrderRows: ...
    @property
    def prints(self) -> PrintRows: ...
    @property
    def kitchen(self) -> KitchenRows: ...

    @property
    def routes(self) -> RouteRows: ...

    def foresee_charge(self, till: str, sale_id: str, member_id: str | None, day: date, meal: Meal) -> None:
        """Say that a charge follows: a server then answers what it will ask in two round trips. No answer changes."""
        ...


class OpenStore(Protocol):
    """Opens the store: `with stores.write() as store:` is one transaction, `read()` takes no write lock."""

    def write(self) -> AbstractContextManager[Store]:
        """A transaction that commits on clean exit and rolls back on error. Raises StoreTrouble."""
        ...

    def read(self) -> AbstractContextManager[Store]:
        """A consistent view without a write lock. Raises StoreTrouble."""
        ...
