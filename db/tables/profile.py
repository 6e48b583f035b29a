"""The tables behind a member's form: particulars, absences and the audit trail."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index

from db.tables.base import integer_column, table, text_column

particulars = table(
    "particulars",
    text_column("member_id", ForeignKey("members.id"), primary_key=True),
    text_column("sex"),
    text_column("estate"),
    text_column("building"),
    text_column("unit"),
    text_column("floor"),
    text_column("door"),
    text_column("address_key", index=True),
    text_column("emergency"),
    text_column("guardian"),
    text_column("community_worker"),
    text_column("household"),
    text_column("consents"),
    text_column("spoken"),
)

absences = table(
    "absences",
    text_column("id", primary_key=True),
    text_column("member_id", ForeignKey("members.id"), index=True),
    text_column("status"),
    text_column("first_day"),
    text_column("last_day", nullable=True),
    text_column("reason"),
)

member_changes = table(
    "member_changes",
    integer_column("seq", primary_key=True, autoincrement=True),
    text_column("member_id", ForeignKey("members.id")),
    text_column("staff_id", ForeignKey("staff.id")),
    integer_column("at_ms"),
    text_column("field"),
    text_column("old"),
    text_column("new"),
    Index("ix_member_changes_member", "member_id", "seq"),
)
"""Triggers let a line be blanked when the person is deleted, and nothing else."""
