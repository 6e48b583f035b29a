"""The canteen itself: its name and what it decided, as it stands in the store."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.accounts import BonusOffer
from pos.domain.money import Fen

NAMED_CARD_LIMIT: Fen = 500_000
"""A named prepaid card holds 5,000 yuan at most (MOFCOM 2012 no. 9; domain.md 2.1)."""

ONE_TOP_UP_LIMIT: Fen = 200_000
"""More than 2,000 yuan in one top-up is a slip of the finger before it is a wish."""

ONE_SALE_LIMIT: Fen = 100_000
"""A meal of more than 1,000 yuan is a slip of the finger too."""


@dataclass(frozen=True, slots=True)
class Canteen:
    """What the canteen decided; limits in fen. `practice` marks a throw-away one, and the window says so."""

    name: str
    offers: tuple[BonusOffer, ...] = ()
    balance_limit: Fen = NAMED_CARD_LIMIT
    top_up_limit: Fen = ONE_TOP_UP_LIMIT
    sale_limit: Fen = ONE_SALE_LIMIT
    phone: str = ""
    practice: bool = False
