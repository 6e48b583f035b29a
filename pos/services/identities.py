"""Identity numbers: kept sealed, shown in clear for a reason that is logged, sealed anew under another key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos.domain.account_errors import ReasonMissing
from pos.domain.errors import MemberUnknown
from pos.domain.identity import Document, DocumentKind, KeyDeed, KeyEvent, KeyMissing, Look, NoNumber
from pos.domain.profile import ProfileField
from pos.domain.sales import without_secrets
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store
from pos.services.vault import Vault

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class VaultState:
    """How the numbers and the keys stand: the key that seals ('' for none), numbers that this machine can open, and
    numbers whose key is not here."""

    key_id: str
    readable: int
    unreadable: int


class Identities:
    """The numbers of members' documents."""

    def __init__(self, stores: OpenStore, clock: Clock, vault: Vault) -> None:
        """Keep them in one store, under the keys of one machine."""
        self._stores = stores
        self._clock = clock
        self._vault = vault

    def put(self, actor: Actor, member_id: str, document: Document) -> None:
        """Keep a member's document in place of the one so far. The audit trail tells the kinds, never the numbers.

        Raises KeyMissing, KeyUnreadable, KeyExposed, MemberUnknown or NotPermitted.
        """
        actor.must(Permission.MEMBERS)
        with self._stores.write() as store:
            if not store.members.name_of(member_id):
                raise MemberUnknown
            stored = store.identities.get(member_id)
            keep(store, self._vault, member_id, document)
            self._note(store, actor, member_id, stored.kind if stored else None, document.kind)

    def drop(self, actor: Actor, member_id: str) -> None:
        """Keep no document of this member any more. Raises NotPermitted."""
        actor.must(Permission.MEMBERS)
        with self._stores.write() as store:
            if stored := store.identities.get(member_id):
                store.identities.drop(member_id)
                self._note(store, actor, member_id, stored.kind, None)

    def reveal(self, actor: Actor, member_id: str, reason: str) -> Document:
        """The number in clear; who saw it, when and why is in the store before anybody sees it.

        Raises ReasonMissing, NoNumber, MemberUnknown, KeyMissing, KeyUnreadable, KeyExposed or NotPermitted.
        """
        actor.must(Permission.REVEAL)
        reason = without_secrets(" ".join(reason.split()))[:LONGEST_REASON]
        if not reason:
            raise ReasonMissing
        with self._stores.write() as store:
            name, sealed = store.members.name_of(member_id), store.identities.get(member_id)
            if not name:
                raise MemberUnknown
            if sealed is None:
                raise NoNumber(name)
            document = self._vault.open(member_id, sealed)
            store.identities.note_look(member_id, actor.staff_id, self._clock.now_ms(), reason)
        return document

    def looks(self, actor: Actor, member_id: str) -> tuple[Look, ...]:
        """Who saw this member's number in clear, oldest first. Raises NotPermitted."""
        actor.must(Permission.MEMBERS)
        with self._stores.read() as store:
            return store.identities.looks(member_id)

    def state(self, actor: Actor) -> VaultState:
        """How numbers and keys stand. Raises KeyUnreadable, KeyExposed or NotPermitted."""
        actor.must(Permission.MEMBERS)
        with self._stores.read() as store:
            counts = store.identities.counts()
        here = self._vault.key_ids
        readable = sum(count for key_id, count in counts.items() if key_id in here)
        return VaultState(self._vault.newest, readable, sum(counts.values()) - readable)

    def rotate(self, actor: Actor, progress: Callable[[int, int], None] = lambda _done, _all: None) -> int:
        """Seal every number that can be opened under a new key, in one transaction; the answer is how many.

        `progress` is told numbers done and numbers in all; what it raises leaves everything as it was. The new key is
        kept first: a power cut leaves every number under a key that is here. Raises KeyUnreadable, KeyExposed or
        NotPermitted.
        """
        actor.must(Permission.REVEAL)
        with self._stores.write() as store:
            here = self._vault.key_ids
            todo = [member_id for member_id, key_id in store.identities.sealed_under() if key_id in here]
            self._vault.add_key()
            for done, member_id in enumerate(todo, start=1):
                sealed = store.identities.get(member_id)
                assert sealed is not None, "it was listed in this transaction"
                store.identities.put(member_id, self._vault.seal(member_id, self._vault.open(member_id, sealed)))
                progress(done, len(todo))
            self._note_key(store, actor, KeyDeed.ROTATED, self._vault.newest)
        return len(todo)

    def begin_anew(self, actor: Actor) -> None:
        """The key is lost for good: seal under a new one from now on. Numbers under the old key stay sealed, and are
        typed again one by one. Raises KeyUnreadable, KeyExposed or NotPermitted."""
        actor.must(Permission.REVEAL)
        with self._stores.write() as store:
            self._vault.add_key()
            self._note_key(store, actor, KeyDeed.BEGUN_ANEW, self._vault.newest)

    def spare_key(self, actor: Actor) -> str:
        """The key as a text to be written down, locked away, and typed on another machine of this canteen; who asked for
        it and when is in the store before anybody sees it.

        Raises KeyMissing, KeyUnreadable, KeyExposed or NotPermitted.
        """
        actor.must(Permission.REVEAL)
        with self._stores.write() as store:
            text = self._vault.spare_key()
            self._note_key(store, actor, KeyDeed.WRITTEN_DOWN, self._vault.newest)
        return text

    def bring_back(self, actor: Actor, text: str) -> VaultState:
        """Take a spare key. Raises KeyUnreadable, KeyExposed or NotPermitted."""
        actor.must(Permission.REVEAL)
        with self._stores.write() as store:
            self._note_key(store, actor, KeyDeed.BROUGHT_BACK, self._vault.bring_back(text))
        return self.state(actor)

    def key_history(self, actor: Actor) -> tuple[KeyEvent, ...]:
        """What was done with the key to the numbers, by whom and when, oldest first. Raises NotPermitted."""
        actor.must(Permission.REVEAL)
        with self._stores.read() as store:
            return store.identities.key_events()

    def _note_key(self, store: Store, actor: Actor, deed: KeyDeed, key_id: str) -> None:
        store.identities.note_key(deed, key_id, actor.staff_id, self._clock.now_ms())

    def _note(
        self, store: Store, actor: Actor, member_id: str, old: DocumentKind | None, new: DocumentKind | None
    ) -> None:
        line = (ProfileField.DOCUMENT, old or "", new or "")
        store.profiles.note(member_id, actor.staff_id, self._clock.now_ms(), [line])


def keep(store: Store, vault: Vault, member_id: str, document: Document) -> None:
    """Seal and store a number; the first number of a canteen makes its key.

    Raises KeyMissing when there are numbers already and none of their keys is here: a new key made in silence would
    hide that. Raises KeyUnreadable or KeyExposed.
    """
    have_key(store, vault)
    store.identities.put(member_id, vault.seal(member_id, document))


def have_key(store: Store, vault: Vault) -> None:
    """Make the first key of a canteen that has none. Raises what `keep` raises."""
    if not vault.newest:
        counts = store.identities.counts()
        if counts:
            raise KeyMissing(sum(counts.values()))
        vault.add_key()
