"""The practice canteen: made-up people, menus and a past, made through the same use cases as real ones.

Nobody in it exists. It lives in a throw-away store and every paper and the window say so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from pos.clock import SetClock
from pos.domain.address import Address
from pos.domain.cards import CardUid
from pos.domain.identity import Document, check_digit, read_document
from pos.domain.members import Member, age_on
from pos.domain.menu import Meal, Offer
from pos.domain.money import Fen
from pos.domain.offers import BonusOffer
from pos.domain.pricing import Basket, BasketItem, Person, Tender, Way, price
from pos.domain.profile import GUARDED_UNTIL_AGE, Consent, ConsentTo, Contact, Held, Particulars
from pos.domain.staff import Actor, Role
from pos.ports import Clock, OpenStore
from pos.services.accounts import TopUpOrder, TopUps
from pos.services.canteen import Canteens, Founding
from pos.services.cards import Cards
from pos.services.members import Members, NewMember
from pos.services.practice_menu import DISHES, day_menu, told
from pos.services.practice_tomorrow import reserve
from pos.services.sales import Checkout, Order, person_of
from pos.services.shifts import Shifts
from pos.services.staff import Desk
from pos.services.vault import Vault

MANAGER, CASHIER = "周敏", "李桂兰"
PIN = "2580"
"""Signs both in. A practice canteen holds nobody's money; a real one has no default PIN."""

CANTEEN = "幸福里社区食堂"

TARIFF = """\
id = "practice-2026"
title = "幸福里助餐优惠 2026"
valid_from = 2020-01-01
age_starts = "birthday"

[payers]
city = { name = "市民政局", level = "city" }
district = { name = "区民政局", level = "district" }

[groups.discount]
choose = "best"

[groups.subsidy]
choose = "best"
limit = { per_meal = 1 }

[[rules]]
id = "discount-60"
label = "60–79岁"
who = { age_from = 60, age_to = 79 }
then = { percent = 10 }
group = "discount"

[[rules]]
id = "discount-80"
label = "80–89岁"
who = { age_from = 80, age_to = 89 }
then = { percent = 15 }
group = "discount"

[[rules]]
id = "discount-90"
label = "90岁以上"
who = { age_from = 90 }
then = { percent = 20 }
group = "discount"

[[rules]]
id = "70-79"
label = "70–79岁补贴"
who = { age_from = 70, age_to = 79 }
payers = [{ payer = "city", yuan = 2.00 }]
group = "subsidy"

[[rules]]
id = "80-89"
label = "80–89岁补贴"
who = { age_from = 80, age_to = 89 }
payers = [{ payer = "city", yuan = 2.00 }, { payer = "district", yuan = 1.00 }]
group = "subsidy"

[[rules]]
id = "90+"
label = "90岁以上补贴"
who = { age_from = 90 }
payers = [{ payer = "city", yuan = 3.00 }, { payer = "district", yuan = 3.00 }]
group = "subsidy"
"""

RARE_NAMES = ("王䶮", "李㛃", "陈喆", "刘堃", "张𬭎", "欧阳桂英", "阿依古丽·买买提", "曾秀珍", "单国强", "尉迟建华")
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡林郭何高罗"
GIVEN = ["桂英", "秀兰", "玉梅", "淑珍", "建国", "国强", "志明", "凤英", "桂芳", "德福", "红霞", "春生", "爱华", "永贵", "素琴", "金凤", "文斌", "丽萍", "长林", "惠芬", "俊杰", "子涵", "雨桐", "浩然", "美玲", "家豪", "月娥", "根生", "翠花", "宝珍", "福生", "学文", "明华", "玉兰", "来娣", "银花"]

HOME, ELSEWHERE = "幸福市/幸福区/幸福街道", "幸福市/安康区/安康街道"
"""Where the people of the practice canteen live, and where some of them are registered; no such place exists."""

MEMBERS = 80
LOST = 17
"""The number of a card that was reported lost."""
PAST_DAYS = 7
MONTH_END_DAYS = 3
CARDS_FROM = 0x6F6C00
OFFERS = (
    BonusOffer("offer-200", "充200送20", 20_000, 2_000),
    BonusOffer("offer-500", "充500送60", 50_000, 6_000),
)


@dataclass(frozen=True, slots=True)
class PracticeCard:
    """A card that the panel can lay on the reader."""

    uid: CardUid
    name: str
    age: int


