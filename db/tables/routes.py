"""The tables of deliveries' routes: who walks them, who lives on them, and what is decided for one meal of a day."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index

from db.tables.base import integer_column, table, text_column

routes = table(
    "routes",
    text_column("id", primary_key=True),
    text_column("name", unique=True),
    integer_column("active"),
)

volunteers = table(
    "volunteers",
    text_column("id", primary_key=True),
    text_column("name"),
    text_column("phone"),
    # The weekdays on which they come, as JSON; Monday is 0.
    text_column("weekdays"),
    integer_column("active"),
)

route_stops = table(
    "route_stops",
    # One route a member; a place of 0 is one that nobody ordered.
    text_column("member_id", ForeignKey("members.id"), primary_key=True),
    text_column("route_id", ForeignKey("routes.id")),
    integer_column("place"),
    CheckConstraint("place >= 0", name="not_negative"),
    Index("ix_route_stops_route", "route_id", "place"),
)

runs = table(
    "runs",
    text_column("day", primary_key=True),
    text_column("meal", primary_key=True),
    text_column("route_id", ForeignKey("routes.id"), primary_key=True),
    text_column("volunteer_id", ForeignKey("volunteers.id"), nullable=True),
    text_column("containers"),
    text_column("cooked_at"),
    text_column("eat_by"),
    text_column("merged_into", ForeignKey("routes.id"), nullable=True),
)

run_stops = table(
    "run_stops",
    text_column("day", primary_key=True),
    text_column("meal", primary_key=True),
    text_column("member_id", ForeignKey("members.id"), primary_key=True),
    # NULL where the member goes by the usual route and only the place is another.
    text_column("route_id", ForeignKey("routes.id"), nullable=True),
    integer_column("place"),
    CheckConstraint("place >= 0", name="not_negative"),
    CheckConstraint("route_id IS NOT NULL OR place > 0", name="says_something"),
    Index("ix_run_stops_member", "member_id"),
)

delivery_notes = table(
    "delivery_notes",
    text_column("member_id", ForeignKey("members.id"), primary_key=True),
    text_column("note"),
    integer_column("in_person"),
)
