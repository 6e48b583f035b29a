"""What a claim's lines know of a meal: the member as of its day, fees left out, subsidies that no bill shows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.store import SqlStores
from pos.domain.absences import Absence
from pos.domain.claim_anomalies import AnomalyKind
from pos.domain.claim_errors import EarlierMonthUnclaimed
from pos.domain.claims import ClaimLine
from pos.domain.identity import DocumentKind, SealedDocument
from pos.domain.members import Member, MemberStatus
from pos.domain.profile import Held, Particulars
from pos.services.claims import StampOrder
from pos.services.members import NewMember
from tests.pos.services.claiming import CITY, DECEMBER, NOVEMBER, Claiming, claiming_on, old_member

DOCUMENT = SealedDocument(DocumentKind.RESIDENT, "001X", "key", b"sealed", "print")
REPORTING = """\
id = "reporting"
title = "助餐优惠"
valid_from = 2026-01-01

[payers]
city = "市民政局"
town = "镇政府"

[[rules]]
id = "80+"
who = { age_from = 80 }
then = { off = 3.00 }
payers = ["city"]

[[rules]]
id = "serving"
who = { age_from = 60 }
then = { report = 2.00 }
payers = ["city"]

[[rules]]
id = "town-share"
who = { age_from = 60 }
then = { off = 1.00 }
payers = ["town"]
"""


@pytest.fixture
def claiming(stores: SqlStores, tmp_path: Path) -> Claiming:
    return claiming_on(stores, tmp_path)


def _lines(claiming: Claiming, payer: str = CITY) -> tuple[ClaimLine, ...]:
    return claiming.claims.preview(claiming.counter.manager, payer, NOVEMBER).lines


def test_a_line_has_what_held_on_its_day_where_the_member_lives_and_four_signs_of_the_document(claiming: Claiming) -> None:
    held = (Held("低保", None, date(2026, 11, 2)), Held("残疾", date(2026, 11, 3), None), Held("优抚"))
    known = Particulars(categories=held, hukou="上海市/普陀区", residence="上海市/普陀区/长寿路街道/幸福里社区")
    with claiming.day(date(2026, 11, 2)):
        new = NewMember("王䶮", date(1944, 1, 1), particulars=known)
        wang = claiming.counter.members.enrol(claiming.counter.manager, new)
        with claiming.counter.stores.write() as store:
            store.identities.put(wang.id, DOCUMENT)
        claiming.counter.top_up(wang, 20_000)
        claiming.counter.sell(wang)
    claiming.sell_on(date(2026, 11, 3), wang)

    lines = _lines(claiming)

    assert [line.categories for line in lines] == [("优抚", "低保"), ("优抚", "残疾")]
    assert {(line.hukou, line.community, line.identity) for line in lines} == {("上海市/普陀区", "幸福里社区", "001X")}


def test_rule_18_what_is_paid_for_serving_is_counted_and_no_part_of_the_sum(claiming: Claiming) -> None:
    with claiming.day(date(2026, 11, 2)):
        with claiming.counter.stores.write() as store:
            store.tariff.publish(REPORTING, claiming.counter.manager.staff_id, 0)
        old, younger = old_member(claiming), old_member(claiming, "刘堃", date(1960, 1, 1))
        for member in (old, younger):
            claiming.counter.sell(member)
            claiming.counter.wait(minutes=1)
        undone = claiming.counter.sell(younger, again=True)
        claiming.counter.checkout.undo(claiming.counter.manager, "undo", undone.id)

    lines = _lines(claiming)
    claiming.at(date(2026, 12, 1))
    claim = claiming.stamp(NOVEMBER)

    assert [(line.name, line.amount, line.operating, line.others) for line in lines] == [
        ("王䶮", 300, 200, (("town", 100),)),
        ("刘堃", 0, 200, (("town", 100),)),
    ]
    assert [line.list_price - line.due - line.amount for line in lines] == [100, 100]
    assert (claim.total, claim.lines) == (300, 2)
    assert [line.operating for line in _lines(claiming, "town")] == [0, 0]
    assert claiming.counter.verify.run().findings == ()


def test_who_pays_for_serving_alone_has_months_and_claims_too(claiming: Claiming) -> None:
    street = 'town = "镇政府"\nstreet = "街道办"'
    serving = '\n[[rules]]\nid = "street"\nthen = { report = 1.50 }\npayers = ["street"]\nwho = { age_from = 60 }\n'
    with claiming.day(date(2026, 11, 2)):
        with claiming.counter.stores.write() as store:
            store.tariff.publish(REPORTING.replace('town = "镇政府"', street) + serving, claiming.counter.manager.staff_id, 0)
        old = old_member(claiming)
        claiming.counter.sell(old)
    claiming.sell_on(date(2026, 12, 2), old)
    claiming.at(date(2027, 1, 1))

    manager = claiming.counter.manager
    months = {one.payer: [month for month, _claim in one.months] for one in claiming.claims.months(manager)}
    with pytest.raises(EarlierMonthUnclaimed):
        claiming.claims.stamp(manager, StampOrder("december", "street", DECEMBER, 0, 1))
    claim = claiming.claims.stamp(manager, StampOrder("november", "street", NOVEMBER, 0, 1))

    assert months == {payer: [DECEMBER, NOVEMBER] for payer in (CITY, "street", "town")}
    assert [line.operating for line in _lines(claiming, "street")] == [150]
    assert (claim.lines, claim.total, claim.payer_name) == (1, 0, "街道办")
    assert claiming.counter.verify.run().findings == ()


def _absent(claiming: Claiming, member: Member, **days: Any) -> None:
    with claiming.counter.stores.write() as store:
        store.profiles.put_absence(member.id, Absence("absence", **days))


@pytest.mark.parametrize(
    ("days", "odd"),
    [
        ({"status": MemberStatus.DECEASED, "first": date(2026, 11, 1)}, ["deceased"]),
        ({"status": MemberStatus.PAUSED, "first": date(2026, 11, 2), "last": date(2026, 11, 4)}, ["paused"]),
        ({"status": MemberStatus.PAUSED, "first": date(2026, 11, 3)}, []),
    ],
)
def test_a_meal_of_somebody_who_was_absent_on_its_day_looks_odd(
    claiming: Claiming, days: dict[str, Any], odd: list[str]
) -> None:
    with claiming.day(date(2026, 11, 2)):
        wang = old_member(claiming)
        claiming.counter.sell(wang)
    _absent(claiming, wang, **days)

    found = claiming.claims.preview(claiming.counter.manager, CITY, NOVEMBER).anomalies

    assert [one.detail for one in found if one.kind is AnomalyKind.NOT_ACTIVE] == odd
