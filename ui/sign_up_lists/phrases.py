"""The words of a pasted sign-up list: its lines, and what is unclear about each."""

from __future__ import annotations

from pos import words
from pos.domain.members import MemberStatus
from pos.domain.sign_ups import Doubt, Namesake
from pos.i18n import _, ngettext
from pos.services.sign_up_lists import CheckedList, Fate
from ui import messages
from ui.sign_up_lists.presenter import Pasted, Row
from ui.widgets.labels import Tone
from ui.widgets.table import Line

TICK = "√"
_TONES = {Fate.RECOGNISED: Tone.PLAIN, Fate.DOUBTFUL: Tone.MONEY, Fate.UNKNOWN: Tone.RED, Fate.LEFT_OUT: Tone.MUTED}


def line_of(row: Row, pasted: Pasted) -> Line:
    """A line of the list, with who is meant and what is unclear."""
    bookable = row.can_be_ticked
    cells = (
        TICK if row.ticked else "",
        row.line.sign_up.text,
        whom(row),
        str(row.portions) if bookable else "",
        " ".join((words.way(row.way or pasted.usual), row.line.sign_up.eat_at)).strip() if bookable else "",
        matter(row),
    )
    return Line(cells, _tone(row))


def whom(row: Row) -> str:
    """The member who is meant, with what tells two of one name apart."""
    if row.person is None:
        return _("nobody of this name") if row.line.sign_up.name else ""
    return f"{row.person.name} {_apart(row.person)}".strip()


def _apart(one: Namesake) -> str:
    """The door, or the end of the telephone."""
    return one.address.brief or (f"*{one.phone_tail}" if one.phone_tail else "")


def matter(row: Row) -> str:
    """What became of a line, or what somebody should look at."""
    if row.outcome is not None:
        if row.outcome.made is not None:
            return _("booked, {amount} is held").format(amount=words.money(row.outcome.made.bill.due))
        assert row.outcome.refusal is not None, "what was not booked was refused"
        return messages.words(row.outcome.refusal).title
    sign_up, said = row.line.sign_up, []
    if sign_up.cancelled:
        said.append(_("cancelled"))
    elif sign_up.replaced_by:
        said.append(_("line {number} counts").format(number=sign_up.replaced_by))
    if row.line.booked:
        said.append(_("reserved already: give it up in the list") if sign_up.cancelled else _("reserved already"))
    if len(row.line.people) > 1:
        count = len(row.line.people)
        said.append(ngettext("{count} of this name", "{count} of this name: ← → choose", count).format(count=count))
    if row.person and row.person.status is not MemberStatus.ACTIVE:
        said.append(words.member_status(row.person.status))
    if row.person and sign_up.door and any(row.person.address.numbers) and not sign_up.door.fits(row.person.address):
        said.append(_("another door"))
    return _(", ").join([*said, *map(_doubt, sign_up.doubts)])


def _doubt(value: Doubt) -> str:
    return {
        Doubt.NO_NAME: _("no name"),
        Doubt.SEVERAL_NAMES: _("several names"),
        Doubt.PORTIONS: _("how many?"),
        Doubt.WAY: _("how is it eaten?"),
        Doubt.TIME: _("at what time?"),
        Doubt.CHANGED: _("was changed"),
        Doubt.REPEATED: _("signed up more than once"),
        Doubt.UNNUMBERED: _("without a number"),
    }[value]


def _tone(row: Row) -> Tone:
    if row.outcome is not None:
        return Tone.GREEN if row.outcome.made else Tone.RED
    return _TONES[row.line.fate]


def summary(checked: CheckedList) -> str:
    """How many lines are what."""
    told = (
        (Fate.RECOGNISED, _("known {count}")),
        (Fate.DOUBTFUL, _("doubtful {count}")),
        (Fate.UNKNOWN, _("unknown {count}")),
        (Fate.LEFT_OUT, _("left out {count}")),
    )
    return " · ".join(text.format(count=checked.count(fate)) for fate, text in told if checked.count(fate))


def warning(checked: CheckedList) -> str:
    """What nobody may overlook: the list is another meal's, or comes late."""
    said = []
    if checked.heading is not None and checked.heading is not checked.meal:
        said.append(_("The list speaks of {meal}!").format(meal=words.meal(checked.heading)))
    if checked.late:
        said.append(_("The time for booking is over."))
    return " ".join(said)


def confirm_words(pasted: Pasted) -> str:
    """What F9 does."""
    if pasted.checked is None:
        return _("One moment …") if pasted.reading else _("Read the list")
    count = len(pasted.ticked)
    return ngettext("Book {count} line", "Book {count} lines", count).format(count=count)
