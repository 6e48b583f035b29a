"""Why a refund or a transfer was undone; only added to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Make the table, then its triggers."""
    op.create_table(
        "undo_reasons",
        *map(_text, ("id", "reason")),
        sa.PrimaryKeyConstraint("id", name="pk_undo_reasons"),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name="fk_undo_reasons_id"),
        sqlite_strict=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER undo_reasons_no_{change.lower()} BEFORE {change} ON undo_reasons "
                "BEGIN SELECT RAISE(ABORT, 'undo_reasons is append-only'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER undo_reasons_no_change BEFORE UPDATE OR DELETE ON undo_reasons "
            "FOR EACH ROW EXECUTE FUNCTION canteen_refuse()"
        )
        op.execute(
            "CREATE TRIGGER undo_reasons_no_truncate BEFORE TRUNCATE ON undo_reasons "
            "FOR EACH STATEMENT EXECUTE FUNCTION canteen_refuse()"
        )


def _text(name: str) -> sa.Column[str]:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=False)
