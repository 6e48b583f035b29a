"""What the cashier sees of a top-up, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos.domain.accounts import Payer, TopUp, TopUpPreview, TopUpWarning
from pos.domain.errors import AboveLimit, BalanceAboveLimit, Refusal, Trouble
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

    `paid_for`: somebody else pays, named by `payer` and `relation`. `preview` is what the store says of the form as it
    was a moment ago. `last` is the top-up that can be taken back, `taking_back` that this is being asked.
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
    paid_for: bool = False
    payer: str = ""
    relation: str = ""
    identity_seen: bool = False
    preview: TopUpPreview | None = None
    last: TopUp | None = None
    taking_back: bool = False

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

    @property
    def paid_by(self) -> Payer | None:
        """Who pays where it is not the diner."""
        return Payer(self.payer, self.relation) if self.paid_for else None

    @property
    def warnings(self) -> tuple[TopUpWarning, ...]:
        """What to look out for, as far as the store has said."""
        warned = self.preview.warnings if self.preview and self.amount else ()
        return tuple(one for one in warned if one is not TopUpWarning.IDENTITY or not self.identity_seen)

    @property
    def above_limit(self) -> Refusal | None:
        """Why it will be refused, where that is known before the key."""
        refusal = self.preview.refusal if self.preview and self.amount else None
        return refusal if isinstance(refusal, (AboveLimit, BalanceAboveLimit)) else None
