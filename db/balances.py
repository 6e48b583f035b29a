"""The cached balances of wallets and lots: moved with the entry that moves them, and never below zero."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial

from sqlalchemy import bindparam, select, update

from db.tables import lot_balances, wallets
from db.transaction import AnySelect, Transaction
from pos.domain.errors import NotEnough
from pos.domain.ledger import BONUS, HELD, PRINCIPAL, WALLET_ACCOUNTS, Posting
from pos.domain.money import Fen

_MOVE_WALLET = (
    update(wallets)
    .where(
        wallets.c.member_id == bindparam("owner"),
        wallets.c.principal + bindparam("by_principal") >= 0,
        wallets.c.bonus + bindparam("by_bonus") >= 0,
        wallets.c.held + bindparam("by_held") >= 0,
    )
    .values(
        principal=wallets.c.principal + bindparam("by_principal"),
        bonus=wallets.c.bonus + bindparam("by_bonus"),
        held=wallets.c.held + bindparam("by_held"),
    )
)
_MOVE_LOT = (
    update(lot_balances)
    .where(
        lot_balances.c.lot_id == bindparam("owner"),
        lot_balances.c.principal + bindparam("by_principal") >= 0,
        lot_balances.c.bonus + bindparam("by_bonus") >= 0,
    )
    .values(
        principal=lot_balances.c.principal + bindparam("by_principal"),
        bonus=lot_balances.c.bonus + bindparam("by_bonus"),
    )
)
_WALLET_HOLDS = select(wallets.c.principal, wallets.c.bonus, wallets.c.held).where(
    wallets.c.member_id == bindparam("owner")
)
_LOT_HOLDS = select(lot_balances.c.principal, lot_balances.c.bonus).where(
    lot_balances.c.lot_id == bindparam("owner")
)

Moves = dict[str, Fen]


def move_balances(transaction: Transaction, drafted: Iterable[Posting]) -> None:
    """Move what an entry's postings move, wallets before lots, each in the order of its id.

    Raises NotEnough with the numbers of the wallet or lot that would fall below zero, now or as `send` does.
    """
    by_wallet, by_lot = _moves(drafted)
    for member_id in sorted(by_wallet):
        moves = by_wallet[member_id]
        transaction.send(
            _MOVE_WALLET,
            _values(member_id, moves) | {"by_held": moves[HELD]},
            unmoved=partial(_refusal, transaction, _WALLET_HOLDS, member_id, moves),
        )
    for lot_id in sorted(by_lot):
        moves = by_lot[lot_id]
        transaction.send(
            _MOVE_LOT,
            _values(lot_id, moves),
            unmoved=partial(_refusal, transaction, _LOT_HOLDS, lot_id, moves),
        )


def fill_balances(transaction: Transaction, drafted: Iterable[Posting]) -> None:
    """Move what postings add to wallets and lots, in the same order but in one go: what only grows falls nowhere
    below zero, so nobody has to be asked which one was short.
    """
    by_wallet, by_lot = _moves(drafted)
    grown = [amount >= 0 for moves in (*by_wallet.values(), *by_lot.values()) for amount in moves.values()]
    assert all(grown), "whoever takes something out posts alone"
    transaction.run_many(
        _MOVE_WALLET, (_values(one, by_wallet[one]) | {"by_held": by_wallet[one][HELD]} for one in sorted(by_wallet))
    )
    transaction.run_many(_MOVE_LOT, (_values(one, by_lot[one]) for one in sorted(by_lot)))


def _moves(drafted: Iterable[Posting]) -> tuple[dict[str, Moves], dict[str, Moves]]:
    """What postings move, by wallet and by lot."""
    by_wallet: dict[str, Moves] = defaultdict(lambda: dict.fromkeys(WALLET_ACCOUNTS, 0))
    by_lot: dict[str, Moves] = defaultdict(lambda: dict.fromkeys(WALLET_ACCOUNTS, 0))
    for posting in drafted:
        if posting.member_id is None:
            continue
        # What the canteen owes is a credit: a debit takes out of the wallet.
        by_wallet[posting.member_id][posting.account] -= posting.amount
        if posting.account != HELD:
            assert posting.lot_id is not None, "principal and bonus lie in lots"
            by_lot[posting.lot_id][posting.account] -= posting.amount
    return by_wallet, by_lot


def _values(owner: str, moves: Moves) -> dict[str, str | Fen]:
    return {"owner": owner, "by_principal": moves[PRINCIPAL], "by_bonus": moves[BONUS]}


def _refusal(transaction: Transaction, holds: AnySelect, owner: str, moves: Moves) -> NotEnough:
    row = transaction.run(holds, {"owner": owner}).mappings().first()
    assert row is not None, "a wallet or lot that is moved exists"
    needed, available = -moves[PRINCIPAL] - moves[BONUS], row[PRINCIPAL] + row[BONUS]
    if needed > available:
        return NotEnough(needed, available)
    # Together it would do: then one of them is short, which is what an undone top-up may meet.
    short = next(account for account in row if row[account] + moves[account] < 0)
    return NotEnough(-moves[short], row[short])
