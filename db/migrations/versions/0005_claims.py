"""Claims of subsidies, their lines, and what payers sent; stamped once and never changed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

APPEND_ONLY = ("claims", "claim_lines", "payer_payments")


def upgrade() -> None:
    """Make the tables, then the triggers that defend them."""
    _claims()
    _payments()
    for table in APPEND_ONLY:
        if op.get_bind().dialect.name == "sqlite":
            for change in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        else:
            for change, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
                name = "truncate" if change == "TRUNCATE" else "change"
                op.execute(
                    f"CREATE TRIGGER {table}_no_{name} BEFORE {change} ON {table} "
                    f"FOR EACH {each} EXECUTE FUNCTION canteen_refuse()"
                )


def _claims() -> None:
    _table(
        "claims",
        _text("id"),
        _integer("seq"),
        _text("payer"),
        _text("month"),
        _text("payer_name"),
        _text("names"),
        _text("canteen"),
        _integer("lines"),
        _integer("total"),
        _text("heads"),
        _text("staff_id"),
        _text("staff_name"),
        _integer("at_ms"),
        _text("prev_hash"),
        _text("hash"),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
        sa.UniqueConstraint("seq", name="uq_claims_seq"),
        sa.UniqueConstraint("payer", "month", name="uq_claims_payer_month"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_claims_staff_id"),
    )
    _table(
        "claim_lines",
        _text("claim_id"),
        _integer("line"),
        _text("payer"),
        _text("entry_id"),
        _integer("amount"),
        _text("content"),
        sa.PrimaryKeyConstraint("claim_id", "line", name="pk_claim_lines"),
        sa.UniqueConstraint("payer", "entry_id", name="uq_claim_lines_payer_entry_id"),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_claim_lines_claim_id"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_claim_lines_entry_id"),
    )


def _payments() -> None:
    _table(
        "payer_payments",
        _integer("seq", autoincrement=True),
        _text("id"),
        _text("number"),
        _text("payer"),
        _integer("amount"),
        _text("received_on"),
        _text("reference"),
        _text("staff_name"),
        _integer("at_ms"),
        sa.PrimaryKeyConstraint("seq", name="pk_payer_payments"),
        sa.UniqueConstraint("id", name="uq_payer_payments_id"),
        sa.UniqueConstraint("number", name="uq_payer_payments_number"),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name="fk_payer_payments_id"),
        sa.CheckConstraint("amount > 0", name="ck_payer_payments_positive"),
    )


def _table(name: str, *parts: Any) -> None:
    op.create_table(name, *parts, sqlite_strict=True)


def _text(name: str) -> sa.Column[str]:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=False)


def _integer(name: str, *, autoincrement: bool = False) -> sa.Column[int]:
    kind = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
    return sa.Column(name, kind, nullable=False, autoincrement=autoincrement)
