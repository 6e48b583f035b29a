"""The table of standing orders: each change is a row of its own, and the newest of an id holds."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index

from db.tables.base import integer_column, table, text_column

standing_orders = table(
    "standing_orders",
    integer_column("seq", primary_key=True, autoincrement=True),
    text_column("id"),
    text_column("member_id", ForeignKey("members.id")),
    # Digits, Monday is 0.
    text_column("weekdays"),
    text_column("meal"),
    text_column("way"),
    # Dish ids with their numbers as JSON; '' is the day's first set meal.
    text_column("portions"),
    text_column("eat_at"),
    text_column("first_day"),
    text_column("last_day", nullable=True),
    text_column("paused_from", nullable=True),
    text_column("paused_to", nullable=True),
    integer_column("ended"),
    text_column("staff_id", ForeignKey("staff.id")),
    integer_column("made_ms"),
    Index("ix_standing_orders_id", "id", "seq"),
    Index("ix_standing_orders_member", "member_id"),
)

APPEND_ONLY = (standing_orders,)
"""Triggers refuse every change and every deletion here."""
