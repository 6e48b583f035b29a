"""The tables of the calendar: what was ruled about dates, and how the week is kept from a day on."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index

from db.tables.base import integer_column, table, text_column

calendar_days = table(
    "calendar_days",
    integer_column("seq", primary_key=True, autoincrement=True),
    text_column("day"),
    text_column("kind", nullable=True),
    text_column("holiday"),
    integer_column("opens", nullable=True),
    integer_column("subsidy", nullable=True),
    text_column("reason"),
    text_column("staff_id", ForeignKey("staff.id")),
    integer_column("at_ms"),
)
Index("ix_calendar_days_day", calendar_days.c.day, calendar_days.c.seq)

calendar_weeks = table(
    "calendar_weeks",
    integer_column("seq", primary_key=True, autoincrement=True),
    text_column("valid_from"),
    text_column("settings"),
    text_column("staff_id", ForeignKey("staff.id")),
    integer_column("at_ms"),
)

APPEND_ONLY = (calendar_days, calendar_weeks)
