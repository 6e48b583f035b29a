"""Drafts of tariffs: texts that a manager works on before they are published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "tariff_drafts",
        _text("id"),
        _text("title"),
        _text("document"),
        _integer("revision"),
        _text("staff_id"),
        _integer("begun_ms"),
        _integer("at_ms"),
        sa.PrimaryKeyConstraint("id", name="pk_tariff_drafts"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_tariff_drafts_staff_id"),
        sqlite_strict=True,
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False)


def _integer(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer().with_variant(sa.BigInteger(), "postgresql"), nullable=False)
