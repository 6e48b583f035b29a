"""Sales and shifts in the store: whole values in and out, and what a shift's report counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.store import SqlStores
from pos.domain.errors import ShiftOpen
from pos.domain.ledger import Draft, EntryKind, drawer
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import BasketItem, Circumstances, Had, Person, Tender, Usage, price
from pos.domain.shifts import Report, count_postings, float_postings
from pos.domain.tariff import parse_tariff
from tests.made_up import (
    BOSS,
    NOON_MS,
    TODAY,
    WANG,
    bill_of,
    found_canteen,
    found_shift,
    sell,
    top_up,
    topped_up_member,
    undo,
)

TARIFF = parse_tariff("""
id = "t"
title = "t"
valid_from = 2026-01-01
[payers]
city = "市民政局"
[[rules]]
id = "80+ discount"
who = { age_from = 80 }
then = { percent = 15 }
[[rules]]
id = "80+"
who = { age_from = 80 }
payers = [{ payer = "city", yuan = 2.00 }]
""")
BASKET = (
    BasketItem("soup", "冬瓜汤", DishKind.SOUP, 400, 3),
    BasketItem("rice", "米饭", DishKind.STAPLE, 100, 1),
)
WHEN = Circumstances(TODAY, Meal.LUNCH)
HELPED = price(BASKET, Person(date(1940, 2, 3)), WHEN, Usage(), TARIFF)
USED_UP = price(BASKET, Person(date(1940, 2, 3)), WHEN, Usage((Had(TODAY, Meal.LUNCH, ("80+",)),)), TARIFF)


def test_a_sale_comes_back_with_its_bill_reasons_and_notes(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 20_000, 2_000)

    with stores.write() as store:
        sales = [sell(store, shift, somebody, 0, bill=bill) for bill in (HELPED, USED_UP)]

    assert USED_UP.notes != ()
    with stores.read() as store:
        assert [store.sales.get(sale.id) for sale in sales] == sales
        assert store.sales.get("x") is None


def test_the_dishes_of_a_set_meal_come_back_with_their_names_of_that_day(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 20_000)
    dishes = (("pork", "红烧肉"), ("leek", '韭菜"盒子"'))
    basket = (BasketItem("set", "六菜一汤", DishKind.SET_MEAL, 1_200, 2, chosen=dishes), *BASKET)
    bill = price(basket, Person(), WHEN, Usage(), TARIFF)

    with stores.write() as store:
        sale = sell(store, shift, somebody, 0, bill=bill)

    with stores.read() as store:
        assert store.sales.get(sale.id) == sale
        assert [item.chosen for item in store.sales.recent(WANG.id, 1)[0].bill.basket] == [dishes, (), ()]


def test_for_the_sales_that_got_nothing_the_last_of_each_meal_stands(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 20_000)
    with stores.write() as store:
        bills = (bill_of(1_000), HELPED, bill_of(900), HELPED, bill_of(800), bill_of(700), bill_of(600))
        *_, last = [sell(store, shift, somebody, 0, bill=bill) for bill in bills]
        undo(store, shift, last.id)

    with stores.read() as store:
        usage = store.sales.usage(WANG.id, TODAY)

    helped = Had(TODAY, Meal.LUNCH, ("80+ discount", "80+"), NOON_MS)
    assert usage == Usage((helped, helped, Had(TODAY, Meal.LUNCH, (), NOON_MS)))


def test_what_was_sold_before_the_wallets_lock_was_had_counts_behind_it(postgresql_stores: SqlStores) -> None:
    other = postgresql_stores.at("B")
    shift, other_shift = found_canteen(postgresql_stores), found_shift(other)
    somebody = topped_up_member(postgresql_stores, shift, 20_000)
    with postgresql_stores.write() as store:
        sell(store, shift, somebody, 0, bill=HELPED)

    with postgresql_stores.write() as store:
        store.foresee_charge("A", "next", WANG.id, TODAY, Meal.LUNCH)
        with other.write() as meanwhile:
            sell(meanwhile, other_shift, somebody, 0, bill=HELPED)
            sell(meanwhile, other_shift, somebody, 900)
        store.members.wallet(WANG.id)
        behind_the_lock, asked_anew = store.sales.usage(WANG.id, TODAY), store.sales.usage(WANG.id, TODAY)

    helped = Had(TODAY, Meal.LUNCH, ("80+ discount", "80+"), NOON_MS)
    assert behind_the_lock == asked_anew == Usage((helped, helped, Had(TODAY, Meal.LUNCH, (), NOON_MS)))


def test_an_undone_sale_counts_nowhere_and_is_listed_in_its_shift(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 20_000)
    with stores.write() as store:
        first = sell(store, shift, somebody, 0, bill=HELPED)
        second = sell(store, shift, somebody, 1_000)
        third = sell(store, shift, somebody, 900)
        undo(store, shift, third.id)
    undone = replace(third, undone=True)

    with stores.read() as store:
        rows = store.sales
        helped = Had(TODAY, Meal.LUNCH, ("80+ discount", "80+"), NOON_MS)
        assert rows.usage(WANG.id, TODAY) == Usage((helped, Had(TODAY, Meal.LUNCH, (), NOON_MS)))
        assert rows.usage("x", TODAY) == Usage()
        assert rows.recent(WANG.id, 5) == (second, first)
        assert rows.recent(WANG.id, 1) == (second,)
        assert rows.last_of_shift(shift.id) == second
        assert rows.of_shift(shift.id, 2) == (undone, second)
        assert rows.day_totals("A", TODAY) == (2, HELPED.due + 1_000)
        assert rows.day_totals("B", TODAY) == (0, 0)
        assert (rows.last_of_shift("x"), rows.of_shift("x", 5), rows.recent("x", 5)) == (None, (), ())


def test_a_report_counts_what_the_shift_did(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 20_000, 2_000)
    with stores.write() as store:
        store.ledger.post(
            Draft("f", EntryKind.FLOAT, TODAY, NOON_MS, shift.id, BOSS.id, float_postings("A", 10_000))
        )
        sell(store, shift, somebody, 0, bill=HELPED)
        sell(store, shift, somebody, 1_000, "undone")
        undo(store, shift, "undone")
        wrong = top_up(store, shift, somebody, 3_000, 300)
        last = undo(store, shift, wrong.id)

    with stores.read() as store:
        report = store.shifts.report(shift, 7)

    assert report == Report(
        shift=shift,
        sales=1,
        undone=1,
        list_price=1_300,
        taken={Tender.CARD: HELPED.due},
        helped={"canteen": 195, "city": 200},
        topped_up={Tender.CASH: 20_000},
        bonus=2_000,
        cash_in_drawer=30_000,
        printed_ms=7,
        last_number=last.number,
        head=last.hash,
    )


def test_a_closed_shift_keeps_its_report_whatever_the_next_one_does(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 20_000)
    closed = replace(shift, closed_ms=NOON_MS + 1, closed_by=BOSS.name, expected=20_000, counted=19_900)
    with stores.write() as store:
        postings = count_postings("A", 20_000, 19_900)
        count = store.ledger.post(Draft("c", EntryKind.COUNT, TODAY, NOON_MS, shift.id, BOSS.id, postings))
        store.shifts.close(closed)
        next_shift = replace(shift, id="next")
        store.shifts.add(next_shift)
        top_up(store, next_shift, somebody, 500)

    with stores.read() as store:
        report = store.shifts.report(closed, 7)
        assert (store.shifts.get(shift.id), store.shifts.open_at("A")) == (closed, next_shift)
        assert (store.shifts.get("x"), store.shifts.open_at("B")) == (None, None)
        assert store.ledger.balance(drawer("A")) == 500

    assert (report.cash_in_drawer, report.head, report.last_number) == (20_000, count.hash, count.number)


def test_a_second_shift_at_a_till_is_refused(stores: SqlStores) -> None:
    shift = found_canteen(stores)

    with pytest.raises(ShiftOpen) as refused, stores.write() as store:
        store.shifts.add(replace(shift, id="second"))

    assert (refused.value.opened_by, refused.value.business_date) == (BOSS.name, "2026-03-02")


def test_a_shift_is_closed_once(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    closed = replace(shift, closed_ms=NOON_MS, closed_by=BOSS.name, expected=0, counted=0)
    with stores.write() as store:
        store.shifts.close(closed)

    with pytest.raises(AssertionError), stores.write() as store:
        store.shifts.close(replace(closed, counted=1))
