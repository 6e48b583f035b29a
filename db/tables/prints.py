"""The table of printed lists: every version, with what it said."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint

from db.tables.base import integer_column, table, text_column

prints = table(
    "prints",
    text_column("id", primary_key=True),
    text_column("kind"),
    text_column("subject"),
    text_column("day"),
    text_column("meal"),
    integer_column("version"),
    integer_column("at_ms"),
    text_column("staff_id", ForeignKey("staff.id")),
    # What the paper said, by reservation, as JSON in the paper's order: it is read as a whole or not at all.
    text_column("lines"),
    # Also how the newest version of a list is found.
    UniqueConstraint("day", "meal", "kind", "subject", "version", name="uq_prints_version"),
    CheckConstraint("version > 0", name="from_one"),
)

APPEND_ONLY = (prints,)
"""Triggers refuse every deletion here, and every change but one: lines get shorter when a member is forgotten."""
