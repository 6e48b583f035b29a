"""Routes, volunteers, who lives on which route, what is decided for one meal of a day, and notes for the door."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Make the tables. Nobody has a route yet: whoever is brought a meal stands first in the list, in red."""
    _table("routes", *_texts("id", "name"), _integer("active"), sa.PrimaryKeyConstraint("id", name="pk_routes"), sa.UniqueConstraint("name", name="uq_routes_name"))
    _table("volunteers", *_texts("id", "name", "phone", "weekdays"), _integer("active"), sa.PrimaryKeyConstraint("id", name="pk_volunteers"))
    _table(
        "route_stops",
        *_texts("member_id", "route_id"),
        _integer("place"),
        sa.PrimaryKeyConstraint("member_id", name="pk_route_stops"),
        *_keys("route_stops", ("member_id", "members"), ("route_id", "routes")),
        sa.CheckConstraint("place >= 0", name="ck_route_stops_not_negative"),
    )
    op.create_index("ix_route_stops_route", "route_stops", ["route_id", "place"])
    _table(
        "runs",
        *_texts("day", "meal", "route_id"),
        sa.Column("volunteer_id", _TEXT, nullable=True),
        *_texts("containers", "cooked_at", "eat_by"),
        sa.Column("merged_into", _TEXT, nullable=True),
        sa.PrimaryKeyConstraint("day", "meal", "route_id", name="pk_runs"),
        *_keys("runs", ("route_id", "routes"), ("volunteer_id", "volunteers"), ("merged_into", "routes")),
    )
    _table(
        "run_stops",
        *_texts("day", "meal", "member_id"),
        sa.Column("route_id", _TEXT, nullable=True),
        _integer("place"),
        sa.PrimaryKeyConstraint("day", "meal", "member_id", name="pk_run_stops"),
        *_keys("run_stops", ("member_id", "members"), ("route_id", "routes")),
        sa.CheckConstraint("place >= 0", name="ck_run_stops_not_negative"),
        sa.CheckConstraint("route_id IS NOT NULL OR place > 0", name="ck_run_stops_says_something"),
    )
    op.create_index("ix_run_stops_member", "run_stops", ["member_id"])
    _table(
        "delivery_notes",
        *_texts("member_id", "note"),
        _integer("in_person"),
        sa.PrimaryKeyConstraint("member_id", name="pk_delivery_notes"),
        *_keys("delivery_notes", ("member_id", "members")),
    )


_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _table(name: str, *parts: Any) -> None:
    op.create_table(name, *parts, sqlite_strict=True)


def _keys(table: str, *keys: tuple[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}") for column, to in keys]


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, _TEXT, nullable=False) for name in names]


def _integer(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer().with_variant(sa.BigInteger(), "postgresql"), nullable=False)
