"""What the cashier sees of a sale, as one frozen value; the view paints it, the tests compare it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos.domain.errors import Refusal, Trouble
from pos.domain.money import Fen
from pos.domain.pricing import Bill, Person, Tender, Usage, Waiver, Way, price
from pos.domain.reservations import Reservation
from pos.domain.sales import Sale
from pos.services.sales import Diner, Today
from ui.sales.tray import EMPTY, Tray


class Stage(StrEnum):
    """Where a sale is. PAYING: cash is being counted or a code noted, nothing is charged yet."""

    WAITING = "waiting"
    CHOOSING = "choosing"
    PAYING = "paying"
    CHARGING = "charging"
    UNDOING = "undoing"
    PAID = "paid"
    UNDONE = "undone"


BUSY = frozenset({Stage.PAYING, Stage.CHARGING, Stage.UNDOING})
"""Stages that must come to their end before anything else begins."""


@dataclass(frozen=True, slots=True)
class ServedBefore:
    """This diner had this meal: charge a second one? (F5)"""

    name: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class OtherWaiting:
    """Another card was shown before this bill was paid: pay it (Enter) or drop it (Esc).

    `owner` is empty for a walk-in, `waiting` where the other card is not known.
    """

    owner: str
    waiting: str


@dataclass(frozen=True, slots=True)
class UndoThis:
    """Take this sale back? (Enter)"""

    sale: Sale


@dataclass(frozen=True, slots=True)
class NewPrice:
    """The bill changed between screen and store, from `shown` to `now` (fen): charge the new one? (Enter)"""

    shown: Fen
    now: Fen


@dataclass(frozen=True, slots=True)
class ShortOf:
    """The card holds `available` of the `needed` (fen): top up (F6), or cash for this meal (F9)."""

    needed: Fen
    available: Fen


@dataclass(frozen=True, slots=True)
class MealWaits:
    """A reserved meal waits for this diner: hand it over (Enter), or sell another one beside it (F5)?

    `over`: it is of an earlier meal of the day.
    """

    reservation: Reservation
    over: bool = False


Question = ServedBefore | OtherWaiting | UndoThis | NewPrice | ShortOf | MealWaits


@dataclass(frozen=True, slots=True)
class Counter:
    """The counter at one moment.

    `today` is None until the store has answered once. `looking`: a card was read and the store is asked whose it
    is. `queued`: a card was shown while a payment was under way; it comes next. `done` is the sale just paid or
    undone, `last` the one that an undo would take back. `refused` is what went wrong with the last wish.
    `waiver` is what a manager lets this diner off. `unsure`: the store did not say whether the charge was made; the
    same charge is asked for again. `beside`: this bill is a meal beside the one that the diner reserved.
    """

    today: Today | None = None
    stage: Stage = Stage.WAITING
    diner: Diner | None = None
    tray: Tray = EMPTY
    way: Way = Way.DINE_IN
    question: Question | None = None
    done: Sale | None = None
    last: Sale | None = None
    refused: Refusal | Trouble | None = None
    looking: bool = False
    queued: bool = False
    unsure: bool = False
    waiver: Waiver | None = None
    beside: bool = False

    @property
    def usual_tender(self) -> Tender:
        """What the big button charges: the card of a diner, the cash of a walk-in."""
        return Tender.CARD if self.diner else Tender.CASH

    @property
    def bill(self) -> Bill | None:
        """The bill as the big button would charge it, or None for an empty tray."""
        return self.bill_by(self.usual_tender)

    def bill_by(self, tender: Tender) -> Bill | None:
        """The bill of this tray by another way to pay, or None for an empty tray."""
        if self.today is None or not self.tray.portions:
            return None
        return price(
            self.tray.basket(self.today.menu),
            self.diner.person if self.diner else Person(),
            self.today.circumstances(self.way, tender),
            self.diner.usage if self.diner else Usage(),
            self.today.tariff,
            self.waiver,
        )

    @property
    def balance_after(self) -> Fen | None:
        """What the card holds when this bill is paid by it (fen, below zero when it does not suffice)."""
        if self.diner is None:
            return None
        bill = self.bill
        return self.diner.wallet.spendable - (bill.due if bill else 0)

    @property
    def meal_price(self) -> Fen:
        """What a meal costs this diner: this one, else the last one; 0 where nothing tells."""
        if bill := self.bill:
            return bill.due
        return self.diner.recent[0].bill.due if self.diner and self.diner.recent else 0
