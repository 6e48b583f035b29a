"""Offers: what a top-up earns on top, for whom, when and how often. Dated data, never code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pos.domain.money import Fen, share, yuan


class OfferKind(StrEnum):
    """How an offer counts.

    STEPS: paying `pay` or more gives `bonus`; `steps` are further thresholds, of which the highest reached counts.
    EACH: every full `pay` gives `bonus`. PERCENT: from `pay` on, `percent` of what is paid. PACKAGE: paying exactly
    `pay` gives `bonus`, as in pay 71, get 100.
    """

    STEPS = "steps"
    EACH = "each"
    PERCENT = "percent"
    PACKAGE = "package"


class HowOften(StrEnum):
    """How often a member may take an offer."""

    ALWAYS = "always"
    MONTHLY = "monthly"
    ONCE = "once"


@dataclass(frozen=True, slots=True)
class BonusOffer:
    """'Pay 200.00, get 20.00 on top'; amounts in fen, dates and ages inclusive, None where nothing is asked.

    `most` caps the bonus of one payment (0: no cap). `categories` asks for one of them.
    """

    id: str
    title: str
    pay: Fen
    bonus: Fen = 0
    kind: OfferKind = OfferKind.STEPS
    steps: tuple[tuple[Fen, Fen], ...] = ()
    percent: int = 0
    most: Fen = 0
    valid_from: date | None = None
    valid_to: date | None = None
    age_from: int | None = None
    age_to: int | None = None
    categories: frozenset[str] = frozenset()
    how_often: HowOften = HowOften.ALWAYS

    def bonus_on(self, paid: Fen) -> Fen:
        """What a payment (fen) earns, in fen; 0 when it does not reach the offer."""
        earned = self._earned(paid)
        return min(earned, self.most) if self.most else earned

    def is_in_force(self, day: date) -> bool:
        """Whether it is offered on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def suits(self, age: int | None, categories: frozenset[str]) -> bool:
        """Whether it is meant for somebody of this age (None: not known) and these categories."""
        if self.age_from is not None and (age is None or age < self.age_from):
            return False
        if self.age_to is not None and (age is None or age > self.age_to):
            return False
        return not self.categories or not self.categories.isdisjoint(categories)

    def thresholds_above(self, paid: Fen) -> tuple[Fen, ...]:
        """The larger payments (fen) at which it gives more; of an offer for every full `pay` the nearest."""
        if self.kind is OfferKind.EACH:
            return ((paid // self.pay + 1) * self.pay,)
        return tuple(pay for pay in (self.pay, *(pay for pay, _ in self.steps)) if pay > paid)

    def terms(self) -> str:
        """What is stamped on the lot: enough to explain it in five years, whatever became of the offer."""
        facts = [self.id, self.kind.value, yuan(self.pay), f"+{yuan(self.bonus)}"]
        facts += [f"{yuan(pay)}+{yuan(bonus)}" for pay, bonus in self.steps]
        facts += [f"{self.percent}%"] if self.kind is OfferKind.PERCENT else []
        facts += [f"<={yuan(self.most)}"] if self.most else []
        return " ".join(facts)

    def _earned(self, paid: Fen) -> Fen:
        match self.kind:
            case OfferKind.STEPS:
                reached = [step for step in ((self.pay, self.bonus), *self.steps) if step[0] <= paid]
                return max(reached, default=(0, 0))[1]
            case OfferKind.EACH:
                return paid // self.pay * self.bonus
            case OfferKind.PERCENT:
                return share(paid, self.percent * 100) if paid >= self.pay else 0
            case OfferKind.PACKAGE:
                return self.bonus if paid == self.pay else 0


def bonus_for(paid: Fen, offers: Iterable[BonusOffer]) -> BonusOffer | None:
    """The offer that gives most on a payment (fen), or None. One per payment, never added up.

    Of two that give the same, the one with the higher threshold: it is the one that was meant.
    """
    earned = [offer for offer in offers if offer.bonus_on(paid)]
    return max(earned, key=lambda offer: (offer.bonus_on(paid), offer.pay), default=None)


def next_step(paid: Fen, offers: Iterable[BonusOffer]) -> tuple[Fen, Fen]:
    """The smallest larger payment that earns more, and what it earns (fen); (0, 0) where there is none."""
    every = tuple(offers)
    best = bonus_for(paid, every)
    earned = best.bonus_on(paid) if best else 0
    for pay in sorted({pay for offer in every for pay in offer.thresholds_above(paid)}):
        better = bonus_for(pay, every)
        if better and better.bonus_on(pay) > earned:
            return pay, better.bonus_on(pay)
    return 0, 0
