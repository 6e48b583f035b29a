"""PostgreSQL in few round trips: questions asked ahead, and writes whose answer nobody waits for, go over together.

SQLAlchemy writes the words, once; psycopg's own cursors carry them, for SQLAlchemy looks for an answer before a
pipeline has one. All columns are text and integers, so no value needs SQLAlchemy's conversions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, Dialect, Executable, Result
from sqlalchemy.engine import IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData

from db.trouble import broken_key, trouble_of

Values: TypeAlias = Mapping[str, Any]
Question: TypeAlias = tuple[Executable, Values]
"""A statement that answers in rows, with its values."""
AnyRows: TypeAlias = "Result[*tuple[Any, ...]]"


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
        writes, self._unsent = self._unsent, []
        dialect: Any = self._connection.dialect
        driver: Any = self._connection.connection.driver_connection
        try:
            with driver.pipeline():
                cursor = driver.cursor()
                for one in writes:
                    _write(cursor, dialect, one)
                asked = [_ask(driver.cursor(), dialect, one) for one in questions]
                if commit:
                    driver.execute("COMMIT", prepare=False)  # behind a statement that failed the server does not hear it
        except dialect.dbapi.Error as error:
            raise self._meaning(error, writes, at_commit=commit) from error
        for question, (columns, cursor) in zip(questions, asked, strict=True):
            self._answers.append((question, IteratorResult(columns, iter(cursor.fetchall()))))

    def _meaning(self, error: Any, writes: Sequence[Write], *, at_commit: bool) -> Exception:
        """What to raise for the server's refusal of one of these writes."""
        if trouble := trouble_of(error, at_commit=at_commit):
            return trouble
        self._over = True
        key = broken_key(error)
        meant = (write.broken(key) for write in writes if write.broken)
        return next((one for one in meant if one), error)


@dataclass(frozen=True, slots=True)
class _Words:
    text: str
    constants: Values
    columns: SimpleResultMetaData


@lru_cache(maxsize=128)
def _words(dialect: Dialect, statement: Any, names: tuple[str, ...]) -> _Words:
    compiled = statement.compile(dialect=dialect, column_keys=names)
    constants = {name: value for name, value in compiled.params.items() if name not in names}
    columns = statement.exported_columns.keys() if statement.is_select else ()
    return _Words(str(compiled), constants, SimpleResultMetaData(columns))


def _ask(cursor: Any, dialect: Dialect, question: Question) -> tuple[SimpleResultMetaData, Any]:
    statement, values = question
    words = _words(dialect, statement, tuple(values))
    return words.columns, cursor.execute(words.text, {**words.constants, **values}, prepare=True)


def _write(cursor: Any, dialect: Dialect, write: Write) -> None:
    words = _words(dialect, write.statement, tuple(write.rows[0]))
    for row in write.rows:
        cursor.execute(words.text, {**words.constants, **row}, prepare=True)
