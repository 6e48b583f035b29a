"""Cards: given out, lost, found, replaced, returned, blocked; every deed with who, when and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import NAMESPACE_OID, uuid5

from pos.domain.account_errors import HasCard, NoCard, PoolCard, ReasonMissing
from pos.domain.accounts import till_account
from pos.domain.card_life import CardDeed, CardEvent, CardFile, deposit_postings, require
from pos.domain.cards import CardUid
from pos.domain.errors import AboveLimit, BadAmount, CardState, CardTaken, MemberUnknown, UnknownCard
from pos.domain.ledger import Draft, EntryKind
from pos.domain.members import Card, Member
from pos.domain.money import Fen, yuan
from pos.domain.paper import SlipKind
from pos.domain.pricing import Tender
from pos.domain.sales import without_secrets
from pos.domain.staff import Actor, Permission, check_name
from pos.ports import Clock, OpenStore, Store
from pos.services.diners import active
from pos.services.shifts import open_shift
from pos.services.topping_up import canteen_of


@dataclass(frozen=True, slots=True)
class Deposit:
    """What a member leaves with the canteen for a card, in fen, and how it is paid."""

    amount: Fen = 0
    tender: Tender = Tender.CASH


NO_DEPOSIT = Deposit()


class Cards:
    """The cards of the members. `deed_id` is made when a form opens and kept for every retry: a deed is done once."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Keep cards at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def of(self, member_id: str) -> CardFile:
        """All cards that are or were this member's, with their history and deposit."""
        with self._stores.read() as store:
            return store.cards.file_of(member_id)

    def issue(
        self, actor: Actor, deed_id: str, member_id: str, uid: CardUid, deposit: Deposit = NO_DEPOSIT, reason: str = ""
    ) -> CardEvent:
        """Give a member without a card one. A number that somebody else had needs a reason, which stays in the books.

        Raises HasCard, CardTaken, PoolCard, BadAmount, AboveLimit, BadName, MemberUnknown, MemberNotActive, NoShift,
        ShiftTooOld, ClockWentBack or NotPermitted.
        """
        actor.must(Permission.CARDS)
        with self._stores.write() as store:
            store.cards.in_turn()
            member = _locked(store, member_id, self._clock.local().date())
            if stored := store.cards.event(deed_id):
                return stored
            active(member)
            if card := store.members.card_of(member_id):
                raise HasCard(member.name, card.uid.printed)
            free, before = _free(store, uid, member_id, reason)
            event = self._event(actor, deed_id, member, free, CardDeed.ISSUED, reason)
            return self._done(store, self._paid(store, actor, event, deposit), before)

    def report_lost(self, actor: Actor, deed_id: str, member_id: str, reason: str = "") -> CardEvent:
        """Stop the card that a member cannot find. Raises NoCard, BadName, MemberUnknown or NotPermitted."""
        actor.must(Permission.CARD_LOST)
        with self._stores.write() as store:
            member = _locked(store, member_id, self._clock.local().date())
            if stored := store.cards.event(deed_id):
                return stored
            card = store.members.card_of(member_id)
            if card is None:
                raise NoCard(member.name)
            return self._done(store, self._event(actor, deed_id, member, card.uid, CardDeed.LOST, reason), card)

    def found(self, actor: Actor, deed_id: str, uid: CardUid) -> CardEvent:
        """Let a card be used again that was reported lost. Raises CardNotThus, HasCard, UnknownCard or NotPermitted."""
        actor.must(Permission.CARD_LOST)
        return self._change(actor, deed_id, uid, CardDeed.FOUND)

    def replace(
        self, actor: Actor, deed_id: str, member_id: str, uid: CardUid, deposit: Deposit = NO_DEPOSIT, reason: str = ""
    ) -> CardEvent:
        """Give a new card for one that is lost or broken: balance and history are the member's, so they follow.

        The old number is refused from now on. Its deposit moves to the new card; `deposit` is what is paid on top.
        Gives the new card's event. Raises NoCard, CardTaken, PoolCard, BadAmount, AboveLimit, BadName, MemberUnknown,
        MemberNotActive, NoShift, ShiftTooOld, ClockWentBack or NotPermitted.
        """
        actor.must(Permission.CARDS)
        with self._stores.write() as store:
            store.cards.in_turn()
            member = _locked(store, member_id, self._clock.local().date())
            if stored := store.cards.event(deed_id):
                return stored
            active(member)
            old = _to_replace(store, member)
            free, before = _free(store, uid, member_id, reason)
            moved = store.cards.deposit_on(old.uid)
            gone = self._event(
                actor, _second_id(deed_id), member, old.uid, CardDeed.REPLACED, reason, other=free, deposit=-moved
            )
            store.cards.record(gone, old)
            event = self._event(
                actor, deed_id, member, free, CardDeed.ISSUED, reason, other=old.uid, deposit=moved
            )
            return self._done(store, self._paid(store, actor, event, deposit), before)

    def give_back(self, actor: Actor, deed_id: str, uid: CardUid, tender: Tender = Tender.CASH) -> CardEvent:
        """Take a card back and pay its deposit out. The balance stays the member's.

        Raises CardNotThus, UnknownCard, NoShift, ShiftTooOld, ClockWentBack or NotPermitted.
        """
        actor.must(Permission.CARDS)
        with self._stores.write() as store:
            card, member = _held(store, uid, self._clock.local().date())
            if stored := store.cards.event(deed_id):
                return stored
            return self.take_in(store, actor, deed_id, card, member, tender)

    def take_in(
        self, store: Store, actor: Actor, deed_id: str, card: Card, member: Member, tender: Tender
    ) -> CardEvent:
        """Take a card back within a transaction that does more, such as closing the account; see `give_back`."""
        require(card, CardDeed.RETURNED)
        event = self._event(actor, deed_id, member, card.uid, CardDeed.RETURNED, "")
        deposit = Deposit(-store.cards.deposit_on(card.uid), tender)
        return self._done(store, self._paid(store, actor, event, deposit), card)

    def block(self, actor: Actor, deed_id: str, uid: CardUid, reason: str) -> CardEvent:
        """Put a card on the black list. Raises ReasonMissing, CardNotThus, UnknownCard, BadName or NotPermitted."""
        actor.must(Permission.CARDS)
        return self._change(actor, deed_id, uid, CardDeed.BLOCKED, _needed(reason))

    def unblock(self, actor: Actor, deed_id: str, uid: CardUid, reason: str) -> CardEvent:
        """Take a card off the black list. Raises ReasonMissing, CardNotThus, HasCard, UnknownCard, BadName or
        NotPermitted.
        """
        actor.must(Permission.CARDS)
        return self._change(actor, deed_id, uid, CardDeed.UNBLOCKED, _needed(reason))

    def _change(self, actor: Actor, deed_id: str, uid: CardUid, deed: CardDeed, reason: str = "") -> CardEvent:
        with self._stores.write() as store:
            card, member = _held(store, uid, self._clock.local().date())
            if stored := store.cards.event(deed_id):
                return stored
            require(card, deed)
            in_use = store.members.card_of(member.id)
            if in_use and deed in {CardDeed.FOUND, CardDeed.UNBLOCKED}:
                raise HasCard(member.name, in_use.uid.printed)
            return self._done(store, self._event(actor, deed_id, member, card.uid, deed, reason), card)

    def _event(
        self,
        actor: Actor,
        deed_id: str,
        member: Member,
        uid: CardUid,
        deed: CardDeed,
        reason: str,
        other: CardUid | None = None,
        deposit: Fen = 0,
    ) -> CardEvent:
        return CardEvent(
            deed_id,
            uid,
            member.id,
            member.name,
            deed,
            self._clock.now_ms(),
            self._till,
            actor.staff_id,
            actor.name,
            reason and without_secrets(check_name(reason)),
            other,
            deposit,
        )

    def _paid(self, store: Store, actor: Actor, event: CardEvent, deposit: Deposit) -> CardEvent:
        """The event with the deposit (fen) that is paid with it, or below zero paid back, booked in the ledger."""
        _check_deposit(store, event, deposit)
        if not deposit.amount:
            return event
        shift = open_shift(store, self._clock, self._till, actor)
        postings = deposit_postings(till_account(deposit.tender, self._till), deposit.amount)
        draft = Draft(
            event.id, EntryKind.DEPOSIT, shift.business_date, event.at_ms, shift.id, actor.staff_id, postings
        )
        entry_id = store.ledger.post(draft).draft.id
        return replace(event, deposit=event.deposit + deposit.amount, tender=deposit.tender, entry_id=entry_id)

    def _done(self, store: Store, event: CardEvent, before: Card | None) -> CardEvent:
        store.cards.record(event, before)
        kick = event.entry_id is not None and event.tender is Tender.CASH
        store.paper.add(self._till, SlipKind.CARD, event.id, event.at_ms, kick=kick)
        return event


