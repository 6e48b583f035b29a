"""Refunds and transfers, each with what its lots gave; append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

APPEND_ONLY = ("refunds", "refund_lots", "transfers", "transfer_lots")


def upgrade() -> None:
    """Make the tables, their indexes, and the triggers that keep what was paid."""
    op.create_table(
        "refunds",
        *_texts("id", "number", "kind", "business_date"),
        _integer("at_ms"),
        *_texts("till", "shift_id", "staff_id", "staff_name", "member_id", "member_name", "card_tail"),
        *_texts("tender", "holder", "account_tail", "reason", "documents"),
        *_integers("identity_seen", "principal_after", "bonus_after"),
        sa.PrimaryKeyConstraint("id", name="pk_refunds"),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name="fk_refunds_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_refunds_member_id"),
        sa.UniqueConstraint("number", name="uq_refunds_number"),
        sqlite_strict=True,
    )
    op.create_table(
        "refund_lots",
        *_texts("refund_id"),
        _integer("line"),
        *_texts("lot_id", "number"),
        _integer("paid_ms"),
        *_texts("offer"),
        *_integers("paid", "bonus", "eaten_principal", "eaten_bonus", "gone_principal", "gone_bonus"),
        *_integers("left_principal", "left_bonus", "amount", "forfeited", "free"),
        sa.PrimaryKeyConstraint("refund_id", "line", name="pk_refund_lots"),
        sa.ForeignKeyConstraint(["refund_id"], ["refunds.id"], name="fk_refund_lots_refund_id"),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name="fk_refund_lots_lot_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "transfers",
        *_texts("id", "number", "business_date"),
        _integer("at_ms"),
        *_texts("till", "shift_id", "staff_id", "staff_name"),
        *_texts("giver_id", "giver_name", "receiver_id", "receiver_name", "reason"),
        *_integers("giver_principal_after", "giver_bonus_after"),
        *_integers("receiver_principal_after", "receiver_bonus_after"),
        sa.PrimaryKeyConstraint("id", name="pk_transfers"),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name="fk_transfers_id"),
        sa.ForeignKeyConstraint(["giver_id"], ["members.id"], name="fk_transfers_giver_id"),
        sa.ForeignKeyConstraint(["receiver_id"], ["members.id"], name="fk_transfers_receiver_id"),
        sa.UniqueConstraint("number", name="uq_transfers_number"),
        sqlite_strict=True,
    )
    op.create_table(
        "transfer_lots",
        *_texts("transfer_id"),
        _integer("line"),
        *_texts("lot_id", "new_lot_id", "number"),
        _integer("paid_ms"),
        *_texts("offer"),
        *_integers("principal", "bonus"),
        sa.PrimaryKeyConstraint("transfer_id", "line", name="pk_transfer_lots"),
        sa.ForeignKeyConstraint(["transfer_id"], ["transfers.id"], name="fk_transfer_lots_transfer_id"),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name="fk_transfer_lots_lot_id"),
        sa.ForeignKeyConstraint(["new_lot_id"], ["lots.id"], name="fk_transfer_lots_new_lot_id"),
        sqlite_strict=True,
    )
    for table, column in (
        ("refunds", "shift_id"),
        ("refunds", "member_id"),
        ("refund_lots", "lot_id"),
        ("transfers", "shift_id"),
        ("transfers", "giver_id"),
        ("transfers", "receiver_id"),
        ("transfer_lots", "lot_id"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column])
    for table in APPEND_ONLY:
        _append_only(table)


def _append_only(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    for name, change, each in (("change", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{name} BEFORE {change} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION canteen_refuse()"
        )


def _texts(*names: str) -> list[sa.Column[str]]:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return [sa.Column(name, kind, nullable=False) for name in names]


def _integer(name: str) -> sa.Column[int]:
    kind = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
    return sa.Column(name, kind, nullable=False, autoincrement=False)


def _integers(*names: str) -> list[sa.Column[int]]:
    return [_integer(name) for name in names]
