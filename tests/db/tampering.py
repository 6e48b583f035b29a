"""Change rows as somebody would who owns the file or the server."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from sqlalchemy import text

from db.engine import file_of
from db.store import SqlStores
from db.tables import metadata


def tamper(stores: SqlStores, *statements: str) -> None:
    """Run statements with triggers and references gone."""
    file = file_of(stores.database.url)
    if file is not None:
        with closing(sqlite3.connect(file)) as connection, connection:
            triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for (name,) in connection.execute(triggers).fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                connection.execute(statement)
        return
    with stores.database.writer.begin() as server:
        for table in metadata.tables:
            server.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        for statement in statements:
            server.execute(text(statement))
