"""Many entries at once: opening balances chained, numbered and balanced as if they had been posted one by one."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from db.store import SqlStores
from pos.domain.ledger import BONUS, GENESIS, OPENING, PRINCIPAL, Draft, EntryKind, Lot, seal
from pos.domain.members import Member, Wallet
from pos.domain.opening import opening_id, opening_postings
from pos.domain.shifts import Shift
from tests import made_up


def drafts(shift: Shift, members: Iterable[Member], principal: int = 20_000, bonus: int = 2_000) -> list[Draft]:
    return [
        Draft(
            opening_id(member.id), EntryKind.OPENING, shift.business_date, made_up.NOON_MS, shift.id, shift.staff_id,
            opening_postings(member.id, principal, bonus),
        )
        for member in members
    ]  # fmt: skip


def lots(members: Iterable[Member], principal: int = 20_000, bonus: int = 2_000) -> list[Lot]:
    return [Lot(opening_id(member.id), member.id, principal, bonus, 0, 0, terms="opening") for member in members]


def quiet(_done: int, _whole: int) -> None:
    return


def test_entries_posted_together_are_chained_numbered_and_balanced(stores: SqlStores) -> None:
    shift = made_up.found_canteen(stores)
    members = [made_up.member(stores, f"王{number}", uid=None) for number in range(3)]

    with stores.write() as store:
        store.ledger.add_lots(lots(members))
        store.ledger.post_all(drafts(shift, members), quiet)

    with stores.read() as store:
        entries = [store.ledger.entry(opening_id(member.id)) for member in members]
        head = GENESIS
        for seq, (entry, draft) in enumerate(zip(entries, drafts(shift, members), strict=True), 1):
            assert entry == seal(draft, "A", 1, seq, head)
            head = entry.hash
        assert store.ledger.last("A") == entries[-1]
        assert [store.members.wallet(member.id) for member in members] == [
            Wallet(member.id, 20_000, 2_000) for member in members
        ]
        assert [store.ledger.balance(account) for account in (OPENING, PRINCIPAL, BONUS)] == [66_000, -60_000, -6_000]
        assert store.ledger.verify("", quiet).findings == ()


def test_the_next_entry_goes_on_where_many_ended(stores: SqlStores) -> None:
    shift = made_up.found_canteen(stores)
    somebody = made_up.member(stores)

    with stores.write() as store:
        store.ledger.add_lots(lots([somebody]))
        store.ledger.post_all(drafts(shift, [somebody]), quiet)
    with stores.write() as store:
        made_up.top_up(store, shift, somebody, 100)
        meal = made_up.sell(store, shift, somebody, 11_000)

    assert meal.number == "A-1-000003"
    # 200.00 + 20.00 of the old books are eaten first, pro rata.
    assert (meal.payment.principal, meal.payment.bonus) == (10_000, 1_000)
    with stores.read() as store:
        assert store.ledger.verify("", quiet).findings == ()


def test_an_opening_without_bonus_has_two_postings() -> None:
    assert [posting.amount for posting in opening_postings("wang", 500, 0)] == [500, -500]


def test_posting_nothing_moves_nothing(stores: SqlStores) -> None:
    made_up.found_canteen(stores)

    with stores.write() as store:
        store.ledger.add_lots(())
        store.ledger.post_all((), quiet)

    with stores.read() as store:
        assert store.ledger.last("A") is None


def test_a_listener_that_raises_leaves_nothing_behind(stores: SqlStores) -> None:
    shift = made_up.found_canteen(stores)
    members = [made_up.member(stores, f"王{number}", uid=None) for number in range(210)]

    def enough(done: int, _whole: int) -> None:
        if done >= 200:
            raise InterruptedError

    def bring_in() -> None:
        with stores.write() as store:
            store.ledger.add_lots(lots(members))
            store.ledger.post_all(drafts(shift, members), enough)

    with pytest.raises(InterruptedError):
        bring_in()

    with stores.read() as store:
        assert [store.members.wallet(member.id) for member in members] == [Wallet(member.id, 0, 0) for member in members]
        assert (store.ledger.last("A"), store.ledger.open_lots(members[0].id)) == (None, ())
