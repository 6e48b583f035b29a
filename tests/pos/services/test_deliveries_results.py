"""Results of stops: each settles its meal once, can be corrected while the day is open, and refuses what is no stop."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta
from threading import Barrier

import pytest

from pos.domain.absences import Absence
from pos.domain.bill import Way
from pos.domain.calendar import Ruling
from pos.domain.day_close import DayNotYet
from pos.domain.deliveries import (
    AteElsewhere,
    NotADelivery,
    Outcome,
    Result,
    SoldByDelivery,
    StopHasResult,
    StopOfOtherDay,
)
from pos.domain.errors import MemberNotActive, NotEnough, NotPermitted
from pos.domain.kitchen import WAYS
from pos.domain.members import MemberStatus, Wallet
from pos.domain.menu import Meal
from pos.domain.reservations import (
    Booking,
    BookingTerms,
    DayClosed,
    MissedRule,
    ReasonNeeded,
    Reservation,
    ReservationGone,
    ReservationOver,
    State,
)
from pos.domain.rosters import News, totals
from pos.domain.stop_codes import NotAStop, OtherCanteen, stop_code
from pos.services.calendar import Calendar
from pos.services.deliveries import Noted, Noting
from pos.services.kitchen import Kitchen
from pos.services.rosters import Rosters, labels_for
from pos.services.standing import Standing
from tests.made_up import no_file
from tests.pos.services.counter import MONDAY, TARIFF, Counter
from tests.pos.services.delivering import (
    DUE,
    OLD,
    TUESDAY,
    WEDNESDAY,
    Delivering,
    delivering_at,
    other_till,
    who_may_not,
)

HAD, BACK = (Outcome.HANDED_OVER, Outcome.LEFT_AT_DOOR), (Outcome.REFUSED, Outcome.NO_ANSWER)


@pytest.fixture
def noon(counter: Counter) -> Delivering:
    return delivering_at(counter)


def stop_at_noon(noon: Delivering, way: Way = Way.DELIVERY) -> Reservation:
    """One booked meal of an old member, on its day."""
    stop = noon.book(noon.counter.rich("王秀英", OLD), way)
    noon.at(TUESDAY)
    return stop


def wallet(noon: Delivering, stop: Reservation) -> Wallet | None:
    with noon.counter.stores.read() as store:
        return store.members.wallet(stop.member_id)


def whole(stop: Reservation) -> Wallet:
    return Wallet(stop.member_id, 20_000, 2_000)


def paid(stop: Reservation) -> Wallet:
    return Wallet(stop.member_id, 19_345, 1_935)


@pytest.mark.parametrize("outcome", HAD)
def test_a_meal_that_stayed_there_is_the_sale_that_was_agreed(noon: Delivering, outcome: Outcome) -> None:
    stop = stop_at_noon(noon)

    noted = noon.note(stop, outcome, note="女儿代收", volunteer="张志愿")

    sale, ended = noted.sale, noon.reserved(stop)
    assert sale is not None
    assert noted.result == Result(
        sale.id, stop.id, outcome, noon.counter.clock.now_ms(), noon.counter.manager.staff_id, "周敏", "张志愿", "女儿代收"
    )
    assert (sale.bill, sale.way, sale.business_date) == (stop.bill, Way.DELIVERY, TUESDAY)
    assert (ended.state, ended.sale_id, wallet(noon, stop)) == (State.SERVED, sale.id, paid(stop))
    assert noon.counter.balance("receivable:city") == 300
    assert [job for job in noon.counter.jobs() if job[1] == sale.id] == [], "nobody stands there to take a slip"


@pytest.mark.parametrize("outcome", BACK)
def test_K7_a_meal_that_came_back_is_released_and_no_subsidy_is_owed(noon: Delivering, outcome: Outcome) -> None:
    stop = stop_at_noon(noon)

    noted = noon.note(stop, outcome)

    assert (noted.sale, noon.reserved(stop).state, wallet(noon, stop)) == (None, State.MISSED, whole(stop))
    assert noon.counter.balance("receivable:city") == 0
    assert noon.counter.count("sales") == 0


def test_K7_where_the_canteen_charges_the_diner_pays_the_own_share_and_no_subsidy_is_owed(noon: Delivering) -> None:
    noon.decide(BookingTerms(undelivered=MissedRule.CHARGE))
    stop = stop_at_noon(noon)

    noted = noon.note(stop, Outcome.REFUSED)

    assert noted.sale is not None
    assert (noted.sale.bill.due, noted.sale.bill.subsidised, noon.reserved(stop).state) == (DUE, False, State.MISSED)
    assert (noon.counter.balance("receivable:city"), wallet(noon, stop)) == (0, paid(stop))


def test_M2_the_same_result_asked_for_again_is_one(noon: Delivering) -> None:
    stop = stop_at_noon(noon)
    noting, together = noon.noting(stop, Outcome.HANDED_OVER), Barrier(2)

    def note(_: int) -> Noted:
        together.wait()
        return noon.deliveries.note(noon.counter.manager, noting)

    with ThreadPoolExecutor(2) as hands:
        noted = list(hands.map(note, range(2)))

    assert (noted[0].result, noted[0].sale) == (noted[1].result, noted[1].sale)
    assert (noon.counter.count("delivery_results"), noon.counter.count("sales")) == (1, 1)


def test_a_stop_scanned_twice_with_the_same_outcome_was_noted_already(noon: Delivering) -> None:
    stop = stop_at_noon(noon)
    first = noon.note(stop, Outcome.HANDED_OVER)
    noon.counter.wait(minutes=5)

    again = noon.note(stop, Outcome.HANDED_OVER)

    assert again == Noted(first.result, again=True)
    assert (noon.counter.count("delivery_results"), wallet(noon, stop)) == (1, paid(stop))


def test_another_result_for_the_same_stop_is_refused_with_the_first_one(noon: Delivering) -> None:
    stop = stop_at_noon(noon)
    first = noon.note(stop, Outcome.HANDED_OVER).result

    with pytest.raises(StopHasResult) as refused:
        noon.note(stop, Outcome.NO_ANSWER)

    found = refused.value
    assert (found.name, found.outcome, found.at_ms, found.staff_name) == ("王秀英", Outcome.HANDED_OVER, first.at_ms, "周敏")
    assert noon.counter.count("cases") == 0


def test_two_counters_that_note_one_stop_at_once_sell_it_once(noon: Delivering) -> None:
    stops = [noon.book(noon.counter.rich(name, OLD)) for name in ("甲", "乙", "丙", "丁")]
    noon.at(TUESDAY)
    tills, together = (noon.deliveries, other_till(noon)), Barrier(2)

    def note_all(at: int) -> list[bool]:
        together.wait()
        return [tills[at].note(noon.counter.manager, noon.noting(stop, Outcome.HANDED_OVER)).again for stop in stops]

    with ThreadPoolExecutor(2) as hands:
        one, other = hands.map(note_all, range(2))

    assert [sorted(pair) for pair in zip(one, other, strict=True)] == [[False, True]] * 4
    assert (noon.counter.count("delivery_results"), noon.counter.count("sales")) == (4, 4)


# -- corrections --------------------------------------------------------------------------------------


def test_a_correction_to_not_had_takes_the_sale_back(noon: Delivering) -> None:
    stop = stop_at_noon(noon)
    first = noon.note(stop, Outcome.HANDED_OVER)

    corrected = noon.correct(stop, first.result, Outcome.REFUSED)

    ended = noon.reserved(stop)
    assert (corrected.result.instead_of, corrected.sale) == (first.result.id, None)
    assert (ended.state, ended.sale_id, wallet(noon, stop)) == (State.MISSED, "", whole(stop))
    assert noon.counter.balance("receivable:city") == 0
    assert noon.counter.count("delivery_results") == 2, "what was said first stays"


def test_a_correction_to_had_charges_the_booked_bill(noon: Delivering) -> None:
    stop = stop_at_noon(noon)
    first = noon.note(stop, Outcome.REFUSED)

    corrected = noon.correct(stop, first.result, Outcome.LEFT_AT_DOOR)

    assert corrected.sale is not None
    assert (corrected.sale.bill, noon.reserved(stop).state, wallet(noon, stop)) == (stop.bill, State.SERVED, paid(stop))
    assert noon.counter.balance("receivable:city") == 300


@pytest.mark.parametrize("rule", MissedRule)
def test_corrections_to_and_fro_leave_one_end_and_right_books(noon: Delivering, rule: MissedRule) -> None:
    noon.decide(BookingTerms(undelivered=rule))
    stop = stop_at_noon(noon)
    result = noon.note(stop, Outcome.NO_ANSWER).result

    for outcome in (Outcome.HANDED_OVER, Outcome.LEFT_AT_DOOR, Outcome.REFUSED, Outcome.HANDED_OVER):
        result = noon.correct(stop, result, outcome).result

    with noon.counter.stores.read() as store:
        assert store.deliveries.holding(stop.id) == result
        assert store.deliveries.of_day(TUESDAY) == (result,)
        assert store.deliveries.boxes_with(stop.member_id) == 1
    assert (noon.reserved(stop).sale_id, wallet(noon, stop)) == (result.id, paid(stop))
    assert noon.counter.balance("receivable:city") == 300


def test_a_correction_of_what_was_corrected_meanwhile_is_refused(noon: Delivering) -> None:
    stop = stop_at_noon(noon)
    first = noon.note(stop, Outcome.HANDED_OVER).result
    noon.correct(stop, first, Outcome.REFUSED)

    with pytest.raises(StopHasResult) as refused:
        noon.correct(stop, first, Outcome.NO_ANSWER)

    assert refused.value.outcome is Outcome.REFUSED


def test_what_was_given_back_may_have_been_spent_since(noon: Delivering) -> None:
    member = noon.counter.rich("王秀英", OLD, 720)
    stop = noon.book(member)
    noon.at(TUESDAY)
    first = noon.note(stop, Outcome.REFUSED).result
    noon.counter.sell(member)

    with pytest.raises(AteElsewhere) as ate:
        noon.correct(stop, first, Outcome.HANDED_OVER)
    noon.counter.checkout.undo(noon.counter.manager, "undo", noon.counter.checkout.recent()[0].id)
    noon.at(TUESDAY, noon.counter.clock.local().replace(hour=17).time())
    noon.counter.sell(member)
    with pytest.raises(NotEnough) as refused:
        noon.correct(stop, first, Outcome.HANDED_OVER)

    assert (ate.value.day, ate.value.meal) == ("2026-11-24", Meal.LUNCH)
    assert (refused.value.needed, refused.value.available) == (720, 0)
    assert noon.reserved(stop).state is State.MISSED


@pytest.mark.parametrize("reserved", [False, True])
def test_a_correction_gives_no_subsidy_that_another_day_of_the_week_had_since(noon: Delivering, *, reserved: bool) -> None:
    with noon.counter.stores.write() as store:
        once_a_week = TARIFF.replace("off = 3.00 }", "off = 3.00 }\nlimit = { per_week = 1 }").replace("test-2026", "weekly")
        store.tariff.publish(once_a_week, noon.counter.manager.staff_id, noon.counter.clock.now_ms() + 1)
    member = noon.counter.rich("王秀英", OLD)
    stop = noon.book(member)
    noon.at(TUESDAY)
    first = noon.note(stop, Outcome.NO_ANSWER).result
    if reserved:
        noon.book(member, day=WEDNESDAY)
    else:
        noon.at(WEDNESDAY)
        noon.counter.sell(member)

    with pytest.raises(AteElsewhere) as refused:
        noon.correct(stop, first, Outcome.HANDED_OVER)

    assert (refused.value.day, refused.value.meal) == ("2026-11-25", Meal.LUNCH)
    assert noon.counter.verify.run().sound


def test_the_reason_of_whoever_booked_late_outlives_a_result_without_a_note(noon: Delivering) -> None:
    member = noon.counter.rich()
    noon.decide(BookingTerms(book_until=time(9)))
    asked = Booking("late", member.id, TUESDAY, Meal.LUNCH, Way.DELIVERY, (("set", 1),), 1_200, why="刚出院")
    stop = noon.reservations.book(noon.counter.manager, asked)
    noon.at(TUESDAY)

    noon.note(stop, Outcome.NO_ANSWER)

    assert noon.reserved(stop).why == "刚出院"


def test_the_counter_does_not_undo_what_a_door_sold(noon: Delivering) -> None:
    walk_in = noon.counter.rich("李桂芳")
    stop = stop_at_noon(noon)
    own = noon.counter.sell(walk_in)
    sale = noon.note(stop, Outcome.HANDED_OVER).sale
    assert sale is not None

    last = noon.counter.checkout.last()
    with pytest.raises(SoldByDelivery) as refused:
        noon.counter.checkout.undo(noon.counter.manager, "undo", sale.id)

    assert (last, refused.value.number) == (own, sale.number)


def test_what_was_fetched_at_the_counter_is_carried_no_more_and_struck_on_a_printed_roster(noon: Delivering) -> None:
    stores, clock, manager = noon.counter.stores, noon.counter.clock, noon.counter.manager
    rosters, kitchen = Rosters(stores, clock, "A"), Kitchen(stores, clock, "A")
    fetched, brought, had = (noon.book(noon.counter.rich(name, OLD)) for name in ("甲", "乙", "丙"))
    noon.at(TUESDAY)
    rosters.record(manager, TUESDAY, Meal.LUNCH, [""], "", no_file)
    noon.note(had, Outcome.HANDED_OVER)

    noon.pick_up.hand_over(noon.counter.cashier, "sale", fetched.id)

    loose = rosters.round(TUESDAY, Meal.LUNCH).loose
    meals = kitchen.sheet(TUESDAY, Meal.LUNCH).counts.meals
    assert [(stop.name, stop.number, stop.news, stop.fetched) for stop in loose.stops] == [
        ("丙", 1, None, False),
        ("乙", 2, None, False),
        ("甲", 0, News.GONE, True),
    ]
    assert totals(loose.stops).boxes == dict(zip(WAYS, meals.by_way, strict=True))[Way.DELIVERY] == 2
    assert (meals.total, loose.out_of_date) == (3, True)
    with stores.read() as store:
        assert (labels_for(store, fetched.id), len(labels_for(store, brought.id))) == ((), 1)


# -- what is refused ----------------------------------------------------------------------------------


def test_each_thing_that_is_no_stop_of_this_list_has_its_own_refusal(noon: Delivering) -> None:
    fetched = noon.book(noon.counter.rich("甲"), Way.TAKE_AWAY)
    later = noon.book(noon.counter.rich("乙"), day=WEDNESDAY)
    dinner = noon.book(noon.counter.rich("丙"), meal=Meal.DINNER)
    cancelled = noon.book(noon.counter.rich("丁"))
    noon.reservations.cancel(noon.counter.cashier, cancelled.id)
    noon.at(TUESDAY)

    def note(reservation_id: str, day: date = TUESDAY) -> None:
        noting = Noting("result", reservation_id, Outcome.HANDED_OVER, day, Meal.LUNCH)
        noon.deliveries.note(noon.counter.manager, noting)

    with pytest.raises(ReservationGone):
        note("nothing")
    with pytest.raises(NotADelivery) as eaten_in:
        note(fetched.id)
    with pytest.raises(StopOfOtherDay) as tomorrow:
        note(later.id)
    with pytest.raises(StopOfOtherDay) as tonight:
        note(dinner.id)
    with pytest.raises(DayNotYet):
        note(later.id, WEDNESDAY)
    with pytest.raises(ReservationOver) as over:
        note(cancelled.id)
    assert (eaten_in.value.name, eaten_in.value.way) == ("甲", Way.TAKE_AWAY)
    assert (tomorrow.value.day, tomorrow.value.meal, tonight.value.meal) == ("2026-11-25", Meal.LUNCH, Meal.DINNER)
    assert over.value.state is State.CANCELLED
    assert noon.counter.count("delivery_results") == 0


def test_a_stop_of_yesterday_is_noted_as_long_as_yesterday_is_open(noon: Delivering) -> None:
    stop = stop_at_noon(noon)
    noon.at(WEDNESDAY)

    noted = noon.note(stop, Outcome.HANDED_OVER)

    assert noted.sale is not None
    assert noted.sale.business_date == TUESDAY


def test_a_scanned_code_finds_its_stop_or_says_why_not(noon: Delivering) -> None:
    stop = noon.book(noon.counter.rich("甲"))
    fetched = noon.book(noon.counter.rich("乙"), Way.DINE_IN)
    later = noon.book(noon.counter.rich("丙"), day=WEDNESDAY)
    with noon.counter.stores.read() as store:
        mark = store.canteen.mark()
    scanned = {
        stop_code(mark, fetched.id): NotADelivery,
        stop_code(mark, later.id): StopOfOtherDay,
        stop_code(mark, "gone"): ReservationGone,
        stop_code("0" * 8, stop.id): OtherCanteen,
        "6901234567892": NotAStop,
    }

    found = noon.deliveries.scanned(stop_code(mark, stop.id), TUESDAY, Meal.LUNCH)

    assert found == stop.id
    for text, refusal in scanned.items():
        with pytest.raises(refusal):
            noon.deliveries.scanned(text, TUESDAY, Meal.LUNCH)


def test_only_who_may_notes_deliveries_and_a_note_fits_on_its_line(noon: Delivering, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = stop_at_noon(noon)
    stranger = who_may_not(noon, monkeypatch)

    with pytest.raises(NotPermitted):
        noon.deliveries.note(stranger, noon.noting(stop, Outcome.HANDED_OVER))
    with pytest.raises(ReasonNeeded):
        noon.note(stop, Outcome.REFUSED, note="长" * 61)


def test_K8_nothing_is_delivered_on_a_closed_day(noon: Delivering) -> None:
    stop = noon.book(noon.counter.rich("王秀英", OLD))
    Calendar(noon.counter.stores, noon.counter.clock).rule(noon.counter.manager, Ruling(TUESDAY, opens=False, reason="停电"))
    noon.at(TUESDAY)

    with pytest.raises(DayClosed) as refused:
        noon.note(stop, Outcome.HANDED_OVER)

    assert (refused.value.day, refused.value.reason) == ("2026-11-24", "停电")
    assert noon.counter.count("sales") == 0


def test_E3_who_is_away_that_day_is_sold_nothing_charged_nothing_and_not_looked_for(noon: Delivering) -> None:
    noon.decide(BookingTerms(undelivered=MissedRule.CHARGE))
    stop = stop_at_noon(noon)
    with noon.counter.stores.write() as store:
        store.profiles.put_absence(stop.member_id, Absence("absence", MemberStatus.DECEASED, MONDAY))

    with pytest.raises(MemberNotActive):
        noon.note(stop, Outcome.HANDED_OVER)
    noted = noon.note(stop, Outcome.NO_ANSWER)

    assert (noted.sale, noted.case, wallet(noon, stop)) == (None, None, whole(stop))
    assert noon.counter.balance("receivable:city") == 0


def test_E3_a_pause_set_at_noon_takes_its_stop_off_the_list(noon: Delivering) -> None:
    kept = noon.book(noon.counter.rich("李桂芳"))
    stop = stop_at_noon(noon)
    absence = Absence("absence", MemberStatus.PAUSED, TUESDAY, TUESDAY + timedelta(days=7))

    Standing(noon.counter.stores, noon.counter.clock, "A").begin(noon.counter.manager, stop.member_id, absence)

    found = noon.deliveries.glance(TUESDAY, Meal.LUNCH)
    assert [one.reservation_id for one in found.stops] == [kept.id]
    with pytest.raises(ReservationOver):
        noon.note(stop, Outcome.HANDED_OVER)
