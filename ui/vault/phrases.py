"""The words of keys: how they stand, what each deed means, and the key itself in groups for paper."""

from __future__ import annotations

from pos.domain.identity import KeyDeed
from pos.i18n import _, ngettext
from pos.services.keys import KEY_FILE, KeyPlace
from pos.services.spare_keys import KeyState, Paper, PaperRead
from ui import formats
from ui.asking import YES, Ask, AskColumn, AskField, AskPage, AskTable, Fact, FieldKind
from ui.vault.form import KeyForm, KeyWish

SHOWN_MS = 300_000
_GROUPS = 5


def state_facts(state: KeyState) -> tuple[Fact, ...]:
    """How keys and numbers stand."""
    paper = state.on_paper
    none = _("nowhere here") if state.vault.unreadable else _("made with the first number")
    return (
        Fact(_("The key lies in"), place(state.place) if state.vault.key_id else none),
        Fact(_("Numbers that can be opened"), str(state.vault.readable)),
        Fact(_("Numbers whose key is missing"), str(state.vault.unreadable)),
        Fact(_("On paper"), f"{formats.moment(paper.at_ms)[:10]} · {paper.staff_name}" if paper else "–"),
    )


def deed(value: KeyDeed) -> str:
    """What was done with a key."""
    return {
        KeyDeed.WRITTEN_DOWN: _("shown, to be written down"),
        KeyDeed.ROTATED: _("replaced by another key"),
        KeyDeed.BEGUN_ANEW: _("begun anew"),
        KeyDeed.BROUGHT_BACK: _("typed from its paper"),
    }[value]


def place(value: KeyPlace) -> str:
    """Where keys lie."""
    return {
        KeyPlace.FILE: _("the file {name}").format(name=KEY_FILE),
        KeyPlace.KEYRING: _("this user's keyring"),
    }[value]


def alarm(state: KeyState) -> str:
    """What is wrong with the keys, and what to do; '' when nothing is."""
    if not state.vault.unreadable:
        return _("No spare key on paper yet: F3.") if state.vault.readable and state.on_paper is None else ""
    return ngettext(
        "The key to {count} number is missing. Take the spare key's paper and press F4. Only if there is no paper any more: F7.",
        "The key to {count} numbers is missing. Take the spare key's paper and press F4. Only if there is no paper any more: F7.",
        state.vault.unreadable,
    ).format(count=state.vault.unreadable)


def key_ask(form: KeyForm) -> Ask:
    """The question before anything happens to a key."""
    if form.key:
        return _shown(form.key)
    return {
        KeyWish.WRITE_DOWN: _write_down,
        KeyWish.READ: _read,
        KeyWish.ROTATE: _rotate,
        KeyWish.BEGIN_ANEW: _begin_anew,
        KeyWish.HISTORY: _history,
    }[form.wish](form)


def read_words(read: PaperRead) -> tuple[str, str]:
    """What a paper was, and what follows."""
    left = read.state.vault.unreadable
    if read.paper is Paper.CURRENT:
        return _("The paper is right: it is the key of today."), _("Lock it away again.")
    if read.paper is Paper.OLDER:
        return _("This paper holds an older key. It still opens old numbers."), _("Write today's key down too: F3.")
    if left:
        told = ngettext("{count} number is still sealed.", "{count} numbers are still sealed.", left)
        return _("The key is on this machine now."), told.format(count=left)
    return _("The key is on this machine now."), _("Every number can be opened.")


def _write_down(form: KeyForm) -> Ask:
    return Ask(
        _("A spare key on paper"),
        _("Show the key"),
        _(
            "Have pen and paper ready, and nobody looking on. Whoever has this key and a copy of the data can read every "
            "identity number. Lock the paper away, not in the canteen."
        ),
        busy=form.busy,
        width=820,
    )


def _shown(key: str) -> Ask:
    groups = key.split("-")
    lines = [groups[at : at + _GROUPS] for at in range(0, len(groups), _GROUPS)]
    rows = tuple((str(number), *line, *[""] * (_GROUPS - len(line))) for number, line in enumerate(lines, start=1))
    columns = (AskColumn(_("Line"), 90), *(AskColumn(str(number)) for number in range(1, _GROUPS + 1)))
    return Ask(
        _("Write it down"),
        _("It stands on paper"),
        _("Letters, and the digits 2 to 7. Afterwards press F4 and type it from the paper: that proves it."),
        table=AskTable(columns, rows, seen=len(rows)),
        width=820,
    )


def _read(form: KeyForm) -> Ask:
    field = AskField("text", _("The key, as it stands on the paper"), form.text, _("small letters and blanks do no harm"), longest=120)
    return Ask(
        _("Type a spare key"),
        _("Read it"),
        _("A key that is missing here is taken. One that is here already is only compared with the paper."),
        pages=(AskPage(((field,),)),),
        busy=form.busy,
        wrong=form.wrong,
        width=900,
    )


def _rotate(form: KeyForm) -> Ask:
    return Ask(
        _("Another key"),
        _("Make another key"),
        _(
            "For when somebody has seen the key who should not. The old paper opens nothing of it any more: the new key "
            "is shown at once, for a new paper. Other machines of this canteen need it typed too."
        ),
        facts=(Fact(_("Numbers that are sealed anew"), str(form.state.vault.readable)),),
        busy=form.busy,
        width=820,
    )


def _begin_anew(form: KeyForm) -> Ask:
    label = _("We looked for the paper, and there is none (Space)")
    tick = AskField("searched", label, YES if form.searched else "", kind=FieldKind.TICK)
    return Ask(
        _("Begin anew with another key"),
        _("Begin anew") if form.searched else "",
        _(
            "Without the old key nobody can open these numbers, not even who made this program; should it be found, it "
            "opens them again. Members, money, cards and meals are not touched. Each number is typed again when its "
            "member next shows the document; until then a double is found by name, birth date and telephone only."
        ),
        facts=(Fact(_("Numbers that stay sealed"), str(form.state.vault.unreadable)),),
        pages=(AskPage(((tick,),)),),
        danger=True,
        busy=form.busy,
        width=820,
    )


def _history(form: KeyForm) -> Ask:
    columns = (AskColumn(_("When"), 200), AskColumn(_("What")), AskColumn(_("Who"), 130), AskColumn(_("Key no."), 110))
    rows = tuple(
        (formats.moment(event.at_ms), deed(event.deed), event.staff_name, event.key_id[:4])
        for event in reversed(form.state.history)
    )
    return Ask(
        _("What was done with the key"),
        "",
        table=AskTable(columns, rows, seen=8, empty=_("Nothing yet.")),
        width=820,
    )
