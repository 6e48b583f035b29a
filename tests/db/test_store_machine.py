"""Members' money under any order of top-ups, meals, reservations, refunds, transfers, new cards and reversals at two
tills: a state machine on both databases.
"""

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
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from db.engine import address_of, open_database
from db.store import SqlStores
from db.tables import postings, total
from pos.domain.account_errors import NothingToRefund, RefundTooMuch, UndoTooLate
from pos.domain.canteen import NAMED_CARD_LIMIT
from pos.domain.errors import (
    AlreadyUndone,
    BalanceAboveLimit,
    CardState,
    NotEnough,
    NothingToUndo,
    StoreTrouble,
)
from pos.domain.money import Fen
from pos.domain.reservations import ReservationOver
from tests.made_up import found_canteen, found_shift, member, sell, undo
from tests.money_life import Life
from tests.pg import Server

NewStores = Callable[[], SqlStores]
AMOUNTS = st.integers(1, 30_000)
TILLS = st.sampled_from("AB")
PEOPLE = st.integers(0, 1)


class Kernel(RuleBasedStateMachine):
    """Two tills and two members. The model knows by plain sums what each can spend and has held."""

    undone = Bundle("undone")

    def __init__(self, new_stores: NewStores) -> None:
        super().__init__()
        self.stores = new_stores()
        self.life = Life(self.stores.at, {}, {})

    @initialize()
    def found(self) -> None:
        shifts = {"A": found_canteen(self.stores), "B": found_shift(self.stores.at("B"))}
        people = (member(self.stores), member(self.stores, "李桂兰", None))
        self.life = Life(self.stores.at, shifts, {one.id: one for one in people})

    def who(self, number: int) -> str:
        return list(self.life.people)[number]

    @rule(till=TILLS, number=PEOPLE, principal=AMOUNTS, bonus=st.integers(0, 5_000))
    def tops_up(self, till: str, number: int, principal: Fen, bonus: Fen) -> None:
        self.life.tops_up(till, self.who(number), principal, bonus)

    @rule(till=TILLS, number=PEOPLE, amount=AMOUNTS)
    def eats(self, till: str, number: int, amount: Fen) -> None:
        who = self.who(number)
        self._within(who, amount, lambda: self.life.eats(till, who, amount))

    @rule(till=TILLS, number=PEOPLE, amount=AMOUNTS)
    def reserves(self, till: str, number: int, amount: Fen) -> None:
        who = self.who(number)
        self._within(who, amount, lambda: self.life.reserves(till, who, amount))

    def _within(self, who: str, amount: Fen, deed: Callable[[], None]) -> None:
        """Whoever asks for more than there is hears both numbers."""
        available = self.life.spendable[who]
        if amount <= available:
            deed()
            return
        with pytest.raises(NotEnough) as refused:
            deed()
        assert (refused.value.needed, refused.value.available) == (amount, available)

    @precondition(lambda self: self.life.reserved)
    @rule(till=TILLS, data=st.data())
    def picks_up(self, till: str, data: st.DataObject) -> None:
        self.life.picks_up(till, data.draw(st.sampled_from(self.life.reserved)))

    @precondition(lambda self: self.life.reserved)
    @rule(till=TILLS, data=st.data())
    def cancels(self, till: str, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self.life.reserved))
        self.life.cancels(till, one)
        with pytest.raises(ReservationOver):
            self.life.cancels(till, one)

    @rule(till=TILLS, number=PEOPLE, amount=st.none() | AMOUNTS)
    def is_paid_back(self, till: str, number: int, amount: Fen | None) -> None:
        try:
            self.life.is_paid_back(till, self.who(number), amount)
        except (NothingToRefund, RefundTooMuch):
            # Only principal is paid, and the model knows no more than the sum.
            assert amount is None or amount > 0

    @rule(till=TILLS, number=PEOPLE, amount=AMOUNTS)
    def gives(self, till: str, number: int, amount: Fen) -> None:
        who, other = self.who(number), self.who(1 - number)
        try:
            self._within(who, amount, lambda: self.life.gives(till, who, other, amount))
        except BalanceAboveLimit:
            assert self.life.spendable[other] + self.life.held[other] + amount > NAMED_CARD_LIMIT

    @rule(till=TILLS, number=PEOPLE)
    def gets_a_new_card(self, till: str, number: int) -> None:
        who = self.who(number)

        self.life.gets_a_new_card(till, who)

        with self.stores.read() as store:
            states = [card.state for card in store.cards.file_of(who).cards]
        assert states.count(CardState.ACTIVE) == 1

    @precondition(lambda self: self.life.posted)
    @rule(till=TILLS, data=st.data())
    def asks_twice(self, till: str, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self.life.posted))
        somebody = self.life.people[next(iter(one.changed))]
        if self.life.spendable[somebody.id] == 0:
            return
        with pytest.raises(StoreTrouble), self.stores.at(till).write() as store:
            sell(store, self.life.shifts[till], somebody, 1, one.id)

    @precondition(lambda self: self.life.posted)
    @rule(target=undone, data=st.data())
    def undoes(self, data: st.DataObject) -> str:
        one = data.draw(st.sampled_from(self.life.posted))
        # A refund or a transfer is undone at the till whose shift made it.
        for till in ("A", "B"):
            try:
                self.life.takes_back(till, one)
            except (NothingToUndo, UndoTooLate):
                continue
            except NotEnough:
                # Only money that came can be gone: some of this lot was eaten, held, paid back or handed on.
                assert one.kind in {"top_up", "transfer"}
                return ""
            except BalanceAboveLimit:
                assert any(
                    self.life.spendable[who] + self.life.held[who] - amount > NAMED_CARD_LIMIT
                    for who, amount in one.changed.items()
                )
                return ""
            return one.id
        raise AssertionError(one)

    @rule(till=TILLS, entry_id=undone)
    def undoes_twice(self, till: str, entry_id: str) -> None:
        if entry_id:
            with pytest.raises(AlreadyUndone), self.stores.at(till).write() as store:
                undo(store, self.life.shifts[till], entry_id)

    @invariant()
    def wallets_are_the_model(self) -> None:
        with self.stores.read() as store:
            assert self.life.found_in(store) == (self.life.spendable, self.life.held)

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
