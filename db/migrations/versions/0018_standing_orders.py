"""Standing orders: each change is a row, and the newest of an id holds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Make the table, and refuse every change of what was ordered."""
    op.create_table(
        "standing_orders",
        sa.Column("seq", sa.Integer().with_variant(sa.BigInteger(), "postgresql"), autoincrement=True, nullable=False),
        *_texts("id", "member_id", "weekdays", "meal", "way", "portions", "eat_at", "first_day"),
        *_texts("last_day", "paused_from", "paused_to", nullable=True),
        _integer("ended"),
        *_texts("staff_id"),
        _integer("made_ms"),
        sa.PrimaryKeyConstraint("seq", name="pk_standing_orders"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_standing_orders_member_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_standing_orders_staff_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_standing_orders_id", "standing_orders", ["id", "seq"])
    op.create_index("ix_standing_orders_member", "standing_orders", ["member_id"])
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER standing_orders_no_{change.lower()} BEFORE {change} ON standing_orders "
                f"BEGIN SELECT RAISE(ABORT, 'standing_orders is append-only'); END"
            )
        return
    for name, change, each in (("change", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER standing_orders_no_{name} BEFORE {change} ON standing_orders "
            f"FOR EACH {each} EXECUTE FUNCTION canteen_refuse()"
        )


def _texts(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return [sa.Column(name, text, nullable=nullable) for name in names]


def _integer(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer().with_variant(sa.BigInteger(), "postgresql"), nullable=False)
