"""Members: find one when the card is at home, enrol a new one, see and change what is known of one."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from uuid import uuid4

from pos.domain.absences import Absence
from pos.domain.account_errors import PoolCard
from pos.domain.cards import CardUid
from pos.domain.errors import CardTaken, MemberUnknown
from pos.domain.identity import Document, KeyMissing
from pos.domain.members import Card, Member, MemberHit, Wallet
from pos.domain.profile import (
    NOTHING_KNOWN,
    Change,
    DocumentShown,
    Doubts,
    Lookalike,
    Particulars,
    Profile,
    ProfileField,
    Sameness,
    check_photo,
    checked_profile,
    differences,
    differing,
    needed_consents,
    told,
    with_changes,
)
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store
from pos.services.cards import note_first_card
from pos.services.identities import keep
from pos.services.pinyin import name_keys
from pos.services.vault import Vault


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody who wants a card. `id` is made when the form opens and kept for every retry."""

    name: str
    birth_date: date | None
    phone: str = ""
    card: CardUid | None = None
    particulars: Particulars = NOTHING_KNOWN
    photo: bytes | None = field(default=None, repr=False)
    document: Document | None = None
    id: str = field(default_factory=lambda: str(uuid4()))

    @property
    def profile(self) -> Profile:
        """What the form shows of them."""
        return Profile(self.name, self.birth_date, self.phone, self.particulars)


@dataclass(frozen=True, slots=True)
class Portrait:
    """A member as the members' desk shows one, as of today; `member` is what a sale of today sees."""

    member: Member
    profile: Profile
    absences: tuple[Absence, ...]
    card: Card | None
    wallet: Wallet
    photo: bytes | None = field(default=None, repr=False)
    document: DocumentShown | None = None


class Members:
    """The canteen's members."""

    def __init__(self, stores: OpenStore, clock: Clock, vault: Vault | None = None) -> None:
        """Look them up in one store; numbers of documents are sealed in `vault`."""
        self._stores = stores
        self._clock = clock
        self._vault = vault

    def search(self, text: str, limit: int = 8) -> tuple[MemberHit, ...]:
        """Members by name, pinyin, initials, phone, card digits, building or door; words of the text must all fit."""
        words = tuple(unicodedata.normalize("NFKC", text).lower().split())
        if not words:
            return ()
        with self._stores.read() as store:
            return store.members.search(words, self._today(), limit)

    def doubts(
        self, profile: Profile, member_id: str = "", *, document: Document | None = None, photo: bool = False
    ) -> Doubts:
        """What to look at before this profile is saved, of somebody new or of a member: who looks alike, which
        signatures are missing, and where the form contradicts the document.

        Raises what `enrol` raises for a profile that cannot be right, KeyUnreadable or KeyExposed.
        """
        today = self._today()
        profile = checked_profile(profile, today)
        prints = self._vault.fingerprints(document.number) if document and self._vault else ()
        with self._stores.read() as store:
            lookalikes = _lookalikes(store, profile, prints, member_id, today)
            number = document is not None or store.identities.get(member_id) is not None
        return Doubts(
            lookalikes,
            needed_consents(profile, today, number=number, photo=photo),
            differing(profile, document) if document else (),
        )

    def enrol(self, actor: Actor, new: NewMember) -> Member:
        """Store a new member, with a card if there is one; once however often it is asked for with the same id.

        Raises BadName, PrivateCharacter, BadBirthDate, GuardianNeeded, FieldTooLong, HeldBackwards, PhotoTooLarge,
        CardTaken (also for a card used once and given back), KeyMissing, KeyUnreadable, KeyExposed or NotPermitted.
        """
        actor.must(Permission.ENROL)
        today = self._today()
        profile = checked_profile(new.profile, today)
        check_photo(new.photo)
        with self._stores.write() as store:
            if new.card:
                store.cards.in_turn()
            if stored := store.members.get(new.id, today):
                return stored
            if new.card:
                check_free(store, new.card)
            now_ms = self._clock.now_ms()
            add_member(store, new.id, profile, now_ms, photo=new.photo, card=new.card)
            if new.card:
                note_first_card(store, actor, new.id, new.card, now_ms)
            if new.document:
                self._keep(store, new.id, new.document)
            return _stored(store, new.id, today)

    def portrait(self, actor: Actor, member_id: str) -> Portrait:
        """Everything about a member but the number of a document. Raises MemberUnknown or NotPermitted."""
        actor.must(Permission.MEMBERS)
        with self._stores.read() as store:
            wallet = store.members.wallet(member_id)
            profile = store.profiles.get(member_id)
            if profile is None or wallet is None:
                raise MemberUnknown
            return Portrait(
                _stored(store, member_id, self._today()),
                profile,
                store.profiles.absences(member_id),
                store.members.card_of(member_id),
                wallet,
                store.members.photo(member_id),
                _shown(store, member_id),
            )

    def change(self, actor: Actor, member_id: str, before: Profile, after: Profile) -> Profile:
        """Save what was changed in a form that was opened on `before`; every other field stays as it is stored.

        The answer is the profile as it is now. Each changed field is a line of the audit trail.
        Raises ChangedElsewhere when another counter was faster, MemberUnknown, NotPermitted, or what `enrol` raises
        for a profile that cannot be right.
        """
        actor.must(Permission.MEMBERS)
        after = checked_profile(after, self._today())
        changes = differences(before, after)
        with self._stores.write() as store:
            stored = store.profiles.get(member_id)
            if stored is None:
                raise MemberUnknown
            if not differences(stored, after):
                return stored
            profile = checked_profile(with_changes(stored, changes), self._today())
            store.profiles.put(member_id, profile, search_keys(profile))
            lines = ((part, told(old), told(new)) for part, (old, new) in changes.items())
            store.profiles.note(member_id, actor.staff_id, self._clock.now_ms(), lines)
            return profile

    def picture(self, actor: Actor, member_id: str, photo: bytes | None) -> None:
        """Keep another picture, or none. Raises PhotoTooLarge, MemberUnknown or NotPermitted."""
        actor.must(Permission.MEMBERS)
        check_photo(photo)
        with self._stores.write() as store:
            if not store.members.name_of(member_id):
                raise MemberUnknown
            store.profiles.set_photo(member_id, photo)
            store.profiles.note(member_id, actor.staff_id, self._clock.now_ms(), [(ProfileField.PHOTO, "", "")])

    def history(self, actor: Actor, member_id: str) -> tuple[Change, ...]:
        """Who changed what, oldest first. Raises NotPermitted."""
        actor.must(Permission.MEMBERS)
        with self._stores.read() as store:
            return store.profiles.changes(member_id)

    def _keep(self, store: Store, member_id: str, document: Document) -> None:
        if self._vault is None:
            raise KeyMissing(0)
        keep(store, self._vault, member_id, document)

    def _today(self) -> date:
        return self._clock.local().date()


