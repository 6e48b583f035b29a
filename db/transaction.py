"""One transaction, as the repositories see it: statements in, rows out, foreign errors converted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Any, TypeAlias

from sqlalchemy import Connection, CursorResult, Executable, Insert, Row, Select, Table, text
from sqlalchemy.exc import IntegrityError

from db.loading import LOADED_FROM, load
from db.pipeline import AnyRows, Pipeline, Question, Write
from db.trouble import StoreError, broken_key, converted, trouble_of

AnyRow: TypeAlias = "Row[*tuple[Any, ...]]"
AnySelect: TypeAlias = "Select[*tuple[Any, ...]]"
AnyResult: TypeAlias = "CursorResult[*tuple[Any, ...]]"
"""Rows are read by the name of their column; what leaves db/ is a domain value."""

Values: TypeAlias = Mapping[str, Any] | Sequence[Mapping[str, Any]]

_TAKE_TURN = text("SELECT pg_advisory_xact_lock(:turn, 0)")


class Turn(IntEnum):
    """What one transaction does after the other because no row of its own stands for it: the kinds of our advisory locks.

    db.lock has another kind, for the tills.
    """

    CARDS = 0x71_12
    CLAIMS = 0x71_13


class Transaction:
    """A connection inside a transaction. `till` is the counter that writes; `writing` says whether it may."""

    __slots__ = ("_connection", "_pipeline", "till", "writing")

    def __init__(self, connection: Connection, till: str, *, writing: bool) -> None:
        self._connection = connection
        self._pipeline = Pipeline(connection) if connection.dialect.name == "postgresql" else None
        self.till = till
        self.writing = writing

    @property
    def on_server(self) -> bool:
        """Whether others write at the same time: a server lets them, a file does not."""
        return self._pipeline is not None

    def run(self, statement: Executable, values: Values | None = None) -> AnyResult:
        """Run a statement. Raises StoreTrouble where the store failed; a broken constraint stays what it is."""
        self.send_all()
        try:
            return self._connection.execute(statement, values)
        except StoreError as error:
            trouble = trouble_of(error)
            if trouble is None:
                raise
            raise trouble from error

    def run_many(self, statement: Executable, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run a statement once for each row; for none, nothing is run. Many new rows are loaded: see db.loading."""
        values = list(rows)
        if len(values) >= LOADED_FROM and isinstance(statement, Insert):
            self.send_all()
            with converted():
                load(self._connection, statement, values)
        elif values:
            self.run(statement, values)

    def count_anew(self, *tables: Table) -> None:
        """Have a server count tables before thousands of their rows are asked for, in a transaction that writes.

        It plans by what it counted last: right after many rows came it looks up one after the other. A file does not count.
        """
        if self._pipeline and self.writing:
            self.run(text("ANALYZE " + ", ".join(table.name for table in tables)))

    def foresee(self, *questions: Question) -> None:
        """Say which questions will be asked, in which order, before anything is written that they read.

        A server answers them in one round trip when the first is asked; a file is asked one by one. A question
        that is then asked otherwise costs a round trip and nothing else.
        """
        if self._pipeline:
            self._pipeline.foresee(questions)

    def ask(self, question: Question) -> AnyRows:
        """Run a statement that may have been foreseen."""
        found = self._pipeline.answer(question) if self._pipeline else None
        return self.run(*question) if found is None else found

    def ask_apart(self, question: Question) -> AnyRows:
        """Run a statement on what is committed: of a transaction that it refused a server answers nothing more.

        A file refuses the statement alone, and is asked as ever.
        """
        if self._pipeline is None:
            return self.run(*question)
        with converted(), self._connection.engine.connect() as apart:
            return apart.execute(*question).freeze()()

    def send(
        self,
        statement: Executable,
        *rows: Mapping[str, Any],
        broken: Callable[[str], Exception | None] | None = None,
    ) -> None:
        """Run a statement once for each row, before the next `run` or the commit at the latest.

        To a server several of them go in one round trip: whoever waits for the rows locked here waits less. What
        `broken` makes of the name of a broken rule is raised now or then.
        """
        if not rows:
            return
        many = isinstance(statement, Insert) and len(rows) >= LOADED_FROM
        if self._pipeline and not many:
            self._pipeline.send(Write(statement, rows, broken))
            return
        try:
            if many:
                self.run_many(statement, rows)
            else:
                self.run(statement, rows[0] if len(rows) == 1 else rows)
        except IntegrityError as error:
            raise (broken and broken(broken_key(error.orig))) or error from error

    def take(self, turn: Turn) -> None:
        """Wait until no other transaction has this turn, and keep it to the end. SQLite's only writer has every turn.

        What is read from now on is what the one before committed. Raises StoreTrouble(BUSY) after a while.
        """
        assert self.writing, "a reader sees one moment and waits for nobody"
        if self._pipeline:
            self.run(_TAKE_TURN, {"turn": int(turn)})

    def send_all(self) -> None:
        """Run what was sent and is not under way yet. Raises as `send` does."""
        if self._pipeline:
            self._pipeline.send_all()

    def commit(self) -> None:
        """Make it last. Raises as `send` does; StoreTrouble where the answer was lost: then nobody knows whether it lasts."""
        if self._pipeline:
            self._pipeline.commit()
        with converted(at_commit=True):
            self._connection.commit()
