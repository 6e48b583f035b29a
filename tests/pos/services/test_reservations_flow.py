"""Reservations: booked in time at the price of their day, held, and ended once."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from threading import Barrier

import pytest

from pos.clock import CHINA
from pos.domain.absences import Absence
from pos.domain.calendar import Ruling
from pos.domain.capacity import SoldOut
from pos.domain.errors import MemberNotActive, NotEnough, NotOnMenu, NotPermitted, PriceChanged
from pos.domain.ledger import EntryKind, reversed_postings
from pos.domain.members import Member, MemberStatus, Wallet
from pos.domain.menu import Meal
from pos.domain.money import Fen
from pos.domain.pricing import BasketItem, Tender, Way, price
from pos.domain.reservations import (
    AfterCutOff,
    BookedAlready,
    Booking,
    BookingTerms,
    DayClosed,
    MealOver,
    MissedRule,
    NotItsDay,
    NotYet,
    ReasonNeeded,
    Reservation,
    ReservationOver,
    ReservationWaits,
    State,
    TooFarAhead,
    rules_of,
)
from pos.domain.statement import Balance
from pos.domain.usage import Had, Per
from pos.ports import Store
from pos.services.calendar import Calendar
from pos.services.pick_up import PickUp
from pos.services.reservations import Reservations
from pos.services.settling import Doing, behind_lock, miss
from pos.services.standing import Standing
from pos.services.statements import Statements
from tests.pos.services.counter import MONDAY, NOON, RICE, SET_MEAL, Counter, written_past_us

TUESDAY = MONDAY + timedelta(days=1)
FRIDAY = MONDAY + timedelta(days=4)
NEXT_MONDAY = MONDAY + timedelta(days=7)
RULES = ("80-89 discount", "80-89")
WEDNESDAY = MONDAY + timedelta(days=2)


def reservations(counter: Counter) -> Reservations:
    return Reservations(counter.stores, counter.clock, "A")


def pick_up(counter: Counter) -> PickUp:
    return PickUp(counter.stores, counter.clock, "A")


def due_of(counter: Counter, member: Member, portions: Mapping[str, int], day: date, way: Way = Way.DINE_IN) -> Fen:
    """The diner's share as the screen works it out."""
    ahead = reservations(counter).ahead(member.id, day, Meal.LUNCH)
    offers = {offer.dish_id: offer for offer in ahead.menu.offers}
    chosen = [(offers[dish], quantity) for dish, quantity in portions.items() if dish in offers]
    basket = tuple(BasketItem(one.dish_id, one.name, one.kind, one.price, quantity) for one, quantity in chosen)
    return price(basket, ahead.person, ahead.circumstances(way), ahead.usage, ahead.tariff).due


def wish(counter: Counter, member: Member, day: date = TUESDAY, way: Way = Way.DINE_IN, **portions: int) -> Booking:
    wanted = portions or {"set": 1}
    due = due_of(counter, member, wanted, day, way)
    return Booking(counter.new_id("booking"), member.id, day, Meal.LUNCH, way, tuple(wanted.items()), due, card_tail="6634")


def booked(counter: Counter, member: Member, day: date = TUESDAY, **portions: int) -> Reservation:
    return reservations(counter).book(counter.cashier, wish(counter, member, day, Way.DINE_IN, **portions))


def decide(counter: Counter, terms: BookingTerms) -> None:
    with counter.stores.write() as store:
        canteen = store.canteen.get()
        assert canteen is not None
        store.canteen.put(replace(canteen, booking=terms), counter.manager.staff_id, counter.clock.now_ms())


def wallet(counter: Counter, member: Member) -> Wallet | None:
    with counter.stores.read() as store:
        return store.members.wallet(member.id)


def on_its_day(counter: Counter, day: date = TUESDAY) -> None:
    """The next noon: yesterday's shift is closed, today's is open."""
    counter.shifts.close(counter.cashier, counter.balance("drawer:A"))
    counter.clock.set(datetime.combine(day, time(11, 30), tzinfo=CHINA))
    counter.shifts.open(counter.cashier, 0)


def doing_of(counter: Counter, store: Store) -> Doing:
    shift = store.shifts.open_at("A")
    assert shift is not None
    return Doing(store, counter.cashier, shift, counter.clock.now_ms())


