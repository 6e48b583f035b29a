"""One person's rows on both databases: all of them, and what forgetting leaves."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db.store import SqlStores
from pos.domain.absences import Absence
from pos.domain.address import Address
from pos.domain.bill import Way
from pos.domain.cases import Case, CaseKind, CaseStep, StepTaken
from pos.domain.deliveries import BoxMove, Outcome, Result
from pos.domain.identity import DocumentKind, SealedDocument
from pos.domain.members import MemberStatus
from pos.domain.menu import Meal
from pos.domain.prints import PrintKind
from pos.domain.profile import Held, Particulars, Profile, ProfileField
from tests.made_up import (
    BOSS,
    NOON_MS,
    TODAY,
    WANG,
    bill_of,
    found_canteen,
    member,
    reservation,
    sell,
    topped_up_member,
)

KNOWN = Profile(WANG.name, WANG.birth_date, WANG.phone, Particulars(address=Address("幸福里"), categories=(Held("低保"),)))


def _somebody(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    topped_up_member(stores, shift, 10_000)
    with stores.write() as store:
        sell(store, shift, WANG, 1_000)
        store.profiles.put(WANG.id, KNOWN, ("幸福里",))
        store.profiles.put_absence(WANG.id, Absence("a", MemberStatus.PAUSED, TODAY))
        store.profiles.note(WANG.id, BOSS.id, NOON_MS, [(ProfileField.NAME, "甲", "乙")])
        store.profiles.set_photo(WANG.id, b"jpeg")
        store.identities.put(WANG.id, SealedDocument(DocumentKind.RESIDENT, "001X", "key", b"box", "print"))


def _looked_for(stores: SqlStores) -> None:
    """A stop of the same person at which nobody answered, with words about it."""
    stop = reservation(WANG, TODAY, bill_of(900), "stop", way=Way.DELIVERY)
    with stores.write() as store:
        store.reservations.add(stop, BOSS.id)
        store.deliveries.add(Result("result", "stop", Outcome.NO_ANSWER, 0, BOSS.id, BOSS.name, note="灯亮着"))
        store.deliveries.move_boxes(BoxMove("move", WANG.id, TODAY, 1, 0, BOSS.id))
        store.cases.add(Case("case", WANG.id, "", "stop", TODAY, Meal.LUNCH, CaseKind.NO_ANSWER, 0, BOSS.id, BOSS.name))
        store.cases.add_step(StepTaken("step", "case", CaseStep.OTHER, 0, BOSS.id, BOSS.name, "摔了一跤"))


def test_what_was_noted_at_the_door_is_read_and_its_words_are_forgotten(stores: SqlStores) -> None:
    _somebody(stores)
    _looked_for(stores)

    with stores.write() as store:
        before = store.persons.extract(WANG.id)
        store.persons.blank(WANG.id)
        after = store.persons.extract(WANG.id)

    told = ("delivery_results", "case_steps")
    assert [len(before[name]) for name in (*told, "cases", "box_moves", "reservation_items")] == [1] * 5
    assert [before[name][0]["note"] for name in told] == ["灯亮着", "摔了一跤"]
    assert [after[name][0]["note"] for name in told] == ["", ""]


def test_what_the_kitchen_printed_forgets_for_whom_it_was(stores: SqlStores) -> None:
    _somebody(stores)
    lines = {"stop": '["m", "王*英", "delivery", "", [], ["低糖"], [], "deceased"]', "other": '["o", "李*", "dine_in", "", [], [], [], ""]'}
    with stores.write() as store:
        store.reservations.add(reservation(WANG, TODAY, bill_of(900), "stop"), BOSS.id)
        printed = store.prints.add(PrintKind.KITCHEN, "", TODAY, Meal.LUNCH, 0, BOSS.id, lines)

    with stores.write() as store:
        store.persons.blank(WANG.id)

    with stores.read() as store:
        after = store.prints.get(printed.id)
    assert after is not None
    assert list(after.lines.items()) == [("stop", '["m", "", "delivery", "", [], [], [], "left"]'), ("other", lines["other"])]


@pytest.mark.parametrize("table", ["delivery_results", "case_steps"])
@pytest.mark.parametrize("change", ["SET note = 'x'", "SET note = '', at_ms = 9", "SET staff_name = 'x'"])
def test_what_was_noted_at_the_door_does_not_change(stores: SqlStores, table: str, change: str) -> None:
    _somebody(stores)
    _looked_for(stores)

    with (
        pytest.raises(DBAPIError, match=r"append-only|blanked"),
        stores.database.writer.begin() as connection,
    ):
        connection.execute(text(f"UPDATE {table} {change}"))


def test_every_row_about_a_person_is_read(stores: SqlStores) -> None:
    _somebody(stores)
    member(stores, "丁", None)

    with stores.read() as store:
        tables = store.persons.extract(WANG.id)
        paid_in = store.persons.last_paid_in(WANG.id)
        nobody = store.persons.extract("x")

    one_each = {"members", "particulars", "absences", "member_changes", "identities", "wallets", "cards", "lots", "lot_balances", "top_ups", "sales", "sale_items", "sale_lines"}
    assert {name for name, rows in tables.items() if len(rows) == 1} >= one_each
    assert (len(tables["entries"]), len(tables["postings"]), paid_in) == (2, 2, TODAY)
    assert tables["members"][0]["photo"] == "anBlZw=="
    assert {name for name, rows in nobody.items() if rows} == set()


def test_a_blanked_member_keeps_the_books_and_nothing_else(stores: SqlStores) -> None:
    _somebody(stores)

    with stores.write() as store:
        store.persons.blank(WANG.id)

    with stores.read() as store:
        blank, change = store.profiles.get(WANG.id), store.profiles.changes(WANG.id)[0]
        assert blank == Profile("")
        assert (change.old, change.new) == ("", "")
        assert (store.members.photo(WANG.id), store.identities.get(WANG.id)) == (None, None)
        assert store.profiles.absences(WANG.id) == ()
        assert store.members.search(("幸",), TODAY, 8) == store.members.search(("6634",), TODAY, 8) == ()
        tables = store.persons.extract(WANG.id)
        wallet = store.members.wallet(WANG.id)
        findings = store.ledger.verify("", lambda _done, _whole: None).findings
    assert [len(tables[name]) for name in ("entries", "sales", "top_ups", "cards")] == [2, 1, 1, 1]
    assert wallet is not None
    assert (wallet.spendable, findings) == (9_000, ())
