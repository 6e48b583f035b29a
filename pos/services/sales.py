"""Checkout: who is it, what does it cost, charge it, undo it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from pos.domain.areas import Area
from pos.domain.calendar import DayFacts
from pos.domain.canteen import Canteen
from pos.domain.cards import CardUid
from pos.domain.day_close import SaleOfClosedDay
from pos.domain.deliveries import SoldByDelivery
from pos.domain.errors import (
    AlreadyServed,
    AlreadyUndone,
    CashTooLittle,
    MemberUnknown,
    NotEnough,
    NothingToUndo,
    PriceChanged,
    Refusal,
)
from pos.domain.ledger import Draft, EntryKind, LotUse, reversed_postings, spend
from pos.domain.members import Member, Wallet, age_on
from pos.domain.menu import Meal, Menu, meal_at
from pos.domain.money import Fen
from pos.domain.paper import SlipKind
from pos.domain.pricing import (
    Basket,
    Bill,
    Circumstances,
    Person,
    Tender,
    Usage,
    Way,
    price,
)
from pos.domain.reservations import Reservation, ReservationWaits
from pos.domain.sales import Payment, Sale, kept_reference, sale_postings
from pos.domain.shifts import Shift
from pos.domain.staff import Actor, Permission
from pos.domain.tariff import Tariff
from pos.domain.usage import NOTHING_HAD
from pos.ports import Clock, OpenStore, Store
from pos.services.calendar import facts_on
from pos.services.cut_offs import walk_ins_left
from pos.services.diners import active, holder_of, usual_meal
from pos.services.orders import Order as Order
from pos.services.orders import basket_of, check_reason, kept_waiver, menu_left
from pos.services.settling import Doing, wait_again, waited_again
from pos.services.shifts import open_shift

RECENT = 5
LISTED = 20
LATE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Today:
    """What the sale screen shows before anybody swipes; `taken` is the diners' own share so far, in fen.

    On `menu` a dish's capacity is what is left of it.
    `waiting` reserved meals are still to be fetched at the counter, `walk_ins_left` of the planned portions for others
    are left; None where the canteen plans no number of them.
    """

    day: date
    meal: Meal
    menu: Menu
    tariff: Tariff
    sales: int
    taken: Fen
    facts: DayFacts = field(default_factory=DayFacts)
    area: Area = ""
    waiting: int = 0
    walk_ins_left: int | None = None

    def circumstances(self, way: Way, tender: Tender) -> Circumstances:
        """The day, the meal and the place, for a bill eaten and paid in these ways."""
        return Circumstances(self.day, self.meal, way, tender, self.facts, self.area)


@dataclass(frozen=True, slots=True)
class Diner:
    """Who stands at the counter, as of now.

    `card` is the printed card number or '' after a search; `served_at_ms` are this meal's sales in `usage`, the
    last one always among them; `recent` the last sales, newest first; `usual` the dishes and portions of the usual
    meal that today's menu offers; `booked` the reservation that waits for this meal, or for an earlier one of the day.
    """

    member: Member
    age: int | None
    wallet: Wallet
    card: str
    usage: Usage
    served_at_ms: tuple[int, ...]
    recent: tuple[Sale, ...]
    usual: tuple[tuple[str, int], ...]
    booked: Reservation | None = None

    @property
    def person(self) -> Person:
        """What the price depends on."""
        return person_of(self.member)


@dataclass(frozen=True, slots=True)
class _Wish:
    """An order as the store reads it: in which shift, at whose prices of now, for whom."""

    shift: Shift
    basket: Basket
    tariff: Tariff
    when: Circumstances
    member: Member | None


class Checkout:
    """The till's side of a meal."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Sell at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def today(self) -> Today:
        """The menu and the tariff of this moment."""
        local = self._clock.local()
        with self._stores.read() as store:
            shift = store.shifts.open_at(self._till)
            day = shift.business_date if shift else local.date()
            meal = meal_at(local.time())
            sales, taken = store.sales.day_totals(self._till, day)
            menu, tariff = menu_left(store, day, meal), store.tariff.in_force(day)
            canteen = founded(store)
            waiting, walked_in = store.reservations.at_counter(day, meal)
            left = walk_ins_left(store, canteen, day, meal, walked_in) if canteen.booking.walk_ins else None
            facts = facts_on(store, day)
            return Today(day, meal, menu, tariff, sales, taken, facts, canteen.area, waiting, left)

    def identify(self, uid: CardUid) -> Diner:
        """The diner whose card this is.

        Raises UnknownCard, AmbiguousCard, CardNotUsable, LoanOver, MemberUnknown or MemberNotActive.
        """
        local = self._clock.local()
        with self._stores.read() as store:
            shift = store.shifts.open_at(self._till)
            day = shift.business_date if shift else local.date()
            return self._diner(store, holder_of(store, uid, day, meal_at(local.time())), uid.printed)

    def diner(self, member_id: str) -> Diner:
        """The diner after a search by name, when the card is at home. Raises MemberUnknown or MemberNotActive."""
        with self._stores.read() as store:
            card = store.members.card_of(member_id)
            return self._diner(store, member_id, card.uid.printed if card else "")

    def charge(self, actor: Actor, order: Order) -> Sale:
        """Sell a meal: one transaction, and one only however often it is asked for with the same `sale_id`.

        EmptyBasket is also said of dishes that cost nothing: there is no sale of 0.00.
        Raises EmptyBasket, BadQuantity, NotOnMenu, SoldOut, PriceChanged, AlreadyServed, ReservationWaits, NotEnough, CashTooLittle,
        AboveLimit, WaiverNeedsReason, MemberUnknown, MemberNotActive, NoShift, ShiftTooOld, ClockWentBack or NotPermitted; then no
        money moved.
        """
        actor.must(Permission.SELL)
        if order.waiver is not None:
            actor.must(Permission.WAIVER)
            check_reason(order.waiver)
        with self._stores.write() as store:
            store.foresee_charge(self._till, order.sale_id, order.member_id, order.day, order.meal)
            wish = self._understood(store, actor, order)
            # The same sale asked for at the same moment elsewhere waits at this lock.
            wallet = None if order.member_id is None else store.members.wallet(order.member_id)
            if stored := store.sales.get(order.sale_id):
                return stored
            if isinstance(wish, Refusal):
                raise wish
            bill = _bill(store, order, wish)
            if bill.due != order.shown_due:
                raise PriceChanged(order.shown_due, bill.due)
            uses, payment = _payment(store, order, bill, wallet)
            return self._commit(store, actor, order, wish, bill, payment, uses)

    def undo(self, actor: Actor, undo_id: str, sale_id: str) -> Sale:
        """Reverse a sale of the open shift, once; the same `undo_id` asked again gives the same answer.

        A reserved meal that was handed over waits again, where it still can.
        Raises NothingToUndo, AlreadyUndone, SoldByDelivery, SaleOfClosedDay, MemberUnknown when the diner was forgotten meanwhile, NoShift, ShiftTooOld, ClockWentBack or NotPermitted.
        """
        actor.must(Permission.UNDO)
        with self._stores.write() as store:
            sale = store.sales.get(sale_id)
            if sale and (asked_before := store.ledger.entry(undo_id)):
                assert asked_before.draft.reverses == sale_id, "an undo id belongs to one sale"
                return replace(sale, waits_again=waited_again(store, sale, undo_id))
            shift = open_shift(store, self._clock, self._till, actor)
            if sale is None or sale.shift_id != shift.id:
                raise NothingToUndo
            if sale.undone:
                raise AlreadyUndone(sale.number)
            if store.deliveries.get(sale_id):
                raise SoldByDelivery(sale.number)
            _check_books(store, sale)
            if sale.member_id and sale.payment.tender is Tender.CARD:
                # Behind the wallet's lock: money that goes back to who was forgotten meanwhile is nobody's.
                store.members.wallet(sale.member_id)
                if not store.members.name_of(sale.member_id):
                    raise MemberUnknown
            now_ms = self._clock.now_ms()
            entry = store.ledger.entry(sale_id)
            assert entry is not None, "a sale has its entry"
            postings = reversed_postings(entry.draft.postings)
            store.ledger.post(
                Draft(
                    undo_id,
                    EntryKind.REVERSAL,
                    shift.business_date,
                    now_ms,
                    shift.id,
                    actor.staff_id,
                    postings,
                    reverses=sale_id,
                )
            )
            kick = sale.payment.tender is Tender.CASH
            store.paper.add(self._till, SlipKind.UNDO, sale_id, now_ms, kick=kick)
            waiting = wait_again(Doing(store, actor, shift, now_ms), sale_id, undo_id)
            undone = store.sales.get(sale_id)
            assert undone is not None, "a sale is never deleted"
            return replace(undone, waits_again=waiting is not None)

    def last(self) -> Sale | None:
        """The newest sale of the open shift that was not undone."""
        with self._stores.read() as store:
            shift = store.shifts.open_at(self._till)
            return store.sales.last_of_shift(shift.id) if shift else None

    def photo(self, member_id: str) -> bytes | None:
        """The diner's picture file, or None; asked for apart, for no sale waits for a picture."""
        with self._stores.read() as store:
            return store.members.photo(member_id)

    def dish_photos(self, dish_ids: Iterable[str]) -> Mapping[str, bytes]:
        """The picture files of dishes, by dish, asked for apart too."""
        with self._stores.read() as store:
            return store.menu.photos(dish_ids)

    def recent(self, limit: int = LISTED) -> tuple[Sale, ...]:
        """The open shift's newest sales, undone ones too, newest first."""
        with self._stores.read() as store:
            shift = store.shifts.open_at(self._till)
            return store.sales.of_shift(shift.id, limit) if shift else ()

    def _diner(self, store: Store, member_id: str, card: str) -> Diner:
        local = self._clock.local()
        shift = store.shifts.open_at(self._till)
        day = shift.business_date if shift else local.date()
        member = active(store.members.get(member_id, day))
        meal = meal_at(local.time())
        usage = store.sales.usage(member.id, day)
        recent = store.sales.recent(member.id, RECENT)
        wallet = store.members.wallet(member.id)
        assert wallet is not None, "a member has a wallet"
        return Diner(
            member=member,
            age=None if member.birth_date is None else age_on(member.birth_date, day),
            wallet=wallet,
            card=card,
            usage=usage,
            served_at_ms=tuple(had.at_ms for had in usage.at(day, meal)),
            recent=recent,
            usual=usual_meal(recent, menu_left(store, day, meal)),
            booked=_to_fetch(store, member.id, usage, day, meal),
        )

    def _meals_of_now(self) -> frozenset[Meal]:
        """The meal of this moment, and for half an hour the one before it: who queued for lunch gets lunch."""
        local = self._clock.local()
        return frozenset({meal_at(local.time()), meal_at((local - LATE).time())})

    def _understood(self, store: Store, actor: Actor, order: Order) -> _Wish | Refusal:
        """What no wallet decides, read before its lock: whoever waits for the same card waits less.

        A refusal is not raised yet: a sale that is stored already is the answer, whatever happened since.
        """
        try:
            shift = open_shift(store, self._clock, self._till, actor)
            canteen = founded(store)
            basket = basket_of(store, order, shift.business_date, self._meals_of_now(), canteen.sale_limit)
            member = None if order.member_id is None else active(store.members.get(order.member_id, order.day))
            facts = facts_on(store, order.day)
            when = Circumstances(order.day, order.meal, order.way, order.tender, facts, canteen.area)
            return _Wish(shift, basket, store.tariff.in_force(order.day), when, member)
        except Refusal as refusal:
            return refusal

    def _commit(
        self,
        store: Store,
        actor: Actor,
        order: Order,
        wish: _Wish,
        bill: Bill,
        payment: Payment,
        uses: tuple[LotUse, ...],
    ) -> Sale:
        shift, member = wish.shift, wish.member
        now_ms = self._clock.now_ms()
        postings = sale_postings(bill, order.tender, self._till, order.member_id, uses)
        entry = store.ledger.post(
            Draft(order.sale_id, EntryKind.SALE, shift.business_date, now_ms, shift.id, actor.staff_id, postings)
        )
        sale = Sale(
            id=order.sale_id,
            number=entry.number,
            business_date=shift.business_date,
            meal=order.meal,
            way=order.way,
            at_ms=now_ms,
            till=self._till,
            shift_id=shift.id,
            staff_id=actor.staff_id,
            staff_name=actor.name,
            member_id=order.member_id,
            member_name=member.name if member else "",
            card_tail=order.card_tail[-4:],
            bill=bill,
            payment=payment,
        )
        store.sales.add(sale)
        store.paper.add(self._till, SlipKind.SALE, sale.id, now_ms, kick=order.tender is Tender.CASH and bill.due > 0)
        return sale


