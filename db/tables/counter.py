"""The tables of selling: canteen, tills, staff, shifts, members, cards, wallets, ledger, menu, tariffs, sales, paper."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, UniqueConstraint, text

from db.tables.base import integer_column, table, text_column

canteen_versions = table(
    "canteen_versions",
    integer_column("version", primary_key=True, autoincrement=True),
    text_column("settings"),
    text_column("staff_id"),
    integer_column("at_ms"),
)

tills = table(
    "tills",
    text_column("till", primary_key=True),
    integer_column("epoch"),
    integer_column("seq"),
    text_column("head"),
    integer_column("last_ms"),
)

staff = table(
    "staff",
    text_column("id", primary_key=True),
    text_column("name", unique=True),
    text_column("role"),
    text_column("pin_hash"),
    integer_column("active"),
    integer_column("wrong_pins"),
    integer_column("last_wrong_ms"),
)

shifts = table(
    "shifts",
    text_column("id", primary_key=True),
    text_column("till", ForeignKey("tills.till")),
    text_column("business_date"),
    text_column("staff_id", ForeignKey("staff.id")),
    text_column("staff_name"),
    integer_column("opened_ms"),
    integer_column("float_fen"),
    integer_column("closed_ms", nullable=True),
    text_column("closed_by"),
    integer_column("expected", nullable=True),
    integer_column("counted", nullable=True),
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

members = table(
    "members",
    text_column("id", primary_key=True),
    text_column("name"),
    text_column("birth_date", nullable=True),
    text_column("phone"),
    text_column("categories"),
    Column("photo", LargeBinary, nullable=True),
    integer_column("created_ms"),
    text_column("hukou", server_default=""),
    text_column("residence", server_default=""),
    text_column("diets", server_default="[]"),
    text_column("passes", server_default="[]"),
    Index("ix_members_name_birth_date", "name", "birth_date"),
    Index("ix_members_phone", "phone"),
)

search_keys = table(
    "search_keys",
    text_column("key", primary_key=True),
    text_column("member_id", ForeignKey("members.id"), primary_key=True),
    Index("ix_search_keys_member", "member_id", "key"),
)

cards = table(
    "cards",
    text_column("uid", primary_key=True),
    text_column("tail", index=True),
    text_column("member_id", ForeignKey("members.id"), index=True),
    text_column("state"),
    integer_column("created_ms"),
)
_in_use: Any = {"sqlite_where": text("state = 'active'"), "postgresql_where": text("state = 'active'")}
Index("uq_cards_active_member", cards.c.member_id, unique=True, **_in_use)

wallets = table(
    "wallets",
    text_column("member_id", ForeignKey("members.id"), primary_key=True),
    integer_column("principal"),
    integer_column("bonus"),
    integer_column("held"),
    CheckConstraint("principal >= 0 AND bonus >= 0 AND held >= 0", name="not_negative"),
)

lots = table(
    "lots",
    integer_column("seq", primary_key=True, autoincrement=True),
    text_column("id", unique=True),
    text_column("member_id", ForeignKey("wallets.member_id"), index=True),
    integer_column("principal"),
    integer_column("bonus"),
    text_column("spend_order", server_default="pro_rata"),
    text_column("terms", server_default=""),
    text_column("root", ForeignKey("lots.id"), nullable=True),
    # The entry that filled a lot which another member handed on. It is stored after the lot: `verify` looks at it.
    text_column("filled_by", nullable=True),
    CheckConstraint("principal >= 0 AND bonus >= 0", name="not_negative"),
)

lot_balances = table(
    "lot_balances",
    text_column("lot_id", ForeignKey("lots.id"), primary_key=True),
    integer_column("principal"),
    integer_column("bonus"),
    CheckConstraint("principal >= 0 AND bonus >= 0", name="not_negative"),
)

entries = table(
    "entries",
    text_column("id", primary_key=True),
    text_column("till", ForeignKey("tills.till")),
    integer_column("epoch"),
    integer_column("seq"),
    text_column("kind"),
    text_column("business_date"),
    integer_column("at_ms"),
    # Deferred: the float of a new shift may be posted before or after the shift's own row.
    text_column("shift_id", ForeignKey("shifts.id", deferrable=True, initially="DEFERRED"), index=True),
    text_column("staff_id", ForeignKey("staff.id")),
    text_column("reverses", ForeignKey("entries.id"), nullable=True, unique=True),
    text_column("prev_hash"),
    text_column("hash"),
    UniqueConstraint("till", "epoch", "seq"),
)

postings = table(
    "postings",
    text_column("entry_id", ForeignKey("entries.id"), primary_key=True),
    integer_column("line", primary_key=True, autoincrement=False),
    text_column("account"),
    integer_column("amount"),
    text_column("member_id", ForeignKey("wallets.member_id"), nullable=True),
    text_column("lot_id", ForeignKey("lots.id"), nullable=True),
    text_column("business_date"),
    # The amount makes the sum of an account a walk along the index alone.
    Index("ix_postings_account", "account", "business_date", "amount"),
)
_of_member: Any = {
    "sqlite_where": postings.c.member_id.is_not(None),
    "postgresql_where": postings.c.member_id.is_not(None),
}
Index("ix_postings_member", postings.c.member_id, **_of_member)

top_ups = table(
    "top_ups",
    text_column("id", ForeignKey("entries.id"), primary_key=True),
    text_column("number", unique=True),
    text_column("business_date"),
    integer_column("at_ms"),
    text_column("till"),
    text_column("shift_id", index=True),
    text_column("staff_id"),
    text_column("staff_name"),
    text_column("member_id", ForeignKey("members.id"), index=True),
    text_column("member_name"),
    text_column("card_tail"),
    text_column("tender"),
    integer_column("principal"),
    integer_column("bonus"),
    text_column("offer"),
    integer_column("given"),
    text_column("reference"),
    integer_column("principal_after"),
    integer_column("bonus_after"),
    text_column("offer_id", server_default=""),
    text_column("paid_by", server_default=""),
    text_column("relation", server_default=""),
    integer_column("identity_seen", server_default="0"),
    text_column("batch_id", server_default=""),
)
_for_many: Any = {"sqlite_where": text("batch_id <> ''"), "postgresql_where": text("batch_id <> ''")}
Index("ix_top_ups_batch_id", top_ups.c.batch_id, **_for_many)

dishes = table(
    "dishes",
    text_column("id", primary_key=True),
    text_column("name"),
    text_column("kind"),
    integer_column("price"),
    integer_column("cooked", server_default="1"),
    text_column("tags", server_default="[]"),
    text_column("parts", server_default="[]"),
    # What tells this picture from another, '' for none; the picture itself is in a table of its own.
    text_column("photo", server_default=""),
    CheckConstraint("price >= 0", name="not_negative"),
)

dish_photos = table(
    "dish_photos",
    text_column("dish_id", ForeignKey("dishes.id"), primary_key=True),
    Column("photo", LargeBinary, nullable=False),
)

dish_changes = table(
    "dish_changes",
    integer_column("seq", primary_key=True, autoincrement=True),
    text_column("dish_id", ForeignKey("dishes.id"), index=True),
    text_column("name"),
    text_column("kind"),
    integer_column("price"),
    integer_column("cooked"),
    text_column("staff_id", ForeignKey("staff.id")),
    integer_column("at_ms"),
    text_column("tags", server_default="[]"),
    text_column("parts", server_default="[]"),
)

menus = table(
    "menus",
    text_column("day", primary_key=True),
    text_column("meal", primary_key=True),
    integer_column("key", primary_key=True, autoincrement=False),
    text_column("dish_id", ForeignKey("dishes.id")),
    integer_column("price"),
    # How many portions there are; NULL is no limit.
    integer_column("capacity", nullable=True),
    CheckConstraint("price >= 0", name="not_negative"),
)

menu_days = table(
    "menu_days",
    text_column("day", primary_key=True),
    text_column("meal", primary_key=True),
    integer_column("capacity"),
    CheckConstraint("capacity >= 0", name="not_negative"),
)

tariffs = table(
    "tariffs",
    integer_column("seq", primary_key=True, autoincrement=True),
    text_column("id"),
    text_column("valid_from"),
    text_column("valid_to", nullable=True),
    text_column("document"),
    text_column("staff_id", ForeignKey("staff.id")),
    integer_column("at_ms"),
)

sales = table(
    "sales",
    # Insertion order: a clock may go back, this does not.
    integer_column("seq", primary_key=True, autoincrement=True),
    text_column("id", ForeignKey("entries.id"), unique=True),
    text_column("number", unique=True),
    text_column("business_date"),
    text_column("meal"),
    text_column("way"),
    integer_column("at_ms"),
    text_column("till"),
    text_column("shift_id"),
    text_column("staff_id"),
    text_column("staff_name"),
    text_column("member_id", ForeignKey("members.id"), nullable=True),
    text_column("member_name"),
    text_column("card_tail"),
    integer_column("list_price"),
    integer_column("due"),
    integer_column("subsidised"),
    text_column("notes"),
    text_column("tender"),
    integer_column("principal"),
    integer_column("bonus"),
    integer_column("principal_after"),
    integer_column("bonus_after"),
    integer_column("given"),
    text_column("reference"),
    # Whether a rule gave something to it, which limits count; 1 for the sales of before this column, whose lines tell.
    integer_column("ruled", server_default="1"),
    Index("ix_sales_served", "member_id", "business_date", "meal", "seq"),
    Index("ix_sales_ruled", "member_id", "business_date", sqlite_where=text("ruled = 1"), postgresql_where=text("ruled = 1")),
    Index("ix_sales_member", "member_id", "seq"),
    Index("ix_sales_shift", "shift_id", "seq"),
    Index("ix_sales_day", "till", "business_date"),
)

sale_items = table(
    "sale_items",
    text_column("sale_id", ForeignKey("sales.id"), primary_key=True),
    integer_column("line", primary_key=True, autoincrement=False),
    text_column("dish_id"),
    text_column("name"),
    text_column("kind"),
    integer_column("unit_price"),
    integer_column("quantity"),
    integer_column("grams", server_default="0"),
    # The dishes of a set meal, [[id, name], ...].
    text_column("chosen", server_default="[]"),
)

sale_lines = table(
    "sale_lines",
    text_column("sale_id", ForeignKey("sales.id"), primary_key=True),
    integer_column("line", primary_key=True, autoincrement=False),
    text_column("payer"),
    integer_column("amount"),
    integer_column("claimable"),
    text_column("rule_id"),
    text_column("tariff_id"),
    text_column("reason"),
    text_column("label", server_default=""),
    # share: a part of the list price; fee: on top of it; report: claimed, but no part of the bill
    text_column("part", server_default="share"),
)

print_jobs = table(
    "print_jobs",
    integer_column("id", primary_key=True, autoincrement=True),
    text_column("till"),
    text_column("kind"),
    text_column("subject"),
    integer_column("copy"),
    text_column("asked_by"),
    integer_column("kick"),
    text_column("state"),
    integer_column("at_ms"),
    Index("ix_print_jobs_state", "till", "state"),
    Index("ix_print_jobs_subject", "subject", "kind"),
)

APPEND_ONLY = (
    canteen_versions,
    dish_changes,
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
