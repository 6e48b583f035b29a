"""Stamping a claim: what it holds, when it may be stamped, and that it never changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.store import SqlStores
from pos.clock import CHINA
from pos.domain.claim_errors import (
    ClaimChanged,
    ClaimStamped,
    EarlierMonthUnclaimed,
    LaterClaimStamped,
    MonthHasOpenShift,
    MonthNotOver,
    NothingToClaim,
)
from pos.domain.claims import FIRST_CLAIM_FOLLOWS, ClaimLine, claim_hash, write_line
from pos.domain.errors import NotPermitted, Refusal
from pos.domain.menu import Meal
from pos.domain.pricing import Way
from pos.services.claims import StampOrder
from tests.pos.services.claiming import CITY, DECEMBER, NOVEMBER, OCTOBER, Claiming, claiming_on, old_member


@pytest.fixture
def claiming(stores: SqlStores, tmp_path: Path) -> Claiming:
    return claiming_on(stores, tmp_path)


def _refusal(ask: Callable[[], Any], kind: type[Refusal]) -> Any:
    with pytest.raises(kind) as refusal:
        ask()
    return refusal.value


def _sound(claiming: Claiming) -> None:
    assert claiming.counter.verify.run().findings == ()


def test_a_line_says_who_ate_what_and_who_pays_which_part(claiming: Claiming) -> None:
    with claiming.day(date(2026, 11, 2)):
        wang, young = old_member(claiming), old_member(claiming, "李雷", date(1990, 5, 5))
        sale = claiming.counter.sell(wang)
        claiming.counter.sell(young)

    preview = claiming.claims.preview(claiming.counter.manager, CITY, NOVEMBER)

    expected = ClaimLine(
        entry_id=sale.id,
        sale_id=sale.id,
        number=sale.number,
        day=date(2026, 11, 2),
        undone_on=None,
        meal=Meal.LUNCH,
        way=Way.DINE_IN,
        at_ms=sale.at_ms,
        till="A",
        member_id=wang.id,
        name="王䶮",
        identity="",
        age=82,
        categories=(),
        community="",
        hukou="",
        by_hand=True,
        list_price=1_200,
        due=720,
        amount=300,
        others=(("canteen", 180),),
        operating=0,
        delivery=0,
        rules=("80-89",),
        tariff_id="test-2026",
    )
    assert (preview.lines, preview.total, preview.movement) == ((expected,), 300, 300)
    assert (preview.payer_name, preview.claim) == ("市民政局", None)


def test_a_stamped_claim_carries_its_ledger_its_chain_and_its_hash(claiming: Claiming) -> None:
    with claiming.day(date(2026, 11, 2)):
        wang = old_member(claiming)
        claiming.counter.sell(wang)
    claiming.sell_on(date(2026, 12, 1), wang)

    november = claiming.stamp(NOVEMBER)
    claiming.at(date(2027, 1, 4))
    december = claiming.stamp(DECEMBER)

    with claiming.counter.stores.read() as store:
        last = store.ledger.last("A")
        lines = store.claims.lines(december.id)
        assert store.claims.stamped() == (november, december)
    assert last is not None
    assert [(head.number, head.hash) for head in december.heads] == [(last.number, last.hash)]
    assert (november.number, november.seq, november.lines, november.total) == ("city-2026-11", 1, 1, 300)
    assert (november.prev_hash, december.prev_hash) == (FIRST_CLAIM_FOLLOWS, november.hash)
    assert december.hash == claim_hash(december, map(write_line, lines))
    assert december.canteen == "幸福里社区食堂"
    _sound(claiming)


def test_stamping_again_with_the_same_id_gives_the_same_claim(claiming: Claiming) -> None:
    with claiming.day(date(2026, 11, 2)):
        claiming.counter.sell(old_member(claiming))
    claiming.at(date(2026, 12, 1))
    order = claiming.order(NOVEMBER)

    stamped = [claiming.claims.stamp(claiming.counter.manager, order) for _ in range(3)]

    assert stamped == [stamped[0]] * 3
    assert claiming.claims.stamped(claiming.counter.manager) == (stamped[0],)


def test_a_meal_that_was_undone_before_anybody_claimed_it_is_nobodys_business(claiming: Claiming) -> None:
    with claiming.day(date(2026, 11, 2)):
        wang = old_member(claiming)
        kept = claiming.counter.sell(wang)
        undone = claiming.counter.sell(old_member(claiming, "李桂英"))
        claiming.counter.checkout.undo(claiming.counter.manager, "undo", undone.id)
    claiming.at(date(2026, 12, 1))

    claim = claiming.stamp(NOVEMBER)

    with claiming.counter.stores.read() as store:
        assert [line.sale_id for line in store.claims.lines(claim.id)] == [kept.id]
    _sound(claiming)


def test_rule_23_a_meal_undone_after_its_month_was_stamped_is_a_negative_line_of_the_next_claim(
    claiming: Claiming,
) -> None:
    with claiming.day(date(2026, 11, 2)):
        wang = old_member(claiming)
    claiming.sell_on(date(2026, 11, 3), wang)
    taken_back = _sale_whose_shift_stays_open(claiming, wang, date(2026, 11, 30))
    november = claiming.stamp(NOVEMBER)
    _undo_behind_the_stamp(claiming, taken_back)
    claiming.sell_on(date(2026, 12, 2), wang)
    claiming.at(date(2027, 1, 4))

    december = claiming.stamp(DECEMBER)

    with claiming.counter.stores.read() as store:
        lines = store.claims.lines(december.id)
        assert store.claims.lines(november.id)[-1].sale_id == taken_back
        assert store.ledger.balance("receivable:city") == november.total + december.total
    said = [(line.day, line.undone_on, line.amount, line.list_price, line.due) for line in lines]
    assert said == [
        (date(2026, 12, 2), None, 300, 1_200, 720),
        (date(2026, 11, 30), date(2026, 11, 30), -300, -1_200, -720),
    ]
    assert (november.total, december.total) == (600, 0)
    _sound(claiming)


def _sale_whose_shift_stays_open(claiming: Claiming, member: Any, day: date) -> str:
    """A sale at another till whose close will come in late, as from a till that was away from its store."""
    with claiming.day(day):
        sold = claiming.counter.sell(member)
    claiming.at(date(2026, 12, 1))
    return sold.id


def _undo_behind_the_stamp(claiming: Claiming, sale_id: str) -> None:
    """A reversal dated in the stamped month."""
    from pos.domain.ledger import Draft, EntryKind, reversed_postings

    with claiming.counter.stores.write() as store:
        entry = store.ledger.entry(sale_id)
        assert entry is not None
        draft = replace(
            entry.draft,
            id="late-undo",
            kind=EntryKind.REVERSAL,
            postings=reversed_postings(entry.draft.postings),
            reverses=sale_id,
        )
        assert isinstance(draft, Draft)
        store.ledger.post(draft)


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2026, 11, 30)])
def test_a_month_is_claimed_when_it_is_over(claiming: Claiming, day: date) -> None:
    with claiming.day(date(2026, 11, 2)):
        claiming.counter.sell(old_member(claiming))
    claiming.at(day)

    refusal = _refusal(lambda: claiming.stamp(NOVEMBER), MonthNotOver)

    assert refusal.month == "2026-11"


def test_a_month_is_claimed_when_its_last_shift_is_closed(claiming: Claiming) -> None:
    claiming.at(date(2026, 11, 30))
    claiming.counter.shifts.open(claiming.counter.manager, 0)
    claiming.counter.sell(old_member(claiming))
    claiming.at(date(2026, 12, 1))

    refusal = _refusal(lambda: claiming.stamp(NOVEMBER), MonthHasOpenShift)

    assert (refusal.till, refusal.business_date) == ("A", "2026-11-30")


def test_months_are_stamped_in_their_order_and_once(claiming: Claiming) -> None:
    with claiming.day(date(2026, 10, 2)):
        wang = old_member(claiming)
        claiming.counter.sell(wang)
    claiming.sell_on(date(2026, 11, 3), wang)
    claiming.at(date(2026, 12, 1))

    too_early = _refusal(lambda: claiming.stamp(NOVEMBER), EarlierMonthUnclaimed)
    claiming.stamp(OCTOBER)
    claiming.stamp(NOVEMBER)
    twice = _refusal(lambda: claiming.claims.stamp(claiming.counter.manager, claiming.order(NOVEMBER, "x")), ClaimStamped)
    too_late = _refusal(lambda: claiming.claims.stamp(claiming.counter.manager, StampOrder("y", CITY, replace(OCTOBER, number=9), 0, 0)), LaterClaimStamped)  # fmt: skip

    assert (too_early.month, twice.number, too_late.number) == ("2026-10", "city-2026-11", "city-2026-10")


def test_a_month_without_meals_is_not_claimed(claiming: Claiming) -> None:
    claiming.at(date(2026, 12, 1))

    refusal = _refusal(lambda: claiming.stamp(NOVEMBER), NothingToClaim)

    assert refusal.month == "2026-11"


def test_what_is_stamped_is_what_was_shown(claiming: Claiming) -> None:
    with claiming.day(date(2026, 11, 2)):
        wang = old_member(claiming)
        claiming.counter.sell(wang)
    claiming.at(date(2026, 11, 20))
    shown_too_early = claiming.order(NOVEMBER)
    claiming.sell_on(date(2026, 11, 21), wang)
    claiming.at(date(2026, 12, 1))

    refusal = _refusal(lambda: claiming.claims.stamp(claiming.counter.manager, shown_too_early), ClaimChanged)

    assert (refusal.shown, refusal.now) == (300, 600)
    assert claiming.claims.stamped(claiming.counter.manager) == ()


def test_only_who_may_claim_sees_and_stamps_claims(claiming: Claiming) -> None:
    cashier = claiming.counter.cashier
    asks: list[Callable[[], object]] = [
        lambda: claiming.claims.months(cashier),
        lambda: claiming.claims.owed(cashier),
        lambda: claiming.claims.preview(cashier, CITY, NOVEMBER),
        lambda: claiming.claims.stamp(cashier, StampOrder("c", CITY, NOVEMBER, 0, 0)),
        lambda: claiming.claims.stamped(cashier),
        lambda: claiming.payments.listed(cashier),
        lambda: claiming.payments.undo(cashier, "u", "p"),
    ]

    refused = [_refusal(ask, NotPermitted).permission for ask in asks]

    assert refused == ["claim"] * len(asks)


def test_the_screen_finds_payers_and_months_in_the_ledger(claiming: Claiming) -> None:
    with claiming.day(date(2026, 10, 30)):
        wang = old_member(claiming)
        claiming.counter.sell(wang)
    claiming.sell_on(date(2026, 11, 3), wang)
    claiming.sell_on(date(2026, 11, 4), wang)
    october = claiming.stamp(OCTOBER)

    (city,) = claiming.claims.months(claiming.counter.manager)

    assert (city.payer, city.name) == ("city", "市民政局")
    assert city.months == ((NOVEMBER, None), (OCTOBER, october))
    assert claiming.counter.clock.local().tzinfo is CHINA