def add_member(
    store: Store, member_id: str, profile: Profile, at_ms: int, *, photo: bytes | None = None, card: CardUid | None = None
) -> None:
    """Store somebody whose profile was checked and whose card is free."""
    member = Member(member_id, profile.name, profile.birth_date, profile.phone, photo=photo)
    store.members.add(member, (), at_ms)
    if card:
        store.members.add_card(Card(card, member_id), at_ms)
    store.profiles.put(member_id, profile, search_keys(profile))


def search_keys(profile: Profile) -> frozenset[str]:
    """Every key by which a member is found by prefix, cards apart: name, phone, its last four, and the door.

    A key that another one begins with finds nobody more, and is left out.
    """
    phone = profile.phone
    numbers = {phone, phone[-4:]} - {""}
    known = profile.particulars
    keys = sorted(name_keys(profile.name, known.spoken) | numbers | known.address.search_keys)
    # In this order whatever begins with a key stands right behind it.
    return frozenset(key for key, behind in pairwise([*keys, ""]) if not behind.startswith(key))


def check_free(store: Store, uid: CardUid) -> None:
    """Raise CardTaken for a card that somebody has or had, PoolCard for one that is lent for a meal."""
    if any(card.uid.matches(uid) for card in store.cards.temporary_ending(uid.tail)):
        raise PoolCard(uid.printed)
    for card in store.members.cards_ending(uid.tail):
        if card.uid.matches(uid):
            raise CardTaken(uid.printed, store.members.name_of(card.member_id))


def _stored(store: Store, member_id: str, day: date) -> Member:
    member = store.members.get(member_id, day)
    assert member is not None, "it was read or written a moment ago"
    return member


def _shown(store: Store, member_id: str) -> DocumentShown | None:
    sealed = store.identities.get(member_id)
    return DocumentShown(sealed.kind, sealed.tail) if sealed else None


def _lookalikes(
    store: Store, profile: Profile, prints: tuple[str, ...], member_id: str, today: date
) -> tuple[Lookalike, ...]:
    because: defaultdict[str, set[Sameness]] = defaultdict(set)
    same = [(other, Sameness.DOCUMENT) for other in (store.identities.same(prints) if prints else ())]
    for other, why in (*same, *store.profiles.lookalikes(profile.name, profile.birth_date, profile.phone)):
        if other != member_id:
            because[other].add(why)
    if not because:
        return ()
    return tuple(Lookalike(hit, frozenset(because[hit.id])) for hit in store.members.hits(because, today))
