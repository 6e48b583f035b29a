"""Pick-up on the sale screen: a reserved meal is found by the swipe, handed over by one key, and charged once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.errors import MemberNotActive, StoreFault, StoreTrouble
from pos.domain.menu import Meal
from pos.domain.pricing import Way
from pos.domain.reservations import Booking, Reservation, State
from pos.domain.sales import Sale
from pos.domain.staff import Actor
from pos.services.pick_up import PickUp
from pos.services.reservations import Reservations
from tests.pos.services.counter import MONDAY
from tests.pos.services.counter import Counter as Till
from tests.ui.immediate import ImmediateLane
from tests.ui.sale_world import LI_CARD, WANG_CARD, World, world_at
from ui.sales.counter import MealWaits, Stage
from ui.sales.phrases import asked

pytest_plugins = ("tests.ui.sale_fixtures",)


@pytest.fixture
def reserved(till: Till) -> Reservation:
    """Wang's lunch of today: the set meal to take away, 7.20 held."""
    wang = till.checkout.identify(WANG_CARD).member.id
    booking = Booking("reserved", wang, MONDAY, Meal.LUNCH, Way.TAKE_AWAY, (("set", 1),), 720, why="电话预订", card_tail="6634")
    return Reservations(till.stores, till.clock, "A").book(till.manager, booking)


def states(till: Till) -> list[State]:
    return [one.state for one in Reservations(till.stores, till.clock, "A").of_day(MONDAY)]


def test_a_swipe_finds_the_reserved_meal_and_one_key_hands_it_over(reserved: Reservation, world: World, till: Till) -> None:
    world.presenter.card_read(WANG_CARD)
    asked = world.now.question

    world.presenter.enter()

    assert asked == MealWaits(reserved)
    assert (world.now.stage, world.sales_today(), states(till)) == (Stage.PAID, [("王桂英", "card", 720)], [State.SERVED])
    assert world.now.done
    assert (world.now.done.way, world.now.done.balance_after) == (Way.TAKE_AWAY, 16_560)


def test_a_lunch_that_was_not_fetched_is_offered_in_the_afternoon_and_supper_is_sold_beside_it(
    reserved: Reservation, world: World, till: Till
) -> None:
    till.wait(hours=5)
    world.presenter.refresh()
    world.presenter.card_read(WANG_CARD)
    asked = world.now.question

    world.presenter.charge_again()
    world.presenter.choose("rice")
    world.presenter.enter()
    world.presenter.escape()
    world.presenter.card_read(WANG_CARD)
    world.presenter.enter()

    assert asked == MealWaits(reserved, over=True)
    assert (world.sales_today(), states(till)) == ([("王桂英", "card", 0), ("王桂英", "card", 720)], [State.SERVED])


def test_whoever_hands_over_reads_which_dishes_were_chosen(reserved: Reservation, english: None) -> None:
    item = replace(reserved.bill.basket[0], chosen=(("fish", "清蒸鲈鱼"), ("greens", "清炒时蔬")))
    chosen = replace(reserved, bill=replace(reserved.bill, basket=(item,)))

    text = asked(MealWaits(chosen), None).text

    assert text == "一荤两素套餐 (清蒸鲈鱼, 清炒时蔬) ×1, take away. It is paid out of what was held."


def test_M1_five_keys_hand_over_once_and_the_next_swipe_finds_a_served_diner(reserved: Reservation, held_world: World) -> None:
    world = held_world
    world.presenter.card_read(WANG_CARD)
    world.go()

    for _press in range(5):
        world.presenter.enter()
    world.go()
    world.presenter.card_read(LI_CARD)
    world.go()
    world.presenter.card_read(WANG_CARD)
    world.go()

    assert (world.sales_today(), world.now.question) == ([("王桂英", "card", 720)], None)
    assert world.now.diner
    assert len(world.now.diner.served_at_ms) == 1
    assert reserved.state is State.BOOKED, "the value is of the moment in which it was read"


class LosesPickUps(PickUp):
    """Hands over, and loses the first answer."""

    lost = False

    def hand_over(self, actor: Actor, sale_id: str, reservation_id: str) -> Sale:
        sale = super().hand_over(actor, sale_id, reservation_id)
        if not self.lost:
            self.lost = True
            raise StoreTrouble(StoreFault.UNREACHABLE, money_moved=None)
        return sale


def test_M2_a_lost_answer_is_asked_for_again_and_shows_the_same_sale(
    reserved: Reservation, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.ui.sale_world.PickUp", LosesPickUps)
    world = world_at(till, ImmediateLane())
    world.presenter.card_read(WANG_CARD)

    world.presenter.enter()
    unsure = (world.now.unsure, world.now.question)
    world.presenter.enter()

    assert unsure == (True, MealWaits(reserved))
    assert (world.now.stage, world.sales_today()) == (Stage.PAID, [("王桂英", "card", 720)])


def test_a_meal_beside_the_reserved_one_takes_a_key_of_its_own(reserved: Reservation, world: World, till: Till) -> None:
    world.presenter.card_read(WANG_CARD)
    world.presenter.charge_again()
    world.presenter.choose("rice")

    world.presenter.enter()

    assert (world.now.stage, world.sales_today(), states(till)) == (Stage.PAID, [("王桂英", "card", 85)], [State.BOOKED])
    assert reserved.bill.due == 720


def test_escape_and_pay_asks_again_which_of_the_two_it_is(reserved: Reservation, world: World) -> None:
    world.presenter.card_read(WANG_CARD)
    world.presenter.escape()
    world.presenter.choose("rice")

    world.presenter.enter()

    assert (world.sales_today(), world.now.question) == ([], MealWaits(reserved))


def test_a_meal_that_was_handed_over_at_another_counter_is_refused(reserved: Reservation, world: World, till: Till) -> None:
    world.presenter.card_read(WANG_CARD)
    PickUp(till.stores, till.clock, "A").hand_over(till.cashier, "elsewhere", reserved.id)

    world.presenter.enter()

    assert (world.now.stage, type(world.now.refused).__name__) == (Stage.CHOOSING, "ReservationOver")
    assert world.sales_today() == [("王桂英", "card", 720)]
    assert not isinstance(world.now.refused, MemberNotActive)


def test_the_key_to_reserve_needs_a_diner(world: World) -> None:
    world.presenter.reserve()
    world.presenter.card_read(WANG_CARD)
    world.presenter.reserve()

    assert (world.found, [diner.member.name for diner in world.reserving]) == (["find"], ["王桂英"])
