"""Boxes: they go out with the meals, come back by hand, and never more than are there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.deliveries import Outcome, TooManyBoxes
from pos.domain.errors import BadQuantity, MemberUnknown, NotPermitted
from pos.domain.menu import Meal
from pos.services.terms import Terms
from tests.pos.services.counter import Counter
from tests.pos.services.delivering import TUESDAY, WEDNESDAY, Delivering, delivering_at, who_may_not


@pytest.fixture
def noon(counter: Counter) -> Delivering:
    return delivering_at(counter)


def held(noon: Delivering) -> list[tuple[str, int]]:
    return [(one.name, one.boxes) for one in noon.boxes.holders()]


def test_boxes_go_out_with_meals_that_stay_there_and_come_back_by_hand(noon: Delivering) -> None:
    both, one = noon.counter.rich("甲"), noon.counter.rich("乙")
    stops = [noon.book(both, sets=2), noon.book(one), noon.book(both, day=WEDNESDAY)]
    noon.at(TUESDAY)
    noon.note(stops[0], Outcome.LEFT_AT_DOOR)
    noon.note(stops[1], Outcome.NO_ANSWER)
    after_noon = held(noon)
    noon.at(WEDNESDAY)
    noon.note(stops[2], Outcome.HANDED_OVER)

    left = noon.boxes.came_back(noon.counter.manager, "back", both.id, 2)
    again = noon.boxes.came_back(noon.counter.manager, "back", both.id, 2)

    assert (after_noon, left, again, held(noon)) == ([("甲", 2)], 1, 1, [("甲", 1)])


def test_a_correction_moves_the_boxes_too(noon: Delivering) -> None:
    stop = noon.book(noon.counter.rich("甲"))
    noon.at(TUESDAY)
    first = noon.note(stop, Outcome.HANDED_OVER).result
    second = noon.correct(stop, first, Outcome.LEFT_AT_DOOR).result
    before = held(noon)

    noon.correct(stop, second, Outcome.REFUSED)

    assert (before, held(noon)) == ([("甲", 1)], [])


def test_where_boxes_are_thrown_away_nobody_owes_any(noon: Delivering) -> None:
    terms, member = Terms(noon.counter.stores, noon.counter.clock), noon.counter.rich("甲")
    stops = [noon.book(member), noon.book(member, meal=Meal.DINNER)]
    noon.at(TUESDAY)
    noon.note(stops[0], Outcome.HANDED_OVER)
    now = terms.current()

    terms.decide(noon.counter.manager, now, replace(now, boxes_return=False))
    first = noon.note(stops[1], Outcome.HANDED_OVER).result
    glance = noon.deliveries.glance(TUESDAY, Meal.DINNER)
    listed = held(noon)
    noon.correct(stops[1], first, Outcome.REFUSED)

    assert (listed, [stop.boxes_there for stop in glance.stops], glance.boxes_return) == ([], [0], False)
    assert noon.deliveries.glance(TUESDAY, Meal.LUNCH).boxes_out == 1


def test_boxes_that_came_back_already_are_not_taken_back_once_more(noon: Delivering) -> None:
    stop = noon.book(noon.counter.rich("甲"))
    noon.at(TUESDAY)
    first = noon.note(stop, Outcome.HANDED_OVER).result
    noon.boxes.came_back(noon.counter.cashier, "back", stop.member_id, 1)

    noon.correct(stop, first, Outcome.REFUSED)

    with noon.counter.stores.read() as store:
        assert store.deliveries.boxes_with(stop.member_id) == 0


def test_boxes_that_cannot_have_come_back_are_refused(noon: Delivering, monkeypatch: pytest.MonkeyPatch) -> None:
    member = noon.counter.rich("甲")
    stop = noon.book(member)
    noon.at(TUESDAY)
    noon.note(stop, Outcome.HANDED_OVER)
    boxes, manager = noon.boxes, noon.counter.manager

    with pytest.raises(TooManyBoxes) as refused:
        boxes.came_back(manager, "a", member.id, 2)
    for wrong in (0, -1, 100):
        with pytest.raises(BadQuantity):
            boxes.came_back(manager, "a", member.id, wrong)
    with pytest.raises(MemberUnknown):
        boxes.came_back(manager, "a", "nobody", 1)
    with pytest.raises(NotPermitted):
        boxes.came_back(who_may_not(noon, monkeypatch), "a", member.id, 1)
    assert (refused.value.name, refused.value.known, held(noon)) == ("甲", 1, [("甲", 1)])
