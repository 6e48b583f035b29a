"""The tables of the life of cards: their history, and the pool of cards that are lent for a meal."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index

from db.tables.base import integer_column, table, text_column

card_events = table(
    "card_events",
    integer_column("seq", primary_key=True, autoincrement=True),
    text_column("id", unique=True),
    text_column("uid"),
    text_column("member_id", ForeignKey("members.id"), nullable=True),
    text_column("deed"),
    integer_column("at_ms"),
    text_column("till"),
    text_column("staff_id"),
    text_column("staff_name"),
    text_column("reason"),
    text_column("other", nullable=True),
    integer_column("deposit"),
    text_column("tender", nullable=True),
    text_column("entry_id", ForeignKey("entries.id"), nullable=True),
    Index("ix_card_events_uid", "uid", "seq"),
    Index("ix_card_events_member", "member_id", "seq"),
)

temporary_cards = table(
    "temporary_cards",
    text_column("uid", primary_key=True),
    text_column("tail", index=True),
    text_column("member_id", ForeignKey("members.id"), nullable=True),
    text_column("day", nullable=True),
    text_column("meal", nullable=True),
)

APPEND_ONLY = (card_events,)
"""Triggers refuse every change and every deletion here; to whom a card is lent now is no history."""
