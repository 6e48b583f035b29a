"""The mind of the pool: the cards that are lent for a meal; a new one joins and a lent one comes back on the reader."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from pos import words
from pos.domain.card_life import CardEvent, TemporaryCard
from pos.domain.cards import CardUid
from pos.domain.errors import Refusal, Trouble
from pos.domain.staff import Actor
from pos.i18n import _
from pos.services.lending import Lending
from ui import messages
from ui.asking import Ask, AskColumn, AskTable, AskView, Fact
from ui.presenting import Lane, Notices


class PoolPresenter:
    """Nothing is typed here: the cards themselves say what is wished; only one that is gone is taken out by hand."""

    def __init__(
        self, view: AskView, notices: Notices, lending: Lending, lane: Lane, actor: Callable[[], Actor]
    ) -> None:
        self._view = view
        self._notices = notices
        self._lending = lending
        self._lane = lane
        self._actor = actor
        self._pool: tuple[TemporaryCard, ...] | None = None
        self._leaving: TemporaryCard | None = None
        self._deed_id = ""

    @property
    def is_open(self) -> bool:
        """Whether the list is there; cards go to `card_read` then."""
        return self._pool is not None

    def open(self) -> None:
        """Show every card of the pool, and to whom it is lent."""
        self._lane.run(self._lending.pool, self._came, self._failed)

    def card_read(self, uid: CardUid) -> None:
        """A card of the pool has come back; any other one joins it."""
        if self._pool is None or self._leaving is not None:
            return
        actor, deed_id = self._actor(), str(uuid4())
        known = any(card.uid.matches(uid) for card in self._pool)
        do = self._lending.take_back if known else self._lending.add
        self._lane.run(lambda: do(actor, deed_id, uid), self._done, self._failed)

    def pick(self, at: int) -> None:
        """Ask whether the card in this line leaves the pool: it broke, or nobody brings it back."""
        if self._pool is not None and self._leaving is None and 0 <= at < len(self._pool):
            self._leaving, self._deed_id = self._pool[at], str(uuid4())
            self._notices.clear_message()
            self.say()

    def confirm(self) -> None:
        """Take it out for good."""
        card = self._leaving
        if card is None:
            return
        actor, deed_id = self._actor(), self._deed_id
        self._lane.run(lambda: self._lending.retire(actor, deed_id, card.uid), self._done, self._failed)

    def close(self) -> None:
        """Back to the list, from there away."""
        if self._leaving is not None:
            self._leaving = None
            self.say()
        elif self._pool is not None:
            self._pool = None
            self._view.close_ask()

    def drop(self) -> None:
        """The section is left."""
        self._leaving = None
        self.close()

    def say(self) -> None:
        """Say it in the language of the moment."""
        if self._leaving is not None:
            self._view.show_ask(_leaving_ask(self._leaving))
        elif self._pool is not None:
            self._view.show_ask(_ask(self._pool))

    def _came(self, pool: tuple[TemporaryCard, ...]) -> None:
        self._pool = pool
        self.say()

    def _done(self, event: CardEvent) -> None:
        self._leaving = None
        tail = event.uid.printed[-4:]
        told = _("{what}: …{tail}").format(what=words.card_deed(event.deed), tail=tail)
        self._notices.show_message(messages.good(told))
        if self._pool is not None:
            self.open()

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))


def _ask(pool: tuple[TemporaryCard, ...]) -> Ask:
    columns = (AskColumn(_("Card"), 130), AskColumn(_("Lent to")), AskColumn(_("Day"), 140), AskColumn(_("Meal"), 130))
    rows = tuple(_row(card) for card in pool)
    return Ask(
        _("Cards that are lent for a meal"),
        "",
        _("Lay a card on the reader: a new one joins, a lent one is back."),
        table=AskTable(columns, rows, picks=_("Take it out of the box") if rows else "", empty=_("No card to lend yet. Lay one on the reader.")),
    )


def _leaving_ask(card: TemporaryCard) -> Ask:
    facts = [Fact(_("Card"), card.uid.printed[-4:])]
    if card.member_id:
        facts.append(Fact(_("Lent to"), card.member_name))
    return Ask(
        _("Take the card out of the box for good?"),
        _("Take the card out"),
        _("For a card that broke or got lost: whoever holds it out is refused. Laid on the reader here it joins again."),
        facts=tuple(facts),
        danger=True,
    )


def _row(card: TemporaryCard) -> tuple[str, ...]:
    day = card.day.isoformat() if card.day and card.member_id else ""
    return (
        card.uid.printed[-4:],
        card.member_name if card.member_id else "",
        day,
        words.meal(card.meal) if card.meal and card.member_id else "",
    )
