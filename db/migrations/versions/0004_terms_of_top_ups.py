"""Lots keep the terms of their day, and top-ups say who paid, under which offer, and for how many."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add columns whose defaults hold for every lot and top-up so far: pro rata, paid by the member, for one."""
    server = op.get_bind().dialect.name == "postgresql"
    text, integer = ('TEXT COLLATE "C"', "BIGINT") if server else ("TEXT", "INTEGER")
    for table, column in (
        ("lots", f"spend_order {text} NOT NULL DEFAULT 'pro_rata'"),
        ("lots", f"terms {text} NOT NULL DEFAULT ''"),
        ("lots", f"root {text} CONSTRAINT fk_lots_root REFERENCES lots (id)"),
        ("lots", f"filled_by {text}"),
        ("top_ups", f"offer_id {text} NOT NULL DEFAULT ''"),
        ("top_ups", f"paid_by {text} NOT NULL DEFAULT ''"),
        ("top_ups", f"relation {text} NOT NULL DEFAULT ''"),
        ("top_ups", f"identity_seen {integer} NOT NULL DEFAULT 0"),
        ("top_ups", f"batch_id {text} NOT NULL DEFAULT ''"),
    ):
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    op.execute("CREATE INDEX ix_top_ups_batch_id ON top_ups (batch_id) WHERE batch_id <> ''")
