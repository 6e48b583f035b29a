"""Copies while others sell, and a restore after which no number is issued twice."""

from __future__ import annotations

import shutil
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from db.backup import OnServer, backup, restore
from db.export import Exported, exported
from db.lock import TillLock
from db.store import SqlStores
from db.version import VERSION_TABLE
from pos.domain.absences import Absence
from pos.domain.cards import CardUid
from pos.domain.errors import LedgerBroken, StoreFault, StoreTrouble
from pos.domain.members import MemberStatus, Wallet
from pos.domain.profile import Held, Particulars, Profile
from tests.made_up import (
    NOON_MS,
    TODAY,
    WANG,
    found_canteen,
    found_shift,
    member,
    sell,
    top_up,
    topped_up_member,
)
from tests.stores import opened


def test_S10_a_backup_made_while_selling_is_a_sound_ledger(
    sqlite_stores: SqlStores, sqlite_file: Path, tmp_path: Path
) -> None:
    shift = found_canteen(sqlite_stores)
    somebody = topped_up_member(sqlite_stores, shift, 500_000)
    started, stop = Event(), Event()

    def selling() -> int:
        sold = 0
        while not stop.is_set():
            with sqlite_stores.write() as store:
                sell(store, shift, somebody, 100)
            sold += 1
            started.set()
        return sold

    with ThreadPoolExecutor(1) as counter:
        running = counter.submit(selling)
        started.wait(10)
        copies = [tmp_path / f"copy-{number}.db" for number in range(3)]
        for copy in copies:
            backup(sqlite_file, copy)
        stop.set()
        sold = running.result(10)

    entries = []
    for copy in copies:
        with opened(copy) as stores, stores.read() as store:
            verdict = store.ledger.verify("", lambda _done, _whole: None)
            assert verdict.findings == ()
            entries.append(verdict.entries)
    assert sorted(entries) == entries
    assert 1 < entries[0] <= entries[-1] <= sold + 1


def test_a_backup_is_one_file_for_its_owner_alone(
    sqlite_stores: SqlStores, sqlite_file: Path, tmp_path: Path
) -> None:
    found_canteen(sqlite_stores)
    folder = tmp_path / "stick"
    folder.mkdir()

    backup(sqlite_file, folder / "copy.db")

    assert [(one.name, one.stat().st_mode & 0o077) for one in folder.iterdir()] == [("copy.db", 0)]