def test_a_booked_meal_is_priced_for_its_day_and_its_money_held(counter: Counter) -> None:
    member = counter.rich("王秀英", date(1946, 11, 24))

    made = booked(counter, member)

    assert (made.state, made.bill.due, made.day) == (State.BOOKED, 720, TUESDAY), "80 on the day of the meal, not of the booking"
    assert wallet(counter, member) == Wallet(member.id, 20_000 - 655, 2_000 - 65, 720)
    assert reservations(counter).of_member(member.id) == (made,)
    assert counter.jobs()[-1][:2] == ("booking", made.id)
    assert counter.verify.run().sound


def test_M1_a_booking_asked_for_twice_is_one(counter: Counter) -> None:
    member = counter.rich()
    asked, together = wish(counter, member), Barrier(2)

    def book(_: int) -> Reservation:
        together.wait()
        return reservations(counter).book(counter.cashier, asked)

    with ThreadPoolExecutor(2) as hands:
        made = list(hands.map(book, range(2)))

    assert made[0] == made[1]
    assert (counter.count("reservations"), wallet(counter, member)) == (1, Wallet(member.id, 18_909, 1_891, 1_200))


def test_a_fetched_meal_is_a_sale_at_the_agreed_price_charged_once(counter: Counter) -> None:
    member = counter.rich("王秀英", date(1940, 1, 1))
    made = booked(counter, member)
    on_its_day(counter)
    with counter.stores.write() as store:
        store.menu.set_menu(TUESDAY, Meal.LUNCH, ())

    diner = counter.checkout.diner(member.id)
    sale = pick_up(counter).hand_over(counter.cashier, "sale-1", made.id)
    again = pick_up(counter).hand_over(counter.cashier, "sale-1", made.id)

    assert (diner.booked, again, sale.bill) == (made, sale, made.bill)
    assert (sale.business_date, sale.balance_after, wallet(counter, member)) == (TUESDAY, 21_280, Wallet(member.id, 19_345, 1_935))
    assert counter.balance("receivable:city") == 300
    assert counter.checkout.diner(member.id).usage.had == (Had(TUESDAY, Meal.LUNCH, rules_of(sale.bill), sale.at_ms),)
    with pytest.raises(ReservationOver):
        pick_up(counter).hand_over(counter.cashier, "sale-2", made.id)
    assert counter.verify.run().sound


def test_an_undone_pick_up_waits_again_at_the_agreed_price_and_is_fetched_once_more(counter: Counter) -> None:
    member = counter.rich("王秀英", date(1946, 11, 24))
    made = booked(counter, member)
    on_its_day(counter)
    sale = pick_up(counter).hand_over(counter.cashier, "sale-1", made.id)

    undone = counter.checkout.undo(counter.cashier, "undo", sale.id)
    again = counter.checkout.undo(counter.cashier, "undo", sale.id)
    held, waiting = wallet(counter, member), counter.checkout.diner(member.id).booked
    fetched = pick_up(counter).hand_over(counter.cashier, "sale-2", made.id)

    assert undone == again == replace(sale, undone=True, waits_again=True)
    assert (held, waiting) == (Wallet(member.id, 20_000 - 655, 2_000 - 65, 720), replace(made, hold_id="undo/hold"))
    assert (fetched.bill, wallet(counter, member)) == (made.bill, Wallet(member.id, 20_000 - 655, 2_000 - 65, 0))
    assert [job[0] for job in counter.jobs()[-4:]] == ["sale", "undo", "booking", "sale"]
    assert counter.verify.run().sound


def test_the_undo_of_a_free_meals_pick_up_has_one_answer_however_often_it_is_asked_for(counter: Counter) -> None:
    member = counter.enrol("王秀英", date(1930, 1, 1))
    made = booked(counter, member)
    on_its_day(counter)
    sale = pick_up(counter).hand_over(counter.cashier, "sale-1", made.id)

    answers = [counter.checkout.undo(counter.cashier, "undo", sale.id) for _ in range(2)]

    assert answers == [replace(sale, undone=True, waits_again=True)] * 2
    assert counter.checkout.diner(member.id).booked == made


def test_an_undone_pick_up_does_not_wait_beside_a_new_reservation_for_the_meal(counter: Counter) -> None:
    member = counter.rich()
    made = booked(counter, member)
    decide(counter, BookingTerms(walk_ins=None))
    on_its_day(counter)
    sale = pick_up(counter).hand_over(counter.cashier, "sale-1", made.id)
    another = booked(counter, member)

    undone = counter.checkout.undo(counter.cashier, "undo", sale.id)

    assert (undone.waits_again, counter.checkout.diner(member.id).booked) == (False, another)
    assert counter.verify.run().sound


