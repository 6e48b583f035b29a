"""Dishes: whether one is still cooked, and who changed what about it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Every dish there is goes on being cooked."""
    integer = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("dishes", sa.Column("cooked", integer, nullable=False, server_default="1"))
    op.create_table(
        "dish_changes",
        sa.Column("seq", integer, nullable=False, autoincrement=True),
        *(sa.Column(name, text, nullable=False) for name in ("dish_id", "name", "kind")),
        *(sa.Column(name, integer, nullable=False) for name in ("price", "cooked")),
        sa.Column("staff_id", text, nullable=False),
        sa.Column("at_ms", integer, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_dish_changes"),
        sa.ForeignKeyConstraint(["dish_id"], ["dishes.id"], name="fk_dish_changes_dish_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_dish_changes_staff_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_dish_changes_dish_id", "dish_changes", ["dish_id"])
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER dish_changes_no_{change.lower()} BEFORE {change} ON dish_changes "
                "BEGIN SELECT RAISE(ABORT, 'dish_changes is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER dish_changes_no_change BEFORE UPDATE OR DELETE ON dish_changes "
        "FOR EACH ROW EXECUTE FUNCTION canteen_refuse()"
    )
    op.execute(
        "CREATE TRIGGER dish_changes_no_truncate BEFORE TRUNCATE ON dish_changes "
        "FOR EACH STATEMENT EXECUTE FUNCTION canteen_refuse()"
    )
