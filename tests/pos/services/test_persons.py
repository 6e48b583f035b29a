"""One person's data: everything in one value, and being forgotten."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from db.persons import DERIVED, EXTRACTS
from db.tables import metadata
from pos.domain.absences import Absence
from pos.domain.address import Address
from pos.domain.cards import CardUid
from pos.domain.errors import CardState, CardTaken, MemberNotActive, MemberUnknown, NotPermitted
from pos.domain.identity import read_document
from pos.domain.members import Member, MemberStatus
from pos.domain.menu import Meal
from pos.domain.pricing import Tender, Way
from pos.domain.profile import Contact, Held, Particulars, StillHasCard, StillHasMoney, StillReserved
from pos.domain.reservations import Booking
from pos.services.identities import Identities
from pos.services.members import Members, NewMember
from pos.services.persons import Persons, Remains
from pos.services.refunds import RefundOrder, Refunds
from pos.services.reservations import Reservations
from pos.services.standing import Standing
from tests.made_up import card_becomes
from tests.pos.services.counter import MONDAY, Counter, rows_of
from tests.shelf import memory_vault

TUESDAY = MONDAY + timedelta(days=1)
NUMBER = "999999193608150245"
CARD = CardUid("01026F6C3A")
KNOWN = Particulars(
    address=Address("幸福里", "2号楼", "3单元", "4层", "402"),
    emergency=Contact("曾小红", "13900005678", "女儿"),
    hukou="安阳市/文峰区",
    categories=(Held("低保"),),
    diets=("低糖",),
)
TRACES = ("曾秀珍", "zengxiuzhen", "1950-05-05", "13800001234", "幸福里", "曾小红", "13900005678", "文峰区", "低保", "低糖", "0245", "hospital")


@pytest.fixture
def persons(counter: Counter) -> Persons:
    return Persons(counter.stores, counter.clock)


@pytest.fixture
def somebody(counter: Counter) -> Member:
    """A member with everything: card, form, document, a look at it, a pause, a change, money, meals."""
    vault = memory_vault()
    members = Members(counter.stores, counter.clock, vault)
    new = NewMember("曾秀珍", date(1950, 5, 5), "13800001234", CARD, KNOWN, b"jpeg", read_document(NUMBER, MONDAY))
    member = members.enrol(counter.manager, new)
    Identities(counter.stores, counter.clock, vault).reveal(counter.manager, member.id, "核对")
    pause = Absence("pause", MemberStatus.PAUSED, date(2026, 1, 1), date(2026, 1, 2))
    Standing(counter.stores, counter.clock, "A").begin(counter.manager, member.id, pause)
    counter.top_up(member, 1_000)
    counter.sell(member, ("meat", 1), ("rice", 1))
    return member


def settle(counter: Counter, member: Member) -> None:
    """Eat the rest of the money (1.90 and 0.80: rice costs 0.90 at 76), give the card back."""
    counter.top_up(member, 80)
    counter.sell(member, ("rice", 3), again=True)
    assert counter.wallet(member) == (0, 0)
    with counter.stores.write() as store:
        card_becomes(store, CARD, CardState.RETURNED)


def test_every_row_about_a_person_is_in_the_extract(counter: Counter, persons: Persons, somebody: Member) -> None:
    other = counter.rich("李建国")
    counter.sell(other)

    extract = persons.extract(counter.manager, somebody.id)

    tables = json.loads(json.dumps(extract, ensure_ascii=False))["tables"]
    counted = {name: len(rows) for name, rows in tables.items() if rows}
    assert counted == {
        "members": 1, "particulars": 1, "absences": 1, "member_changes": 1, "identities": 1, "reveals": 1, "wallets": 1,
        "cards": 1, "card_events": 1, "lots": 1, "lot_balances": 1, "entries": 2, "postings": 2, "top_ups": 1, "sales": 1, "sale_items": 2,
        "sale_lines": len(tables["sale_lines"]),
    }  # fmt: skip
    assert tables["identities"] == [{"member_id": somebody.id, "kind": "resident", "tail": "0245"}]
    assert tables["members"][0]["photo"] == "anBlZw=="
    assert "李建国" not in json.dumps(tables, ensure_ascii=False)
    assert NUMBER not in json.dumps(extract)


def test_no_table_that_knows_members_is_forgotten_in_the_extract() -> None:
    people = {"members", "wallets"}
    with_members = {
        table.name
        for table in metadata.sorted_tables
        if people & {key.column.table.name for column in table.c for key in column.foreign_keys} or "member_id" in table.c
    }

    assert with_members - DERIVED - set(EXTRACTS) == set()


def test_what_stays_is_shown_before_anything_goes(counter: Counter, persons: Persons, somebody: Member) -> None:
    settle(counter, somebody)

    remains = persons.remains(counter.manager, somebody.id)

    assert remains == Remains("曾秀珍", 2, 2, date(2031, 11, 23))


def test_who_never_paid_in_is_kept_for_nothing(counter: Counter, persons: Persons) -> None:
    assert persons.remains(counter.manager, counter.enrol("李建国").id) == Remains("李建国", 0, 0, None)


def test_a_forgotten_person_leaves_no_trace_but_the_books(counter: Counter, persons: Persons, somebody: Member) -> None:
    settle(counter, somebody)
    books = {table: counter.count(table) for table in ("entries", "postings", "sales", "top_ups", "lots", "cards", "reveals")}

    persons.forget(counter.manager, somebody.id)
    persons.forget(counter.manager, somebody.id)

    rows = {table: repr(rows_of(counter.file, f"SELECT * FROM {table}")) for table in ("members", "particulars", "absences", "identities", "search_keys", "member_changes")}
    assert [(table, trace) for table, text in rows.items() for trace in TRACES if trace in text] == []
    assert {table: counter.count(table) for table in books} == books
    assert rows_of(counter.file, "SELECT DISTINCT member_name FROM sales") == [("曾秀珍",)]
    assert rows_of(counter.file, "SELECT field FROM member_changes ORDER BY seq") == [("status",), ("deleted",)]
    assert [counter.members.search(text) for text in ("曾秀珍", "zxz", "1234", "6634", "402")] == [()] * 5
    assert counter.verify.run(lambda _done, _all: None).findings == ()


def test_nobody_is_served_found_or_given_the_card_of_who_was_forgotten(counter: Counter, persons: Persons, somebody: Member) -> None:
    settle(counter, somebody)

    persons.forget(counter.manager, somebody.id)

    with pytest.raises(MemberNotActive):
        counter.checkout.diner(somebody.id)
    with pytest.raises(MemberUnknown):
        persons.extract(counter.manager, somebody.id)
    with pytest.raises(CardTaken):
        counter.enrol("李建国", card=CARD)


def test_no_money_goes_back_to_who_was_forgotten(counter: Counter, persons: Persons, somebody: Member) -> None:
    settle(counter, somebody)
    sale = counter.checkout.last()
    refunds, other = Refunds(counter.stores, counter.clock, "A"), counter.enrol("李建国")
    counter.top_up(other, 500)
    refund = refunds.refund(counter.manager, RefundOrder("refund", other.id, Tender.CASH, None, reason="搬家"))
    for member in (somebody, other):
        persons.forget(counter.manager, member.id)

    assert sale is not None
    with pytest.raises(MemberUnknown):
        counter.checkout.undo(counter.manager, "undo", sale.id)
    with pytest.raises(MemberUnknown):
        refunds.undo(counter.manager, "undo-refund", refund.id, "x")

    assert (counter.wallet(somebody), counter.wallet(other)) == ((0, 0), (0, 0))


def test_money_or_a_card_is_settled_first(counter: Counter, persons: Persons, somebody: Member) -> None:
    with pytest.raises(StillHasMoney) as rich:
        persons.forget(counter.manager, somebody.id)
    owned = sum(counter.wallet(somebody))
    settle(counter, somebody)
    with counter.stores.write() as store:
        card_becomes(store, CARD, CardState.ACTIVE)
    with pytest.raises(StillHasCard) as carded:
        persons.forget(counter.manager, somebody.id)

    assert (rich.value.name, rich.value.amount) == ("曾秀珍", owned)
    assert (carded.value.name, carded.value.printed) == ("曾秀珍", "0040856634")
    assert counter.members.portrait(counter.manager, somebody.id).profile.name == "曾秀珍"


def test_a_cashier_neither_takes_away_nor_forgets(counter: Counter, persons: Persons, somebody: Member) -> None:
    for ask in (persons.extract, persons.remains, persons.forget):
        with pytest.raises(NotPermitted):
            ask(counter.cashier, somebody.id)


def test_nobody_has_no_data(counter: Counter, persons: Persons) -> None:
    for ask in (persons.extract, persons.remains, persons.forget):
        with pytest.raises(MemberUnknown):
            ask(counter.manager, "x")


def test_five_years_after_29_february_is_1_march(counter: Counter, persons: Persons) -> None:
    from pos.services.persons import _years_later

    assert (_years_later(date(2028, 2, 29)), _years_later(date(2026, 11, 23))) == (date(2033, 3, 1), date(2031, 11, 23))


def test_somebody_with_a_free_meal_reserved_is_not_forgotten_before_it_is_cancelled(
    counter: Counter, persons: Persons
) -> None:
    member = counter.enrol("陈寿昌", date(1930, 1, 1))
    reservations = Reservations(counter.stores, counter.clock, "A")
    booking = Booking("free", member.id, TUESDAY, Meal.LUNCH, Way.DINE_IN, (("set", 1),), 0)
    reservations.book(counter.cashier, booking)
    extract = persons.extract(counter.manager, member.id)["tables"]

    with pytest.raises(StillReserved):
        persons.forget(counter.manager, member.id)
    reservations.cancel(counter.cashier, "free")
    persons.forget(counter.manager, member.id)

    assert [row["id"] for row in extract["reservations"]] == ["free"]
    assert [row["dish_id"] for row in extract["reservation_items"]] == ["set"]
    assert rows_of(counter.file, f"SELECT name FROM members WHERE id = '{member.id}'") == [("",)]
