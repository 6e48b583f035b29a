"""The tables of claims: stamped claims, their lines, and what payers sent."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint

from db.tables.base import integer_column, table, text_column

claims = table(
    "claims",
    text_column("id", primary_key=True),
    integer_column("seq", unique=True),
    text_column("payer"),
    text_column("month"),
    text_column("payer_name"),
    text_column("names"),
    text_column("canteen"),
    integer_column("lines"),
    integer_column("total"),
    text_column("heads"),
    text_column("staff_id", ForeignKey("staff.id")),
    text_column("staff_name"),
    integer_column("at_ms"),
    text_column("prev_hash"),
    text_column("hash"),
    UniqueConstraint("payer", "month"),
)

claim_lines = table(
    "claim_lines",
    text_column("claim_id", ForeignKey("claims.id"), primary_key=True),
    integer_column("line", primary_key=True, autoincrement=False),
    text_column("payer"),
    text_column("entry_id", ForeignKey("entries.id")),
    integer_column("amount"),
    text_column("content"),
    # Whatever the program believes: a payer is never asked twice for one entry.
    UniqueConstraint("payer", "entry_id"),
)

payer_payments = table(
    "payer_payments",
    integer_column("seq", primary_key=True, autoincrement=True),
    text_column("id", ForeignKey("entries.id"), unique=True),
    text_column("number", unique=True),
    text_column("payer"),
    integer_column("amount"),
    text_column("received_on"),
    text_column("reference"),
    text_column("staff_name"),
    integer_column("at_ms"),
    CheckConstraint("amount > 0", name="positive"),
)

APPEND_ONLY = (claims, claim_lines, payer_payments)
"""Triggers refuse every change and every deletion here."""
