"""Many holds at once: they move what one hold after the other would, in the order of the wallets, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from db.store import SqlStores
from pos.domain.errors import NotEnough
from pos.domain.holds import hold_postings
from pos.domain.ledger import Draft, EntryKind, Lot, Posting, remaining, spend
from pos.domain.members import Member, Wallet
from pos.domain.money import Fen
from pos.domain.shifts import Shift
from tests.made_up import BOSS, NOON_MS, TODAY, bill_of, found_canteen, found_shift, reservation, sell, top_up

PEOPLE = 620
"""More than are moved in one statement."""


class GivenUp(Exception):  # no error: a test wished it
    pass


def quiet(_done: int, _whole: int) -> None:
    return


def people_with(stores: SqlStores, shift: Shift, count: int, *lots: Fen) -> list[Member]:
    """Members with lots (fen), each with a tenth of bonus on top."""
    people = [Member(f"m{number:03}", f"王{number}", None, "") for number in range(count)]
    with stores.write() as store:
        for one in people:
            store.members.add(one, (), NOON_MS)
            for principal in lots:
                top_up(store, shift, one, principal, principal // 10)
    return people


def holds(stores: SqlStores, shift: Shift, people: Sequence[Member], amount: Fen, meals: int) -> list[Draft]:
    """So many meals of each, one after the other out of the lots."""
    drafts: list[Draft] = []
    with stores.read() as store:
        for one in people:
            lots = store.ledger.open_lots(one.id)
            for number in range(meals):
                uses = spend(lots, amount)
                lots = remaining(lots, uses)
                drafts.append(draft(f"{shift.till}/{one.id}/{number}/hold", shift, hold_postings(one.id, uses)))
    return drafts


def draft(id_: str, shift: Shift, postings: tuple[Posting, ...]) -> Draft:
    return Draft(id_, EntryKind.HOLD, TODAY, NOON_MS, shift.id, BOSS.id, postings)


def wallets(stores: SqlStores, people: Sequence[Member]) -> set[tuple[Fen, Fen, Fen]]:
    with stores.read() as store:
        found = [store.members.wallet(one.id) for one in people]
    return {(one.principal, one.bonus, one.held) for one in found if one}


def findings(stores: SqlStores) -> tuple[object, ...]:
    with stores.read() as store:
        return store.ledger.verify("", quiet).findings


def test_many_holds_take_the_lots_in_order_and_are_sound(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    people = people_with(stores, shift, 120, 1_000, 2_000)

    with stores.write() as store:
        store.ledger.post_all(holds(stores, shift, people, 600, 3), quiet)
        store.reservations.add_all(
            [
                reservation(one, TODAY + timedelta(days=number), bill_of(600), hold_id=f"A/{one.id}/{number}/hold")
                for one in people
                for number in range(3)
            ],
            BOSS.id,
        )

    assert wallets(stores, people) == {(1_364, 136, 1_800)}
    with stores.read() as store:
        (lot,) = store.ledger.open_lots(people[0].id)
        last = store.ledger.last("A")
    assert (lot.principal_left, lot.bonus_left) == (1_364, 136)
    assert last is not None
    assert last.seq == 120 * 2 + 120 * 3
    assert findings(stores) == ()


def test_many_holds_of_which_one_is_not_covered_leave_nothing(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    people = people_with(stores, shift, 5, 2_000)
    drafts = holds(stores, shift, people, 1_000, 2)
    with stores.write() as store:
        sell(store, shift, people[3], 500)

    with pytest.raises(NotEnough) as refused, stores.write() as store:
        store.ledger.post_all(drafts, quiet)

    assert (refused.value.needed, refused.value.available) == (2_000, 1_700)
    assert wallets(stores, people[:3]) == {(2_000, 200, 0)}
    assert findings(stores) == ()


def test_a_lot_that_is_short_is_refused_with_its_numbers(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    (somebody,) = people_with(stores, shift, 1, 1_000, 1_000)
    with stores.read() as store:
        first, _second = store.ledger.open_lots(somebody.id)
    uses = spend((Lot(first.id, somebody.id, 1_500, 0, 1_500, 0),), 1_500)

    with pytest.raises(NotEnough) as refused, stores.write() as store:
        store.ledger.post_all([draft("h1", shift, hold_postings(somebody.id, uses))], quiet)

    assert (refused.value.needed, refused.value.available) == (1_500, 1_100)


@pytest.mark.parametrize("at", [0.0, 0.4, 0.9])
def test_many_holds_that_are_given_up_leave_nothing(stores: SqlStores, at: float) -> None:
    shift = found_canteen(stores)
    people = people_with(stores, shift, 120, 2_000)
    drafts = holds(stores, shift, people, 1_000, 2)

    def give_up(done: int, whole: int) -> None:
        if done >= at * whole:
            raise GivenUp

    with pytest.raises(GivenUp), stores.write() as store:
        store.ledger.post_all(drafts, give_up)

    assert wallets(stores, people) == {(2_000, 200, 0)}
    with stores.read() as store:
        last = store.ledger.last("A")
    assert last is not None
    assert last.seq == 120


def test_M8_many_holds_and_a_charge_never_take_the_last_money_twice(stores: SqlStores) -> None:
    other = stores.at("B")
    shift, other_shift = found_canteen(stores), found_shift(other)
    people = people_with(stores, shift, 40, 1_000)
    drafts = holds(stores, shift, people, 1_100, 1)

    def hold() -> str:
        with stores.write() as store:
            store.ledger.post_all(drafts, quiet)
        return "held"

    def charge() -> str:
        with other.write() as store:
            sell(store, other_shift, people[7], 1_100)
        return "charged"

    outcomes = at_once(hold, charge)

    assert sorted(outcomes) in (["charged", "refused"], ["held", "refused"])
    with stores.read() as store:
        assert store.members.wallet(people[7].id) == Wallet(people[7].id, 0, 0, 1_100 if "held" in outcomes else 0)


def test_two_runs_over_the_same_wallets_in_opposite_order_wait_and_do_not_lock_each_other_out(
    stores: SqlStores,
) -> None:
    other = stores.at("B")
    shift, other_shift = found_canteen(stores), found_shift(other)
    people = people_with(stores, shift, PEOPLE, 2_000)
    # What the second takes lies behind what the first takes.
    first, both = holds(stores, shift, people, 1_100, 1), holds(other, other_shift, people, 1_100, 2)
    second = both[1::2][::-1]

    def post(at: SqlStores, drafts: list[Draft]) -> Callable[[], str]:
        def run() -> str:
            with at.write() as store:
                store.ledger.post_all(drafts, quiet)
            return "held"

        return run

    assert at_once(post(stores, first), post(other, second)) == ["held", "held"]
    assert wallets(stores, people) == {(0, 0, 2_200)}


def at_once(*runs: Callable[[], str]) -> list[str]:
    start = Barrier(len(runs))

    def run(one: Callable[[], str]) -> str:
        start.wait(timeout=10)
        try:
            return one()
        except NotEnough:
            return "refused"

    with ThreadPoolExecutor(len(runs)) as threads:
        return list(threads.map(run, runs))