def note_first_card(store: Store, actor: Actor, member_id: str, uid: CardUid, at_ms: int) -> None:
    """Begin the history of a card that was given out with the member's form."""
    event_id = str(uuid5(NAMESPACE_OID, f"{member_id} card"))
    event = CardEvent(event_id, uid, member_id, "", CardDeed.ISSUED, at_ms, "", actor.staff_id, actor.name)
    store.cards.record(event, Card(uid, member_id))


def _second_id(deed_id: str) -> str:
    """The id of the line about the old card, of a deed that writes two."""
    return str(uuid5(NAMESPACE_OID, deed_id))


def _needed(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing
    return reason


def _locked(store: Store, member_id: str, day: date) -> Member:
    """The member, behind the wallet's lock: whoever changes cards of the same member at the same moment waits."""
    store.members.wallet(member_id)
    member = store.members.get(member_id, day)
    if member is None:
        raise MemberUnknown
    return member


def _held(store: Store, uid: CardUid, day: date) -> tuple[Card, Member]:
    """A card that somebody has or had, as it is behind the holder's lock. Raises UnknownCard."""
    for seen in store.members.cards_ending(uid.tail):
        if seen.uid.matches(uid):
            member = _locked(store, seen.member_id, day)
            now = {card.uid: card for card in store.members.cards_ending(uid.tail)}
            return now[seen.uid], member
    raise UnknownCard(uid.printed)


def _to_replace(store: Store, member: Member) -> Card:
    """The card in use, or else the one that was reported lost last. Raises NoCard."""
    in_use = store.members.card_of(member.id)
    if in_use:
        return in_use
    history = store.cards.file_of(member.id)
    states = {card.uid: card for card in history.cards}
    lost = [event.uid for event in history.events if event.deed is CardDeed.LOST]
    for uid in reversed(lost):
        if uid in states and states[uid].state is CardState.LOST:
            return states[uid]
    raise NoCard(member.name)


def _free(store: Store, uid: CardUid, member_id: str, reason: str) -> tuple[CardUid, Card | None]:
    """The number under which the card is given out, that of its first life, and what it was then if it had one.

    Raises PoolCard, or CardTaken when it is or was somebody's: in use it stays theirs, later it takes a reason.
    """
    if any(card.uid.matches(uid) for card in store.cards.temporary_ending(uid.tail)):
        raise PoolCard(uid.printed)
    for card in store.members.cards_ending(uid.tail):
        if card.uid.matches(uid):
            own = card.member_id == member_id and card.state is CardState.RETURNED
            if card.state is CardState.ACTIVE or not (own or reason.strip()):
                raise CardTaken(uid.printed, store.members.name_of(card.member_id))
            return card.uid, card
    return uid, None


def _check_deposit(store: Store, event: CardEvent, deposit: Deposit) -> None:
    if deposit.tender is Tender.CARD or (deposit.amount < 0 and event.deed is not CardDeed.RETURNED):
        raise BadAmount(yuan(deposit.amount))
    limit = canteen_of(store).top_up_limit
    if deposit.amount > limit:
        raise AboveLimit(deposit.amount, limit)