def _to_fetch(store: Store, member_id: str, usage: Usage, day: date, meal: Meal) -> Reservation | None:
    """What waits for this meal, or else what was not fetched at an earlier one of the day; a box on its way is not here."""
    begun = tuple(Meal)[: tuple(Meal).index(meal) + 1]
    waiting = (store.reservations.waiting(member_id, day, one) for one in reversed(begun) if usage.waits_at(day, one))
    return next((one for one in waiting if one and (one.meal is meal or one.way is not Way.DELIVERY)), None)


def person_of(member: Member | None) -> Person:
    """What a price may depend on about a member; a walk-in is nobody in particular."""
    if member is None:
        return Person()
    return Person(
        member.birth_date, member.categories, member.hukou, member.residence, member.passes, member.diets
    )


def founded(store: Store) -> Canteen:
    """The canteen: a till sells only in a founded one."""
    canteen = store.canteen.get()
    assert canteen is not None, "a till sells only in a founded canteen"
    return canteen


def _bill(store: Store, order: Order, wish: _Wish) -> Bill:
    """The bill inside the paying transaction: the wallet's lock makes the usage the last word on it."""
    member = wish.member
    usage = store.sales.usage(member.id, order.day) if member else NOTHING_HAD
    served = usage.at(order.day, order.meal)
    if member and served and not order.again:
        raise AlreadyServed(member.name, served[-1].at_ms)
    if member and usage.waits_at(order.day, order.meal) and not order.again:
        raise ReservationWaits(member.name)
    return price(wish.basket, person_of(member), wish.when, usage, wish.tariff, kept_waiver(order.waiver))


def _payment(
    store: Store, order: Order, bill: Bill, wallet: Wallet | None
) -> tuple[tuple[LotUse, ...], Payment]:
    if order.tender is Tender.CASH:
        if order.given < bill.due:
            raise CashTooLittle(bill.due, order.given)
        return (), Payment(Tender.CASH, given=order.given)
    if order.tender is not Tender.CARD:
        return (), Payment(order.tender, reference=kept_reference(order.reference))
    if wallet is None:
        raise MemberUnknown
    if wallet.spendable < bill.due:
        raise NotEnough(bill.due, wallet.spendable)
    uses = spend(store.ledger.open_lots(wallet.member_id), bill.due) if bill.due else ()
    principal, bonus = sum(use.principal for use in uses), sum(use.bonus for use in uses)
    return uses, Payment(
        Tender.CARD, principal, bonus, wallet.principal - principal, wallet.bonus - bonus
    )


def _check_books(store: Store, sale: Sale) -> None:
    """What a reservation led to stays as the close of its day counted it; walk-ins are no part of that."""
    day = sale.business_date
    store.days.share(day)
    if store.days.closed(day) is not None and store.reservations.sold(sale.id) is not None:
        raise SaleOfClosedDay(sale.number, day.isoformat())
