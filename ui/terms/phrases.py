"""The words of the terms: the questions about each topic, and what the page says of what holds."""

from __future__ import annotations

from pos.domain.canteen import ANONYMOUS_CARD_LIMIT, CASH_REFUND_LIMIT, NAMED_CARD_LIMIT, Canteen
from pos.domain.ledger import Lot, SpendOrder, spend
from pos.domain.money import Fen, money
from pos.domain.offers import BonusOffer, HowOften, OfferKind
from pos.i18n import _, ngettext
from ui.asking import Ask, AskField, AskPage, Fact, FieldKind
from ui.terms import offer_words
from ui.terms.form import Mistyped, TermsForm, Topic, categories_shown, offer_of, terms_of

_TICKS_A_ROW = 5
_EATEN: Fen = 6_600


def ask_of(form: TermsForm) -> Ask:
    """The question of a form."""
    return {
        Topic.OFFER: _offer_ask,
        Topic.DROP: _drop_ask,
        Topic.LIMITS: _limits_ask,
        Topic.REFUNDS: _refunds_ask,
        Topic.CANTEEN: _canteen_ask,
    }[form.topic](form)


def spend_order(value: SpendOrder) -> str:
    """Which part of a top-up is eaten first."""
    return {
        SpendOrder.PRO_RATA: _("in proportion"),
        SpendOrder.PRINCIPAL_FIRST: _("principal first"),
        SpendOrder.BONUS_FIRST: _("bonus first"),
    }[value]


def limits(canteen: Canteen) -> tuple[Fact, ...]:
    """What the page says of the limits."""
    counted = _("principal only") if canteen.limit_principal_only else _("principal, bonus")
    return (
        Fact(_("Card with a name"), money(canteen.balance_limit)),
        Fact(_("Card without a name"), money(canteen.anonymous_limit)),
        Fact(_("What counts"), counted),
        Fact(_("Warned from"), f"{canteen.warn_percent}%"),
        Fact(_("One top-up"), money(canteen.top_up_limit)),
    )


def refunds(canteen: Canteen) -> tuple[Fact, ...]:
    """What the page says of refunds and of the order of spending."""
    days = ngettext("{count} day", "{count} days", canteen.refund_days).format(count=canteen.refund_days)
    return (
        Fact(_("In cash up to"), money(canteen.cash_refund_limit)),
        Fact(_("Without a reason"), days),
        Fact(_("Eaten first"), spend_order(canteen.spend_order)),
        Fact(_("One meal"), money(canteen.sale_limit)),
        Fact(_("Document from"), money(canteen.identity_from)),
    )


def place(canteen: Canteen) -> tuple[Fact, ...]:
    """What the page says of the canteen itself."""
    return (
        Fact(_("Telephone"), canteen.phone or _("none yet")),
        Fact(_("Area"), canteen.area or _("none yet")),
        Fact(_("Categories"), "、".join(canteen.categories)),
        Fact(_("Diets"), "、".join(canteen.diets)),
        Fact(_("Consent form"), _("version {version}").format(version=canteen.consent_version)),
    )


def mistyped(wrong: Mistyped) -> str:
    """What is wrong with what was typed."""
    match wrong.name:
        case "valid_from" | "valid_to":
            return _("Write the day like 2026-01-31; it cannot end before it begins.")
        case "age_from" | "age_to":
            return _("Write an age in years; the last cannot be below the first.")
        case "steps":
            return _("Write each further step like 500+60, with commas between.")
        case "percent" | "warn_percent":
            return _("Write a whole number from 1 to 100.")
        case "refund_days":
            return _("Write a whole number from 0 to 365.")
        case _:
            return _("Write an amount in yuan, like 12.50.")


# -- questions ---------------------------------------------------------------------------------------


