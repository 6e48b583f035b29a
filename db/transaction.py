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

    __slots__ = ("_connection", "till", "writing")

    def __init__(self, connection: Connection, till: str, *, writing: bool) -> None:
        self._connection = connection
        self.till = till
        self.writing = writing

    def run(self, statement: Executable, values: Values | None = None) -> AnyResult:
        """Run a statement. Raises StoreTrouble where the store failed; a broken constraint stays what it is."""
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
