"""The tables of reservations: each with its bill as it was agreed, and the dishes that the kitchen counts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text

from db.tables.base import integer_column, table, text_column

reservations = table(
    "reservations",
    integer_column("seq", primary_key=True, autoincrement=True),
    text_column("id", unique=True),
    text_column("member_id", ForeignKey("members.id")),
    text_column("day"),
    text_column("meal"),
    text_column("way"),
    text_column("eat_at"),
    text_column("source"),
    text_column("card_tail"),
    # The bill without its basket, as JSON: it is read as a whole or not at all.
    text_column("bill"),
    # The ids of the rules in it, as JSON: limits count them at every sale.
    text_column("rules"),
    integer_column("booked_ms"),
    text_column("staff_id", ForeignKey("staff.id")),
    text_column("booked_by"),
    text_column("hold_id", ForeignKey("entries.id"), nullable=True, unique=True),
    text_column("state"),
    integer_column("ended_ms"),
    text_column("ended_by"),
    text_column("sale_id", ForeignKey("entries.id"), nullable=True, unique=True),
    text_column("why"),
    CheckConstraint("(state = 'booked') = (ended_ms = 0)", name="ended_whole"),
    Index("ix_reservations_day", "day", "meal", "state"),
    Index("ix_reservations_member", "member_id", "day"),
)
# One waiting reservation for a person, a meal and a day, whatever the program believes.
_waiting: Any = {"sqlite_where": text("state = 'booked'"), "postgresql_where": text("state = 'booked'")}
Index(
    "uq_reservations_waiting",
    reservations.c.member_id,
    reservations.c.day,
    reservations.c.meal,
    unique=True,
    **_waiting,
)

reservation_items = table(
    "reservation_items",
    text_column("reservation_id", ForeignKey("reservations.id"), primary_key=True),
    integer_column("line", primary_key=True, autoincrement=False),
    text_column("dish_id"),
    text_column("name"),
    text_column("kind"),
    integer_column("unit_price"),
    integer_column("quantity"),
    text_column("chosen", server_default="[]"),
)

APPEND_ONLY = (reservation_items,)
"""Triggers refuse every change and every deletion here. A reservation itself is changed when it ends; the result of a delivery may be corrected, an undone pick-up
waits again."""
