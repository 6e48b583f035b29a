"""One person's rows on both databases: all of them, and what forgetting leaves."""

from __future__ import annotations

from db.store import SqlStores
from pos.domain.absences import Absence
from pos.domain.address import Address
from pos.domain.identity import DocumentKind, SealedDocument
from pos.domain.members import MemberStatus
from pos.domain.profile import Held, Particulars, Profile, ProfileField
from tests.made_up import BOSS, NOON_MS, TODAY, WANG, found_canteen, member, sell, topped_up_member

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
