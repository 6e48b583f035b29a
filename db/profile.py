"""Members' forms in the store: particulars, absences and the audit trail."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, exists, func, insert, select, update

from db.dated import held_text, read_held
from db.members import replace_keys
from db.tables import absences, entries, member_changes, members, particulars, sales, staff
from db.transaction import AnyRow, Transaction
from pos.domain.absences import Absence, AbsenceReason
from pos.domain.address import Address
from pos.domain.identity import Sex
from pos.domain.members import MemberStatus
from pos.domain.profile import (
    Change,
    Consent,
    ConsentTo,
    Contact,
    Particulars,
    Profile,
    ProfileField,
    Sameness,
)

_OF_MEMBER: BindParameter[str] = bindparam("of_member")
_PROFILE = (
    select(
        members.c.name,
        members.c.birth_date,
        members.c.phone,
        members.c.hukou,
        members.c.residence,
        members.c.categories,
        members.c.passes,
        members.c.diets,
        particulars,
    )
    .outerjoin(particulars, particulars.c.member_id == members.c.id)
    .where(members.c.id == _OF_MEMBER)
)
_SET_MEMBER = update(members).where(members.c.id == _OF_MEMBER)
_ADD_PARTICULARS = insert(particulars)
_ADD_ABSENCE = insert(absences)
_ADD_CHANGE = insert(member_changes).inline()
_DROP_PARTICULARS = delete(particulars).where(particulars.c.member_id == _OF_MEMBER)
_ALL_ABSENCES = select(absences).order_by(absences.c.first_day, absences.c.id)
_ABSENCES = _ALL_ABSENCES.where(absences.c.member_id == _OF_MEMBER)
_DROP_ABSENCE = delete(absences).where(absences.c.id == bindparam("absence"))
_reversal = entries.alias("reversal")
_MEALS = select(func.count()).where(
    sales.c.member_id == _OF_MEMBER,
    sales.c.business_date.between(bindparam("first"), bindparam("last")),
    ~exists().where(_reversal.c.reverses == sales.c.id),
)
_CHANGES = (
    select(member_changes, staff.c.name.label("staff_name"))
    .join(staff, staff.c.id == member_changes.c.staff_id)
    .where(member_changes.c.member_id == _OF_MEMBER)
    .order_by(member_changes.c.seq)
)
_SAME_NAME = (
    select(members.c.id)
    .where(members.c.name == bindparam("like_name"), members.c.birth_date == bindparam("born"))
    .order_by(members.c.id)
)
_SAME_PHONE = select(members.c.id).where(members.c.phone == bindparam("like_phone")).order_by(members.c.id)
_ADDRESS = tuple(part.name for part in fields(Address))


class SqlProfiles:
    """Keeps the promises of pos.ports.ProfileRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, member_id: str) -> Profile | None:
        row = self._transaction.run(_PROFILE, {"of_member": member_id}).first()
        return None if row is None else _profile(row)

    def put(self, member_id: str, profile: Profile, search_keys: Iterable[str]) -> None:
        self._transaction.run(_SET_MEMBER.values(member_columns(profile)), {"of_member": member_id})
        self._transaction.run(_DROP_PARTICULARS, {"of_member": member_id})
        self._transaction.run(_ADD_PARTICULARS, {"member_id": member_id, **particulars_row(profile.particulars)})
        replace_keys(self._transaction, member_id, search_keys)

    def set_photo(self, member_id: str, photo: bytes | None) -> None:
        self._transaction.run(_SET_MEMBER.values(photo=photo), {"of_member": member_id})

    def absences(self, member_id: str) -> tuple[Absence, ...]:
        return tuple(_absence(row) for row in self._transaction.run(_ABSENCES, {"of_member": member_id}).all())

    def all_absences(self) -> Mapping[str, tuple[Absence, ...]]:
        found: dict[str, list[Absence]] = {}
        for row in self._transaction.run(_ALL_ABSENCES):
            found.setdefault(row.member_id, []).append(_absence(row))
        return {member_id: tuple(some) for member_id, some in found.items()}

    def put_absence(self, member_id: str, absence: Absence) -> None:
        row = {
            "id": absence.id,
            "member_id": member_id,
            "status": absence.status.value,
            "first_day": absence.first.isoformat(),
            "last_day": None if absence.last is None else absence.last.isoformat(),
            "reason": absence.reason.value,
        }
        self.drop_absence(absence.id)
        self._transaction.run(_ADD_ABSENCE, row)

    def drop_absence(self, absence_id: str) -> None:
        self._transaction.run(_DROP_ABSENCE, {"absence": absence_id})

    def meals_between(self, member_id: str, first: date, last: date | None) -> int:
        values = {"of_member": member_id, "first": first.isoformat(), "last": (last or date.max).isoformat()}
        counted: int = self._transaction.run(_MEALS, values).scalar_one()
        return counted

    def note(
        self, member_id: str, staff_id: str, at_ms: int, changes: Iterable[tuple[ProfileField, str, str]]
    ) -> None:
        rows = (
            {"member_id": member_id, "staff_id": staff_id, "at_ms": at_ms, "field": part.value, "old": old, "new": new}
            for part, old, new in changes
        )
        self._transaction.run_many(_ADD_CHANGE, rows)

    def changes(self, member_id: str) -> tuple[Change, ...]:
        return tuple(
            Change(row.at_ms, row.staff_id, row.staff_name, ProfileField(row.field), row.old, row.new)
            for row in self._transaction.run(_CHANGES, {"of_member": member_id}).all()
        )

    def lookalikes(self, name: str, birth_date: date | None, phone: str) -> tuple[tuple[str, Sameness], ...]:
        found: list[tuple[str, Sameness]] = []
        if birth_date is not None:
            values = {"like_name": name, "born": birth_date.isoformat()}
            found += ((one, Sameness.NAME_AND_BIRTH) for one in self._transaction.run(_SAME_NAME, values).scalars())
        if phone:
            same = self._transaction.run(_SAME_PHONE, {"like_phone": phone}).scalars()
            found += ((one, Sameness.PHONE) for one in same)
        return tuple(found)