def build(
    stores: OpenStore,
    clock: Clock,
    till: str,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    vault: Vault | None = None,
) -> None:
    """Fill an empty store with the practice canteen as of the clock's today.

    `progress` is told days done and days in all. With a `vault`, some people have made-up identity numbers.
    """
    today = clock.local().date()
    moment = SetClock(clock.local())
    maker = _Maker(stores, moment, till, Random(1948), vault)  # the same made-up past every time
    days = past_days(today)
    moment.set(_at(days[0], time(8), moment))
    manager = maker.found(today)
    people = maker.enrol_all(manager, today)
    for number, day in enumerate(days, start=1):
        maker.play_day(manager, people, day, today if number == len(days) else None)
        progress(number, len(days))
    Cards(stores, moment, till).report_lost(manager, maker.new_id(), people[LOST][0].id)


def past_days(today: date) -> tuple[date, ...]:
    """The days that were played: the last week, and the end of last month, so that a month is over to be claimed."""
    week = {today - timedelta(days=ago) for ago in range(1, PAST_DAYS + 1)}
    month_end = today.replace(day=1)
    return tuple(sorted(week | {month_end - timedelta(days=ago) for ago in range(1, MONTH_END_DAYS + 1)}))


def cards(stores: OpenStore, clock: Clock) -> tuple[PracticeCard, ...]:
    """The cards of a practice canteen, as they lie in the drawer of the panel."""
    today = clock.local().date()
    found: list[PracticeCard] = []
    with stores.read() as store:
        for uid in map(_card, range(MEMBERS)):
            member = store.members.get(store.members.cards_ending(uid.tail)[0].member_id, today)
            if member is not None and member.birth_date is not None:
                found.append(PracticeCard(uid, member.name, age_on(member.birth_date, today)))
    return tuple(found)


def _card(number: int) -> CardUid:
    return CardUid(f"01{CARDS_FROM + number * 257:08X}")


@dataclass(frozen=True, slots=True)
class _Maker:
    stores: OpenStore
    moment: SetClock
    till: str
    random: Random
    vault: Vault | None

    def found(self, today: date) -> Actor:
        manager = Canteens(self.stores, self.moment, self.till).found(Founding(CANTEEN, MANAGER, PIN, DISHES[0][0], DISHES[0][2]))
        Desk(self.stores, self.moment).add(manager, CASHIER, Role.CASHIER, PIN)
        offers = tuple(
            Offer(self.new_id(), name, kind, amount, key) for key, (name, kind, amount) in enumerate(DISHES, start=1)
        )
        with self.stores.write() as store:
            canteen = store.canteen.get()
            assert canteen is not None, "it was founded a moment ago"
            store.canteen.put(replace(canteen, offers=OFFERS, practice=True, phone="000-00000000"), manager.staff_id, self.moment.now_ms())
            store.tariff.publish(TARIFF, manager.staff_id, self.moment.now_ms())
            (founded,) = store.menu.plan(None, Meal.LUNCH).offers
            offers = (replace(offers[0], dish_id=founded.dish_id), *offers[1:])
            for offer in offers[1:]:
                store.menu.add_dish(offer.dish_id, offer.name, offer.kind, offer.price)
            for dish in told(offers):
                store.menu.change_dish(dish, today, manager.staff_id, self.moment.now_ms())
            for meal in Meal:
                store.menu.set_menu(None, meal, offers)
            for ahead in range(-PAST_DAYS, 7):
                day = today + timedelta(days=ahead)
                store.menu.set_menu(day, Meal.LUNCH, day_menu(offers, day))
        return manager

    def enrol_all(self, manager: Actor, today: date) -> list[tuple[Member, CardUid]]:
        members = Members(self.stores, self.moment, self.vault)
        people: list[tuple[Member, CardUid]] = []
        for number in range(MEMBERS):
            uid = _card(number)
            born = date(today.year - self._age(number), self.random.randint(1, 12), self.random.randint(1, 28))
            born = min(born, today)
            new = NewMember(self._name(number), born, f"1990000{number:04d}", uid, _particulars(number, born, today))
            if self.vault and number % 3 == 0:
                new = replace(new, document=_made_up_document(number, born, today))
            people.append((members.enrol(manager, new), uid))
        return people

    def play_day(
        self, manager: Actor, people: list[tuple[Member, CardUid]], day: date, ahead: date | None
    ) -> None:
        """Sell a day's meals; before the shift closes, reserve those of the day `ahead`."""
        self.moment.set(_at(day, time(8, 30), self.moment))
        shifts = Shifts(self.stores, self.moment, self.till)
        shifts.open(manager, 20_000)
        self._top_up(manager, people, day)
        self.moment.set(_at(day, time(11, 5), self.moment))
        for member, uid in self.random.sample(people, 46):
            self._step()
            self._sell(manager, member, uid)
        self._step()
        if ahead:
            members = [member for member, _uid in people]
            reserve(self.stores, self.moment, self.till, manager, members, ahead, self.new_id)
        expected = shifts.x_report(manager).cash_in_drawer
        shifts.close(manager, expected)

    def _top_up(self, manager: Actor, people: list[tuple[Member, CardUid]], day: date) -> None:
        top_ups = TopUps(self.stores, self.moment, self.till)
        for number, (member, uid) in enumerate(people):
            if number % PAST_DAYS != day.toordinal() % PAST_DAYS and self._balance(member) > 3_000:
                continue
            self._step()
            amount = self.random.choice((5_000, 10_000, 20_000, 20_000))
            tender = self.random.choice((Tender.CASH, Tender.CASH, Tender.WECHAT, Tender.ALIPAY))
            order = TopUpOrder(self.new_id(), member.id, tender, amount, amount, card_tail=uid.printed[-4:])
            top_ups.top_up(manager, order)

    def _sell(self, manager: Actor, member: Member, uid: CardUid) -> None:
        checkout = Checkout(self.stores, self.moment, self.till)
        today = checkout.today()
        favourite = Random(uid.hex)  # everybody has a taste and mostly keeps to it
        offers = today.menu.offers
        chosen = favourite.choice(offers[:3]) if self.random.randrange(10) < 8 else self.random.choice(offers[:4])
        portions = ((chosen.dish_id, 1),)
        basket: Basket = (BasketItem(chosen.dish_id, chosen.name, chosen.kind, chosen.price, 1),)
        person: Person = person_of(member)
        when = today.circumstances(Way.DINE_IN, Tender.CARD)
        due = price(basket, person, when, checkout.diner(member.id).usage, today.tariff).due
        tender = Tender.CARD if self._balance(member) >= due else Tender.CASH
        checkout.charge(
            manager,
            Order(
                self.new_id(), member.id, portions, tender, today.day, today.meal, due, given=due, card_tail=uid.printed[-4:]
            ),
        )

    def _balance(self, member: Member) -> Fen:
        with self.stores.read() as store:
            wallet = store.members.wallet(member.id)
            return wallet.spendable if wallet else 0

    def new_id(self) -> str:
        """Looks like any other, and is the same in every practice canteen."""
        return str(UUID(int=self.random.getrandbits(128), version=4))

    def _step(self) -> None:
        self.moment.set(self.moment.local() + timedelta(seconds=self.random.randint(8, 70)))

    def _age(self, number: int) -> int:
        tiers = ((60, 69), (70, 79), (80, 89), (70, 79), (80, 89), (60, 69), (90, 98), (35, 59), (7, 12), (60, 69))
        return self.random.randint(*tiers[number % len(tiers)])

    def _name(self, number: int) -> str:
        if number < len(RARE_NAMES):
            return RARE_NAMES[number]
        return SURNAMES[number % len(SURNAMES)] + GIVEN[(number * 7) % len(GIVEN)]


