"""The words of the particulars: the form with its four pages, what to look at before it is saved, the facts."""

from __future__ import annotations

from datetime import date

from pos import words
from pos.domain.identity import DocumentKind, Sex
from pos.domain.members import age_on
from pos.domain.profile import (
    Consent,
    ConsentTo,
    Contact,
    DocumentShown,
    Doubts,
    Held,
    Lookalike,
    Profile,
    Sameness,
)
from pos.i18n import _, ngettext
from ui import formats
from ui.asking import Ask, AskColumn, AskField, AskPage, AskTable, Fact, FieldKind
from ui.member_words import document_kind, profile_field, sameness
from ui.profile.form import CATEGORY_ROWS, ProfileForm, categories_shown, diets_shown

WIDE = 960
_DIETS_IN_ROW = 7


def sex(value: Sex) -> str:
    """The word for a sex, as the document has it."""
    return {Sex.MALE: _("male"), Sex.FEMALE: _("female")}[value]


def consent_to(value: ConsentTo) -> str:
    """What is agreed to."""
    return {
        ConsentTo.MEMBERSHIP: _("Membership and its card"),
        ConsentTo.IDENTITY: _("Keeping the number of the document"),
        ConsentTo.DIET: _("Keeping diet codes"),
        ConsentTo.CATEGORY: _("Keeping the category"),
        ConsentTo.PHOTO: _("Keeping a photo"),
        ConsentTo.CHILD: _("Data of a child, signed by the guardian"),
    }[value]


def form_ask(form: ProfileForm) -> Ask:
    """The form."""
    title = _("New member") if form.is_new else _("Change {name}").format(name=form.before.name if form.before else "")
    if form.is_new and form.card:
        title = _("New member, card …{tail}").format(tail=form.card.printed[-4:])
    return Ask(
        title,
        _("Save"),
        pages=(_person(form), _home(form), _categories(form), _signatures(form)),
        busy=form.saving,
        wrong=form.wrong,
        width=WIDE,
    )


def doubts_ask(form: ProfileForm, doubts: Doubts) -> Ask:
    """What to look at before it is saved."""
    doubtful = _doubtful(doubts)
    if not doubts.lookalikes:
        return Ask(_("Save it like this?"), _("Save all the same"), doubtful, busy=form.saving, width=WIDE)
    count = len(doubts.lookalikes)
    title = ngettext("{count} member looks like the same person", "{count} members look like the same person", count)
    columns = (
        AskColumn(_("Name"), 150),
        AskColumn(_("Age"), 64, right=True),
        AskColumn(_("Telephone"), 110),
        AskColumn(_("Card"), 90),
        AskColumn(_("State"), 110),
        AskColumn(_("The same")),
    )
    rows = tuple(_alike(one) for one in doubts.lookalikes)
    return Ask(
        title.format(count=count),
        _("It is somebody else: save"),
        doubtful or _("Whoever is here already keeps card and money. Look before there are two of one."),
        table=AskTable(columns, rows, picks=_("Open the marked one")),
        busy=form.saving,
        width=WIDE,
    )


def facts_of(profile: Profile, document: DocumentShown | None, today: date) -> tuple[Fact, ...]:
    """What is known of somebody, in the order of the form; what nobody told is left empty."""
    known = profile.particulars
    born = profile.birth_date
    age = formats.age(age_on(born, today)) if born else ""
    return (
        Fact(_("Born"), f"{born.isoformat()} · {age}" if born else ""),
        Fact(_("Document"), document_words(document) if document else ""),
        Fact(_("Telephone"), profile.phone),
        Fact(_("Address"), str(known.address)),
        Fact(_("Household"), known.household),
        Fact(_("In an emergency"), contact(known.emergency)),
        Fact(_("Guardian"), contact(known.guardian)),
        Fact(_("Community worker"), contact(known.community_worker)),
        Fact(_("Categories"), _(", ").join(held(one) for one in known.categories)),
        Fact(_("Diet"), " ".join(known.diets)),
        Fact(_("Hukou"), known.hukou),
        Fact(_("Lives in"), known.residence),
        Fact(_("Signed"), _signed(known.consents)),
        Fact(_("Pinyin"), known.spoken),
    )


def contact(value: Contact) -> str:
    """Somebody to call, in a row."""
    return " ".join(part for part in (value.name, value.relation, value.phone) if part)


def held(value: Held) -> str:
    """A category with its days."""
    if value.first is None and value.last is None:
        return value.name
    if value.last is None:
        return _("{name} from {day}").format(name=value.name, day=value.first)
    if value.first is None:
        return _("{name} until {day}").format(name=value.name, day=value.last)
    return _("{name} {first} to {last}").format(name=value.name, first=value.first, last=value.last)


def document_words(document: DocumentShown) -> str:
    """A document as it may be shown."""
    return _("{kind} …{tail}").format(kind=document_kind(document.kind), tail=document.tail)


def _doubtful(doubts: Doubts) -> str:
    """What is not signed, and what the document says otherwise."""
    missing = _(", ").join(consent_to(to) for to in doubts.consents)
    differs = _(", ").join(profile_field(part) for part in doubts.differs)
    told = [_("Not signed yet: {what}.").format(what=missing)] if missing else []
    if differs:
        told.append(_("The document says otherwise: {what}.").format(what=differs))
    return " ".join(told)


