"""What is in a dish, and how many portions there are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """No dish there is has a tag, and none a limit."""
    integer = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    for table in ("dishes", "dish_changes"):
        op.add_column(table, sa.Column("tags", text, nullable=False, server_default="[]"))
    op.add_column("menus", sa.Column("capacity", integer, nullable=True))
    op.create_table(
        "menu_days",
        *(sa.Column(name, text, nullable=False) for name in ("day", "meal")),
        sa.Column("capacity", integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "meal", name="pk_menu_days"),
        sa.CheckConstraint("capacity >= 0", name="ck_menu_days_not_negative"),
        sqlite_strict=True,
    )
