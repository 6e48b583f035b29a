"""The store: one transaction over all repositories, and the object that opens it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from db.accounts import SqlAccounts
from db.calendar import SqlCalendar
from db.canteen import SqlCanteen
from db.engine import Database, address_of, open_database
from db.ledger import SqlLedger
from db.members import SqlMembers
from db.menu import SqlMenu
from db.migrate import bring_up_to_date
from db.paper import SqlPaper
from db.sales import SqlSales
from db.shifts import SqlShifts
from db.staff import SqlStaff
from db.tariff import SqlTariff
from db.transaction import Transaction
from db.trouble import StoreError, trouble_of


class SqlStore:
    """One transaction over everything; keeps the promises of pos.ports.Store."""

    __slots__ = (
        "accounts",
        "calendar",
        "canteen",
        "ledger",
        "members",
        "menu",
        "paper",
        "sales",
        "shifts",
        "staff",
        "tariff",
    )

    def __init__(self, transaction: Transaction) -> None:
        self.members = SqlMembers(transaction)
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
            with _converted():
                self.database.begin_write(connection)
            transaction = Transaction(connection, self.till, writing=True)
            yield SqlStore(transaction)
            transaction.send_all()
            with _converted(at_commit=True):
                connection.commit()

    @contextmanager
    def read(self) -> Iterator[SqlStore]:
        """One moment of the store, without a write lock. Raises StoreTrouble."""
        with self.read_rows() as transaction:
            yield SqlStore(transaction)

    @contextmanager
    def read_rows(self) -> Iterator[Transaction]:
        """The same moment as bare rows, for exports."""
        with _connected(self.database.reader) as connection:
            with _converted():
                self.database.begin_read(connection)
            yield Transaction(connection, self.till, writing=False)

    def checkpoint(self) -> None:
        """Tidy the log in a quiet moment; see Database.checkpoint. Raises StoreTrouble."""
        with _converted():
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
    with _converted():
        connection = engine.connect()
    try:
        yield connection
    except BaseException:
        # The connection may be what failed: rolling back must not hide why.
        with _converted(quiet=True):
            connection.rollback()
        raise
    finally:
        with _converted(quiet=True):
            connection.close()


@contextmanager
def _converted(*, at_commit: bool = False, quiet: bool = False) -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        if quiet:
            return
        trouble = trouble_of(error, at_commit=at_commit)
        if trouble is None:
            raise
        raise trouble from error
