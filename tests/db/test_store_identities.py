"""Sealed numbers on both databases: one a member, found by fingerprint, and a log that is only added to."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db.store import SqlStores
from pos.domain.identity import DocumentKind, Look, SealedDocument
from tests.made_up import BOSS, NOON_MS, WANG, found_canteen, member

ONE = SealedDocument(DocumentKind.RESIDENT, "001X", "key-1", b"\x00\xff sealed", "print-1")
OTHER = SealedDocument(DocumentKind.PASSPORT, "0000", "key-2", b"other", "print-2")


def test_a_sealed_number_comes_back_and_is_one_a_member(stores: SqlStores) -> None:
    member(stores)
    second = member(stores, "丁", None)
    with stores.write() as store:
        store.identities.put(WANG.id, OTHER)
        store.identities.put(WANG.id, ONE)
        store.identities.put(second.id, OTHER)

    with stores.read() as store:
        assert (store.identities.get(WANG.id), store.identities.get("x")) == (ONE, None)
        assert store.identities.same(["print-1", "print-3"]) == (WANG.id,)
        assert store.identities.same([]) == ()
        assert store.identities.counts() == {"key-1": 1, "key-2": 1}
        assert set(store.identities.sealed_under()) == {(WANG.id, "key-1"), (second.id, "key-2")}
    with stores.write() as store:
        store.identities.drop(WANG.id)
        assert store.identities.get(WANG.id) is None


def test_who_saw_a_number_stays_in_the_log(stores: SqlStores) -> None:
    found_canteen(stores)
    member(stores)
    with stores.write() as store:
        store.identities.note_look(WANG.id, BOSS.id, NOON_MS, "核对")
        store.identities.note_look(WANG.id, BOSS.id, NOON_MS + 1, "报销")

    for change in ("UPDATE reveals SET reason = ''", "DELETE FROM reveals"):
        with stores.database.writer.connect() as connection, pytest.raises(DBAPIError):
            connection.execute(text(change))

    with stores.read() as store:
        looks = store.identities.looks(WANG.id)
    assert looks == (Look(NOON_MS, BOSS.id, BOSS.name, "核对"), Look(NOON_MS + 1, BOSS.id, BOSS.name, "报销"))
