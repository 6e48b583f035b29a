"""The staff in the store."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select, update

from db.tables import staff
from db.transaction import AnyRow, Transaction
from pos.domain.staff import Role, StaffMember

_ALL = select(staff).order_by(staff.c.name)
_NAMED = select(staff).where(staff.c.name == bindparam("name"), staff.c.active == 1)
_ADD = insert(staff)
_PIN_TRIED = (
    update(staff)
    .where(staff.c.id == bindparam("staff_id"))
    .values(wrong_pins=bindparam("wrong"), last_wrong_ms=bindparam("last_wrong"))
)
_SET_PIN = update(staff).where(staff.c.id == bindparam("staff_id")).values(pin_hash=bindparam("hash"))
_SET_ACTIVE = update(staff).where(staff.c.id == bindparam("staff_id")).values(active=bindparam("works"))


class SqlStaff:
    """Keeps the promises of pos.ports.StaffRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def all(self) -> tuple[StaffMember, ...]:
        return tuple(_staff_member(row) for row in self._transaction.run(_ALL))

    def named(self, name: str) -> StaffMember | None:
        row = self._transaction.run(_NAMED, {"name": name}).first()
        return None if row is None else _staff_member(row)

    def add(self, staff: StaffMember) -> None:
        row = {
            "id": staff.id,
            "name": staff.name,
            "role": staff.role.value,
            "pin_hash": staff.pin_hash,
            "active": int(staff.active),
            "wrong_pins": staff.wrong_pins,
            "last_wrong_ms": staff.last_wrong_ms,
        }
        self._transaction.run(_ADD, row)

    def pin_tried(self, staff_id: str, wrong_pins: int, last_wrong_ms: int) -> None:
        values = {"staff_id": staff_id, "wrong": wrong_pins, "last_wrong": last_wrong_ms}
        self._transaction.run(_PIN_TRIED, values)

    def set_pin(self, staff_id: str, pin_hash: str) -> None:
        self._transaction.run(_SET_PIN, {"staff_id": staff_id, "hash": pin_hash})

    def set_active(self, staff_id: str, active: bool) -> None:
        self._transaction.run(_SET_ACTIVE, {"staff_id": staff_id, "works": int(active)})


def _staff_member(row: AnyRow) -> StaffMember:
    return StaffMember(
        row.id, row.name, Role(row.role), row.pin_hash, bool(row.active), row.wrong_pins, row.last_wrong_ms
    )
