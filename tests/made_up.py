"""Made-up people and money for tests: a founded canteen, members with cards, top-ups and sales on the kernel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from uuid import uuid4

from db.store import SqlStores
from pos.domain.accounts import TopUp, top_up_postings
from pos.domain.canteen import Canteen
from pos.domain.card_life import LEADS_TO, CardEvent
from pos.domain.cards import CardUid
from pos.domain.claims import Claim, ClaimLine, Month
from pos.domain.claims import Payment as PayerPayment
from pos.domain.errors import CardState, NotEnough
from pos.domain.ledger import GENESIS, Draft, Entry, EntryKind, Lot, LotUse, Posting, reversed_postings, spend
from pos.domain.members import Card, Member
from pos.domain.menu import DishKind, Meal
from pos.domain.money import Fen
from pos.domain.pricing import BasketItem, Bill, Circumstances, Person, Tender, Usage, Way, price
from pos.domain.reservations import Reservation, Source
from pos.domain.sales import Payment, Sale, sale_postings
from pos.domain.shifts import Shift
from pos.domain.staff import Role, StaffMember
from pos.ports import Store

TODAY = date(2026, 3, 2)
NOON_MS = 1_772_424_000_000
BOSS = StaffMember("boss", "周敏", Role.MANAGER, "no-hash")
CANTEEN = Canteen("幸福里社区食堂")
WANG = Member("wang", "王秀英", date(1940, 2, 3), "13800001234")
WANG_CARD = CardUid("01026F6C3A")


def found_canteen(stores: SqlStores) -> Shift:
    """A canteen with a manager, and an open shift at the store's till."""
    with stores.write() as store:
        store.staff.add(BOSS)
        store.canteen.put(CANTEEN, BOSS.id, NOON_MS)
    return found_shift(stores)


def found_shift(stores: SqlStores) -> Shift:
    """One more till of a canteen, with an open shift."""
    with stores.write() as store:
        store.canteen.register_till(stores.till)
        shift = Shift(f"shift-{stores.till}", stores.till, TODAY, BOSS.id, BOSS.name, NOON_MS, 0)
        store.shifts.add(shift)
    return shift


def member(stores: SqlStores, name: str = WANG.name, uid: CardUid | None = WANG_CARD) -> Member:
    """Somebody born in 1940, findable by name and phone, with a card if a number is given."""
    somebody = Member(WANG.id if name == WANG.name else str(uuid4()), name, WANG.birth_date, WANG.phone)
    with stores.write() as store:
        store.members.add(somebody, (name, somebody.phone, somebody.phone[-4:]), NOON_MS)
        if uid is not None:
            store.members.add_card(Card(uid, somebody.id), NOON_MS)
    return somebody


def card_becomes(store: Store, uid: CardUid, state: CardState) -> None:
    """Something happened to a stored card that left it in this state."""
    (card,) = (one for one in store.members.cards_ending(uid.tail) if one.uid == uid)
    deed = next(deed for deed, after in reversed(LEADS_TO.items()) if after is state)
    store.cards.record(CardEvent(str(uuid4()), uid, card.member_id, "", deed, NOON_MS, "A", BOSS.id, BOSS.name), card)


def topped_up_member(stores: SqlStores, shift: Shift, principal: Fen, bonus: Fen = 0) -> Member:
    """Somebody with money (fen) on the card, paid in cash."""
    somebody = member(stores)
    with stores.write() as store:
        top_up(store, shift, somebody, principal, bonus)
    return somebody


def top_up(
    store: Store, shift: Shift, somebody: Member, principal: Fen, bonus: Fen = 0, id_: str = ""
) -> TopUp:
    """Money (fen) onto a member's card, in cash, as the use case does it."""
    wallet = store.members.wallet(somebody.id)
    assert wallet is not None
    top_up_id = id_ or f"top-up-{uuid4()}"
    store.ledger.add_lot(Lot(top_up_id, somebody.id, principal, bonus, 0, 0))
    postings = top_up_postings(top_up_id, somebody.id, Tender.CASH, shift.till, principal, bonus)
    entry = store.ledger.post(_draft(top_up_id, EntryKind.TOP_UP, shift, postings))
    done = TopUp(
        id=top_up_id,
        number=entry.number,
        business_date=shift.business_date,
        at_ms=entry.draft.at_ms,
        till=shift.till,
        shift_id=shift.id,
        staff_id=shift.staff_id,
        staff_name=shift.staff_name,
        member_id=somebody.id,
        member_name=somebody.name,
        card_tail="6634",
        tender=Tender.CASH,
        principal=principal,
        bonus=bonus,
        offer="",
        given=principal,
        reference="",
        principal_after=wallet.principal + principal,
        bonus_after=wallet.bonus + bonus,
    )
    store.ledger.add_top_up(done)
    return done


