"""The form of a member's particulars as one frozen value, and how its texts become a profile and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from pos.domain.address import Address
from pos.domain.canteen import Canteen
from pos.domain.cards import CardUid
from pos.domain.errors import BadBirthDate, Refusal, Trouble
from pos.domain.identity import Document, DocumentKind, Sex, read_document
from pos.domain.profile import Consent, ConsentTo, Contact, DocumentShown, Doubts, Held, Particulars, Profile
from ui.asking import YES
from ui.members.presenter import parse_birth

CATEGORY_ROWS = 6

_CONTACTS = ("emergency", "guardian", "community_worker")
_LINES = ("household", "hukou", "residence", "spoken")
_ADDRESS = ("estate", "building", "unit", "floor", "door")


@dataclass(frozen=True, slots=True)
class ProfileForm:
    """A form at one moment. `before` is what it was opened on, None for somebody new.

    `document` is what may be shown of the one that is kept. `asked` are the doubts that must be seen before it is saved; `wrong` names the field of the last refusal.
    """

    member_id: str
    canteen: Canteen
    values: Mapping[str, str] = field(repr=False)
    before: Profile | None = None
    document: DocumentShown | None = None
    card: CardUid | None = None
    photo: bytes | None = field(default=None, repr=False)
    asked: Doubts | None = None
    saving: bool = False
    wrong: str = ""
    refused: Refusal | Trouble | None = None

    @property
    def is_new(self) -> bool:
        """Whether this is somebody who is not in the books yet."""
        return self.before is None


def values_of(profile: Profile, canteen: Canteen) -> dict[str, str]:
    """What stands in the fields of a profile's form."""
    known = profile.particulars
    values = {
        "name": profile.name,
        "birth_date": _day_text(profile.birth_date),
        "phone": profile.phone,
        "sex": known.sex.value if known.sex else "",
        "document_kind": "",
        "document": "",
    }
    values |= {part: getattr(known, part) for part in _LINES}
    values |= {part: getattr(known.address, part) for part in _ADDRESS}
    for part in _CONTACTS:
        contact: Contact = getattr(known, part)
        values |= {f"{part}_name": contact.name, f"{part}_phone": contact.phone, f"{part}_relation": contact.relation}
    for at in range(CATEGORY_ROWS):
        held = known.categories[at] if at < len(known.categories) else Held("")
        values |= {f"category_{at}": held.name, f"from_{at}": _day_text(held.first), f"until_{at}": _day_text(held.last)}
    values |= {f"diet_{diet}": YES if diet in known.diets else "" for diet in diets_shown(profile, canteen)}
    signed = {consent.to for consent in known.consents}
    return values | {f"consent_{to.value}": YES if to in signed else "" for to in ConsentTo}


def profile_of(form: ProfileForm, today: date) -> Profile:
    """The profile that a form says; its other dates are dates already. Raises BadBirthDate."""
    values, before = form.values, form.before or Profile("")
    known = before.particulars
    categories = tuple(
        Held(values[f"category_{at}"], parse_birth(values[f"from_{at}"]), parse_birth(values[f"until_{at}"]))
        for at in range(CATEGORY_ROWS)
        if values[f"category_{at}"]
    )
    particulars = replace(
        known,
        sex=Sex(values["sex"]) if values["sex"] else None,
        address=Address(*(values[part].strip() for part in _ADDRESS)),
        household=values["household"],
        hukou=values["hukou"],
        residence=values["residence"],
        spoken=values["spoken"],
        categories=(*categories, *known.categories[CATEGORY_ROWS:]),
        diets=tuple(diet for diet in diets_shown(before, form.canteen) if values.get(f"diet_{diet}")),
        consents=_consents(values, known, form.canteen.consent_version, today),
        emergency=_contact(values, "emergency"),
        guardian=_contact(values, "guardian"),
        community_worker=_contact(values, "community_worker"),
    )
    return Profile(values["name"], parse_birth(values["birth_date"]), values["phone"], particulars)


def document_of(form: ProfileForm, today: date) -> Document | None:
    """The document whose number was typed, or None. Raises BadIdentity."""
    kind = DocumentKind(form.values["document_kind"]) if form.values["document_kind"] else None
    return read_document(form.values["document"], today, kind) if form.values["document"].strip() else None


def first_bad_day(values: Mapping[str, str]) -> str:
    """The name of the first field of a category that should hold a date and does not; '' where all do."""
    names = (f"{end}_{at}" for at in range(CATEGORY_ROWS) for end in ("from", "until"))
    return next((name for name in names if not is_day(values[name])), "")


def is_day(text: str) -> bool:
    """Whether a text is a date, or empty."""
    try:
        parse_birth(text)
    except BadBirthDate:
        return False
    return True


def diets_shown(profile: Profile, canteen: Canteen) -> tuple[str, ...]:
    """The canteen's diets, and those of the member that the canteen names no more."""
    return tuple(dict.fromkeys((*canteen.diets, *profile.particulars.diets)))


def categories_shown(profile: Profile, canteen: Canteen) -> tuple[str, ...]:
    """The canteen's categories, and those of the member that the canteen names no more."""
    return tuple(dict.fromkeys((*canteen.categories, *(held.name for held in profile.particulars.categories))))


def _consents(values: Mapping[str, str], known: Particulars, version: str, today: date) -> tuple[Consent, ...]:
    """What was signed before keeps the version and the day on which it was signed."""
    signed = {consent.to: consent for consent in known.consents}
    return tuple(signed.get(to, Consent(to, version, today)) for to in ConsentTo if values.get(f"consent_{to.value}"))


def _contact(values: Mapping[str, str], part: str) -> Contact:
    return Contact(values[f"{part}_name"], values[f"{part}_phone"], values[f"{part}_relation"])


def _day_text(day: date | None) -> str:
    return "" if day is None else day.isoformat()
