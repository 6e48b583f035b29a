"""The canteen itself: its name and what it decided, as it stands in the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pos.domain.areas import Area
from pos.domain.ledger import SpendOrder
from pos.domain.money import Fen
from pos.domain.offers import BonusOffer
from pos.domain.reservations import BookingTerms

NAMED_CARD_LIMIT: Fen = 500_000
"""A named prepaid card holds 5,000 yuan at most (MOFCOM 2012 no. 9; domain.md 2.1)."""

ANONYMOUS_CARD_LIMIT: Fen = 100_000
"""One without a name holds 1,000 yuan at most (the same)."""

IDENTITY_FROM: Fen = 1_000_000
"""From 10,000 yuan on also whoever tops up a card without a name shows a document (the same)."""

CASH_REFUND_LIMIT: Fen = 10_000
"""A balance above 100 yuan goes back to an account, not in cash (the same, article 21)."""

REFUND_DAYS = 7
"""Within 7 days of a payment it is paid back without a reason (domain.md 2.2)."""

ONE_TOP_UP_LIMIT: Fen = 200_000
"""More than 2,000 yuan in one top-up is a slip of the finger before it is a wish."""

ONE_SALE_LIMIT: Fen = 100_000
"""A meal of more than 1,000 yuan is a slip of the finger too."""

ANONYMOUS = "不记名"
"""The category of a card that bears no name: it may hold less (domain.md 2.1)."""

LIVING_ALONE = "独居"
"""The category of who lives alone and is looked after when meals are missed. It stands on no paper: papers lie about in
stairways (domain.md 10b)."""

CATEGORIES = ("低保", "特困", "失独", "残疾", "优抚", LIVING_ALONE, "学生", "员工", "志愿者", "骑手", ANONYMOUS)
"""What members may be, until the canteen names its own."""

DIETS = ("软食", "低盐", "低糖", "低嘌呤", "素食", "无猪", "清真")
"""Codes for the kitchen and its papers: what is served, never why."""


@dataclass(frozen=True, slots=True)
class Canteen:
    """What the canteen decided; limits in fen. `practice` marks a throw-away one, and the window says so.

    `limit_principal_only` leaves the bonus out of what a card may hold; from `warn_percent` of its limit on the
    cashier is warned. `spend_order` is stamped on every new lot. `identity_from` is the payment onto a card without a
    name for which a document is asked. `claim_columns` are the columns of a payer's claims, as words with commas.
    `area` is where the canteen stands, for rules that ask. `consent_version` is that of the enrolment form whose
    sentences members sign: a changed text is another version. `whole_phones`: volunteers' papers show telephone
    numbers whole, not their last four digits. `boxes_return`: those of delivered meals are used again; else they are
    thrown away, and nobody owes any.
    """

    name: str
    offers: tuple[BonusOffer, ...] = ()
    balance_limit: Fen = NAMED_CARD_LIMIT
    top_up_limit: Fen = ONE_TOP_UP_LIMIT
    sale_limit: Fen = ONE_SALE_LIMIT
    phone: str = ""
    practice: bool = False
    anonymous_limit: Fen = ANONYMOUS_CARD_LIMIT
    limit_principal_only: bool = False
    warn_percent: int = 80
    identity_from: Fen = IDENTITY_FROM
    spend_order: SpendOrder = SpendOrder.PRO_RATA
    cash_refund_limit: Fen = CASH_REFUND_LIMIT
    refund_days: int = REFUND_DAYS
    claim_columns: Mapping[str, str] = field(default_factory=dict)
    area: Area = ""
    categories: tuple[str, ...] = CATEGORIES
    diets: tuple[str, ...] = DIETS
    consent_version: str = "1"
    booking: BookingTerms = field(default_factory=BookingTerms)
    whole_phones: bool = False
    boxes_return: bool = True
