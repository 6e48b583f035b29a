"""Members, cards and wallets in the store."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache

from sqlalchemy import and_, bindparam, case, insert, select, update

from db.pipeline import Question
from db.tables import cards, members, search_keys, wallets
from db.transaction import AnyRow, AnySelect, Transaction
from pos.domain.cards import CardUid
from pos.domain.errors import CardState
from pos.domain.members import Card, Member, MemberHit, MemberStatus, Wallet, age_on

_TAIL_DIGITS = 4
_PAST_EVERY_CHARACTER = "\U0010ffff"

_MEMBER = select(
    members.c.id,
    members.c.name,
    members.c.birth_date,
    members.c.phone,
    members.c.status,
    members.c.categories,
).where(members.c.id == bindparam("member_id"))
_PHOTO = select(members.c.photo).where(members.c.id == bindparam("member_id"))
_CARD_COLUMNS = (cards.c.uid, cards.c.member_id, cards.c.state)
_CARDS_ENDING = select(*_CARD_COLUMNS).where(cards.c.tail == bindparam("tail")).order_by(cards.c.uid)
_CARD_OF = select(*_CARD_COLUMNS).where(
    cards.c.member_id == bindparam("member_id"), cards.c.state == CardState.ACTIVE.value
)
_WALLET = select(wallets).where(wallets.c.member_id == bindparam("member"))
_WALLET_LOCKED = _WALLET.with_for_update(key_share=True)
_ADD_MEMBER = insert(members)
_ADD_WALLET = insert(wallets)
_ADD_KEY = insert(search_keys)
_KNOWN_KEYS = select(search_keys.c.key).where(search_keys.c.member_id == bindparam("member_id"))
_ADD_CARD = insert(cards)
_SET_STATE = update(cards).where(cards.c.uid == bindparam("card")).values(state=bindparam("new_state"))


class SqlMembers:
    """Keeps the promises of pos.ports.MemberRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, member_id: str) -> Member | None:
        row = self._transaction.ask(ask_member(member_id)).first()
        if row is None:
            return None
        id_, name, born, phone, status, categories = row
        return Member(id_, name, _date(born), phone, MemberStatus(status), _categories(categories))

    def cards_ending(self, tail: str) -> tuple[Card, ...]:
        return tuple(_card(row) for row in self._transaction.run(_CARDS_ENDING, {"tail": tail}).all())

    def card_of(self, member_id: str) -> Card | None:
        row = self._transaction.run(_CARD_OF, {"member_id": member_id}).first()
        return None if row is None else _card(row)

    def wallet(self, member_id: str) -> Wallet | None:
        row = self._transaction.ask(ask_wallet(member_id, lock=self._transaction.writing)).first()
        return None if row is None else Wallet(row.member_id, row.principal, row.bonus, row.held)

    def photo(self, member_id: str) -> bytes | None:
        found: bytes | None = self._transaction.run(_PHOTO, {"member_id": member_id}).scalar()
        return found

    def search(self, keys: tuple[str, ...], today: date, limit: int) -> tuple[MemberHit, ...]:
        """Active members first, then by name. No key finds nobody: a list of everyone is no search."""
        if not keys:
            return ()
        values: dict[str, str | int] = {"most": limit}
        for index, key in enumerate(keys):
            values[f"from_{index}"] = key
            values[f"below_{index}"] = key + _PAST_EVERY_CHARACTER
        return tuple(_hit(row, today) for row in self._transaction.run(_search(len(keys)), values))

    def add(self, member: Member, search_keys: Iterable[str], at_ms: int) -> None:
        row = {
            "id": member.id,
            "name": member.name,
            "birth_date": None if member.birth_date is None else member.birth_date.isoformat(),
            "phone": member.phone,
            "status": member.status.value,
            "categories": json.dumps(sorted(member.categories), ensure_ascii=False),
            "photo": member.photo,
            "created_ms": at_ms,
        }
        self._transaction.run(_ADD_MEMBER, row)
        self._transaction.run(_ADD_WALLET, {"member_id": member.id, "principal": 0, "bonus": 0, "held": 0})
        self._add_keys(member.id, search_keys)

    def add_card(self, card: Card, at_ms: int) -> None:
        """Store a new card and make its number findable: as printed, without leading zeros, and its last digits."""
        row = {
            "uid": card.uid.hex,
            "tail": card.uid.tail,
            "member_id": card.member_id,
            "state": card.state.value,
            "created_ms": at_ms,
        }
        self._transaction.run(_ADD_CARD, row)
        printed = card.uid.printed
        self._add_keys(card.member_id, (printed, printed.lstrip("0"), printed[-_TAIL_DIGITS:]))

    def set_card_state(self, uid: CardUid, state: CardState) -> None:
        changed = self._transaction.run(_SET_STATE, {"card": uid.hex, "new_state": state.value}).rowcount
        assert changed == 1, "only a stored card changes its state"

    def _add_keys(self, member_id: str, keys: Iterable[str]) -> None:
        known = set(self._transaction.run(_KNOWN_KEYS, {"member_id": member_id}).scalars())
        new = {key.lower() for key in keys if key} - known
        self._transaction.run_many(_ADD_KEY, ({"key": key, "member_id": member_id} for key in sorted(new)))


def ask_member(member_id: str) -> Question:
    return _MEMBER, {"member_id": member_id}


def ask_wallet(member_id: str, *, lock: bool) -> Question:
    return _WALLET_LOCKED if lock else _WALLET, {"member": member_id}


@cache
def _search(words: int) -> AnySelect:
    """A range of the key's index for each word: what starts with it."""
    active = and_(cards.c.member_id == members.c.id, cards.c.state == CardState.ACTIVE.value)
    statement = (
        select(
            members.c.id,
            members.c.name,
            members.c.birth_date,
            members.c.phone,
            members.c.status,
            cards.c.uid,
            (wallets.c.principal + wallets.c.bonus).label("spendable"),
        )
        .join(wallets, wallets.c.member_id == members.c.id)
        .outerjoin(cards, active)
        .order_by(
            case((members.c.status == MemberStatus.ACTIVE.value, 0), else_=1), members.c.name, members.c.id
        )
        .limit(bindparam("most"))
    )
    for index in range(words):
        key = search_keys.c.key
        matching = select(search_keys.c.member_id).where(
            key >= bindparam(f"from_{index}"), key < bindparam(f"below_{index}")
        )
        statement = statement.where(members.c.id.in_(matching))
    return statement


def _hit(row: AnyRow, today: date) -> MemberHit:
    birth_date = _date(row.birth_date)
    return MemberHit(
        row.id,
        row.name,
        None if birth_date is None else age_on(birth_date, today),
        row.phone[-_TAIL_DIGITS:],
        "" if row.uid is None else CardUid(row.uid).printed[-_TAIL_DIGITS:],
        row.spendable,
        MemberStatus(row.status),
    )


def _card(row: AnyRow) -> Card:
    return Card(CardUid(row.uid), row.member_id, CardState(row.state))


@lru_cache(maxsize=256)  # a canteen has a few categories, and most people none
def _categories(text: str) -> frozenset[str]:
    return frozenset(json.loads(text))


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
