"""The lines of a tariff: what a rule is called, fees and reports beside the parts of the price, dishes by weight."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns. Every line and dish there is was a part of the price and no dish by weight."""
    op.add_column("sale_lines", _text("label", ""))
    op.add_column("sale_lines", _text("part", "share"))
    op.add_column("sale_items", _integer("grams", 0))


def _text(name: str, known: str) -> sa.Column[str]:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=False, server_default=known)


def _integer(name: str, known: int) -> sa.Column[int]:
    kind = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
    return sa.Column(name, kind, nullable=False, server_default=str(known))
