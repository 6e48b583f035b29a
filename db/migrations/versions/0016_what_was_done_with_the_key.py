"""What was done with the key to the identity numbers; this log is only added to."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make the log, then its triggers."""
    op.create_table(
        "key_events",
        _integer("seq", autoincrement=True),
        *map(_text, ("deed", "key_id", "staff_id")),
        _integer("at_ms"),
        sa.PrimaryKeyConstraint("seq", name="pk_key_events"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_key_events_staff_id"),
        sqlite_strict=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER key_events_no_{change.lower()} BEFORE {change} ON key_events "
                "BEGIN SELECT RAISE(ABORT, 'key_events is append-only'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER key_events_no_change BEFORE UPDATE OR DELETE ON key_events "
            "FOR EACH ROW EXECUTE FUNCTION canteen_refuse()"
        )
        op.execute(
            "CREATE TRIGGER key_events_no_truncate BEFORE TRUNCATE ON key_events "
            "FOR EACH STATEMENT EXECUTE FUNCTION canteen_refuse()"
        )


def _text(name: str) -> sa.Column[str]:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=False)


def _integer(name: str, **options: Any) -> sa.Column[int]:
    kind = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
    return sa.Column(name, kind, nullable=False, **options)
