"""A member's particulars: everything that a form shows beside the money, as frozen values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any
from unicodedata import normalize

from pos.domain.address import NOWHERE, Address
from pos.domain.errors import BadBirthDate, Refusal
from pos.domain.identity import OLDEST_YEARS, Document, DocumentKind, Sex
from pos.domain.members import MemberHit, age_on
from pos.domain.names import person_name

GUARDED_UNTIL_AGE = 14
"""Below this age a guardian consents (PIPL art. 28; domain.md 2.4)."""

LONGEST_FIELD = 100
LARGEST_PHOTO_BYTES = 400_000


@dataclass(frozen=True, slots=True)
class Held:
    """A category or a pass and the days on which it holds, both included; None is open."""

    name: str
    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def held_on(held: Iterable[Held], day: date) -> frozenset[str]:
    """What somebody has on a day."""
    return frozenset(one.name for one in held if one.covers(day))


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call: name, telephone, and what they are to the member."""

    name: str = ""
    phone: str = ""
    relation: str = ""


NOBODY = Contact()


class ConsentTo(StrEnum):
    """What is agreed to, each for itself (PIPL art. 28 and 29; domain.md 2.4)."""

    MEMBERSHIP = "membership"
    IDENTITY = "identity"  # keeping the number of a document
    DIET = "diet"  # a diet tells of health or religion
    CATEGORY = "category"  # 低保, 残疾 and the like are a specific identity
    PHOTO = "photo"
    CHILD = "child"  # everything about somebody under 14, given by the guardian


@dataclass(frozen=True, slots=True)
class Consent:
    """A signature: to what, to which version of the text, on which day."""

    to: ConsentTo
    version: str
    day: date


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """What may be shown of a document."""

    kind: DocumentKind
    tail: str


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of a member beside name, birth date and telephone.

    `hukou` and `residence` are paths such as 安阳市/文峰区/东关街道. `diets` are codes, never diagnoses. `spoken` is
    the name's pinyin where somebody corrected it, syllables with blanks between.
    """

    sex: Sex | None = None
    address: Address = NOWHERE
    emergency: Contact = NOBODY
    guardian: Contact = NOBODY
    community_worker: Contact = NOBODY
    household: str = ""
    hukou: str = ""
    residence: str = ""
    categories: tuple[Held, ...] = ()
    passes: tuple[Held, ...] = ()
    diets: tuple[str, ...] = ()
    consents: tuple[Consent, ...] = ()
    spoken: str = ""


NOTHING_KNOWN = Particulars()


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that a member's form shows and changes."""

    name: str
    birth_date: date | None = None
    phone: str = ""
    particulars: Particulars = NOTHING_KNOWN


class ProfileField(StrEnum):
    """A field of the audit trail."""

    NAME = "name"
    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    SEX = "sex"
    ADDRESS = "address"
    EMERGENCY = "emergency"
    GUARDIAN = "guardian"
    COMMUNITY_WORKER = "community_worker"
    HOUSEHOLD = "household"
    HUKOU = "hukou"
    RESIDENCE = "residence"
    CATEGORIES = "categories"
    PASSES = "passes"
    DIETS = "diets"
    CONSENTS = "consents"
    SPOKEN = "spoken"
    PHOTO = "photo"
    STATUS = "status"
    DOCUMENT = "document"
    DELETED = "deleted"


OWN_FIELDS = (ProfileField.NAME, ProfileField.BIRTH_DATE, ProfileField.PHONE)
PARTICULARS = tuple(ProfileField(part.name) for part in fields(Particulars))


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the audit trail. Of secrets and pictures only the fact is kept: `old` and `new` are ''."""

    at_ms: int
    staff_id: str
    staff_name: str
    what: ProfileField
    old: str = field(default="", repr=False)
    new: str = field(default="", repr=False)


class Sameness(StrEnum):
    """Why two people may be one."""

    DOCUMENT = "document"
    NAME_AND_BIRTH = "name_and_birth"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A member who may be the same person, and why."""

    hit: MemberHit
    because: frozenset[Sameness]


@dataclass(frozen=True, slots=True)
class Doubts:
    """What to look at before a profile is saved; none of it refuses."""

    lookalikes: tuple[Lookalike, ...] = ()
    consents: tuple[ConsentTo, ...] = ()
    """Signatures that the profile needs and does not have."""
    differs: tuple[ProfileField, ...] = ()
    """Fields in which the form says something else than the document."""


@dataclass(eq=False)
class GuardianNeeded(Refusal):
    """Somebody under 14 needs a guardian with a name and a telephone number."""

    age: int


@dataclass(eq=False)
class FieldTooLong(Refusal):
    """A field of the form is longer than a form has room for (characters)."""

    field: str
    longest: int


@dataclass(eq=False)
class HeldBackwards(Refusal):
    """A category or a pass ends before it begins."""

    name: str
    first: str
    last: str


@dataclass(eq=False)
class PhotoTooLarge(Refusal):
    """The picture is larger than a card's picture needs (bytes)."""

    size: int
    limit: int


@dataclass(eq=False)
class StillHasMoney(Refusal):
    """Somebody with money (fen) on the wallet is not forgotten: it is paid out first."""

    name: str
    amount: int


@dataclass(eq=False)
class StillHasCard(Refusal):
    """Somebody with a card in use is not forgotten: it is given back first."""

    name: str
    printed: str


@dataclass(eq=False)
class StillReserved(Refusal):
    """Somebody with a reserved meal is not forgotten: it is cancelled first."""

    name: str


@dataclass(eq=False)
class StillLookedFor(Refusal):
    """Somebody who did not answer is not forgotten before it is known how they are."""

    name: str


