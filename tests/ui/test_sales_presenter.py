"""The sale screen's mind on the real use cases: what is charged, to whom, and how often."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.capacity import SoldOut
from pos.domain.errors import EmptyBasket, NothingToUndo, NotOnMenu, StoreTrouble, UnknownCard
from pos.domain.menu import DishKind, Meal, Part
from pos.domain.pricing import Tender, Way
from pos.domain.set_meals import WrongChoice
from pos.services.menu import Menus
from tests.pos.services.set_meals import FIRST, MEATS, offer_choices
from tests.ui.sale_world import LI_CARD, NEW_CARD, POOR_CARD, WANG_CARD, World, change_price, sell_out
from ui.sales.counter import NewPrice, OtherWaiting, ServedBefore, ShortOf, Stage, UndoThis

pytest_plugins = ("tests.ui.sale_fixtures",)


def seen(world: World) -> tuple[Stage, str, tuple[tuple[str, int], ...]]:
    """Stage, whose bill, what is on it."""
    now = world.now
    return now.stage, now.diner.member.name if now.diner else "", now.tray.portions


# -- set meals ---------------------------------------------------------------------------------------


def chosen(world: World) -> list[str]:
    """The dishes of the set meal on the bill."""
    bill = world.now.bill
    return [name for item in bill.basket for _dish_id, name in item.chosen] if bill else []


def test_a_usual_set_meal_stays_one_swipe_and_one_key_with_the_first_of_each_shelf(world: World) -> None:
    offer_choices(world.till)
    world.presenter.refresh()
    world.presenter.card_read(WANG_CARD)
    offered = chosen(world)

    world.presenter.enter()

    assert (offered, world.face.choice, world.now.stage) == (list(FIRST), None, Stage.PAID)
    assert world.now.done
    assert [name for _id, name in world.now.done.bill.basket[0].chosen] == list(FIRST)


def test_a_new_set_meal_asks_first_and_comes_with_what_was_chosen(world: World) -> None:
    ids = offer_choices(world.till)
    world.presenter.refresh()
    world.presenter.card_read(LI_CARD)
    world.presenter.choose("set")
    before = world.now.tray.portions
    wanted = tuple(ids[name] for name in ("红烧肉", "香菇滑鸡", "米饭", "例汤"))

    offered = world.face.choice
    world.presenter.set_picked("set", wanted)
    world.presenter.choose("set")
    again = world.face.choice
    world.presenter.set_picked("set", wanted)
    world.presenter.enter()

    assert (before, offered and offered.dish_ids) == ((), tuple(ids[name] for name in FIRST))
    assert again
    assert set(again.dish_ids) == set(wanted), "one more of the same is one key more"
    assert world.checkout.orders[-1].chosen == (("set", wanted),)
    assert world.now.done
    assert [(item.quantity, item.chosen[1][1]) for item in world.now.done.bill.basket] == [(2, "香菇滑鸡")]


def test_two_set_meals_with_other_dishes_are_two_lines_of_one_bill_and_one_when_they_are_the_same(world: World) -> None:
    ids = offer_choices(world.till)
    world.presenter.refresh()
    world.presenter.card_read(LI_CARD)
    first, other = (tuple(ids[name] for name in (*meats, "米饭", "例汤")) for meats in (FIRST[:2], MEATS[1:]))
    for dishes in (first, other):
        world.presenter.choose("set")
        world.presenter.set_picked("set", dishes)
    world.presenter.more()
    apart = (world.now.tray.portions, chosen(world))

    world.presenter.choose_again()
    world.presenter.set_picked("set", first)
    together = world.now.tray.portions
    world.presenter.choose("set")
    world.presenter.set_picked("set", other)
    world.presenter.enter()

    assert apart == ((("set", 1), ("set#2", 2)), [*FIRST, *MEATS[1:], "米饭", "例汤"])
    assert together == (("set", 3),)
    assert world.now.done
    assert [(item.dish_id, item.quantity, item.chosen[0][1]) for item in world.now.done.bill.basket] == [
        ("set", 3, "红烧肉"),
        ("set", 1, "番茄牛腩"),
    ]
    with world.till.stores.read() as store:
        assert store.sales.get(world.now.done.id) == world.now.done


def test_the_dishes_of_a_set_meal_in_hand_are_chosen_again_beginning_with_those_it_has(world: World) -> None:
    ids = offer_choices(world.till)
    world.presenter.refresh()
    world.presenter.card_read(WANG_CARD)
    wanted = tuple(ids[name] for name in ("番茄牛腩", "香菇滑鸡", "米饭", "例汤"))
    world.presenter.choose_again()
    world.presenter.set_picked("set", wanted)

    world.presenter.choose_again()

    assert (world.now.tray.portions, world.now.tray.usual) == ((("set", 1),), False)
    assert world.face.choice
    assert world.face.choice.dish_ids == wanted


def test_a_dish_that_left_the_menu_leaves_the_set_meal_and_is_told(world: World) -> None:
    ids = offer_choices(world.till)
    world.presenter.refresh()
    world.presenter.card_read(LI_CARD)
    world.presenter.set_picked("set", tuple(ids[name] for name in FIRST))
    Menus(world.till.stores, world.till.clock).limit(world.till.manager, None, Meal.LUNCH, ids["清蒸鲈鱼"], 0)

    world.presenter.enter()

    assert (world.now.stage, chosen(world)) == (Stage.CHOOSING, ["红烧肉", "番茄牛腩", "米饭", "例汤"])
    assert isinstance(world.now.refused, SoldOut)
    assert (world.now.refused.name, world.now.refused.left) == ("清蒸鲈鱼", 0)


def test_a_choice_that_fits_the_menu_no_more_is_told_and_the_bill_begins_with_the_first_again(world: World) -> None:
    ids = offer_choices(world.till)
    menus = Menus(world.till.stores, world.till.clock)
    lunch = [offer.dish_id for plan in menus.plans(None) if plan.meal is Meal.LUNCH for offer in plan.offers]
    menus.plan(world.till.manager, None, Meal.LUNCH, [one for one in lunch if one != "soup"])
    world.presenter.refresh()
    world.presenter.card_read(LI_CARD)
    world.presenter.set_picked("set", tuple(ids[name] for name in FIRST[:3]))
    menus.plan(world.till.manager, None, Meal.LUNCH, lunch)

    world.presenter.enter()

    assert (world.now.stage, chosen(world)) == (Stage.CHOOSING, list(FIRST))
    assert isinstance(world.now.refused, WrongChoice)


def test_a_set_meal_that_leaves_nothing_to_choose_is_put_on_at_once(world: World) -> None:
    menus = Menus(world.till.stores, world.till.clock)
    dish = next(dish for dish in menus.dishes() if dish.id == "set")
    menus.change_dish(world.till.manager, replace(dish, parts=(Part(DishKind.MEAT, 1), Part(DishKind.SOUP, 1))))
    world.presenter.refresh()

    world.presenter.choose("set")

    assert (world.face.choice, world.now.tray.portions, chosen(world)) == (None, (("set", 1),), ["红烧肉", "例汤"])


# -- one swipe and one key ---------------------------------------------------------------------------


def test_a_regulars_usual_meal_is_one_swipe_and_one_key(world: World) -> None:
    world.presenter.card_read(WANG_CARD)
    offered = (world.now.tray.usual, world.now.bill and world.now.bill.due, world.now.balance_after)

    world.presenter.enter()

    assert offered == (True, 720, 17_280 - 720)
    assert world.now.stage is Stage.PAID
    assert world.now.diner
    assert world.now.diner.wallet.spendable == 16_560
    assert world.sales_today() == [("王桂英", "card", 720)]


def test_a_number_key_takes_the_place_of_an_untouched_usual_meal(world: World) -> None:
    world.presenter.card_read(WANG_CARD)

    world.presenter.choose("meat")

    assert (world.now.tray.portions, world.now.tray.usual) == ((("meat", 1),), False)


def test_the_usual_meals_own_key_adds_a_second_portion(world: World) -> None:
    world.presenter.card_read(WANG_CARD)

    world.presenter.choose("set")

    assert (world.now.tray.portions, world.now.tray.usual) == ((("set", 2),), False)


def test_plus_minus_and_delete_act_on_the_dish_in_hand(world: World) -> None:
    world.presenter.card_read(LI_CARD)
    for dish in ("meat", "rice"):
        world.presenter.choose(dish)

    world.presenter.more()
    world.presenter.next_in_hand(-1)
    world.presenter.more()
    two_each = world.now.tray.portions
    world.presenter.more(-1)
    world.presenter.remove()

    assert two_each == (("meat", 2), ("rice", 2))
    assert (world.now.tray.portions, world.now.tray.in_hand) == ((("rice", 2),), "rice")


def test_take_away_is_charged_and_printed_as_such_and_forgotten_after(world: World) -> None:
    world.presenter.card_read(WANG_CARD)

    world.presenter.toggle_way()
    world.presenter.enter()

    assert world.now.done
    assert (world.now.done.way, world.now.way) == (Way.TAKE_AWAY, Way.DINE_IN)


def test_dishes_tapped_before_the_card_was_found_are_the_diners(world: World) -> None:
    world.presenter.choose("meat")
    walk_in_due = world.now.bill and world.now.bill.due

    world.presenter.card_read(WANG_CARD)

    assert walk_in_due == 800
    assert (seen(world), world.now.bill and world.now.bill.due) == (
        (Stage.CHOOSING, "王桂英", (("meat", 1),)),
        380,
    )


def test_an_empty_basket_charges_nothing(world: World) -> None:
    world.presenter.card_read(LI_CARD)

    world.presenter.enter()

    assert (world.now.stage, type(world.now.refused), world.sales_today()) == (Stage.CHOOSING, EmptyBasket, [])


# -- M1, M2, M4 --------------------------------------------------------------------------------------


def test_M1_enter_five_times_in_a_moment_is_one_sale(held_world: World) -> None:
    world = held_world
    world.presenter.card_read(WANG_CARD)
    world.go()

    for _press in range(5):
        world.presenter.enter()
    world.go()
    for _press in range(5):
        world.presenter.enter()
    world.go()

    assert (world.now.stage, world.sales_today()) == (Stage.PAID, [("王桂英", "card", 720)])
    assert len(world.checkout.orders) == 1


def test_M1_enter_five_times_for_a_walk_in_asks_for_cash_once(world: World) -> None:
    world.presenter.choose("set")

    for _press in range(5):
        world.presenter.enter()

    assert (world.face.asked, world.now.stage, world.sales_today()) == ([("cash", 1_200)], Stage.PAYING, [])


def test_M2_a_lost_answer_asked_again_shows_the_same_sale(world: World) -> None:
    world.presenter.card_read(WANG_CARD)
    world.checkout.losses = 1

    world.presenter.enter()
    unsure = (world.now.stage, world.now.unsure, type(world.now.refused))
    world.presenter.enter()

    assert unsure == (Stage.CHOOSING, True, StoreTrouble)
    assert (world.now.stage, world.now.unsure, world.sales_today()) == (
        Stage.PAID,
        False,
        [("王桂英", "card", 720)],
    )


def test_M2_a_cash_charge_is_asked_again_as_that_cash_charge(world: World) -> None:
    world.presenter.card_read(WANG_CARD)
    world.presenter.pay_cash()
    world.checkout.losses = 1
    world.presenter.cash_given(1_000)

    world.presenter.enter()

    first, second = world.checkout.orders
    assert (second, world.sales_today()) == (first, [("王桂英", "cash", 720)])


def test_M2_a_bill_keeps_its_id_through_every_refusal_and_another_way_to_pay(world: World) -> None:
    world.presenter.card_read(POOR_CARD)
    world.presenter.choose("set")
    world.presenter.enter()

    world.presenter.pay_cash()
    world.presenter.cash_given(1_200)
    world.presenter.choose("rice")
    world.presenter.pay_cash()
    world.presenter.cash_given(100)

    card, cash, other = (order.sale_id for order in world.checkout.orders)
    assert (card == cash, other == cash) == (True, False)


def test_M2_while_it_is_not_known_whether_money_moved_the_bill_stands_still(world: World) -> None:
    world.presenter.card_read(WANG_CARD)
    world.checkout.losses = 1
    world.presenter.enter()

    world.presenter.choose("meat")
    world.presenter.more()
    world.presenter.toggle_way()
    world.presenter.pay_cash()

    assert (seen(world), world.face.asked) == ((Stage.CHOOSING, "王桂英", (("set", 1),)), [])


def test_M2_a_bug_that_eats_the_answer_is_asked_again_too(held_world: World) -> None:
    world = held_world
    world.presenter.card_read(WANG_CARD)
    world.go()
    world.presenter.enter()
    world.lane._held.clear()  # type: ignore[union-attr]

    world.presenter.answer_lost()
    world.presenter.enter()
    world.go()

    assert (world.now.stage, world.sales_today()) == (Stage.PAID, [("王桂英", "card", 720)])


def test_M4_a_card_that_lies_on_the_reader_changes_nothing(world: World) -> None:
    world.presenter.card_read(LI_CARD)
    world.presenter.choose("meat")
    before = world.now

    for _again in range(30):
        world.presenter.card_read(LI_CARD)

    assert (world.now, world.sales_today()) == (before, [])


def test_M4_a_second_swipe_at_the_same_meal_says_served_at_and_charges_nothing(world: World) -> None:
    world.presenter.card_read(WANG_CARD)
    world.presenter.enter()
    at_ms = world.till.clock.now_ms()

    world.presenter.card_read(WANG_CARD)
    world.presenter.enter()

    assert world.now.diner
    assert (seen(world), world.now.diner.served_at_ms) == ((Stage.CHOOSING, "王桂英", ()), (at_ms,))
    assert world.sales_today() == [("王桂英", "card", 720)]


def test_M4_a_second_meal_needs_a_key_of_its_own(world: World) -> None:
    world.presenter.card_read(WANG_CARD)
    world.presenter.enter()
    world.presenter.card_read(WANG_CARD)
    world.presenter.choose("rice")

    world.presenter.enter()
    world.presenter.enter()
    asked, before = world.now.question, world.sales_today()
    world.presenter.charge_again()

    assert (asked, before) == (ServedBefore("王桂英", world.till.clock.now_ms()), [("王桂英", "card", 720)])
    assert world.sales_today() == [("王桂英", "card", 720), ("王桂英", "card", 85)]


# -- one diner after the other -----------------------------------------------------------------------


def test_two_cards_in_a_row_show_the_second_and_charge_nobody(world: World) -> None:
    world.presenter.card_read(WANG_CARD)

    world.presenter.card_read(LI_CARD)

    assert (seen(world), world.sales_today()) == ((Stage.CHOOSING, "李建国", ()), [])


def test_a_card_shown_while_a_charge_is_under_way_comes_right_after_it(held_world: World) -> None:
    world = held_world
    world.presenter.card_read(WANG_CARD)
    world.go()
    world.presenter.enter()

    world.presenter.card_read(LI_CARD)
    meanwhile = (world.now.stage, world.now.queued)
    world.go()

    assert meanwhile == (Stage.CHARGING, True)
    assert seen(world) == (Stage.CHOOSING, "李建国", ())
    assert world.now.last
    assert (world.now.last.member_name, world.sales_today()) == ("王桂英", [("王桂英", "card", 720)])


def test_another_card_asks_before_a_bill_made_by_hand_is_dropped(world: World) -> None:
    world.presenter.card_read(LI_CARD)
    world.presenter.choose("meat")

    world.presenter.card_read(WANG_CARD)
    asked = (seen(world), world.now.question)
    world.presenter.escape()

    assert asked == ((Stage.CHOOSING, "李建国", (("meat", 1),)), OtherWaiting("李建国", "王桂英"))
    assert (seen(world), world.sales_today()) == ((Stage.CHOOSING, "王桂英", (("set", 1),)), [])


def test_the_open_bill_is_paid_first_and_then_the_other_diner_comes(world: World) -> None:
    world.presenter.card_read(LI_CARD)
    world.presenter.choose("meat")
    world.presenter.card_read(WANG_CARD)

    world.presenter.enter()

    assert world.sales_today() == [("李建国", "card", 720)]
    assert seen(world) == (Stage.CHOOSING, "王桂英", (("set", 1),))


def test_an_unknown_card_never_leaves_the_diner_before_it_under_the_enter_key(world: World) -> None:
    world.presenter.card_read(WANG_CARD)

    world.presenter.card_read(NEW_CARD)
    world.presenter.enter()

    assert (seen(world), world.sales_today()) == ((Stage.WAITING, "", ()), [])


def test_an_unknown_card_beside_a_bill_made_by_hand_asks_first(world: World) -> None:
    world.presenter.card_read(LI_CARD)
    world.presenter.choose("meat")

    world.presenter.card_read(NEW_CARD)

    assert (world.now.question, type(world.now.refused)) == (OtherWaiting("李建国", ""), UnknownCard)


def test_the_first_card_shown_again_takes_the_question_away(world: World) -> None:
    world.presenter.card_read(LI_CARD)
    world.presenter.choose("meat")
    world.presenter.card_read(WANG_CARD)

    world.presenter.card_read(LI_CARD)

    assert (world.now.question, seen(world)) == (None, (Stage.CHOOSING, "李建国", (("meat", 1),)))


def test_enter_between_a_swipe_and_its_answer_charges_nobody(held_world: World) -> None:
    world = held_world
    world.presenter.card_read(WANG_CARD)
    world.go()
    world.presenter.card_read(LI_CARD)

    world.presenter.enter()
    world.go()

    assert (seen(world), world.sales_today()) == ((Stage.CHOOSING, "李建国", ()), [])


def test_a_refused_charge_keeps_the_bill_though_the_next_card_was_shown_meanwhile(held_world: World) -> None:
    world = held_world
    world.presenter.card_read(POOR_CARD)
    world.go()
    world.presenter.choose("set")
    world.presenter.enter()
    world.presenter.card_read(WANG_CARD)

    world.go()

    assert (seen(world), world.now.question) == (
        (Stage.CHOOSING, "赵小满", (("set", 1),)),
        OtherWaiting("赵小满", "王桂英"),
    )


# -- refusals that the cashier can act on ------------------------------------------------------------


def test_not_enough_says_what_is_missing_and_cash_for_this_meal_keeps_the_diner(world: World) -> None:
    world.presenter.card_read(POOR_CARD)
    world.presenter.choose("set")

    world.presenter.enter()
    asked = world.now.question
    world.presenter.pay_cash()
    world.presenter.cash_given(2_000)

    assert asked == ShortOf(1_200, 500)
    assert world.now.done
    assert (world.now.done.change, world.sales_today()) == (800, [("赵小满", "cash", 1_200)])


def test_a_diner_who_pays_cash_keeps_the_price_of_their_age(world: World) -> None:
    world.presenter.card_read(WANG_CARD)

    world.presenter.pay_cash()
    world.presenter.cash_given(1_000)

    assert (world.face.asked, world.sales_today()) == ([("cash", 720)], [("王桂英", "cash", 720)])


def test_not_enough_leads_to_the_top_up_and_back_to_the_same_bill(world: World) -> None:
    world.presenter.card_read(POOR_CARD)
    world.presenter.choose("set")
    world.presenter.enter()

    world.presenter.top_up()
    diner = world.topped_up[0]
    world.till.top_up(diner.member, 5_000)
    world.presenter.show_member(diner.member.id)
    back = (seen(world), world.now.balance_after)
    world.presenter.enter()

    assert back == ((Stage.CHOOSING, "赵小满", (("set", 1),)), 4_300)
    assert world.sales_today() == [("赵小满", "card", 1_200)]


def test_a_changed_price_is_shown_and_asked_again(world: World) -> None:
    world.presenter.card_read(LI_CARD)
    world.presenter.choose("set")
    change_price(world.till, 1_500)

    world.presenter.enter()
    asked, before = world.now.question, world.sales_today()
    world.presenter.enter()

    assert (asked, before) == (NewPrice(1_080, 1_350), [])
    assert world.sales_today() == [("李建国", "card", 1_350)]


def test_a_dish_that_is_sold_out_leaves_the_tray_and_the_menu(world: World) -> None:
    world.presenter.card_read(LI_CARD)
    for dish in ("set", "meat"):
        world.presenter.choose(dish)
    sell_out(world.till)

    world.presenter.enter()

    assert world.now.today
    assert [offer.dish_id for offer in world.now.today.menu.offers] == ["meat", "rice", "soup"]
    assert (seen(world), type(world.now.refused)) == ((Stage.CHOOSING, "李建国", (("meat", 1),)), NotOnMenu)


def test_without_a_shift_nothing_is_sold_and_the_bill_stays(world: World) -> None:
    world.presenter.card_read(WANG_CARD)
    world.till.shifts.close(world.till.cashier, 10_000)

    world.presenter.enter()

    assert (type(world.now.refused).__name__, seen(world)[1:]) == ("NoShift", ("王桂英", (("set", 1),)))


# -- walk-ins ----------------------------------------------------------------------------------------


def test_a_walk_in_pays_cash_and_gets_change(world: World) -> None:
    world.presenter.choose("set")

    world.presenter.enter()
    world.presenter.cash_given(2_000)

    assert world.now.done
    assert (world.now.done.change, world.sales_today()) == (800, [("", "cash", 1_200)])


def test_a_payment_code_leaves_four_digits_and_no_more(world: World) -> None:
    world.presenter.choose("set")

    world.presenter.pay_code()
    world.presenter.code_paid(Tender.ALIPAY, "281234567890123456")

    assert world.now.done
    assert (world.now.done.payment.tender, world.now.done.payment.reference) == (Tender.ALIPAY, "3456")


def test_a_card_shown_while_cash_is_counted_comes_after_the_sheet(world: World) -> None:
    world.presenter.choose("set")
    world.presenter.enter()

    world.presenter.card_read(WANG_CARD)
    while_counting = (seen(world), world.now.queued)
    world.presenter.cash_given(1_200)

    assert while_counting == ((Stage.PAYING, "", (("set", 1),)), True)
    assert (world.sales_today(), seen(world)[1]) == ([("", "cash", 1_200)], "王桂英")


def test_a_put_away_sheet_leaves_the_bill_as_it_was(world: World) -> None:
    world.presenter.card_read(WANG_CARD)
    world.presenter.pay_cash()

    world.presenter.put_away()

    assert (seen(world), world.sales_today()) == ((Stage.CHOOSING, "王桂英", (("set", 1),)), [])


def test_a_dish_after_a_payment_begins_a_walk_ins_bill(world: World) -> None:
    world.presenter.card_read(WANG_CARD)
    world.presenter.enter()

    world.presenter.choose("rice")

    assert (seen(world), world.now.done) == ((Stage.CHOOSING, "", (("rice", 1),)), None)


# -- taking back -------------------------------------------------------------------------------------


def test_the_last_sale_is_taken_back_once_by_a_second_key(world: World) -> None:
    world.presenter.card_read(WANG_CARD)
    world.presenter.enter()
    sale = world.now.done
    assert sale

    world.presenter.ask_undo()
    asked = world.now.question
    world.presenter.ask_undo()
    for _press in range(3):
        world.presenter.enter()

    assert asked == UndoThis(sale)
    assert (world.now.stage, world.now.done) == (Stage.UNDONE, replace(sale, undone=True))
    assert world.now.diner
    assert (world.now.diner.wallet.spendable, world.now.diner.served_at_ms) == (17_280, ())


def test_nothing_is_left_to_take_back_after_it_was_taken_back(world: World) -> None:
    world.presenter.card_read(WANG_CARD)
    world.presenter.enter()
    world.presenter.ask_undo()
    world.presenter.enter()

    world.presenter.ask_undo()

    assert (type(world.now.refused), world.now.question) == (NothingToUndo, None)


def test_after_taking_back_the_right_dish_is_charged_to_the_same_diner(world: World) -> None:
    world.presenter.card_read(WANG_CARD)
    world.presenter.enter()
    world.presenter.ask_undo()
    world.presenter.enter()

    world.presenter.choose("meat")
    world.presenter.enter()

    assert world.sales_today() == [("王桂英", "card", 720), ("王桂英", "card", 380)]


def test_this_diners_sale_is_taken_back_before_the_last_one_of_the_shift(world: World) -> None:
    for card in (WANG_CARD, LI_CARD):
        world.presenter.card_read(card)
        world.presenter.choose("meat")
        world.presenter.enter()

    world.presenter.card_read(WANG_CARD)
    world.presenter.ask_undo()

    assert isinstance(world.now.question, UndoThis)
    assert world.now.question.sale.member_name == "王桂英"


def test_taking_back_beside_an_open_bill_leaves_that_bill_alone(world: World) -> None:
    world.presenter.card_read(WANG_CARD)
    world.presenter.enter()
    world.presenter.card_read(LI_CARD)
    world.presenter.choose("meat")

    world.presenter.ask_undo()
    world.presenter.enter()

    assert seen(world) == (Stage.CHOOSING, "李建国", (("meat", 1),))
    assert world.now.done
    assert (world.now.done.undone, world.now.done.member_name) == (True, "王桂英")


def test_no_is_an_answer_to_taking_back(world: World) -> None:
    world.presenter.card_read(WANG_CARD)
    world.presenter.enter()
    world.presenter.ask_undo()

    world.presenter.escape()
    world.presenter.enter()

    assert (world.now.question, world.now.stage) == (None, Stage.PAID)
    assert world.sales_today() == [("王桂英", "card", 720)]


# -- the day -----------------------------------------------------------------------------------------


def test_a_meal_that_ends_while_a_bill_is_open_does_not_change_that_bill(world: World) -> None:
    world.presenter.card_read(LI_CARD)
    world.presenter.choose("meat")

    world.till.wait(hours=5)
    world.presenter.refresh()
    during = world.now.today and world.now.today.meal
    world.presenter.enter()
    world.presenter.escape()

    assert world.now.today
    assert (during, world.now.today.meal) == ("lunch", "dinner")


def test_escape_empties_the_tray_first_and_then_lets_the_diner_go(world: World) -> None:
    world.presenter.card_read(LI_CARD)
    world.presenter.choose("meat")

    world.presenter.escape()
    once = seen(world)
    world.presenter.escape()

    assert (once, seen(world)) == ((Stage.CHOOSING, "李建国", ()), (Stage.WAITING, "", ()))