def test_a_meal_is_fetched_on_its_own_day(counter: Counter) -> None:
    made = booked(counter, counter.rich())

    with pytest.raises(NotItsDay):
        pick_up(counter).hand_over(counter.cashier, "sale-1", made.id)


def test_a_meal_is_fetched_when_it_has_begun_or_is_over_and_not_before(counter: Counter) -> None:
    member = counter.rich()
    wishes = (replace(wish(counter, member), meal=meal) for meal in (Meal.DINNER, Meal.LUNCH))
    supper, lunch = (reservations(counter).book(counter.cashier, one) for one in wishes)
    on_its_day(counter)

    with pytest.raises(NotYet) as refused:
        pick_up(counter).hand_over(counter.cashier, "sale-1", supper.id)
    counter.clock.set(datetime.combine(TUESDAY, time(15, 30), tzinfo=CHINA))
    first = counter.checkout.diner(member.id).booked
    pick_up(counter).hand_over(counter.cashier, "sale-1", supper.id)
    then = counter.checkout.diner(member.id).booked
    late = pick_up(counter).hand_over(counter.cashier, "sale-2", lunch.id)

    assert (refused.value.meal, first, then) == (Meal.DINNER, supper, lunch)
    assert (late.meal, counter.checkout.diner(member.id).booked) == (Meal.LUNCH, None)


def test_a_meal_that_was_to_be_brought_is_not_offered_when_it_is_over(counter: Counter) -> None:
    member = counter.rich()
    reservations(counter).book(counter.cashier, wish(counter, member, TUESDAY, Way.DELIVERY))
    on_its_day(counter)
    counter.clock.set(datetime.combine(TUESDAY, time(15, 30), tzinfo=CHINA))

    assert counter.checkout.diner(member.id).booked is None


def test_a_sale_beside_a_reservation_is_asked_about_and_gets_no_second_subsidy(counter: Counter) -> None:
    member = counter.rich("王秀英", date(1940, 1, 1))
    booked(counter, member)
    on_its_day(counter)
    order = counter.order(member)

    with pytest.raises(ReservationWaits):
        counter.checkout.charge(counter.cashier, order)
    counter.checkout.charge(counter.cashier, replace(order, again=True))

    usage = counter.checkout.diner(member.id).usage
    assert [(had.pending, had.rules) for had in usage.had] == [(False, RULES[:1]), (True, RULES)]
    assert usage.uses(RULES[1:], Per.MEAL, TUESDAY, Meal.LUNCH) == 1


def test_K1_a_cancelled_meal_gives_all_of_its_money_back_to_its_lots(counter: Counter) -> None:
    member = counter.rich()
    made = booked(counter, member)

    cancelled = reservations(counter).cancel(counter.cashier, made.id)
    again = reservations(counter).cancel(counter.cashier, made.id)

    assert (cancelled.state, again) == (State.CANCELLED, cancelled)
    assert wallet(counter, member) == Wallet(member.id, 20_000, 2_000)
    assert reservations(counter).of_day(TUESDAY) == (cancelled,), "still visible"
    assert counter.verify.run().sound


def test_the_second_reservation_for_a_meal_is_refused_or_takes_the_place_of_the_first(counter: Counter) -> None:
    member = counter.rich()
    first = booked(counter, member)
    second = wish(counter, member, set=1, rice=2)

    with pytest.raises(BookedAlready) as refused:
        reservations(counter).book(counter.cashier, second)
    made = reservations(counter).book(counter.cashier, replace(second, instead=first.id))

    assert refused.value.reservation_id == first.id
    assert [(one.id, one.state) for one in reservations(counter).of_day(TUESDAY)] == [
        (first.id, State.CANCELLED),
        (made.id, State.BOOKED),
    ]
    assert wallet(counter, member) == Wallet(member.id, 18_727, 1_873, 1_400)


def test_mondays_cut_off_is_fridays_where_the_weekend_is_closed(counter: Counter) -> None:
    member = counter.rich()
    for day in (FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=2)):
        Calendar(counter.stores, counter.clock).rule(counter.manager, Ruling(day, opens=False, reason="周末休息"))
    asked = wish(counter, member, NEXT_MONDAY)
    counter.shifts.close(counter.cashier, counter.balance("drawer:A"))

    counter.clock.set(datetime.combine(FRIDAY, time(17, 0, 1), tzinfo=CHINA))
    counter.shifts.open(counter.cashier, 0)

    with pytest.raises(AfterCutOff) as refused:
        reservations(counter).book(counter.cashier, asked)
    assert refused.value.until == datetime(2026, 11, 27, 17, tzinfo=CHINA)