def bill_of(amount: Fen) -> Bill:
    """One set meal at a list price (fen) that nobody subsidises."""
    basket = (BasketItem("set-meal", "一荤两素套餐", DishKind.SET_MEAL, amount, 1),)
    return price(basket, Person(), Circumstances(TODAY, Meal.LUNCH), Usage())


def reservation(
    somebody: Member, day: date, bill: Bill, id_: str = "", hold_id: str = "", way: Way = Way.DINE_IN
) -> Reservation:
    """A reserved lunch that waits, as the use case stores it."""
    key = id_ or str(uuid4())
    return Reservation(
        key, somebody.id, somebody.name, day, Meal.LUNCH, way, bill, Source.COUNTER, NOON_MS, BOSS.name, "", hold_id
    )


def sell(
    store: Store, shift: Shift, somebody: Member, amount: Fen, id_: str = "", bill: Bill | None = None
) -> Sale:
    """A meal paid by card (fen), as the use case does it. Raises NotEnough."""
    bill = bill or bill_of(amount)
    wallet = store.members.wallet(somebody.id)
    assert wallet is not None
    if wallet.spendable < bill.due:
        raise NotEnough(bill.due, wallet.spendable)
    uses = spend(store.ledger.open_lots(somebody.id), bill.due)
    entry = store.ledger.post(sale_draft(shift, somebody, bill, uses, id_))
    principal, bonus = sum(use.principal for use in uses), sum(use.bonus for use in uses)
    payment = Payment(Tender.CARD, principal, bonus, wallet.principal - principal, wallet.bonus - bonus)
    sale = Sale(
        id=entry.draft.id,
        number=entry.number,
        business_date=shift.business_date,
        meal=Meal.LUNCH,
        way=Way.DINE_IN,
        at_ms=entry.draft.at_ms,
        till=shift.till,
        shift_id=shift.id,
        staff_id=shift.staff_id,
        staff_name=shift.staff_name,
        member_id=somebody.id,
        member_name=somebody.name,
        card_tail="6634",
        bill=bill,
        payment=payment,
    )
    store.sales.add(sale)
    return sale


def sale_draft(shift: Shift, somebody: Member, bill: Bill, uses: tuple[LotUse, ...], id_: str = "") -> Draft:
    """The entry of a meal paid by card, not posted yet."""
    postings = sale_postings(bill, Tender.CARD, shift.till, somebody.id, uses)
    return _draft(id_ or f"sale-{uuid4()}", EntryKind.SALE, shift, postings)


def claim(store: Store, shift: Shift, sale: Sale) -> None:
    """A stamped claim of one meal, and a payment for it whose entry is the meal's own: rows to try triggers on."""
    line = ClaimLine(
        entry_id=sale.id,
        sale_id=sale.id,
        number=sale.number,
        day=sale.business_date,
        undone_on=None,
        meal=sale.meal,
        way=sale.way,
        at_ms=sale.at_ms,
        till=sale.till,
        member_id=sale.member_id or "",
        name=sale.member_name,
        identity="",
        age=None,
        categories=(),
        community="",
        hukou="",
        by_hand=False,
        list_price=sale.bill.list_price,
        due=sale.bill.due,
        amount=0,
        others=(),
        operating=0,
        delivery=0,
        rules=(),
        tariff_id="",
    )
    month = Month.of(sale.business_date)
    stamped = Claim(
        "claim", 1, "city", "市民政局", (), CANTEEN.name, month, 1, 0, (), BOSS.id, BOSS.name, NOON_MS, GENESIS, "x"
    )
    store.claims.add(stamped, [line])
    store.claims.add_payment(
        PayerPayment(sale.id, sale.number, "city", 1, sale.business_date, "", shift.staff_name, NOON_MS)
    )


def undo(store: Store, shift: Shift, entry_id: str, undo_id: str = "") -> Entry:
    """The reversing entry of a sale or a top-up. Raises AlreadyUndone, NotEnough."""
    entry = store.ledger.entry(entry_id)
    assert entry is not None
    postings = reversed_postings(entry.draft.postings)
    return store.ledger.post(
        _draft(undo_id or f"undo-{uuid4()}", EntryKind.REVERSAL, shift, postings, entry_id)
    )


def _draft(
    id_: str, kind: EntryKind, shift: Shift, postings: tuple[Posting, ...], reverses: str | None = None
) -> Draft:
    return Draft(id_, kind, shift.business_date, NOON_MS, shift.id, shift.staff_id, postings, reverses)


@contextmanager
def no_file(_paper: object) -> Iterator[Callable[[], None]]:
    """Writes a paper nowhere."""
    yield lambda: None
