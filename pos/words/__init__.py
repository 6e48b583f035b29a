"""The words for the till's facts: one place for screen, receipt and terminal, in the language of the moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from pos.domain.areas import Level
from pos.domain.bill import (
    CANTEEN,
    DINER,
    PREPAID,
    WAIVER,
    BillLine,
    Facts,
    Reason,
    ReasonCode,
    Tender,
    Way,
)
from pos.domain.calendar import DayKind
from pos.domain.card_life import CardDeed
from pos.domain.claim_figures import GroupBy
from pos.domain.claim_paper import ClaimColumn
from pos.domain.errors import CardState
from pos.domain.ledger import EntryKind
from pos.domain.members import MemberStatus
from pos.domain.menu import DishKind, Meal
from pos.domain.money import money as money
from pos.domain.money import yuan
from pos.domain.staff import Permission, Role
from pos.domain.statement import StatementLine
from pos.domain.tariff import OLDEST
from pos.domain.usage import Per
from pos.domain.verify import Rule
from pos.i18n import _
from pos.words.deliveries import case_kind as case_kind
from pos.words.deliveries import case_step as case_step
from pos.words.deliveries import outcome as outcome
from pos.words.reservations import dishes as dishes
from pos.words.reservations import missed_rule as missed_rule
from pos.words.reservations import reservation_source as reservation_source
from pos.words.reservations import reservation_state as reservation_state
from pos.words.rosters import roster_name as roster_name
from pos.words.rosters import stop_gone as stop_gone


def meal(value: Meal) -> str:
    """The name of a meal."""
    return {Meal.BREAKFAST: _("Breakfast"), Meal.LUNCH: _("Lunch"), Meal.DINNER: _("Dinner")}[value]


def way(value: Way) -> str:
    """How the meal reaches the diner."""
    return {Way.DINE_IN: _("Dine in"), Way.TAKE_AWAY: _("Take away"), Way.DELIVERY: _("Delivery")}[value]


def tender(value: Tender) -> str:
    """What is paid with."""
    return {
        Tender.CARD: _("Meal card"),
        Tender.CASH: _("Cash"),
        Tender.WECHAT: _("WeChat"),
        Tender.ALIPAY: _("Alipay"),
        Tender.BANK: _("Bank"),
    }[value]


def dish_kind(value: DishKind) -> str:
    """The shelf of a dish."""
    return {
        DishKind.SET_MEAL: _("Sets"),
        DishKind.MEAT: _("Meat"),
        DishKind.VEGETABLE: _("Greens"),
        DishKind.STAPLE: _("Staples"),
        DishKind.SOUP: _("Soup"),
    }[value]


def entry_kind(value: EntryKind) -> str:
    """What an entry of the ledger is."""
    return {
        EntryKind.SALE: _("Meal"),
        EntryKind.TOP_UP: _("Top-up"),
        EntryKind.REVERSAL: _("Undone"),
        EntryKind.FLOAT: _("Float"),
        EntryKind.COUNT: _("Cash count"),
        EntryKind.DEPOSIT: _("Card deposit"),
        EntryKind.OPENING: _("From the old books"),
        EntryKind.REFUND: _("Refund"),
        EntryKind.TRANSFER: _("Transfer"),
        EntryKind.HOLD: _("Held for a reservation"),
        EntryKind.RELEASE: _("Reservation released"),
    }[value]


def statement_line(line: StatementLine) -> str:
    """What a movement on a statement is, in a few words."""
    if line.undoes is not None:
        return _("{what} undone").format(what=entry_kind(line.undoes))
    what = entry_kind(line.kind) if line.meal is None else meal(line.meal)
    # What is held is still the member's: it moves without coming in or going out.
    aside = money(abs(line.moved.held)) if line.moved.held and not line.moved.total else ""
    lapsed = line.kind is EntryKind.REFUND and line.moved.bonus
    given_up = _("bonus given up {amount}").format(amount=money(-line.moved.bonus)) if lapsed else ""
    parts = (what, aside, tender(line.tender) if line.tender else "", line.note, given_up)
    return " · ".join(part for part in parts if part)


def card_state(value: CardState) -> str:
    """What is the matter with a card."""
    return {
        CardState.ACTIVE: _("in use"),
        CardState.LOST: _("reported lost"),
        CardState.REPLACED: _("replaced by a new card"),
        CardState.RETURNED: _("returned"),
        CardState.BLOCKED: _("blocked"),
    }[value]


def card_deed(value: CardDeed) -> str:
    """What happened to a card."""
    return {
        CardDeed.ISSUED: _("Card given out"),
        CardDeed.LOST: _("Card reported lost"),
        CardDeed.FOUND: _("Card found again"),
        CardDeed.REPLACED: _("Card replaced"),
        CardDeed.RETURNED: _("Card returned"),
        CardDeed.BLOCKED: _("Card blocked"),
        CardDeed.UNBLOCKED: _("Card let in again"),
        CardDeed.POOLED: _("Card put into the pool"),
        CardDeed.LENT: _("Card lent for a meal"),
        CardDeed.BACK: _("Lent card came back"),
        CardDeed.RETIRED: _("Card taken out of the pool"),
    }[value]


def member_status(value: MemberStatus) -> str:
    """Whether a member eats here."""
    return {
        MemberStatus.ACTIVE: _("active"),
        MemberStatus.PAUSED: _("paused"),
        MemberStatus.LEFT: _("has left"),
        MemberStatus.DECEASED: _("deceased"),
    }[value]


def role(value: Role) -> str:
    """The name of a role."""
    return {Role.CASHIER: _("Cashier"), Role.MANAGER: _("Manager")}[value]


def permission(value: Permission) -> str:
    """What a permission allows, as the end of 'may not …'."""
    return {
        Permission.SELL: _("sell meals"),
        Permission.UNDO: _("undo a sale"),
        Permission.TOP_UP: _("top up cards"),
        Permission.ENROL: _("enrol members"),
        Permission.REPRINT: _("print a paper again"),
        Permission.OPEN_DRAWER: _("open the cash drawer"),
        Permission.SHIFT: _("open and close a shift"),
        Permission.X_REPORT: _("see the shift report"),
        Permission.CLOSE_ANY_SHIFT: _("close somebody else's shift"),
        Permission.SET_CLOCK: _("go on after the clock was put back"),
        Permission.VERIFY: _("check the ledger"),
        Permission.STAFF: _("change the staff"),
        Permission.MENU: _("change the menu"),
        Permission.TARIFF: _("change the tariff"),
        Permission.EXPORT: _("export data"),
        Permission.MEMBERS: _("change a member's particulars"),
        Permission.REVEAL: _("see an identity number in full"),
        Permission.CARD_LOST: _("report a card lost"),
        Permission.CARDS: _("give out, replace and block cards"),
        Permission.REFUND: _("pay money back"),
        Permission.IMPORT: _("import data"),
        Permission.WAIVER: _("waive a price"),
        Permission.CLAIM: _("claim subsidies"),
        Permission.BOOK_LATE: _("book or cancel after the cut-off"),
        Permission.DELIVERIES: _("note deliveries"),
        Permission.ROUTES: _("change routes and volunteers"),
        Permission.CLOSE_DAY: _("close the day"),
        Permission.CALENDAR: _("change the calendar"),
        Permission.DEVICES: _("set up devices"),
    }[value]


def ages(age_from: int, age_to: int) -> str:
    """A range of ages: '60-69', '80+'."""
    return f"{age_from}+" if age_to >= OLDEST else f"{age_from}-{age_to}"


def percent(basis_points: int) -> str:
    """A percentage without its sign: '15', '12.5'."""
    return f"{basis_points / 100:g}"


def level(value: Level) -> str:
    """A kind of area."""
    return {Level.CITY: _("city"), Level.DISTRICT: _("district"), Level.TOWN: _("town")}[value]


def payer(value: str, names: Mapping[str, str]) -> str:
    """Who pays a part of a meal; `names` are those of the tariff's payers."""
    return {
        CANTEEN: _("Canteen discount"),
        PREPAID: _("Meal pass"),
        WAIVER: _("Waived by the manager"),
        DINER: _("own share"),
    }.get(value) or names.get(value, value)