def test_after_the_cut_off_the_walk_ins_portions_are_left_then_a_managers_word(counter: Counter) -> None:
    decide(counter, BookingTerms(book_until=time(11), walk_ins=1))
    first, second = (counter.rich(name) for name in ("甲", "乙"))

    booked(counter, first)

    late = wish(counter, second)
    for actor, why, kind in (
        (counter.cashier, "", AfterCutOff),
        (counter.cashier, "答应过她", NotPermitted),
        (counter.manager, " ", AfterCutOff),
        (counter.manager, "答" * 61, ReasonNeeded),
    ):
        with pytest.raises(kind):
            reservations(counter).book(actor, replace(late, why=why))
    made = reservations(counter).book(counter.manager, replace(late, why="答应过她"))
    assert made.why == "答应过她"


def test_after_the_cut_off_no_limit_for_walk_ins_lets_everybody_book_and_the_counter_says_no_number(counter: Counter) -> None:
    decide(counter, BookingTerms(book_until=time(11), walk_ins=None))

    made = booked(counter, counter.rich())

    assert (made.state, counter.checkout.today().walk_ins_left) == (State.BOOKED, None)


def test_the_counter_is_told_who_still_comes_and_how_many_walk_ins_there_is_food_for(counter: Counter) -> None:
    fetched, waits, brought, late = (counter.rich(name) for name in ("甲", "乙", "丙", "丁"))
    made = booked(counter, fetched)
    booked(counter, waits)
    reservations(counter).book(counter.cashier, wish(counter, brought, TUESDAY, Way.DELIVERY))
    decide(counter, BookingTerms(walk_ins=5))
    counter.clock.set(datetime.combine(MONDAY, time(18), tzinfo=CHINA))
    booked(counter, late)
    on_its_day(counter)

    pick_up(counter).hand_over(counter.cashier, "sale-1", made.id)
    counter.sell(None, tender=Tender.CASH)
    today = counter.checkout.today()

    assert (today.waiting, today.walk_ins_left) == (2, 3), "乙 and 丁 come; one of five was booked late, one walked in"


def test_a_portion_that_was_fetched_is_nobody_elses(counter: Counter) -> None:
    first, second, third = (counter.rich(name) for name in ("甲", "乙", "丙"))
    made = booked(counter, first)
    decide(counter, BookingTerms(walk_ins=1))
    on_its_day(counter)
    with counter.stores.write() as store:
        store.menu.set_menu(TUESDAY, Meal.LUNCH, (replace(SET_MEAL, capacity=1), RICE))
    pick_up(counter).hand_over(counter.cashier, "sale-1", made.id)

    late = booked(counter, second, rice=1)
    pick_up(counter).hand_over(counter.cashier, "sale-2", late.id)

    assert counter.checkout.today().walk_ins_left == 0
    for portions, kind in (({"rice": 1}, AfterCutOff), ({"set": 1}, SoldOut)):
        actor, why = (counter.cashier, "") if kind is AfterCutOff else (counter.manager, "答应过他")
        with pytest.raises(kind):
            reservations(counter).book(actor, replace(wish(counter, third, TUESDAY, Way.DINE_IN, **portions), why=why))


def test_who_walked_in_took_the_portion_of_who_books_late(counter: Counter) -> None:
    member = counter.rich()
    decide(counter, BookingTerms(walk_ins=1))
    on_its_day(counter)
    asked = wish(counter, member)

    counter.sell(None, tender=Tender.CASH)

    with pytest.raises(AfterCutOff):
        reservations(counter).book(counter.cashier, asked)


def test_a_meal_is_not_replaced_by_a_smaller_one_when_it_cannot_be_cancelled_any_more(counter: Counter) -> None:
    member = counter.rich()
    first = booked(counter, member)
    decide(counter, BookingTerms(cancel_until=time(11), walk_ins=5))
    smaller = replace(wish(counter, member, rice=1), instead=first.id)

    with pytest.raises(AfterCutOff) as refused:
        reservations(counter).book(counter.cashier, smaller)
    made = reservations(counter).book(counter.manager, replace(smaller, why="答应过她"))

    assert refused.value.cancelling
    assert [(one.id, one.state) for one in reservations(counter).of_day(TUESDAY)] == [
        (first.id, State.CANCELLED),
        (made.id, State.BOOKED),
    ]


