"""Claims in the store: what was changed behind the till is named, and two counters never stamp the same month."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Select, text

from db import claim_sources
from db.engine import address_of, open_database
from db.store import SqlStores
from pos.domain.claim_errors import ClaimStamped
from pos.domain.claims import Claim, Month, claimable, total_of
from pos.domain.errors import StoreTrouble
from pos.domain.verify import Rule
from pos.services.claim_payments import PaymentOrder
from pos.services.claims import Claims, StampOrder
from tests.db.tampering import tamper
from tests.pos.services.claiming import CITY, NOVEMBER, Claiming, claiming_on, old_member
from tests.stores import TILL


@pytest.fixture
def claiming(stores: SqlStores, tmp_path: Path) -> Claiming:
    """November is claimed (two meals, 6.00), and 2.00 of it are paid."""
    claiming = claiming_on(stores, tmp_path)
    with claiming.day(date(2026, 11, 2)):
        wang = old_member(claiming)
        claiming.counter.sell(wang)
    claiming.sell_on(date(2026, 11, 3), wang)
    claiming.at(date(2026, 12, 1))
    return claiming


@pytest.fixture
def claim(claiming: Claiming) -> Claim:
    claim = claiming.stamp(NOVEMBER)
    claiming.counter.shifts.open(claiming.counter.manager, 0)
    claiming.payments.receive(claiming.counter.manager, PaymentOrder("paid", CITY, 200, date(2026, 12, 1)))
    return claim


@pytest.mark.parametrize(
    ("statement", "rules"),
    [
        ("UPDATE claims SET total = total + 1", {Rule.CLAIM_UNCHANGED, Rule.CLAIM_IS_ITS_ENTRIES}),
        ("UPDATE claims SET payer_name = 'x'", {Rule.CLAIM_UNCHANGED}),
        ("UPDATE claims SET seq = 7", {Rule.CLAIM_UNCHANGED}),
        ("UPDATE claims SET heads = '[[\"A\", 1, 3, \"abc\"]]'", {Rule.CLAIM_UNCHANGED, Rule.CLAIM_IS_ITS_ENTRIES}),
        ("UPDATE claim_lines SET content = replace(content, '王', '李')", {Rule.CLAIM_UNCHANGED}),
        ("UPDATE claim_lines SET amount = amount + 1 WHERE line = 1", {Rule.CLAIM_UNCHANGED, Rule.CLAIM_IS_ITS_ENTRIES}),
        ("DELETE FROM claim_lines WHERE line = 2", {Rule.CLAIM_UNCHANGED, Rule.CLAIM_IS_ITS_ENTRIES}),
        ("UPDATE payer_payments SET amount = 100", {Rule.PAYMENT_IS_ITS_ENTRY}),
        ("UPDATE payer_payments SET payer = 'town'", {Rule.PAYMENT_IS_ITS_ENTRY}),
    ],
)  # fmt: skip
def test_what_was_changed_in_a_claim_is_named(
    claiming: Claiming, claim: Claim, statement: str, rules: set[Rule]
) -> None:
    before = claiming.counter.verify.run()

    tamper(claiming.counter.stores, statement)

    after = claiming.counter.verify.run()
    assert before.findings == ()
    assert {finding.rule for finding in after.findings} == rules


def test_a_meal_that_a_claim_left_out_is_named(claiming: Claiming) -> None:
    order = claiming.order(NOVEMBER)
    with claiming.counter.stores.read() as store:
        lines, _moved = store.claims.unclaimed(CITY, NOVEMBER, None)
    claim = claiming.claims.stamp(claiming.counter.manager, order)

    tamper(claiming.counter.stores, f"DELETE FROM claim_lines WHERE entry_id = '{lines[0].entry_id}'")

    with claiming.counter.stores.read() as store:
        found = store.claims.contradictions(claim.id)
    assert ("city-2026-11", "900", "600") in {(one.where, one.expected, one.found) for one in found}


def test_M14_two_counters_stamp_a_month_once(claiming: Claiming) -> None:
    order = claiming.order(NOVEMBER)
    together = Barrier(2)

    def stamp(till: str) -> str:
        claims = Claims(claiming.counter.stores.at(till), claiming.counter.clock)
        wish = StampOrder(f"claim-{till}", CITY, NOVEMBER, order.shown_total, order.shown_lines)
        together.wait()
        try:
            return claims.stamp(claiming.counter.manager, wish).id
        except (ClaimStamped, StoreTrouble) as no:
            return type(no).__name__

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(stamp, "AB"))

    stamped = claiming.claims.stamped(claiming.counter.manager)
    assert len(stamped) == 1
    assert answers == ["ClaimStamped", stamped[0].id]
    assert claiming.counter.verify.run().findings == ()


def _plan(stores: SqlStores, statement: Select[Any], values: dict[str, Any]) -> list[str]:
    with stores.database.reader.connect() as connection:
        asked = statement.params(**values).compile(connection, compile_kwargs={"literal_binds": True})
        return [row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {asked}"))]


def test_what_is_claimed_is_found_without_walking_an_accounts_whole_history(
    sqlite_stores: SqlStores, tmp_path: Path
) -> None:
    claiming = claiming_on(sqlite_stores, tmp_path)
    with claiming.day(date(2026, 11, 2)):
        claiming.counter.sell(old_member(claiming))
    claiming.at(date(2026, 12, 1))
    last = claiming.stamp(NOVEMBER)
    month, late = claim_sources.of_month(CITY, NOVEMBER), claim_sources.late(CITY, last, ["A", "B"])
    reported = {"account": "receivable:city", "payer": CITY, "first": "2026-11-01", "last": "2026-11-30"}
    came = {**late.values, **reported}
    after = claim_sources._after(claim_sources._heads(last, ["A", "B"]), "from", came)

    plans = [
        _plan(sqlite_stores, claim_sources._entries_of(month), month.values),
        _plan(sqlite_stores, claim_sources._entries_of(late), late.values),
        _plan(sqlite_stores, claim_sources._REPORTED, reported),
        _plan(sqlite_stores, claim_sources._REPORTED_LATE.where(after), came),
        _plan(sqlite_stores, claim_sources._UNDONE, reported),
    ]

    walked = [step for plan in plans for step in plan if step.endswith("ix_postings_account (account=?)") or "SCAN" in step]
    assert walked == []
    assert [plan[0] for plan in plans] == [
        "SEARCH postings USING INDEX ix_postings_account (account=? AND business_date>? AND business_date<?)",
        "MULTI-INDEX OR",
        "SEARCH sales USING INDEX ix_sales_day (till=? AND business_date>? AND business_date<?)",
        "MULTI-INDEX OR",
        "SEARCH entries USING INDEX sqlite_autoindex_entries_1 (id=?)",
    ]


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=st.lists(
        st.tuples(st.integers(1, 30), st.lists(st.tuples(st.sampled_from(["set", "meat", "rice"]), st.booleans()), max_size=4)),
        max_size=4,
        unique_by=lambda one: one[0],
    )
)  # fmt: skip
def test_a_month_claims_exactly_what_the_account_moved(
    sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory, days: list[tuple[int, list[tuple[str, bool]]]]
) -> None:
    claiming = _fresh(sqlite_file, tmp_path_factory)
    with claiming.day(date(2026, 10, 31)):
        people = [old_member(claiming, name) for name in ("王䶮", "李桂英")]
    for number, meals in sorted(days):
        with claiming.day(date(2026, 11, number)):
            for at, (dish, undone) in enumerate(meals):
                sale = claiming.counter.sell(people[at % 2], (dish, 1 + at), again=True)
                claiming.counter.wait(minutes=1)
                if undone:
                    claiming.counter.checkout.undo(claiming.counter.manager, f"undo-{sale.id}", sale.id)

    with claiming.counter.stores.read() as store:
        lines, moved = store.claims.unclaimed(CITY, Month(2026, 11), None)

    assert total_of(claimable(lines)) == moved == claiming.counter.balance("receivable:city")
    assert len(claimable(lines)) == len(lines) - 2 * sum(line.undone_on is not None for line in lines)
    claiming.counter.stores.close()


def _fresh(template: Path, folders: pytest.TempPathFactory) -> Claiming:
    folder = folders.mktemp("month")
    file = Path(shutil.copy(template, folder / "canteen.db"))
    return claiming_on(SqlStores(open_database(address_of(file)), TILL), file)