def bill_line(line: BillLine) -> str:
    """The label of somebody's part of the bill: who pays it, or what the fee is for."""
    if line.is_fee:
        return line.label or _("Delivery fee")
    return payer(line.payer, {line.payer: str(line.reason.facts.get("payer_name", line.payer))})


def reason(value: Reason, label: str = "") -> str:
    """Why a line or a note is on the bill, in a few words; `label` is what its rule is called."""
    if value.code in _NOTES:
        return _NOTES[value.code](value.facts)
    if value.code in _PLAIN:
        return _what(value)
    whom, what = label or _whom(value.facts), _what(value) or ("" if label else _("subsidy"))
    return _("{whom}: {what}").format(whom=whom, what=what) if whom and what else whom or what


def _whom(facts: Facts) -> str:
    """Ages alone: a category is nobody's business at the counter, nor on a paper that is left on a table."""
    if "age_from" not in facts:
        return ""
    return _("aged {ages}").format(ages=ages(int(facts["age_from"]), int(facts["age_to"])))


def _what(value: Reason) -> str:
    """What a rule gives, where the amount of the line does not say it already."""
    facts = value.facts
    amount = yuan(int(facts.get("amount", 0)))
    off = percent(int(facts.get("basis_points", 0)))
    match value.code:
        case ReasonCode.AGE_DISCOUNT:
            return _("{percent}% off").format(percent=facts["percent"])
        case ReasonCode.AGE_SUBSIDY:
            return _("subsidy")
        case ReasonCode.SUBSIDY_USED:
            return _("subsidy already used at this meal")
        case ReasonCode.OWN_SHARE:
            return _("own share")
        case ReasonCode.FLAT_PRICE:
            return _("flat price {amount}").format(amount=amount)
        case ReasonCode.UP_TO:
            return _("up to {amount}").format(amount=amount)
        case ReasonCode.PERCENT if "at_most" in facts:
            return _("{percent}% off, at most {amount}").format(percent=off, amount=yuan(int(facts["at_most"])))
        case ReasonCode.PERCENT:
            return _("{percent}% off").format(percent=off)
        case ReasonCode.NTH_MEAL:
            return _("meal {nth} of the day, {percent}% off").format(nth=facts["nth"], percent=off)
        case ReasonCode.FREE:
            return _("free")
        case ReasonCode.OPERATING:
            return _("operating subsidy")
        case ReasonCode.DELIVERED:
            return _("delivery subsidy")
        case ReasonCode.WAIVED:
            return str(facts["why"])
    return ""