def _offer_ask(form: TermsForm) -> Ask:
    kind = OfferKind(form.values["kind"])
    offer = _offer_meant(form)
    kinds = tuple((value.value, offer_words.kind(value)) for value in OfferKind)
    often = tuple((value.value, offer_words.often(value)) for value in HowOften)
    gives = AskPage(
        (
            (
                _choice(form, "kind", _("How it counts"), kinds),
                _line(form, "title", _("What it is called"), offer_words.title(offer) if offer else "", longest=50),
            ),
            (
                _line(form, "pay", _("Pays (yuan)"), "200", longest=9),
                _line(form, "bonus", _("On top (yuan)"), "20", longest=9, enabled=kind is not OfferKind.PERCENT),
                _line(form, "percent", _("On top (%)"), "10", longest=3, enabled=kind is OfferKind.PERCENT),
                _line(form, "most", _("At most (yuan)"), _("no cap"), longest=9),
            ),
            (
                _line(
                    form, "steps", _("Further steps"), _("like 500+60, 1000+150; empty: none"),
                    enabled=kind is OfferKind.STEPS,
                ),
            ),
        ),
        _("Bonus"),
    )  # fmt: skip
    ticks = [_tick(form, f"category_{word}", word) for word in categories_shown(form)]
    lines = [tuple(ticks[at : at + _TICKS_A_ROW]) for at in range(0, len(ticks), _TICKS_A_ROW)]
    ages = (
        _line(form, "age_from", _("From the age of"), _("no matter"), longest=3),
        _line(form, "age_to", _("Up to the age of"), _("no matter"), longest=3),
    )
    whom = AskPage((ages, *lines), _("For whom"))
    when = AskPage(
        (
            (
                _line(form, "valid_from", _("First day"), _("like 2026-01-31; empty: now"), longest=10),
                _line(form, "valid_to", _("Last day"), _("like 2026-12-31; empty: no end"), longest=10),
            ),
            (_choice(form, "how_often", _("How often a member may take it"), often),),
        ),
        _("When"),
    )
    title = _("A new bonus offer") if form.offer is None else _("Bonus offer {title}").format(title=form.offer.title)
    return Ask(title, _("Offer it so"), facts=_told(offer), pages=(gives, whom, when), busy=form.saving, wrong=form.wrong, width=900)


def _drop_ask(form: TermsForm) -> Ask:
    offer = form.offer
    assert offer is not None, "only an offer that is there is taken out"
    return Ask(
        _("Take the offer {title} out?").format(title=offer.title),
        _("Take the offer out"),
        _("Nobody gets it from now on. Money that was topped up under it keeps its terms."),
        facts=_told(offer),
        danger=True,
        busy=form.saving,
    )


def _limits_ask(form: TermsForm) -> Ask:
    rows = (
        (
            _line(form, "balance_limit", _("Card with a name (yuan)"), longest=9),
            _line(form, "anonymous_limit", _("Card without a name (yuan)"), longest=9),
            _line(form, "warn_percent", _("Warn from (% of that)"), longest=3),
        ),
        (_tick(form, "limit_principal_only", _("Count the principal only, not the bonus")),),
        (
            _line(form, "top_up_limit", _("One top-up (yuan)"), longest=9),
            _line(form, "sale_limit", _("One meal (yuan)"), longest=9),
            _line(form, "identity_from", _("Document, no name, from (yuan)"), longest=9),
        ),
    )
    return Ask(
        _("How much a card may hold"),
        _("Decide so"),
        _("The rules for prepaid cards allow {named} on a card with a name and {unnamed} on one without.").format(
            named=money(NAMED_CARD_LIMIT), unnamed=money(ANONYMOUS_CARD_LIMIT)
        ),
        facts=_above_the_rules(form),
        pages=(AskPage(rows),),
        busy=form.saving,
        wrong=form.wrong,
        width=900,
    )


