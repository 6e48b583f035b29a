"""Many new rows of one table at once: a server gets them as one stream (COPY), a file as the driver's own tuples.

As parameters of one statement they cost more than the storing itself: SQLAlchemy names each value of each row, and
psycopg looks for each of these names in a statement that is as long as the rows. All columns are text, integers and
bytes, so no value needs SQLAlchemy's conversions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, insert
from sqlalchemy.exc import DBAPIError

LOADED_FROM = 100
"""So many rows are many: a stream is an exchange of its own."""


def load(connection: Connection, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store these rows, which have the same columns. Raises SQLAlchemy's errors, as a statement does."""
    names = tuple(name for name in statement.table.columns.keys() if name in rows[0])  # noqa: SIM118 as in db.ledger
    assert all(len(row) == len(names) for row in rows), "every row has the same columns"
    values = map(itemgetter(*names), rows)
    words = _words(connection.dialect, statement, names)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(words, list(values))
        return
    dialect: Any = connection.dialect
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(words) as stream:
            for row in values:
                stream.write_row(row)
    except dialect.dbapi.Error as error:
        raise DBAPIError.instance(words, None, error, dialect.dbapi.Error, hide_parameters=True) from error


@lru_cache(maxsize=32)
def _words(dialect: Dialect, statement: Insert, names: tuple[str, ...]) -> str:
    assert statement.inline().compare(insert(statement.table).inline()), "a stream knows no conflicts and no answers"
    if dialect.name == "sqlite":
        return str(statement.compile(dialect=dialect, column_keys=names))
    spelled = dialect.identifier_preparer
    columns = ", ".join(map(spelled.quote, names))
    return f"COPY {spelled.quote(statement.table.name)} ({columns}) FROM STDIN"
