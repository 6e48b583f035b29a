"""The table of tariff drafts: texts that still change; what was published stands in `tariffs`."""

from __future__ import annotations

from sqlalchemy import ForeignKey

from db.tables.base import integer_column, table, text_column

tariff_drafts = table(
    "tariff_drafts",
    text_column("id", primary_key=True),
    text_column("title"),
    text_column("document"),
    integer_column("revision"),
    text_column("staff_id", ForeignKey("staff.id")),
    integer_column("begun_ms"),
    integer_column("at_ms"),
)
