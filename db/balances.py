"""The cached balances of wallets and lots: moved with the entry that moves them, and never below zero."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
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
# The same of many, locked one after the other: whoever locks several does so in this order.
_WALLETS_HOLD = (
    select(wallets.c.member_id.label("owner"), wallets.c.principal, wallets.c.bonus, wallets.c.held)
    .where(wallets.c.member_id.in_(bindparam("owners", expanding=True)))
    .order_by(wallets.c.member_id)
    .with_for_update(key_share=True)
)
_LOTS_HOLD = (
    select(lot_balances.c.lot_id.label("owner"), lot_balances.c.principal, lot_balances.c.bonus)
    .where(lot_balances.c.lot_id.in_(bindparam("owners", expanding=True)))
    .order_by(lot_balances.c.lot_id)
    .with_for_update(key_share=True)
)
_MANY = 500

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
            _values(member_id, moves, held=True),
            unmoved=partial(_refusal, transaction, _WALLET_HOLDS, member_id, moves),
        )
    for lot_id in sorted(by_lot):
        moves = by_lot[lot_id]
        transaction.send(
            _MOVE_LOT,
            _values(lot_id, moves),
            unmoved=partial(_refusal, transaction, _LOT_HOLDS, lot_id, moves),
        )


def move_many(
    transaction: Transaction, drafted: Iterable[Posting], progress: Callable[[int, int], None]
) -> None:
    """Move what many entries move together: every wallet before every lot, each once and in the order of its id.

    `progress` is told wallets and lots done and in all. Raises NotEnough as `move_balances` does.
    """
    by_wallet, by_lot = _moves(drafted)
    done, whole = 0, len(by_wallet) + len(by_lot)
    for move, holds, moves in ((_MOVE_WALLET, _WALLETS_HOLD, by_wallet), (_MOVE_LOT, _LOTS_HOLD, by_lot)):
        owners = sorted(moves)
        for start in range(0, len(owners), _MANY):
            some = owners[start : start + _MANY]
            _check_all(transaction, holds, {owner: moves[owner] for owner in some})
            rows = [_values(owner, moves[owner], held=moves is by_wallet) for owner in some]
            moved = transaction.run(move, rows).rowcount
            assert moved == len(some), "what is locked holds what it held"
            done += len(some)
            progress(done, whole)


def _check_all(transaction: Transaction, holds: AnySelect, moves: Mapping[str, Moves]) -> None:
    """Lock them and raise NotEnough for the first that has less than it loses; where all gain nobody is asked."""
    if all(amount >= 0 for moved in moves.values() for amount in moved.values()):
        return
    for row in transaction.run(holds, {"owners": list(moves)}).mappings().all():
        moved = moves[row["owner"]]
        before = {account: row[account] for account in WALLET_ACCOUNTS if account in row}
        if any(has + moved[account] < 0 for account, has in before.items()):
            raise _shortage(before, moved)


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


def _values(owner: str, moves: Moves, *, held: bool = False) -> dict[str, str | Fen]:
    values: dict[str, str | Fen] = {"owner": owner, "by_principal": moves[PRINCIPAL], "by_bonus": moves[BONUS]}
    return values | {"by_held": moves[HELD]} if held else values


def _refusal(transaction: Transaction, holds: AnySelect, owner: str, moves: Moves) -> NotEnough:
    row = transaction.run(holds, {"owner": owner}).mappings().first()
    assert row is not None, "a wallet or lot that is moved exists"
    return _shortage(dict(row), moves)


def _shortage(before: Mapping[str, Fen], moves: Moves) -> NotEnough:
    needed, available = -moves[PRINCIPAL] - moves[BONUS], before[PRINCIPAL] + before[BONUS]
    if needed > available:
        return NotEnough(needed, available)
    # Together it would do: then one of them is short, which is what an undone top-up may meet.
    short = next(account for account, has in before.items() if has + moves[account] < 0)
    return NotEnough(-moves[short], before[short])
