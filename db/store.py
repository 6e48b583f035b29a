"""The store: one transaction over all repositories, and the object that opens it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, Engine

from db.accounts import SqlAccounts
from db.calendar import SqlCalendar, ask_day
from db.canteen import SqlCanteen, ask_canteen
from db.cards import SqlCards
from db.cases import SqlCases
from db.claims import SqlClaims
from db.days import SqlDays
from db.deliveries import SqlDeliveries
from db.engine import Database, address_of, open_database
from db.identities import SqlIdentities
from db.imports import SqlImports
from db.kitchen import SqlKitchen
from db.ledger import SqlLedger, ask_last_at, ask_open_lots, ask_till
from db.lists import SqlLists
from db.members import SqlMembers, ask_member, ask_wallet
from db.menu import SqlMenu, ask_menu
from db.migrate import bring_up_to_date
from db.paper import SqlPaper
from db.past import SqlPast
from db.persons import SqlPersons
from db.prints import SqlPrints
from db.profile import SqlProfiles
from db.refunds import SqlRefunds
from db.reservations import SqlReservations, ask_pending
from db.routes import SqlRoutes
from db.sales import SqlSales, ask_known, ask_usage
from db.shifts import SqlShifts, ask_open_shift
from db.sign_up_lists import SqlSignUps
from db.staff import SqlStaff
from db.standing_orders import SqlStandingOrders
from db.tariff import SqlTariff, ask_tariff
from db.transaction import Transaction
from db.trouble import converted
from pos.domain.menu import Meal


class SqlStore:
    """One transaction over everything; keeps the promises of pos.ports.Store."""

    __slots__ = (
        "_transaction",
        "accounts",
        "calendar",
        "canteen",
        "cards",
        "cases",
        "claims",
        "days",
        "deliveries",
        "identities",
        "imports",
        "kitchen",
        "ledger",
        "lists",
        "members",
        "menu",
        "paper",
        "past",
        "persons",
        "prints",
        "profiles",
        "refunds",
        "reservations",
        "routes",
        "sales",
        "shifts",
        "sign_ups",
        "staff",
        "standing_orders",
        "tariff",
    )

    def __init__(self, transaction: Transaction) -> None:
        self.members = SqlMembers(transaction)
        self.profiles = SqlProfiles(transaction)
        self.persons = SqlPersons(transaction)
        self.identities = SqlIdentities(transaction)
        self.menu = SqlMenu(transaction)
        self.tariff = SqlTariff(transaction)
        self.sales = SqlSales(transaction)
        self.ledger = SqlLedger(transaction)
        self.shifts = SqlShifts(transaction)
        self.staff = SqlStaff(transaction)
        self.paper = SqlPaper(transaction)
        self.canteen = SqlCanteen(transaction)
        self.calendar = SqlCalendar(transaction)
        self.accounts = SqlAccounts(transaction)
        self.imports = SqlImports(transaction)
        self.lists = SqlLists(transaction)
        self.claims = SqlClaims(transaction)
        self.past = SqlPast(transaction)
        self.cards = SqlCards(transaction)
        self.refunds = SqlRefunds(transaction)
        self.deliveries = SqlDeliveries(transaction)
        self.cases = SqlCases(transaction)
        self.days = SqlDays(transaction)
        self.reservations = SqlReservations(transaction)
        self.standing_orders = SqlStandingOrders(transaction)
        self.sign_ups = SqlSignUps(transaction)
        self.prints = SqlPrints(transaction)
        self.kitchen = SqlKitchen(transaction)
        self.routes = SqlRoutes(transaction)
        self._transaction = transaction

    def foresee_charge(self, till: str, sale_id: str, member_id: str | None, day: date, meal: Meal) -> None:
        """First what no wallet decides and what the member had so far, then the wallet's lock and what only holds behind it.

        Behind it in the same round trip, for each statement sees what was committed when it begins. Joined into the
        locking statement itself they would not do: after the wait PostgreSQL reads the locked row anew, the joined
        ones as they were before.
        """
        if not self._transaction.on_server:
            return
        terms = [ask_open_shift(till), ask_last_at(till), ask_menu(day.isoformat(), meal), ask_canteen(), ask_tariff(day), ask_day(day)]
        locked = [ask_known(sale_id), ask_till(till)]
        if member_id is not None:
            terms += [ask_member(member_id, day), ask_usage(member_id, day)]
        self._transaction.foresee(*terms)
        if member_id is not None:
            locked.insert(0, ask_wallet(member_id, lock=True))
            locked += [self.sales.look_ahead(member_id, day), ask_pending(member_id, day), ask_open_lots(member_id)]
        self._transaction.foresee(*locked)


class SqlStores:
    """Opens the store for one till; keeps the promises of pos.ports.OpenStore. May be used by several threads."""

    def __init__(self, database: Database, till: str) -> None:
        """`till` is the counter whose entries `ledger.post` numbers."""
        self.database = database
        self.till = till

    def at(self, till: str) -> SqlStores:
        """The same database as another till sees it."""
        return SqlStores(self.database, till)

    @contextmanager
    def write(self) -> Iterator[SqlStore]:
        """A transaction that commits on clean exit and rolls back on error. Raises StoreTrouble."""
        with _connected(self.database.writer) as connection:
            with converted():
                self.database.begin_write(connection)
            transaction = Transaction(connection, self.till, writing=True)
            yield SqlStore(transaction)
            transaction.commit()

    @contextmanager
    def read(self) -> Iterator[SqlStore]:
        """One moment of the store, without a write lock. Raises StoreTrouble."""
        with self.read_rows() as transaction:
            yield SqlStore(transaction)

    @contextmanager
    def read_rows(self) -> Iterator[Transaction]:
        """The same moment as bare rows, for exports."""
        with _connected(self.database.reader) as connection:
            with converted():
                self.database.begin_read(connection)
            yield Transaction(connection, self.till, writing=False)

    def checkpoint(self) -> None:
        """Tidy the log in a quiet moment; see Database.checkpoint. Raises StoreTrouble."""
        with converted():
            self.database.checkpoint()

    def close(self) -> None:
        """Close every connection."""
        self.database.close()


def open_stores(where: str | Path, till: str) -> SqlStores:
    """Open a store by path or address, made or brought up to date where that is due. Raises StoreTrouble.

    A till process that sells holds `db.lock.TillLock` on the same path first.
    """
    url = address_of(where)
    bring_up_to_date(url)
    return SqlStores(open_database(url), till)


@contextmanager
def _connected(engine: Engine) -> Iterator[Connection]:
    with converted():
        connection = engine.connect()
    try:
        yield connection
    except BaseException:
        # The connection may be what failed: rolling back must not hide why.
        with converted(quiet=True):
            connection.rollback()
        raise
    finally:
        with converted(quiet=True):
            connection.close()
