"""The reservations' section of the office: the list, and everything that is done about reservations there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.cards import CardUid
from pos.domain.errors import Refusal, Trouble, UnknownCard
from pos.domain.members import MemberHit
from pos.domain.staff import Permission
from pos.i18n import _
from pos.services.members import Members
from pos.services.menu import Menus
from pos.services.reservation_list import Listed, MealList, ReservationList
from pos.services.reservations import Reservations
from pos.services.sales import Checkout, Diner
from pos.services.sign_up_lists import SignUpLists
from pos.services.standing_orders import StandingOrders
from pos.services.terms import Terms
from ui import messages
from ui.members.presenter import FindPresenter
from ui.members.view import FindView
from ui.office.section import Office, Section, SectionView
from ui.reservations.booking import BookingPresenter
from ui.reservations.booking_sheet import BookingSheet
from ui.reservations.cancelling import CancelPresenter
from ui.reservations.presenter import ReservationsPresenter
from ui.reservations.terms import BookingTermsPresenter
from ui.reservations.view import ReservationsPage
from ui.sign_up_lists.presenter import SignUpListPresenter
from ui.sign_up_lists.sheet import SignUpSheet
from ui.standing_orders.presenter import StandingOrdersPresenter
from ui.standing_orders.run import RunPresenter
from ui.widgets.ask_sheet import AskSheet
from ui.widgets.key_hints import Hints
from ui.widgets.sheet import Sheet


class ReservationsSection(QWidget):
    """One sheet at a time lies on the list; when it is done the list is read anew."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        theme, ground, notices, lane, actor = office.theme, office.page, office.notices, office.lane, office.actor
        stores, clock, till = office.stores, office.clock, office.till
        self._notices, self._lane, self._actor = notices, lane, actor
        self._checkout, self._members = Checkout(stores, clock, till), Members(stores, clock)
        reservations, orders = Reservations(stores, clock, till), StandingOrders(stores, clock, till)
        self.page = ReservationsPage(theme)
        self.list = ReservationsPresenter(
            self.page, notices, ReservationList(stores, clock), lane, reservations.next_day,
            change=self._change, cancel=self._cancel,
        )  # fmt: skip
        changed: Callable[[], None] = self.list.open
        self._booking_sheet = BookingSheet(theme, ground)
        self._booking = BookingPresenter(
            self._booking_sheet, notices, reservations, lane, actor, closed=lambda _id: changed(), next_card=self.card_read
        )
        self._find_view = FindView(theme, ground, notices)
        self._find = FindPresenter(
            self._find_view, self._members, lane, actor,
            chosen=self._person_found, next_card=self.card_read,
            enrol=_nothing, lost=_nothing_of, lend=_nothing_of,
        )  # fmt: skip
        self._wanted: Callable[[str], None] = self._book
        self._cancel_sheet, self._orders_sheet, self._run_sheet, self._terms_sheet = (AskSheet(theme, ground) for _one in range(4))
        self._cancelling = CancelPresenter(self._cancel_sheet, notices, reservations, lane, actor, done=changed)
        self._orders = StandingOrdersPresenter(
            self._orders_sheet, notices, orders, Menus(stores, clock), lane, actor, clock, done=changed
        )
        self._run = RunPresenter(self._run_sheet, notices, orders, reservations, lane, office.work, actor, done=changed)
        self._terms = BookingTermsPresenter(self._terms_sheet, notices, Terms(stores, clock), lane, actor, done=changed)
        self._list_sheet = SignUpSheet(theme, ground)
        self._pasted = SignUpListPresenter(
            self._list_sheet, notices, SignUpLists(stores, clock, till), lane, office.work, actor, done=changed
        )
        self._attend()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self.setFocusProxy(self.page)

    # -- the section's promises ---------------------------------------------------------------------

    def opened(self) -> None:
        """Read the list anew."""
        self.page.show_rules(may_decide=self._actor().may(Permission.TARIFF))
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.open()

    def left(self) -> None:
        """Close what lies on the list."""
        self._booking_sheet.close_form()
        for asked in (self._cancelling, self._orders, self._terms, self._pasted):
            asked.close_now()
        self._run.close()
        self._find.close()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.page.retranslate()
        sheets: tuple[Sheet, ...] = (self._booking_sheet, self._find_view, self._list_sheet, *self._asking)
        for sheet in sheets:
            sheet.retranslate()

    def hints(self) -> Hints:
        """Its keys."""
        return self.page.hints()

    def card_read(self, uid: CardUid) -> None:
        """Whoever shows a card books: the search and the form give way, anything else wants to be finished first."""
        if self._find.is_open:
            self._find.card_read(uid)
        elif self._booking.is_open:
            self._booking.card_read(uid)
        elif not any(sheet.is_open for sheet in (self._list_sheet, *self._asking)):
            self._notices.clear_message()
            self._lane.run(lambda: self._members.search(uid.printed, 2), lambda hits: self._card_came(uid, hits), self._failed)

    # -- deeds --------------------------------------------------------------------------------------

    def _card_came(self, uid: CardUid, hits: tuple[MemberHit, ...]) -> None:
        if len(hits) == 1:
            self._book(hits[0].id)
        else:
            self._failed(UnknownCard(uid.printed))

    def _book(self, member_id: str) -> None:
        """Open the form of booking for a member, on the day and meal that are looked at."""
        day, meal, today = self.list.shown.day, self.list.shown.meal, self.list.shown.found
        first = day if day and today and day >= today.today else None

        def came(diner: Diner) -> None:
            self._booking.open(diner, meal, first)

        self._lane.run(lambda: self._checkout.diner(member_id), came, self._failed)

    def _change(self, listed: Listed, _found: MealList) -> None:
        self._book(listed.reservation.member_id)

    def _cancel(self, listed: Listed, found: MealList) -> None:
        self._cancelling.open(listed, found)

    def _person_found(self, member_id: str) -> None:
        self._wanted(member_id)

    def _find_for(self, deed: Callable[[str], None]) -> None:
        self._wanted = deed
        self._find.open(only_choose=True)

    def _paste(self) -> None:
        shown = self.list.shown
        if shown.day is not None:
            self._pasted.open(shown.day, shown.meal)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))

    # -- wiring -------------------------------------------------------------------------------------

    @property
    def _asking(self) -> tuple[AskSheet, ...]:
        return self._cancel_sheet, self._orders_sheet, self._run_sheet, self._terms_sheet

    def _attend(self) -> None:
        page, asked, orders, run, terms = self.page, self._cancelling, self._orders, self._run, self._terms
        page.attend(self.list)
        page.booking.connect(lambda: self._find_for(self._book))
        page.orders.connect(lambda: self._find_for(self._orders.open))
        page.run.connect(run.open)
        page.pasted.connect(self._paste)
        page.terms.connect(terms.open)
        self._booking_sheet.attend(self._booking)
        self._find_view.attend(self._find)
        self._list_sheet.attend(self._pasted)
        self._cancel_sheet.attend(close=asked.close, say=asked.say, typed=asked.typed, confirm=asked.confirm)
        self._orders_sheet.attend(
            close=orders.close, say=orders.say, typed=orders.typed, confirm=orders.confirm, second=orders.second, pick=orders.pick
        )
        self._run_sheet.attend(close=run.close, say=run.say, typed=run.typed, confirm=run.confirm)
        self._terms_sheet.attend(close=terms.close, say=terms.say, typed=terms.typed, confirm=terms.confirm)


def _nothing() -> None:
    """Nobody is enrolled while a meal is booked."""


def _nothing_of(_hit: MemberHit) -> None:
    """No card is stopped or lent while a meal is booked."""


def _build(office: Office) -> SectionView:
    return ReservationsSection(office)


SECTION = Section("reservations", lambda: _("Reservations"), Permission.SELL, _build)