def _refunds_ask(form: TermsForm) -> Ask:
    order = SpendOrder(form.values["spend_order"])
    orders = tuple((value.value, spend_order(value)) for value in SpendOrder)
    rows = (
        (
            _line(form, "cash_refund_limit", _("In cash up to (yuan)"), longest=9),
            _line(form, "refund_days", _("Without a reason for (days)"), longest=3),
        ),
        (_choice(form, "spend_order", _("Which part of a top-up is eaten first"), orders),),
    )
    return Ask(
        _("Refunds, and the order of spending"),
        _("Decide so"),
        _("Money that is on the cards already keeps the order that held when it was paid in."),
        facts=(*_above_the_rules(form), Fact(_example(), money(_left(order)), strong=True)),
        pages=(AskPage(rows),),
        busy=form.saving,
        wrong=form.wrong,
        width=900,
    )


def _canteen_ask(form: TermsForm) -> Ask:
    rows = (
        (
            _line(form, "phone", _("Telephone, on receipts"), longest=30),
            _line(form, "consent_version", _("Version of the consent form"), longest=20),
        ),
        (_line(form, "area", _("Area, as city/district/town"), _("like 安阳市/文峰区/东关街道")),),
        (_line(form, "categories", _("Categories of members"), _("with commas between"), longest=400),),
        (_line(form, "diets", _("Diets, by what is served"), _("with commas between"), longest=400),),
    )
    return Ask(
        _("The canteen"),
        _("Decide so"),
        pages=(AskPage(rows),),
        busy=form.saving,
        wrong=form.wrong,
        width=960,
    )


# -- parts -------------------------------------------------------------------------------------------


def _offer_meant(form: TermsForm) -> BonusOffer | None:
    try:
        return offer_of(form)
    except Mistyped:
        return None


def _told(offer: BonusOffer | None) -> tuple[Fact, ...]:
    """An offer in two lines; None while it is being typed."""
    gets, whom = ("…", "…") if offer is None else (offer_words.examples(offer), _whom_and_when(offer))
    return Fact(_("Pays → on the card"), gets, strong=True), Fact(_("For whom, when"), whom)


def _whom_and_when(offer: BonusOffer) -> str:
    return " · ".join((offer_words.whom(offer), offer_words.days(offer), offer_words.often(offer.how_often)))


def _above_the_rules(form: TermsForm) -> tuple[Fact, ...]:
    """What is about to be allowed beyond the rules for prepaid cards (domain.md 2.1)."""
    try:
        wanted = terms_of(form)
    except Mistyped:
        return ()
    about = (
        (_("Card with a name"), wanted.balance_limit, NAMED_CARD_LIMIT, Topic.LIMITS),
        (_("Card without a name"), wanted.anonymous_limit, ANONYMOUS_CARD_LIMIT, Topic.LIMITS),
        (_("In cash"), wanted.cash_refund_limit, CASH_REFUND_LIMIT, Topic.REFUNDS),
    )
    return tuple(
        Fact(_("Above the rules!"), _("{what}: {amount}, allowed are {limit}").format(what=what, amount=money(amount), limit=money(limit)))
        for what, amount, limit, topic in about
        if topic is form.topic and amount > limit
    )


def _example() -> str:
    return _("Of 200 + 20 on top, 66 eaten: principal to pay back")


def _left(order: SpendOrder) -> Fen:
    """What of the principal is left of the example of domain.md 2.3, in fen."""
    lot = Lot("", "", 20_000, 2_000, 20_000, 2_000, order)
    (use,) = spend((lot,), _EATEN)
    return lot.principal - use.principal


def _line(
    form: TermsForm, name: str, label: str, hint: str = "", *, longest: int = 100, enabled: bool = True
) -> AskField:
    value = form.values[name] if enabled else ""
    return AskField(name, label, value, hint if enabled else "", longest=longest, enabled=enabled)


def _choice(form: TermsForm, name: str, label: str, options: tuple[tuple[str, str], ...]) -> AskField:
    return AskField(name, label, form.values[name], kind=FieldKind.CHOICE, options=options)


def _tick(form: TermsForm, name: str, label: str) -> AskField:
    return AskField(name, label, form.values.get(name, ""), kind=FieldKind.TICK)
