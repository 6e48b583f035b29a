"""Members, cards and wallets in the store."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from functools import cache, lru_cache

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
)

from db.dated import held_text, names_on
from db.pipeline import Question
from db.tables import absences, cards, members, particulars, search_keys, wallets
from db.transaction import AnyRow, AnySelect, Transaction
from pos.domain.address import Address
from pos.domain.cards import CardUid
from pos.domain.errors import CardState
from pos.domain.members import Card, Member, MemberHit, MemberStatus, Wallet, age_on
from pos.domain.profile import Held

_TAIL_DIGITS = 4
_LOOKED_AT = 200
_COUNTED = 5_000
"""A word that so many keys begin with is common, however many more there are."""
_PAST_EVERY_CHARACTER = "\U0010ffff"

_DAY: BindParameter[str] = bindparam("day")
CURRENT_STATUS = (
    select(func.min(absences.c.status))
    .where(
        absences.c.member_id == members.c.id,
        absences.c.first_day <= _DAY,
        or_(absences.c.last_day.is_(None), absences.c.last_day >= _DAY),
    )
    .scalar_subquery()
    .label("status")
)
"""The strongest absence of a day, NULL for who is active; pos.domain.absences.status_on says the same. The stronger
word comes first in the alphabet, so the least one is it: ranking them would cost every sale 10 microseconds."""

MEMBER_COLUMNS = (
    members.c.id,
    members.c.name,
    members.c.birth_date,
    members.c.phone,
    CURRENT_STATUS,
    members.c.categories,
    members.c.hukou,
    members.c.residence,
    members.c.diets,
    members.c.passes,
)
"""What `member_of` reads."""

_MEMBER = select(*MEMBER_COLUMNS).where(members.c.id == bindparam("member_id"))
_NAME = select(members.c.name).where(members.c.id == bindparam("member_id"))
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
_DROP_KEYS = delete(search_keys).where(search_keys.c.member_id == bindparam("of_member"))
_CARDS_OF = select(cards.c.uid).where(cards.c.member_id == bindparam("member_id")).order_by(cards.c.uid)
_KNOWN_KEYS = select(search_keys.c.key).where(search_keys.c.member_id == bindparam("member_id"))
_ADD_CARD = insert(cards)


class SqlMembers:
    """Keeps the promises of pos.ports.MemberRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, member_id: str, day: date) -> Member | None:
        row = self._transaction.ask(ask_member(member_id, day)).first()
        return None if row is None else member_of(row, day)

    def name_of(self, member_id: str) -> str:
        return self._transaction.run(_NAME, {"member_id": member_id}).scalar() or ""

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
        # The word that the fewest keys begin with leads: of whom it finds the other words are asked one by one.
        leading = sorted(zip(self._fitting(keys), keys, strict=True)) if len(keys) > 1 else [(0, keys[0])]
        values = ranges(key for _fitting, key in leading) | {"most": limit, "day": today.isoformat()}
        return tuple(_hit(row, today) for row in self._transaction.run(_search(len(keys)), values))

    def hits(self, member_ids: Iterable[str], today: date) -> tuple[MemberHit, ...]:
        values = {"ids": list(member_ids), "day": today.isoformat()}
        return tuple(_hit(row, today) for row in self._transaction.run(_HITS, values))

    def _fitting(self, keys: tuple[str, ...]) -> Iterable[int]:
        """How many keys begin with each of these words, counted up to _COUNTED."""
        return tuple(self._transaction.run(_fitting(len(keys)), ranges(keys)).one())

    def add(self, member: Member, search_keys: Iterable[str], at_ms: int) -> None:
        assert member.status is MemberStatus.ACTIVE, "an absence has its days: profiles.put_absence stores it"
        row = {
            "id": member.id,
            "name": member.name,
            "birth_date": None if member.birth_date is None else member.birth_date.isoformat(),
            "phone": member.phone,
            "categories": held_text(map(Held, sorted(member.categories))),
            "photo": member.photo,
            "created_ms": at_ms,
            "hukou": member.hukou,
            "residence": member.residence,
            "diets": json.dumps(sorted(member.diets), ensure_ascii=False),
            "passes": held_text(map(Held, sorted(member.passes))),
        }
        self._transaction.run(_ADD_MEMBER, row)
        self._transaction.run(_ADD_WALLET, {"member_id": member.id, "principal": 0, "bonus": 0, "held": 0})
        self._add_keys(member.id, search_keys)

    def add_card(self, card: Card, at_ms: int) -> None:
        """Store a new card and make its number findable: as printed, without leading zeros, and its last digits."""
        self._transaction.run(_ADD_CARD, card_row(card, at_ms))
        self._add_keys(card.member_id, card_keys(card.uid))


    def _add_keys(self, member_id: str, keys: Iterable[str]) -> None:
        known = set(self._transaction.run(_KNOWN_KEYS, {"member_id": member_id}).scalars())
        _write_keys(self._transaction, member_id, keys, known)


