"""No number of portions for walk-ins was told as no limit and treated as none: what was so stays so, as a version of its own."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

_NEWEST = "SELECT settings, staff_id, at_ms FROM canteen_versions ORDER BY version DESC LIMIT 1"
_PUT = "INSERT INTO canteen_versions (settings, staff_id, at_ms) VALUES (:settings, :staff_id, :at_ms)"


def upgrade() -> None:
    """Put the newest version with 0 portions behind it."""
    connection = op.get_bind()
    newest = connection.execute(sa.text(_NEWEST)).first()
    if newest is None:
        return
    facts = json.loads(newest.settings)
    booking = facts.get("booking", {})
    if booking.get("walk_ins", 0) is None:
        settings = json.dumps({**facts, "booking": {**booking, "walk_ins": 0}}, ensure_ascii=False)
        connection.execute(sa.text(_PUT), {"settings": settings, "staff_id": newest.staff_id, "at_ms": newest.at_ms})
