"""Members: find one when the card is at home, and enrol a new one."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from pos.domain.cards import CardUid
from pos.domain.errors import BadBirthDate, CardTaken
from pos.domain.members import Card, Member, MemberHit
from pos.domain.staff import Actor, Permission, check_name
from pos.ports import Clock, OpenStore, Store
from pos.services.pinyin import name_keys

OLDEST_YEARS = 125


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody who wants a card. `id` is made when the form opens and kept for every retry."""

    name: str
    birth_date: date | None
    phone: str = ""
    card: CardUid | None = None
    categories: frozenset[str] = frozenset()
    photo: bytes | None = field(default=None, repr=False)
    id: str = field(default_factory=lambda: str(uuid4()))


class Members:
    """The canteen's members."""

    def __init__(self, stores: OpenStore, clock: Clock) -> None:
        """Look them up in one store."""
        self._stores = stores
        self._clock = clock

    def search(self, text: str, limit: int = 8) -> tuple[MemberHit, ...]:
        """Members by name, pinyin, initials, phone or card digits; words of the text must all fit."""
        words = tuple(unicodedata.normalize("NFKC", text).lower().split())
        if not words:
            return ()
        with self._stores.read() as store:
            return store.members.search(words, self._clock.local().date(), limit)

    def enrol(self, actor: Actor, new: NewMember) -> Member:
        """Store a new member, with a card if there is one; once however often it is asked for with the same id.

        Raises BadName, BadBirthDate, CardTaken (also for a card used once and given back) or NotPermitted.
        """
        actor.must(Permission.ENROL)
        name = check_name(new.name)
        self._check_birth(new.birth_date)
        phone = unicodedata.normalize("NFKC", new.phone).strip()
        member = Member(new.id, name, new.birth_date, phone, photo=new.photo, categories=new.categories)
        now_ms = self._clock.now_ms()
        with self._stores.write() as store:
            if stored := store.members.get(new.id):
                return stored
            if new.card:
                _check_free(store, new.card)
            store.members.add(member, search_keys(name, member.phone, new.card), now_ms)
            if new.card:
                store.members.add_card(Card(new.card, member.id), now_ms)
        return member

    def _check_birth(self, born: date | None) -> None:
        if born is None:
            return
        today = self._clock.local().date()
        if not today.year - OLDEST_YEARS <= born.year or born > today:
            raise BadBirthDate(born.isoformat())


def search_keys(name: str, phone: str, card: CardUid | None) -> frozenset[str]:
    """Every key by which a member is found by prefix: names, the phone and its last four, the card and its tails."""
    numbers = {phone, phone[-4:]} if phone else set()
    if card:
        numbers |= {card.printed, card.printed.lstrip("0"), card.printed[-4:]}
    return name_keys(name) | {number for number in numbers if number}


def _check_free(store: Store, uid: CardUid) -> None:
    for card in store.members.cards_ending(uid.tail):
        if card.uid.matches(uid):
            holder = store.members.get(card.member_id)
            raise CardTaken(uid.printed, holder.name if holder else "")
