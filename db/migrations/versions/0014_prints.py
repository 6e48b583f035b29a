"""Printed lists: every version of what the kitchen and the volunteers work from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the table, and refuse every change of what a paper said."""
    op.create_table(
        "prints",
        *_texts("id", "kind", "subject", "day", "meal"),
        _integer("version"),
        _integer("at_ms"),
        *_texts("staff_id", "lines"),
        sa.PrimaryKeyConstraint("id", name="pk_prints"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_prints_staff_id"),
        sa.UniqueConstraint("day", "meal", "kind", "subject", "version", name="uq_prints_version"),
        sa.CheckConstraint("version > 0", name="ck_prints_from_one"),
        sqlite_strict=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER prints_no_{change.lower()} BEFORE {change} ON prints "
                f"BEGIN SELECT RAISE(ABORT, 'prints is append-only'); END"
            )
        return
    for name, change, each in (("change", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER prints_no_{name} BEFORE {change} ON prints "
            f"FOR EACH {each} EXECUTE FUNCTION canteen_refuse()"
        )


def _texts(*names: str) -> list[sa.Column[str]]:
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return [sa.Column(name, text, nullable=False) for name in names]


def _integer(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer().with_variant(sa.BigInteger(), "postgresql"), nullable=False)