def test_a_backup_replaces_nothing_unless_told_to(sqlite_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("my novel", encoding="utf-8")

    with pytest.raises(FileExistsError):
        backup(sqlite_file, target)
    kept = target.read_text(encoding="utf-8")
    backup(sqlite_file, target, overwrite=True)

    assert (kept, target.read_bytes()[:15]) == ("my novel", b"SQLite format 3")


def test_a_damaged_store_does_not_replace_a_good_backup(sqlite_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    backup(sqlite_file, target)
    good = target.read_bytes()
    sqlite_file.write_bytes(b"\x00" * 5_000)

    with pytest.raises(StoreTrouble) as trouble:
        backup(sqlite_file, target, overwrite=True)

    assert (trouble.value.fault, target.read_bytes() == good) == (StoreFault.DAMAGED, True)


def test_nothing_is_no_store_to_back_up_or_restore(tmp_path: Path) -> None:
    for act in (
        lambda: backup(tmp_path / "none.db", tmp_path / "copy.db"),
        lambda: restore(tmp_path / "none.db", tmp_path / "canteen.db"),
    ):
        with pytest.raises(StoreTrouble) as trouble:
            act()
        assert trouble.value.fault is StoreFault.NOT_A_CANTEEN
    assert list(tmp_path.iterdir()) == []


def _sold(stores: SqlStores, till: str, amount: int) -> str:
    at = stores.at(till)
    with at.write() as store:
        shift = store.shifts.open_at(till)
        assert shift is not None
        return sell(store, shift, WANG, amount).number


def test_after_a_restore_numbers_go_on_in_a_new_epoch(sqlite_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with opened(sqlite_file) as stores:
        topped_up_member(stores, found_canteen(stores), 10_000)
        backup(sqlite_file, copy)
        found_shift(stores.at("B"))
        lost = [_sold(stores, "A", 100), _sold(stores, "B", 100)]

    restored = restore(copy, sqlite_file)

    with opened(sqlite_file) as stores:
        with stores.at("B").write() as store:
            store.canteen.register_till("B")
        found_shift(stores.at("B"))
        found_shift(stores.at("C"))
        issued = [_sold(stores, till, 100) for till in "ABC"]
        with stores.read() as store:
            assert store.members.wallet(WANG.id) == Wallet(WANG.id, 9_700, 0, 0)
            assert store.ledger.verify("", lambda _done, _whole: None).findings == ()
    assert (lost, issued) == (["A-1-000002", "B-1-000001"], ["A-2-000001", "B-2-000001", "C-2-000001"])
    assert (restored.epoch, restored.entries) == (2, 1)


def test_a_restore_sets_aside_what_was_there(sqlite_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(sqlite_file, copy)
    with opened(sqlite_file) as stores:
        topped_up_member(stores, found_canteen(stores), 10_000)

    restored = restore(copy, sqlite_file)

    assert restored.set_aside is not None
    assert restored.set_aside.name.startswith("canteen.before-restore-")
    with opened(restored.set_aside) as stores, stores.read() as store:
        assert store.members.wallet(WANG.id) == Wallet(WANG.id, 10_000, 0, 0)


@pytest.mark.parametrize("present", ["damaged", "missing"])
def test_where_the_present_file_cannot_be_read_the_epoch_is_beyond_any_it_could_have_had(
    sqlite_file: Path, tmp_path: Path, present: str
) -> None:
    copy = tmp_path / "copy.db"
    with opened(sqlite_file) as stores:
        topped_up_member(stores, found_canteen(stores), 10_000)
    backup(sqlite_file, copy)
    harmed = b"SQLite format 3\x00" + b"\xa5" * 5_000
    sqlite_file.write_bytes(harmed)
    if present == "missing":
        sqlite_file.unlink()
    minutes_since_2026 = int(time.time() - 1_767_225_600) // 60

    restored = restore(copy, sqlite_file)

    assert restored.epoch > minutes_since_2026 + 3_000_000
    with opened(sqlite_file) as stores:
        found_shift(stores.at("B"))
        assert _sold(stores, "B", 100) == f"B-{restored.epoch}-000001"
    assert (restored.set_aside is not None) == (present == "damaged")
    if restored.set_aside is not None:
        assert restored.set_aside.read_bytes() == harmed


def test_a_backup_that_contradicts_itself_is_not_restored(sqlite_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with opened(sqlite_file) as stores:
        topped_up_member(stores, found_canteen(stores), 10_000)
        backup(sqlite_file, copy)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE wallets SET principal = 1000000")
    before = sqlite_file.read_bytes()

    with pytest.raises(LedgerBroken) as broken:
        restore(copy, sqlite_file)

    assert broken.value.problems == 2  # neither its postings nor its lots
    assert sqlite_file.read_bytes() == before
    assert list(tmp_path.glob("*before-restore*")) == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (f"UPDATE {VERSION_TABLE} SET version_num = '9999'", StoreFault.NEWER),
        (f"DROP TABLE {VERSION_TABLE}", StoreFault.NOT_A_CANTEEN),
    ],
)
def test_a_backup_that_does_not_fit_is_not_restored(
    sqlite_file: Path, tmp_path: Path, statement: str, fault: StoreFault
) -> None:
    copy = Path(shutil.copy(sqlite_file, tmp_path / "copy.db"))
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute(statement)

    with pytest.raises(StoreTrouble) as trouble:
        restore(copy, sqlite_file)

    assert trouble.value.fault is fault


def test_nothing_is_restored_under_a_running_till(sqlite_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(sqlite_file, copy)

    with TillLock(sqlite_file), pytest.raises(StoreTrouble) as trouble:
        restore(copy, sqlite_file)

    assert trouble.value.fault is StoreFault.IN_USE


def test_a_server_has_tools_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(OnServer) as backing_up:
        backup("postgresql://db/canteen", tmp_path / "copy.db")
    with pytest.raises(OnServer) as restoring:
        restore(tmp_path / "none.db", "postgresql://db/canteen")

    assert (backing_up.value.tool, restoring.value.tool) == ("pg_dump", "pg_restore")


def test_members_are_exported_with_the_number_on_their_card(stores: SqlStores) -> None:
    found_canteen(stores)
    member(stores)
    bare = member(stores, "丁", None)
    with stores.write() as store:
        store.profiles.put(WANG.id, Profile(WANG.name, WANG.birth_date, WANG.phone, Particulars(categories=(Held("低保"),))), ())
        store.profiles.put_absence(WANG.id, Absence("a", MemberStatus.PAUSED, TODAY))

    rows = list(exported(stores, Exported.MEMBERS))

    names = ("card", "name", "birth_date", "phone", "absences", "categories", "hukou", "residence")
    assert rows == [
        (*names, "principal_fen", "bonus_fen", "held_fen", "id"),
        ("", "丁", "1940-02-03", "13800001234", "", "", "", "", 0, 0, 0, bare.id),
        (
            CardUid("01026F6C3A").printed,
            "王秀英",
            "1940-02-03",
            "13800001234",
            "paused 2026-03-02–",
            "低保",
            "",
            "",
            0,
            0,
            0,
            WANG.id,
        ),
    ]


def test_entries_are_exported_one_posting_a_row(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    somebody = member(stores)
    with stores.write() as store:
        top_up(store, shift, somebody, 500, id_="t")
        last = store.ledger.last("A")
    assert last is not None

    header, *rows = exported(stores, Exported.ENTRIES)

    common = ("A-1-000001", "top_up", "2026-03-02", NOON_MS, shift.id, "boss", None, last.hash, "t")
    assert header[0] == "number"
    assert len(header) == len(rows[0])
    assert rows == [
        (*common, 0, "drawer:A", 500, None, None),
        (*common, 1, "principal", -500, somebody.id, "t"),
    ]


def test_a_backup_from_before_the_first_till_gives_its_numbers_out_no_second_time(
    sqlite_file: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    backup(sqlite_file, copy)
    with opened(sqlite_file) as stores:
        found_canteen(stores)

    restore(copy, sqlite_file)

    with opened(sqlite_file) as stores:
        topped_up_member(stores, found_canteen(stores), 10_000)
        assert _sold(stores, "A", 100) == "A-2-000002"
