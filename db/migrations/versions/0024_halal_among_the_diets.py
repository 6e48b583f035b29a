"""清真 among the diets that forms offer, where the canteen never changed the list; as a version of its own."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

_BEFORE = ["软食", "低盐", "低糖", "低嘌呤", "素食", "无猪"]
_NEWEST = "SELECT settings, staff_id, at_ms FROM canteen_versions ORDER BY version DESC LIMIT 1"
_PUT = "INSERT INTO canteen_versions (settings, staff_id, at_ms) VALUES (:settings, :staff_id, :at_ms)"


def upgrade() -> None:
    """Put the newest version with the longer list behind it."""
    connection = op.get_bind()
    newest = connection.execute(sa.text(_NEWEST)).first()
    if newest is None:
        return
    facts = json.loads(newest.settings)
    if facts.get("diets") == _BEFORE:
        settings = json.dumps({**facts, "diets": [*_BEFORE, "清真"]}, ensure_ascii=False)
        connection.execute(sa.text(_PUT), {"settings": settings, "staff_id": newest.staff_id, "at_ms": newest.at_ms})
