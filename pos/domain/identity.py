"""Identity documents: what a number tells (birth date, sex, place) and which of its checks fails.

The number itself is a secret: it is in no error, no repr and no log. What may be shown is its kind and `tail`.
Sources: GB 11643-1999 (domain.md section 3); the permits of residents of Hong Kong, Macau and Taiwan (since 2018)
and of foreigners (since December 2023) have numbers of the same build, beginning with 81, 82, 83 and with 9.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pos.domain.errors import Refusal

OLDEST_YEARS = 125
TAIL_CHARACTERS = 4

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_LONG, _OLD = 18, 15
_CENTENARIANS = range(996, 1000)
_PERMIT_OF_OLD = re.compile(r"[A-Z]{3}[0-9]{12}")
_PASSPORT = re.compile(r"[A-Z0-9]*")
_PASSPORT_LENGTHS = range(5, 21)


class DocumentKind(StrEnum):
    """What somebody showed. A passport stands for every other travel document."""

    RESIDENT = "resident"
    COMPATRIOT = "compatriot"  # residence permit for Hong Kong, Macau and Taiwan residents (港澳台居民居住证)
    FOREIGNER = "foreigner"  # foreign permanent resident ID card (外国人永久居留身份证)
    PASSPORT = "passport"


class Sex(StrEnum):
    """As the document says it."""

    MALE = "male"
    FEMALE = "female"


class IdentityFlaw(StrEnum):
    """The check that a number fails."""

    LENGTH = "length"
    CHARACTERS = "characters"
    CHECK_DIGIT = "check_digit"
    NO_SUCH_DATE = "no_such_date"
    FUTURE = "future"
    TOO_OLD = "too_old"
    OTHER_KIND = "other_kind"


@dataclass(eq=False)
class BadIdentity(Refusal):
    """A document's number cannot be right. `length` counts its characters; the number itself is not kept."""

    kind: DocumentKind
    flaw: IdentityFlaw
    length: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document that passed its checks. What the number does not tell (a passport's) is None and typed by hand."""

    kind: DocumentKind
    number: str = field(repr=False)
    birth_date: date | None = None
    sex: Sex | None = None

    @property
    def tail(self) -> str:
        """The last four characters: all that is shown."""
        return self.number[-TAIL_CHARACTERS:]

    @property
    def address_code(self) -> str:
        """Where the number was first registered (GB/T 2260, six digits); '' for other documents.

        Codes are abolished while their numbers live on: no code is refused for being unknown.
        """
        return self.number[:6] if self.kind is DocumentKind.RESIDENT else ""


@dataclass(frozen=True, slots=True)
class SealedDocument:
    """A document as it lies in the store: what may be shown, and the number sealed under the key `key_id`.

    `fingerprint` is the same for the same number and tells nothing to whoever lacks the key.
    """

    kind: DocumentKind
    tail: str
    key_id: str
    sealed: bytes = field(repr=False)
    fingerprint: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody saw a number in clear: who, when (UTC, ms) and why."""

    at_ms: int
    staff_id: str
    staff_name: str
    reason: str


class KeyDeed(StrEnum):
    """What a manager did with the key to the numbers."""

    WRITTEN_DOWN = "written_down"
    ROTATED = "rotated"
    BEGUN_ANEW = "begun_anew"
    BROUGHT_BACK = "brought_back"


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """Something was done with the key `key_id`: who and when (UTC, ms). The id tells nothing about the key."""

    at_ms: int
    staff_id: str
    staff_name: str
    deed: KeyDeed
    key_id: str


@dataclass(eq=False)
class KeyMissing(Refusal):
    """The key to the numbers is not on this machine; `numbers` of them are sealed under it. All else works."""

    numbers: int


@dataclass(eq=False)
class KeyExposed(Refusal):
    """Others than its owner may read the file with the key."""

    file: str


@dataclass(eq=False)
class KeyUnreadable(Refusal):
    """The user's keyring or the key file did not answer, or what was typed is no spare key."""


@dataclass(eq=False)
class NoNumber(Refusal):
    """No number of a document is kept of this member."""

    name: str


def normalised_number(text: str) -> str:
    """A number as it is kept: half-width, upper case, without blanks, line ends and invisible characters."""
    wide = unicodedata.normalize("NFKC", text).upper()
    return "".join(one for one in wide if not one.isspace() and unicodedata.category(one) not in {"Cc", "Cf"})


def read_document(text: str, today: date, kind: DocumentKind | None = None) -> Document:
    """The document behind a number that was typed or read; a 15-digit number becomes its 18 characters.

    Without a `kind` the number tells it: no kind of 18 characters looks like another. Raises BadIdentity.
    """
    number = normalised_number(text)
    told = _told(number)
    wanted = kind or told
    if wanted is DocumentKind.PASSPORT:
        if not _PASSPORT.fullmatch(number):
            raise BadIdentity(wanted, IdentityFlaw.CHARACTERS, len(number))
        if len(number) not in _PASSPORT_LENGTHS:
            raise BadIdentity(wanted, IdentityFlaw.LENGTH, len(number))
        return Document(wanted, number)
    if _PERMIT_OF_OLD.fullmatch(number):
        if wanted is not DocumentKind.FOREIGNER:
            raise BadIdentity(wanted, IdentityFlaw.OTHER_KIND, len(number))
        return Document(wanted, number)
    whole = _lengthened(number, wanted)
    if told is not wanted:
        raise BadIdentity(wanted, IdentityFlaw.OTHER_KIND, len(number))
    return Document(wanted, whole, _born(whole, wanted, len(number), today), _sex(whole))


def check_digit(first_17: str) -> str:
    """The last character of an 18-character number (ISO 7064, MOD 11-2)."""
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_17, strict=True)) % 11]


