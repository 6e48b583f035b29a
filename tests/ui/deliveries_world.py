"""A Tuesday with deliveries for the sections that show them: three routes, two volunteers, people with and without."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pos.domain.address import Address
from pos.domain.members import Member
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import BasketItem, Circumstances, Person, Usage, Way, price
from pos.domain.profile import Particulars
from pos.domain.reservations import Reservation, Source
from pos.domain.routes import DeliveryNote, Route, Volunteer
from pos.services.members import NewMember
from pos.services.rosters import Rosters
from pos.services.routes import Routes
from tests.pos.services.counter import MONDAY, NOON, TILL, Counter

TUESDAY = MONDAY + timedelta(days=1)
PEOPLE = (
    # name, building, door, route, diets, note
    ("王秀英", "1号楼", "402", "1号线", ("软食", "低盐"), DeliveryNote("敲门重，耳背", in_person=True)),
    ("李桂兰", "2号楼", "101", "1号线", (), DeliveryNote("放门口")),
    ("欧阳建国", "10号楼", "203", "1号线", ("无猪",), DeliveryNote()),
    ("赵德柱", "3号楼", "501", "2号线", (), DeliveryNote("按两次门铃")),
    ("马晓燕", "12号楼", "302", "2号线", (), DeliveryNote()),
    ("曾秀珍", "5号楼", "101", "3号线", ("低糖",), DeliveryNote("", in_person=True)),
    ("刘堃", "8号楼", "204", "", (), DeliveryNote()),
    ("阿依古丽·买买提", "", "", "", (), DeliveryNote()),
)


@dataclass(frozen=True)
class Deliveries:
    """Ids by name."""

    members: Mapping[str, Member]
    routes: Mapping[str, Route]
    volunteers: Mapping[str, Volunteer]


def deliveries(till: Counter, day: date = TUESDAY) -> Deliveries:
    """Make them up, a lunch for everybody on that day."""
    about = Routes(till.stores, till.clock)
    routes = {name: about.save(till.manager, Route("", name)) for name in ("1号线", "2号线", "3号线")}
    walks = {
        name: about.save_volunteer(till.manager, Volunteer("", name, phone, days))
        for name, phone, days in (("陈志强", "13911110000", frozenset({0, 1, 2})), ("白云", "13911110001", frozenset({4})))
    }
    members = {}
    for name, building, door, route, diets, note in PEOPLE:
        lives = Address("幸福里", building, "1单元", "", door) if building else Address()
        new = NewMember(name, date(1940, 1, 1), "13800001234", None, Particulars(address=lives, diets=diets))
        members[name] = till.members.enrol(till.manager, new)
        if route:
            about.settle(till.manager, members[name].id, routes[route].id)
        about.keep_note(till.manager, members[name].id, note)
        book(till, members[name], day)
    return Deliveries(members, routes, walks)


def book(till: Counter, member: Member, day: date = TUESDAY, sets: int = 1) -> Reservation:
    """A set meal, delivered, that costs nothing."""
    basket = (BasketItem("set", "一荤两素套餐", DishKind.SET_MEAL, 0, sets),)
    bill = price(basket, Person(), Circumstances(day, Meal.LUNCH, Way.DELIVERY), Usage())
    at_ms = round(NOON.timestamp() * 1000)
    booked = Reservation(
        f"meal-{member.id}-{day}", member.id, member.name, day, Meal.LUNCH, Way.DELIVERY, bill, Source.COUNTER, at_ms, "周敏"
    )
    with till.stores.write() as store:
        store.reservations.add(booked, till.manager.staff_id)
    return booked


def rosters_of(till: Counter) -> Rosters:
    """The use cases at the till."""
    return Rosters(till.stores, till.clock, TILL)
