"""Made-up deliveries for tests: who is brought what, where they live, and what was decided about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pos.domain.address import Address
from pos.domain.bill import Way
from pos.domain.kitchen import Ordered, Portion
from pos.domain.members import MemberStatus
from pos.domain.menu import DishKind, Meal
from pos.domain.reservations import State
from pos.domain.rosters import Decided, Round, round_of
from pos.domain.routes import DeliveryNote, Place, Recipient, Route, Volunteer

TUESDAY = date(2026, 11, 24)
SET_MEAL = Portion("set", "一荤两素套餐", DishKind.SET_MEAL, 1, (("meat", "红烧肉"), ("cabbage", "清炒白菜")))
SOFT_SET = Portion("soft", "软食套餐", DishKind.SET_MEAL, 1)
RICE = Portion("rice", "米饭", DishKind.STAPLE, 1)
ONE, TWO = Route("r1", "1号线"), Route("r2", "2号线")
CHEN = Volunteer("chen", "陈志强", "13911110000", frozenset({0, 1, 2}))


def recipient(
    name: str,
    address: Address | None = None,
    usual: Place | None = None,
    today: Place | None = None,
    diets: Iterable[str] = (),
    note: DeliveryNote | None = None,
) -> Recipient:
    """Somebody whose id is the name."""
    return Recipient(
        name,
        name,
        "13800001234",
        Address("幸福里", "2号楼", "3单元", "4层", "402") if address is None else address,
        tuple(diets),
        note or DeliveryNote(),
        usual or Place(),
        today or Place(),
    )


def ordered(
    who: Recipient,
    *portions: Portion,
    way: Way = Way.DELIVERY,
    state: State = State.BOOKED,
    status: MemberStatus = MemberStatus.ACTIVE,
    id_: str = "",
) -> Ordered:
    """A lunch of Tuesday; the reservation's id is that of the member and '-meal' unless another is given."""
    key = id_ or f"{who.member_id}-meal"
    return Ordered(key, who.member_id, who.name, TUESDAY, Meal.LUNCH, way, "", state, who.diets, status, portions or (SET_MEAL,))


def decided(*routes: Route, **facts: object) -> Decided:
    """These routes, and whatever else is said."""
    nothing: dict[str, object] = {"runs": {}, "volunteers": {CHEN.id: CHEN}, "printed": {}, "labelled": {}}
    return Decided(routes or (ONE, TWO), **{**nothing, **facts})  # type: ignore[arg-type]


def carried(
    people: Iterable[Recipient], about: Decided | None = None, meals: Iterable[Ordered] | None = None, *, whole_phones: bool = False
) -> Round:
    """The round of Tuesday's lunch: one set meal for each of these people, or these meals."""
    known = {one.member_id: one for one in people}
    asked = [ordered(one) for one in known.values()] if meals is None else meals
    return round_of(TUESDAY, Meal.LUNCH, asked, known, about or decided(), whole_phones=whole_phones)