def test_cancelling_after_the_cut_off_is_a_managers_word_too(counter: Counter) -> None:
    made = booked(counter, counter.rich())
    counter.wait(hours=6)

    with pytest.raises(AfterCutOff) as refused:
        reservations(counter).cancel(counter.cashier, made.id)
    ended = reservations(counter).cancel(counter.manager, made.id, "住院")

    assert (refused.value.cancelling, ended.state, ended.why) == (True, State.CANCELLED, "住院")


def test_K8_nothing_is_booked_for_a_closed_day_a_day_gone_or_too_far(counter: Counter) -> None:
    member = counter.rich()
    Calendar(counter.stores, counter.clock).rule(counter.manager, Ruling(WEDNESDAY, opens=False, reason="停电"))

    with pytest.raises(DayClosed) as closed:
        booked(counter, member, WEDNESDAY)
    for day in (MONDAY - timedelta(days=1), MONDAY + timedelta(days=15)):
        with pytest.raises(TooFarAhead):
            booked(counter, member, day)

    assert (closed.value.day, closed.value.reason) == ("2026-11-25", "停电")
    assert wallet(counter, member) == Wallet(member.id, 20_000, 2_000)


def test_nobody_books_a_meal_that_is_over(counter: Counter) -> None:
    member = counter.rich("王秀英", date(1940, 1, 1))
    decide(counter, BookingTerms(walk_ins=5))
    due = due_of(counter, member, {"set": 1}, MONDAY)
    breakfast = Booking("booking", member.id, MONDAY, Meal.BREAKFAST, Way.DINE_IN, (("set", 1),), due, why="答应过她")

    for actor in (counter.cashier, counter.manager):
        with pytest.raises(MealOver):
            reservations(counter).book(actor, breakfast)
    made = reservations(counter).book(counter.cashier, replace(breakfast, meal=Meal.LUNCH))

    assert made.state is State.BOOKED


def test_what_is_not_there_cannot_be_booked(counter: Counter) -> None:
    member = counter.rich(amount=1_000)

    for changed, kind in (
        ({"portions": (("duck", 1),)}, NotOnMenu),
        ({"shown_due": 1}, PriceChanged),
        ({}, NotEnough),
    ):
        with pytest.raises(kind):
            reservations(counter).book(counter.cashier, replace(wish(counter, member), **changed))
    assert counter.count("reservations") == 0


def test_E3_who_is_paused_on_the_day_is_neither_booked_nor_served(counter: Counter) -> None:
    member = counter.rich()
    made = booked(counter, member)
    asked = wish(counter, member, WEDNESDAY)
    with counter.stores.write() as store:
        store.profiles.put_absence(member.id, Absence("absence", MemberStatus.PAUSED, TUESDAY))

    with pytest.raises(MemberNotActive):
        reservations(counter).book(counter.cashier, asked)
    on_its_day(counter)
    with pytest.raises(MemberNotActive):
        pick_up(counter).hand_over(counter.cashier, "sale-1", made.id)


def test_E3_an_absence_lists_the_reservations_it_touches_and_gives_them_back(counter: Counter) -> None:
    member = counter.rich()
    touched, kept = booked(counter, member, WEDNESDAY), booked(counter, member, TUESDAY)
    standing = Standing(counter.stores, counter.clock, "A")
    absence = Absence("absence", MemberStatus.PAUSED, WEDNESDAY, FRIDAY)

    listed = standing.affected(member.id, absence).reservations
    standing.begin(counter.manager, member.id, absence)

    assert listed == (touched,)
    assert [(one.id, one.state) for one in reservations(counter).of_member(member.id)] == [
        (kept.id, State.BOOKED),
        (touched.id, State.CANCELLED),
    ]
    assert wallet(counter, member) == Wallet(member.id, 18_909, 1_891, 1_200)


