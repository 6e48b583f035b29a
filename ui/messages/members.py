"""Words for what is refused about members: documents, names, guardians, categories, pictures, absences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos.domain import absences, identity, names, profile
from pos.domain.errors import Refusal, Trouble
from pos.domain.identity import IdentityFlaw
from pos.domain.profile import ProfileField
from pos.i18n import _, ngettext
from pos.words import money
from ui import member_words

_Words = tuple[str, str]


def _bad_identity(error: identity.BadIdentity) -> _Words:
    kind = member_words.document_kind(error.kind)
    title = {
        IdentityFlaw.LENGTH: ngettext(
            "{kind}: the number cannot have {count} character.",
            "{kind}: the number cannot have {count} characters.",
            error.length,
        ),
        IdentityFlaw.CHARACTERS: _("{kind}: the number has characters that it cannot have."),
        IdentityFlaw.CHECK_DIGIT: _("{kind}: the last character does not fit the others."),
        IdentityFlaw.NO_SUCH_DATE: _("{kind}: the birth date in the number does not exist."),
        IdentityFlaw.FUTURE: _("{kind}: the birth date in the number lies in the future."),
        IdentityFlaw.TOO_OLD: _("{kind}: the birth date in the number lies over 125 years back."),
        IdentityFlaw.OTHER_KIND: _("{kind}: this number belongs to another document."),
    }[error.flaw]
    todo = _("Choose the document that was shown.")
    if error.flaw is not IdentityFlaw.OTHER_KIND:
        todo = _("Compare it with the document and type it again.")
    return title.format(kind=kind, count=error.length), todo


def _key_missing(error: identity.KeyMissing) -> _Words:
    title = _("The key to the identity numbers is not on this machine.")
    if not error.numbers:
        return title, _("Save without the number; the manager sets the key up.")
    return title, _("Save without the number. The manager types the spare key, or begins a new one.")


def _key_exposed(error: identity.KeyExposed) -> _Words:
    title = _("Others may read the key to the identity numbers ({file}).").format(file=error.file)
    return title, _("Let its owner alone read the file, then try again.")


def _key_unreadable(_error: identity.KeyUnreadable) -> _Words:
    return _("The key to the identity numbers cannot be read."), _(
        "Unlock the keyring and try again, or compare the spare key with its paper."
    )


def _no_number(error: identity.NoNumber) -> _Words:
    return _("No identity number is kept of {name}.").format(name=error.name), _("Type it from the document.")


def _private_character(error: names.PrivateCharacter) -> _Words:
    title = _("The name holds a character that nobody can read ({code}).").format(code=error.code)
    return title, _("Type that character again, or write pinyin for it.")


def _guardian_needed(error: profile.GuardianNeeded) -> _Words:
    title = ngettext("A child of {age} year needs a guardian.", "A child of {age} years needs a guardian.", error.age)
    return title.format(age=error.age), _("Write down the guardian's name and telephone.")


def _field_too_long(error: profile.FieldTooLong) -> _Words:
    title = _("{field}: too long.").format(field=member_words.profile_field(ProfileField(error.field)))
    return title, _("Write at most {longest} characters.").format(longest=error.longest)


def _held_backwards(error: profile.HeldBackwards) -> _Words:
    title = _("{name} would end ({last}) before it begins ({first}).")
    return title.format(name=error.name, first=error.first, last=error.last), _("Correct one of the two days.")


def _photo_too_large(error: profile.PhotoTooLarge) -> _Words:
    return _("The picture is too large."), _("Choose one of at most {limit} KB.").format(limit=error.limit // 1000)


def _still_has_money(error: profile.StillHasMoney) -> _Words:
    title = _("{name} still has {amount} on the card.").format(name=error.name, amount=money(error.amount))
    return title, _("Pay it out first, then delete the personal data.")


def _still_reserved(error: profile.StillReserved) -> _Words:
    return _("A meal is reserved for {name}.").format(name=error.name), _("Cancel the reservation first.")


def _still_looked_for(error: profile.StillLookedFor) -> _Words:
    title = _("{name} did not answer and is still looked for.").format(name=error.name)
    return title, _("First write how they are, in the office under Deliveries.")


def _still_has_card(error: profile.StillHasCard) -> _Words:
    title = _("{name} still has card {card} in use.").format(name=error.name, card=error.printed)
    return title, _("Take the card back first, then delete the personal data.")


def _changed_elsewhere(error: profile.ChangedElsewhere) -> _Words:
    title = _("Another counter changed this just now: {field}.")
    return title.format(field=member_words.profile_field(ProfileField(error.field))), _("Close the form and open it again.")


def _bad_absence(error: absences.BadAbsence) -> _Words:
    title = _("The days {first} to {last} cannot be right.").format(first=error.first, last=error.last)
    return title, _("Correct the days.")


TABLE: dict[type[Refusal | Trouble], Callable[[Any], _Words]] = {
    identity.BadIdentity: _bad_identity,
    identity.KeyMissing: _key_missing,
    identity.KeyExposed: _key_exposed,
    identity.KeyUnreadable: _key_unreadable,
    identity.NoNumber: _no_number,
    names.PrivateCharacter: _private_character,
    profile.GuardianNeeded: _guardian_needed,
    profile.FieldTooLong: _field_too_long,
    profile.HeldBackwards: _held_backwards,
    profile.PhotoTooLarge: _photo_too_large,
    profile.StillHasMoney: _still_has_money,
    profile.StillHasCard: _still_has_card,
    profile.StillReserved: _still_reserved,
    profile.StillLookedFor: _still_looked_for,
    profile.ChangedElsewhere: _changed_elsewhere,
    absences.BadAbsence: _bad_absence,
}