def _signed(consents: tuple[Consent, ...]) -> str:
    if not consents:
        return ""
    newest = max(consent.day for consent in consents)
    count = len(consents)
    return ngettext("{count} consent, {day}", "{count} consents, last on {day}", count).format(count=count, day=newest)


def _alike(one: Lookalike) -> tuple[str, ...]:
    hit = one.hit
    return (
        hit.name,
        "" if hit.age is None else str(hit.age),
        hit.phone_tail,
        hit.card_tail,
        words.member_status(hit.status),
        _(", ").join(sameness(same) for same in Sameness if same in one.because),
    )


# -- pages -------------------------------------------------------------------------------------------


def _person(form: ProfileForm) -> AskPage:
    kinds = (("", _("As the number tells")), *((one.value, document_kind(one)) for one in DocumentKind))
    kept = _("kept: {document}").format(document=document_words(form.document)) if form.document else _("number, shown as dots")
    sexes = (("", ""), *((one.value, sex(one)) for one in Sex))
    return AskPage(
        (
            (_line(form, "name", _("Name"), longest=50, stretch=2), _line(form, "phone", _("Telephone"), longest=20)),
            (
                _choice(form, "document_kind", _("Document"), kinds),
                _line(form, "document", _("Its number"), kept, kind=FieldKind.SECRET, longest=30),
            ),
            (
                _line(form, "birth_date", _("Birth date, decides the price"), "1950-03-12", longest=12),
                _choice(form, "sex", _("Sex"), sexes),
            ),
            (
                _line(form, "household", _("Household"), _("one word for those who live together")),
                _line(form, "spoken", _("Pinyin, where it is read otherwise"), "zeng xiao hong"),
            ),
        ),
        _("Person"),
    )


def _home(form: ProfileForm) -> AskPage:
    return AskPage(
        (
            (
                _line(form, "estate", _("Estate"), stretch=2),
                _line(form, "building", _("Building")),
                _line(form, "unit", _("Unit")),
                _line(form, "floor", _("Floor")),
                _line(form, "door", _("Door")),
            ),
            (
                _line(form, "emergency_name", _("Emergency contact"), longest=50),
                _line(form, "emergency_relation", _("Relation"), longest=20),
                _line(form, "emergency_phone", _("Telephone"), longest=20),
            ),
            (
                _line(form, "community_worker_name", _("Community worker"), longest=50),
                _line(form, "community_worker_relation", _("Works for"), longest=20),
                _line(form, "community_worker_phone", _("Telephone"), longest=20),
            ),
            (
                _line(form, "hukou", _("Hukou"), _("city/district/street")),
                _line(form, "residence", _("Lives in"), _("city/district/street")),
            ),
        ),
        _("Home"),
    )


def _categories(form: ProfileForm) -> AskPage:
    before = form.before or Profile("")
    options = (("", "–"), *((name, name) for name in categories_shown(before, form.canteen)))
    rows: list[tuple[AskField, ...]] = []
    for at in range(0, CATEGORY_ROWS, 2):
        pair: list[AskField] = []
        for one in (at, at + 1):
            pair += [
                _choice(form, f"category_{one}", _("Category"), options),
                _line(form, f"from_{one}", _("From"), "2026-01-01", longest=12),
                _line(form, f"until_{one}", _("Until"), "2026-12-31", longest=12),
            ]
        rows.append(tuple(pair))
    diets = diets_shown(before, form.canteen)
    rows += [
        tuple(_tick(form, f"diet_{diet}", diet) for diet in diets[at : at + _DIETS_IN_ROW])
        for at in range(0, len(diets), _DIETS_IN_ROW)
    ]
    return AskPage(tuple(rows), _("Categories"))


def _signatures(form: ProfileForm) -> AskPage:
    ticks = [_tick(form, f"consent_{to.value}", consent_to(to)) for to in ConsentTo]
    return AskPage(
        (
            (
                _line(form, "guardian_name", _("Guardian, under 14"), longest=50),
                _line(form, "guardian_relation", _("Relation"), longest=20),
                _line(form, "guardian_phone", _("Telephone"), longest=20),
            ),
            *(tuple(ticks[at : at + 2]) for at in range(0, len(ticks), 2)),
        ),
        _("Signatures"),
    )


def _line(
    form: ProfileForm,
    name: str,
    label: str,
    hint: str = "",
    *,
    kind: FieldKind = FieldKind.LINE,
    longest: int = 100,
    stretch: int = 1,
) -> AskField:
    return AskField(name, label, form.values.get(name, ""), hint, kind, longest=longest, stretch=stretch)


def _choice(form: ProfileForm, name: str, label: str, options: tuple[tuple[str, str], ...]) -> AskField:
    return AskField(name, label, form.values.get(name, ""), kind=FieldKind.CHOICE, options=options)


def _tick(form: ProfileForm, name: str, label: str) -> AskField:
    return AskField(name, label, form.values.get(name, ""), kind=FieldKind.TICK)
