"""What was fetched may wait again: the undo of a pick-up puts its reservation back, with another hold."""

from __future__ import annotations

from alembic import op

revision = "0022"
down_revision = "0021"

_SAME = ("id", "member_id", "day", "meal", "way", "bill", "booked_ms", "staff_id")
_STAYS = " AND ".join(f"NEW.{name} = OLD.{name}" for name in _SAME)
_ENDS = f"OLD.state = 'booked' AND NEW.state <> 'booked' AND {_STAYS}"
_CORRECTED = (
    "OLD.way = 'delivery' AND OLD.state IN ('served', 'missed') AND NEW.state IN ('served', 'missed') AND " + _STAYS
)
_WAITS_AGAIN = (
    f"OLD.state = 'served' AND NEW.state = 'booked' AND OLD.sale_id IS NOT NULL AND NEW.sale_id IS NULL AND {_STAYS}"
)
_REFUSED = f"NOT ({_ENDS}) AND NOT ({_CORRECTED}) AND NOT ({_WAITS_AGAIN})"


def upgrade() -> None:
    """Put another trigger in the place of the old one."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER reservations_end_once")
        op.execute(
            f"CREATE TRIGGER reservations_end_once BEFORE UPDATE ON reservations WHEN {_REFUSED} "
            "BEGIN SELECT RAISE(ABORT, 'a reservation changes once, when it ends'); END"
        )
    else:
        op.execute("DROP TRIGGER reservations_end_once ON reservations")
        op.execute(
            "CREATE TRIGGER reservations_end_once BEFORE UPDATE ON reservations "
            f"FOR EACH ROW WHEN ({_REFUSED}) EXECUTE FUNCTION canteen_refuse()"
        )
