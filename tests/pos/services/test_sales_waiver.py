"""A waiver: a manager lets somebody off for a reason, and it stands in an account of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pos.domain.errors import NotPermitted, PriceChanged
from pos.domain.pricing import LONGEST_WHY, WAIVER, Tender, Waiver, WaiverNeedsReason, Way
from pos.domain.sales import Sale
from tests.pos.services.counter import TARIFF, Counter, refused


def waived(counter: Counter, waiver: Waiver, due: int, tender: Tender = Tender.CARD) -> Sale:
    member = counter.rich(born=date(1944, 1, 1))
    order = replace(counter.order(member, tender=tender), waiver=waiver, shown_due=due, given=due)
    return counter.checkout.charge(counter.manager, order)


@pytest.mark.parametrize(("amount", "due"), [(None, 0), (300, 420), (99_999, 0)])
def test_a_manager_waives_all_or_a_part_of_what_is_left(counter: Counter, amount: int | None, due: int) -> None:
    sale = waived(counter, Waiver("菜凉了", amount), due)

    # 12.00 less 15 % and the city's 3.00 leaves 7.20
    assert counter.balance("waivers") == 720 - due
    assert counter.balance("receivable:city") == 300
    assert [(line.payer, line.amount, line.reason.facts) for line in sale.bill.lines if line.payer == WAIVER] == [
        (WAIVER, 720 - due, {"why": "菜凉了"})
    ]
    assert (sale.payment.principal + sale.payment.bonus, counter.verify.run().findings) == (due, ())


def test_a_number_in_a_waivers_reason_is_neither_kept_nor_printed(counter: Counter) -> None:
    sale = waived(counter, Waiver("证件 999999193608150245"), 0)

    assert [line.reason.facts for line in sale.bill.lines if line.payer == WAIVER] == [{"why": "证件 0245"}]


def test_the_shift_report_counts_what_was_waived(counter: Counter) -> None:
    waived(counter, Waiver("菜凉了", 300), 420)

    assert counter.shifts.x_report(counter.manager).helped["waiver"] == 300


def test_an_undone_meal_undoes_its_waiver(counter: Counter) -> None:
    sale = waived(counter, Waiver("菜凉了"), 0)

    counter.checkout.undo(counter.manager, "undo", sale.id)

    assert (counter.balance("waivers"), counter.balance("receivable:city"), counter.verify.run().findings) == (0, 0, ())


def test_a_cashier_may_not_waive(counter: Counter) -> None:
    order = replace(counter.order(counter.rich()), waiver=Waiver("熟人"), shown_due=0)

    assert refused(counter, order, NotPermitted).permission == "waiver"


@pytest.mark.parametrize("why", ["", "  ", "长" * (LONGEST_WHY + 1)])
def test_a_waiver_needs_a_reason_that_fits_on_the_roll(counter: Counter, why: str) -> None:
    order = replace(counter.order(counter.rich()), waiver=Waiver(why), shown_due=0)

    with pytest.raises(WaiverNeedsReason):
        counter.checkout.charge(counter.manager, order)


def test_a_waiver_that_the_screen_did_not_show_is_not_taken(counter: Counter) -> None:
    order = replace(counter.order(counter.rich()), waiver=Waiver("菜凉了"))

    with pytest.raises(PriceChanged):
        counter.checkout.charge(counter.manager, order)


FEES = TARIFF.replace("test-2026", "with-fee") + """
[[rules]]
id = "fee"
label = "送餐费"
how = { ways = ["delivery"] }
then = { fee = 2.00 }

[[rules]]
id = "delivered"
how = { ways = ["delivery"] }
then = { report = 3.00, service = "delivery" }
payers = ["city"]
"""


def test_a_delivery_fee_is_paid_on_top_and_a_report_moves_no_money(counter: Counter) -> None:
    member = counter.rich()
    with counter.stores.write() as store:
        store.tariff.publish(FEES, counter.manager.staff_id, counter.clock.now_ms())
    order = replace(counter.order(member), way=Way.DELIVERY, shown_due=1_400)

    sale = counter.checkout.charge(counter.cashier, order)

    assert (sale.bill.list_price, sale.bill.fees, sale.bill.due) == (1_200, 200, 1_400)
    assert [(line.payer, line.amount) for line in sale.bill.reports] == [("city", 300)]
    assert (counter.balance("delivery_fees"), counter.balance("receivable:city")) == (-200, 0)
    with counter.stores.read() as store:
        assert store.sales.get(sale.id) == sale
    assert counter.verify.run().findings == ()
