"""`verify` names what somebody changed behind the till's back, and finds nothing wrong with honest work."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from db.store import SqlStores
from pos.domain.accounts import top_up_postings
from pos.domain.ledger import (
    BONUS,
    BONUS_EXPENSE,
    GENESIS,
    PRINCIPAL,
    Draft,
    EntryKind,
    Lot,
    Posting,
    drawer,
    revenue,
    spend,
)
from pos.domain.members import Wallet
from pos.domain.menu import DishKind, Meal
from pos.domain.money import Fen
from pos.domain.pricing import BasketItem, Circumstances, Person, Tender, Usage, price
from pos.domain.sales import sale_postings
from pos.domain.tariff import parse_tariff
from pos.domain.verify import Finding, Rule, Verdict
from pos.ports import Store
from tests.db.tampering import tamper
from tests.made_up import (
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


def _worked(stores: SqlStores) -> None:
    """A top-up (A-1-000001), a subsidised meal (2), a plain one (3) and its reversal (4)."""
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 20_000, 2_000)
    basket = (BasketItem("soup", "冬瓜汤", DishKind.SOUP, 400, 3),)
    bill = price(basket, Person(date(1940, 2, 3)), Circumstances(TODAY, Meal.LUNCH), Usage(), TARIFF)
    with stores.write() as store:
        sell(store, shift, somebody, 0, "helped", bill)
        sell(store, shift, somebody, 1_000, "plain")
        undo(store, shift, "plain", "undo")


def _verdict(stores: SqlStores, scanned: str = "") -> Verdict:
    with stores.read() as store:
        return store.ledger.verify(scanned, lambda _done, _whole: None)


def test_honest_work_is_sound_and_gives_each_tills_head(stores: SqlStores) -> None:
    _worked(stores)
    found_shift(stores.at("B"))
    told: list[tuple[int, int]] = []

    with stores.read() as store:
        verdict = store.ledger.verify("", lambda done, whole: told.append((done, whole)))
        last = store.ledger.last("A")

    assert last is not None
    assert verdict == Verdict(4, 1, (), (("A", last.hash), ("B", GENESIS)))
    assert told == [(4, 4)]


def test_an_empty_ledger_is_sound(stores: SqlStores) -> None:
    verdict = _verdict(stores)

    assert verdict == Verdict(0, 0, ())


@pytest.mark.parametrize(
    ("statements", "rule", "where"),
    [
        (["UPDATE postings SET amount = amount + 1 WHERE entry_id = 'plain' AND line = 0"], Rule.ENTRY_SUMS_TO_ZERO, "A-1-000003"),
        (["DELETE FROM postings WHERE entry_id = 'plain'"], Rule.ENTRY_SUMS_TO_ZERO, "A-1-000003"),
        (["UPDATE postings SET amount = amount * 2 WHERE entry_id = 'plain'"], Rule.CHAIN_UNBROKEN, "A-1-000003"),
        (["UPDATE postings SET account = 'revenue:soup' WHERE account = 'revenue:set_meal'"], Rule.CHAIN_UNBROKEN, "A-1-000003"),
        (["UPDATE postings SET business_date = '2026-04-01' WHERE entry_id = 'plain'"], Rule.CHAIN_UNBROKEN, "A-1-000003"),
        (["UPDATE entries SET staff_id = 'x' WHERE id = 'plain'"], Rule.CHAIN_UNBROKEN, "A-1-000003"),
        (["UPDATE entries SET kind = 'gift' WHERE id = 'plain'"], Rule.CHAIN_UNBROKEN, "A-1-000003"),
        (["UPDATE entries SET prev_hash = hash WHERE id = 'plain'"], Rule.CHAIN_UNBROKEN, "A-1-000003"),
        (["UPDATE entries SET seq = 9 WHERE id = 'undo'"], Rule.SEQUENCE_WITHOUT_GAPS, "A-1-000009"),
        (["UPDATE tills SET head = 'x'"], Rule.HEAD_IS_LAST, "A"),
        (["UPDATE tills SET seq = seq + 1"], Rule.HEAD_IS_LAST, "A"),
        (["DELETE FROM postings WHERE entry_id = 'undo'", "DELETE FROM entries WHERE id = 'undo'"], Rule.HEAD_IS_LAST, "A"),
        (["UPDATE wallets SET principal = principal + 100"], Rule.WALLET_IS_ITS_POSTINGS, WANG.id),
        (["UPDATE wallets SET principal = principal + 100"], Rule.WALLET_IS_ITS_LOTS, WANG.id),
        (["UPDATE lot_balances SET bonus = bonus - 1"], Rule.WALLET_IS_ITS_LOTS, WANG.id),
        (["UPDATE lot_balances SET bonus = bonus - 1"], Rule.LOT_IS_ITS_POSTINGS, "the-lot"),
        (["UPDATE lots SET bonus = bonus + 1"], Rule.LOT_IS_ITS_POSTINGS, "the-lot"),
        (["UPDATE sales SET list_price = 1 WHERE id = 'helped'"], Rule.SALE_IS_ITS_ENTRY, "A-1-000002"),
        (["UPDATE sales SET ruled = 0 WHERE id = 'helped'"], Rule.SALE_IS_ITS_ENTRY, "A-1-000002"),
        (["UPDATE sale_items SET quantity = 2 WHERE sale_id = 'helped'"], Rule.SALE_IS_ITS_ENTRY, "A-1-000002"),
        (["UPDATE sale_lines SET amount = 3 WHERE sale_id = 'helped' AND payer = 'city'"], Rule.SALE_IS_ITS_ENTRY, "A-1-000002"),
        (["UPDATE sale_lines SET payer = 'town' WHERE sale_id = 'helped' AND payer = 'city'"], Rule.SALE_IS_ITS_ENTRY, "A-1-000002"),
        (
            [f"DELETE FROM {table} WHERE {column} = 'helped'" for table, column in (("sale_lines", "sale_id"), ("sale_items", "sale_id"), ("sales", "id"))],
            Rule.SALE_IS_ITS_ENTRY,
            "A-1-000002",
        ),
        (["UPDATE entries SET kind = 'count' WHERE id = 'helped'"], Rule.SALE_IS_ITS_ENTRY, "A-1-000002"),
    ],
)  # fmt: skip
def test_what_was_changed_behind_the_till_is_named(
    stores: SqlStores, statements: list[str], rule: Rule, where: str
) -> None:
    _worked(stores)
    with stores.read() as store:
        (lot,) = store.ledger.open_lots(WANG.id)
    where = lot.id if where == "the-lot" else where

    tamper(stores, *statements)

    assert (rule, where) in {(finding.rule, finding.where) for finding in _verdict(stores).findings}


def test_a_finding_tells_both_values(stores: SqlStores) -> None:
    _worked(stores)
    tamper(stores, "UPDATE postings SET amount = amount + 1 WHERE entry_id = 'plain' AND line = 0")

    findings = _verdict(stores).findings

    assert findings[0] == Finding(Rule.ENTRY_SUMS_TO_ZERO, "A-1-000003", "0", "1 (3)")


def test_a_scanned_head_is_looked_for_in_the_chain(stores: SqlStores) -> None:
    _worked(stores)
    with stores.read() as store:
        known = store.ledger.entry("helped")
    assert known is not None

    findings = [_verdict(stores, head).findings for head in (known.hash, "f" * 64)]

    assert findings == [(), (Finding(Rule.SCANNED_HEAD_KNOWN, "", "f" * 64, ""),)]


def test_verify_goes_through_many_chunks(stores: SqlStores, monkeypatch: pytest.MonkeyPatch) -> None:
    shift, other = found_canteen(stores), found_shift(stores.at("B"))
    somebody = topped_up_member(stores, shift, 10_000)
    for _ in range(5):
        with stores.write() as store:
            sell(store, shift, somebody, 100)
        with stores.at("B").write() as store:
            sell(store, other, somebody, 100)
    told: list[int] = []
    monkeypatch.setattr("db.verify.CHUNK", 4)

    with stores.read() as store:
        verdict = store.ledger.verify("", lambda done, _whole: told.append(done))

    assert (told, verdict.findings) == ([4, 8, 11], ())


def test_M9_1000_random_amounts_leave_no_residue_in_the_store(sqlite_stores: SqlStores) -> None:
    chance = Random(9)
    shift = found_canteen(sqlite_stores)
    somebody = topped_up_member(sqlite_stores, shift, 1)

    with sqlite_stores.write() as store:
        for _ in range(1_000):
            held = _held(store)
            amount = chance.randint(1, 5_000)
            if held >= amount:
                sell(store, shift, somebody, amount)
            else:
                top_up(store, shift, somebody, chance.randint(1, 60_000), chance.randint(0, 7_777))
        sell(store, shift, somebody, _held(store))

    with sqlite_stores.read() as store:
        verdict = store.ledger.verify("", lambda _done, _whole: None)
        assert (verdict.entries, verdict.findings) == (1_002, ())
        assert store.members.wallet(somebody.id) == Wallet(somebody.id, 0, 0, 0)
        assert store.ledger.open_lots(somebody.id) == ()


def test_M9_10000_random_amounts_leave_no_residue_in_the_accounts() -> None:
    chance = Random(9)
    accounts: Counter[str] = Counter()
    lots: dict[str, Lot] = {}

    def post(postings: tuple[Posting, ...]) -> None:
        Draft("x", EntryKind.SALE, TODAY, NOON_MS, "s", "b", postings)
        for posting in postings:
            accounts[posting.account] += posting.amount
            if posting.lot_id:
                lot = lots[posting.lot_id]
                by = {f"{posting.account}_left": getattr(lot, f"{posting.account}_left") - posting.amount}
                lots[posting.lot_id] = replace(lot, **by)

    def eat(amount: int) -> None:
        uses = spend(tuple(lots.values()), amount)
        post(sale_postings(bill_of(amount), Tender.CARD, "A", WANG.id, uses))
        for lot_id in [lot.id for lot in lots.values() if not lot.principal_left + lot.bonus_left]:
            del lots[lot_id]

    def held() -> int:
        return sum(lot.principal_left + lot.bonus_left for lot in lots.values())

    for number in range(10_000):
        amount = chance.randint(1, 5_000)
        if held() < amount:
            principal, bonus = chance.randint(5_000, 60_000), chance.randint(0, 7_777)
            lots[str(number)] = Lot(str(number), WANG.id, principal, bonus, 0, 0)
            post(top_up_postings(str(number), WANG.id, Tender.CASH, "A", principal, bonus))
        eat(amount)
    eat(held())

    assert (accounts[PRINCIPAL], accounts[BONUS], lots) == (0, 0, {})
    assert accounts[drawer("A")] + accounts[BONUS_EXPENSE] == -accounts[revenue("set_meal")]


def _held(store: Store) -> Fen:
    wallet = store.members.wallet(WANG.id)
    assert wallet is not None
    return wallet.spendable
