"""Particulars: a member's form, absences with their days, dated categories, and the audit trail.

A status becomes an absence from the day of the enrolment on; a category holds from ever to ever.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

CHINA = timezone(timedelta(hours=8))
BLANKED_ONLY = ("seq", "member_id", "staff_id", "at_ms", "field")


def upgrade() -> None:
    """Make the tables, move what stood in members, then the triggers."""
    _tables()
    _move()
    if op.get_bind().dialect.name == "sqlite":
        _triggers_sqlite()
    else:
        _triggers_postgresql()


def _tables() -> None:
    _table(
        "particulars",
        *map(_text, ("member_id", "sex", "estate", "building", "unit", "floor", "door", "address_key")),
        *map(_text, ("emergency", "guardian", "community_worker", "household", "consents", "spoken")),
        sa.PrimaryKeyConstraint("member_id", name="pk_particulars"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_particulars_member_id"),
    )
    op.create_index("ix_particulars_address_key", "particulars", ["address_key"])
    _table(
        "absences",
        *map(_text, ("id", "member_id", "status", "first_day")),
        _text("last_day", nullable=True),
        _text("reason"),
        sa.PrimaryKeyConstraint("id", name="pk_absences"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_absences_member_id"),
    )
    op.create_index("ix_absences_member_id", "absences", ["member_id"])
    _table(
        "member_changes",
        _integer("seq", autoincrement=True),
        *map(_text, ("member_id", "staff_id")),
        _integer("at_ms"),
        *map(_text, ("field", "old", "new")),
        sa.PrimaryKeyConstraint("seq", name="pk_member_changes"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_member_changes_member_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_member_changes_staff_id"),
    )
    op.create_index("ix_member_changes_member", "member_changes", ["member_id", "seq"])
    for name, default in (("hukou", ""), ("residence", ""), ("diets", "[]"), ("passes", "[]")):
        op.add_column("members", _text(name, server_default=default))
    op.create_index("ix_members_name_birth_date", "members", ["name", "birth_date"])
    op.create_index("ix_members_phone", "members", ["phone"])
    op.create_index("ix_search_keys_member", "search_keys", ["member_id", "key"])


def _move() -> None:
    here = op.get_bind()
    members = sa.table("members", *map(sa.column, ("id", "status", "categories", "created_ms")))
    absences = sa.table("absences", *map(sa.column, ("id", "member_id", "status", "first_day", "reason")))
    rows = here.execute(sa.select(members).where((members.c.status != "active") | (members.c.categories != "[]"))).all()
    for id_, status, categories, created_ms in rows:
        held = json.dumps([[name, None, None] for name in json.loads(categories)], ensure_ascii=False)
        here.execute(sa.update(members).where(members.c.id == id_).values(categories=held))
        if status != "active":
            day = datetime.fromtimestamp(created_ms // 1000, CHINA).date().isoformat()
            row = {"id": f"{id_}-0008", "member_id": id_, "status": status, "first_day": day, "reason": "other"}
            here.execute(sa.insert(absences).values(row))
    op.drop_column("members", "status")


def _triggers_sqlite() -> None:
    other = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in BLANKED_ONLY)
    op.execute(
        "CREATE TRIGGER member_changes_blank_only BEFORE UPDATE ON member_changes "
        f"WHEN NEW.old <> '' OR NEW.new <> '' OR {other} "
        "BEGIN SELECT RAISE(ABORT, 'a line of the audit trail is only blanked'); END"
    )
    op.execute(
        "CREATE TRIGGER member_changes_no_delete BEFORE DELETE ON member_changes "
        "BEGIN SELECT RAISE(ABORT, 'member_changes is append-only'); END"
    )


def _triggers_postgresql() -> None:
    other = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in BLANKED_ONLY)
    refuse = "EXECUTE FUNCTION canteen_refuse()"
    op.execute(
        "CREATE TRIGGER member_changes_blank_only BEFORE UPDATE ON member_changes FOR EACH ROW "
        f"WHEN (NEW.old <> '' OR NEW.new <> '' OR {other}) {refuse}"
    )
    op.execute(f"CREATE TRIGGER member_changes_no_delete BEFORE DELETE ON member_changes FOR EACH ROW {refuse}")
    op.execute(
        f"CREATE TRIGGER member_changes_no_truncate BEFORE TRUNCATE ON member_changes FOR EACH STATEMENT {refuse}"
    )


def _table(name: str, *parts: Any) -> None:
    op.create_table(name, *parts, sqlite_strict=True)


def _text(name: str, *, nullable: bool = False, server_default: str | None = None) -> sa.Column[str]:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable, server_default=server_default)


def _integer(name: str, *, autoincrement: bool = False) -> sa.Column[int]:
    kind = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
    return sa.Column(name, kind, nullable=False, autoincrement=autoincrement)
