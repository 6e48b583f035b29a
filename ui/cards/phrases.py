"""The words of what happens to cards."""

from __future__ import annotations

from pos import words
from pos.domain.accounts import TOP_UP_TENDERS
from pos.domain.card_life import CardEvent
from pos.domain.members import Card
from pos.i18n import _
from ui.asking import Ask, AskField, AskPage, Fact, FieldKind
from ui.cards.form import CardForm, CardWish


def card_ask(form: CardForm) -> Ask:
    """The question before a card is changed."""
    title, text, confirm = _said(form)
    rows = {
        CardWish.LOST: (),
        CardWish.FOUND: (),
        CardWish.ISSUE: ((_number(form), _reason(form, _("Why, where it was somebody's"))), (_deposit(form), _tender(form))),
        CardWish.REPLACE: ((_number(form), _reason(form, _("Why"))), (_deposit(form), _tender(form))),
        CardWish.LEND: ((_number(form),),),
        CardWish.RETURN: ((_tender(form),),) if form.paid else (),
        CardWish.BLOCK: ((_reason(form, _("Why")),),),
        CardWish.UNBLOCK: ((_reason(form, _("Why")),),),
    }[form.wish]
    return Ask(
        title.format(name=form.name),
        confirm,
        text,
        facts=_facts(form),
        pages=(AskPage(rows),) if rows else (),
        danger=form.wish in (CardWish.LOST, CardWish.BLOCK),
        busy=form.saving,
        wrong=form.wrong,
    )


def done_words(event: CardEvent) -> str:
    """What was done, in one line."""
    return _("{what}: {name}, …{tail}").format(
        what=words.card_deed(event.deed), name=event.member_name, tail=event.uid.printed[-4:]
    )


def card_words(card: Card) -> str:
    """A card by its last digits and its state."""
    return _("…{tail}, {state}").format(tail=card.uid.printed[-4:], state=words.card_state(card.state))


def _said(form: CardForm) -> tuple[str, str, str]:
    return {
        CardWish.LOST: (
            _("{name}: the card is lost"),
            _("From now on the card is refused, whoever holds it. The money stays the member's."),
            _("Report lost"),
        ),
        CardWish.FOUND: (
            _("{name}: the card was found again"),
            _("The card is good again at once."),
            _("Let it be used again"),
        ),
        CardWish.ISSUE: (_("A card for {name}"), _show_card(), _("Give out")),
        CardWish.REPLACE: (
            _("A new card for {name}"),
            _("The old number is refused from now on; balance and history follow.") + " " + _show_card(),
            _("Replace"),
        ),
        CardWish.LEND: (
            _("A card for this meal: {name}"),
            _("Take one from the box of cards that are lent. It stands for this member at this meal only.")
            + " "
            + _show_card(),
            _("Lend"),
        ),
        CardWish.RETURN: (
            _("{name} returns the card"),
            _("The deposit is paid back. The balance stays the member's until it is refunded."),
            _("Take the card back"),
        ),
        CardWish.BLOCK: (
            _("Block the card of {name}"),
            _("Nobody can use it until a manager lets it in again."),
            _("Block"),
        ),
        CardWish.UNBLOCK: (
            _("Let the card of {name} in again"),
            _("The card is good again at once."),
            _("Let it in again"),
        ),
    }[form.wish]


def _show_card() -> str:
    return _("Lay the card on the reader, or type its number.")


def _facts(form: CardForm) -> tuple[Fact, ...]:
    facts = [Fact(_("Card"), card_words(form.card))] if form.card else []
    if form.paid and form.wish in (CardWish.RETURN, CardWish.REPLACE):
        what = _("Hand back the deposit") if form.wish is CardWish.RETURN else _("Deposit, moves to the new card")
        facts.append(Fact(what, words.money(form.paid), strong=True))
    return tuple(facts)


def _number(form: CardForm) -> AskField:
    return AskField("number", _("New card"), form.number, _("number on the card"), longest=16)


def _deposit(form: CardForm) -> AskField:
    return AskField("deposit", _("Deposit in yuan"), form.deposit, _("empty: none"), longest=9)


def _tender(form: CardForm) -> AskField:
    options = tuple((tender.value, words.tender(tender)) for tender in TOP_UP_TENDERS)
    return AskField("tender", _("How it is paid"), form.tender.value, kind=FieldKind.CHOICE, options=options)


def _reason(form: CardForm, label: str) -> AskField:
    return AskField("reason", label, form.reason, longest=50)
