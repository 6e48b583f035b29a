"""The mind of booking at the counter: a day, a way, a key; the usual meal is laid out, so that Enter alone books it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Protocol
from uuid import uuid4

from pos.domain.capacity import SoldOut
from pos.domain.cards import CardUid
from pos.domain.errors import EmptyBasket, NotOnMenu, PriceChanged, Refusal, Trouble
from pos.domain.menu import DishKind, Meal, Menu, Offer
from pos.domain.pricing import Way
from pos.domain.reservations import AfterCutOff, BookedAlready, Booking, Reservation, ReservationOver
from pos.domain.set_meals import is_open
from pos.domain.staff import Actor, Permission
from pos.i18n import _
from pos.services.reservations import MealAhead, Reservations
from pos.services.sales import Diner
from ui import messages
from ui.presenting import Lane, Notices
from ui.reservations.form import BookingForm, chosen_in
from ui.reservations.phrases import booked_words, cancelled_words
from ui.sales.set_choice import SetChoice, set_choice
from ui.sales.tray import EMPTY, Portions, Tray

WAYS = (Way.DINE_IN, Way.TAKE_AWAY, Way.DELIVERY)
MEALS = tuple(Meal)


class BookingView(Protocol):
    """The face of booking."""

    def show_form(self, form: BookingForm) -> None:
        """Paint the form; the first one after a close opens it."""
        ...

    def close_form(self) -> None:
        """Take it away."""
        ...

    def ask_set(self, choice: SetChoice) -> None:
        """Let the cashier choose the dishes of a set meal; answers with `set_picked` or not at all."""
        ...


class BookingPresenter:
    """One form at a time; the reservation's id is made when a meal is looked at and kept for every retry."""

    def __init__(
        self,
        view: BookingView,
        notices: Notices,
        reservations: Reservations,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        closed: Callable[[str], None],
        next_card: Callable[[CardUid], None],
        new_id: Callable[[], str] = lambda: str(uuid4()),
    ) -> None:
        """`closed` is told the member's id when the form goes, `next_card` a card that is shown meanwhile."""
        self._view = view
        self._notices = notices
        self._reservations = reservations
        self._lane = lane
        self._actor = actor
        self._closed = closed
        self._next_card = next_card
        self._new_id = new_id
        self._form: BookingForm | None = None
        self._usual: Portions = ()
        self._first: date | None = None
        self._id = ""
        self._looks = 0

    @property
    def is_open(self) -> bool:
        """Whether the form is there; cards go to `card_read` then."""
        return self._form is not None

    def open(self, diner: Diner, meal: Meal, day: date | None = None) -> None:
        """Begin to book for a diner: the next day or another one, this meal, the usual dishes."""
        member = diner.member
        self._first = day
        self._usual = diner.usual
        self._form = BookingForm(member.id, member.name, diner.card[-4:], tuple(sorted(member.diets)), meal=meal)
        self._show()
        self._lane.run(self._reservations.days, self._days_came, self._refuse)

    # -- which meal ---------------------------------------------------------------------------------

    def look_at(self, day: date) -> None:
        """Look at another day."""
        self._turn(day=day)

    def step(self, days: int) -> None:
        """Look at a day further on, or back; closed days are left out."""
        form = self._form
        if form and form.day in form.days:
            at = min(max(form.days.index(form.day) + days, 0), len(form.days) - 1)
            self._turn(day=form.days[at])

    def turn_meal(self) -> None:
        """Look at the day's next meal."""
        if self._form:
            self._turn(meal=MEALS[(MEALS.index(self._form.meal) + 1) % len(MEALS)])

    def turn_way(self) -> None:
        """Eat here, take away, be brought."""
        if self._form:
            self._edit(way=WAYS[(WAYS.index(self._form.way) + 1) % len(WAYS)])

    # -- what of it ---------------------------------------------------------------------------------

    def press_digit(self, digit: int) -> None:
        """One portion more of the dish with this key."""
        form = self._form
        if form and form.ahead:
            dish = next((offer.dish_id for offer in form.ahead.menu.offers if offer.key == digit), None)
            if dish:
                self.choose(dish)

    def choose(self, dish_id: str) -> None:
        """One portion more of a dish; the first choice takes the place of the meal that was laid out."""
        if self._form:
            self._edit(tray=self._form.tray.choose(dish_id))

    def more(self, dish_id: str, step: int) -> None:
        """One portion more or less of a dish."""
        if self._form:
            tray = self._form.tray
            self._edit(tray=tray.put(dish_id, tray.count(dish_id) + step))

    def ask_set(self, dish_id: str) -> None:
        """Ask which dishes belong to a set meal, where there is a choice."""
        found = self._found(dish_id)
        if self._form and found and is_open(*found):
            self._view.ask_set(set_choice(*found, self._form.tray.picked(dish_id)))

    def set_picked(self, dish_id: str, dishes: tuple[str, ...]) -> None:
        """These dishes it shall be."""
        if self._form and self._found(dish_id):
            tray = self._form.tray
            tray = tray if tray.count(dish_id) else tray.choose(dish_id)
            self._edit(tray=tray.pick(dish_id, dishes))

    def _found(self, dish_id: str) -> tuple[Offer, Menu] | None:
        menu = self._form.ahead.menu if self._form and self._form.ahead else None
        offer = next((one for one in menu.offers if one.dish_id == dish_id), None) if menu else None
        return (offer, menu) if offer and menu else None

    def write_why(self, why: str) -> None:
        """The reason to book or cancel after the cut-off."""
        if self._form and not self._form.saving:
            self._show(why=why)

    # -- yes and no ---------------------------------------------------------------------------------

    def confirm(self) -> None:
        """Book it, or give up what is asked about; once."""
        form = self._form
        if form is None or form.saving or form.ahead is None or form.day is None:
            return
        if form.cancelling and form.ahead.booked:
            self._cancel(form, form.ahead.booked)
        elif form.bill is None:
            self._refuse(EmptyBasket())
        else:
            self._book(form, form.day, form.ahead, form.bill.due)

    def ask_cancel(self) -> None:
        """Ask whether the reservation that is there is given up."""
        form = self._form
        if form and form.ahead and form.ahead.booked and not form.saving and not form.unsure:
            self._show(cancelling=True, late=False, why="")

    def close(self) -> None:
        """One step back: leave the reservation, or the form."""
        form = self._form
        if form is None or form.saving:
            return
        if form.cancelling:
            self._show(cancelling=False, late=False, why="")
        else:
            self._leave()

    def card_read(self, uid: CardUid) -> None:
        """The next diner is there: nothing was booked, so the form goes."""
        if self._form and not self._form.saving and not self._form.unsure:
            self._form = None
            self._view.close_form()
            self._next_card(uid)

    def answer_lost(self) -> None:
        """A bug ate an answer: the same booking may be asked for again."""
        if self._form and self._form.saving:
            self._show(saving=False, unsure=True)

    # -- answers ------------------------------------------------------------------------------------

    def _days_came(self, days: tuple[date, ...]) -> None:
        if self._form:
            self._show(days=days)
        if days or self._first:
            self._turn(day=self._first or self._reservations.first_of(days))

    def _turn(self, *, chosen: bool = False, **where: Any) -> None:
        """Look at a meal; `chosen`: what is on the tray stays there, as far as it is still on the menu."""
        form = self._form
        if form is None or form.saving or form.unsure:
            return
        self._id = self._new_id()
        self._looks += 1
        look = self._looks
        self._show(**where, ahead=None, late=False, cancelling=False, why="")
        asked = self._form
        assert asked is not None, "the form was just shown"
        if asked.day is None:
            return
        member_id, day, meal = asked.member_id, asked.day, asked.meal
        self._lane.run(
            lambda: self._reservations.ahead(member_id, day, meal),
            lambda ahead: self._came(look, ahead, chosen=chosen),
            self._refuse,
        )

    def _came(self, look: int, ahead: MealAhead, *, chosen: bool) -> None:
        if self._form and look == self._looks:
            if chosen:
                self._show(ahead=ahead, tray=self._form.tray.only(ahead.menu))
                return
            booked = ahead.booked
            way = booked.way if booked else self._form.way
            self._show(ahead=ahead, tray=_laid_out(ahead.menu, booked, self._usual), way=way)

    def _book(self, form: BookingForm, day: date, ahead: MealAhead, due: int) -> None:
        booked = ahead.booked
        booking = Booking(
            self._id,
            form.member_id,
            day,
            form.meal,
            form.way,
            form.tray.portions,
            due,
            eat_at=booked.eat_at if booked else "",
            instead=booked.id if booked else "",
            why=form.why,
            card_tail=form.card_tail,
            chosen=form.chosen,
        )
        actor = self._actor()
        self._show(saving=True)
        self._lane.run(lambda: self._reservations.book(actor, booking), self._booked, self._refuse)

    def _cancel(self, form: BookingForm, booked: Reservation) -> None:
        actor, why = self._actor(), form.why
        self._show(saving=True)
        self._lane.run(lambda: self._reservations.cancel(actor, booked.id, why), self._cancelled, self._refuse)

    def _booked(self, made: Reservation) -> None:
        self._leave()
        self._notices.show_message(messages.good(_("Reserved"), booked_words(made)))

    def _cancelled(self, ended: Reservation) -> None:
        self._leave()
        self._notices.show_message(messages.good(_("Cancelled"), cancelled_words(ended)))

    def _refuse(self, error: Refusal | Trouble) -> None:
        unsure = isinstance(error, Trouble) and error.money_moved is not False
        late = isinstance(error, AfterCutOff) and self._actor().may(Permission.BOOK_LATE)
        self._notices.show_message(messages.words(error))
        if self._form is None:
            return
        self._show(saving=False, unsure=unsure, late=late or self._form.late)
        if isinstance(error, PriceChanged | NotOnMenu | SoldOut):
            self._turn(chosen=True)
        elif isinstance(error, BookedAlready | ReservationOver):
            # Somebody else was quicker: what they booked or ended is laid out now.
            self._turn()

    def _edit(self, **changed: Any) -> None:
        if self._form and not self._form.saving and not self._form.unsure and not self._form.cancelling:
            self._notices.clear_message()
            self._show(**changed)

    def _leave(self) -> None:
        form, self._form = self._form, None
        self._view.close_form()
        if form:
            self._closed(form.member_id)

    def _show(self, **changed: Any) -> None:
        if self._form is not None:
            self._form = replace(self._form, **changed)
            self._view.show_form(self._form)


def _laid_out(menu: Menu, booked: Reservation | None, usual: Portions) -> Tray:
    """What stands on the tray at first: what is reserved, else the usual meal, else the day's first set meal that is left."""
    if booked:
        portions = tuple((item.dish_id, item.quantity) for item in booked.bill.basket)
        return Tray(portions, chosen=chosen_in(booked.bill.basket)).only(menu)
    left = [offer for offer in menu.offers if offer.capacity != 0]
    if usual and all(dish_id in {offer.dish_id for offer in left} for dish_id, _count in usual):
        return Tray(usual, usual[-1][0], usual=True)
    sets = any(offer.kind is DishKind.SET_MEAL for offer in menu.offers)
    first = next((offer for offer in left if offer.kind is DishKind.SET_MEAL or not sets), None)
    return Tray(((first.dish_id, 1),), first.dish_id, usual=True) if first else EMPTY
