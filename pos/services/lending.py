"""Temporary cards: a pool that is lent for one meal to whoever left the card at home; the money is the member's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pos.domain.account_errors import LentToOther, NotPoolCard
from pos.domain.card_life import CardDeed, CardEvent, TemporaryCard
from pos.domain.cards import CardUid
from pos.domain.errors import CardTaken, MemberUnknown
from pos.domain.menu import Meal, meal_at
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store
from pos.services.diners import active


class Lending:
    """The pool of a canteen. A deed is done once however often it is asked for with the same id."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Lend at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def pool(self) -> tuple[TemporaryCard, ...]:
        """Every card of the pool, and to whom it is lent."""
        with self._stores.read() as store:
            return store.cards.pool()

    def add(self, actor: Actor, deed_id: str, uid: CardUid) -> CardEvent:
        """Put a card that nobody has or had into the pool. Raises CardTaken or NotPermitted."""
        actor.must(Permission.CARDS)
        with self._stores.write() as store:
            store.cards.in_turn()
            if stored := store.cards.event(deed_id):
                return stored
            for card in store.members.cards_ending(uid.tail):
                if card.uid.matches(uid):
                    raise CardTaken(uid.printed, store.members.name_of(card.member_id))
            if not any(card.uid.matches(uid) for card in store.cards.temporary_ending(uid.tail)):
                store.cards.put_temporary(TemporaryCard(uid))
            return self._recorded(store, actor, deed_id, TemporaryCard(uid), CardDeed.POOLED)

    def retire(self, actor: Actor, deed_id: str, uid: CardUid) -> CardEvent:
        """Take a card out of the pool for good. Raises NotPoolCard or NotPermitted."""
        actor.must(Permission.CARDS)
        with self._stores.write() as store:
            store.cards.in_turn()
            if stored := store.cards.event(deed_id):
                return stored
            card = _pooled(store, uid)
            store.cards.drop_temporary(card.uid)
            return self._recorded(store, actor, deed_id, replace(card, member_id=None), CardDeed.RETIRED)

    def lend(self, actor: Actor, deed_id: str, member_id: str, uid: CardUid) -> CardEvent:
        """Lend a card for the meal of this moment; whoever holds it out then is this member.

        A card that was lent for an earlier meal and lies here again has come back. Raises NotPoolCard, LentToOther,
        MemberUnknown, MemberNotActive or NotPermitted.
        """
        actor.must(Permission.CARD_LOST)
        with self._stores.write() as store:
            store.cards.in_turn()
            if store.members.wallet(member_id) is None:
                raise MemberUnknown
            if stored := store.cards.event(deed_id):
                return stored
            card, (day, meal) = _pooled(store, uid), self._now(store)
            member = active(store.members.get(member_id, day))
            if card.is_lent(day, meal) and card.member_id != member_id:
                raise LentToOther(card.uid.printed, card.member_name)
            lent = TemporaryCard(card.uid, member.id, member.name, day, meal)
            store.cards.put_temporary(lent)
            return self._recorded(store, actor, deed_id, lent, CardDeed.LENT)

    def take_back(self, actor: Actor, deed_id: str, uid: CardUid) -> CardEvent:
        """A lent card lies in the drawer again. Raises NotPoolCard or NotPermitted."""
        actor.must(Permission.CARD_LOST)
        with self._stores.write() as store:
            store.cards.in_turn()
            if stored := store.cards.event(deed_id):
                return stored
            card = _pooled(store, uid)
            store.cards.put_temporary(TemporaryCard(card.uid))
            return self._recorded(store, actor, deed_id, card, CardDeed.BACK)

    def _now(self, store: Store) -> tuple[date, Meal]:
        local = self._clock.local()
        shift = store.shifts.open_at(self._till)
        return (shift.business_date if shift else local.date()), meal_at(local.time())

    def _recorded(
        self, store: Store, actor: Actor, deed_id: str, card: TemporaryCard, deed: CardDeed
    ) -> CardEvent:
        event = CardEvent(
            deed_id,
            card.uid,
            card.member_id,
            card.member_name if card.member_id else "",
            deed,
            self._clock.now_ms(),
            self._till,
            actor.staff_id,
            actor.name,
        )
        store.cards.record(event)
        return event


def _pooled(store: Store, uid: CardUid) -> TemporaryCard:
    for card in store.cards.temporary_ending(uid.tail):
        if card.uid.matches(uid):
            return card
    raise NotPoolCard(uid.printed)
