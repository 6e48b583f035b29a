"""The life of cards in the store: a history that only grows, the cards it moves, and the pool."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from db.tables import card_events, cards, members, search_keys, temporary_cards, total
from db.transaction import AnyRow, Transaction, Turn
from pos.domain.card_life import LEADS_TO, CardDeed, CardEvent, CardFile, TemporaryCard
from pos.domain.cards import CardUid
from pos.domain.errors import CardState, StoreFault, StoreTrouble
from pos.domain.members import Card
from pos.domain.menu import Meal
from pos.domain.money import Fen
from pos.domain.pricing import Tender

_TAIL_DIGITS = 4

_EVENTS = select(card_events, func.coalesce(members.c.name, "").label("member_name")).outerjoin(
    members, members.c.id == card_events.c.member_id
)
_EVENT = _EVENTS.where(card_events.c.id == bindparam("event"))
_EVENTS_OF = _EVENTS.where(card_events.c.member_id == bindparam("member")).order_by(card_events.c.seq)
_ADD_EVENT = insert(card_events).inline()
_CARDS_OF = (
    select(cards.c.uid, cards.c.member_id, cards.c.state)
    .where(cards.c.member_id == bindparam("member"))
    .order_by(cards.c.created_ms, cards.c.uid)
)
_ADD_CARD = insert(cards)
_MOVE_CARD = (
    update(cards)
    .where(
        cards.c.uid == bindparam("card"),
        cards.c.state == bindparam("old_state"),
        cards.c.member_id == bindparam("old_member"),
    )
    .values(state=bindparam("new_state"), member_id=bindparam("new_member"))
)
_KNOWN_KEYS = select(search_keys.c.key).where(search_keys.c.member_id == bindparam("member"))
_ADD_KEY = insert(search_keys)
_DROP_KEYS = delete(search_keys).where(
    search_keys.c.member_id == bindparam("of_member"), search_keys.c.key.in_(bindparam("numbers", expanding=True))
)
# A holder before this one may have left a deposit: it never goes to somebody else.
_DEPOSIT = (
    select(total(card_events.c.deposit))
    .join(cards, and_(cards.c.uid == card_events.c.uid, cards.c.member_id == card_events.c.member_id))
    .where(card_events.c.uid == bindparam("card"))
)
_POOL = (
    select(temporary_cards, func.coalesce(members.c.name, "").label("member_name"))
    .outerjoin(members, members.c.id == temporary_cards.c.member_id)
    .order_by(temporary_cards.c.uid)
)
_ENDING = _POOL.where(temporary_cards.c.tail == bindparam("of_tail"))
_ADD_TEMPORARY = insert(temporary_cards)
_LEND = (
    update(temporary_cards)
    .where(temporary_cards.c.uid == bindparam("card"))
    .values(member_id=bindparam("to_member"), day=bindparam("on_day"), meal=bindparam("at_meal"))
)
_DROP_TEMPORARY = delete(temporary_cards).where(temporary_cards.c.uid == bindparam("card"))


class SqlCards:
    """Keeps the promises of pos.ports.CardRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def in_turn(self) -> None:
        self._transaction.take(Turn.CARDS)

    def event(self, event_id: str) -> CardEvent | None:
        row = self._transaction.run(_EVENT, {"event": event_id}).first()
        return None if row is None else _event(row)

    def record(self, event: CardEvent, before: Card | None = None) -> None:
        row = {
            "id": event.id,
            "uid": event.uid.hex,
            "member_id": event.member_id,
            "deed": event.deed.value,
            "at_ms": event.at_ms,
            "till": event.till,
            "staff_id": event.staff_id,
            "staff_name": event.staff_name,
            "reason": event.reason,
            "other": None if event.other is None else event.other.hex,
            "deposit": event.deposit,
            "tender": None if event.tender is None else event.tender.value,
            "entry_id": event.entry_id,
        }
        self._transaction.run(_ADD_EVENT, row)
        state = LEADS_TO.get(event.deed)
        if state is not None:
            assert event.member_id is not None, "a card out of the pool is somebody's"
            self._move(event, event.member_id, state, before)

    def file_of(self, member_id: str) -> CardFile:
        owned = tuple(
            Card(CardUid(row.uid), row.member_id, CardState(row.state))
            for row in self._transaction.run(_CARDS_OF, {"member": member_id})
        )
        events = tuple(map(_event, self._transaction.run(_EVENTS_OF, {"member": member_id})))
        return CardFile(owned, events, sum(event.deposit for event in events))

    def deposit_on(self, uid: CardUid) -> Fen:
        found: int = self._transaction.run(_DEPOSIT, {"card": uid.hex}).scalar_one()
        return found

    def temporary_ending(self, tail: str) -> tuple[TemporaryCard, ...]:
        return tuple(map(_temporary, self._transaction.run(_ENDING, {"of_tail": tail})))

    def pool(self) -> tuple[TemporaryCard, ...]:
        return tuple(map(_temporary, self._transaction.run(_POOL)))

    def put_temporary(self, card: TemporaryCard) -> None:
        day = None if card.day is None else card.day.isoformat()
        lent = {"to_member": card.member_id, "on_day": day, "at_meal": None if card.meal is None else card.meal.value}
        if self._transaction.run(_LEND, {"card": card.uid.hex, **lent}).rowcount == 0:
            row = {"uid": card.uid.hex, "tail": card.uid.tail, "member_id": card.member_id, "day": day, "meal": lent["at_meal"]}
            self._transaction.run(_ADD_TEMPORARY, row)

    def drop_temporary(self, uid: CardUid) -> None:
        self._transaction.run(_DROP_TEMPORARY, {"card": uid.hex})

    def _move(self, event: CardEvent, member_id: str, state: CardState, before: Card | None) -> None:
        """The card's own row, and the keys by which its number finds the holder: the new one, not the one before."""
        holder = None if before is None else before.member_id
        try:
            if before is None:
                row = {"uid": event.uid.hex, "tail": event.uid.tail, "member_id": member_id, "state": state.value}
                self._transaction.run(_ADD_CARD, {**row, "created_ms": event.at_ms})
                moved = 1
            else:
                was = {"old_state": before.state.value, "old_member": before.member_id}
                after = {"card": event.uid.hex, "new_state": state.value, "new_member": member_id}
                moved = self._transaction.run(_MOVE_CARD, was | after).rowcount
        except IntegrityError as error:
            raise _too_late() from error
        if not moved:
            raise _too_late()
        if holder == member_id:
            return
        printed = event.uid.printed
        if holder is not None:
            self._transaction.run(_DROP_KEYS, {"of_member": holder, "numbers": [printed, printed.lstrip("0")]})
        known = set(self._transaction.run(_KNOWN_KEYS, {"member": member_id}).scalars())
        new = {printed, printed.lstrip("0"), printed[-_TAIL_DIGITS:]} - known
        self._transaction.run_many(_ADD_KEY, ({"key": key, "member_id": member_id} for key in sorted(new)))


def _too_late() -> StoreTrouble:
    """Another counter changed this card a moment ago; asking again says how it is now."""
    return StoreTrouble(StoreFault.BUSY, "the card was changed meanwhile", money_moved=False)


def _event(row: AnyRow) -> CardEvent:
    return CardEvent(
        row.id,
        CardUid(row.uid),
        row.member_id,
        row.member_name,
        CardDeed(row.deed),
        row.at_ms,
        row.till,
        row.staff_id,
        row.staff_name,
        row.reason,
        None if row.other is None else CardUid(row.other),
        row.deposit,
        None if row.tender is None else Tender(row.tender),
        row.entry_id,
    )


def _temporary(row: AnyRow) -> TemporaryCard:
    return TemporaryCard(
        CardUid(row.uid),
        row.member_id,
        row.member_name,
        None if row.day is None else date.fromisoformat(row.day),
        None if row.meal is None else Meal(row.meal),
    )
