"""PostgreSQL in few round trips: questions asked ahead, and writes whose answer nobody waits for, go over together.

SQLAlchemy writes the words, once; db.wire carries them, for SQLAlchemy looks for an answer before a pipeline has one.
All columns are text and integers, so no value needs SQLAlchemy's conversions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, Executable, Result
from sqlalchemy.engine import IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData

from db.trouble import broken_key, trouble_of

Values: TypeAlias = Mapping[str, Any]
Question: TypeAlias = tuple[Executable, Values]
"""A statement that answers in rows, with its values."""
AnyRows: TypeAlias = "Result[*tuple[Any, ...]]"

_PREPARED = "prepared"
"""Where a connection keeps which statements its server knows."""


@dataclass(frozen=True, slots=True)
class Write:
    """A statement whose answer nobody waits for, once for each row of values.

    `broken` makes of a broken rule's name what is raised, or None where that is a bug; the server answers nothing more
    in the transaction by then.
    """

    statement: Executable
    rows: Sequence[Values]
    broken: Callable[[str], Exception | None] | None = None


class Pipeline:
    """What one transaction has asked ahead and not sent yet."""

    __slots__ = ("_answers", "_connection", "_foreseen", "_over", "_unsent")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._foreseen: list[Sequence[Question]] = []
        self._answers: list[tuple[Question, AnyRows]] = []
        self._unsent: list[Write] = []
        self._over = False

    def foresee(self, questions: Sequence[Question]) -> None:
        """Questions that go over together, in this order, when the first of them is asked."""
        self._foreseen.append(questions)

    def answer(self, question: Question) -> AnyRows | None:
        """The answer to a question that was foreseen, once; None where it was not."""
        for together in self._foreseen:
            if question in together:
                self._foreseen.remove(together)
                self._exchange(together)
                break
        for place, (asked, _) in enumerate(self._answers):
            if asked == question:
                return self._answers.pop(place)[1]
        return None

    def send(self, write: Write) -> None:
        """Keep a write until the next exchange."""
        self._unsent.append(write)

    def send_all(self) -> None:
        """Carry over what was sent. Raises what the writes' `broken` make, or StoreTrouble."""
        if self._unsent:
            self._exchange(())

    def commit(self) -> None:
        """Carry over what was sent, with the commit right behind it. Raises as above."""
        assert not self._over, "a transaction that the server refused cannot go on"
        self._exchange((), commit=True)

    def _exchange(self, questions: Sequence[Question], *, commit: bool = False) -> None:
        from db import wire  # a till on a file starts without psycopg

        writes, self._unsent = self._unsent, []
        dialect: Any = self._connection.dialect
        driver: Any = self._connection.connection.driver_connection
        sent = [wire.statement(write.statement, row) for write in writes for row in write.rows]
        asked = [wire.statement(*question) for question in questions]
        try:
            answers = wire.exchange(driver, self._connection.info.setdefault(_PREPARED, {}), [*sent, *asked], commit=commit)
        except dialect.dbapi.Error as error:
            raise self._meaning(error, writes, at_commit=commit) from error
        for question, rows in zip(questions, answers[len(sent) :], strict=True):
            self._answers.append((question, IteratorResult(_columns(question[0]), iter(rows))))

    def _meaning(self, error: Any, writes: Sequence[Write], *, at_commit: bool) -> Exception:
        """What to raise for the server's refusal of one of these writes."""
        if trouble := trouble_of(error, at_commit=at_commit):
            return trouble
        self._over = True
        key = broken_key(error)
        meant = (write.broken(key) for write in writes if write.broken)
        return next((one for one in meant if one), error)


@lru_cache(maxsize=128)
def _columns(statement: Any) -> SimpleResultMetaData:
    return SimpleResultMetaData(statement.exported_columns.keys())
