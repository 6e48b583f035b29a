"""The first counter: canteen, people, menu, ledger, sales, paper; and the triggers that defend the ledger."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

APPEND_ONLY = (
    "canteen_versions",
    "lots",
    "entries",
    "postings",
    "top_ups",
    "tariffs",
    "sales",
    "sale_items",
    "sale_lines",
)
SHIFT_IS_FIXED = ("id", "till", "business_date", "staff_id", "staff_name", "opened_ms", "float_fen")


def upgrade() -> None:
    """Make all tables, in the order of their references, then the triggers."""
    _canteen()
    _people()
    _menu()
    _ledger()
    _sales()
    _paper()
    if op.get_bind().dialect.name == "sqlite":
        _triggers_sqlite()
    else:
        _triggers_postgresql()


def _canteen() -> None:
    _table(
        "canteen_versions",
        _integer("version", autoincrement=True),
        _text("settings"),
        _text("staff_id"),
        _integer("at_ms"),
        sa.PrimaryKeyConstraint("version", name="pk_canteen_versions"),
    )
    _table(
        "tills",
        _text("till"),
        _integer("epoch"),
        _integer("seq"),
        _text("head"),
        _integer("last_ms"),
        sa.PrimaryKeyConstraint("till", name="pk_tills"),
    )
    _table(
        "staff",
        _text("id"),
        _text("name"),
        _text("role"),
        _text("pin_hash"),
        _integer("active"),
        _integer("wrong_pins"),
        _integer("last_wrong_ms"),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("name", name="uq_staff_name"),
    )
    _table(
        "shifts",
        _text("id"),
        _text("till"),
        _text("business_date"),
        _text("staff_id"),
        _text("staff_name"),
        _integer("opened_ms"),
        _integer("float_fen"),
        _integer("closed_ms", nullable=True),
        _text("closed_by"),
        _integer("expected", nullable=True),
        _integer("counted", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_shifts"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_shifts_staff_id"),
        sa.ForeignKeyConstraint(["till"], ["tills.till"], name="fk_shifts_till"),
        sa.CheckConstraint(
            "(closed_ms IS NULL) = (expected IS NULL) AND (closed_ms IS NULL) = (counted IS NULL)",
            name="ck_shifts_closed_whole",
        ),
    )
    _index("uq_shifts_open_till", "shifts", ["till"], unique=True, where="closed_ms IS NULL")


def _people() -> None:
    _table(
        "members",
        _text("id"),
        _text("name"),
        _text("birth_date", nullable=True),
        _text("phone"),
        _text("status"),
        _text("categories"),
        _blob("photo", nullable=True),
        _integer("created_ms"),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
    )
    _table(
        "search_keys",
        _text("key"),
        _text("member_id"),
        sa.PrimaryKeyConstraint("key", "member_id", name="pk_search_keys"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_search_keys_member_id"),
    )
    _table(
        "cards",
        _text("uid"),
        _text("tail"),
        _text("member_id"),
        _text("state"),
        _integer("created_ms"),
        sa.PrimaryKeyConstraint("uid", name="pk_cards"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_cards_member_id"),
    )
    _index("ix_cards_member_id", "cards", ["member_id"])
    _index("ix_cards_tail", "cards", ["tail"])
    _index("uq_cards_active_member", "cards", ["member_id"], unique=True, where="state = 'active'")
    _table(
        "wallets",
        _text("member_id"),
        _integer("principal"),
        _integer("bonus"),
        _integer("held"),
        sa.PrimaryKeyConstraint("member_id", name="pk_wallets"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_wallets_member_id"),
        sa.CheckConstraint("principal >= 0 AND bonus >= 0 AND held >= 0", name="ck_wallets_not_negative"),
    )


def _menu() -> None:
    _table(
        "dishes",
        _text("id"),
        _text("name"),
        _text("kind"),
        _integer("price"),
        sa.PrimaryKeyConstraint("id", name="pk_dishes"),
        sa.CheckConstraint("price >= 0", name="ck_dishes_not_negative"),
    )
    _table(
        "menus",
        _text("day"),
        _text("meal"),
        _integer("key", autoincrement=False),
        _text("dish_id"),
        _integer("price"),
        sa.PrimaryKeyConstraint("day", "meal", "key", name="pk_menus"),
        sa.ForeignKeyConstraint(["dish_id"], ["dishes.id"], name="fk_menus_dish_id"),
        sa.CheckConstraint("price >= 0", name="ck_menus_not_negative"),
    )
    _table(
        "tariffs",
        _integer("seq", autoincrement=True),
        _text("id"),
        _text("valid_from"),
        _text("valid_to", nullable=True),
        _text("document"),
        _text("staff_id"),
        _integer("at_ms"),
        sa.PrimaryKeyConstraint("seq", name="pk_tariffs"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_tariffs_staff_id"),
    )


def _ledger() -> None:
    _table(
        "lots",
        _integer("seq", autoincrement=True),
        _text("id"),
        _text("member_id"),
        _integer("principal"),
        _integer("bonus"),
        sa.PrimaryKeyConstraint("seq", name="pk_lots"),
        sa.ForeignKeyConstraint(["member_id"], ["wallets.member_id"], name="fk_lots_member_id"),
        sa.UniqueConstraint("id", name="uq_lots_id"),
        sa.CheckConstraint("principal >= 0 AND bonus >= 0", name="ck_lots_not_negative"),
    )
    _index("ix_lots_member_id", "lots", ["member_id"])
    _table(
        "lot_balances",
        _text("lot_id"),
        _integer("principal"),
        _integer("bonus"),
        sa.PrimaryKeyConstraint("lot_id", name="pk_lot_balances"),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name="fk_lot_balances_lot_id"),
        sa.CheckConstraint("principal >= 0 AND bonus >= 0", name="ck_lot_balances_not_negative"),
    )
    _table(
        "entries",
        _text("id"),
        _text("till"),
        _integer("epoch"),
        _integer("seq"),
        _text("kind"),
        _text("business_date"),
        _integer("at_ms"),
        _text("shift_id"),
        _text("staff_id"),
        _text("reverses", nullable=True),
        _text("prev_hash"),
        _text("hash"),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.ForeignKeyConstraint(["reverses"], ["entries.id"], name="fk_entries_reverses"),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shifts.id"], name="fk_entries_shift_id", deferrable=True, initially="DEFERRED"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_entries_staff_id"),
        sa.ForeignKeyConstraint(["till"], ["tills.till"], name="fk_entries_till"),
        sa.UniqueConstraint("reverses", name="uq_entries_reverses"),
        sa.UniqueConstraint("till", "epoch", "seq", name="uq_entries_till_epoch_seq"),
    )
    _index("ix_entries_shift_id", "entries", ["shift_id"])
    _table(
        "postings",
        _text("entry_id"),
        _integer("line", autoincrement=False),
        _text("account"),
        _integer("amount"),
        _text("member_id", nullable=True),
        _text("lot_id", nullable=True),
        _text("business_date"),
        sa.PrimaryKeyConstraint("entry_id", "line", name="pk_postings"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_postings_entry_id"),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name="fk_postings_lot_id"),
        sa.ForeignKeyConstraint(["member_id"], ["wallets.member_id"], name="fk_postings_member_id"),
    )
    _index("ix_postings_account", "postings", ["account", "business_date", "amount"])
    _index("ix_postings_member", "postings", ["member_id"], where="member_id IS NOT NULL")
    _table(
        "top_ups",
        _text("id"),
        _text("number"),
        _text("business_date"),
        _integer("at_ms"),
        _text("till"),
        _text("shift_id"),
        _text("staff_id"),
        _text("staff_name"),
        _text("member_id"),
        _text("member_name"),
        _text("card_tail"),
        _text("tender"),
        _integer("principal"),
        _integer("bonus"),
        _text("offer"),
        _integer("given"),
        _text("reference"),
        _integer("principal_after"),
        _integer("bonus_after"),
        sa.PrimaryKeyConstraint("id", name="pk_top_ups"),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name="fk_top_ups_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_top_ups_member_id"),
        sa.UniqueConstraint("number", name="uq_top_ups_number"),
    )
    _index("ix_top_ups_member_id", "top_ups", ["member_id"])
    _index("ix_top_ups_shift_id", "top_ups", ["shift_id"])


def _sales() -> None:
    _table(
        "sales",
        _integer("seq", autoincrement=True),
        _text("id"),
        _text("number"),
        _text("business_date"),
        _text("meal"),
        _text("way"),
        _integer("at_ms"),
        _text("till"),
        _text("shift_id"),
        _text("staff_id"),
        _text("staff_name"),
        _text("member_id", nullable=True),
        _text("member_name"),
        _text("card_tail"),
        _integer("list_price"),
        _integer("due"),
        _integer("subsidised"),
        _text("notes"),
        _text("tender"),
        _integer("principal"),
        _integer("bonus"),
        _integer("principal_after"),
        _integer("bonus_after"),
        _integer("given"),
        _text("reference"),
        sa.PrimaryKeyConstraint("seq", name="pk_sales"),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name="fk_sales_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_sales_member_id"),
        sa.UniqueConstraint("id", name="uq_sales_id"),
        sa.UniqueConstraint("number", name="uq_sales_number"),
    )
    _index("ix_sales_day", "sales", ["till", "business_date"])
    _index("ix_sales_member", "sales", ["member_id", "seq"])
    _index("ix_sales_served", "sales", ["member_id", "business_date", "meal"])
    _index("ix_sales_shift", "sales", ["shift_id", "seq"])
    _table(
        "sale_items",
        _text("sale_id"),
        _integer("line", autoincrement=False),
        _text("dish_id"),
        _text("name"),
        _text("kind"),
        _integer("unit_price"),
        _integer("quantity"),
        sa.PrimaryKeyConstraint("sale_id", "line", name="pk_sale_items"),
        sa.ForeignKeyConstraint(["sale_id"], ["sales.id"], name="fk_sale_items_sale_id"),
    )
    _table(
        "sale_lines",
        _text("sale_id"),
        _integer("line", autoincrement=False),
        _text("payer"),
        _integer("amount"),
        _integer("claimable"),
        _text("rule_id"),
        _text("tariff_id"),
        _text("reason"),
        sa.PrimaryKeyConstraint("sale_id", "line", name="pk_sale_lines"),
        sa.ForeignKeyConstraint(["sale_id"], ["sales.id"], name="fk_sale_lines_sale_id"),
    )


def _paper() -> None:
    _table(
        "print_jobs",
        _integer("id", autoincrement=True),
        _text("till"),
        _text("kind"),
        _text("subject"),
        _integer("copy"),
        _text("asked_by"),
        _integer("kick"),
        _text("state"),
        _integer("at_ms"),
        sa.PrimaryKeyConstraint("id", name="pk_print_jobs"),
    )
    _index("ix_print_jobs_state", "print_jobs", ["till", "state"])
    _index("ix_print_jobs_subject", "print_jobs", ["subject", "kind"])


def _triggers_sqlite() -> None:
    for table in APPEND_ONLY:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    fixed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in SHIFT_IS_FIXED)
    op.execute(
        "CREATE TRIGGER shifts_close_once BEFORE UPDATE ON shifts "
        f"WHEN OLD.closed_ms IS NOT NULL OR NEW.closed_ms IS NULL OR {fixed} "
        "BEGIN SELECT RAISE(ABORT, 'a shift is only closed, once'); END"
    )
    op.execute(
        "CREATE TRIGGER shifts_no_delete BEFORE DELETE ON shifts "
        "BEGIN SELECT RAISE(ABORT, 'shifts are kept'); END"
    )


def _triggers_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION canteen_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION canteen_refuse()"
        )
    for table in (*APPEND_ONLY, "shifts"):
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION canteen_refuse()"
        )
    fixed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in SHIFT_IS_FIXED)
    op.execute(
        "CREATE TRIGGER shifts_close_once BEFORE UPDATE ON shifts FOR EACH ROW "
        f"WHEN (OLD.closed_ms IS NOT NULL OR NEW.closed_ms IS NULL OR {fixed}) EXECUTE FUNCTION canteen_refuse()"
    )
    op.execute(
        "CREATE TRIGGER shifts_no_delete BEFORE DELETE ON shifts "
        "FOR EACH ROW EXECUTE FUNCTION canteen_refuse()"
    )


def _table(name: str, *parts: Any) -> None:
    op.create_table(name, *parts, sqlite_strict=True)


def _index(
    name: str, table: str, columns: list[str], *, unique: bool = False, where: str | None = None
) -> None:
    condition: Any = None if where is None else sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable)


def _integer(name: str, *, nullable: bool = False, autoincrement: bool = False) -> sa.Column[int]:
    kind = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
    return sa.Column(name, kind, nullable=nullable, autoincrement=autoincrement)


def _blob(name: str, *, nullable: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)