def _told(number: str) -> DocumentKind:
    """The kind that a number has by its look; what looks like nothing was meant to be a resident's."""
    if _PERMIT_OF_OLD.fullmatch(number):
        return DocumentKind.FOREIGNER
    if len(number) == _LONG and number[:2] in {"81", "82", "83"}:
        return DocumentKind.COMPATRIOT
    # 999999 is nobody's address code: made-up people have it, and they are residents.
    if len(number) == _LONG and number.startswith("9") and not number.startswith("999999"):
        return DocumentKind.FOREIGNER
    return DocumentKind.RESIDENT


def _lengthened(number: str, kind: DocumentKind) -> str:
    """The 18 characters of a number, its form and check digit proved. Raises BadIdentity."""
    if len(number) == _OLD and kind is DocumentKind.RESIDENT:
        if not re.fullmatch(r"[0-9]{15}", number):
            raise BadIdentity(kind, IdentityFlaw.CHARACTERS, _OLD)
        # 996 to 999 marked people who were a hundred years old when these numbers were given out.
        century = "18" if int(number[-3:]) in _CENTENARIANS else "19"
        first_17 = number[:6] + century + number[6:]
        return first_17 + check_digit(first_17)
    if len(number) != _LONG:
        raise BadIdentity(kind, IdentityFlaw.LENGTH, len(number))
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise BadIdentity(kind, IdentityFlaw.CHARACTERS, _LONG)
    if check_digit(number[:17]) != number[17]:
        raise BadIdentity(kind, IdentityFlaw.CHECK_DIGIT, _LONG)
    return number


def _born(number: str, kind: DocumentKind, length: int, today: date) -> date:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        # Not `from` the error: its text may hold digits of the number.
        raise BadIdentity(kind, IdentityFlaw.NO_SUCH_DATE, length) from None
    if born > today:
        raise BadIdentity(kind, IdentityFlaw.FUTURE, length)
    if born.year < today.year - OLDEST_YEARS:
        raise BadIdentity(kind, IdentityFlaw.TOO_OLD, length)
    return born


def _sex(number: str) -> Sex:
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
