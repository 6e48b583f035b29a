"""A chat's sign-up list against the books: who is recognised, who is doubtful, and what is booked of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from pos.clock import CHINA
from pos.domain.absences import Absence
from pos.domain.address import Address
from pos.domain.errors import MemberNotActive, NotEnough
from pos.domain.members import Member, MemberStatus
from pos.domain.menu import Meal
from pos.domain.pricing import Way
from pos.domain.profile import Particulars
from pos.domain.reservations import AfterCutOff, BookedAlready, ReservationOver, Source, State
from pos.domain.sign_up_list import ListTooLong
from pos.domain.standing_orders import NothingPlanned
from pos.services.members import NewMember
from pos.services.menu import Menus
from pos.services.sign_up_lists import CheckedList, Confirmed, Fate, Outcome, SignUpLists
from pos.services.standing import Standing
from tests.pos.services.counter import MONDAY, Counter
from tests.pos.services.test_reservations_flow import booked, reservations, wish
from tests.pos.services.test_standing_orders_run import order_of, purse, quiet, standing_orders

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


def lists(counter: Counter) -> SignUpLists:
    return SignUpLists(counter.stores, counter.clock, "A")


def lives(counter: Counter, name: str, building: str, door: str, born: date | None = None) -> Member:
    """Somebody with money behind a door."""
    known = Particulars(address=Address("幸福里", building, "", "", door))
    member = counter.members.enrol(counter.manager, NewMember(name, born, "13800001234", particulars=known))
    counter.top_up(member, 20_000)
    return member


def check(counter: Counter, text: str, day: date = TUESDAY) -> CheckedList:
    return lists(counter).check(counter.cashier, text, day, Meal.LUNCH)


def fates(found: CheckedList) -> list[tuple[str, Fate, int]]:
    return [(line.sign_up.name, line.fate, len(line.people)) for line in found.lines]


def confirmed(found: CheckedList, *at: int) -> list[Confirmed]:
    """These lines as they were read, for the first who may be meant; dine-in where nothing is said."""
    lines = [found.lines[place] for place in at] if at else [line for line in found.lines if line.fate is Fate.RECOGNISED]
    return [Confirmed(one, one.people[0].member_id, one.sign_up.portions, one.sign_up.way or Way.DINE_IN) for one in lines]


def book(counter: Counter, found: CheckedList, *at: int, why: str = "") -> tuple[Outcome, ...]:
    return lists(counter).book(counter.cashier, found, confirmed(found, *at), quiet, why)


def told(outcomes: tuple[Outcome, ...]) -> list[tuple[str, object]]:
    """Of each line its state, or the kind of its refusal."""
    return [(one.confirmed.line.sign_up.name, one.made.state if one.made else type(one.refusal)) for one in outcomes]


def test_a_line_is_recognised_doubtful_unknown_or_left_out(counter: Counter) -> None:
    for name in ("王秀英", "李桂芳", "赵德福", "钱永贵"):
        counter.rich(name)
    ill, has = counter.rich("孙淑华"), counter.rich("周国强")
    Standing(counter.stores, counter.clock, "A").begin(counter.manager, ill.id, Absence("a", MemberStatus.PAUSED, MONDAY, WEDNESDAY))
    before = booked(counter, has)

    found = check(
        counter,
        "#接龙 明天午餐\n1. 王秀英 1份 送餐\n2. 李桂芳 +2\n3. 赵德福 取消\n4. 吴一凡 1份\n5. 孙淑华 1份\n6. 周国强 1份\n7. 钱永贵 1份\n8. 钱永贵 2份\n9. +1",
    )

    assert fates(found) == [
        ("王秀英", Fate.RECOGNISED, 1),
        ("李桂芳", Fate.DOUBTFUL, 1),
        ("赵德福", Fate.LEFT_OUT, 1),
        ("吴一凡", Fate.UNKNOWN, 0),
        ("孙淑华", Fate.DOUBTFUL, 1),
        ("周国强", Fate.DOUBTFUL, 1),
        ("钱永贵", Fate.LEFT_OUT, 1),
        ("钱永贵", Fate.DOUBTFUL, 1),
        ("", Fate.UNKNOWN, 0),
    ]
    assert found.lines[5].booked == (before,)
    assert (found.others, found.heading, found.count(Fate.DOUBTFUL)) == (("#接龙 明天午餐",), Meal.LUNCH, 4)
    assert counter.count("reservations") == 1


def test_two_members_of_one_name_are_told_apart_by_the_door_or_by_nobody(counter: Counter) -> None:
    here, there = lives(counter, "王秀英", "2号楼", "402"), lives(counter, "王秀英", "12号楼", "402")

    found = check(counter, "1. 王秀英 2-402 1份\n2. 王秀英 12号楼 1份\n3. 王秀英 402 1份\n4. 王秀英 9-101 1份")

    assert [[one.member_id for one in line.people] for line in found.lines[:2]] == [[here.id], [there.id]]
    assert [len(line.people) for line in found.lines[2:]] == [2, 2]
    assert Fate.RECOGNISED not in [line.fate for line in found.lines[2:]]


def test_a_door_that_is_another_ones_makes_the_only_namesake_doubtful(counter: Counter) -> None:
    lives(counter, "王秀英", "2号楼", "402")
    counter.rich("李桂芳")

    found = check(counter, "1. 王秀英 9-101 1份\n2. 李桂芳 9-101 1份")

    assert [line.fate for line in found.lines] == [Fate.DOUBTFUL, Fate.RECOGNISED]


def test_a_name_is_found_as_it_is_kept(counter: Counter) -> None:
    counter.rich("阿依古丽·买买提")

    found = check(counter, "1. 阿依古丽•买买提 1份")

    assert fates(found) == [("阿依古丽•买买提", Fate.RECOGNISED, 1)]


def test_what_was_confirmed_is_booked_and_nothing_else(counter: Counter) -> None:
    wang, li = counter.rich("王秀英", date(1940, 1, 1)), counter.rich("李桂芳")
    found = check(counter, "1. 王秀英 2份 送餐 11:30\n2. 李桂芳 1份")

    outcomes = book(counter, found, 0)

    (made,) = reservations(counter).of_day(TUESDAY)
    assert [one.made for one in outcomes] == [made]
    assert (made.member_id, made.source, made.way, made.eat_at, made.portions) == (wang.id, Source.LIST, Way.DELIVERY, "11:30", 2)
    assert reservations(counter).of_member(li.id) == ()
    assert "booking" not in {kind for kind, *_others in counter.jobs()}
    assert counter.verify.run().sound


def test_K5_form_standing_order_and_list_book_the_same_items_at_the_same_price(counter: Counter) -> None:
    born = date(1940, 1, 1)
    by_form, by_order, by_list = (counter.rich(name, born) for name in ("王秀英", "李桂芳", "赵德福"))

    reservations(counter).book(counter.cashier, wish(counter, by_form, WEDNESDAY, Way.DELIVERY))
    order_of(counter, by_order, frozenset({2}))
    standing_orders(counter).generate(counter.cashier, TUESDAY, WEDNESDAY, quiet)
    book(counter, check(counter, "1. 赵德福 1份 送餐", WEDNESDAY))

    made = [reservations(counter).of_member(one.id) for one in (by_form, by_order, by_list)]
    assert [len(one) for one in made] == [1, 1, 1]
    assert made[0][0].bill == made[1][0].bill == made[2][0].bill
    assert purse(counter, by_form) == purse(counter, by_order) == purse(counter, by_list)


def test_one_refusal_undoes_nobody_elses_meal(counter: Counter) -> None:
    counter.rich("王秀英")
    counter.enrol("李桂芳")
    counter.rich("赵德福")
    found = check(counter, "1. 王秀英 1份\n2. 李桂芳 1份\n3. 赵德福 1份")

    outcomes = book(counter, found)

    assert told(outcomes) == [("王秀英", State.BOOKED), ("李桂芳", NotEnough), ("赵德福", State.BOOKED)]


def test_M1_a_list_that_is_booked_again_adds_nothing(counter: Counter) -> None:
    member = counter.rich("王秀英")
    text = "1. 王秀英 1份"
    first = check(counter, text)

    once, again = book(counter, first), book(counter, first)
    pasted = check(counter, f"\n{text}\n")

    assert once == again
    assert (counter.count("reservations"), purse(counter, member)) == (1, (18_909, 1_891, 1_200))
    assert (pasted.id, [line.fate for line in pasted.lines]) == (first.id, [Fate.DOUBTFUL])
    assert check(counter, text, WEDNESDAY).id != first.id


def test_a_line_that_was_booked_otherwise_before_is_not_said_to_be_booked_like_this(counter: Counter) -> None:
    counter.rich("王秀英")
    found = check(counter, "1. 王秀英 1份")
    book(counter, found)

    wished = [replace(one, portions=2, way=Way.DELIVERY) for one in confirmed(found)]
    again = lists(counter).book(counter.cashier, found, wished, quiet)

    assert told(again) == [("王秀英", BookedAlready)]
    assert [(one.way, one.portions) for one in reservations(counter).of_day(TUESDAY)] == [(Way.DINE_IN, 1)]


def test_a_longer_list_of_the_same_chat_books_who_came_since(counter: Counter) -> None:
    for name in ("王秀英", "李桂芳"):
        counter.rich(name)
    book(counter, check(counter, "1. 王秀英 1份"))

    found = check(counter, "1. 王秀英 1份\n2. 李桂芳 1份")
    outcomes = book(counter, found, 0, 1)

    assert [line.fate for line in found.lines] == [Fate.DOUBTFUL, Fate.RECOGNISED]
    assert told(outcomes) == [("王秀英", BookedAlready), ("李桂芳", State.BOOKED)]


def test_what_was_given_up_is_not_booked_again_by_the_same_list(counter: Counter) -> None:
    counter.rich("王秀英")
    found = check(counter, "1. 王秀英 1份")
    (made,) = [one.made for one in book(counter, found)]
    assert made is not None
    reservations(counter).cancel(counter.cashier, made.id)

    assert told(book(counter, found)) == [("王秀英", ReservationOver)]


def test_whoever_is_away_is_refused_though_confirmed(counter: Counter) -> None:
    member = counter.rich("王秀英")
    Standing(counter.stores, counter.clock, "A").begin(counter.manager, member.id, Absence("a", MemberStatus.PAUSED, TUESDAY, WEDNESDAY))

    assert told(book(counter, check(counter, "1. 王秀英 1份"), 0)) == [("王秀英", MemberNotActive)]


def test_after_the_cut_off_each_line_needs_a_managers_reason(counter: Counter) -> None:
    counter.rich("王秀英")
    found = check(counter, "1. 王秀英 1份")
    counter.clock.set(datetime.combine(MONDAY, time(17, 1), tzinfo=CHINA))

    late = book(counter, found)
    excused = lists(counter).book(counter.manager, found, confirmed(found), quiet, "群里漏看")

    assert told(late) == [("王秀英", AfterCutOff)]
    assert [one.made.why for one in excused if one.made] == ["群里漏看"]


def test_without_a_set_meal_nobody_is_booked(counter: Counter) -> None:
    counter.rich("王秀英")
    Menus(counter.stores, counter.clock).plan(counter.manager, TUESDAY, Meal.LUNCH, ["rice"])
    found = check(counter, "1. 王秀英 1份")

    assert told(book(counter, found)) == [("王秀英", NothingPlanned)]


def test_a_text_without_end_is_refused(counter: Counter) -> None:
    with pytest.raises(ListTooLong):
        check(counter, "1. 王秀英\n" * 1_001)


@pytest.mark.parametrize("text", ["", "\n\n", "谢谢", "🌸", "1.", "\ud800"])
def test_a_text_of_nobody_is_an_empty_list(counter: Counter, text: str) -> None:
    assert [line for line in check(counter, text).lines if line.fate is not Fate.UNKNOWN] == []
