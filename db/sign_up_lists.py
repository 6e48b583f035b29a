"""Members by their names in the store: who may be meant by a line of a sign-up list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date

from sqlalchemy import bindparam, func, select

from db.members import CURRENT_STATUS
from db.tables import members, particulars
from db.transaction import Transaction
from pos.domain.address import Address
from pos.domain.members import MemberStatus
from pos.domain.sign_ups import Namesake

_TAIL_DIGITS = 4
_NAMESAKES = (
    select(
        members.c.id,
        members.c.name,
        members.c.phone,
        CURRENT_STATUS,
        *(particulars.c[part.name] for part in fields(Address)),
    )
    .outerjoin(particulars, particulars.c.member_id == members.c.id)
    .where(members.c.name.in_(bindparam("names", expanding=True)))
    .order_by(CURRENT_STATUS.is_not(None), func.coalesce(particulars.c.address_key, ""), members.c.id)
)


class SqlSignUps:
    """Keeps the promises of pos.ports.SignUpRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def namesakes(self, names: Iterable[str], day: date) -> Mapping[str, tuple[Namesake, ...]]:
        found: defaultdict[str, list[Namesake]] = defaultdict(list)
        values = {"names": sorted(set(names) - {""}), "day": day.isoformat()}
        for member_id, name, phone, status, *address in self._transaction.run(_NAMESAKES, values).all():
            lives = Address(*(part or "" for part in address))
            held = MemberStatus.ACTIVE if status is None else MemberStatus(status)
            found[name].append(Namesake(member_id, name, lives, phone[-_TAIL_DIGITS:], held))
        return {name: tuple(people) for name, people in found.items()}
