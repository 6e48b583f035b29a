"""Runs the steps on the connection that db.migrate hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from db.version import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
with context.begin_transaction():
    context.run_migrations()