def replace_keys(transaction: Transaction, member_id: str, keys: Iterable[str]) -> None:
    """Make a member findable by these keys and by the cards that are or were theirs, and by nothing else."""
    cards_of = transaction.run(_CARDS_OF, {"member_id": member_id}).scalars()
    whole = {*keys, *(key for uid in cards_of for key in card_keys(CardUid(uid)))}
    transaction.run(_DROP_KEYS, {"of_member": member_id})
    _write_keys(transaction, member_id, whole, set())


def _write_keys(transaction: Transaction, member_id: str, keys: Iterable[str], known: set[str]) -> None:
    new = {key.lower() for key in keys if key} - known
    transaction.run_many(_ADD_KEY, ({"key": key, "member_id": member_id} for key in sorted(new)))


def card_row(card: Card, at_ms: int) -> dict[str, str | int]:
    """The columns of a card."""
    return {
        "uid": card.uid.hex,
        "tail": card.uid.tail,
        "member_id": card.member_id,
        "state": card.state.value,
        "created_ms": at_ms,
    }


def card_keys(uid: CardUid) -> tuple[str, ...]:
    """What a card is found by: its number as printed, without leading zeros, and its last digits."""
    printed = uid.printed
    return printed, printed.lstrip("0"), printed[-_TAIL_DIGITS:]


_in_use = and_(cards.c.member_id == members.c.id, cards.c.state == CardState.ACTIVE.value)
_HIT = (
    select(
        members.c.id,
        members.c.name,
        members.c.birth_date,
        members.c.phone,
        CURRENT_STATUS,
        cards.c.uid,
        wallets.c.principal,
        wallets.c.bonus,
        *(particulars.c[part.name] for part in fields(Address)),
    )
    .join(wallets, wallets.c.member_id == members.c.id)
    .outerjoin(particulars, particulars.c.member_id == members.c.id)
    .outerjoin(cards, _in_use)
    .order_by(CURRENT_STATUS.is_not(None), members.c.name, members.c.id)
)
_HITS = _HIT.where(members.c.id.in_(bindparam("ids", expanding=True)))


def member_of(row: AnyRow, day: date) -> Member:
    """A member as of a day."""
    id_, name, born, phone, status, categories, hukou, residence, diets, passes = row
    return Member(
        id_,
        name,
        _date(born),
        phone,
        _member_status(status),
        names_on(categories, day),
        hukou=hukou,
        residence=residence,
        diets=_names(diets),
        passes=names_on(passes, day),
    )


def ask_member(member_id: str, day: date) -> Question:
    return _MEMBER, {"member_id": member_id, "day": day.isoformat()}


def ask_wallet(member_id: str, *, lock: bool) -> Question:
    return _WALLET_LOCKED if lock else _WALLET, {"member": member_id}


@cache
def _search(words: int) -> AnySelect:
    """Whoever has a key in the range of each word. Of many, the first by their keys are looked at: one letter fits
    thousands, and whoever typed it types on.
    """
    first = search_keys.alias()
    fitting = select(first.c.member_id).where(begins(first, 0))
    for index in range(1, words):
        other = search_keys.alias()
        # OFFSET 0 keeps PostgreSQL from joining the words in an order of its own: it cannot know how common they are.
        asked = select(other.c.key).where(other.c.member_id == first.c.member_id, begins(other, index)).offset(0)
        fitting = fitting.where(asked.exists())
    looked_at = fitting.order_by(first.c.key, first.c.member_id).limit(_LOOKED_AT)
    return _HIT.where(members.c.id.in_(looked_at)).limit(bindparam("most"))


@cache
def _fitting(words: int) -> AnySelect:
    counted = (select(search_keys.c.key).where(begins(search_keys, index)).limit(_COUNTED).subquery() for index in range(words))
    return select(*(select(func.count()).select_from(one).scalar_subquery() for one in counted))


def begins(keys: FromClause, index: int) -> ColumnElement[bool]:
    """Whether a key begins with the word of this number; `ranges` has the values."""
    return and_(keys.c.key >= bindparam(f"from_{index}"), keys.c.key < bindparam(f"below_{index}"))


def ranges(words: Iterable[str]) -> dict[str, str | int]:
    """The values that `begins` asks for: all texts that begin with these words."""
    values: dict[str, str | int] = {}
    for index, word in enumerate(words):
        values |= {f"from_{index}": word, f"below_{index}": word + _PAST_EVERY_CHARACTER}
    return values


def _hit(row: AnyRow, today: date) -> MemberHit:
    birth_date = _date(row.birth_date)
    return MemberHit(
        row.id,
        row.name,
        None if birth_date is None else age_on(birth_date, today),
        row.phone[-_TAIL_DIGITS:],
        "" if row.uid is None else CardUid(row.uid).printed[-_TAIL_DIGITS:],
        row.principal + row.bonus,
        _member_status(row.status),
        bonus=row.bonus,
        address="".join(getattr(row, part.name) or "" for part in fields(Address)),
    )


def _card(row: AnyRow) -> Card:
    return Card(CardUid(row.uid), row.member_id, CardState(row.state))


@lru_cache(maxsize=256)  # a canteen has a few diets, and most people none
def _names(text: str) -> frozenset[str]:
    return frozenset(json.loads(text))


def _member_status(status: str | None) -> MemberStatus:
    return MemberStatus.ACTIVE if status is None else MemberStatus(status)


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
