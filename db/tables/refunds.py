"""The tables of money out: refunds and transfers, each with its lots; append-only."""

from __future__ import annotations

from sqlalchemy import ForeignKey

from db.tables.base import integer_column, table, text_column

refunds = table(
    "refunds",
    text_column("id", ForeignKey("entries.id"), primary_key=True),
    text_column("number", unique=True),
    text_column("kind"),
    text_column("business_date"),
    integer_column("at_ms"),
    text_column("till"),
    text_column("shift_id", index=True),
    text_column("staff_id"),
    text_column("staff_name"),
    text_column("member_id", ForeignKey("members.id"), index=True),
    text_column("member_name"),
    text_column("card_tail"),
    text_column("tender"),
    text_column("holder"),
    text_column("account_tail"),
    text_column("reason"),
    text_column("documents"),
    integer_column("identity_seen"),
    integer_column("principal_after"),
    integer_column("bonus_after"),
)

refund_lots = table(
    "refund_lots",
    text_column("refund_id", ForeignKey("refunds.id"), primary_key=True),
    integer_column("line", primary_key=True, autoincrement=False),
    text_column("lot_id", ForeignKey("lots.id"), index=True),
    text_column("number"),
    integer_column("paid_ms"),
    text_column("offer"),
    integer_column("paid"),
    integer_column("bonus"),
    integer_column("eaten_principal"),
    integer_column("eaten_bonus"),
    integer_column("gone_principal"),
    integer_column("gone_bonus"),
    integer_column("left_principal"),
    integer_column("left_bonus"),
    integer_column("amount"),
    integer_column("forfeited"),
    integer_column("free"),
)

transfers = table(
    "transfers",
    text_column("id", ForeignKey("entries.id"), primary_key=True),
    text_column("number", unique=True),
    text_column("business_date"),
    integer_column("at_ms"),
    text_column("till"),
    text_column("shift_id", index=True),
    text_column("staff_id"),
    text_column("staff_name"),
    text_column("giver_id", ForeignKey("members.id"), index=True),
    text_column("giver_name"),
    text_column("receiver_id", ForeignKey("members.id"), index=True),
    text_column("receiver_name"),
    text_column("reason"),
    integer_column("giver_principal_after"),
    integer_column("giver_bonus_after"),
    integer_column("receiver_principal_after"),
    integer_column("receiver_bonus_after"),
)

transfer_lots = table(
    "transfer_lots",
    text_column("transfer_id", ForeignKey("transfers.id"), primary_key=True),
    integer_column("line", primary_key=True, autoincrement=False),
    text_column("lot_id", ForeignKey("lots.id"), index=True),
    text_column("new_lot_id", ForeignKey("lots.id")),
    text_column("number"),
    integer_column("paid_ms"),
    text_column("offer"),
    integer_column("principal"),
    integer_column("bonus"),
)

undo_reasons = table(
    "undo_reasons",
    text_column("id", ForeignKey("entries.id"), primary_key=True),
    text_column("reason"),
)
"""Why money out was taken back, by its reversing entry."""

APPEND_ONLY = (refunds, refund_lots, transfers, transfer_lots, undo_reasons)
"""Triggers refuse every change and every deletion here."""
