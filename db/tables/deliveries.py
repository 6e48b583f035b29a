"""The tables of deliveries: results of stops, boxes, cases with their steps, and closed days."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text

from db.tables.base import integer_column, table, text_column

delivery_results = table(
    "delivery_results",
    integer_column("seq", primary_key=True, autoincrement=True),
    text_column("id", unique=True),
    text_column("reservation_id", ForeignKey("reservations.id")),
    text_column("outcome"),
    integer_column("at_ms"),
    text_column("staff_id", ForeignKey("staff.id")),
    text_column("staff_name"),
    text_column("volunteer"),
    text_column("note"),
    # A result is corrected once: the next correction is of the correction.
    text_column("instead_of", ForeignKey("delivery_results.id"), nullable=True, unique=True),
    Index("ix_delivery_results_reservation", "reservation_id"),
)
_first: Any = {"sqlite_where": text("instead_of IS NULL"), "postgresql_where": text("instead_of IS NULL")}
Index("uq_delivery_results_first", delivery_results.c.reservation_id, unique=True, **_first)

box_moves = table(
    "box_moves",
    text_column("id", primary_key=True),
    text_column("member_id", ForeignKey("members.id")),
    text_column("day"),
    integer_column("boxes"),
    integer_column("at_ms"),
    text_column("staff_id", ForeignKey("staff.id")),
    CheckConstraint("boxes <> 0", name="moves"),
    Index("ix_box_moves_member", "member_id", "boxes"),
    Index("ix_box_moves_day", "day", "boxes"),
)

# A trigger counts each move: after a year of noons the sum of two thousand people's moves took longer than all the rest.
boxes_there = table(
    "boxes_there",
    text_column("member_id", ForeignKey("members.id"), primary_key=True),
    integer_column("boxes"),
)

cases = table(
    "cases",
    integer_column("seq", primary_key=True, autoincrement=True),
    text_column("id", unique=True),
    text_column("member_id", ForeignKey("members.id")),
    text_column("reservation_id", ForeignKey("reservations.id")),
    text_column("day"),
    text_column("kind"),
    integer_column("opened_ms"),
    text_column("staff_id", ForeignKey("staff.id")),
    text_column("opened_by"),
    Index("uq_cases_reservation", "reservation_id", "kind", unique=True),
    Index("ix_cases_member", "member_id"),
    Index("ix_cases_day", "day"),
)

case_steps = table(
    "case_steps",
    integer_column("seq", primary_key=True, autoincrement=True),
    text_column("id", unique=True),
    text_column("case_id", ForeignKey("cases.id")),
    text_column("step"),
    # The n-th outcome of a case is n, the n-th time it was opened again -n, every other step 0.
    integer_column("ends"),
    integer_column("at_ms"),
    text_column("staff_id", ForeignKey("staff.id")),
    text_column("staff_name"),
    text_column("note"),
    Index("ix_case_steps_case", "case_id", "seq"),
)
_ending: Any = {"sqlite_where": text("ends <> 0"), "postgresql_where": text("ends <> 0")}
Index("uq_case_steps_outcome", case_steps.c.case_id, case_steps.c.ends, unique=True, **_ending)

day_closes = table(
    "day_closes",
    text_column("day", primary_key=True),
    integer_column("at_ms"),
    text_column("till", ForeignKey("tills.till")),
    text_column("staff_id", ForeignKey("staff.id")),
    text_column("staff_name"),
    # What the day had come to, as JSON: it is read as a whole or not at all.
    text_column("figures"),
)

APPEND_ONLY = (box_moves, cases, day_closes)
"""Triggers refuse every change and every deletion here. Of delivery_results and
case_steps a note may be blanked when the person is forgotten, and nothing else."""
