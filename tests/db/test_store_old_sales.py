"""A sale of the first version is read as it was made, and counts for the limits of today's rules."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from db.engine import address_of
from db.migrate import STEPS, bring_up_to_date
from pos.domain.ledger import GENESIS
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import CANTEEN, DINER, BasketItem, Bill, BillLine, Had, Reason, ReasonCode, Usage
from tests.made_up import BOSS, NOON_MS, TODAY, WANG
from tests.stores import opened


def _insert(rows: sqlite3.Connection, table: str, *values: object) -> None:
    rows.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)


def test_an_old_sale_keeps_its_bill_and_its_reasons(tmp_path: Path) -> None:
    steps = shutil.copytree(STEPS, tmp_path / "steps", ignore=shutil.ignore_patterns("__pycache__", "000[2-9]*", "00[1-9]*"))
    file = tmp_path / "canteen.db"
    bring_up_to_date(address_of(file), ("0001",), steps)
    day, money = TODAY.isoformat(), ("card", 636, 64, 9_364, 936, 0, "")
    aged = '{"age": 86, "age_from": 80, "age_to": 150'
    with closing(sqlite3.connect(file)) as rows:
        _insert(rows, "staff", BOSS.id, BOSS.name, "manager", "", 1, 0, 0)
        _insert(rows, "members", WANG.id, WANG.name, "1940-02-03", WANG.phone, "active", "[]", None, NOON_MS)
        _insert(rows, "entries", "s", "A", 1, 1, "sale", day, NOON_MS, "shift", BOSS.id, None, GENESIS, "h")
        who = ("A", "shift", BOSS.id, BOSS.name, WANG.id, WANG.name, "6634")
        notes = '[["subsidy_used", {"per_meal": 1}]]'
        _insert(rows, "sales", 1, "s", "A-1-000001", day, "lunch", "dine_in", NOON_MS, *who, 1_000, 700, 1, notes, *money)
        _insert(rows, "sale_items", "s", 0, "set", "套餐", "set_meal", 1_000, 1)
        discount, subsidy = f'[["age_discount", {aged}, "percent": 10}}]]', f'[["age_subsidy", {aged}, "payer_name": "民政"}}]]'
        _insert(rows, "sale_lines", "s", 0, CANTEEN, 100, 0, "80+", "t", discount)
        _insert(rows, "sale_lines", "s", 1, "city", 200, 1, "80+", "t", subsidy)
        _insert(rows, "sale_lines", "s", 2, DINER, 700, 0, "", "t", '[["own_share", {}]]')
        rows.commit()

    bring_up_to_date(address_of(file))
    with opened(file) as stores, stores.read() as store:
        sale, usage = store.sales.get("s"), store.sales.usage(WANG.id, TODAY)

    facts: dict[str, int | str] = {"age": 86, "age_from": 80, "age_to": 150}
    assert sale is not None
    assert sale.bill == Bill(
        (BasketItem("set", "套餐", DishKind.SET_MEAL, 1_000, 1),),
        (
            BillLine(CANTEEN, 100, False, "80+", "t", Reason(ReasonCode.AGE_DISCOUNT, facts | {"percent": 10})),
            BillLine("city", 200, True, "80+", "t", Reason(ReasonCode.AGE_SUBSIDY, facts | {"payer_name": "民政"})),
            BillLine(DINER, 700, False, "", "t", Reason(ReasonCode.OWN_SHARE)),
        ),
        (Reason(ReasonCode.SUBSIDY_USED, {"per_meal": 1}),),
    )
    assert usage == Usage((Had(TODAY, Meal.LUNCH, ("80+",), NOON_MS),))
