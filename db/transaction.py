"""One transaction, as the repositories see it: statements in, rows out, foreign errors converted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, CursorResult, Executable, Row, Select

from db.trouble import StoreError, trouble_of

AnyRow: TypeAlias = "Row[*tuple[Any, ...]]"
AnySelect: TypeAlias = "Select[*tuple[Any, ...]]"
AnyResult: TypeAlias = "CursorResult[*tuple[Any, ...]]"
"""Rows are read by the name of their column; what leaves db/ is a domain value."""

Values: TypeAlias = Mapping[str, Any] | Sequence[Mapping[str, Any]]


class Transaction:
    """A connection inside a transaction. `till` is the counter that writes; `writing` says whether it may."""

    __slots__ = ("_connection", "_gathers", "_unsent", "till", "writing")

    def __init__(self, connection: Connection, till: str, *, writing: bool) -> None:
        self._connection = connection
        self._gathers = connection.dialect.name == "postgresql"
        self._unsent: list[tuple[Executable, Values]] = []
        self.till = till
        self.writing = writing

    def run(self, statement: Executable, values: Values | None = None) -> AnyResult:
        """Run a statement. Raises StoreTrouble where the store failed; a broken constraint stays what it is."""
        if self._unsent:
            self.send_all()
        try:
            return self._connection.execute(statement, values)
        except StoreError as error:
            trouble = trouble_of(error)
            if trouble is None:
                raise
            raise trouble from error

    def run_many(self, statement: Executable, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run a statement once for each row; for none, nothing is run."""
        values = list(rows)
        if values:
            self.run(statement, values)

    def send(self, statement: Executable, values: Values) -> None:
        """Run a statement whose answer nobody needs, before the next `run` or the commit at the latest.

        To a server several of them go in one round trip: whoever waits for the rows locked here waits less. What
        `run` raises, the next `run` or `send_all` may raise for it.
        """
        if not self._gathers:
            self.run(statement, values)
        elif values:
            self._unsent.append((statement, values))

    def send_all(self) -> None:
        """Run what was sent and is not under way yet. Raises as `run` does."""
        if not self._unsent:
            return
        unsent, self._unsent = self._unsent, []
        driver: Any = self._connection.connection.driver_connection
        dialect: Any = self._connection.dialect
        try:
            with driver.pipeline():
                for statement, values in unsent:
                    self._connection.execute(statement, values)
        except (*StoreError, dialect.dbapi.Error) as error:
            trouble = trouble_of(error)
            if trouble is None:
                raise
            raise trouble from error