@dataclass(eq=False)
class ChangedElsewhere(Refusal):
    """Another counter changed this field since the form was opened."""

    field: str


def checked_profile(profile: Profile, today: date) -> Profile:
    """A profile as it is kept: half-width numbers, no blanks at the ends, one dot in names.

    Raises BadName, PrivateCharacter, BadBirthDate, GuardianNeeded, FieldTooLong or HeldBackwards.
    """
    name = person_name(profile.name)
    check_birth_date(profile.birth_date, today)
    known = profile.particulars
    changed: dict[str, Any] = {
        part: _contact(part, getattr(known, part)) for part in ("emergency", "guardian", "community_worker")
    }
    changed |= {part: _line(part, getattr(known, part)) for part in ("household", "hukou", "residence", "spoken")}
    changed["spoken"] = changed["spoken"].lower()
    changed["address"] = Address(*(_line("address", getattr(known.address, part.name)) for part in fields(Address)))
    changed["diets"] = tuple(dict.fromkeys(diet for one in known.diets if (diet := _line("diets", one))))
    changed |= {part: _held(part, getattr(known, part)) for part in ("categories", "passes")}
    guardian: Contact = changed["guardian"]
    if (
        profile.birth_date is not None
        and (age := age_on(profile.birth_date, today)) < GUARDED_UNTIL_AGE
        and not (guardian.name and guardian.phone)
    ):
        raise GuardianNeeded(age)
    return Profile(name, profile.birth_date, _line("phone", profile.phone), replace(known, **changed))


def check_birth_date(born: date | None, today: date) -> None:
    """Raise BadBirthDate for a day in the future or in a year over 125 years ago."""
    if born is not None and (born > today or born.year < today.year - OLDEST_YEARS):
        raise BadBirthDate(born.isoformat())


def check_photo(photo: bytes | None) -> None:
    """Raise PhotoTooLarge for a picture that nobody scaled down."""
    if photo is not None and len(photo) > LARGEST_PHOTO_BYTES:
        raise PhotoTooLarge(len(photo), LARGEST_PHOTO_BYTES)


def needed_consents(profile: Profile, today: date, *, number: bool, photo: bool) -> tuple[ConsentTo, ...]:
    """The signatures that a profile needs and does not have, in the order of the form."""
    known = profile.particulars
    needed = {
        ConsentTo.MEMBERSHIP: True,
        ConsentTo.IDENTITY: number,
        ConsentTo.DIET: bool(known.diets),
        ConsentTo.CATEGORY: bool(known.categories),
        ConsentTo.PHOTO: photo,
        ConsentTo.CHILD: profile.birth_date is not None and age_on(profile.birth_date, today) < GUARDED_UNTIL_AGE,
    }
    given = {consent.to for consent in known.consents}
    return tuple(to for to, asked in needed.items() if asked and to not in given)


def differing(profile: Profile, document: Document) -> tuple[ProfileField, ...]:
    """Fields in which a form says something else than a document that tells them."""
    pairs = {
        ProfileField.BIRTH_DATE: (document.birth_date, profile.birth_date),
        ProfileField.SEX: (document.sex, profile.particulars.sex),
    }
    return tuple(part for part, (told_by, said) in pairs.items() if told_by and said and told_by != said)


def differences(before: Profile, after: Profile) -> Mapping[ProfileField, tuple[Any, Any]]:
    """What changed: field to old and new value."""
    pairs = {part: (getattr(before, part), getattr(after, part)) for part in OWN_FIELDS}
    pairs |= {part: (getattr(before.particulars, part), getattr(after.particulars, part)) for part in PARTICULARS}
    return {part: (old, new) for part, (old, new) in pairs.items() if old != new}


def with_changes(stored: Profile, changes: Mapping[ProfileField, tuple[Any, Any]]) -> Profile:
    """The stored profile with these fields changed and all others left. Raises ChangedElsewhere."""
    for part, (old, _new) in changes.items():
        if getattr(stored if part in OWN_FIELDS else stored.particulars, part) != old:
            raise ChangedElsewhere(part)
    own = {part.value: new for part, (_old, new) in changes.items() if part in OWN_FIELDS}
    others: dict[str, Any] = {part.value: new for part, (_old, new) in changes.items() if part not in OWN_FIELDS}
    return replace(stored, **own, particulars=replace(stored.particulars, **others))


def told(value: object) -> str:
    """A value of a profile as one line of the audit trail."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(map(told, value))
    if isinstance(value, Held):
        return value.name + (f" {value.first or ''}–{value.last or ''}" if value.first or value.last else "")
    if isinstance(value, Contact):
        return " ".join(filter(None, (value.name, value.relation, value.phone)))
    if isinstance(value, Consent):
        return f"{value.to} {value.version} {value.day}"
    return str(value)


def _line(part: str, text: str) -> str:
    """One line of a form. Raises FieldTooLong."""
    line = " ".join(normalize("NFKC", text).split())
    if len(line) > LONGEST_FIELD:
        raise FieldTooLong(part, LONGEST_FIELD)
    return line


def _contact(part: str, contact: Contact) -> Contact:
    line = partial(_line, part)
    return Contact(person_name(contact.name) if contact.name.strip() else "", line(contact.phone), line(contact.relation))


def _held(part: str, held: tuple[Held, ...]) -> tuple[Held, ...]:
    kept = tuple(replace(one, name=name) for one in held if (name := _line(part, one.name)))
    for one in kept:
        if one.first and one.last and one.last < one.first:
            raise HeldBackwards(one.name, one.first.isoformat(), one.last.isoformat())
    return kept
