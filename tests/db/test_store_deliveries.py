"""Stops, boxes and one result a stop, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from db.store import SqlStores
from pos.domain.absences import Absence
from pos.domain.address import Address
from pos.domain.bill import Way
from pos.domain.cases import Case, CaseKind, CaseStep, StepTaken
from pos.domain.deliveries import BoxHolder, BoxMove, Outcome, Result, Stop
from pos.domain.members import Member, MemberStatus
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import BasketItem, Bill, Circumstances, Person, Usage, price
from pos.domain.profile import Particulars, Profile
from pos.domain.reservations import State
from tests.made_up import BOSS, TODAY, bill_of, found_canteen, member, reservation

BOXES = (
    (BasketItem("set", "套餐", DishKind.SET_MEAL, 900, 2), BasketItem("rice", "米饭", DishKind.STAPLE, 100, 3)),
    (BasketItem("meat", "红烧肉", DishKind.MEAT, 800, 1), BasketItem("rice", "米饭", DishKind.STAPLE, 100, 3)),
)
"""Two set meals are two boxes; dishes without one are one box."""


def _lives_at(stores: SqlStores, name: str, building: str, door: str) -> Member:
    somebody = member(stores, name, None)
    place = Particulars(address=Address("幸福里", building, "", "", door))
    with stores.write() as store:
        store.profiles.put(somebody.id, Profile(name, None, "138", place), ())
    return somebody


def _bill(basket: tuple[BasketItem, ...]) -> Bill:
    return price(basket, Person(), Circumstances(TODAY, Meal.LUNCH), Usage())


def _result(key: str, stop: str, outcome: Outcome = Outcome.HANDED_OVER, instead_of: str = "") -> Result:
    return Result(key, stop, outcome, 5, BOSS.id, BOSS.name, "张志愿", "放门口", instead_of)


def test_stops_come_in_walking_order_with_boxes_status_and_the_result_that_holds(stores: SqlStores) -> None:
    found_canteen(stores)
    far, near = _lives_at(stores, "远", "10号楼", "101"), _lives_at(stores, "近", "2号楼", "402")
    nowhere, eats_in, dropped = (member(stores, name, None) for name in ("无址", "堂食", "取消"))
    with stores.write() as store:
        for somebody, way, basket in (
            (far, Way.DELIVERY, BOXES[0]),
            (near, Way.DELIVERY, BOXES[1]),
            (nowhere, Way.DELIVERY, BOXES[1]),
            (eats_in, Way.DINE_IN, BOXES[1]),
            (dropped, Way.DELIVERY, BOXES[1]),
        ):
            store.reservations.add(reservation(somebody, TODAY, _bill(basket), somebody.name, way=way), BOSS.id)
        gone = store.reservations.get("取消")
        assert gone is not None
        store.reservations.end(replace(gone, state=State.CANCELLED, ended_ms=1))
        store.deliveries.add(_result("first", "远", Outcome.NO_ANSWER))
        store.deliveries.add(_result("second", "远", Outcome.HANDED_OVER, "first"))
        store.deliveries.move_boxes(BoxMove("out", far.id, TODAY, 5, 0, BOSS.id))
        store.deliveries.move_boxes(BoxMove("back", far.id, TODAY, -2, 0, BOSS.id))
        store.profiles.put_absence(near.id, Absence("a", MemberStatus.PAUSED, TODAY))

    with stores.read() as store:
        stops, counts = store.deliveries.stops(TODAY, Meal.LUNCH), store.deliveries.counts(TODAY, Meal.LUNCH)
        holding, boxes = store.deliveries.holding("远"), store.deliveries.boxes_of(TODAY)
        holders, dinner = store.deliveries.box_holders(), store.deliveries.stops(TODAY, Meal.DINNER)

    second = _result("second", "远", Outcome.HANDED_OVER, "first")
    paused, at_10, at_2 = MemberStatus.PAUSED, Address("幸福里", "10号楼", "", "", "101"), Address("幸福里", "2号楼", "", "", "402")
    assert stops == (
        Stop("无址", nowhere.id, "无址", nowhere.phone),
        Stop("近", near.id, "近", "138", at_2, status=paused),
        Stop("远", far.id, "远", "138", at_10, 2, 3, result=second),
    )
    assert (holding, boxes, dinner) == (second, (5, 2), ())
    assert holders == (BoxHolder(far.id, "远", at_10, "138", 3, TODAY),)
    assert counts == {
        (Way.DELIVERY, State.BOOKED): 3,
        (Way.DELIVERY, State.CANCELLED): 1,
        (Way.DINE_IN, State.BOOKED): 1,
    }


@pytest.mark.parametrize("instead_of", ["", "first"])
def test_a_stop_has_one_result_that_holds_whatever_the_program_believes(stores: SqlStores, instead_of: str) -> None:
    found_canteen(stores)
    somebody = member(stores)
    with stores.write() as store:
        store.reservations.add(reservation(somebody, TODAY, bill_of(900), "stop"), BOSS.id)
        store.deliveries.add(_result("first", "stop"))
        store.deliveries.add(_result("second", "stop", instead_of="first"))

    with pytest.raises(IntegrityError), stores.write() as store:
        store.deliveries.add(_result("third", "stop", Outcome.REFUSED, instead_of))


def test_a_case_has_one_outcome_at_a_time_and_a_stop_one_case_whatever_the_program_believes(stores: SqlStores) -> None:
    found_canteen(stores)
    somebody = member(stores)
    case = Case("case", somebody.id, "", "stop", TODAY, Meal.LUNCH, CaseKind.NO_ANSWER, 0, BOSS.id, BOSS.name)
    with stores.write() as store:
        store.reservations.add(reservation(somebody, TODAY, bill_of(900), "stop"), BOSS.id)
        store.cases.add(case)
        store.cases.add_step(StepTaken("step", "case", CaseStep.FOUND_WELL, 0, BOSS.id, BOSS.name))

    with pytest.raises(IntegrityError), stores.write() as store:
        store.cases.add(replace(case, id="other"))
    with pytest.raises(IntegrityError), stores.write() as store:
        store.cases.add_step(StepTaken("other", "case", CaseStep.OTHER, 0, BOSS.id, BOSS.name))
    for number in range(2):  # opened again, it has another one
        with stores.write() as store:
            store.cases.add_step(StepTaken(f"again {number}", "case", CaseStep.OPENED_AGAIN, 0, BOSS.id, BOSS.name))
            is_open = [one.id for one in store.cases.open_now()]
            store.cases.add_step(StepTaken(f"end {number}", "case", CaseStep.OTHER, 0, BOSS.id, BOSS.name))
            assert (is_open, store.cases.open_now()) == (["case"], ())