def _limit_reached(facts: Facts) -> str:
    sentence = {
        Per.MEAL: _("{label}: already used at this meal"),
        Per.DAY: _("{label}: used today already ({uses} of {most})"),
        Per.WEEK: _("{label}: used up this week ({uses} of {most})"),
        Per.MONTH: _("{label}: used up this month ({uses} of {most})"),
    }[Per(str(facts["per"]))]
    return sentence.format(label=facts["label"], uses=facts["uses"], most=facts["most"])


def _day_not_covered(facts: Facts) -> str:
    sentence = {
        DayKind.WORKDAY: _("{label}: not on this day"),
        DayKind.WEEKEND: _("{label}: not at weekends"),
        DayKind.HOLIDAY: _("{label}: not on public holidays"),
        DayKind.MAKE_UP: _("{label}: not on make-up workdays"),
    }[DayKind(str(facts["kind"]))]
    return sentence.format(label=facts["label"])


def _spent_too_little(facts: Facts) -> str:
    spent = yuan(int(facts["spent"]))
    if "more_than" in facts:
        amount = yuan(int(facts["more_than"]))
        return _("{label}: only above {amount}, here {spent}").format(label=facts["label"], amount=amount, spent=spent)
    amount = yuan(int(facts["at_least"]))
    return _("{label}: only from {amount} on, here {spent}").format(label=facts["label"], amount=amount, spent=spent)


def _other_area(facts: Facts) -> str:
    area = level(Level(str(facts["same"])))
    return _("{label}: only in the home {area}").format(label=facts["label"], area=area)


def _other_tender(facts: Facts) -> str:
    tenders = _(", ").join(tender(Tender(one)) for one in str(facts["tenders"]).split(","))
    return _("{label}: only by {tender}").format(label=facts["label"], tender=tenders)


_PLAIN = (ReasonCode.OWN_SHARE, ReasonCode.SUBSIDY_USED, ReasonCode.WAIVED)
"""Reasons that are about nobody's age or category."""
_NOTES: Mapping[ReasonCode, Callable[[Facts], str]] = {
    ReasonCode.LIMIT_REACHED: _limit_reached,
    ReasonCode.DAY_NOT_COVERED: _day_not_covered,
    ReasonCode.SPENT_TOO_LITTLE: _spent_too_little,
    ReasonCode.OTHER_AREA: _other_area,
    ReasonCode.OTHER_TENDER: _other_tender,
}


