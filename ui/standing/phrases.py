"""The words of a change of status: what is asked, and what it touches."""

from __future__ import annotations

from pos import words
from pos.domain.absences import Absence, AbsenceReason, Affected
from pos.domain.members import MemberStatus
from pos.i18n import _, ngettext
from ui.asking import Ask, AskField, AskPage, Fact, FieldKind
from ui.standing.form import StandingForm


def reason(value: AbsenceReason) -> str:
    """Why somebody pauses."""
    return {
        AbsenceReason.HOSPITAL: _("in hospital"),
        AbsenceReason.HOLIDAY: _("away on a visit"),
        AbsenceReason.OTHER: _("other"),
    }[value]


def standing_ask(form: StandingForm) -> Ask:
    """The question: from when, until when, and what it touches."""
    title = {
        MemberStatus.PAUSED: _("{name} pauses"),
        MemberStatus.LEFT: _("{name} leaves the canteen"),
        MemberStatus.DECEASED: _("{name} has died"),
        MemberStatus.ACTIVE: "{name}",
    }[form.status].format(name=form.name)
    pausing = form.status is MemberStatus.PAUSED
    first = AskField("first", _("First day away") if pausing else _("On"), form.first, "2026-03-12", longest=12)
    last = AskField("last", _("Last day away"), form.last, _("empty: until told"), longest=12)
    reasons = tuple((one.value, reason(one)) for one in AbsenceReason)
    why = AskField("reason", _("Why"), form.reason.value, kind=FieldKind.CHOICE, options=reasons)
    return Ask(
        title,
        _("Save") if form.affected else _("Looking what it touches …"),
        _("No meal is sold on the card on these days. The money stays where it is."),
        facts=affected_facts(form.affected) if form.affected else (),
        pages=(AskPage(((first, last, why) if pausing else (first,),)),),
        danger=not pausing,
        busy=form.saving,
        wrong=form.wrong,
    )


def affected_facts(affected: Affected) -> tuple[Fact, ...]:
    """What an absence touches."""
    card = _("…{tail}, {state}").format(
        tail=affected.card.uid.printed[-4:], state=words.card_state(affected.card.state)
    ) if affected.card else _("no card")
    meals = affected.meals_since
    facts = [
        Fact(_("Paid in and not eaten"), words.money(affected.principal), strong=True),
        Fact(_("Bonus"), words.money(affected.bonus)),
        Fact(_("Card"), card),
    ]
    if affected.reservations:
        waiting = _(", ").join(f"{one.day:%m-%d} {words.meal(one.meal)}" for one in affected.reservations)
        facts.append(Fact(_("Reservations that are cancelled"), waiting, strong=True))
    if affected.held:
        facts.append(Fact(_("Held for reservations"), words.money(affected.held)))
    if meals:
        sold = ngettext("{count} meal, look at it", "{count} meals, look at them", meals).format(count=meals)
        facts.append(Fact(_("Sold on these days already"), sold))
    if affected.absences:
        facts.append(Fact(_("Away already"), _(", ").join(absence_days(one) for one in affected.absences)))
    return tuple(facts)


def absence_days(absence: Absence) -> str:
    """The days of an absence, in a row."""
    if absence.last is None:
        return _("from {day}").format(day=absence.first)
    return _("{first} to {last}").format(first=absence.first, last=absence.last)
