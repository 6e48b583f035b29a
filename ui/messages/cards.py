"""Words for what is refused of cards: the title, and what to do now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos import words as facts
from pos.domain import account_errors as errors
from pos.domain.errors import Refusal, Trouble
from pos.i18n import _

_Words = tuple[str, str]


def _card_not_thus(error: errors.CardNotThus) -> _Words:
    title = _("Card {card} is {state}.").format(card=error.printed, state=facts.card_state(error.state))
    return title, _("This cannot be done with it. Look at the member's cards.")


def _has_card(error: errors.HasCard) -> _Words:
    title = _("{name} has card {card} in use.").format(name=error.name, card=error.printed)
    return title, _("Replace that card, or take it back first.")


def _no_card(error: errors.NoCard) -> _Words:
    return _("{name} has no card in use.").format(name=error.name), _("Give out a card instead.")


def _reason_missing(_error: errors.ReasonMissing) -> _Words:
    return _("A reason is missing."), _("Type why; it stays in the books.")


def _pool_card(error: errors.PoolCard) -> _Words:
    title = _("Card {card} is one of those lent for a meal.").format(card=error.printed)
    return title, _("Take a new card.")


def _not_pool_card(error: errors.NotPoolCard) -> _Words:
    title = _("Card {card} is not one of those lent for a meal.").format(card=error.printed)
    return title, _("Take a card from the pool.")


def _lent_to_other(error: errors.LentToOther) -> _Words:
    title = _("Card {card} is lent to {name} for this meal.").format(card=error.printed, name=error.name)
    return title, _("Take another card from the pool.")


def _loan_over(error: errors.LoanOver) -> _Words:
    if not error.name:
        return _("This temporary card is lent to nobody."), _("Find the diner by name (F2) and lend the card.")
    title = _("This card was lent to {name} for an earlier meal.").format(name=error.name)
    return title, _("Take it back, and find the diner by name (F2).")


TABLE: dict[type[Refusal | Trouble], Callable[[Any], _Words]] = {
    errors.CardNotThus: _card_not_thus,
    errors.HasCard: _has_card,
    errors.NoCard: _no_card,
    errors.ReasonMissing: _reason_missing,
    errors.PoolCard: _pool_card,
    errors.NotPoolCard: _not_pool_card,
    errors.LentToOther: _lent_to_other,
    errors.LoanOver: _loan_over,
}
