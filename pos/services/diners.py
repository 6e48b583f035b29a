"""Who is it: the member behind a card, whether they eat here, and what they usually have."""

from __future__ import annotations

from collections import Counter
from datetime import date

from pos.domain.account_errors import LoanOver
from pos.domain.card_life import TemporaryCard
from pos.domain.cards import CardUid
from pos.domain.errors import (
    AmbiguousCard,
    CardNotUsable,
    CardState,
    MemberNotActive,
    MemberUnknown,
    UnknownCard,
)
from pos.domain.members import Card, Member, MemberStatus
from pos.domain.menu import Meal, Menu
from pos.domain.sales import Sale
from pos.ports import Store


def holder_of(store: Store, uid: CardUid, day: date, meal: Meal) -> str:
    """The member behind a card number, as far as the reader's bytes tell one card from another.

    Of two cards that fit, the active one is not taken for granted: it may be the lost one that was shown. A card of
    the pool stands for whoever it was lent to for this meal. Raises UnknownCard, AmbiguousCard, CardNotUsable or
    LoanOver.
    """
    fitting = tuple(card for card in store.members.cards_ending(uid.tail) if card.uid.matches(uid))
    pooled = () if fitting and uid.top else _pooled(store, uid)
    if pooled and not fitting:
        return _borrower(pooled[0], uid, day, meal)
    if not fitting:
        raise UnknownCard(uid.printed)
    if len(fitting) + len(pooled) > 1:
        raise AmbiguousCard(uid.printed)
    card = fitting[0]
    if card.state is not CardState.ACTIVE:
        raise _not_usable(store, card)
    return card.member_id


def _pooled(store: Store, uid: CardUid) -> tuple[TemporaryCard, ...]:
    return tuple(card for card in store.cards.temporary_ending(uid.tail) if card.uid.matches(uid))


def _borrower(card: TemporaryCard, uid: CardUid, day: date, meal: Meal) -> str:
    if card.member_id is None or not card.is_lent(day, meal):
        raise LoanOver(uid.printed, card.member_name)
    return card.member_id


def _not_usable(store: Store, card: Card) -> CardNotUsable:
    return CardNotUsable(card.uid.printed, card.state, store.members.name_of(card.member_id))


def active(member: Member | None) -> Member:
    """The member, if there is one who eats here. Raises MemberUnknown or MemberNotActive."""
    if member is None:
        raise MemberUnknown
    if member.status is not MemberStatus.ACTIVE:
        raise MemberNotActive(member.name, member.status)
    return member


def usual_meal(recent: tuple[Sale, ...], menu: Menu) -> tuple[tuple[str, int], ...]:
    """What this member has most often had lately, newest first on a tie, if all of it is left on today's menu."""
    offered = {offer.dish_id for offer in menu.offers if offer.capacity != 0}
    meals = [
        _portions(sale)
        for sale in recent
        if sale.meal is menu.meal
    ]
    possible = Counter(meal for meal in meals if all(dish_id in offered for dish_id, _ in meal))
    return possible.most_common(1)[0][0] if possible else ()


def _portions(sale: Sale) -> tuple[tuple[str, int], ...]:
    """Portions by dish, however many lines a set meal with other dishes has."""
    counts: Counter[str] = Counter()
    for item in sale.bill.basket:
        counts[item.dish_id] += item.quantity
    return tuple(sorted(counts.items()))
