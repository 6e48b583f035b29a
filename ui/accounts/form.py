"""What the cashier sees of a top-up, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos.domain.accounts import TopUp
from pos.domain.errors import Refusal, Trouble
from pos.domain.money import Fen
from pos.domain.offers import BonusOffer, bonus_for, next_step
from pos.domain.pricing import Tender
from pos.services.sales import Diner


class Step(StrEnum):
    """Where a top-up is."""

    FILLING = "filling"
    CHARGING = "charging"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class TopUpForm:
    """A top-up at one moment; amounts in fen. `given` is None as long as the cash is exactly the amount.

    `unsure`: the store did not say whether it booked the money; the form stands still and is asked for again.
    """

    diner: Diner
    step: Step = Step.FILLING
    offers: tuple[BonusOffer, ...] = ()
    amount: Fen = 0
    tender: Tender = Tender.CASH
    given: Fen | None = None
    done: TopUp | None = None
    refused: Refusal | Trouble | None = None
    unsure: bool = False

    @property
    def offer(self) -> BonusOffer | None:
        """The offer that this amount earns."""
        return bonus_for(self.amount, self.offers) if self.amount else None

    @property
    def bonus(self) -> Fen:
        """What this amount earns on top."""
        return self.offer.bonus_on(self.amount) if self.offer else 0

    @property
    def next_step(self) -> tuple[Fen, Fen]:
        """The smallest larger amount that earns more, and what it earns; (0, 0) where there is none."""
        return next_step(self.amount, self.offers)

    @property
    def balance_after(self) -> Fen:
        """What the card holds when this is booked."""
        return self.diner.wallet.spendable + self.amount + self.bonus

    @property
    def change(self) -> Fen:
        """Cash to hand back; below zero when too little was given."""
        return 0 if self.given is None or self.tender is not Tender.CASH else self.given - self.amount
