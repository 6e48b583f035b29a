"""Many rows at once: loaded, they are what few rows would have been, on both databases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from db.loading import LOADED_FROM
from db.store import SqlStores
from db.tables import lots, members
from pos.domain.errors import StoreFault, StoreTrouble
from pos.domain.import_rows import Newcomer
from pos.domain.ledger import Draft, EntryKind, Lot
from pos.domain.members import Member, Wallet
from pos.domain.opening import opening_id, opening_postings
from pos.domain.profile import Profile
from pos.domain.shifts import Shift
from tests import made_up

NOON_MS = made_up.NOON_MS
NASTY = ("王\t秀\\N", "\\N", "''\"", "line\nline\r", "𬭎䶮·", "\\", "")


def rows(count: int) -> list[dict[str, object]]:
    """Members with every kind of value: words that a stream must escape, bytes, nothing."""
    return [
        {
            "id": f"m{number:04}",
            "name": NASTY[number % len(NASTY)],
            "birth_date": None if number % 2 else "1940-02-03",
            "phone": "",
            "categories": "[]",
            "photo": b"\x00\\\t\xff" if number % 3 else None,
            "created_ms": -number,
        }
        for number in range(count)
    ]


def openings(shift: Shift, people: Iterable[Member]) -> list[Draft]:
    return [
        Draft(
            opening_id(one.id), EntryKind.OPENING, shift.business_date, NOON_MS, shift.id, shift.staff_id,
            opening_postings(one.id, 500, 0),
        )
        for one in people
    ]  # fmt: skip


def quiet(_done: int, _whole: int) -> None:
    return


@pytest.mark.parametrize("count", [LOADED_FROM - 1, LOADED_FROM, 3 * LOADED_FROM])
def test_what_is_loaded_comes_back_as_it_was(stores: SqlStores, count: int) -> None:
    wanted = rows(count)

    with stores.write() as store:
        store._transaction.run_many(insert(members), wanted)

    columns = [members.c[name] for name in wanted[0]]
    with stores.read_rows() as transaction:
        found = [dict(row._mapping) for row in transaction.run(select(*columns).order_by(members.c.id))]
    assert found == wanted


def test_a_broken_key_among_many_rows_is_found_and_nothing_stays(stores: SqlStores) -> None:
    twice = [*rows(LOADED_FROM), rows(1)[0]]

    with pytest.raises(IntegrityError), stores.write() as store:
        store._transaction.run_many(insert(members), twice)

    with stores.read() as store:
        assert store.imports.members() == ()


def test_a_stream_that_the_store_refuses_is_no_trouble_of_the_store(stores: SqlStores) -> None:
    """Rows of lots without their wallets are a bug, and bugs are not called trouble."""
    orphans = [{"id": row["id"], "member_id": "nobody", "principal": 0, "bonus": 0} for row in rows(LOADED_FROM)]

    with pytest.raises(IntegrityError), stores.write() as store:
        store._transaction.run_many(insert(lots), orphans)


def test_an_insert_that_says_more_than_its_rows_is_never_loaded(stores: SqlStores) -> None:
    with pytest.raises(AssertionError), stores.write() as store:
        store._transaction.run_many(insert(members).returning(members.c.id), rows(LOADED_FROM))


def test_many_entries_of_which_one_is_stored_already_ask_to_try_again(stores: SqlStores) -> None:
    shift = made_up.found_canteen(stores)
    people = [made_up.member(stores, f"王{number}", uid=None) for number in range(LOADED_FROM)]
    with stores.write() as store:
        store.ledger.add_lots(Lot(opening_id(one.id), one.id, 500, 0, 0, 0) for one in people)
        store.ledger.post_all(openings(shift, people[:1]), quiet)

    with pytest.raises(StoreTrouble) as caught, stores.write() as store:
        store.ledger.post_all(openings(shift, people), quiet)

    assert caught.value.fault is StoreFault.BUSY
    with stores.read() as store:
        assert [store.members.wallet(one.id) for one in people[:2]] == [
            Wallet(people[0].id, 500, 0),
            Wallet(people[1].id, 0, 0),
        ]


def test_many_newcomers_are_found_as_one_is(stores: SqlStores) -> None:
    everybody = [Newcomer(f"m{number}", Profile(f"王\\{number}", date(1940, 2, 3), "")) for number in range(LOADED_FROM)]

    with stores.write() as store:
        store.imports.add(everybody, lambda one: [one.profile.name], lambda _one: None, NOON_MS)

    with stores.read() as store:
        (hit,) = store.members.search(("王\\42",), made_up.TODAY, 8)
    assert hit.id == "m42"
