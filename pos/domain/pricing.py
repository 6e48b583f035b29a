"""The price of a basket for one person: a pure function from facts and rules to a bill that explains itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pos.domain.members import age_on
from pos.domain.menu import DishKind, Meal
from pos.domain.money import Fen, share
from pos.domain.tariff import LIST_PRICE, OWN_PAYERS, Tariff, Tier

DINER, CANTEEN = OWN_PAYERS


class Way(StrEnum):
    """How the meal reaches the diner."""

    DINE_IN = "dine_in"
    TAKE_AWAY = "take_away"
    DELIVERY = "delivery"


class Tender(StrEnum):
    """What the diner pays with."""

    CARD = "card"
    CASH = "cash"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    BANK = "bank"


class ReasonCode(StrEnum):
    """Why a line is on the bill; the words are made where it is shown."""

    OWN_SHARE = "own_share"
    AGE_DISCOUNT = "age_discount"
    AGE_SUBSIDY = "age_subsidy"
    SUBSIDY_USED = "subsidy_used"


@dataclass(frozen=True, slots=True)
class Reason:
    """Facts behind a line: a code and named numbers or words (`age`, `age_from`, `percent`, `payer_name`)."""

    code: ReasonCode
    facts: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BasketItem:
    """Portions of one dish at its list price (fen a portion)."""

    dish_id: str
    name: str
    kind: DishKind
    unit_price: Fen
    quantity: int

    @property
    def amount(self) -> Fen:
        """Portions times list price, in fen."""
        return self.unit_price * self.quantity


Basket = tuple[BasketItem, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """What a price may depend on about a person; a walk-in is `Person()`."""

    birth_date: date | None = None
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The day, the meal and the way of eating and paying."""

    day: date
    meal: Meal
    way: Way = Way.DINE_IN
    tender: Tender = Tender.CARD


@dataclass(frozen=True, slots=True)
class Usage:
    """What this person had already: subsidised sales at this meal, settled and pending."""

    subsidised_this_meal: int = 0


@dataclass(frozen=True, slots=True)
class BillLine:
    """One payer's part of the list price, in fen. `claimable`: the canteen gets it back from that payer."""

    payer: str
    amount: Fen
    claimable: bool
    rule_id: str
    tariff_id: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Bill:
    """A basket and who pays which part of it; the lines sum to the list price and the last is the diner's own."""

    basket: Basket
    lines: tuple[BillLine, ...]
    notes: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        """A bill that does not add up is a bug, never a sale."""
        assert sum(line.amount for line in self.lines) == self.list_price, "the lines of a bill sum to its list price"
        assert all(line.amount >= 0 for line in self.lines), "nobody pays less than nothing"

    @property
    def list_price(self) -> Fen:
        """What the basket costs before anybody helps, in fen."""
        return sum(item.amount for item in self.basket)

    @property
    def due(self) -> Fen:
        """What the diner pays, in fen."""
        return sum(line.amount for line in self.lines if line.payer == DINER)

    @property
    def helped(self) -> tuple[BillLine, ...]:
        """The lines that somebody else pays."""
        return tuple(line for line in self.lines if line.payer != DINER)

    @property
    def subsidised(self) -> bool:
        """Whether a payer is asked for money."""
        return any(line.claimable for line in self.lines)


def price(basket: Basket, person: Person, when: Circumstances, usage: Usage, tariff: Tariff = LIST_PRICE) -> Bill:
    """Price a basket. Depends on its arguments alone; the age is that of the meal's date.

    The canteen's discount is taken first, off the list price and rounded once; then each subsidy in the order
    of the tariff, never more than what is left to pay.
    """
    list_price = sum(item.amount for item in basket)
    left = list_price
    lines: list[BillLine] = []
    notes: list[Reason] = []

    def take(payer: str, amount: Fen, claimable: bool, rule: str, reason: Reason) -> None:
        nonlocal left
        if amount > 0:
            lines.append(BillLine(payer, amount, claimable, rule, tariff.id, reason))
            left -= amount

    age = None if person.birth_date is None else age_on(person.birth_date, when.day, tariff.age_starts)
    tier = None if age is None else tariff.tier_for(age)
    if age is not None and tier is not None:
        facts = _tier_facts(tier, age)
        discount = min(share(list_price, tier.discount_bp), left)
        percent = {"percent": tier.discount_bp // 100}
        take(CANTEEN, discount, False, tier.rule, Reason(ReasonCode.AGE_DISCOUNT, facts | percent))
        if tier.subsidies and usage.subsidised_this_meal >= tier.per_meal:
            notes.append(Reason(ReasonCode.SUBSIDY_USED, {"per_meal": tier.per_meal}))
        else:
            for subsidy in tier.subsidies:
                named = facts | {"payer_name": tariff.payers[subsidy.payer]}
                reason = Reason(ReasonCode.AGE_SUBSIDY, named)
                take(subsidy.payer, min(subsidy.amount, left), True, tier.rule, reason)
    lines.append(BillLine(DINER, left, False, "", tariff.id, Reason(ReasonCode.OWN_SHARE)))
    return Bill(basket, tuple(lines), tuple(notes))


def _tier_facts(tier: Tier, age: int) -> dict[str, int | str]:
    return {"age": age, "age_from": tier.age_from, "age_to": tier.age_to}
