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
from ui.asking import Ask, AskColumn, AskTable, AskView
from ui.presenting import Lane, Notices


class PoolPresenter:
    """Nothing is typed here: the cards themselves say what is wished."""

    def __init__(
        self, view: AskView, notices: Notices, lending: Lending, lane: Lane, actor: Callable[[], Actor]
    ) -> None:
        self._view = view
        self._notices = notices
        self._lending = lending
        self._lane = lane
        self._actor = actor
        self._pool: tuple[TemporaryCard, ...] | None = None

    @property
    def is_open(self) -> bool:
        """Whether the list is there; cards go to `card_read` then."""
        return self._pool is not None

    def open(self) -> None:
        """Show every card of the pool, and to whom it is lent."""
        self._lane.run(self._lending.pool, self._came, self._failed)

    def card_read(self, uid: CardUid) -> None:
        """A card of the pool has come back; any other one joins it."""
        if self._pool is None:
            return
        actor, deed_id = self._actor(), str(uuid4())
        known = any(card.uid.matches(uid) for card in self._pool)
        do = self._lending.take_back if known else self._lending.add
        self._lane.run(lambda: do(actor, deed_id, uid), self._done, self._failed)

    def close(self) -> None:
        """Back."""
        if self._pool is not None:
            self._pool = None
            self._view.close_ask()

    def say(self) -> None:
        """Say it in the language of the moment."""
        if self._pool is not None:
            self._view.show_ask(_ask(self._pool))

    def _came(self, pool: tuple[TemporaryCard, ...]) -> None:
        self._pool = pool
        self.say()

    def _done(self, event: CardEvent) -> None:
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
        table=AskTable(columns, rows, empty=_("No card to lend yet. Lay one on the reader.")),
    )


def _row(card: TemporaryCard) -> tuple[str, ...]:
    day = card.day.isoformat() if card.day and card.member_id else ""
    return (
        card.uid.printed[-4:],
        card.member_name if card.member_id else "",
        day,
        words.meal(card.meal) if card.meal and card.member_id else "",
    )
