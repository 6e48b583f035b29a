"""The versions of the tables, oldest first, and the table that says which one a store has."""

from __future__ import annotations

HISTORY = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012", "0013", "0014", "0015", "0016", "0017", "0018", "0019", "0020", "0021", "0022", "0023", "0024", "0025", "0026", "0027", "0028")
"""One id for each step in migrations/versions; the last is what this program reads and writes."""

HEAD = HISTORY[-1]

VERSION_TABLE = "canteen_schema"
"""Not alembic's own name: a file that another program keeps with alembic must not look like a canteen."""
