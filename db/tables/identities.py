"""The tables of identity documents: sealed numbers, and who saw one in clear, and what was done with the key."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, LargeBinary

from db.tables.base import integer_column, table, text_column

identities = table(
    "identities",
    text_column("member_id", ForeignKey("members.id"), primary_key=True),
    text_column("kind"),
    text_column("tail"),
    text_column("key_id"),
    Column("sealed", LargeBinary, nullable=False),
    text_column("fingerprint", index=True),
)

reveals = table(
    "reveals",
    integer_column("seq", primary_key=True, autoincrement=True),
    text_column("member_id", ForeignKey("members.id")),
    text_column("staff_id", ForeignKey("staff.id")),
    integer_column("at_ms"),
    text_column("reason"),
    Index("ix_reveals_member", "member_id", "seq"),
)

key_events = table(
    "key_events",
    integer_column("seq", primary_key=True, autoincrement=True),
    text_column("deed"),
    text_column("key_id"),
    text_column("staff_id", ForeignKey("staff.id")),
    integer_column("at_ms"),
)

APPEND_ONLY = (reveals, key_events)
