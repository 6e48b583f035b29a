"""A sale screen's world for tests: people with cards and money on a real SQLite file, and views that remember."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from pos.domain.cards import CardUid
from pos.domain.errors import StoreFault, StoreTrouble
from pos.domain.menu import Dish, DishKind, Meal, Offer, Part
from pos.domain.money import Fen
from pos.domain.sales import Sale
from pos.domain.staff import Actor
from pos.ports import Clock, OpenStore
from pos.services.pick_up import PickUp
from pos.services.sales import Checkout, Diner, Order
from tests.pos.services.counter import (
    NOON,
    OFFERS,
    SET_MEAL,
    rows_of,
)
from tests.pos.services.counter import Counter as Till
from tests.ui.immediate import HeldLane, ImmediateLane
from ui.messages import Message
from ui.sales.counter import Counter
from ui.sales.presenter import SalePresenter
from ui.sales.set_choice import SetChoice

WANG_CARD, LI_CARD, POOR_CARD, NEW_CARD = (CardUid(f"01026F6C{tail}") for tail in ("3A", "3B", "3C", "FF"))


@dataclass
class SaleFace:
    """Remembers what it was told."""

    now: Counter = field(default_factory=Counter)
    asked: list[tuple[str, Fen]] = field(default_factory=list)
    choice: SetChoice | None = None
    photos: list[dict[str, bytes]] = field(default_factory=list)

    def show_counter(self, counter: Counter) -> None:
        self.now = counter

    def show_photos(self, photos: Mapping[str, bytes]) -> None:
        self.photos.append(dict(photos))

    def ask_cash(self, due: Fen) -> None:
        self.asked.append(("cash", due))

    def ask_code(self, due: Fen) -> None:
        self.asked.append(("code", due))

    def ask_waiver(self, due: Fen) -> None:
        self.asked.append(("waiver", due))

    def ask_set(self, choice: SetChoice) -> None:
        self.choice = choice


@dataclass
class Strip:
    """The message strip."""

    message: Message | None = None

    def show_message(self, message: Message) -> None:
        self.message = message

    def clear_message(self) -> None:
        self.message = None


class LosesAnswers(Checkout):
    """Remembers what it was asked for; commits and then loses the answer, so many times."""

    losses = 0

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        super().__init__(stores, clock, till)
        self.orders: list[Order] = []

    def charge(self, actor: Actor, order: Order) -> Sale:
        self.orders.append(order)
        sale = super().charge(actor, order)
        if self.losses:
            self.losses -= 1
            raise StoreTrouble(StoreFault.UNREACHABLE, money_moved=None)
        return sale


@dataclass
class World:
    """A counter with an open shift. Wang is 86, ate the set meal yesterday and holds 172.80; Li is 66 and holds 180.00."""

    till: Till
    face: SaleFace
    lane: ImmediateLane | HeldLane
    checkout: LosesAnswers
    presenter: SalePresenter
    found: list[str]
    topped_up: list[Diner]
    reserving: list[Diner]

    @property
    def now(self) -> Counter:
        return self.face.now

    def go(self) -> None:
        """Let a held lane do all it has."""
        while isinstance(self.lane, HeldLane) and self.lane.go():
            pass

    def sales_today(self) -> list[tuple[str, str, Fen]]:
        """Who paid how, and what, since yesterday."""
        return rows_of(
            self.till.file,
            "SELECT member_name, tender, due FROM sales WHERE business_date = '2026-11-23' ORDER BY rowid",
        )


def world_at(till: Till, lane: ImmediateLane | HeldLane) -> World:
    face = SaleFace()
    found: list[str] = []
    topped_up: list[Diner] = []
    reserving: list[Diner] = []
    checkout = LosesAnswers(till.stores, till.clock, "A")
    presenter = SalePresenter(
        face,
        checkout,
        lane,
        lambda: till.cashier,
        find=lambda: found.append("find"),
        top_up=topped_up.append,
        hand_over=PickUp(till.stores, till.clock, "A").hand_over,
        reserve=reserving.append,
        new_id=lambda: till.new_id("today"),
    )
    world = World(till, face, lane, checkout, presenter, found, topped_up, reserving)
    presenter.refresh()
    world.go()
    return world


def live_yesterday(till: Till) -> None:
    """Wang and Li get cards and 180.00 each, a poor man 5.00; Wang has the set meal, twice charged 7.20 by age."""
    till.clock.set(NOON - timedelta(days=1))
    till.shifts.open(till.cashier, 0)
    wang = till.enrol("王桂英", date(1940, 2, 3), WANG_CARD, "13800001234")
    li = till.enrol("李建国", date(1960, 5, 6), LI_CARD, "13900005678")
    poor = till.enrol("赵小满", date(1990, 1, 1), POOR_CARD, "13700009999")
    for member, amount in ((wang, 18_000), (li, 18_000), (poor, 500)):
        till.top_up(member, amount)
    till.sell(wang)
    till.shifts.close(till.cashier, till.balance("drawer:A"))
    till.clock.set(NOON)


def change_price(till: Till, fen: Fen) -> None:
    """The set meal costs this from now on."""
    offers = (replace(SET_MEAL, price=fen), *OFFERS[1:])
    with till.stores.write() as store:
        for meal in Meal:
            store.menu.set_menu(None, meal, offers)


def sell_out(till: Till) -> None:
    """The set meal is off the menu from now on."""
    with till.stores.write() as store:
        for meal in Meal:
            store.menu.set_menu(None, meal, OFFERS[1:])


def longer_menu(till: Till) -> None:
    """The four dishes of the test canteen and twelve more: more than one page, and a set meal to choose from."""
    parts = tuple(Part(kind, 2) for kind in DishKind if kind is not DishKind.SET_MEAL)
    more = tuple(Offer(f"more-{n}", f"时令小炒第{n}号", list(DishKind)[n % 5], 100 * n, n) for n in range(5, 17))
    with till.stores.write() as store:
        for offer in more:
            store.menu.add_dish(offer.dish_id, offer.name, offer.kind, offer.price)
        chosen = Dish(more[0].dish_id, more[0].name, more[0].kind, more[0].price, parts=parts)
        store.menu.change_dish(chosen, date(2026, 11, 23), till.manager.staff_id, 0)
        for meal in Meal:
            store.menu.set_menu(None, meal, (*OFFERS, *more))
