"""Sealed numbers: identity documents, and who saw one in clear; that log is only added to."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make both tables, then the triggers of the log."""
    op.create_table(
        "identities",
        *map(_text, ("member_id", "kind", "tail", "key_id")),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _text("fingerprint"),
        sa.PrimaryKeyConstraint("member_id", name="pk_identities"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_identities_member_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_identities_fingerprint", "identities", ["fingerprint"])
    op.create_table(
        "reveals",
        _integer("seq", autoincrement=True),
        *map(_text, ("member_id", "staff_id")),
        _integer("at_ms"),
        _text("reason"),
        sa.PrimaryKeyConstraint("seq", name="pk_reveals"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_reveals_member_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_reveals_staff_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_reveals_member", "reveals", ["member_id", "seq"])
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER reveals_no_{change.lower()} BEFORE {change} ON reveals "
                "BEGIN SELECT RAISE(ABORT, 'reveals is append-only'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER reveals_no_change BEFORE UPDATE OR DELETE ON reveals "
            "FOR EACH ROW EXECUTE FUNCTION canteen_refuse()"
        )
        op.execute(
            "CREATE TRIGGER reveals_no_truncate BEFORE TRUNCATE ON reveals "
            "FOR EACH STATEMENT EXECUTE FUNCTION canteen_refuse()"
        )


def _text(name: str) -> sa.Column[str]:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=False)


def _integer(name: str, **options: Any) -> sa.Column[int]:
    kind = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
    return sa.Column(name, kind, nullable=False, **options)
