"""A payer's list: whom each row means, what stands in the way, and the same list next month."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db.store import SqlStores
from pos.clock import SetClock
from pos.domain.account_errors import BatchRefused, MemberTwice
from pos.domain.cards import CardUid
from pos.domain.errors import NotPermitted
from pos.domain.import_rows import Wrong
from pos.domain.imports import TOP_UP_FIELDS, guess
from pos.domain.members import Member, Wallet
from pos.domain.pricing import Tender
from pos.domain.staff import Actor, Role
from pos.domain.tables import Column, Table
from pos.services.imports import Imports, Source
from pos.services.payer_lists import PayerLists, PayerPreview
from receipts.table_reader import TableReader
from receipts.tables import TableFiles
from tests import made_up
from tests.pos.services.counter import NOON
from tests.shelf import memory_vault

BOSS = Actor(made_up.BOSS.id, made_up.BOSS.name, Role.MANAGER)
CLOCK = SetClock(NOON.replace(year=2026, month=3, day=2))


def quiet(_done: int, _whole: int) -> None:
    return


@pytest.fixture
def lists(stores: SqlStores) -> PayerLists:
    made_up.found_canteen(stores)
    made_up.member(stores)
    return PayerLists(stores, CLOCK, stores.till)


def listed(
    stores: SqlStores, folder: Path, *rows: tuple[str, ...], header: tuple[str, ...] = ("姓名", "电话", "卡号", "出生日期", "金额")
) -> Source:
    TableFiles().write(Table("补助", tuple(map(Column, header)), rows), folder / "list.csv")
    return Imports(stores, CLOCK, stores.till, TableReader(), memory_vault()).read(BOSS, folder / "list.csv", "", quiet)


def preview(lists: PayerLists, source: Source, *, again: bool = False) -> PayerPreview:
    layout = guess(source.table, TOP_UP_FIELDS)
    assert layout is not None
    return lists.preview(BOSS, source, layout, quiet, again=again)


def wrongs(found: PayerPreview) -> list[tuple[Wrong, ...]]:
    return [tuple(problem.wrong for problem in line.problems) for line in found.lines]


def test_a_list_is_booked_whole_one_top_up_for_each_member(
    lists: PayerLists, stores: SqlStores, tmp_path: Path
) -> None:
    other = made_up.member(stores, "张三", CardUid("0100000001"))
    source = listed(stores, tmp_path, ("王秀英", "", "", "", "50"), ("张三", "", "", "", "30.5"), ("合计", "", "", "", "80.5"))

    found = preview(lists, source)
    batch = lists.book(BOSS, found, "某某公司", Tender.BANK)

    assert (found.total, found.stopped, [line.balance_after for line in found.lines]) == (8_050, 0, [5_000, 3_050])
    assert [(one.member_name, one.principal, one.paid_by) for one in batch.top_ups] == [
        ("王秀英", 5_000, "某某公司"),
        ("张三", 3_050, "某某公司"),
    ]
    with stores.read() as store:
        assert [store.members.wallet(one) for one in ("wang", other.id)] == [
            Wallet("wang", 5_000, 0),
            Wallet(other.id, 3_050, 0),
        ]
        assert store.ledger.verify("", quiet).findings == ()


def test_the_same_list_adds_nothing_until_somebody_says_once_more(
    lists: PayerLists, stores: SqlStores, tmp_path: Path
) -> None:
    source = listed(stores, tmp_path, ("王秀英", "", "", "", "50"))
    lists.book(BOSS, preview(lists, source), "某某公司", Tender.BANK)

    later = preview(lists, source)
    lists.book(BOSS, later, "某某公司", Tender.BANK)
    once_more = preview(lists, source, again=True)
    lists.book(BOSS, once_more, "某某公司", Tender.BANK)

    assert (later.runs, [line.booked for line in later.lines]) == (1, [True])
    assert [line.booked for line in once_more.lines] == [False]
    assert preview(lists, source).runs == 2
    with stores.read() as store:
        assert store.members.wallet("wang") == Wallet("wang", 10_000, 0)


def test_a_row_means_the_one_member_whom_card_name_phone_and_birth_date_leave(
    lists: PayerLists, stores: SqlStores, tmp_path: Path
) -> None:
    with stores.write() as store:
        namesake = Member("namesake", "王秀英", date(1951, 1, 1), "13900000000")
        store.members.add(namesake, (), made_up.NOON_MS)
    source = listed(
        stores,
        tmp_path,
        ("王秀英", "", "", "", "1"),
        ("王秀英", "13800001234", "", "", "2"),
        ("王秀英", "", "", "1951-01-01", "3"),
        ("", "", made_up.WANG_CARD.printed, "", "4"),
        ("张三", "", made_up.WANG_CARD.printed, "", "5"),
        ("李四", "", "", "", "6"),
    )

    found = preview(lists, source)

    assert [line.member_id for line in found.lines] == ["", "wang", "namesake", "wang", "", ""]
    assert wrongs(found) == [(Wrong.SEVERAL,), (), (), (Wrong.REFUSED,), (Wrong.NOBODY,), (Wrong.NOBODY,)]
    twice = found.lines[3].problems[0].refusal
    assert isinstance(twice, MemberTwice)


@pytest.mark.parametrize(
    ("amount", "wrong"),
    [("", Wrong.NOTHING_TO_PAY), ("0", Wrong.NOTHING_TO_PAY), ("9.999", Wrong.BAD_AMOUNT), ("-5", Wrong.BAD_AMOUNT), ("五十", Wrong.BAD_AMOUNT)],
)
def test_an_amount_that_is_none_stops_the_list(
    lists: PayerLists, stores: SqlStores, tmp_path: Path, amount: str, wrong: Wrong
) -> None:
    found = preview(lists, listed(stores, tmp_path, ("王秀英", "", "", "", amount)))

    assert wrongs(found) == [(wrong,)]


@pytest.mark.parametrize("row", [("李四", "", "", "", "50"), ("张三", "", "12X", "", "50")])
def test_a_list_with_a_row_of_nobody_or_of_a_wrong_card_is_not_booked(
    lists: PayerLists, stores: SqlStores, tmp_path: Path, row: tuple[str, ...]
) -> None:
    made_up.member(stores, "张三", CardUid("0100000001"))
    found = preview(lists, listed(stores, tmp_path, ("王秀英", "", "", "", "50"), row))

    with pytest.raises(BatchRefused) as refused:
        lists.book(BOSS, found, "某某公司", Tender.BANK)

    assert (refused.value.refused, refused.value.first, refused.value.rows) == (1, 2, 2)
    with stores.read() as store:
        assert store.members.wallet("wang") == Wallet("wang", 0, 0)


def test_a_cashier_books_no_list(lists: PayerLists, stores: SqlStores, tmp_path: Path) -> None:
    source = listed(stores, tmp_path, ("王秀英", "", "", "", "50"))
    layout = guess(source.table, TOP_UP_FIELDS)
    assert layout is not None

    with pytest.raises(NotPermitted):
        lists.preview(Actor("c", "李桂兰", Role.CASHIER), source, layout, quiet)
