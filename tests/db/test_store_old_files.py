"""A file of the first version: what lies in it is the same money, under the same rules, after every step since."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from db.engine import address_of
from db.migrate import STEPS, bring_up_to_date
from db.version import HISTORY
from pos.domain.accounts import top_up_postings
from pos.domain.canteen import DIETS, Canteen
from pos.domain.ledger import GENESIS, Draft, EntryKind, Lot, seal
from pos.domain.pricing import Tender
from pos.domain.reservations import BookingTerms
from tests.made_up import BOSS, NOON_MS, TODAY, WANG, WANG_CARD
from tests.stores import opened


def written_by(version: str, folder: Path) -> Path:
    """An empty canteen's file of an older program."""
    history = HISTORY[: HISTORY.index(version) + 1]
    later = shutil.ignore_patterns("__pycache__", *(f"{one}_*" for one in HISTORY[len(history) :]))
    steps = shutil.copytree(STEPS, folder / "steps", ignore=later)
    file = folder / "canteen.db"
    bring_up_to_date(address_of(file), history, steps)
    return file


@pytest.fixture
def first_version(tmp_path: Path) -> Path:
    """One member with one top-up of 200 and 20, written by the first program."""
    file = written_by("0001", tmp_path)
    postings = top_up_postings("lot", WANG.id, Tender.CASH, "A", 20_000, 2_000)
    entry = seal(Draft("lot", EntryKind.TOP_UP, TODAY, NOON_MS, "shift", BOSS.id, postings), "A", 1, 1, GENESIS)
    with closing(sqlite3.connect(file)) as rows:
        _insert(rows, "staff", (BOSS.id, BOSS.name, "manager", "", 1, 0, 0))
        _insert(rows, "tills", ("A", 1, 1, entry.hash, NOON_MS))
        _insert(rows, "shifts", ("shift", "A", "2026-03-02", BOSS.id, BOSS.name, NOON_MS, 0, None, "", None, None))
        _insert(rows, "members", (WANG.id, WANG.name, "1940-02-03", WANG.phone, "active", "[]", None, NOON_MS))
        _insert(rows, "wallets", (WANG.id, 20_000, 2_000, 0))
        _insert(rows, "cards", (WANG_CARD.hex, WANG_CARD.tail, WANG.id, "active", NOON_MS))
        _insert(rows, "lots", (1, "lot", WANG.id, 20_000, 2_000))
        _insert(rows, "lot_balances", ("lot", 20_000, 2_000))
        place = ("lot", "A", 1, 1, "top_up", "2026-03-02", NOON_MS, "shift", BOSS.id, None, GENESIS, entry.hash)
        _insert(rows, "entries", place)
        for line, one in enumerate(postings):
            _insert(rows, "postings", ("lot", line, one.account, one.amount, one.member_id, one.lot_id, "2026-03-02"))
        facts = ("lot", entry.number, "2026-03-02", NOON_MS, "A", "shift", BOSS.id, BOSS.name, WANG.id, WANG.name)
        _insert(rows, "top_ups", (*facts, "6634", "cash", 20_000, 2_000, "充200送20", 20_000, "", 20_000, 2_000))
        rows.commit()
    bring_up_to_date(address_of(file))
    return file


def _insert(rows: sqlite3.Connection, table: str, values: tuple[object, ...]) -> None:
    rows.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)


def test_an_old_top_up_is_eaten_pro_rata_and_was_paid_by_the_member(first_version: Path) -> None:
    with opened(first_version) as stores, stores.read() as store:
        lots, top_up = store.ledger.open_lots(WANG.id), store.ledger.top_up("lot")
        findings = store.ledger.verify("", lambda _done, _whole: None).findings

    assert lots == (Lot("lot", WANG.id, 20_000, 2_000, 20_000, 2_000),)
    assert top_up is not None
    assert (top_up.paid_by, top_up.offer_id, top_up.identity_seen, top_up.batch_id) == ("", "", False, "")
    assert findings == ()


