"""A sale says whether a rule gave something to it, so that limits are counted without reading those that got nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Of the sales there are their lines tell: they all count as such that may have got something."""
    integer = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
    op.add_column("sales", sa.Column("ruled", integer, nullable=False, server_default="1"))
    ruled = sa.text("ruled = 1")
    op.create_index("ix_sales_ruled", "sales", ["member_id", "business_date"], sqlite_where=ruled, postgresql_where=ruled)
    op.drop_index("ix_sales_served", "sales")
    op.create_index("ix_sales_served", "sales", ["member_id", "business_date", "meal", "seq"])
