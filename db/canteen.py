"""What the canteen decided, in versions, and the tills it has."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, time
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, func, insert, select

from db.pipeline import Question
from db.tables import canteen_versions, tills
from db.transaction import Transaction
from pos.domain.canteen import Canteen
from pos.domain.ledger import GENESIS, SpendOrder
from pos.domain.offers import BonusOffer, HowOften, OfferKind
from pos.domain.reservations import BookingTerms, MissedRule
from pos.domain.stop_codes import MARK_DIGITS

_newest = select(func.max(canteen_versions.c.version)).scalar_subquery()
_NEWEST = select(canteen_versions.c.settings).where(canteen_versions.c.version == _newest)
_FIRST = (
    select(canteen_versions.c.staff_id, canteen_versions.c.at_ms)
    .order_by(canteen_versions.c.version)
    .limit(1)
)
_PUT = insert(canteen_versions).inline()
_TILL = select(tills.c.till).where(tills.c.till == bindparam("till"))
_EPOCH = select(func.max(tills.c.epoch))
_ADD_TILL = insert(tills)


class SqlCanteen:
    """Keeps the promises of pos.ports.CanteenRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self) -> Canteen | None:
        settings: str | None = self._transaction.ask(ask_canteen()).scalar()
        return None if settings is None else _read(settings)

    def put(self, canteen: Canteen, staff_id: str, at_ms: int) -> None:
        settings = json.dumps(asdict(canteen), ensure_ascii=False, default=_plain)
        self._transaction.run(_PUT, {"settings": settings, "staff_id": staff_id, "at_ms": at_ms})

    def mark(self) -> str:
        """From the first version, whose founder's id is like no other canteen's; a backup that is restored has it too."""
        first = self._transaction.run(_FIRST).first()
        if first is None:
            return ""
        return hashlib.sha256(f"{first.staff_id} {first.at_ms}".encode()).hexdigest()[:MARK_DIGITS]

    def register_till(self, till: str) -> None:
        """A new till joins at the canteen's highest epoch: it may have had numbers in a file that was lost."""
        if self._transaction.run(_TILL, {"till": till}).first() is not None:
            return
        epoch = self._transaction.run(_EPOCH).scalar() or 1
        self._transaction.run(
            _ADD_TILL, {"till": till, "epoch": epoch, "seq": 0, "head": GENESIS, "last_ms": 0}
        )


def _plain(value: date | time | frozenset[str]) -> str | list[str]:
    return value.isoformat() if isinstance(value, date | time) else sorted(value)


def ask_canteen() -> Question:
    return _NEWEST, {}


@lru_cache(maxsize=4)  # every sale asks, and the canteen decides once in a while
def _read(settings: str) -> Canteen:
    """A version that an older program wrote lacks what was decided since: then the default of that holds."""
    facts: dict[str, Any] = json.loads(settings)
    order = SpendOrder(facts.get("spend_order", SpendOrder.PRO_RATA))
    booking = _booking(facts.get("booking", {}))
    facts |= {"offers": tuple(map(_offer, facts["offers"])), "spend_order": order, "booking": booking}
    return Canteen(**facts | {name: tuple(fact) for name, fact in facts.items() if isinstance(fact, list)})


def _booking(facts: dict[str, Any]) -> BookingTerms:
    kinds: dict[str, Callable[[str], object]] = {
        "book_until": time.fromisoformat,
        "cancel_until": time.fromisoformat,
        "no_show": MissedRule,
        "undelivered": MissedRule,
    }
    read: dict[str, Any] = {name: kinds[name](fact) if name in kinds else fact for name, fact in facts.items()}
    return BookingTerms(**read)


def _offer(facts: dict[str, Any]) -> BonusOffer:
    offer = BonusOffer(**facts)
    read: dict[str, Any] = {
        **facts,
        "kind": OfferKind(offer.kind),
        "steps": tuple((pay, bonus) for pay, bonus in offer.steps),
        "categories": frozenset(offer.categories),
        "how_often": HowOften(offer.how_often),
    }
    dates = {name: date.fromisoformat(facts[name]) for name in ("valid_from", "valid_to") if facts.get(name)}
    return BonusOffer(**read | dates)
