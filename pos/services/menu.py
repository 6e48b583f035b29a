"""The menu: what the kitchen cooks, at which price, on which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from pos.domain.canteen import Canteen
from pos.domain.diet import Tag, in_order
from pos.domain.errors import AboveLimit, BadAmount
from pos.domain.menu import (
    MOST_OFFERS,
    DayGone,
    Dish,
    DishKind,
    DishTaken,
    DishUnknown,
    Meal,
    MenuFull,
    NotOffered,
    Part,
    Plan,
    check_capacity,
    limits_of,
    offered,
    photo_mark,
)
from pos.domain.money import Fen, yuan
from pos.domain.profile import check_photo
from pos.domain.set_meals import tidy_parts
from pos.domain.staff import Actor, Permission, check_name
from pos.domain.wall import DAYS, PriceBoard, WeekMenu, week_menu
from pos.ports import Clock, OpenStore, Store
from pos.services.calendar import facts_on

WEEK = timedelta(days=7)


class Menus:
    """Dishes, the standing plan, and the plans of days."""

    def __init__(self, stores: OpenStore, clock: Clock) -> None:
        """Plan for the canteen behind this store."""
        self._stores = stores
        self._clock = clock

    def canteen(self) -> Canteen:
        """Whose menu it is."""
        with self._stores.read() as store:
            return _canteen(store)

    def dishes(self) -> tuple[Dish, ...]:
        """Every dish, those no longer cooked last."""
        with self._stores.read() as store:
            return store.menu.dishes()

    def plans(self, day: date | None) -> tuple[Plan, ...]:
        """A day's meals as planned; with None those of every day that has no plan of its own."""
        with self._stores.read() as store:
            return tuple(store.menu.plan(day, meal) for meal in Meal)

    def week(self, monday: date) -> WeekMenu:
        """The menu of the week that begins with `monday`, as it hangs on the wall."""
        with self._stores.read() as store:
            days = [monday + timedelta(days=number) for number in range(DAYS)]
            plans = [[store.menu.plan(day, meal) for meal in Meal] for day in days]
            return week_menu(monday, [facts_on(store, day) for day in days], plans)

    def board(self) -> PriceBoard:
        """The price board of today."""
        today = self._today()
        with self._stores.read() as store:
            return PriceBoard(today, store.menu.dishes(), store.tariff.in_force(today))

    def add_dish(
        self,
        actor: Actor,
        name: str,
        kind: DishKind,
        price: Fen,
        tags: Iterable[Tag] = (),
        parts: Iterable[Part] = (),
    ) -> Dish:
        """Let the kitchen cook something new, at a price in fen; 0 is free, such as soup.

        Raises NotPermitted, BadName, BadAmount, AboveLimit, DishTaken.
        """
        actor.must(Permission.MENU)
        dish = Dish(str(uuid4()), check_name(name), kind, price, tags=in_order(tags), parts=tidy_parts(kind, parts))
        with self._stores.write() as store:
            _check(store, dish)
            store.menu.add_dish(dish.id, dish.name, dish.kind, dish.price)
            store.menu.change_dish(dish, self._today(), actor.staff_id, self._clock.now_ms())
        return dish

    def change_dish(self, actor: Actor, dish: Dish) -> None:
        """Change a dish on every menu from today on; one no longer cooked is taken off them.

        What was sold keeps the name and the price it was sold at. Raises as `add_dish`, and DishUnknown.
        """
        actor.must(Permission.MENU)
        parts = tidy_parts(dish.kind, dish.parts)
        dish = replace(dish, name=check_name(dish.name), tags=in_order(dish.tags), parts=parts)
        with self._stores.write() as store:
            _check(store, dish)
            if dish.id not in {known.id for known in store.menu.dishes()}:
                raise DishUnknown
            store.menu.change_dish(dish, self._today(), actor.staff_id, self._clock.now_ms())

    def photo(self, dish_id: str) -> bytes | None:
        """The picture file of a dish, or None."""
        with self._stores.read() as store:
            return store.menu.photos([dish_id]).get(dish_id)

    def picture(self, actor: Actor, dish_id: str, photo: bytes | None) -> None:
        """Keep another picture of a dish, or none. Raises NotPermitted, PhotoTooLarge, DishUnknown."""
        actor.must(Permission.MENU)
        check_photo(photo)
        with self._stores.write() as store:
            if dish_id not in {known.id for known in store.menu.dishes()}:
                raise DishUnknown
            store.menu.set_photo(dish_id, photo, photo_mark(photo))

    def plan(self, actor: Actor, day: date | None, meal: Meal, dish_ids: Iterable[str]) -> Plan:
        """Offer these dishes, in the order of their keys; without any the day goes by the standing plan again.

        Limits stay: that of the meal, and those of the dishes that were on the menu before. Raises NotPermitted, DayGone, MenuFull, DishUnknown.
        """
        actor.must(Permission.MENU)
        chosen = tuple(dict.fromkeys(dish_ids))
        if len(chosen) > MOST_OFFERS:
            raise MenuFull(MOST_OFFERS)
        with self._stores.write() as store:
            before = store.menu.plan(day, meal)
            self._set(store, day, meal, chosen, limits_of(before.offers), before.capacity)
            return store.menu.plan(day, meal)

    def limit(self, actor: Actor, day: date | None, meal: Meal, dish_id: str | None, capacity: int | None) -> Plan:
        """Say how many portions there are of a dish, or with `dish_id` None of all dishes together.

        None takes the limit off, 0 is sold out. A day that went by the standing plan has one of its own from then on.
        Raises NotPermitted, BadCapacity, DayGone, NotOffered.
        """
        actor.must(Permission.MENU)
        check_capacity(capacity)
        with self._stores.write() as store:
            before = store.menu.plan(day, meal)
            limits, whole = limits_of(before.offers), before.capacity
            if not limits or (dish_id is not None and dish_id not in limits):
                raise NotOffered
            if dish_id is None:
                whole = capacity
            else:
                limits[dish_id] = capacity
            self._set(store, day, meal, limits, limits, whole)
            return store.menu.plan(day, meal)

    def copy_week(self, actor: Actor, monday: date) -> int:
        """Give each day of the week that begins with `monday` the plan of the day a week before, with its limits; days
        that are over and days without a plan of their own are left out. The answer is how many meals were planned.

        Raises NotPermitted.
        """
        actor.must(Permission.MENU)
        planned = 0
        with self._stores.write() as store:
            cooked = {dish.id for dish in store.menu.dishes() if dish.cooked}
            for day in (monday + timedelta(days=number) for number in range(DAYS)):
                for meal in Meal:
                    before = store.menu.plan(day - WEEK, meal)
                    if before.own and day >= self._today():
                        limits = {one: most for one, most in limits_of(before.offers).items() if one in cooked}
                        self._set(store, day, meal, limits, limits, before.capacity)
                        planned += 1
        return planned

    def _set(
        self,
        store: Store,
        day: date | None,
        meal: Meal,
        dish_ids: Iterable[str],
        limits: Mapping[str, int | None],
        whole: int | None,
    ) -> None:
        if day is not None and day < self._today():
            raise DayGone(day.isoformat())
        cooked = {dish.id: dish for dish in store.menu.dishes() if dish.cooked}
        try:
            offers = offered([cooked[dish_id] for dish_id in dish_ids], limits)
        except KeyError as unknown:
            raise DishUnknown from unknown
        store.menu.set_menu(day, meal, offers)
        store.menu.set_capacity(day, meal, whole if offers else None)

    def _today(self) -> date:
        return self._clock.local().date()


def _check(store: Store, dish: Dish) -> None:
    canteen = _canteen(store)
    if dish.price < 0:
        raise BadAmount(yuan(dish.price))
    if dish.price > canteen.sale_limit:
        raise AboveLimit(dish.price, canteen.sale_limit)
    if any(known.name == dish.name and known.id != dish.id and known.cooked for known in store.menu.dishes()):
        raise DishTaken(dish.name)


def _canteen(store: Store) -> Canteen:
    canteen = store.canteen.get()
    assert canteen is not None, "a menu is made in a founded canteen"
    return canteen
