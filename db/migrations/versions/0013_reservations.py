"""Reservations: a meal of a later day with its bill, and its dishes; a reservation ends once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_ENDS_ONCE = "a reservation changes once, when it ends"


def upgrade() -> None:
    """Make the tables, their indexes, and the triggers that keep what was agreed."""
    op.create_table(
        "reservations",
        sa.Column("seq", _INTEGER, primary_key=True, autoincrement=True, nullable=False),
        *_texts("id", "member_id", "day", "meal", "way", "eat_at", "source", "card_tail", "bill", "rules"),
        _integer("booked_ms"),
        *_texts("staff_id", "booked_by"),
        sa.Column("hold_id", _TEXT, nullable=True),
        *_texts("state"),
        _integer("ended_ms"),
        *_texts("ended_by"),
        sa.Column("sale_id", _TEXT, nullable=True),
        *_texts("why"),
        sa.PrimaryKeyConstraint("seq", name="pk_reservations"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_reservations_member_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_reservations_staff_id"),
        sa.ForeignKeyConstraint(["hold_id"], ["entries.id"], name="fk_reservations_hold_id"),
        sa.ForeignKeyConstraint(["sale_id"], ["entries.id"], name="fk_reservations_sale_id"),
        sa.UniqueConstraint("id", name="uq_reservations_id"),
        sa.UniqueConstraint("hold_id", name="uq_reservations_hold_id"),
        sa.UniqueConstraint("sale_id", name="uq_reservations_sale_id"),
        sa.CheckConstraint("(state = 'booked') = (ended_ms = 0)", name="ck_reservations_ended_whole"),
        sqlite_strict=True,
    )
    op.create_index("ix_reservations_day", "reservations", ["day", "meal", "state"])
    op.create_index("ix_reservations_member", "reservations", ["member_id", "day"])
    waiting = sa.text("state = 'booked'")
    op.create_index(
        "uq_reservations_waiting",
        "reservations",
        ["member_id", "day", "meal"],
        unique=True,
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_table(
        "reservation_items",
        *_texts("reservation_id"),
        _integer("line"),
        *_texts("dish_id", "name", "kind"),
        _integer("unit_price"),
        _integer("quantity"),
        sa.Column("chosen", _TEXT, nullable=False, server_default="[]"),
        sa.PrimaryKeyConstraint("reservation_id", "line", name="pk_reservation_items"),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["reservations.id"], name="fk_reservation_items_reservation_id"
        ),
        sqlite_strict=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        _keep_on_sqlite()
    else:
        _keep_on_postgresql()


def _keep_on_sqlite() -> None:
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER reservation_items_no_{change.lower()} BEFORE {change} ON reservation_items "
            f"BEGIN SELECT RAISE(ABORT, 'reservation_items is append-only'); END"
        )
    op.execute(
        "CREATE TRIGGER reservations_no_delete BEFORE DELETE ON reservations "
        "BEGIN SELECT RAISE(ABORT, 'reservations are never deleted'); END"
    )
    op.execute(
        "CREATE TRIGGER reservations_end_once BEFORE UPDATE ON reservations "
        f"WHEN NOT ({_ENDS}) BEGIN SELECT RAISE(ABORT, '{_ENDS_ONCE}'); END"
    )


def _keep_on_postgresql() -> None:
    for table in ("reservation_items", "reservations"):
        what = "UPDATE OR DELETE" if table == "reservation_items" else "DELETE"
        for name, change, each in (("change", what, "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER {table}_no_{name} BEFORE {change} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION canteen_refuse()"
            )
    op.execute(
        "CREATE TRIGGER reservations_end_once BEFORE UPDATE ON reservations "
        f"FOR EACH ROW WHEN (NOT ({_ENDS})) EXECUTE FUNCTION canteen_refuse()"
    )


_SAME = ("id", "member_id", "day", "meal", "bill", "booked_ms", "staff_id")
_ENDS = "OLD.state = 'booked' AND NEW.state <> 'booked' AND " + " AND ".join(f"NEW.{name} = OLD.{name}" for name in _SAME)

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_INTEGER = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, _TEXT, nullable=False) for name in names]


def _integer(name: str) -> sa.Column[int]:
    return sa.Column(name, _INTEGER, nullable=False, autoincrement=False)
