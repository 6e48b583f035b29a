"""Set meals: the parts a dish has, and what was chosen for them in a sale."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """No dish there is has parts, and nothing was chosen in any sale."""
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    for table, column in (("dishes", "parts"), ("dish_changes", "parts"), ("sale_items", "chosen")):
        op.add_column(table, sa.Column(column, text, nullable=False, server_default="[]"))
