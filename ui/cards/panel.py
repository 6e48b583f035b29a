"""The page of a member's cards: all that are or were theirs, what happened to each, and the deeds beside them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from pos import words
from pos.domain.card_life import CardDeed, CardEvent, CardFile, can
from pos.domain.cards import CardUid
from pos.domain.errors import CardState, Refusal, Trouble
from pos.domain.members import Card
from pos.i18n import _
from pos.services.cards import Cards
from pos.services.lending import Lending
from pos.services.members import Portrait
from ui import formats, messages
from ui.cards.form import CardWish
from ui.cards.phrases import card_words
from ui.cards.presenter import CardsPresenter
from ui.member_panels import MemberDeed
from ui.office.section import Office
from ui.theme import Text
from ui.widgets.ask_sheet import AskSheet
from ui.widgets.labels import ElidedLabel
from ui.widgets.panel import column
from ui.widgets.table import Column, Line, Table


class CardsPanel(QWidget):
    """Keeps the promises of ui.member_panels.MemberPanel. The deeds are about the marked line's card."""

    def __init__(self, office: Office, changed: Callable[[], None], refresh_deeds: Callable[[], None]) -> None:
        """`changed` has the member read anew, `refresh_deeds` the deeds."""
        super().__init__()
        self._office = office
        self._refresh_deeds = refresh_deeds
        self._portrait: Portrait | None = None
        self._file = CardFile((), (), 0)
        self._cards = Cards(office.stores, office.clock, office.till)
        self._sheet = AskSheet(office.theme, office.page)
        self._mind = mind = CardsPresenter(
            self._sheet,
            office.notices,
            self._cards,
            Lending(office.stores, office.clock, office.till),
            office.lane,
            office.actor,
            done=lambda _event: changed(),
        )
        self._sheet.attend(close=mind.close, say=mind.say, typed=mind.typed, confirm=mind.confirm)
        self._now = ElidedLabel(office.theme, "", Text.STRONG)
        self._table = Table(office.theme)
        layout = column(office.theme, self._now, self._table)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.setFocusProxy(self._table)
        self._table.marked.connect(lambda _at: self._refresh_deeds())
        self.retranslate()

    def title(self) -> str:
        """What its tab says."""
        return _("Cards")

    def show_person(self, portrait: Portrait) -> None:
        """Read the cards of somebody."""
        if self._portrait is None or self._portrait.member.id != portrait.member.id:
            self._file = CardFile((), (), 0)
        self._portrait = portrait
        member_id = portrait.member.id
        self._paint()

        def came(file: CardFile) -> None:
            if self._portrait is not None and self._portrait.member.id == member_id:
                self._file = file
                self._paint()
                self._refresh_deeds()

        self._office.lane.run(lambda: self._cards.of(member_id), came, self._failed)

    def deeds(self) -> tuple[MemberDeed, ...]:
        """What can be done with the cards of this member now."""
        active, marked = self._in_state(CardState.ACTIVE), self._marked()
        lost = self._in_state(CardState.LOST)
        blocked = marked is not None and marked.state is CardState.BLOCKED
        blockable = marked is not None and can(marked, CardDeed.BLOCKED)
        replacing = active is not None or lost is not None
        found = marked if marked is not None and marked.state is CardState.LOST else lost
        wish = self._wish
        return (
            MemberDeed(_("Report lost"), lambda: wish(CardWish.LOST, active), possible=active is not None),
            MemberDeed(
                _("Found again"), lambda: wish(CardWish.FOUND, found), possible=found is not None and active is None
            ),
            MemberDeed(
                _("New card"), lambda: wish(CardWish.REPLACE if replacing else CardWish.ISSUE, active or lost)
            ),
            MemberDeed(_("For this meal"), lambda: wish(CardWish.LEND, None)),
            MemberDeed(_("Returns it"), lambda: wish(CardWish.RETURN, active or lost), possible=replacing),
            MemberDeed(_("Let in again"), lambda: wish(CardWish.UNBLOCK, marked))
            if blocked
            else MemberDeed(_("Block"), lambda: wish(CardWish.BLOCK, marked), possible=blockable, danger=True),
        )

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._sheet.retranslate()
        self._table.setAccessibleName(_("Cards"))
        self._table.set_columns(
            (
                Column(_("Day"), 126),
                Column(_("Card"), 68),
                Column(_("What")),
                Column(_("Deposit"), 88, right=True),
                Column(_("Who"), 88),
            )
        )
        self._paint()

    @property
    def takes_cards(self) -> bool:
        """A card is the new one, while a question is open."""
        return self._mind.is_open

    def card_read(self, uid: CardUid) -> None:
        """The new card, where one is asked for."""
        self._mind.card_read(uid)

    def left(self) -> None:
        """Close what is open."""
        self._mind.drop()

    def _wish(self, wish: CardWish, card: Card | None) -> None:
        if self._portrait is not None:
            member = self._portrait.member
            self._mind.open(wish, member.id, member.name, card, self._file.deposit)

    def _in_state(self, state: CardState) -> Card | None:
        """The newest card in this state."""
        return next((card for card in reversed(self._file.cards) if card.state is state), None)

    def _events(self) -> tuple[CardEvent, ...]:
        return self._file.events[::-1]

    def _marked(self) -> Card | None:
        """The card of the marked line; without lines the one in use."""
        events, at = self._events(), self._table.at
        if not 0 <= at < len(events):
            return self._in_state(CardState.ACTIVE)
        uid = events[at].uid
        return next((card for card in self._file.cards if card.uid == uid), None)

    def _paint(self) -> None:
        cards = _("; ").join(card_words(card) for card in self._file.cards)
        self._table.set_empty_words(
            _("Nothing happened to the card yet.") if cards else _("No card yet. Key 3 gives one out.")
        )
        deposit = self._file.deposit
        paid = _("deposit {amount}").format(amount=words.money(deposit)) if deposit else ""
        self._now.setText(" · ".join(part for part in (cards or _("no card"), paid) if part))
        self._table.set_lines([_line(event) for event in self._events()], max(self._table.at, 0))

    def _failed(self, error: Refusal | Trouble) -> None:
        self._office.notices.show_message(messages.words(error))


def _line(event: CardEvent) -> Line:
    return Line(
        (
            formats.moment(event.at_ms)[:10],
            event.uid.printed[-4:],
            " · ".join(part for part in (words.card_deed(event.deed), event.reason) if part),
            words.money(event.deposit) if event.deposit else "",
            event.staff_name,
        )
    )
