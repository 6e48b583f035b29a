"""Sealed identity numbers in the store, and the logs of those who saw one in clear or did something with the key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import BindParameter, bindparam, delete, func, insert, select

from db.tables import identities, key_events, reveals, staff
from db.transaction import Transaction
from pos.domain.identity import DocumentKind, KeyDeed, KeyEvent, Look, SealedDocument

_OF_MEMBER: BindParameter[str] = bindparam("of_member")
_GET = select(identities).where(identities.c.member_id == _OF_MEMBER)
_ADD = insert(identities)
_DROP = delete(identities).where(identities.c.member_id == _OF_MEMBER)
_SAME = (
    select(identities.c.member_id)
    .where(identities.c.fingerprint.in_(bindparam("prints", expanding=True)))
    .order_by(identities.c.member_id)
)
_UNDER = select(identities.c.member_id, identities.c.key_id).order_by(identities.c.member_id)
_COUNTS = select(identities.c.key_id, func.count().label("numbers")).group_by(identities.c.key_id).order_by(identities.c.key_id)
_ADD_LOOK = insert(reveals).inline()
_LOOKS = (
    select(reveals.c.at_ms, reveals.c.staff_id, staff.c.name, reveals.c.reason)
    .join(staff, staff.c.id == reveals.c.staff_id)
    .where(reveals.c.member_id == _OF_MEMBER)
    .order_by(reveals.c.seq)
)
_ADD_KEY_EVENT = insert(key_events).inline()
_KEY_EVENTS = (
    select(key_events.c.at_ms, key_events.c.staff_id, staff.c.name, key_events.c.deed, key_events.c.key_id)
    .join(staff, staff.c.id == key_events.c.staff_id)
    .order_by(key_events.c.seq)
)


class SqlIdentities:
    """Keeps the promises of pos.ports.IdentityRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, member_id: str) -> SealedDocument | None:
        row = self._transaction.run(_GET, {"of_member": member_id}).first()
        if row is None:
            return None
        return SealedDocument(DocumentKind(row.kind), row.tail, row.key_id, bytes(row.sealed), row.fingerprint)

    def put(self, member_id: str, document: SealedDocument) -> None:
        self.drop(member_id)
        self._transaction.run(_ADD, identity_row(member_id, document))

    def drop(self, member_id: str) -> None:
        self._transaction.run(_DROP, {"of_member": member_id})

    def same(self, fingerprints: Sequence[str]) -> tuple[str, ...]:
        return tuple(self._transaction.run(_SAME, {"prints": list(fingerprints)}).scalars())

    def sealed_under(self) -> tuple[tuple[str, str], ...]:
        return tuple((row.member_id, row.key_id) for row in self._transaction.run(_UNDER).all())

    def counts(self) -> Mapping[str, int]:
        return {row.key_id: row.numbers for row in self._transaction.run(_COUNTS)}

    def note_look(self, member_id: str, staff_id: str, at_ms: int, reason: str) -> None:
        row = {"member_id": member_id, "staff_id": staff_id, "at_ms": at_ms, "reason": reason}
        self._transaction.run(_ADD_LOOK, row)

    def looks(self, member_id: str) -> tuple[Look, ...]:
        return tuple(Look(*row) for row in self._transaction.run(_LOOKS, {"of_member": member_id}).all())

    def note_key(self, deed: KeyDeed, key_id: str, staff_id: str, at_ms: int) -> None:
        row = {"deed": deed.value, "key_id": key_id, "staff_id": staff_id, "at_ms": at_ms}
        self._transaction.run(_ADD_KEY_EVENT, row)

    def key_events(self) -> tuple[KeyEvent, ...]:
        return tuple(
            KeyEvent(row.at_ms, row.staff_id, row.name, KeyDeed(row.deed), row.key_id)
            for row in self._transaction.run(_KEY_EVENTS)
        )


def identity_row(member_id: str, document: SealedDocument) -> dict[str, str | bytes]:
    """The columns of a member's document."""
    return {
        "member_id": member_id,
        "kind": document.kind.value,
        "tail": document.tail,
        "key_id": document.key_id,
        "sealed": document.sealed,
        "fingerprint": document.fingerprint,
    }
