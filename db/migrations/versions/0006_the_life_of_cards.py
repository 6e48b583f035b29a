"""Cards get a history that only grows, and a pool of cards that are lent for a meal."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make both tables; the history of a card so far is that it was given out, and what it is now."""
    op.create_table(
        "card_events",
        _integer("seq", autoincrement=True),
        _text("id"),
        _text("uid"),
        _text("member_id", nullable=True),
        _text("deed"),
        _integer("at_ms"),
        _text("till"),
        _text("staff_id"),
        _text("staff_name"),
        _text("reason"),
        _text("other", nullable=True),
        _integer("deposit"),
        _text("tender", nullable=True),
        _text("entry_id", nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_card_events"),
        sa.UniqueConstraint("id", name="uq_card_events_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_card_events_member_id"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_card_events_entry_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_card_events_uid", "card_events", ["uid", "seq"])
    op.create_index("ix_card_events_member", "card_events", ["member_id", "seq"])
    op.create_table(
        "temporary_cards",
        _text("uid"),
        _text("tail"),
        _text("member_id", nullable=True),
        _text("day", nullable=True),
        _text("meal", nullable=True),
        sa.PrimaryKeyConstraint("uid", name="pk_temporary_cards"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_temporary_cards_member_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_temporary_cards_tail", "temporary_cards", ["tail"])
    into = "INSERT INTO card_events (id, uid, member_id, deed, at_ms, till, staff_id, staff_name, reason, deposit) "
    op.execute(
        into + "SELECT uid || ' issued', uid, member_id, 'issued', created_ms, '', '', '', '', 0 "
        "FROM cards ORDER BY created_ms, uid"
    )
    op.execute(
        into + "SELECT uid || ' ' || state, uid, member_id, state, created_ms, '', '', '', '', 0 "
        "FROM cards WHERE state <> 'active' ORDER BY created_ms, uid"
    )
    _append_only("card_events")


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


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable)


def _integer(name: str, *, autoincrement: bool = False) -> sa.Column[int]:
    kind = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
    options: dict[str, Any] = {"nullable": False, "autoincrement": autoincrement}
    return sa.Column(name, kind, **options)
