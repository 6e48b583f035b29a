"""The calendar: rulings about dates and the weeks of the canteen, both append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

APPEND_ONLY = ("calendar_days", "calendar_weeks")


def upgrade() -> None:
    """Make both tables and the triggers that keep what was decided."""
    op.create_table(
        "calendar_days",
        _integer("seq", autoincrement=True),
        _text("day"),
        _text("kind", nullable=True),
        _text("holiday"),
        _integer("opens", nullable=True),
        _integer("subsidy", nullable=True),
        _text("reason"),
        _text("staff_id"),
        _integer("at_ms"),
        sa.PrimaryKeyConstraint("seq", name="pk_calendar_days"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_calendar_days_staff_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_calendar_days_day", "calendar_days", ["day", "seq"])
    op.create_table(
        "calendar_weeks",
        _integer("seq", autoincrement=True),
        _text("valid_from"),
        _text("settings"),
        _text("staff_id"),
        _integer("at_ms"),
        sa.PrimaryKeyConstraint("seq", name="pk_calendar_weeks"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_calendar_weeks_staff_id"),
        sqlite_strict=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        _triggers_sqlite()
    else:
        _triggers_postgresql()


def _triggers_sqlite() -> None:
    for table in APPEND_ONLY:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _triggers_postgresql() -> None:
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION canteen_refuse()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION canteen_refuse()"
        )


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable)


def _integer(name: str, *, nullable: bool = False, autoincrement: bool = False) -> sa.Column[int]:
    kind = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
    return sa.Column(name, kind, nullable=nullable, autoincrement=autoincrement)
