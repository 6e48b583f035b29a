"""Made-up sales, top-ups and shifts whose papers the tests read; nobody in them exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pos.domain.accounts import Batch, TopUp
from pos.domain.canteen import Canteen
from pos.domain.card_life import CardDeed, CardEvent
from pos.domain.cards import CardUid
from pos.domain.cases import Case, CaseKind, CaseStep, StepTaken
from pos.domain.day_close import DayClose, DayFigures
from pos.domain.deliveries import Outcome, Result
from pos.domain.ledger import EntryKind
from pos.domain.members import Wallet
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import BasketItem, Circumstances, Had, Person, Tender, Usage, Way, price
from pos.domain.refunds import LotShare, MovedLot, Refund, RefundKind, Transfer
from pos.domain.reservations import State
from pos.domain.sales import Payment, Sale
from pos.domain.shifts import Report, Shift
from pos.domain.statement import Balance, Statement, StatementLine
from pos.domain.tariff import parse_tariff
from receipts.escpos import PrinterSettings
from receipts.layout import (
    batch_slip,
    card_slip,
    day_close_slip,
    kitchen_change_slip,
    kitchen_slip,
    refund_slip,
    report_slip,
    sale_slip,
    statement_slip,
    top_up_slip,
    transfer_slip,
    trial_page,
    undo_slip,
)
from receipts.roll import PaperWidth, Slip
from tests.receipts.kitchen_papers import LATER, NO_MENU, SHUT

TARIFF = parse_tariff(
    """
    id = "t-2026"
    title = "2026"
    valid_from = 2026-01-01
    age_starts = "birthday"
    payers = { city = "市民政局", district = "区民政局" }
    [[rules]]
    id = "80+ discount"
    who = { age_from = 80 }
    then = { percent = 15 }
    [[rules]]
    id = "80+"
    label = "80岁以上补贴"
    who = { age_from = 80 }
    payers = [{ payer = "city", yuan = 2.00 }, { payer = "district", yuan = 1.00 }]
    """
)
DAY = date(2026, 3, 2)
NOON_MS = 1_772_423_520_000
"""2026-03-02 11:52 in China."""

CANTEEN = Canteen("幸福里社区食堂", phone="0372-5550199")
PRACTICE = replace(CANTEEN, practice=True)

BASKET = (
    BasketItem("set", "一荤两素套餐", DishKind.SET_MEAL, 1200, 1),
    BasketItem("rice", "米饭", DishKind.STAPLE, 100, 2),
    BasketItem("beef", "番茄牛腩（微辣，少油少盐）", DishKind.MEAT, 900, 1),
)
AT_LUNCH = Circumstances(DAY, Meal.LUNCH)
HELPED = price(BASKET, Person(date(1940, 5, 5)), AT_LUNCH, Usage(), TARIFF)
HELPED_BEFORE = price(BASKET, Person(date(1940, 5, 5)), AT_LUNCH, Usage((Had(DAY, Meal.LUNCH, ("80+",)),)), TARIFF)
PLAIN = price(BASKET, Person(), AT_LUNCH, Usage(), TARIFF)

BY_CARD = Sale(
    id="sale-1",
    number="A-1-000042",
    business_date=DAY,
    meal=Meal.LUNCH,
    way=Way.DINE_IN,
    at_ms=NOON_MS,
    till="A",
    shift_id="shift-1",
    staff_id="staff-1",
    staff_name="李桂兰",
    member_id="member-1",
    member_name="王𬭎堃",
    card_tail="0634",
    bill=HELPED,
    payment=Payment(Tender.CARD, 1505, 150, 15_055, 1_505),
)
SECOND_MEAL = replace(BY_CARD, bill=HELPED_BEFORE, payment=Payment(Tender.CARD, 1777, 178, 14_783, 1_477))
WALK_IN = replace(BY_CARD, member_id=None, member_name="", card_tail="", bill=PLAIN)
IN_CASH = replace(WALK_IN, payment=Payment(Tender.CASH, given=3000))
BY_CODE = replace(WALK_IN, payment=Payment(Tender.WECHAT, reference="8841"), way=Way.TAKE_AWAY)
SET_OF_SIX = BasketItem(
    "six",
    "六菜一汤",
    DishKind.SET_MEAL,
    1500,
    2,
    chosen=tuple(
        (name, name)
        for name in ("香菇滑鸡", "狮子头", "清炒时蔬", "番茄炒蛋", "麻婆豆腐", "蒜蓉西兰花", "紫菜蛋花汤")
    ),
)
SET_MEAL = replace(BY_CODE, bill=price((SET_OF_SIX, BASKET[1]), Person(), AT_LUNCH, Usage(), TARIFF))

TOP_UP = TopUp(
    id="top-up-1",
    number="A-1-000043",
    business_date=DAY,
    at_ms=NOON_MS,
    till="A",
    shift_id="shift-1",
    staff_id="staff-1",
    staff_name="李桂兰",
    member_id="member-1",
    member_name="王𬭎堃",
    card_tail="0634",
    tender=Tender.CASH,
    principal=20_000,
    bonus=2_000,
    offer="充200送20",
    given=30_000,
    reference="",
    principal_after=35_055,
    bonus_after=3_505,
)
PAID_FOR = replace(
    TOP_UP,
    tender=Tender.WECHAT,
    given=0,
    reference="8841",
    paid_by="王小红",
    relation="女儿",
    identity_seen=True,
)
BATCH = Batch(
    "batch-1",
    (
        replace(TOP_UP, tender=Tender.BANK, given=0, paid_by="幸福里居委会", batch_id="batch-1"),
        replace(
            TOP_UP,
            id="top-up-2",
            number="A-1-000044",
            member_name="阿依古丽·买买提",
            tender=Tender.BANK,
            principal=5_000,
            bonus=0,
            offer="",
            paid_by="幸福里居委会",
            undone=True,
        ),
    ),
)
STATEMENT = Statement(
    "member-1",
    "王𬭎堃",
    "0634",
    date(2026, 3, 1),
    DAY,
    Balance(15_055, 1_505),
    (
        StatementLine(
            "A-1-000043", date(2026, 3, 1), NOON_MS - 86_400_000, EntryKind.TOP_UP,
            Balance(20_000, 2_000), Balance(35_055, 3_505), tender=Tender.CASH, note="充200送20",
        ),
        StatementLine(
            "A-1-000050", DAY, NOON_MS, EntryKind.SALE, Balance(-1_505, -150), Balance(33_550, 3_355), meal=Meal.LUNCH
        ),
        StatementLine(
            "A-1-000051", DAY, NOON_MS, EntryKind.REVERSAL, Balance(1_505, 150), Balance(35_055, 3_505),
            undoes=EntryKind.SALE, undoes_number="A-1-000050",
        ),
        StatementLine(
            "A-1-000052", DAY, NOON_MS, EntryKind.SALE, Balance(-1_364, -136), Balance(33_691, 3_369), meal=Meal.DINNER
        ),
    ),
)  # fmt: skip
WALLET = Wallet("member-1", 35_055, 3_505, 1_200)
ISSUED = CardEvent(
    "card-1", CardUid("01026F6C3A"), "member-1", "王𬭎堃", CardDeed.ISSUED, NOON_MS, "A", "staff-1", "李桂兰",
    deposit=1_000, tender=Tender.CASH, entry_id="card-1",
)  # fmt: skip
NEW_CARD = replace(
    ISSUED, uid=CardUid("01026F6C3B"), other=ISSUED.uid, reason="卡面磨损", tender=None, entry_id=None
)
LOST = replace(ISSUED, deed=CardDeed.LOST, deposit=0, tender=None, entry_id=None)
RETURNED = replace(ISSUED, deed=CardDeed.RETURNED, deposit=-1_000)
REFUND = Refund(
    id="refund-1",
    number="A-1-000060",
    kind=RefundKind.REFUND,
    business_date=DAY,
    at_ms=NOON_MS,
    till="A",
    shift_id="shift-1",
    staff_id="boss",
    staff_name="周敏",
    member_id="member-1",
    member_name="王𬭎堃",
    card_tail="0634",
    tender=Tender.BANK,
    holder="王𬭎堃",
    account_tail="5678",
    reason="搬去女儿家",
    documents="",
    identity_seen=True,
    shares=(
        LotShare("l2", "A-1-000043", NOON_MS - 86_400_000, "充200送20", 20_000, 2_000, 6_000, 600, 0, 0, 14_000, 1_400, 14_000, 1_400, True),
        LotShare("l1", "A-1-000007", NOON_MS - 3_000_000_000, "", 10_000, 0, 4_000, 0, 1_000, 0, 5_000, 0, 2_500, 0),
    ),
    principal_after=2_500,
    bonus_after=0,
)  # fmt: skip
CASH_REFUND = replace(
    REFUND, tender=Tender.CASH, holder="", account_tail="", shares=REFUND.shares[1:], kind=RefundKind.CLOSING
)
HEIRS = replace(REFUND, kind=RefundKind.HEIRS, holder="王小红", documents="死亡证明、继承公证书", reason="")
TRANSFER = Transfer(
    id="transfer-1",
    number="A-1-000061",
    business_date=DAY,
    at_ms=NOON_MS,
    till="A",
    shift_id="shift-1",
    staff_id="boss",
    staff_name="周敏",
    giver_id="member-1",
    giver_name="王𬭎堃",
    receiver_id="member-2",
    receiver_name="阿依古丽·买买提",
    reason="夫妻合并",
    lots=(MovedLot("l2", "l9", "A-1-000043", NOON_MS - 86_400_000, "充200送20", 7_000, 700),),
    giver_principal_after=7_000,
    giver_bonus_after=700,
    receiver_principal_after=7_000,
    receiver_bonus_after=700,
)

HEAD = "3fa291bc" * 8
OPEN_SHIFT = Shift("shift-1", "A", DAY, "staff-1", "李桂兰", NOON_MS - 14_400_000, 20_000)
CLOSED_SHIFT = replace(
    OPEN_SHIFT, closed_ms=NOON_MS + 7_200_000, closed_by="周敏", expected=45_000, counted=44_950
)
X_REPORT = Report(
    shift=OPEN_SHIFT,
    sales=123,
    undone=2,
    list_price=250_000,
    taken={"card": 180_000, "cash": 5_000, "wechat": 3_000},
    helped={"canteen": 30_000, "city": 24_600, "district": 7_400},
    topped_up={"cash": 20_000, "wechat": 30_000},
    bonus=5_000,
    cash_in_drawer=45_000,
    printed_ms=NOON_MS,
    last_number="A-1-000150",
    head=HEAD,
)
CLOSE = replace(X_REPORT, shift=CLOSED_SHIFT, cash_in_drawer=0)

_REFUSED = Result("r1", "stop-1", Outcome.REFUSED, NOON_MS, "boss", "周敏", note="说今天不饿")
_STEPS = (
    StepTaken("s1", "case", CaseStep.CALLED, NOON_MS + 300_000, "boss", "周敏"),
    StepTaken("s2", "case", CaseStep.CALLED_FAMILY, NOON_MS + 420_000, "boss", "周敏", "女儿马上过去"),
    StepTaken("s3", "case", CaseStep.IN_HOSPITAL, NOON_MS + 1_800_000, "boss", "周敏", "摔倒在卫生间，120已送人民医院"),
)
LOOKED_FOR = (
    Case("c1", "m1", "阿依古丽·买买提", "stop-2", DAY, Meal.LUNCH, CaseKind.NO_ANSWER, NOON_MS, "boss", "周敏", _STEPS),
    Case(
        "c2", "m2", "王𬭎堃", "stop-3", DAY, Meal.LUNCH, CaseKind.MISSED_TWICE, NOON_MS, "boss", "李桂兰",
        (StepTaken("s4", "c2", CaseStep.WAS_AWAY, NOON_MS + 600_000, "boss", "周敏"),),
    ),
)  # fmt: skip
BUSY_DAY = DayClose(
    DAY,
    NOON_MS + 7_200_000,
    "A",
    "boss",
    "周敏",
    DayFigures(
        ended={
            (Way.DINE_IN, State.SERVED): 61,
            (Way.DINE_IN, State.MISSED): 3,
            (Way.TAKE_AWAY, State.SERVED): 20,
            (Way.TAKE_AWAY, State.CANCELLED): 2,
            (Way.DELIVERY, State.SERVED): 46,
            (Way.DELIVERY, State.MISSED): 2,
            (Way.DELIVERY, State.CANCELLED): 4,
        },
        outcomes={Outcome.HANDED_OVER: 41, Outcome.LEFT_AT_DOOR: 4, Outcome.REFUSED: 1, Outcome.NO_ANSWER: 1},
        held=118_900,
        settled=109_350,
        boxes_out=47,
        boxes_back=39,
    ),
)
QUIET_DAY = replace(BUSY_DAY, figures=DayFigures(ended={(Way.DINE_IN, State.SERVED): 2}, held=1_440, settled=1_440))
MONEY_OUT = replace(CLOSE, refunded={"bank": 14_000, "cash": 3_000}, deposits={"cash": 1_000})


def every_slip(canteen: Canteen, paper: PaperWidth, copy: int = 0, asked_by: str = "") -> Mapping[str, Slip]:
    """One of each paper, by the name of its golden file."""
    settings = PrinterSettings(width_mm=58 if paper is PaperWidth.MM58 else 80)
    again = (copy, asked_by)
    return {
        "sale-card": sale_slip(canteen, BY_CARD, *again),
        "sale-cash": sale_slip(canteen, IN_CASH, *again),
        "sale-code": sale_slip(canteen, BY_CODE, *again),
        "sale-set": sale_slip(canteen, SET_MEAL, *again),
        "sale-second": sale_slip(canteen, SECOND_MEAL, *again),
        "sale-undone": sale_slip(canteen, replace(IN_CASH, undone=True), *again),
        "undo-card": undo_slip(canteen, BY_CARD, NOON_MS + 60_000, *again),
        "undo-cash": undo_slip(canteen, IN_CASH, NOON_MS + 60_000, *again),
        "undo-top-up": undo_slip(canteen, TOP_UP, NOON_MS + 60_000, *again),
        "top-up": top_up_slip(canteen, TOP_UP, *again),
        "top-up-paid-for": top_up_slip(canteen, PAID_FOR, *again),
        "batch": batch_slip(canteen, BATCH, *again),
        "statement": statement_slip(canteen, STATEMENT, *again, printed_ms=NOON_MS),
        "card-issued": card_slip(canteen, ISSUED, WALLET, *again),
        "card-replaced": card_slip(canteen, NEW_CARD, WALLET, *again),
        "card-lost": card_slip(canteen, LOST, WALLET, *again),
        "card-returned": card_slip(canteen, RETURNED, Wallet("member-1", 0, 0), *again),
        "x-report": report_slip(canteen, X_REPORT, False, *again, payers=TARIFF.payer_names),
        "shift-close": report_slip(canteen, CLOSE, True, *again, payers=TARIFF.payer_names),
        "refund": refund_slip(canteen, REFUND, *again),
        "refund-cash": refund_slip(canteen, CASH_REFUND, *again),
        "refund-heirs": refund_slip(canteen, HEIRS, *again),
        "refund-undone": refund_slip(canteen, replace(REFUND, undone=True, undo_reason="退错了人"), *again),
        "transfer": transfer_slip(canteen, TRANSFER, *again),
        "shift-close-money-out": report_slip(canteen, MONEY_OUT, True, *again, payers=TARIFF.payer_names),
        "kitchen": kitchen_slip(canteen, LATER, *again),
        "kitchen-shut": kitchen_slip(canteen, SHUT, *again),
        "kitchen-no-menu": kitchen_slip(canteen, NO_MENU, *again),
        "kitchen-changes": kitchen_change_slip(canteen, LATER, *again),
        "day-close": day_close_slip(canteen, BUSY_DAY, LOOKED_FOR, (("李桂芳", _REFUSED),), *again),
        "day-close-quiet": day_close_slip(canteen, QUIET_DAY, (), (), *again),
        "trial": trial_page(settings, canteen),
    }
