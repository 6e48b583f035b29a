"""Printed lists forget a member who is forgotten: their lines get shorter, which is the only change of a print.

The lines of members who were forgotten before are shortened here.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

_SAME = ("id", "kind", "subject", "day", "meal", "version", "at_ms", "staff_id")
_FORGOTTEN = (
    "SELECT prints.id AS print_id, reservations.id AS reservation_id FROM reservations "
    "JOIN members ON members.id = reservations.member_id "
    "JOIN prints ON prints.day = reservations.day AND prints.meal = reservations.meal "
    "WHERE members.name = '' AND prints.kind = 'kitchen'"
)


def upgrade() -> None:
    """Let lines get shorter, then shorten those of whom nobody should know any more."""
    if op.get_bind().dialect.name == "sqlite":
        changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _SAME)
        op.execute("DROP TRIGGER prints_no_update")
        op.execute(
            f"CREATE TRIGGER prints_no_update BEFORE UPDATE ON prints "
            f"WHEN {changed} OR length(NEW.lines) >= length(OLD.lines) "
            "BEGIN SELECT RAISE(ABORT, 'prints is append-only'); END"
        )
    else:
        changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in _SAME)
        refuse = "EXECUTE FUNCTION canteen_refuse()"
        op.execute("DROP TRIGGER prints_no_change ON prints")
        op.execute(f"CREATE TRIGGER prints_no_change BEFORE DELETE ON prints FOR EACH ROW {refuse}")
        op.execute(
            "CREATE TRIGGER prints_no_update BEFORE UPDATE ON prints FOR EACH ROW "
            f"WHEN ({changed} OR length(NEW.lines) >= length(OLD.lines)) {refuse}"
        )
    _forget()


def _forget() -> None:
    connection = op.get_bind()
    found: dict[str, list[str]] = {}
    for print_id, reservation_id in connection.execute(sa.text(_FORGOTTEN)):
        found.setdefault(print_id, []).append(reservation_id)
    for print_id, reservation_ids in found.items():
        of = {"id": print_id}
        lines = json.loads(connection.execute(sa.text("SELECT lines FROM prints WHERE id = :id"), of).scalar_one())
        shorter = lines | {one: _without_person(lines[one]) for one in reservation_ids if one in lines}
        if shorter != lines:
            text = json.dumps(shorter, ensure_ascii=False)
            connection.execute(sa.text("UPDATE prints SET lines = :lines WHERE id = :id"), of | {"lines": text})


def _without_person(line: str) -> str:
    """As pos.domain.kitchen_lines.without_person was when this step was written."""
    member_id, _name, way, eat_at, portions, _diets, _clashes, not_cooked = json.loads(line)
    why: Any = "left" if not_cooked and not_cooked != "closed" else not_cooked
    return json.dumps([member_id, "", way, eat_at, portions, [], [], why], ensure_ascii=False)
