"""What is decided, at one moment, as it was typed; and how it becomes the canteen's terms again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from pos.domain.canteen import Canteen
from pos.domain.errors import BadAmount
from pos.domain.ledger import SpendOrder
from pos.domain.money import Fen, parse_yuan
from pos.domain.offers import BonusOffer, HowOften, OfferKind
from ui.asking import YES
from ui.terms import offer_words
from ui.terms.offer_words import short

MOST_AGE = 150
_WORDS = re.compile(r"[,;、\s]+")
_STEPS = re.compile(r"[,;、]+")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]{1,2})?")


class Topic(StrEnum):
    """What is decided about."""

    OFFER = "offer"
    DROP = "drop"
    LIMITS = "limits"
    REFUNDS = "refunds"
    CANTEEN = "canteen"


class Mistyped(ValueError):
    """A field holds something that means nothing."""

    def __init__(self, name: str, typed: str) -> None:
        """Remember where, and what."""
        super().__init__(name)
        self.name = name
        self.typed = typed


@dataclass(frozen=True, slots=True)
class TermsForm:
    """A form at one moment. `before` are the terms it was opened on; `offer_id` is that of the offer it is about."""

    topic: Topic
    before: Canteen
    values: Mapping[str, str] = field(default_factory=dict)
    offer_id: str = ""
    saving: bool = False
    wrong: str = ""

    @property
    def offer(self) -> BonusOffer | None:
        """The offer as it is, None for a new one."""
        return next((offer for offer in self.before.offers if offer.id == self.offer_id), None)


def opened(topic: Topic, now: Canteen, offer_id: str = "") -> TermsForm:
    """A form filled with what holds."""
    form = TermsForm(topic, now, offer_id=offer_id)
    match topic:
        case Topic.OFFER | Topic.DROP:
            return replace(form, values=_offer_values(form.offer))
        case Topic.LIMITS:
            return replace(
                form,
                values={
                    "balance_limit": short(now.balance_limit),
                    "anonymous_limit": short(now.anonymous_limit),
                    "top_up_limit": short(now.top_up_limit),
                    "sale_limit": short(now.sale_limit),
                    "identity_from": short(now.identity_from),
                    "warn_percent": str(now.warn_percent),
                    "limit_principal_only": YES if now.limit_principal_only else "",
                },
            )
        case Topic.REFUNDS:
            return replace(
                form,
                values={
                    "cash_refund_limit": short(now.cash_refund_limit),
                    "refund_days": str(now.refund_days),
                    "spend_order": now.spend_order.value,
                },
            )
        case Topic.CANTEEN:
            return replace(
                form,
                values={
                    "phone": now.phone,
                    "area": now.area,
                    "categories": "、".join(now.categories),
                    "diets": "、".join(now.diets),
                    "consent_version": now.consent_version,
                },
            )


def terms_of(form: TermsForm) -> Canteen:
    """The terms that a form says. Raises Mistyped."""
    before, values = form.before, form.values
    match form.topic:
        case Topic.OFFER:
            offer = offer_of(form)
            if form.offer is None:
                return replace(before, offers=(*before.offers, offer))
            return replace(before, offers=tuple(offer if one.id == offer.id else one for one in before.offers))
        case Topic.DROP:
            return replace(before, offers=tuple(one for one in before.offers if one.id != form.offer_id))
        case Topic.LIMITS:
            return replace(
                before,
                balance_limit=_fen(values, "balance_limit"),
                anonymous_limit=_fen(values, "anonymous_limit"),
                top_up_limit=_fen(values, "top_up_limit"),
                sale_limit=_fen(values, "sale_limit"),
                identity_from=_fen(values, "identity_from"),
                warn_percent=_count(values, "warn_percent", 1, 100),
                limit_principal_only=bool(values["limit_principal_only"]),
            )
        case Topic.REFUNDS:
            return replace(
                before,
                cash_refund_limit=_fen(values, "cash_refund_limit", zero=True),
                refund_days=_count(values, "refund_days", 0, 365),
                spend_order=SpendOrder(values["spend_order"]),
            )
        case Topic.CANTEEN:
            return replace(
                before,
                phone=values["phone"].strip(),
                area=unicodedata.normalize("NFKC", values["area"]),
                categories=words_of(values["categories"]),
                diets=words_of(values["diets"]),
                consent_version=values["consent_version"].strip(),
            )


def offer_of(form: TermsForm) -> BonusOffer:
    """The offer that a form says; without a title it is called by what it gives. Raises Mistyped."""
    values, kind = form.values, OfferKind(form.values["kind"])
    offer = BonusOffer(
        form.offer_id,
        values["title"].strip(),
        _fen(values, "pay"),
        bonus=0 if kind is OfferKind.PERCENT else _fen(values, "bonus"),
        kind=kind,
        steps=_steps(values) if kind is OfferKind.STEPS else (),
        percent=_count(values, "percent", 1, 100) if kind is OfferKind.PERCENT else 0,
        most=_fen(values, "most", zero=True, empty=True),
        valid_from=_day(values, "valid_from"),
        valid_to=_day(values, "valid_to"),
        age_from=_age(values, "age_from"),
        age_to=_age(values, "age_to"),
        categories=frozenset(word for word in categories_shown(form) if values.get(f"category_{word}")),
        how_often=HowOften(values["how_often"]),
    )
    if offer.valid_from and offer.valid_to and offer.valid_to < offer.valid_from:
        raise Mistyped("valid_to", values["valid_to"])
    if offer.age_from is not None and offer.age_to is not None and offer.age_to < offer.age_from:
        raise Mistyped("age_to", values["age_to"])
    return offer if offer.title else replace(offer, title=offer_words.title(offer))


def categories_shown(form: TermsForm) -> tuple[str, ...]:
    """The canteen's categories, and those of the offer that the canteen names no more."""
    own = sorted(form.offer.categories) if form.offer else []
    return tuple(dict.fromkeys((*form.before.categories, *own)))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a list, parted by commas of any kind or blanks."""
    plain = unicodedata.normalize("NFKC", text)
    return tuple(dict.fromkeys(word for word in _WORDS.split(plain) if word))


def _offer_values(offer: BonusOffer | None) -> dict[str, str]:
    if offer is None:
        texts = ("title", "pay", "bonus", "percent", "most", "steps", "valid_from", "valid_to", "age_from", "age_to")
        return dict.fromkeys(texts, "") | {"kind": OfferKind.STEPS.value, "how_often": HowOften.ALWAYS.value}
    values = {
        "title": offer.title,
        "kind": offer.kind.value,
        "how_often": offer.how_often.value,
        "pay": short(offer.pay),
        "bonus": short(offer.bonus) if offer.bonus else "",
        "percent": str(offer.percent) if offer.percent else "",
        "most": short(offer.most) if offer.most else "",
        "steps": ", ".join(f"{short(pay)}+{short(bonus)}" for pay, bonus in offer.steps),
        "valid_from": offer.valid_from.isoformat() if offer.valid_from else "",
        "valid_to": offer.valid_to.isoformat() if offer.valid_to else "",
        "age_from": "" if offer.age_from is None else str(offer.age_from),
        "age_to": "" if offer.age_to is None else str(offer.age_to),
    }
    return values | {f"category_{word}": YES for word in offer.categories}


def _fen(values: Mapping[str, str], name: str, *, zero: bool = False, empty: bool = False) -> Fen:
    text = unicodedata.normalize("NFKC", values[name]).strip()
    if (empty and not text) or (zero and text == "0"):
        return 0
    try:
        return parse_yuan(text)
    except BadAmount as error:
        raise Mistyped(name, text) from error


def _count(values: Mapping[str, str], name: str, least: int, most: int) -> int:
    text = unicodedata.normalize("NFKC", values[name]).strip().removesuffix("%")
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and least <= int(text) <= most):
        raise Mistyped(name, text)
    return int(text)


def _age(values: Mapping[str, str], name: str) -> int | None:
    return _count(values, name, 0, MOST_AGE) if values[name].strip() else None


def _day(values: Mapping[str, str], name: str) -> date | None:
    text = unicodedata.normalize("NFKC", values[name]).strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Mistyped(name, text) from error


def _steps(values: Mapping[str, str]) -> tuple[tuple[Fen, Fen], ...]:
    """'500+60, 1000+150': each further step is what is paid and what comes on top of it."""
    steps: list[tuple[Fen, Fen]] = []
    for step in _STEPS.split(unicodedata.normalize("NFKC", values["steps"])):
        if not step.strip():
            continue
        numbers = _NUMBER.findall(step)
        if len(numbers) != 2:
            raise Mistyped("steps", step.strip())
        try:
            steps.append((parse_yuan(numbers[0]), parse_yuan(numbers[1])))
        except BadAmount as error:
            raise Mistyped("steps", step.strip()) from error
    return tuple(steps)
