"""Profiles, absences and the audit trail on both databases; and what an older store brings along."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db.engine import address_of
from db.migrate import STEPS, bring_up_to_date
from db.store import SqlStores
from pos.domain.absences import Absence, AbsenceReason
from pos.domain.address import Address
from pos.domain.identity import Sex
from pos.domain.members import MemberStatus
from pos.domain.profile import (
    Change,
    Consent,
    ConsentTo,
    Contact,
    Held,
    Particulars,
    Profile,
    ProfileField,
    Sameness,
)
from tests.made_up import BOSS, NOON_MS, TODAY, WANG, WANG_CARD, found_canteen, member
from tests.pg import Server
from tests.stores import opened

WHOLE = Profile(
    "王秀英",
    date(1940, 2, 3),
    "13800001234",
    Particulars(
        Sex.FEMALE,
        Address("幸福里", "2号楼", "3单元", "4层", "402"),
        Contact("王红", "139", "女儿"),
        Contact("王明", "137", "父"),
        Contact("刘社工", "136"),
        "F012",
        "安阳市/文峰区",
        "安阳市",
        (Held("低保", date(2026, 1, 1), TODAY), Held("残疾")),
        (Held("年票", None, date(2026, 12, 31)),),
        ("软食", "低盐"),
        (Consent(ConsentTo.MEMBERSHIP, "2026-1", TODAY), Consent(ConsentTo.DIET, "2026-1", TODAY)),
        "wang xiu ying",
    ),
)
PAUSE = Absence("pause", MemberStatus.PAUSED, TODAY, date(2026, 3, 9), AbsenceReason.HOSPITAL)


def test_a_profile_comes_back_as_it_went_in(stores: SqlStores) -> None:
    member(stores)
    with stores.write() as store:
        store.profiles.put(WANG.id, WHOLE, ("key",))
        store.profiles.put(WANG.id, WHOLE, ("Other",))

    with stores.read() as store:
        assert store.profiles.get(WANG.id) == WHOLE
        assert store.profiles.get("x") is None
        found = {key: len(store.members.search((key,), TODAY, 8)) for key in ("key", "other", "138", "6634")}
        day_after = store.members.get(WANG.id, date(2026, 3, 3))
    assert found == {"key": 0, "other": 1, "138": 0, "6634": 1}
    assert day_after is not None
    held = (day_after.categories, day_after.passes, day_after.diets)
    assert held == (frozenset({"残疾"}), frozenset({"年票"}), frozenset({"软食", "低盐"}))


def test_absences_come_back_by_their_first_day(stores: SqlStores) -> None:
    member(stores)
    left = Absence("left", MemberStatus.LEFT, date(2026, 1, 1), date(2026, 1, 31))
    with stores.write() as store:
        for absence in (PAUSE, left, replace(PAUSE, last=None)):
            store.profiles.put_absence(WANG.id, absence)

    with stores.write() as store:
        before = store.profiles.absences(WANG.id)
        assert store.profiles.all_absences() == {WANG.id: before}
        store.profiles.drop_absence("left")
        after = store.profiles.absences(WANG.id)

    assert (before, after) == ((left, replace(PAUSE, last=None)), (replace(PAUSE, last=None),))


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2026, 3, 1), MemberStatus.ACTIVE),
        (TODAY, MemberStatus.PAUSED),
        (date(2026, 3, 9), MemberStatus.DECEASED),
        (date(2030, 1, 1), MemberStatus.DECEASED),
    ],
)
def test_E3_the_store_and_the_rule_agree_on_a_days_status(stores: SqlStores, day: date, status: MemberStatus) -> None:
    member(stores)
    with stores.write() as store:
        store.profiles.put_absence(WANG.id, PAUSE)
        store.profiles.put_absence(WANG.id, Absence("died", MemberStatus.DECEASED, date(2026, 3, 9)))

    with stores.read() as store:
        somebody = store.members.get(WANG.id, day)
        (hit,) = store.members.hits([WANG.id], day)

    assert somebody is not None
    assert (somebody.status, hit.status) == (status, status)


def test_who_looks_alike_is_told_with_the_reason(stores: SqlStores) -> None:
    member(stores)

    with stores.read() as store:
        found = [
            store.profiles.lookalikes("王秀英", WANG.birth_date, ""),
            store.profiles.lookalikes("王秀英", None, WANG.phone),
            store.profiles.lookalikes("王秀", WANG.birth_date, "139"),
        ]

    assert found == [((WANG.id, Sameness.NAME_AND_BIRTH),), ((WANG.id, Sameness.PHONE),), ()]


def test_the_audit_trail_is_kept_in_order(stores: SqlStores) -> None:
    found_canteen(stores)
    member(stores)
    with stores.write() as store:
        store.profiles.note(WANG.id, BOSS.id, NOON_MS, [(ProfileField.NAME, "甲", "乙"), (ProfileField.PHONE, "1", "")])

    with stores.read() as store:
        changes = store.profiles.changes(WANG.id)

    assert changes == (
        Change(NOON_MS, BOSS.id, BOSS.name, ProfileField.NAME, "甲", "乙"),
        Change(NOON_MS, BOSS.id, BOSS.name, ProfileField.PHONE, "1", ""),
    )
    assert "甲" not in repr(changes)


@pytest.mark.parametrize(
    ("statement", "allowed"),
    [
        ("UPDATE member_changes SET old = '', new = ''", True),
        ("UPDATE member_changes SET new = '丙'", False),
        ("UPDATE member_changes SET old = '', new = '', at_ms = 1", False),
        ("UPDATE member_changes SET old = '', new = '', field = 'phone'", False),
        ("DELETE FROM member_changes", False),
    ],
)
def test_a_line_of_the_audit_trail_is_blanked_or_left(stores: SqlStores, statement: str, allowed: bool) -> None:
    found_canteen(stores)
    member(stores)
    with stores.write() as store:
        store.profiles.note(WANG.id, BOSS.id, NOON_MS, [(ProfileField.NAME, "甲", "乙")])

    with stores.database.writer.connect() as connection:
        try:
            connection.execute(text(statement))
            done = True
        except DBAPIError:
            done = False

    assert done is allowed


def _first_steps(folder: Path) -> Path:
    """The migrations of the first program."""
    shutil.copytree(STEPS, folder / "steps", ignore=shutil.ignore_patterns("__pycache__", "000[2-9]*", "00[1-9]*"))
    return folder / "steps"


OLD_ROWS = (
    "INSERT INTO members (id, name, phone, status, categories, created_ms) VALUES ('a', '甲', '138', 'active', '[]', 1)",
    "INSERT INTO members (id, name, phone, status, categories, created_ms) VALUES ('b', '乙', '139', 'deceased', '[\"低保\"]', 1772424000000)",
    "INSERT INTO wallets (member_id, principal, bonus, held) VALUES ('a', 0, 0, 0), ('b', 0, 0, 0)",
    "INSERT INTO search_keys (key, member_id) VALUES ('甲', 'a'), ('乙', 'b')",
)


def _whole_after_the_step(where: str | Path) -> None:
    with opened(where) as stores, stores.read() as store:
        people = [store.members.get(id_, TODAY) for id_ in ("a", "b")]
        seen = [(one.name, one.status, one.categories, one.hukou, one.passes) for one in people if one]
        absences = store.profiles.absences("b")
        profiles = (store.profiles.get("a"), store.profiles.get("b"))
        hits = [hit.id for key in ("甲", "乙") for hit in store.members.search((key,), TODAY, 8)]
    assert seen == [
        ("甲", MemberStatus.ACTIVE, frozenset(), "", frozenset()),
        ("乙", MemberStatus.DECEASED, frozenset({"低保"}), "", frozenset()),
    ]
    assert absences == (Absence("b-0008", MemberStatus.DECEASED, TODAY),)
    assert profiles == (Profile("甲", None, "138"), Profile("乙", None, "139", Particulars(categories=(Held("低保"),))))
    assert hits == ["a", "b"]


def test_a_file_of_the_first_program_brings_everybody_along(tmp_path: Path) -> None:
    path = tmp_path / "canteen.db"
    bring_up_to_date(address_of(path), ("0001",), _first_steps(tmp_path))
    with closing(sqlite3.connect(path)) as connection, connection:
        for row in OLD_ROWS:
            connection.execute(row)

    bring_up_to_date(address_of(path))

    _whole_after_the_step(path)


def test_a_server_of_the_first_program_brings_everybody_along(postgresql: Server, tmp_path: Path) -> None:
    url = postgresql.url(postgresql.new_database(template="template0"))
    bring_up_to_date(address_of(url), ("0001",), _first_steps(tmp_path))
    with opened(url) as stores, stores.database.writer.begin() as connection:
        for row in OLD_ROWS:
            connection.execute(text(row))

    bring_up_to_date(address_of(url))

    _whole_after_the_step(url)


def test_a_card_given_to_a_member_stays_findable_when_the_form_changes(stores: SqlStores) -> None:
    member(stores)
    with stores.write() as store:
        store.profiles.put(WANG.id, WHOLE, ())

    with stores.read() as store:
        hits = store.members.search((WANG_CARD.printed,), TODAY, 8)

    assert [hit.id for hit in hits] == [WANG.id]
