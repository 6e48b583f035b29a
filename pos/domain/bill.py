"""The bill: a basket, and everybody's part of its price with the reason as facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pos.domain.menu import DishKind
from pos.domain.money import Fen, round_half_up

DINER = "diner"
CANTEEN = "canteen"
PREPAID = "prepaid"
WAIVER = "waiver"
OWN_PAYERS = (DINER, CANTEEN, PREPAID, WAIVER)
"""Payers that no tariff names: who eats, the canteen's discounts, a pass paid for earlier, the manager's waivers."""

GRAMS = 50
"""A dish by weight has its price for one liang (两), 50 g."""


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
    """Why a line or a note is on the bill; the words are made where it is shown.

    AGE_DISCOUNT, AGE_SUBSIDY and SUBSIDY_USED stand on bills that were made before tariffs had rules.
    """

    OWN_SHARE = "own_share"
    AGE_DISCOUNT = "age_discount"
    AGE_SUBSIDY = "age_subsidy"
    SUBSIDY_USED = "subsidy_used"
    FLAT_PRICE = "flat_price"
    PERCENT = "percent"
    AMOUNT = "amount"
    UP_TO = "up_to"
    NTH_MEAL = "nth_meal"
    FREE = "free"
    DELIVERY_FEE = "delivery_fee"
    OPERATING = "operating"
    DELIVERED = "delivered"
    WAIVED = "waived"
    LIMIT_REACHED = "limit_reached"
    DAY_NOT_COVERED = "day_not_covered"
    SPENT_TOO_LITTLE = "spent_too_little"
    OTHER_AREA = "other_area"
    OTHER_TENDER = "other_tender"


Facts = Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Reason:
    """Facts behind a line: a code and named numbers or words (`age`, `age_from`, `basis_points`, `payer_name`)."""

    code: ReasonCode
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BasketItem:
    """Portions of one dish at its list price (fen a portion). `grams` is what a dish by weight weighed, else 0.

    `chosen` are the dishes, by id and name, that were eaten as parts of a set meal; its price is the meal's.
    """

    dish_id: str
    name: str
    kind: DishKind
    unit_price: Fen
    quantity: int
    grams: int = 0
    chosen: tuple[tuple[str, str], ...] = ()

    @property
    def amount(self) -> Fen:
        """Portions times list price, in fen."""
        return self.unit_price * self.quantity


Basket = tuple[BasketItem, ...]


def weighed(dish_id: str, name: str, kind: DishKind, price_per_liang: Fen, grams: int) -> BasketItem:
    """One portion of a dish by weight: 230 g at 3.50 a liang (50 g) are 16.10."""
    return BasketItem(dish_id, name, kind, round_half_up(price_per_liang * grams, GRAMS), 1, grams)


@dataclass(frozen=True, slots=True)
class BillLine:
    """One payer's part, in fen. `claimable`: the canteen gets it back from that payer. `label` is the rule's own."""

    payer: str
    amount: Fen
    claimable: bool
    rule_id: str
    tariff_id: str
    reason: Reason
    label: str = ""

    @property
    def is_fee(self) -> bool:
        """Whether it comes on top of the list price."""
        return self.reason.code is ReasonCode.DELIVERY_FEE


@dataclass(frozen=True, slots=True)
class Bill:
    """A basket and who pays which part of it.

    The lines sum to the list price plus fees, and the last is the diner's own share. `reports` are claims that
    the diner never sees (operating and delivery subsidies); `notes` say why somebody does not help this time.
    """

    basket: Basket
    lines: tuple[BillLine, ...]
    notes: tuple[Reason, ...] = ()
    reports: tuple[BillLine, ...] = ()

    def __post_init__(self) -> None:
        """A bill that does not add up is a bug, never a sale."""
        total = sum(line.amount for line in self.lines)
        assert total == self.list_price + self.fees, "the lines of a bill sum to its list price and fees"
        assert all(line.amount >= 0 for line in self.lines), "nobody pays less than nothing"

    @property
    def list_price(self) -> Fen:
        """What the basket costs before anybody helps, in fen."""
        return sum(item.amount for item in self.basket)

    @property
    def fees(self) -> Fen:
        """What comes on top of the list price, in fen; the diner pays it."""
        return sum(line.amount for line in self.lines if line.is_fee)

    @property
    def due(self) -> Fen:
        """What the diner pays, fees included, in fen."""
        return sum(line.amount for line in self.lines if line.payer == DINER)

    @property
    def helped(self) -> tuple[BillLine, ...]:
        """The lines that somebody else pays."""
        return tuple(line for line in self.lines if line.payer != DINER)

    @property
    def subsidised(self) -> bool:
        """Whether a payer is asked for money on the diner's behalf."""
        return any(line.claimable for line in self.lines)
