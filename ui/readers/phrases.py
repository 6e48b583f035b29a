"""The words of readers: how one is set up, and the question that gets to know another."""

from __future__ import annotations

from pos.config import BAUDS
from pos.devices.learning import PrintedAs
from pos.i18n import _, ngettext
from ui.asking import Ask, AskField, AskPage, Fact, FieldKind
from ui.canteen.answers import KEYBOARD, NO_DEVICE
from ui.readers.form import LearnForm
from ui.readers.reader import Setup


def line_format(name: str) -> str:
    """What a reader sends."""
    return {
        "rdm6300": _("RDM6300 frame"),
        "8h10d": _("10 decimal digits"),
        "10h": _("10 hex characters"),
    }[name]


def port(name: str) -> str:
    """Where a reader is plugged in."""
    return {NO_DEVICE: _("No reader"), KEYBOARD: _("Types like a keyboard")}.get(name, name)


def setup_facts(setup: Setup) -> tuple[Fact, ...]:
    """How the reader is set up."""
    on_line = setup.port not in (NO_DEVICE, KEYBOARD)
    return (
        Fact(_("Plugged in at"), port(setup.port)),
        Fact(_("What it sends"), line_format(setup.format) if setup.port else "–"),
        Fact(_("Speed"), _("{baud} bits a second").format(baud=setup.baud) if on_line else "–"),
    )


def learn_ask(form: LearnForm) -> Ask:
    """Lay a card, type its number."""
    return Ask(
        _("Get to know a card reader"),
        _("Use the reader so"),
        _("Lay a card on the reader and type the number that is printed on it. The till finds out what the reader sends."),
        facts=(Fact(_("Heard"), _heard(form)), Fact(_("What it sends"), _answer(form), strong=len(form.formats) == 1)),
        pages=(AskPage(_rows(form)),),
        second=_("Another card"),
        stepwise=True,
        wrong=form.wrong,
        width=860,
    )


def missing(form: LearnForm) -> tuple[str, str]:
    """Why the reader cannot be used yet, and the field that it is about."""
    if not form.heard:
        return _("No card was heard yet. Lay one on the reader."), "keyed" if form.types else "port"
    if not form.printed.strip():
        return _("Type the number that is printed on the card."), "printed"
    if not form.formats:
        return _("What the reader sent does not make this number. Compare it, or lay the card again."), "printed"
    return _("More than one way of reading fits. Press F10 and lay another card."), "printed"


def _rows(form: LearnForm) -> tuple[tuple[AskField, ...], ...]:
    names = dict.fromkeys((*filter(None, (form.now.port,)), *form.ports, KEYBOARD))
    ports = tuple((name, port(name)) for name in names)
    bauds = tuple((str(baud), str(baud)) for baud in BAUDS)
    where = AskField("port", _("Plugged in at"), form.port, kind=FieldKind.CHOICE, options=ports, stretch=2)
    speed = AskField("baud", _("Speed"), str(form.baud), kind=FieldKind.CHOICE, options=bauds)
    printed = AskField("printed", _("Number printed on the card"), form.printed, _("like 0040856634"), longest=20)
    if not form.types:
        return ((printed,), (where, speed))
    keyed = AskField("keyed", _("The reader types in here"), form.keyed, _("lay the card on the reader"), longest=40)
    return ((keyed, printed), (where,))


def _heard(form: LearnForm) -> str:
    if not form.heard:
        return _("nothing yet: lay a card on the reader")
    count = len(form.keyed.strip()) if form.types else len(form.heard)
    told = ngettext("{count} character", "{count} characters", count).format(count=count)
    card = _("card {number}").format(number=len(form.samples) + 1)
    return f"{told} · {card}" if form.samples else told


def _answer(form: LearnForm) -> str:
    if not form.heard or not form.printed.strip():
        return "…"
    if not form.formats:
        return _("nothing that makes this number")
    told = _(" or ").join(line_format(name) for name in form.formats)
    if len(form.formats) > 1:
        return _("{formats}: lay another card").format(formats=told)
    learned = next(one for one in form.found if one.format == form.formats[0])
    return f"{told} · {_printed(learned.printed_as)}"


def _printed(value: PrintedAs) -> str:
    return {
        PrintedAs.TEN_H: _("printed in hex"),
        PrintedAs.EIGHT_H_TEN_D: _("printed as 10 digits"),
        PrintedAs.TEN_H_TWELVE_D: _("printed as 12 digits"),
        PrintedAs.SIX_H_EIGHT_D: _("printed as 8 digits"),
        PrintedAs.TWO_H_FOUR_H: _("printed as 3 and 5 digits"),
        PrintedAs.FOUR_H_FOUR_H: _("printed as 5 and 5 digits"),
    }[value]
