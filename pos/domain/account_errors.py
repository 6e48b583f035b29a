"""What is refused of cards, money in and money out beyond the sale: facts, as in pos/domain/errors.py."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.errors import CardState, Refusal


@dataclass(eq=False)
class MemberTwice(Refusal):
    """A list names this member in two rows."""

    name: str


@dataclass(eq=False)
class BatchRefused(Refusal):
    """Of a list's `rows` so many cannot be booked; `first` is the number of the first of them, from 1."""

    refused: int
    first: int
    rows: int


@dataclass(eq=False)
class BatchChanged(Refusal):
    """Another list was booked under this id, paid by `payer`."""

    payer: str


# -- cards -------------------------------------------------------------------------------------------


@dataclass(eq=False)
class CardNotThus(Refusal):
    """This cannot happen to a card in this state."""

    printed: str
    state: CardState


@dataclass(eq=False)
class HasCard(Refusal):
    """The member has a card in use."""

    name: str
    printed: str


@dataclass(eq=False)
class NoCard(Refusal):
    """The member has no card that this could be done to."""

    name: str


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """This is done only for a reason that stays in the books."""


@dataclass(eq=False)
class PoolCard(Refusal):
    """The card belongs to the pool of cards that are lent for a meal."""

    printed: str


@dataclass(eq=False)
class NotPoolCard(Refusal):
    """The card does not belong to the pool of cards that are lent for a meal."""

    printed: str


@dataclass(eq=False)
class LentToOther(Refusal):
    """The card is lent to somebody else for this very meal."""

    printed: str
    name: str


@dataclass(eq=False)
class LoanOver(Refusal):
    """The card was lent to `name` for an earlier meal, or to nobody ('')."""

    printed: str
    name: str


# -- money out ---------------------------------------------------------------------------------------


@dataclass(eq=False)
class NothingToRefund(Refusal):
    """The member has no principal left; bonus is never paid out."""

    name: str


@dataclass(eq=False)
class RefundTooMuch(Refusal):
    """More was asked for (fen) than there is principal left (fen)."""

    asked: int
    left: int


@dataclass(eq=False)
class CashNotAllowed(Refusal):
    """A balance (fen) above the limit (fen) goes back to an account; domain.md 2.1, article 21."""

    balance: int
    limit: int


@dataclass(eq=False)
class NotSameName(Refusal):
    """The account's holder is not `name`, to whom the money belongs."""

    holder: str
    name: str


@dataclass(eq=False)
class AccountMissing(Refusal):
    """Neither cash nor an account."""


@dataclass(eq=False)
class OnlyToHeirs(Refusal):
    """The member has died: the money goes to the heirs, with their documents."""

    name: str


@dataclass(eq=False)
class UndoTooLate(Refusal):
    """Money that went out in an earlier shift, at another till or at the end of an account is not taken back."""

    number: str


@dataclass(eq=False)
class SameMember(Refusal):
    """Giver and receiver are the same member."""


@dataclass(eq=False)
class NotDeceased(Refusal):
    """The member is not noted as deceased: there are no heirs."""

    name: str


@dataclass(eq=False)
class HeirMissing(Refusal):
    """Nobody is named to whom the money goes."""


@dataclass(eq=False)
class DocumentsMissing(Refusal):
    """Money goes to heirs only with their documents noted."""


@dataclass(eq=False)
class MoneyHeld(Refusal):
    """Some of the money (fen) is held for reservations: cancel those first."""

    held: int


@dataclass(eq=False)
class OfferWrong(Refusal):
    """An offer gives nothing, never holds, or has the id of another; `title` is what it is called."""

    title: str


@dataclass(eq=False)
class TermsChanged(Refusal):
    """Somebody else decided about the same terms since they were read."""


@dataclass(eq=False)
class TermTooLong(Refusal):
    """A telephone, an area or a word of a list is empty, too long, or no line of text; `text` is what was typed."""

    text: str
    longest: int
