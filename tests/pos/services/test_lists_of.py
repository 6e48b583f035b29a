"""Lists over all members: sums that are the ledger's, who runs low, whose card sleeps, what may be asked back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db.store import SqlStores
from pos.clock import SetClock
from pos.domain.address import Address
from pos.domain.errors import LedgerBroken, NotPermitted
from pos.domain.ledger import PRINCIPAL
from pos.domain.lists import Owed, Recent, Sums, months_before
from pos.domain.members import MemberStatus
from pos.domain.pricing import Tender
from pos.domain.profile import Contact, Particulars, Profile
from pos.domain.staff import Actor, Role
from pos.services.lists import Lists
from tests import made_up
from tests.pos.services.counter import NOON

BOSS = Actor(made_up.BOSS.id, made_up.BOSS.name, Role.MANAGER)
TODAY = made_up.TODAY


def at(day: date) -> SetClock:
    return SetClock(NOON.replace(year=day.year, month=day.month, day=day.day))


def lists(stores: SqlStores, day: date = TODAY) -> Lists:
    return Lists(stores, at(day), stores.till)


@pytest.fixture
def eaten(stores: SqlStores) -> SqlStores:
    """王秀英 paid 200 + 20 and ate for 66.00; 张三 has nothing, 李四 paid and ate nothing."""
    shift = made_up.found_canteen(stores)
    wang = made_up.topped_up_member(stores, shift, 20_000, 2_000)
    made_up.member(stores, "张三", uid=None)
    li = made_up.member(stores, "李四", uid=None)
    known = Particulars(address=Address("幸福里", "3号楼", "", "", "501"), emergency=Contact("王强", "13900001111", "儿子"))
    with stores.write() as store:
        made_up.sell(store, shift, wang, 6_600)
        made_up.top_up(store, shift, li, 5_000)
        store.profiles.put("wang", Profile(wang.name, wang.birth_date, wang.phone, known), ("王秀英",))
    return stores


def test_every_balance_owed_is_listed_with_contact_and_last_meal(eaten: SqlStores) -> None:
    found = lists(eaten).owed(BOSS)

    assert found.lines[1] == Owed(
        member_id="wang",
        name="王秀英",
        status=MemberStatus.ACTIVE,
        phone="13800001234",
        address="幸福里3号楼501",
        contact="王强 儿子 13900001111",
        card_tail="6634",
        principal=14_000,
        bonus=1_400,
        held=0,
        last_use=TODAY,
        last_due=6_600,
        since=TODAY,
    )
    assert [one.name for one in found.lines] == ["李四", "王秀英"]


def test_the_sums_of_balances_owed_are_those_of_the_ledger(eaten: SqlStores) -> None:
    found = lists(eaten).owed(BOSS)

    with eaten.read() as store:
        assert found.sums == Sums(-store.ledger.balance(PRINCIPAL), 1_400, 0)
        last = store.ledger.last("A")
    assert found.sums.total == 20_400
    assert last is not None
    assert found.head == last.hash


def test_balances_that_the_ledger_does_not_know_make_no_refund_list(eaten: SqlStores, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.ledger.SqlLedger.balance", lambda _self, _account: -1)

    with pytest.raises(LedgerBroken):
        lists(eaten).owed(BOSS)


def test_an_undone_meal_is_no_use_of_the_card(eaten: SqlStores) -> None:
    with eaten.write() as store:
        shift = store.shifts.open_at("A")
        assert shift is not None
        sale = store.sales.recent("wang", 1)[0]
        made_up.undo(store, shift, sale.id)

    wang = next(one for one in lists(eaten).owed(BOSS).lines if one.member_id == "wang")

    assert (wang.last_use, wang.last_due, wang.meals) == (None, 0, None)


@pytest.mark.parametrize(("meals", "names"), [(2, []), (3, ["王秀英"])])
def test_a_low_balance_is_counted_in_meals_like_the_last_one(eaten: SqlStores, meals: int, names: list[str]) -> None:
    # 154.00 is enough for two meals of 66.00.
    assert [one.name for one in lists(eaten).low(BOSS, meals).lines] == names


@pytest.mark.parametrize(("days", "names"), [(60, ["王秀英"]), (61, [])])
def test_whoever_does_not_come_any_more_has_no_low_balance(eaten: SqlStores, days: int, names: list[str]) -> None:
    assert [one.name for one in lists(eaten, TODAY + timedelta(days=days)).low(BOSS, 3).lines] == names


@pytest.mark.parametrize(
    ("day", "names"), [(date(2026, 9, 1), []), (date(2026, 9, 2), ["李四", "王秀英"]), (date(2027, 1, 1), ["李四", "王秀英"])]
)
def test_a_card_with_money_sleeps_after_so_many_months(eaten: SqlStores, day: date, names: list[str]) -> None:
    assert sorted(one.name for one in lists(eaten, day).dormant(BOSS, 6).lines) == sorted(names)


def test_what_was_paid_in_the_last_days_may_be_asked_back(eaten: SqlStores) -> None:
    found = lists(eaten, TODAY + timedelta(days=7)).refundable(BOSS)
    later = lists(eaten, TODAY + timedelta(days=8)).refundable(BOSS)

    assert found.lines[0] == Recent(
        "wang", "王秀英", "13800001234", "A-1-000001", TODAY, TODAY + timedelta(days=7), Tender.CASH, 20_000, 2_000, 14_000, 1_400
    )
    assert (len(found.lines), later.lines) == (2, ())


def test_a_cashier_sees_no_list(eaten: SqlStores) -> None:
    cashier = Actor("c", "李桂兰", Role.CASHIER)

    for ask in (lists(eaten).owed, lists(eaten).refundable):
        with pytest.raises(NotPermitted):
            ask(cashier)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 3, 2), 36, date(2023, 3, 2)),
    ],
)
def test_so_many_months_before_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before
