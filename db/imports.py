"""Everybody at once, and many newcomers at once: what bringing in a list asks of the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from sqlalchemy import insert, select

from db.identities import identity_row
from db.members import card_keys, card_row
from db.profile import member_columns, particulars_row
from db.tables import cards, entries, identities, lots, members, particulars, search_keys, wallets
from db.transaction import Transaction
from pos.domain.cards import CardUid
from pos.domain.identity import SealedDocument
from pos.domain.import_rows import Newcomer
from pos.domain.ledger import EntryKind
from pos.domain.members import Card, Wallet
from pos.ports.imports import KnownMember

_MEMBERS = (
    select(members.c.id, members.c.name, members.c.birth_date, members.c.phone)
    .where(members.c.name != "")
    .order_by(members.c.id)
)
_DELETED = select(members.c.id).where(members.c.name == "")
_CARDS = select(cards.c.uid, cards.c.tail, cards.c.member_id).order_by(cards.c.uid)
_WALLETS = select(wallets)
_NUMBERS = select(identities.c.fingerprint, identities.c.member_id)
_OPENINGS = select(lots.c.member_id, lots.c.principal, lots.c.bonus).join(
    entries, (entries.c.id == lots.c.id) & (entries.c.kind == EntryKind.OPENING.value)
)
_ADD_MEMBER = insert(members)
_ADD_WALLET = insert(wallets)
_ADD_PARTICULARS = insert(particulars)
_ADD_CARD = insert(cards)
_ADD_IDENTITY = insert(identities)
_ADD_KEY = insert(search_keys)


class SqlImports:
    """Keeps the promises of pos.ports.imports.ImportRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def members(self) -> tuple[KnownMember, ...]:
        return tuple(
            KnownMember(id_, name, None if born is None else date.fromisoformat(born), phone)
            for id_, name, born, phone in self._transaction.run(_MEMBERS).all()
        )

    def deleted(self) -> frozenset[str]:
        return frozenset(self._transaction.run(_DELETED).scalars())

    def cards(self) -> Mapping[str, tuple[tuple[CardUid, str], ...]]:
        found: defaultdict[str, tuple[tuple[CardUid, str], ...]] = defaultdict(tuple)
        for uid, tail, member_id in self._transaction.run(_CARDS).all():
            found[tail] += ((CardUid(uid), member_id),)
        return found

    def wallets(self) -> Mapping[str, Wallet]:
        rows = self._transaction.run(_WALLETS).all()
        return {row.member_id: Wallet(row.member_id, row.principal, row.bonus, row.held) for row in rows}

    def openings(self) -> Mapping[str, tuple[int, int]]:
        rows = self._transaction.run(_OPENINGS).all()
        return {member_id: (principal, bonus) for member_id, principal, bonus in rows}

    def numbers(self) -> Mapping[str, str]:
        return {row.fingerprint: row.member_id for row in self._transaction.run(_NUMBERS).all()}

    def add(
        self,
        newcomers: Iterable[Newcomer],
        keys: Callable[[Newcomer], Iterable[str]],
        sealed: Callable[[Newcomer], SealedDocument | None],
        at_ms: int,
    ) -> None:
        every = tuple(newcomers)
        many = self._transaction.run_many
        many(_ADD_MEMBER, (_member_row(one, at_ms) for one in every))
        many(_ADD_WALLET, ({"member_id": one.id, "principal": 0, "bonus": 0, "held": 0} for one in every))
        many(_ADD_PARTICULARS, ({"member_id": one.id, **particulars_row(one.profile.particulars)} for one in every))
        many(_ADD_CARD, (card_row(Card(one.card, one.id), at_ms) for one in every if one.card))
        many(_ADD_IDENTITY, (identity_row(one.id, document) for one in every if (document := sealed(one))))
        # In the order of their index: in any other each of them would fetch another page of it.
        found = sorted((key, one.id) for one in every for key in _keys(one, keys))
        many(_ADD_KEY, ({"key": key, "member_id": owner} for key, owner in found))


def _member_row(one: Newcomer, at_ms: int) -> dict[str, str | int | None]:
    return {"id": one.id, "photo": None, "created_ms": at_ms, **member_columns(one.profile)}


def _keys(one: Newcomer, keys: Callable[[Newcomer], Iterable[str]]) -> set[str]:
    of_card = card_keys(one.card) if one.card else ()
    return {key.lower() for key in (*keys(one), *of_card) if key}
