"""The kernel under any order of top-ups, meals and reversals at two tills: a state machine on both databases."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from db.engine import address_of, open_database
from db.store import SqlStores
from db.tables import postings, total
from pos.domain.errors import AlreadyUndone, NotEnough, StoreTrouble
from pos.domain.members import Member
from pos.domain.money import Fen
from pos.domain.shifts import Shift
from tests.made_up import found_canteen, found_shift, member, sell, top_up, undo
from tests.pg import Server

NewStores = Callable[[], SqlStores]
AMOUNTS = st.integers(1, 30_000)
TILLS = st.sampled_from("AB")
PEOPLE = st.integers(0, 1)


class Kernel(RuleBasedStateMachine):
    """Two tills and two members. The model knows each member's total; the ledger must agree to the fen."""

    posted = Bundle("posted")
    undone = Bundle("undone")

    def __init__(self, new_stores: NewStores) -> None:
        super().__init__()
        self.stores = new_stores()
        self.shifts: dict[str, Shift] = {}
        self.people: list[Member] = []
        self.totals: list[Fen] = [0, 0]
        self.numbers = count(1)

    @initialize()
    def found(self) -> None:
        self.shifts = {"A": found_canteen(self.stores), "B": found_shift(self.stores.at("B"))}
        self.people = [member(self.stores), member(self.stores, "李桂兰", None)]

    @rule(target=posted, till=TILLS, who=PEOPLE, principal=AMOUNTS, bonus=st.integers(0, 5_000))
    def tops_up(self, till: str, who: int, principal: Fen, bonus: Fen) -> tuple[str, int, Fen, bool]:
        with self.stores.at(till).write() as store:
            made = top_up(
                store, self.shifts[till], self.people[who], principal, bonus, f"t{next(self.numbers)}"
            )
        self.totals[who] += principal + bonus
        return made.id, who, principal + bonus, True

    @rule(target=posted, till=TILLS, who=PEOPLE, amount=AMOUNTS)
    def eats(self, till: str, who: int, amount: Fen) -> tuple[str, int, Fen, bool]:
        sale_id = f"s{next(self.numbers)}"
        if amount > self.totals[who]:
            with pytest.raises(NotEnough) as refused:
                self._sell(till, who, amount, sale_id)
            assert (refused.value.needed, refused.value.available) == (amount, self.totals[who])
            return "", who, 0, False
        self._sell(till, who, amount, sale_id)
        self.totals[who] -= amount
        return sale_id, who, -amount, False

    def _sell(self, till: str, who: int, amount: Fen, sale_id: str) -> None:
        with self.stores.at(till).write() as store:
            sell(store, self.shifts[till], self.people[who], amount, sale_id)

    @rule(till=TILLS, entry=posted)
    def asks_twice(self, till: str, entry: tuple[str, int, Fen, bool]) -> None:
        if not entry[0] or self.totals[entry[1]] == 0:
            return
        with pytest.raises(StoreTrouble):
            self._sell(till, entry[1], 1, entry[0])

    @rule(target=undone, till=TILLS, entry=consumes(posted))
    def undoes(self, till: str, entry: tuple[str, int, Fen, bool]) -> str:
        entry_id, who, moved, is_top_up = entry
        if not entry_id:
            return ""
        try:
            with self.stores.at(till).write() as store:
                undo(store, self.shifts[till], entry_id)
        except NotEnough:
            # Only money that came can be gone: some of this lot was eaten.
            assert is_top_up
            return ""
        self.totals[who] -= moved
        return entry_id

    @rule(till=TILLS, entry_id=undone)
    def undoes_twice(self, till: str, entry_id: str) -> None:
        if entry_id:
            with pytest.raises(AlreadyUndone), self.stores.at(till).write() as store:
                undo(store, self.shifts[till], entry_id)

    @invariant()
    def wallets_are_the_model(self) -> None:
        with self.stores.read() as store:
            for somebody, expected in zip(self.people, self.totals, strict=False):
                wallet = store.members.wallet(somebody.id)
                assert wallet is not None
                assert wallet.spendable == expected
                assert wallet.principal >= 0 <= wallet.bonus

    @invariant()
    def postings_sum_to_zero(self) -> None:
        unbalanced = (
            select(func.count())
            .select_from(postings)
            .group_by(postings.c.entry_id)
            .having(total(postings.c.amount) != 0)
        )
        with self.stores.read_rows() as transaction:
            assert transaction.run(unbalanced).all() == []

    def teardown(self) -> None:
        try:
            with self.stores.read() as store:
                assert store.ledger.verify("", lambda _done, _whole: None).findings == ()
        finally:
            self.stores.close()


def _run(new_stores: NewStores) -> None:
    class OnThese(Kernel):
        def __init__(self) -> None:
            super().__init__(new_stores)

    # Each step is a real transaction: a fifth of the examples of a pure test.
    fewer = settings(max_examples=max(1, settings().max_examples // 5))
    run_state_machine_as_test(OnThese, settings=fewer)


def test_the_kernel_keeps_its_invariants_on_sqlite(tmp_path: Path, migrated_file: Path) -> None:
    numbers = count(1)

    def new_stores() -> SqlStores:
        path = shutil.copy(migrated_file, tmp_path / f"{next(numbers)}.db")
        return SqlStores(open_database(address_of(path)), "A")

    _run(new_stores)


def test_the_kernel_keeps_its_invariants_on_postgresql(postgresql: Server) -> None:
    def new_stores() -> SqlStores:
        return SqlStores(open_database(address_of(postgresql.url(postgresql.new_database()))), "A")

    _run(new_stores)
