"""The cached balances of wallets and lots: moved with the entry that moves them, and never below zero."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from sqlalchemy import bindparam, select, update

from db.tables import lot_balances, wallets
from db.transaction import AnySelect, Transaction
from pos.domain.errors import NotEnough, StoreFault, StoreTrouble
from pos.domain.ledger import BONUS, HELD, PRINCIPAL, WALLET_ACCOUNTS, Posting
from pos.domain.money import Fen

_MOVE_WALLET = (
    update(wallets)
    .where(wallets.c.member_id == bindparam("owner"))
    .values(
        principal=wallets.c.principal + bindparam("by_principal"),
        bonus=wallets.c.bonus + bindparam("by_bonus"),
        held=wallets.c.held + bindparam("by_held"),
    )
)
_MOVE_LOT = (
    update(lot_balances)
    .where(lot_balances.c.lot_id == bindparam("owner"))
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
    for move, holds, moves in ((_MOVE_WALLET, _WALLET_HOLDS, by_wallet), (_MOVE_LOT, _LOT_HOLDS, by_lot)):
        owners = sorted(moves)
        for place, owner in enumerate(owners):
            # A file says at once who is short, when those before have moved; a server says it of all together.
            rest = {one: moves[one] for one in owners[place:]}
            values = _values(owner, moves[owner], held=moves is by_wallet)
            transaction.send(move, values, broken=partial(_refusal, transaction, holds, rest))


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
        before = {account: row[account] for account in WALLET_ACCOUNTS if account in row}
        if shortage := _shortage(before, moves[row["owner"]]):
            raise shortage


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


def _refusal(
    transaction: Transaction, holds: AnySelect, moves: Mapping[str, Moves], key: str
) -> NotEnough | StoreTrouble | None:
    """Who would have fallen below zero, where that is the broken rule; whoever locked them first hears the truth."""
    if key != f"ck_{holds.get_final_froms()[0]}_not_negative":
        return None
    for owner, moved in moves.items():
        row = transaction.ask_apart((holds, {"owner": owner})).mappings().first()
        assert row is not None, "a wallet or lot that is moved exists"
        if shortage := _shortage(dict(row), moved):
            return shortage
    return StoreTrouble(StoreFault.BUSY, "another counter moved it meanwhile")


def _shortage(before: Mapping[str, Fen], moved: Moves) -> NotEnough | None:
    short = [account for account, has in before.items() if has + moved[account] < 0]
    if not short:
        return None
    needed, available = -moved[PRINCIPAL] - moved[BONUS], before[PRINCIPAL] + before[BONUS]
    if needed > available:
        return NotEnough(needed, available)
    # Together it would do: then one of them is short, which is what an undone top-up may meet.
    return NotEnough(-moved[short[0]], before[short[0]])