def member_columns(profile: Profile) -> dict[str, str | None]:
    """The columns of a profile that a sale asks for, too: they stand in the member's own row."""
    known = profile.particulars
    return {
        "name": profile.name,
        "birth_date": None if profile.birth_date is None else profile.birth_date.isoformat(),
        "phone": profile.phone,
        "hukou": known.hukou,
        "residence": known.residence,
        "categories": held_text(known.categories),
        "passes": held_text(known.passes),
        "diets": _text(known.diets),
    }


def particulars_row(known: Particulars) -> dict[str, str]:
    """The columns of everything else."""
    return {
        "sex": known.sex.value if known.sex else "",
        **{part: getattr(known.address, part) for part in _ADDRESS},
        "address_key": known.address.sort_key,
        "emergency": _contact_text(known.emergency),
        "guardian": _contact_text(known.guardian),
        "community_worker": _contact_text(known.community_worker),
        "household": known.household,
        "consents": _text([(one.to, one.version, one.day.isoformat()) for one in known.consents]),
        "spoken": known.spoken,
    }


def _profile(row: AnyRow) -> Profile:
    born = None if row.birth_date is None else date.fromisoformat(row.birth_date)
    light: dict[str, Any] = {
        "hukou": row.hukou,
        "residence": row.residence,
        "categories": read_held(row.categories),
        "passes": read_held(row.passes),
        "diets": tuple(json.loads(row.diets)),
    }
    if row.member_id is None:
        return Profile(row.name, born, row.phone, Particulars(**light))
    consents = json.loads(row.consents)
    known = Particulars(
        sex=Sex(row.sex) if row.sex else None,
        address=Address(row.estate, row.building, row.unit, row.floor, row.door),
        emergency=Contact(**json.loads(row.emergency)),
        guardian=Contact(**json.loads(row.guardian)),
        community_worker=Contact(**json.loads(row.community_worker)),
        household=row.household,
        consents=tuple(Consent(ConsentTo(to), version, date.fromisoformat(day)) for to, version, day in consents),
        spoken=row.spoken,
        **light,
    )
    return Profile(row.name, born, row.phone, known)


def _absence(row: AnyRow) -> Absence:
    last = None if row.last_day is None else date.fromisoformat(row.last_day)
    return Absence(
        row.id, MemberStatus(row.status), date.fromisoformat(row.first_day), last, AbsenceReason(row.reason)
    )


@lru_cache(maxsize=1_024)  # most people name none, and a community worker looks after many
def _contact_text(contact: Contact) -> str:
    return _text(asdict(contact))


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