def test_an_old_top_up_stands_on_the_statement(first_version: Path) -> None:
    with opened(first_version) as stores, stores.read() as store:
        statement = store.accounts.statement(WANG.id, TODAY, date.max)

    assert statement is not None
    assert (statement.topped_up, statement.closing.total, statement.card_tail) == (22_000, 22_000, "6634")


@pytest.mark.parametrize(("diets", "after"), [(DIETS[:-1], DIETS), (("软食", "低盐"), ("软食", "低盐"))])
def test_the_diets_of_a_canteen_gain_halal_where_nobody_made_them_a_list_of_its_own(
    tmp_path: Path, diets: tuple[str, ...], after: tuple[str, ...]
) -> None:
    file = written_by("0021", tmp_path)
    settings = {"name": "幸福里社区食堂", "offers": [], "diets": diets}
    with closing(sqlite3.connect(file)) as rows:
        _insert(rows, "canteen_versions", (1, json.dumps(settings), BOSS.id, NOON_MS))
        rows.commit()

    bring_up_to_date(address_of(file))

    with opened(file) as stores, stores.read() as store:
        assert store.canteen.get() == Canteen("幸福里社区食堂", diets=after)


def test_where_nobody_could_book_after_the_cut_off_nobody_can_after_an_upgrade(tmp_path: Path) -> None:
    file = written_by("0021", tmp_path)
    settings = {"name": "幸福里社区食堂", "offers": [], "booking": {"days_ahead": 7, "walk_ins": None}}
    with closing(sqlite3.connect(file)) as rows:
        _insert(rows, "canteen_versions", (1, json.dumps(settings), BOSS.id, NOON_MS))
        rows.commit()

    bring_up_to_date(address_of(file))

    with opened(file) as stores, stores.read() as store:
        assert store.canteen.get() == Canteen("幸福里社区食堂", booking=BookingTerms(days_ahead=7, walk_ins=0))


def test_a_print_forgets_also_who_was_forgotten_by_an_older_program(tmp_path: Path) -> None:
    file = written_by("0024", tmp_path)
    with closing(sqlite3.connect(file)) as rows:
        rows.execute("INSERT INTO members (id, name, phone, categories, created_ms) VALUES ('m', '', '', '[]', 0)")
        whose = ("stop", "m", "2026-03-02", "lunch", "delivery", BOSS.id, "cancelled", 1)
        rows.execute(
            "INSERT INTO reservations (id, member_id, day, meal, way, staff_id, state, ended_ms, eat_at, source, card_tail, bill, rules, "
            "booked_ms, booked_by, ended_by, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '', '', '', '', 0, '', '', '')",
            whose,
        )
        lines = json.dumps({"stop": json.dumps(["m", "王*英", "delivery", "", [], ["低糖"], [], "paused"])})
        _insert(rows, "prints", ("print", "kitchen", "", "2026-03-02", "lunch", 1, 0, BOSS.id, lines))
        rows.commit()

    bring_up_to_date(address_of(file))

    with closing(sqlite3.connect(file)) as rows:
        kept = rows.execute("SELECT lines FROM prints").fetchone()[0]
    assert json.loads(json.loads(kept)["stop"]) == ["m", "", "delivery", "", [], [], [], "left"]


def test_boxes_that_went_out_under_an_older_program_are_still_there(tmp_path: Path) -> None:
    file = written_by("0026", tmp_path)
    with closing(sqlite3.connect(file)) as rows:
        rows.execute("INSERT INTO members (id, name, phone, categories, created_ms) VALUES ('m', '甲', '', '[]', 0)")
        for number, boxes in enumerate((2, 1, -1)):
            _insert(rows, "box_moves", (f"move {number}", "m", f"2026-03-0{number + 1}", boxes, 0, BOSS.id))
        rows.commit()

    bring_up_to_date(address_of(file))

    with opened(file) as stores, stores.read() as store:
        (holder,) = store.deliveries.box_holders()
        assert (holder.boxes, holder.last, store.deliveries.boxes_with("m")) == (2, date(2026, 3, 3), 2)