def test_S3_an_absence_moves_no_money_in_yesterdays_shift(counter: Counter) -> None:
    member = counter.rich()
    made = booked(counter, member, WEDNESDAY)
    counter.clock.set(datetime.combine(TUESDAY, time(7), tzinfo=CHINA))
    entries = counter.count("entries")

    Standing(counter.stores, counter.clock, "A").begin(
        counter.manager, member.id, Absence("absence", MemberStatus.PAUSED, WEDNESDAY, FRIDAY)
    )

    assert counter.count("entries") == entries, "yesterday's shift is still open"
    assert reservations(counter).of_member(member.id) == (made,)


def test_a_missed_meal_is_released_or_charged_without_anybodys_subsidy(counter: Counter) -> None:
    member, other = counter.rich("王秀英", date(1940, 1, 1)), counter.rich("李桂芳", date(1940, 1, 1))
    released, charged = booked(counter, member), booked(counter, other)
    on_its_day(counter)

    with counter.stores.write() as store:
        doing = doing_of(counter, store)
        first = miss(doing, *behind_lock(store, released.id), "m1", MissedRule.RELEASE, "未取")
        second = miss(doing, *behind_lock(store, charged.id), "m2", MissedRule.CHARGE, "未取")

    assert first is None
    assert second is not None
    assert (wallet(counter, member), second.bill.due) == (Wallet(member.id, 20_000, 2_000), 720)
    assert (counter.balance("receivable:city"), second.bill.subsidised) == (0, False)
    assert [one.state for one in reservations(counter).of_day(TUESDAY)] == [State.MISSED, State.MISSED]
    assert counter.verify.run().sound


def test_a_statement_shows_what_was_held_and_what_was_eaten(counter: Counter) -> None:
    member = counter.rich()
    made = booked(counter, member)
    on_its_day(counter)
    pick_up(counter).hand_over(counter.cashier, "sale-1", made.id)

    statement = Statements(counter.stores, counter.clock, "A").of(member.id, MONDAY, TUESDAY)

    assert [(line.kind, line.moved) for line in statement.lines[1:]] == [
        (EntryKind.HOLD, Balance(-1_091, -109, 1_200)),
        (EntryKind.RELEASE, Balance(1_091, 109, -1_200)),
        (EntryKind.SALE, Balance(-1_091, -109, 0)),
    ]
    assert (statement.closing, statement.eaten) == (Balance(18_909, 1_891), 1_200)


def test_M8_the_last_money_is_not_held_and_eaten_at_once(counter: Counter) -> None:
    member = counter.rich(amount=1_200)
    asked, order, together = wish(counter, member, set=1), counter.order(member), Barrier(2)

    def do(which: int) -> str:
        together.wait()
        try:
            if which:
                reservations(counter).book(counter.cashier, asked)
            else:
                counter.checkout.charge(counter.cashier, order)
        except NotEnough:
            return "refused"
        return "done"

    with ThreadPoolExecutor(2) as hands:
        assert sorted(hands.map(do, range(2))) == ["done", "refused"]
    assert counter.verify.run().sound


def release_by_hand(counter: Counter, store: Store, made: Reservation) -> None:
    """Give the money of a hold back without its reservation, so that the books are right again."""
    hold = store.ledger.entry(made.hold_id)
    assert hold is not None
    postings = reversed_postings(hold.draft.postings)
    store.ledger.post(doing_of(counter, store).draft("mended", EntryKind.RELEASE, MONDAY, postings, made.hold_id))


def test_verify_finds_a_hold_whose_reservation_is_over(counter: Counter) -> None:
    made = booked(counter, counter.rich())
    written_past_us(counter, "UPDATE reservations SET state = 'cancelled', ended_ms = 1")

    findings = [(one.rule, one.expected, one.found) for one in counter.verify.run().findings]

    with counter.stores.write() as store:
        release_by_hand(counter, store, made)
    assert findings == [("held_is_its_holds", "ended", "open")]


def test_a_reservation_is_changed_once_and_never_deleted(counter: Counter) -> None:
    made = booked(counter, counter.rich())
    reservations(counter).cancel(counter.cashier, made.id)

    for statement in ("UPDATE reservations SET state = 'booked', ended_ms = 0", "DELETE FROM reservations", "DELETE FROM reservation_items"):
        with pytest.raises(sqlite3.DatabaseError, match=r"once|never|append-only"):
            written_past_us(counter, statement)


def test_the_next_day_is_the_next_open_one(counter: Counter) -> None:
    Calendar(counter.stores, counter.clock).rule(counter.manager, Ruling(TUESDAY, opens=False, reason="停电"))

    assert reservations(counter).next_day() == WEDNESDAY
    assert counter.clock.local() == NOON
