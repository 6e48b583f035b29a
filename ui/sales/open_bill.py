"""The bill that is open at the counter: the one place where the Counter changes and is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from pos.domain.cards import CardUid
from pos.domain.errors import Refusal, Trouble
from pos.domain.money import Fen
from pos.domain.pricing import Way
from pos.domain.sales import Sale
from pos.domain.staff import Actor
from pos.services.sales import Checkout, Diner, Order, Today
from ui.presenting import Lane
from ui.sales.counter import BUSY, Counter, OtherWaiting, Stage
from ui.sales.set_choice import SetChoice
from ui.sales.tray import Tray

Photographed = tuple[tuple[str, str], ...]
"""The dishes of a menu that have a picture, and which."""

OPEN = frozenset({Stage.WAITING, Stage.CHOOSING})
OVER = frozenset({Stage.PAID, Stage.UNDONE})


class SaleView(Protocol):
    """The face of the sale screen."""

    def show_counter(self, counter: Counter) -> None:
        """Paint the counter as it is now."""
        ...

    def show_photos(self, photos: Mapping[str, bytes]) -> None:
        """Show the pictures of the menu's dishes, by dish."""
        ...

    def ask_cash(self, due: Fen) -> None:
        """Let the cashier count cash; answers with `cash_given` or `put_away`."""
        ...

    def ask_code(self, due: Fen) -> None:
        """Let the cashier note a payment by code; answers with `code_paid` or `put_away`."""
        ...

    def ask_waiver(self, due: Fen) -> None:
        """Let a manager say why and how much; answers with `waive` or `put_away`."""
        ...

    def ask_set(self, choice: SetChoice) -> None:
        """Let the cashier choose the dishes of a set meal; answers with `set_picked` or not at all."""
        ...


@dataclass(frozen=True, slots=True)
class Caller:
    """Who was called to the counter: a card, or a member found by name."""

    uid: CardUid | None = None
    member_id: str = ""


NOBODY = Caller()


class OpenBill:
    """What is on the screen, and what a retry needs: the sale's id, the charge last asked for, who comes next."""

    def __init__(
        self,
        view: SaleView,
        checkout: Checkout,
        lane: Lane,
        actor: Callable[[], Actor],
        day_shown: Callable[[Today], None],
        new_id: Callable[[], str],
    ) -> None:
        """Begin with nobody at the counter; `actor` says who is signed in, `new_id` makes the ids of sales."""
        self.view = view
        self.checkout = checkout
        self.lane = lane
        self.actor = actor
        self._day_shown = day_shown
        self.new_id = new_id
        self.now = Counter()
        self.caller = NOBODY
        self.sale_id = new_id()
        self.attempt: Order | None = None
        self.latest: Today | None = None
        self._pictured = ""
        self._photo: bytes | None = None
        self._photographed: Photographed = ()

    def show(self, **changed: Any) -> None:
        """Change these fields of the Counter and paint it; the diner's picture comes when it comes."""
        self.now = self._with_photo(replace(self.now, **changed))
        self.view.show_counter(self.now)
        who = self.now.diner.member.id if self.now.diner else ""
        if who and who != self._pictured:
            self._pictured, self._photo = who, None
            self.lane.run(lambda: self.checkout.photo(who), lambda photo: self._photo_came(who, photo), lambda _error: None)

    def _photo_came(self, who: str, photo: bytes | None) -> None:
        if photo and who == self._pictured:
            self._photo = photo
            self.show()

    def _with_photo(self, counter: Counter) -> Counter:
        diner = counter.diner
        if diner is None or diner.member.id != self._pictured or self._photo is None:
            return counter
        return replace(counter, diner=replace(diner, member=replace(diner.member, photo=self._photo)))

    def refuse(self, error: Refusal | Trouble) -> None:
        """Say what went wrong; the bill stays as it is."""
        self.show(refused=error)

    def begin(self, diner: Diner | None, caller: Caller, tray: Tray) -> None:
        """Begin a bill: a new sale, whoever it is for."""
        now = self.now
        self.caller = caller
        self.attempt = None
        self._pictured, self._photo = "", None
        self.sale_id = self.new_id()
        today = self.latest or now.today
        way = now.way if tray.portions and now.tray == tray else Way.DINE_IN
        tray = tray.only(today.menu) if today else Tray()
        self.now = Counter(today=today, last=now.last, looking=now.looking, way=way)
        self.show(stage=open_stage(diner, tray), diner=diner, tray=tray)

    def refresh(self) -> None:
        """Ask for the menu, the day's figures and the last sale."""
        self.lane.run(lambda: (self.checkout.today(), self.checkout.last()), self._looked, self.refuse)

    def _looked(self, answer: tuple[Today, Sale | None]) -> None:
        self.latest, last = answer
        self._day_shown(self.latest)
        today, shown = self.latest, self.now.today
        if shown is not None and (self.now.tray.portions or self.now.stage in BUSY):
            # A meal that ends while a bill is open does not change that bill under the cashier's hands.
            today = replace(shown, sales=today.sales, taken=today.taken)
        self.show(today=today, last=last)
        self._ask_for_photos(today)

    def _ask_for_photos(self, today: Today) -> None:
        """Ask for the pictures of the dishes once for a menu, after the menu itself: nobody waits for a picture."""
        shown = tuple((offer.dish_id, offer.photo) for offer in today.menu.offers if offer.photo)
        if shown != self._photographed:
            self._photographed = shown
            dish_ids = [dish_id for dish_id, _mark in shown]
            self.lane.run(lambda: self.checkout.dish_photos(dish_ids), self.view.show_photos, lambda _error: None)

    @property
    def may_change(self) -> bool:
        """Whether the tray may be changed, or paid in another way, now."""
        now = self.now
        free = now.stage in OPEN and now.today is not None and not now.looking and not now.unsure
        return free and not isinstance(now.question, OtherWaiting)

    @property
    def must_not_vanish(self) -> bool:
        """Whether something is on the tray that another card must not replace without a question."""
        now = self.now
        if now.stage is not Stage.CHOOSING or not now.tray.portions:
            return False
        return self.attempt is not None or (now.diner is not None and not now.tray.usual)


def open_stage(diner: Diner | None, tray: Tray) -> Stage:
    """The stage of a bill that nobody is paying yet."""
    return Stage.CHOOSING if diner or tray.portions else Stage.WAITING
