"""Topping up by the canteen's terms: offers for some, limits, warnings, somebody else who pays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pos.domain.accounts import Payer, TopUpPreview, TopUpWarning
from pos.domain.errors import BadAmount, BadName, BalanceAboveLimit, CashTooLittle, MemberUnknown
from pos.domain.ledger import SpendOrder
from pos.domain.members import Member
from pos.domain.offers import BonusOffer, HowOften, OfferKind
from pos.domain.pricing import Tender
from pos.domain.profile import Held, Particulars
from pos.services.accounts import TopUpOrder
from pos.services.members import NewMember
from tests.pos.services.counter import Counter, rows_of

MONTHLY = BonusOffer("monthly", "每月一次", 10_000, 1_000, how_often=HowOften.MONTHLY)
WELCOME = BonusOffer("welcome", "首充", 10_000, 5_000, how_often=HowOften.ONCE)
OVER_80 = BonusOffer("80", "八旬", 10_000, 2_000, age_from=80)
PACKAGE = BonusOffer("71", "付71得100", 7_100, 2_900, OfferKind.PACKAGE)
ENDED = BonusOffer("old", "已结束", 10_000, 9_000, valid_to=date(2026, 11, 22))


def decided(counter: Counter, **terms: Any) -> None:
    with counter.stores.write() as store:
        canteen = store.canteen.get()
        assert canteen is not None
        store.canteen.put(replace(canteen, **terms), counter.manager.staff_id, counter.clock.now_ms())


def previewed(counter: Counter, member: Member, amount: int, **facts: Any) -> TopUpPreview:
    return counter.top_ups.preview(TopUpOrder("p", member.id, Tender.WECHAT, amount, **facts))


def nameless(counter: Counter) -> Member:
    return counter.members.enrol(counter.manager, NewMember("散客一", None, particulars=Particulars(categories=(Held("不记名"),))))


def test_every_canteen_can_say_that_a_card_bears_no_name(counter: Counter) -> None:
    with counter.stores.read() as store:
        canteen = store.canteen.get()
    assert canteen is not None
    assert "不记名" in canteen.categories
    assert previewed(counter, nameless(counter), 1).limit == 100_000


def lots(counter: Counter) -> list[Any]:
    return rows_of(counter.file, "SELECT principal, bonus, spend_order, terms FROM lots ORDER BY seq")


def test_C6_the_preview_is_what_is_booked_and_what_can_be_spent(counter: Counter) -> None:
    member = counter.rich()
    seen = previewed(counter, member, 20_000)

    top_up = counter.top_up(member, 20_000, Tender.WECHAT)

    assert (seen.pays, seen.bonus, seen.gets, seen.offer) == (20_000, 2_000, 22_000, "充200送20")
    assert seen.balance_after == top_up.balance_after == sum(counter.wallet(member)) == 44_000
    assert counter.sell(member, ("rice", 99)).balance_after == 44_000 - 9_900


def test_a_preview_writes_nothing_and_says_what_a_larger_amount_would_earn(counter: Counter) -> None:
    member = counter.enrol()

    seen = previewed(counter, member, 5_000)

    assert (seen.bonus, seen.next_pay, seen.next_bonus, seen.room) == (0, 20_000, 2_000, 500_000)
    assert (seen.refusal, counter.count("lots"), counter.jobs()) == (None, 0, [])


def test_a_preview_says_why_it_would_be_refused(counter: Counter) -> None:
    member = counter.enrol()

    refusals = [
        previewed(counter, member, 0).refusal,
        counter.top_ups.preview(TopUpOrder("p", member.id, Tender.CASH, 200, given=100)).refusal,
    ]

    assert [type(refusal) for refusal in refusals] == [BadAmount, CashTooLittle]
    with pytest.raises(MemberUnknown):
        counter.top_ups.preview(TopUpOrder("p", "nobody", Tender.CASH, 200))


def test_before_the_limit_there_is_a_warning_and_at_it_a_refusal(counter: Counter) -> None:
    decided(counter, balance_limit=100_000, offers=())
    member = counter.rich(amount=80_000)
    seen = [previewed(counter, member, amount, identity_seen=True) for amount in (1, 20_000, 20_001)]

    assert [one.warnings for one in seen] == [(TopUpWarning.NEAR_LIMIT,)] * 3
    assert [type(one.refusal) for one in seen] == [type(None), type(None), BalanceAboveLimit]
    assert previewed(counter, counter.enrol("李四"), 80_000, identity_seen=True).warnings == ()


def test_a_card_without_a_name_holds_1000_yuan_and_no_fen_more(counter: Counter) -> None:
    decided(counter, offers=())
    member = nameless(counter)

    seen = [previewed(counter, member, amount) for amount in (100_000, 100_001)]

    assert [(one.limit, type(one.refusal)) for one in seen] == [(100_000, type(None)), (100_000, BalanceAboveLimit)]


def test_the_bonus_counts_towards_the_limit_unless_the_canteen_decides_otherwise(counter: Counter) -> None:
    decided(counter, balance_limit=30_000, offers=(BonusOffer("o", "", 10_000, 6_000),))
    member = counter.rich(amount=10_000)
    with_bonus = previewed(counter, member, 10_000).refusal

    decided(counter, limit_principal_only=True)
    without = previewed(counter, member, 20_000).refusal

    assert (type(with_bonus), without) == (BalanceAboveLimit, None)
    assert type(previewed(counter, member, 20_001).refusal) is BalanceAboveLimit


def test_an_offer_once_a_month_counts_again_in_the_next(counter: Counter) -> None:
    decided(counter, offers=(MONTHLY,))
    member = counter.enrol()
    first, second = (counter.top_up(member, 10_000).bonus for _ in range(2))
    counter.shifts.close(counter.cashier, 30_000)
    counter.wait(days=8)
    counter.shifts.open(counter.cashier, 0)

    assert (first, second, counter.top_up(member, 10_000).bonus) == (1_000, 0, 1_000)
    assert counter.clock.local().date() == date(2026, 12, 1)


def test_an_offer_for_the_first_time_counts_once_and_again_after_it_was_undone(counter: Counter) -> None:
    decided(counter, offers=(WELCOME,))
    member = counter.enrol()
    first = counter.top_up(member, 10_000)
    seen = previewed(counter, member, 10_000, identity_seen=True)
    counter.top_ups.undo(counter.cashier, "undo", first.id)

    assert (first.offer_id, first.bonus, seen.bonus, seen.warnings) == ("welcome", 5_000, 0, (TopUpWarning.OFFER_USED,))
    assert counter.top_up(member, 10_000).bonus == 5_000


def test_E1_an_offer_from_80_counts_from_the_80th_birthday_on(counter: Counter) -> None:
    decided(counter, offers=(OVER_80,))
    born = [date(1946, 11, 23), date(1946, 11, 24), None]

    bonuses = [counter.top_up(counter.enrol(f"某{n}", day), 10_000).bonus for n, day in enumerate(born)]

    assert bonuses == [2_000, 0, 0]


def test_pay_71_get_100_and_an_offer_that_has_ended_gives_nothing(counter: Counter) -> None:
    decided(counter, offers=(PACKAGE, ENDED))
    member = counter.enrol()

    gained = [counter.top_up(member, amount) for amount in (7_100, 10_000)]

    assert [(one.principal, one.bonus, one.offer) for one in gained] == [(7_100, 2_900, "付71得100"), (10_000, 0, "")]


def test_the_terms_of_the_day_are_stamped_on_the_lot(counter: Counter) -> None:
    member = counter.rich()
    decided(counter, offers=(), spend_order=SpendOrder.BONUS_FIRST)
    counter.top_up(member, 5_000)

    assert lots(counter) == [
        (20_000, 2_000, "pro_rata", "offer-200 steps 200.00 +20.00"),
        (5_000, 0, "bonus_first", ""),
    ]


@pytest.mark.parametrize(
    ("order", "left"),
    [
        (SpendOrder.PRINCIPAL_FIRST, (13_400, 2_000)),
        (SpendOrder.BONUS_FIRST, (15_400, 0)),
        (SpendOrder.PRO_RATA, (14_000, 1_400)),
    ],
)
def test_66_yuan_eaten_of_200_and_20_leave_what_the_order_of_the_lot_says(
    counter: Counter, order: SpendOrder, left: tuple[int, int]
) -> None:
    decided(counter, spend_order=order)
    member = counter.rich()
    decided(counter, spend_order=SpendOrder.PRO_RATA)

    counter.sell(member, ("rice", 66))

    assert counter.wallet(member) == left


def test_who_paid_for_the_member_is_kept_with_the_money_and_with_the_document(counter: Counter) -> None:
    member = counter.enrol()
    order = TopUpOrder("t", member.id, Tender.WECHAT, 10_000, payer=Payer(" 李小红 ", "女儿"), identity_seen=True)

    top_up = counter.top_ups.top_up(counter.cashier, order)

    with counter.stores.read() as store:
        assert store.ledger.top_up("t") == top_up
    assert (top_up.paid_by, top_up.relation, top_up.identity_seen) == ("李小红", "女儿", True)


@pytest.mark.parametrize("payer", [Payer("  "), Payer("张\x1b三"), Payer("张三", "很" * 21)])
def test_a_payer_without_a_proper_name_is_refused(counter: Counter, payer: Payer) -> None:
    order = TopUpOrder("t", counter.enrol().id, Tender.WECHAT, 10_000, payer=payer)

    with pytest.raises(BadName):
        counter.top_ups.top_up(counter.cashier, order)


def test_a_document_is_asked_for_a_named_card_and_for_10000_yuan_without_a_name(counter: Counter) -> None:
    decided(counter, anonymous_limit=5_000_000, top_up_limit=2_000_000, offers=())
    named, guest = counter.enrol(), nameless(counter)

    asked = [
        TopUpWarning.IDENTITY in previewed(counter, member, amount, identity_seen=seen).warnings
        for member, amount, seen in (
            (named, 100, False),
            (named, 100, True),
            (guest, 999_999, False),
            (guest, 1_000_000, False),
        )
    ]

    assert asked == [True, False, False, True]