def _made_up_document(number: int, born: date, today: date) -> Document:
    """A resident number that can be nobody's: its address code 999999 was never given to a place."""
    first_17 = f"999999{born:%Y%m%d}{number:03d}"
    return read_document(first_17 + check_digit(first_17), today)


def _particulars(number: int, born: date, today: date) -> Particulars:
    """An address for everybody, a category, a diet or a guardian for some, and the signatures for all of it."""
    young = age_on(born, today) < GUARDED_UNTIL_AGE
    categories = ("学生",) if young else {0: ("低保",), 5: ("残疾",), 7: ("优抚", "残疾")}.get(number % 10, ())
    diets = {3: ("软食",), 4: ("低糖",), 6: ("无猪",), 8: ("低盐", "软食")}.get(number % 10, ())
    agreed = [ConsentTo.MEMBERSHIP]
    agreed += [to for to, asked in ((ConsentTo.DIET, diets), (ConsentTo.CATEGORY, categories), (ConsentTo.CHILD, young)) if asked]
    door = f"{number % 6 + 1}{number % 4 + 1:02d}"
    return Particulars(
        address=Address("幸福里", f"{number % 12 + 1}号楼", f"{number % 3 + 1}单元", f"{number % 6 + 1}层", door),
        emergency=Contact(SURNAMES[number % len(SURNAMES)] + "家人", f"1990001{number:04d}", "子女"),
        guardian=Contact("家长" + SURNAMES[number % len(SURNAMES)], f"1990002{number:04d}", "父母") if young else Contact(),
        household=f"F{number // 2:03d}",
        hukou=HOME if number % 5 else ELSEWHERE,
        residence=HOME,
        categories=tuple(Held(name, date(today.year, 1, 1), date(today.year, 12, 31)) for name in categories),
        diets=diets,
        consents=tuple(Consent(to, "2026-1", today - timedelta(days=PAST_DAYS)) for to in agreed),
    )


def _at(day: date, at: time, clock: SetClock) -> datetime:
    return datetime.combine(day, at, clock.local().tzinfo)
