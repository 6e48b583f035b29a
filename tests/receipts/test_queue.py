"""The outbox: each paper comes once or says that it may not have, and nothing of it touches a sale."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from db.store import SqlStores, open_stores
from pos import i18n
from pos.clock import CHINA, SetClock
from pos.domain.accounts import TopUp
from pos.domain.cards import CardUid
from pos.domain.members import Member
from pos.domain.menu import DishKind, Meal, Offer
from pos.domain.paper import JobState, SlipKind
from pos.domain.pricing import BasketItem, Circumstances, Tender, Usage, price
from pos.domain.sales import Sale
from pos.domain.staff import Actor
from pos.services.accounts import TopUpOrder, TopUps
from pos.services.canteen import Canteens, Founding
from pos.services.members import Members, NewMember
from pos.services.paper import Papers
from pos.services.sales import Checkout, Order, person_of
from pos.services.shifts import Shifts
from receipts import queue
from receipts.escpos import PrinterSettings
from receipts.escpos_reader import Cut, DrawerKick, Drawn, QrSymbol, TextRow, read
from receipts.printer import Printer, PrinterPort, PrinterStatus, PrinterTrouble, Reason
from receipts.queue import KICK_FRESH_MS, Outbox, OutboxState, PrintsBytes
from tests.receipts.test_printer import PtyPrinter

TILL = "A"
SETTINGS = PrinterSettings(width_mm=58)
NOON = datetime(2026, 3, 2, 11, 52, tzinfo=CHINA)
CARD = CardUid("01026F6C3A")
TARIFF = """
id = "t-2026"
title = "2026"
valid_from = 2020-01-01
age_starts = "birthday"
payers = { city = "市民政局", district = "区民政局" }
[[rules]]
id = "80+ discount"
who = { age_from = 80 }
then = { percent = 15 }
[[rules]]
id = "80+"
who = { age_from = 80 }
payers = [{ payer = "city", yuan = 2.00 }, { payer = "district", yuan = 1.00 }]
"""
OFFERS = (
    Offer("set", "一荤两素套餐", DishKind.SET_MEAL, 1250, 1),
    Offer("rice", "米饭", DishKind.STAPLE, 100, 2),
    # Each of these is a line drawn as a picture: a sale of all is more than any buffer takes.
    *(Offer(f"rare-{key}", f"龚䶮 {key}", DishKind.MEAT, 300, key) for key in range(3, 23)),
)
LUNCH = (("set", 1), ("rice", 2))
FEAST = tuple((offer.dish_id, 1) for offer in OFFERS[2:])
SILENT = PrinterStatus()


@dataclass(frozen=True)
class Counter:
    """A founded canteen with one till, one member and an open shift."""

    stores: SqlStores
    clock: SetClock
    manager: Actor
    member: Member

    @property
    def papers(self) -> Papers:
        return Papers(self.stores, self.clock, TILL)

    @property
    def checkout(self) -> Checkout:
        return Checkout(self.stores, self.clock, TILL)

    @property
    def shifts(self) -> Shifts:
        return Shifts(self.stores, self.clock, TILL)

    def outbox(self, printer: PrintsBytes | None) -> Outbox:
        return Outbox(self.stores, printer, SETTINGS, TILL, self.clock)

    def sell(
        self, tender: Tender = Tender.CARD, portions: tuple[tuple[str, int], ...] = LUNCH, given: int = 0
    ) -> Sale:
        """A sale to the member by card, to somebody without one otherwise."""
        member = self.member if tender is Tender.CARD else None
        today = self.checkout.today()
        offers = {offer.dish_id: offer for offer in OFFERS}
        basket = tuple(
            BasketItem(dish, offers[dish].name, offers[dish].kind, offers[dish].price, count)
            for dish, count in portions
        )
        usage = self.checkout.diner(member.id).usage if member else Usage()
        when = Circumstances(today.day, today.meal, tender=tender)
        due = price(basket, person_of(member), when, usage, today.tariff).due
        order = Order(
            sale_id=str(uuid4()),
            member_id=member.id if member else None,
            portions=portions,
            tender=tender,
            day=today.day,
            meal=today.meal,
            shown_due=due,
            given=given,
            card_tail=CARD.printed[-4:] if member else "",
            again=True,
        )
        return self.checkout.charge(self.manager, order)

    def top_up(self, amount: int = 20_000) -> TopUp:
        order = TopUpOrder(str(uuid4()), self.member.id, Tender.WECHAT, amount, card_tail="0634")
        return TopUps(self.stores, self.clock, TILL).top_up(self.manager, order)

    def wait(self, ms: int) -> None:
        self.clock.set(self.clock.local() + timedelta(milliseconds=ms))


@dataclass
class Recorder:
    """A printer that is there, and fails as it is told to."""

    fails: PrinterTrouble | None = None
    jobs: list[bytes] = field(default_factory=list)
    kicks: int = 0
    meanwhile: Callable[[], object] = lambda: None

    def send(self, data: bytes) -> PrinterStatus:
        self.meanwhile()
        if self.fails:
            raise self.fails
        self.jobs.append(data)
        return SILENT

    def open_drawer(self) -> bool:
        self.kicks += 1
        return True


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Actor, Member]:
    """A canteen that each test copies: founding it means migrations and a slow hash."""
    folder = tmp_path_factory.mktemp("founded")
    stores = open_stores(folder / "canteen.db", TILL)
    clock = SetClock(NOON - timedelta(hours=4))
    manager = Canteens(stores, clock, TILL).found(Founding("幸福里社区食堂", "周敏", "2580", "套餐", 1000))
    with stores.write() as store:
        store.tariff.publish(TARIFF, manager.staff_id, clock.now_ms())
        for offer in OFFERS:
            store.menu.add_dish(offer.dish_id, offer.name, offer.kind, offer.price)
        for meal in Meal:
            store.menu.set_menu(None, meal, OFFERS)
    member = Members(stores, clock).enrol(manager, NewMember("王𬭎堃", date(1940, 5, 5), card=CARD))
    stores.close()
    return folder, manager, member


@pytest.fixture
def counter(founded: tuple[Path, Actor, Member], tmp_path: Path) -> Iterator[Counter]:
    folder, manager, member = founded
    shutil.copytree(folder, tmp_path / "store")
    stores = open_stores(tmp_path / "store" / "canteen.db", TILL)
    made = Counter(stores, SetClock(NOON - timedelta(minutes=5)), manager, member)
    made.shifts.open(manager, 20_000)
    made.top_up()
    made.outbox(None).drop_all()
    made.clock.set(NOON)
    yield made
    stores.close()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


@pytest.fixture
def pty() -> Iterator[PtyPrinter]:
    made = PtyPrinter()
    yield made
    made.close()


def port_to(path: Path | str) -> PrinterPort:
    return PrinterPort(str(path), baud=115200, check_before=False, patience_s=0.2)


def texts(drawn: list[Drawn]) -> list[str]:
    return [item.text for item in drawn if isinstance(item, TextRow)]


def rows_of(job: bytes) -> list[tuple[str, int]]:
    """Each printed line that ends in an amount, as words and fen."""
    found = (re.fullmatch(r"\s*(.*?)\s+(-?)￥?(\d+)\.(\d\d)", text) for text in texts(read(job, SETTINGS)))
    return [(row[1], (-1 if row[2] else 1) * (int(row[3]) * 100 + int(row[4]))) for row in found if row]


def test_P1_a_sale_is_done_while_the_printer_is_off_and_its_paper_comes_once_when_it_is_back(
    counter: Counter, tmp_path: Path, pty: PtyPrinter
) -> None:
    cable = tmp_path / "printer"
    outbox = counter.outbox(Printer(port_to(cable), SETTINGS))

    sale = counter.sell()
    off = [outbox.work_once(), outbox.work_once()]
    cable.symlink_to(pty.start().path)
    back = [outbox.work_once(), outbox.work_once()]

    assert counter.checkout.last() == sale
    assert off == [OutboxState(1, 0, Reason.NOT_CONNECTED, True, SILENT)] * 2
    assert back == [OutboxState(0, 0, None, True, SILENT)] * 2
    paper = read(pty.received(1000), SETTINGS)
    assert [item.data for item in paper if isinstance(item, QrSymbol)] == [sale.number]


def test_P3_a_paper_that_broke_off_is_unknown_and_never_comes_again_by_itself(
    counter: Counter, pty: PtyPrinter
) -> None:
    outbox = counter.outbox(Printer(port_to(pty.path), SETTINGS))
    counter.sell(Tender.WECHAT, FEAST)

    stuck = outbox.work_once()
    pty.start()
    after = outbox.work_once()

    assert [stuck, after] == [OutboxState(0, 1, Reason.TIMEOUT, True, SILENT)] * 2


def test_P3_the_paper_after_a_broken_one_is_whole_and_holds_nothing_of_it(
    counter: Counter, pty: PtyPrinter
) -> None:
    outbox = counter.outbox(Printer(port_to(pty.path), SETTINGS))
    recorder = Recorder()
    counter.sell(Tender.WECHAT, FEAST)
    outbox.work_once()
    pty.start()

    next_sale = counter.sell()
    state = outbox.work_once()
    counter.papers.reprint(counter.manager, SlipKind.SALE, next_sale.id)
    counter.outbox(recorder).work_once()

    assert state == OutboxState(0, 1, None, True, SILENT)
    again = read(recorder.jobs[0], SETTINGS)
    mark = texts(again).index("Reprint 1")
    alone = again[:mark] + again[mark + 2 :]
    assert whole_tail(pty, len(alone)) == alone


def whole_tail(pty: PtyPrinter, count: int) -> list[Drawn]:
    """The last things drawn, once the paper is cut."""
    came = pty.received(1)
    while not any(isinstance(item, Cut) for item in read(came, SETTINGS)):
        came = pty.received(len(came) + 1)
    return read(came, SETTINGS)[-count:]


@pytest.mark.parametrize(("language", "mark"), [("en", "Reprint {}"), ("zh_CN", "补打第 {} 次")])
def test_P5_a_reprint_is_marked_with_its_count_and_who_asked(
    language: str, mark: str, counter: Counter
) -> None:
    i18n.use(language)
    recorder = Recorder()
    outbox = counter.outbox(recorder)
    sale = counter.sell()

    counts = [counter.papers.reprint(counter.manager, SlipKind.SALE, sale.id) for _again in range(2)]
    states = [outbox.work_once().waiting for _paper in range(3)]

    first, *again = [texts(read(job, SETTINGS)) for job in recorder.jobs]
    assert (counts, states) == ([1, 2], [2, 1, 0])
    assert again == [[*first[:2], mark.format(copy), "周敏", *first[2:]] for copy in (1, 2)]


@pytest.mark.parametrize(
    ("tender", "given", "paid"),
    [
        (Tender.CARD, 0, ("Meal card", "Principal", "Bonus", "Balance before", "Balance now", "Principal", "Bonus")),
        (Tender.CASH, 2000, ("Cash given", "Change")),
        (Tender.ALIPAY, 0, ("Alipay",)),
    ],
)
def test_I5_the_numbers_on_paper_are_those_of_the_sale(
    tender: Tender, given: int, paid: tuple[str, ...], counter: Counter
) -> None:
    recorder = Recorder()

    sale = counter.sell(tender, given=given)
    counter.outbox(recorder).work_once()

    bill, payment = sale.bill, sale.payment
    amounts = {
        Tender.CARD: (
            payment.principal + payment.bonus,
            payment.principal,
            payment.bonus,
            sale.balance_before,
            sale.balance_after,
            payment.principal_after,
            payment.bonus_after,
        ),
        Tender.CASH: (payment.given, sale.change),
        Tender.ALIPAY: (bill.due,),
    }
    helpers = {"canteen": "Canteen discount", "city": "市民政局", "district": "区民政局"}
    assert rows_of(recorder.jobs[0]) == [
        ("一荤两素套餐         1", 1250),
        ("米饭                 2", 200),
        ("List price", bill.list_price),
        *((helpers[line.payer], -line.amount) for line in bill.helped),
        ("You pay", bill.due),
        *zip(paid, amounts[tender], strict=True),
    ]
    assert len(bill.helped) == (3 if tender is Tender.CARD else 0)


def test_the_oldest_paper_comes_first_and_one_at_a_time(counter: Counter) -> None:
    recorder = Recorder()
    outbox = counter.outbox(recorder)
    sales = [counter.sell(), counter.sell(Tender.WECHAT)]

    first, second = outbox.work_once(), outbox.work_once()

    assert [(state.waiting, state.more) for state in (first, second)] == [(1, True), (0, False)]
    numbers = [item.data for job in recorder.jobs for item in read(job, SETTINGS) if isinstance(item, QrSymbol)]
    assert numbers == [sale.number for sale in sales]


def test_the_store_is_free_while_bytes_go_out_and_the_job_is_unknown_meanwhile(counter: Counter) -> None:
    seen: list[object] = []

    def sell_another() -> None:
        seen.extend((counter.papers.open_jobs(), counter.sell(Tender.WECHAT).undone))

    counter.sell()

    state = counter.outbox(Recorder(meanwhile=sell_another)).work_once()

    assert seen == [{JobState.WAITING: 0, JobState.UNKNOWN: 1}, False]
    assert (state.waiting, state.unknown) == (1, 0)


def test_S6_a_paper_under_way_at_a_power_cut_is_unknown_at_the_next_start(counter: Counter) -> None:
    class PowerCut(BaseException):
        pass

    def cut() -> None:
        raise PowerCut

    recorder = Recorder()
    counter.sell()

    with pytest.raises(PowerCut):
        counter.outbox(Recorder(meanwhile=cut)).work_once()
    state = counter.outbox(recorder).work_once()

    assert (state.waiting, state.unknown, recorder.jobs) == (0, 1, [])


def test_cash_opens_the_drawer_before_the_first_word_and_a_card_does_not(counter: Counter) -> None:
    recorder = Recorder()
    outbox = counter.outbox(recorder)
    counter.sell(Tender.CASH, given=2000)
    counter.sell()

    outbox.work_once()
    outbox.work_once()

    cash, card = (read(job, SETTINGS) for job in recorder.jobs)
    assert cash[0] == DrawerKick(2, realtime=False)
    assert [item for item in (*cash[1:], *card) if isinstance(item, DrawerKick)] == []


def test_without_paper_the_drawer_opens_once_for_each_cash_sale_and_the_papers_come_later(
    counter: Counter,
) -> None:
    recorder = Recorder(fails=PrinterTrouble(Reason.PAPER_OUT))
    outbox = counter.outbox(recorder)

    counter.sell(Tender.CASH, given=2000)
    kicks = [(outbox.work_once().fault, recorder.kicks), (outbox.work_once().fault, recorder.kicks)]
    counter.sell(Tender.CASH, given=2000)
    kicks.append((outbox.work_once().fault, recorder.kicks))
    recorder.fails = None
    outbox.work_once()
    outbox.work_once()

    assert kicks == [(Reason.PAPER_OUT, 1), (Reason.PAPER_OUT, 1), (Reason.PAPER_OUT, 2)]
    drawn = [item for job in recorder.jobs for item in read(job, SETTINGS)]
    assert [type(item) for item in drawn if isinstance(item, DrawerKick | Cut)] == [Cut, Cut]


def test_a_drawer_does_not_spring_open_for_a_sale_of_long_ago(counter: Counter) -> None:
    recorder = Recorder()
    outbox = counter.outbox(recorder)
    counter.sell(Tender.CASH, given=2000)
    counter.papers.open_drawer(counter.manager)

    counter.wait(KICK_FRESH_MS + 1)
    states = [outbox.work_once(), outbox.work_once()]

    assert [type(item) for item in read(recorder.jobs[0], SETTINGS) if isinstance(item, DrawerKick)] == []
    assert (recorder.kicks, states[-1].waiting) == (0, 0)


def test_the_drawer_button_moves_the_drawer_and_no_paper(counter: Counter) -> None:
    recorder = Recorder()
    counter.papers.open_drawer(counter.manager)

    state = counter.outbox(recorder).work_once()

    assert (recorder.kicks, recorder.jobs, state.waiting) == (1, [], 0)


def test_a_paper_refused_before_its_first_byte_waits(counter: Counter) -> None:
    recorder = Recorder(fails=PrinterTrouble(Reason.COVER_OPEN))
    outbox = counter.outbox(recorder)
    counter.sell()

    shut_out = outbox.work_once()
    recorder.fails = None
    printed = outbox.work_once()

    assert (shut_out.waiting, shut_out.unknown, shut_out.fault) == (1, 0, Reason.COVER_OPEN)
    assert (printed.waiting, printed.fault, len(recorder.jobs)) == (0, None, 1)


def test_without_a_printer_papers_do_not_pile_up_and_can_be_asked_for_later(counter: Counter) -> None:
    recorder = Recorder()
    sale = counter.sell()

    without = counter.outbox(None).work_once()
    counter.papers.reprint(counter.manager, SlipKind.SALE, sale.id)
    counter.outbox(recorder).work_once()

    assert without == OutboxState(0, 0, None, False, SILENT)
    assert texts(read(recorder.jobs[0], SETTINGS))[2:4] == ["Reprint 1", "周敏"]


def test_each_kind_of_paper_is_found_by_its_subject(counter: Counter) -> None:
    recorder = Recorder()
    outbox = counter.outbox(recorder)
    sale, top_up = counter.sell(), counter.top_up()
    counter.checkout.undo(counter.manager, str(uuid4()), sale.id)
    TopUps(counter.stores, counter.clock, TILL).undo(counter.manager, str(uuid4()), top_up.id)
    counter.shifts.x_report(counter.manager, print_it=True)
    counter.shifts.close(counter.manager, 20_000)
    counter.papers.test_page(counter.manager)

    while outbox.work_once().more:
        pass

    titles = [texts(read(job, SETTINGS))[1] for job in recorder.jobs]
    assert titles == [
        "Meal slip",
        "Top-up slip",
        "Meal undone",
        "Top-up undone",
        "Shift report (X)",
        "Shift close",
        "Test page",
    ]


def test_the_close_is_that_of_its_shift_however_late_it_is_printed(counter: Counter) -> None:
    recorder = Recorder()
    counter.sell(Tender.CASH, given=2000)
    counter.outbox(None).work_once()

    report = counter.shifts.close(counter.manager, 21_400)
    counter.wait(60_000)
    counter.shifts.open(counter.manager, 5_000)
    counter.sell(Tender.CASH, given=2000)
    counter.outbox(recorder).work_once()

    drawn = read(recorder.jobs[0], SETTINGS)
    assert [item.data for item in drawn if isinstance(item, QrSymbol)] == [report.head]
    assert dict(rows_of(recorder.jobs[0]))["Cash expected"] == 21_450
    assert [row for row in rows_of(recorder.jobs[0]) if row[0] == "Short"] == [("Short", -50)]


def test_an_x_report_shows_the_shift_as_it_is_when_it_is_printed(counter: Counter) -> None:
    recorder = Recorder()
    counter.shifts.x_report(counter.manager, print_it=True)

    counter.sell(Tender.CASH, given=2000)
    counter.sell()
    counter.outbox(recorder).work_once()

    rows = dict(rows_of(recorder.jobs[0]))
    assert (rows["Cash in the drawer"], rows["市民政局"], rows["区民政局"]) == (21_450, 200, 100)


def test_a_reprint_of_an_undoing_does_not_take_its_own_time_for_that_of_the_undoing(counter: Counter) -> None:
    recorder = Recorder()
    outbox = counter.outbox(recorder)
    sale = counter.sell()
    outbox.work_once()

    counter.wait(60_000)
    counter.checkout.undo(counter.manager, str(uuid4()), sale.id)
    counter.wait(60_000)
    counter.papers.reprint(counter.manager, SlipKind.UNDO, sale.id)
    outbox.work_once()
    outbox.work_once()

    times = [[text for text in texts(read(job, SETTINGS)) if "11:5" in text] for job in recorder.jobs[1:]]
    assert times == [
        ["Undone at       2026-03-02 11:53", "Time            2026-03-02 11:52"],
        ["Time            2026-03-02 11:52"],
    ]


def test_a_paper_of_nothing_is_dropped_and_holds_nobody_up(counter: Counter) -> None:
    recorder = Recorder()
    outbox = counter.outbox(recorder)
    with counter.stores.write() as store:
        store.paper.add(TILL, SlipKind.SALE, "no such sale", counter.clock.now_ms())
    counter.sell()

    states = [outbox.work_once(), outbox.work_once()]

    assert [(state.waiting, state.unknown) for state in states] == [(1, 0), (0, 0)]
    assert len(recorder.jobs) == 1


def test_a_paper_that_cannot_be_made_is_a_bug_and_holds_nobody_up(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder()
    outbox = counter.outbox(recorder)
    counter.sell()
    counter.top_up()

    with monkeypatch.context() as broken:
        broken.setattr(queue, "sale_slip", lambda *_facts: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            outbox.work_once()
    outbox.work_once()

    assert [texts(read(job, SETTINGS))[1] for job in recorder.jobs] == ["Top-up slip"]
