"""Imports on real stores: previews that write nothing, runs that write all or nothing, files that come twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from db.store import SqlStores
from pos.clock import SetClock
from pos.domain.address import Address
from pos.domain.canteen import ANONYMOUS
from pos.domain.cards import CardUid
from pos.domain.errors import BalanceAboveLimit, CardState, CardTaken, NoShift, NotPermitted
from pos.domain.import_rows import Problem, Wrong
from pos.domain.imports import MEMBER_FIELDS, ImportField, guess
from pos.domain.ledger import BONUS, OPENING, PRINCIPAL
from pos.domain.members import Wallet
from pos.domain.pricing import Tender
from pos.domain.profile import Held
from pos.domain.staff import Actor, Role
from pos.domain.tables import Column, Table
from pos.services.imports import Fate, Imported, Imports, Preview
from pos.services.persons import Persons
from pos.services.refunds import RefundOrder, Refunds
from receipts.table_reader import TableReader
from receipts.tables import TableFiles
from tests import made_up
from tests.pos.services.counter import NOON
from tests.shelf import memory_vault

BOSS = Actor(made_up.BOSS.id, made_up.BOSS.name, Role.MANAGER)
CASHIER = Actor("c", "李桂兰", Role.CASHIER)
VAULT = memory_vault()
HEADER = ("姓名", "出生日期", "电话", "住址", "类别", "卡号", "余额", "赠送余额")
WANG = ("王秀英", "1940-02-03", "13800001234", "幸福里3号楼2单元501", "低保", "40856634", "123.45", "20")
ZHANG = ("张三", "1950-05-06", "13900005678", "", "", "", "", "")


def quiet(_done: int, _whole: int) -> None:
    return


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON.replace(year=2026, month=3, day=2))


@pytest.fixture
def imports(stores: SqlStores, clock: SetClock) -> Imports:
    made_up.found_canteen(stores)
    return Imports(stores, clock, stores.till, TableReader(), VAULT)


def file_at(folder: Path, *rows: tuple[str, ...], header: tuple[str, ...] = HEADER, name: str = "m.csv") -> Path:
    TableFiles().write(Table("会员", tuple(map(Column, header)), rows), folder / name)
    return folder / name


def looked_at(imports: Imports, path: Path) -> Preview:
    source = imports.read(BOSS, path, "", quiet)
    layout = guess(source.table, MEMBER_FIELDS)
    assert layout is not None
    return imports.preview(BOSS, source, layout, quiet)


def fates(preview: Preview) -> list[tuple[str, Fate]]:
    return [(line.read.name, line.fate) for line in preview.lines]


def run(imports: Imports, preview: Preview, *, doubtful: bool = False) -> Imported:
    return imports.run(BOSS, preview, doubtful=doubtful, progress=quiet)


def test_a_preview_writes_nothing_and_a_run_writes_everything(
    imports: Imports, stores: SqlStores, tmp_path: Path
) -> None:
    preview = looked_at(imports, file_at(tmp_path, WANG, ZHANG))
    with stores.read() as store:
        assert store.imports.members() == ()

    done = run(imports, preview)

    assert done == Imported(2, 1, 12_345, 2_000)
    wang, zhang = (line.member_id for line in preview.lines)
    with stores.read() as store:
        assert store.members.wallet(wang) == Wallet(wang, 12_345, 2_000)
        assert store.members.wallet(zhang) == Wallet(zhang, 0, 0)
        profile = store.profiles.get(wang)
        assert profile is not None
        assert (profile.name, profile.birth_date) == ("王秀英", date(1940, 2, 3))
        assert profile.particulars.address == Address("幸福里", "3号楼", "2单元", "", "501")
        assert profile.particulars.categories == (Held("低保"),)
        card = store.members.card_of(wang)
        assert card is not None
        assert card.uid == CardUid("026F6C3A")
        for word in ("王", "wxy", "13800001234", "1234", "0040856634", "3-2-501"):
            assert [hit.id for hit in store.members.search((word,), date(2026, 3, 2), 5)] == [wang], word
        assert [store.ledger.balance(account) for account in (OPENING, PRINCIPAL, BONUS)] == [14_345, -12_345, -2_000]
        assert store.ledger.verify("", quiet).findings == ()


def test_the_same_file_a_second_time_adds_nothing(imports: Imports, stores: SqlStores, tmp_path: Path) -> None:
    path = file_at(tmp_path, WANG, ZHANG)
    run(imports, looked_at(imports, path))

    again = looked_at(imports, path)
    done = run(imports, again)

    assert fates(again) == [("王秀英", Fate.KNOWN), ("张三", Fate.KNOWN)]
    assert (again.taken(doubtful=True), done) == ((), Imported(0, 0, 0, 0))
    with stores.read() as store:
        assert len(store.imports.members()) == 2


def test_a_preview_that_is_run_twice_adds_nothing(imports: Imports, stores: SqlStores, tmp_path: Path) -> None:
    preview = looked_at(imports, file_at(tmp_path, WANG))
    run(imports, preview)

    assert run(imports, preview) == Imported(0, 0, 0, 0)
    with stores.read() as store:
        assert store.ledger.balance(OPENING) == 14_345


def test_a_file_that_was_put_right_brings_in_the_rest_alone(imports: Imports, stores: SqlStores, tmp_path: Path) -> None:
    bad = ("李四", "1940-02-30", "1", "", "", "", "5", "")
    first = looked_at(imports, file_at(tmp_path, WANG, bad))
    run(imports, first)

    second = looked_at(imports, file_at(tmp_path, WANG, ("李四", "1940-02-28", "1", "", "", "", "5", ""), name="n.csv"))
    done = run(imports, second)

    assert fates(first) == [("王秀英", Fate.NEW), ("李四", Fate.STOPPED)]
    assert fates(second) == [("王秀英", Fate.KNOWN), ("李四", Fate.NEW)]
    assert done == Imported(1, 1, 500, 0)


def test_a_member_who_is_there_already_gets_the_opening_balance_once(
    imports: Imports, stores: SqlStores, tmp_path: Path
) -> None:
    made_up.member(stores)  # 王秀英, 1940-02-03, 13800001234, by hand
    row = ("王秀英", "1940-02-03", "13800001234", "", "", "", "50", "")

    preview = looked_at(imports, file_at(tmp_path, row))
    done = run(imports, preview)
    later = looked_at(imports, file_at(tmp_path, (*row[:6], "60", ""), name="other.csv"))

    assert fates(preview) == [("王秀英", Fate.KNOWN)]
    assert done == Imported(0, 1, 5_000, 0)
    assert later.lines[0].read.problems == (Problem(Wrong.OTHER_OPENING, ImportField.PRINCIPAL),)
    assert run(imports, later) == Imported(0, 0, 0, 0)
    with stores.read() as store:
        assert store.members.wallet("wang") == Wallet("wang", 5_000, 0)


def test_somebody_of_the_same_name_is_looked_at_before_a_second_one_is_made(
    imports: Imports, stores: SqlStores, tmp_path: Path
) -> None:
    made_up.member(stores)
    preview = looked_at(imports, file_at(tmp_path, ("王秀英", "1940-02-03", "139", "", "", "", "", "")))

    without, with_them = run(imports, preview), run(imports, preview, doubtful=True)

    assert fates(preview) == [("王秀英", Fate.DOUBTFUL)]
    assert preview.lines[0].read.problems == (Problem(Wrong.LOOKS_LIKE, words="1234"),)
    assert (without.members, with_them.members) == (0, 1)


def test_a_namesake_born_on_another_day_is_somebody_else(imports: Imports, stores: SqlStores, tmp_path: Path) -> None:
    made_up.member(stores)

    preview = looked_at(imports, file_at(tmp_path, ("王秀英", "1951-07-08", "139", "", "", "", "", "")))

    assert fates(preview) == [("王秀英", Fate.NEW)]


def test_a_card_that_somebody_has_stops_the_row_of_another_person(
    imports: Imports, stores: SqlStores, tmp_path: Path
) -> None:
    made_up.member(stores, uid=CardUid("026F6C3A"))

    preview = looked_at(imports, file_at(tmp_path, ("张三", "1950-05-06", "2", "", "", "40856634", "", "")))

    (line,) = preview.lines
    (problem,) = line.read.problems
    assert line.fate is Fate.STOPPED
    assert isinstance(problem.refusal, CardTaken)
    assert (problem.refusal.printed, problem.refusal.holder) == ("0040856634", "王秀英")


def test_an_opening_balance_above_what_a_card_may_hold_is_refused(imports: Imports, tmp_path: Path) -> None:
    preview = looked_at(imports, file_at(tmp_path, (*ZHANG[:6], "4990", "10.01")))

    (problem,) = preview.lines[0].read.problems
    assert isinstance(problem.refusal, BalanceAboveLimit)
    assert (problem.refusal.balance, problem.refusal.limit) == (500_001, 500_000)


def test_a_card_without_a_name_and_one_whose_bonus_does_not_count_keep_to_their_own_limit(
    imports: Imports, stores: SqlStores, tmp_path: Path
) -> None:
    rows = (*ZHANG[:4], ANONYMOUS, "", "1000.01", ""), ("李四", *ZHANG[1:6], "4990", "20")
    counted = looked_at(imports, file_at(tmp_path, *rows))
    with stores.write() as store:
        canteen = store.canteen.get()
        assert canteen is not None
        store.canteen.put(replace(canteen, limit_principal_only=True), BOSS.staff_id, made_up.NOON_MS)

    uncounted = looked_at(imports, file_at(tmp_path, *rows))

    assert [line.fate for line in counted.lines] == [Fate.STOPPED, Fate.STOPPED]
    assert [line.fate for line in uncounted.lines] == [Fate.STOPPED, Fate.NEW]
    refusal = uncounted.lines[0].read.problems[-1].refusal
    assert isinstance(refusal, BalanceAboveLimit)
    assert (refusal.balance, refusal.limit) == (100_001, 100_000)


def test_of_two_rows_that_mean_one_member_the_first_alone_opens_a_balance(
    imports: Imports, stores: SqlStores, tmp_path: Path
) -> None:
    made_up.member(stores)
    by_card = ("王秀英", "", "", "", "", made_up.WANG_CARD.printed, "50", "")
    by_phone = ("王秀英", "1940-02-03", "13800001234", "", "", "", "60", "")

    preview = looked_at(imports, file_at(tmp_path, by_card, by_phone))
    done = run(imports, preview)

    assert [line.fate for line in preview.lines] == [Fate.KNOWN, Fate.STOPPED]
    assert preview.lines[1].read.problems == (Problem(Wrong.TWICE, row=preview.lines[0].read.row),)
    assert done == Imported(0, 1, 5_000, 0)


def test_giving_up_in_the_midst_leaves_nothing_behind(imports: Imports, stores: SqlStores, tmp_path: Path) -> None:
    rows = [(f"王{number}", "1940-02-03", str(number), "", "", "", "5", "") for number in range(250)]
    preview = looked_at(imports, file_at(tmp_path, *rows))

    def enough(done: int, _whole: int) -> None:
        if done >= 300:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        imports.run(BOSS, preview, doubtful=False, progress=enough)

    with stores.read() as store:
        assert (store.imports.members(), store.ledger.last("A")) == ((), None)
        assert store.ledger.verify("", quiet).findings == ()


def test_opening_balances_need_an_open_shift_and_members_alone_do_not(
    stores: SqlStores, clock: SetClock, tmp_path: Path
) -> None:
    with stores.write() as store:
        store.staff.add(made_up.BOSS)
        store.canteen.put(made_up.CANTEEN, made_up.BOSS.id, made_up.NOON_MS)
        store.canteen.register_till(stores.till)
    imports = Imports(stores, clock, stores.till, TableReader(), VAULT)

    with pytest.raises(NoShift):
        run(imports, looked_at(imports, file_at(tmp_path, WANG)))
    done = run(imports, looked_at(imports, file_at(tmp_path, ZHANG, name="n.csv")))

    assert done == Imported(1, 0, 0, 0)


def test_a_cashier_brings_nothing_in(imports: Imports, tmp_path: Path) -> None:
    with pytest.raises(NotPermitted):
        imports.read(CASHIER, file_at(tmp_path, WANG), "", quiet)


def test_identity_numbers_are_kept_sealed_and_open_again(imports: Imports, stores: SqlStores, tmp_path: Path) -> None:
    path = file_at(tmp_path, ("王秀英", "999999193608150245"), header=("姓名", "身份证号"))
    preview = looked_at(imports, path)

    run(imports, preview)

    (line,) = preview.lines
    with stores.read() as store:
        sealed = store.identities.get(line.member_id)
    assert sealed is not None
    assert VAULT.open(line.member_id, sealed).number == "999999193608150245"
    assert b"999999193608150245" not in sealed.sealed


def test_a_member_is_known_again_by_the_number_whatever_else_changed(
    imports: Imports, stores: SqlStores, tmp_path: Path
) -> None:
    header = ("姓名", "身份证号", "电话", "余额")
    run(imports, looked_at(imports, file_at(tmp_path, ("王秀英", "999999193608150245", "138", "5"), header=header)))

    moved = looked_at(
        imports, file_at(tmp_path, ("王秀英", "999999193608150245", "139", "5"), header=header, name="n.csv")
    )
    other = looked_at(
        imports, file_at(tmp_path, ("张三", "999999193608150245", "139", "5"), header=header, name="o.csv")
    )

    assert (fates(moved), run(imports, moved)) == ([("王秀英", Fate.KNOWN)], Imported(0, 0, 0, 0))
    assert fates(other) == [("张三", Fate.STOPPED)]
    assert other.lines[0].read.problems == (Problem(Wrong.NUMBER_TAKEN, ImportField.IDENTITY, words="王秀英"),)


@pytest.mark.parametrize("balance", ["5", ""])
def test_a_row_of_somebody_who_was_deleted_since_is_a_problem_and_brings_nobody_back(
    imports: Imports, stores: SqlStores, clock: SetClock, tmp_path: Path, balance: str
) -> None:
    """The same file once more: money or a person's data would go where nobody finds them."""
    path = file_at(tmp_path, (*ZHANG[:6], balance, ""))
    preview = looked_at(imports, path)
    run(imports, preview)
    (zhang,) = (line.member_id for line in preview.lines)
    if balance:
        order = RefundOrder("refund", zhang, Tender.BANK, None, "张三", "12345678")
        Refunds(stores, clock, stores.till).refund(BOSS, order)
    Persons(stores, clock).forget(BOSS, zhang)

    again = looked_at(imports, path)
    done = run(imports, preview)

    assert [line.fate for line in again.lines] == [Fate.STOPPED]
    assert again.lines[0].read.problems == (Problem(Wrong.DELETED),)
    assert done == Imported(0, 0, 0, 0)


def test_a_card_of_somebody_who_was_deleted_is_nobody_elses(
    imports: Imports, stores: SqlStores, clock: SetClock, tmp_path: Path
) -> None:
    wang = made_up.member(stores)
    with stores.write() as store:
        made_up.card_becomes(store, made_up.WANG_CARD, CardState.RETURNED)
    Persons(stores, clock).forget(BOSS, wang.id)

    (line,) = looked_at(imports, file_at(tmp_path, (*ZHANG[:5], made_up.WANG_CARD.printed, "", ""))).lines

    assert line.fate is Fate.STOPPED
    refusal = line.read.problems[0].refusal
    assert isinstance(refusal, CardTaken)
    assert (refusal.printed, refusal.holder) == (made_up.WANG_CARD.printed, "")
