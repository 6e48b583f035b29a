"""The kernel: what `post` moves, refuses and leaves alone, on both databases."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from db import wire
from db.store import SqlStores
from pos.domain.errors import AlreadyUndone, NotEnough, StoreFault, StoreTrouble
from pos.domain.ledger import (
    BONUS,
    GENESIS,
    PRINCIPAL,
    Draft,
    EntryKind,
    Lot,
    Posting,
    drawer,
    revenue,
    seal,
    spend,
)
from pos.domain.members import Wallet
from pos.domain.shifts import float_postings
from tests.made_up import (
    BOSS,
    NOON_MS,
    TODAY,
    bill_of,
    found_canteen,
    sale_draft,
    sell,
    top_up,
    topped_up_member,
    undo,
)
from tests.stores import opened


def test_a_first_entry_follows_the_beginning_and_the_next_follows_it(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    first_draft = Draft("e1", EntryKind.FLOAT, TODAY, NOON_MS, shift.id, BOSS.id, float_postings("A", 10_000))
    second_draft = replace(first_draft, id="e2")

    with stores.write() as store:
        first = store.ledger.post(first_draft)
        second = store.ledger.post(second_draft)

    assert first == seal(first_draft, "A", 1, 1, GENESIS)
    assert second == seal(second_draft, "A", 1, 2, first.hash)
    with stores.read() as store:
        assert (store.ledger.entry("e1"), store.ledger.last("A")) == (first, second)


def test_a_till_that_posted_nothing_has_no_last_entry(stores: SqlStores) -> None:
    found_canteen(stores)

    with stores.read() as store:
        last = store.ledger.last("A")

    assert last is None


def test_a_top_up_fills_wallet_and_lot(stores: SqlStores) -> None:
    shift = found_canteen(stores)

    somebody = topped_up_member(stores, shift, 20_000, 2_000)

    with stores.read() as store:
        assert store.members.wallet(somebody.id) == Wallet(somebody.id, 20_000, 2_000, 0)
        (lot,) = store.ledger.open_lots(somebody.id)
        assert replace(lot, id="") == Lot("", somebody.id, 20_000, 2_000, 20_000, 2_000)
        assert (store.ledger.balance(drawer("A")), store.ledger.balance(PRINCIPAL)) == (20_000, -20_000)


def test_a_meal_takes_principal_and_bonus_of_the_oldest_lot(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 20_000, 2_000)
    with stores.write() as store:
        newer = top_up(store, shift, somebody, 10_000)

    with stores.write() as store:
        sell(store, shift, somebody, 1_100)

    with stores.read() as store:
        assert store.members.wallet(somebody.id) == Wallet(somebody.id, 29_000, 1_900, 0)
        older_lot, newer_lot = store.ledger.open_lots(somebody.id)
        assert (older_lot.principal_left, older_lot.bonus_left) == (19_000, 1_900)
        assert newer_lot == Lot(newer.id, somebody.id, 10_000, 0, 10_000, 0)
        assert store.ledger.balance(revenue("set_meal")) == -1_100


def test_more_than_the_wallet_holds_is_refused_with_both_numbers(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 1_000, 100)
    with stores.read() as store:
        (lot,) = store.ledger.open_lots(somebody.id)
    uses = spend((replace(lot, principal=2_000, principal_left=2_000),), 1_500)

    with pytest.raises(NotEnough) as refused, stores.write() as store:
        store.ledger.post(sale_draft(shift, somebody, bill_of(1_500), uses))

    assert (refused.value.needed, refused.value.available) == (1_500, 1_100)


def test_a_lot_never_gives_more_than_it_holds(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 1_000)
    with stores.write() as store:
        top_up(store, shift, somebody, 5_000)
    with stores.read() as store:
        first, _second = store.ledger.open_lots(somebody.id)
    uses = spend((replace(first, principal=2_000, principal_left=2_000),), 1_500)

    with pytest.raises(NotEnough) as refused, stores.write() as store:
        store.ledger.post(sale_draft(shift, somebody, bill_of(1_500), uses))

    assert (refused.value.needed, refused.value.available) == (1_500, 1_000)


def test_of_two_lots_the_one_that_is_short_is_named(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 1_000)
    with stores.write() as store:
        top_up(store, shift, somebody, 5_000)
        top_up(store, shift, somebody, 3_000)
    with stores.read() as store:
        first, second, _third = store.ledger.open_lots(somebody.id)
    uses = spend((first, replace(second, principal=7_000, principal_left=7_000)), 7_500)

    with pytest.raises(NotEnough) as refused, stores.write() as store:
        store.ledger.post(sale_draft(shift, somebody, bill_of(7_500), uses))

    assert (refused.value.needed, refused.value.available) == (6_500, 5_000)
    with stores.read() as store:
        assert [lot.principal_left for lot in store.ledger.open_lots(somebody.id)] == [1_000, 5_000, 3_000]


def test_a_wallet_that_was_filled_before_anybody_could_say_why_is_asked_again(postgresql_stores: SqlStores) -> None:
    stores = postgresql_stores
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 1_000)
    with stores.read() as store:
        (lot,) = store.ledger.open_lots(somebody.id)
    draft = sale_draft(shift, somebody, bill_of(1_500), spend((replace(lot, principal=2_000, principal_left=2_000),), 1_500))
    begun: list[object] = []

    def fill_after_the_refusal(connection: object) -> None:
        begun.append(connection)
        if len(begun) == 2:
            with opened(stores.database.url.render_as_string(hide_password=False)) as other, other.write() as store:
                top_up(store, shift, somebody, 1_000)

    event.listen(stores.database.writer, "begin", fill_after_the_refusal)
    with pytest.raises(StoreTrouble) as trouble, stores.write() as store:
        store.ledger.post(draft)

    assert (trouble.value.fault, trouble.value.money_moved) == (StoreFault.BUSY, False)


def test_after_a_refusal_a_transaction_commits_nothing(postgresql_stores: SqlStores) -> None:
    shift = found_canteen(postgresql_stores)
    somebody = topped_up_member(postgresql_stores, shift, 1_000)
    with postgresql_stores.read() as store:
        (lot,) = store.ledger.open_lots(somebody.id)
    uses = spend((replace(lot, principal=2_000, principal_left=2_000),), 1_500)

    def go_on_after_the_refusal() -> None:
        with postgresql_stores.write() as store:
            top_up(store, shift, somebody, 1)
            with suppress(NotEnough):
                store.ledger.post(sale_draft(shift, somebody, bill_of(1_500), uses))

    with pytest.raises(AssertionError, match="cannot go on"):
        go_on_after_the_refusal()

    with postgresql_stores.read() as store:
        assert store.members.wallet(somebody.id) == Wallet(somebody.id, 1_000, 0, 0)


def test_an_undone_meal_gives_back_to_the_lots_it_came_from(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 20_000, 2_000)
    with stores.write() as store:
        before = store.ledger.open_lots(somebody.id)
        sale = sell(store, shift, somebody, 1_234)

    with stores.write() as store:
        undo(store, shift, sale.id)

    with stores.read() as store:
        assert store.ledger.open_lots(somebody.id) == before
        assert store.ledger.is_reversed(sale.id)
        assert store.sales.get(sale.id) == replace(sale, undone=True)
        assert store.ledger.verify("", lambda _done, _whole: None).findings == ()


def test_a_reversal_happens_once(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 20_000)
    with stores.write() as store:
        sale = sell(store, shift, somebody, 1_000)
        undo(store, shift, sale.id)

    with pytest.raises(AlreadyUndone) as refused, stores.write() as store:
        undo(store, shift, sale.id)

    assert refused.value.number == sale.number


def test_a_spent_top_up_cannot_be_undone(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 5_000)
    with stores.write() as store:
        spent = top_up(store, shift, somebody, 1_000)
        sell(store, shift, somebody, 5_400)

    with pytest.raises(NotEnough) as refused, stores.write() as store:
        undo(store, shift, spent.id)

    assert (refused.value.needed, refused.value.available) == (1_000, 600)


def test_a_top_up_reads_back_as_it_was_made_and_knows_when_it_was_undone(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 5_000)
    with stores.write() as store:
        made = top_up(store, shift, somebody, 1_000, 100)
        first = store.ledger.top_up(made.id)
        undo(store, shift, made.id)

    with stores.read() as store:
        second = store.ledger.top_up(made.id)

    assert (first, second) == (made, replace(made, undone=True))


def test_an_entry_id_is_stored_once(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 5_000)
    with stores.write() as store:
        sell(store, shift, somebody, 1_000, "the-sale")

    with pytest.raises(StoreTrouble) as trouble, stores.write() as store:
        sell(store, shift, somebody, 1_000, "the-sale")

    assert (trouble.value.fault, trouble.value.money_moved) == (StoreFault.BUSY, None)
    with stores.read() as store:
        assert store.members.wallet(somebody.id) == Wallet(somebody.id, 4_000, 0, 0)


def test_a_posting_out_of_a_wallet_names_its_lot(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 5_000)
    postings = (Posting(BONUS, 1, somebody.id), Posting(revenue("soup"), -1))

    with pytest.raises(AssertionError), stores.write() as store:
        store.ledger.post(Draft("x", EntryKind.SALE, TODAY, NOON_MS, shift.id, BOSS.id, postings))


class PulledPlugError(Exception):
    """What stops a transaction in the middle."""


def test_M11_a_failure_after_any_statement_leaves_nothing(
    stores: SqlStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 20_000, 2_000)
    with stores.read() as store:
        before = (
            store.members.wallet(somebody.id),
            store.ledger.open_lots(somebody.id),
            store.ledger.last("A"),
        )
    left = 0

    def pull(*_statement: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise PulledPlugError

    def send_and_pull(connection: Any, name: bytes, statement: wire.Statement) -> None:
        send(connection, name, statement)
        if statement.words != b"COMMIT":
            pull()

    send = wire._send
    monkeypatch.setattr(wire, "_send", send_and_pull)
    event.listen(stores.database.writer, "after_cursor_execute", pull)
    failed = 0
    while True:
        left = failed + 1
        try:
            with stores.write() as store:
                sell(store, shift, somebody, 1_000, "the-sale")
            break
        except PulledPlugError:
            failed += 1
        with stores.read() as store:
            assert store.sales.get("the-sale") is None
            assert store.ledger.entry("the-sale") is None
            after = (
                store.members.wallet(somebody.id),
                store.ledger.open_lots(somebody.id),
                store.ledger.last("A"),
            )
            assert after == before
            assert store.ledger.verify("", lambda _done, _whole: None).findings == ()
    event.remove(stores.database.writer, "after_cursor_execute", pull)

    # Every statement of a sale: two reads, five of the entry, three of the sale; and its three postings, one by one to a server.
    assert failed == (11 if stores.database.is_sqlite else 13)
    with stores.read() as store:
        assert store.members.wallet(somebody.id) == Wallet(somebody.id, 19_091, 1_909, 0)


def test_a_top_up_whose_principal_was_eaten_is_refused_with_the_principal(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 100, 1_000)
    with stores.write() as store:
        wrong = top_up(store, shift, somebody, 1_000)
        sell(store, shift, somebody, 1_600)
        assert store.members.wallet(somebody.id) == Wallet(somebody.id, 500, 0, 0)
        top_up(store, shift, somebody, 1, 2_000)

    with pytest.raises(NotEnough) as refused, stores.write() as store:
        undo(store, shift, wrong.id)

    assert (refused.value.needed, refused.value.available) == (1_000, 501)