def rule(value: Rule) -> str:
    """Which rule of the ledger is broken."""
    return {
        Rule.ENTRY_SUMS_TO_ZERO: _("the postings of an entry sum to zero"),
        Rule.SEQUENCE_WITHOUT_GAPS: _("the numbers of a till have no gaps"),
        Rule.CHAIN_UNBROKEN: _("each entry carries the hash of the one before it"),
        Rule.HEAD_IS_LAST: _("a till's head is the hash of its last entry"),
        Rule.WALLET_IS_ITS_POSTINGS: _("a wallet holds what its postings sum to"),
        Rule.LOT_IS_ITS_POSTINGS: _("a top-up has left what its postings sum to"),
        Rule.WALLET_IS_ITS_LOTS: _("a wallet holds what is left of its top-ups"),
        Rule.SALE_IS_ITS_ENTRY: _("a sale says what its entry says"),
        Rule.HELD_IS_ITS_HOLDS: _("what is held is held for open reservations"),
        Rule.REFUND_IS_ITS_ENTRY: _("a refund says what its entry says"),
        Rule.TRANSFER_IS_ITS_ENTRY: _("a transfer says what its entry says"),
        Rule.CARD_IS_ITS_HISTORY: _("a card is what its history made it"),
        Rule.DEPOSITS_ARE_THEIR_CARDS: _("the deposits are those paid for cards"),
        Rule.SCANNED_HEAD_KNOWN: _("the head on the paper stands in the ledger"),
        Rule.CLAIM_UNCHANGED: _("a stamped claim is as it was stamped"),
        Rule.CLAIM_IS_ITS_ENTRIES: _("a claim asks for what its entries moved"),
        Rule.PAYMENT_IS_ITS_ENTRY: _("a payment is what its entry moved"),
    }[value]


def claim_column(value: ClaimColumn) -> str:
    """The title of a column of a claim."""
    return {
        ClaimColumn.NO: _("Line no."),
        ClaimColumn.NUMBER: _("Receipt no."),
        ClaimColumn.DAY: _("Date"),
        ClaimColumn.TIME: _("Time"),
        ClaimColumn.MEAL: _("Meal"),
        ClaimColumn.WAY: _("Way"),
        ClaimColumn.TILL: _("Till"),
        ClaimColumn.NAME: _("Name"),
        ClaimColumn.IDENTITY: _("Identity no."),
        ClaimColumn.AGE: _("Age"),
        ClaimColumn.CATEGORY: _("Category"),
        ClaimColumn.COMMUNITY: _("Community"),
        ClaimColumn.HUKOU: _("Registered in"),
        ClaimColumn.LIST: _("List price"),
        ClaimColumn.OTHERS: _("Other payers"),
        ClaimColumn.DUE: _("Diner paid"),
        ClaimColumn.AMOUNT: _("Claimed"),
        ClaimColumn.OPERATING: _("Operating subsidy"),
        ClaimColumn.DELIVERY: _("Delivery subsidy"),
        ClaimColumn.RULE: _("Rule"),
        ClaimColumn.NOTE: _("Note"),
        ClaimColumn.SIGN: _("Signature"),
    }[value]


def claim_group(value: GroupBy) -> str:
    """What the lines of a claim are added up by."""
    return {
        GroupBy.AGE: _("Age"),
        GroupBy.CATEGORY: _("Category"),
        GroupBy.COMMUNITY: _("Community"),
        GroupBy.WAY: _("Way"),
    }[value]


def claim_key(kind: GroupBy, key: str) -> str:
    """One group of a claim's lines: an age band, a category, a community, a way of eating."""
    if not key:
        return _("not known") if kind is GroupBy.AGE else _("none")
    return way(Way(key)) if kind is GroupBy.WAY else key


def month(day: date) -> str:
    """The month of a day with its year: '2026-11', '2026年11月'."""
    return _("{year:04d}-{month:02d}").format(year=day.year, month=day.month)


def weekday(day: date) -> str:
    """The short name of a weekday."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[day.weekday()]
