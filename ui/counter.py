"""The counter put together: the sale screen with the sheets that it opens, and whose a card is that was shown."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.card_life import CardEvent
from pos.domain.cards import CardUid
from pos.domain.errors import Refusal, Trouble
from pos.domain.menu import Meal
from pos.domain.staff import Actor
from pos.i18n import _
from pos.services.accounts import TopUps
from pos.services.cards import Cards
from pos.services.lending import Lending
from pos.services.members import Members
from pos.services.pick_up import PickUp
from pos.services.reservations import Reservations
from pos.services.sales import Checkout, Diner, Today
from ui.accounts.presenter import TopUpPresenter
from ui.accounts.view import TopUpView
from ui.cards.form import CardWish
from ui.cards.phrases import done_words
from ui.cards.presenter import CardsPresenter
from ui.members.presenter import EnrolPresenter, FindPresenter
from ui.members.view import EnrolView, FindView
from ui.messages import good, note, words
from ui.presenting import Lane, Notices
from ui.reservations.booking import BookingPresenter
from ui.reservations.booking_sheet import BookingSheet
from ui.sales.presenter import SalePresenter
from ui.sales.view import SaleView
from ui.theme import Theme
from ui.widgets.ask_sheet import AskSheet


class CounterScreen:
    """`page` is the page for the main window; `card_read` takes every card, from whatever reader."""

    def __init__(
        self,
        theme: Theme,
        notices: Notices,
        lane: Lane,
        actor: Callable[[], Actor],
        checkout: Checkout,
        top_ups: TopUps,
        members: Members,
        cards: Cards,
        lending: Lending,
        reservations: Reservations,
        pick_up: PickUp,
        *,
        day_shown: Callable[[Today], None] = lambda _today: None,
    ) -> None:
        """`actor` says who is signed in, `day_shown` is told the day's figures whenever they change."""
        self._notices, self._lane = notices, lane
        self.page = SaleView(theme, notices)
        self._top_up_view = TopUpView(theme, self.page, notices)
        self._find_view = FindView(theme, self.page, notices)
        self._enrol_view = EnrolView(theme, self.page, notices)
        self._card_view = AskSheet(theme, self.page)
        self._booking_view = BookingSheet(theme, self.page)
        self.sale = SalePresenter(
            self.page,
            checkout,
            lane,
            actor,
            find=self._open_find,
            top_up=self._open_top_up,
            hand_over=pick_up.hand_over,
            reserve=self._open_booking,
            day_shown=day_shown,
        )
        self.top_up = TopUpPresenter(
            self._top_up_view,
            top_ups,
            lane,
            actor,
            closed=self.sale.show_member,
            next_card=self.sale.card_read,
        )
        self.enrol = EnrolPresenter(self._enrol_view, members, lane, actor, enrolled=self.sale.show_member)
        self.cards = CardsPresenter(self._card_view, notices, cards, lending, lane, actor, done=self._card_done)
        self.find = FindPresenter(
            self._find_view,
            members,
            lane,
            actor,
            chosen=self.sale.show_member,
            next_card=self.sale.card_read,
            enrol=self.enrol.open,
            lost=lambda hit: self.cards.open(CardWish.LOST, hit.id, hit.name),
            lend=lambda hit: self.cards.open(CardWish.LEND, hit.id, hit.name),
        )
        self.booking = BookingPresenter(
            self._booking_view,
            notices,
            reservations,
            lane,
            actor,
            closed=self.sale.show_member,
            next_card=self.sale.card_read,
        )
        self._booking_view.attend(self.booking)
        self.page.attend(self.sale)
        self._top_up_view.attend(self.top_up)
        self._find_view.attend(self.find)
        self._enrol_view.attend(self.enrol)
        asked = self.cards
        self._card_view.attend(close=asked.close, say=asked.say, typed=asked.typed, confirm=asked.confirm)
        self.page.languages_follow(self._top_up_view, self._find_view, self._enrol_view, self._card_view, self._booking_view)

    def card_read(self, uid: CardUid) -> None:
        """A card was shown: to the sheet that lies on top, else to the sale."""
        for sheet in (self.enrol, self.top_up, self.booking, self.find, self.cards):
            if sheet.is_open:
                sheet.card_read(uid)
                return
        self.sale.card_read(uid)

    def payment_code_scanned(self) -> None:
        """A payment code was scanned: say that this till cannot charge it. Nothing of it was kept."""
        self._notices.show_message(
            note(_("That was a payment code. This till cannot charge it."), _("Let the diner pay, then note it by F10."))
        )

    def _card_done(self, event: CardEvent) -> None:
        """Whoever was lent a card wants to eat; whose card is lost may still."""
        if event.member_id:
            self.sale.show_member(event.member_id)
            # Once the person is shown: a screen that changes takes what was said before away.
            self._lane.run(lambda: None, lambda _none: self._notices.show_message(good(done_words(event))), self._failed)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(words(error))

    def _open_find(self) -> None:
        self.find.open()

    def _open_top_up(self, diner: Diner) -> None:
        self.top_up.open(diner)

    def _open_booking(self, diner: Diner) -> None:
        self.booking.open(diner, Meal.LUNCH)

    def answer_lost(self) -> None:
        """A bug ate an answer: nothing counts as charged and nothing as not charged."""
        self.sale.answer_lost()
        self.top_up.answer_lost()
        self.booking.answer_lost()
