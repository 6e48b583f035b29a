"""The tables, the same for SQLite (STRICT) and PostgreSQL.

STRICT tables know TEXT, INTEGER and BLOB: dates are ISO text, instants UTC epoch milliseconds, amounts fen,
yes and no 1 and 0. Text compares byte by byte in both databases (collation "C"), so order and prefix search are
the same everywhere. `tests/db/test_migrate.py` proves that the migrations build exactly these tables; the
triggers that make some of them append-only stand in the migration alone.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    cast,
    func,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

TEXT = Text().with_variant(Text(collation="C"), "postgresql")
INTEGER = Integer().with_variant(BigInteger(), "postgresql")


def _text(name: str, *arguments: Any, **options: Any) -> Column[str]:
    return Column(name, TEXT, *arguments, **{"nullable": False, **options})


def _integer(name: str, *arguments: Any, **options: Any) -> Column[int]:
    return Column(name, INTEGER, *arguments, **{"nullable": False, **options})


def _table(name: str, *parts: Any) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True)


canteen_versions = _table(
    "canteen_versions",
    _integer("version", primary_key=True, autoincrement=True),
    _text("settings"),
    _text("staff_id"),
    _integer("at_ms"),
)

tills = _table(
    "tills",
    _text("till", primary_key=True),
    _integer("epoch"),
    _integer("seq"),
    _text("head"),
    _integer("last_ms"),
)

staff = _table(
    "staff",
    _text("id", primary_key=True),
    _text("name", unique=True),
    _text("role"),
    _text("pin_hash"),
    _integer("active"),
    _integer("wrong_pins"),
    _integer("last_wrong_ms"),
)

shifts = _table(
    "shifts",
    _text("id", primary_key=True),
    _text("till", ForeignKey("tills.till")),
    _text("business_date"),
    _text("staff_id", ForeignKey("staff.id")),
    _text("staff_name"),
    _integer("opened_ms"),
    _integer("float_fen"),
    _integer("closed_ms", nullable=True),
    _text("closed_by"),
    _integer("expected", nullable=True),
    _integer("counted", nullable=True),
    CheckConstraint(
        "(closed_ms IS NULL) = (expected IS NULL) AND (closed_ms IS NULL) = (counted IS NULL)",
        name="closed_whole",
    ),
)
# One open shift a till, whatever the program believes.
_open_shift: Any = {
    "sqlite_where": shifts.c.closed_ms.is_(None),
    "postgresql_where": shifts.c.closed_ms.is_(None),
}
Index("uq_shifts_open_till", shifts.c.till, unique=True, **_open_shift)

members = _table(
    "members",
    _text("id", primary_key=True),
    _text("name"),
    _text("birth_date", nullable=True),
    _text("phone"),
    _text("status"),
    _text("categories"),
    Column("photo", LargeBinary, nullable=True),
    _integer("created_ms"),
)

search_keys = _table(
    "search_keys",
    _text("key", primary_key=True),
    _text("member_id", ForeignKey("members.id"), primary_key=True),
)

cards = _table(
    "cards",
    _text("uid", primary_key=True),
    _text("tail", index=True),
    _text("member_id", ForeignKey("members.id"), index=True),
    _text("state"),
    _integer("created_ms"),
)
_in_use: Any = {"sqlite_where": text("state = 'active'"), "postgresql_where": text("state = 'active'")}
Index("uq_cards_active_member", cards.c.member_id, unique=True, **_in_use)

wallets = _table(
    "wallets",
    _text("member_id", ForeignKey("members.id"), primary_key=True),
    _integer("principal"),
    _integer("bonus"),
    _integer("held"),
    CheckConstraint("principal >= 0 AND bonus >= 0 AND held >= 0", name="not_negative"),
)

lots = _table(
    "lots",
    _integer("seq", primary_key=True, autoincrement=True),
    _text("id", unique=True),
    _text("member_id", ForeignKey("wallets.member_id"), index=True),
    _integer("principal"),
    _integer("bonus"),
    CheckConstraint("principal >= 0 AND bonus >= 0", name="not_negative"),
)

lot_balances = _table(
    "lot_balances",
    _text("lot_id", ForeignKey("lots.id"), primary_key=True),
    _integer("principal"),
    _integer("bonus"),
    CheckConstraint("principal >= 0 AND bonus >= 0", name="not_negative"),
)

entries = _table(
    "entries",
    _text("id", primary_key=True),
    _text("till", ForeignKey("tills.till")),
    _integer("epoch"),
    _integer("seq"),
    _text("kind"),
    _text("business_date"),
    _integer("at_ms"),
    # Deferred: the float of a new shift may be posted before or after the shift's own row.
    _text("shift_id", ForeignKey("shifts.id", deferrable=True, initially="DEFERRED"), index=True),
    _text("staff_id", ForeignKey("staff.id")),
    _text("reverses", ForeignKey("entries.id"), nullable=True, unique=True),
    _text("prev_hash"),
    _text("hash"),
    UniqueConstraint("till", "epoch", "seq"),
)

postings = _table(
    "postings",
    _text("entry_id", ForeignKey("entries.id"), primary_key=True),
    _integer("line", primary_key=True, autoincrement=False),
    _text("account"),
    _integer("amount"),
    _text("member_id", ForeignKey("wallets.member_id"), nullable=True),
    _text("lot_id", ForeignKey("lots.id"), nullable=True),
    _text("business_date"),
    # The amount makes the sum of an account a walk along the index alone.
    Index("ix_postings_account", "account", "business_date", "amount"),
)
_of_member: Any = {
    "sqlite_where": postings.c.member_id.is_not(None),
    "postgresql_where": postings.c.member_id.is_not(None),
}
Index("ix_postings_member", postings.c.member_id, **_of_member)

top_ups = _table(
    "top_ups",
    _text("id", ForeignKey("entries.id"), primary_key=True),
    _text("number", unique=True),
    _text("business_date"),
    _integer("at_ms"),
    _text("till"),
    _text("shift_id", index=True),
    _text("staff_id"),
    _text("staff_name"),
    _text("member_id", ForeignKey("members.id"), index=True),
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
)

dishes = _table(
    "dishes",
    _text("id", primary_key=True),
    _text("name"),
    _text("kind"),
    _integer("price"),
    CheckConstraint("price >= 0", name="not_negative"),
)

menus = _table(
    "menus",
    _text("day", primary_key=True),
    _text("meal", primary_key=True),
    _integer("key", primary_key=True, autoincrement=False),
    _text("dish_id", ForeignKey("dishes.id")),
    _integer("price"),
    CheckConstraint("price >= 0", name="not_negative"),
)

tariffs = _table(
    "tariffs",
    _integer("seq", primary_key=True, autoincrement=True),
    _text("id"),
    _text("valid_from"),
    _text("valid_to", nullable=True),
    _text("document"),
    _text("staff_id", ForeignKey("staff.id")),
    _integer("at_ms"),
)

sales = _table(
    "sales",
    # Insertion order: a clock may go back, this does not.
    _integer("seq", primary_key=True, autoincrement=True),
    _text("id", ForeignKey("entries.id"), unique=True),
    _text("number", unique=True),
    _text("business_date"),
    _text("meal"),
    _text("way"),
    _integer("at_ms"),
    _text("till"),
    _text("shift_id"),
    _text("staff_id"),
    _text("staff_name"),
    _text("member_id", ForeignKey("members.id"), nullable=True),
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
    Index("ix_sales_served", "member_id", "business_date", "meal"),
    Index("ix_sales_member", "member_id", "seq"),
    Index("ix_sales_shift", "shift_id", "seq"),
    Index("ix_sales_day", "till", "business_date"),
)

sale_items = _table(
    "sale_items",
    _text("sale_id", ForeignKey("sales.id"), primary_key=True),
    _integer("line", primary_key=True, autoincrement=False),
    _text("dish_id"),
    _text("name"),
    _text("kind"),
    _integer("unit_price"),
    _integer("quantity"),
)

sale_lines = _table(
    "sale_lines",
    _text("sale_id", ForeignKey("sales.id"), primary_key=True),
    _integer("line", primary_key=True, autoincrement=False),
    _text("payer"),
    _integer("amount"),
    _integer("claimable"),
    _text("rule_id"),
    _text("tariff_id"),
    _text("reason"),
)

print_jobs = _table(
    "print_jobs",
    _integer("id", primary_key=True, autoincrement=True),
    _text("till"),
    _text("kind"),
    _text("subject"),
    _integer("copy"),
    _text("asked_by"),
    _integer("kick"),
    _text("state"),
    _integer("at_ms"),
    Index("ix_print_jobs_state", "till", "state"),
    Index("ix_print_jobs_subject", "subject", "kind"),
)

APPEND_ONLY = (
    canteen_versions,
    lots,
    entries,
    postings,
    top_ups,
    tariffs,
    sales,
    sale_items,
    sale_lines,
)
"""Triggers refuse every change and every deletion here. A shift is changed once, from open to closed."""


def total(column: ColumnElement[int]) -> ColumnElement[int]:
    """The sum of a column, zero for no rows; an integer on PostgreSQL too, whose sums are numeric."""
    return cast(func.coalesce(func.sum(column), 0), INTEGER)
