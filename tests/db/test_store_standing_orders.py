"""Standing orders in the store: the newest version holds, and what is asked of all holders is what each would say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from db.store import SqlStores
from pos.domain.absences import Absence
from pos.domain.address import Address
from pos.domain.bill import BillLine, Reason, ReasonCode
from pos.domain.members import Member, MemberStatus
from pos.domain.menu import Meal
from pos.domain.pricing import Bill, Way
from pos.domain.profile import Particulars, Profile
from pos.domain.reservations import State
from pos.domain.standing_orders import StandingOrder
from pos.ports.standing_orders import Reserved
from tests.made_up import BOSS, NOON_MS, TODAY, bill_of, found_canteen, reservation, sell, top_up, undo

TOMORROW, SUNDAY = TODAY + timedelta(days=1), TODAY + timedelta(days=6)
WEEK = (TOMORROW, SUNDAY)


def order_of(member_id: str, **facts: object) -> StandingOrder:
    order = StandingOrder(f"order-{member_id}", member_id, frozenset({0, 2, 4}), Meal.LUNCH, Way.DELIVERY, TODAY)
    return replace(order, made_by=BOSS.name, made_ms=NOON_MS, **facts)  # type: ignore[arg-type]


def helped(amount: int) -> Bill:
    """A bill to which two rules gave something."""
    bare = bill_of(amount)
    given = tuple(
        BillLine("city", 100, True, rule, "t", Reason(ReasonCode.AMOUNT, {"amount": 100})) for rule in ("80+", "lunch")
    )
    own = replace(bare.lines[-1], amount=amount - 200)
    return replace(bare, lines=(*given, own))


def people(stores: SqlStores, *names: str) -> list[Member]:
    found = [Member(f"m-{name}", name, TODAY.replace(year=1940), "") for name in names]
    with stores.write() as store:
        for one in found:
            store.members.add(one, (one.name,), NOON_MS)
    return found


def test_the_newest_version_holds_and_every_one_stays(stores: SqlStores) -> None:
    found_canteen(stores)
    (wang,) = people(stores, "王秀英")
    first = order_of(wang.id, portions=(("", 2), ("rice", 1)), eat_at="11:30", last=SUNDAY)
    versions = [first, replace(first, paused_from=TOMORROW, paused_to=SUNDAY), replace(first, last=None), replace(first, ended=True)]

    for number, version in enumerate(versions, 1):
        with stores.write() as store:
            store.standing_orders.put(version, BOSS.id)
        with stores.read() as store:
            assert store.standing_orders.get(first.id) == version
            assert store.standing_orders.of_member(wang.id) == (version,)
            assert store.standing_orders.versions(first.id) == tuple(versions[:number])
            assert store.standing_orders.between(*WEEK) == (() if version.ended else (version,))


def test_orders_come_as_they_were_made_and_only_those_of_the_days(stores: SqlStores) -> None:
    found_canteen(stores)
    wang, li, zhao, qian = people(stores, "王秀英", "李桂芳", "赵德福", "钱永贵")
    orders = [order_of(zhao.id), order_of(wang.id), order_of(li.id, first=SUNDAY + timedelta(days=1)), order_of(qian.id, last=TODAY)]
    with stores.write() as store:
        for order in orders:
            store.standing_orders.put(order, BOSS.id)
        store.standing_orders.put(replace(orders[0], eat_at="12:00"), BOSS.id)

    with stores.read() as store:
        found = store.standing_orders.between(*WEEK)

    assert found == (replace(orders[0], eat_at="12:00"), orders[1])


def test_what_is_asked_of_all_is_what_is_asked_of_each(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    wang, li, zhao = people(stores, "王秀英", "李桂芳", "赵德福")
    ill = Absence("ill", MemberStatus.PAUSED, TOMORROW, TOMORROW)
    home = Profile(wang.name, wang.birth_date, "", Particulars(address=Address("幸福里", "2号楼", "3单元", "4层", "402")))
    with stores.write() as store:
        for one in (wang, li):
            store.standing_orders.put(order_of(one.id), BOSS.id)
        for one, amount in ((wang, 1_000), (wang, 2_000), (li, 3_000), (zhao, 4_000)):
            top_up(store, shift, one, amount, amount // 10)
        store.profiles.put(wang.id, home, frozenset())
        store.profiles.put_absence(li.id, ill)
        sell(store, shift, wang, 1_100, "eaten", helped(1_300))
        undone = sell(store, shift, wang, 900, "undone", helped(1_000))
    with stores.write() as store:
        undo(store, shift, undone.id)
        waits = replace(reservation(li, TOMORROW, helped(1_000), "waits"), hold_id="")
        store.reservations.add(waits, BOSS.id)
        store.reservations.add(replace(waits, id="over", day=SUNDAY), BOSS.id)
        store.reservations.end(replace(waits, id="over", day=SUNDAY, state=State.CANCELLED, ended_ms=1))

    with stores.read() as store:
        asked = store.standing_orders
        assert asked.holders(*WEEK, TOMORROW) == {one.id: store.members.get(one.id, TOMORROW) for one in (wang, li)}
        assert asked.wallets(*WEEK) == {one.id: store.members.wallet(one.id) for one in (wang, li)}
        assert asked.open_lots(*WEEK) == {one.id: store.ledger.open_lots(one.id) for one in (wang, li)}
        assert {key: tuple(had) for key, had in asked.usage(*WEEK).items()} == {
            one.id: store.sales.usage(one.id, TOMORROW).had for one in (wang, li)
        }
        assert asked.doors(*WEEK) == {wang.id: "2号楼3单元402"}
        assert sorted(asked.reserved(*WEEK), key=lambda one: one.id) == [
            Reserved("over", li.id, SUNDAY, Meal.LUNCH, State.CANCELLED, 1),
            Reserved("waits", li.id, TOMORROW, Meal.LUNCH, State.BOOKED),
        ]
