"""Pictures of dishes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """No dish there is has a picture."""
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("dishes", sa.Column("photo", text, nullable=False, server_default=""))
    op.create_table(
        "dish_photos",
        sa.Column("dish_id", text, nullable=False),
        sa.Column("photo", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("dish_id", name="pk_dish_photos"),
        sa.ForeignKeyConstraint(["dish_id"], ["dishes.id"], name="fk_dish_photos_dish_id"),
        sqlite_strict=True,
    )
