"""Starting from outside: what each command line answers, with which exit code, and what it leaves behind."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.lock import TillLock
from db.version import VERSION_TABLE
from pos.domain.errors import StoreFault, StoreTrouble
from tests.pos.services.counter import counter_on, found_canteen
from tests.stores import opened
from tests.ui.sale_world import live_yesterday
from ui.messages import words

ROOT = Path(__file__).parents[1]
DONE, REFUSED, NOT_UNDERSTOOD, FAILED, NO_DISPLAY = 0, 1, 2, 3, 21
COMMANDS = ("verify", "backup", "restore", "export", "claim-check")

LATER = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from db import version
version.HISTORY, version.HEAD = (*version.HISTORY, "9999"), "9999"
import runpy
runpy.run_path({str(ROOT / "main.py")!r}, run_name="__main__")
"""
"""The program as it may be one day: with a migration that is due."""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Starts main.py as somebody at home would, without a screen of theirs."""
    home = tmp_path / "home"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    kept = {name: value for name, value in kept.items() if not name.startswith(("XDG_", "QT_"))}

    def run(*arguments: str | Path, later: bool = False, **environment: str) -> subprocess.CompletedProcess[str]:
        program = ["-c", LATER] if later else [str(ROOT / "main.py")]
        return subprocess.run(
            [sys.executable, *program, *map(str, arguments)],
            env=kept | {"HOME": str(home), "PYTHONUTF8": "1"} | environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """The file of a canteen with a day behind it."""
    path = Path(shutil.copy(migrated_file, tmp_path_factory.mktemp("main") / "canteen.db"))
    with opened(path) as stores:
        found_canteen(stores)
        live_yesterday(counter_on(stores, path))
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An empty data folder."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def filled(data: Path, lived_in: Path) -> Path:
    """A data folder with the books of a day."""
    shutil.copy(lived_in, data / "canteen.db")
    return data


def said(fault: StoreFault) -> list[str]:
    """What a person is told of a store's fault; no money ever moved."""
    message = words(StoreTrouble(fault))
    return [message.title, message.money, message.todo]


def lines(text: str) -> list[str]:
    return text.splitlines()


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*")}


def test_help_names_the_commands_and_touches_nothing(run: Run, data: Path) -> None:
    helped = run("--data-dir", data, "--help")

    assert (helped.returncode, helped.stderr) == (DONE, "")
    assert all(command in helped.stdout for command in COMMANDS)
    assert names_in(data) == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_helps_without_books_and_without_a_display(run: Run, data: Path, command: str) -> None:
    helped = run("--data-dir", data, command, "--help")

    assert (helped.returncode, helped.stderr) == (DONE, "")
    assert helped.stdout.startswith(f"usage: main.py {command}")
    assert names_in(data) == set()


@pytest.mark.parametrize(
    "arguments",
    [["verify"], ["verify", "--json"], ["backup", "copy.db"], ["export", "members"], ["export", "entries", "--out", "e.csv"]],
    ids=" ".join,
)
def test_a_command_where_there_are_no_books_says_so_and_leaves_nothing(
    run: Run, data: Path, tmp_path: Path, arguments: list[str]
) -> None:
    refused = run("--data-dir", data, *arguments)

    assert (refused.returncode, refused.stdout) == (FAILED, "")
    assert lines(refused.stderr) == said(StoreFault.NOT_A_CANTEEN)
    assert (names_in(data), {path.name for path in tmp_path.iterdir()}) == (set(), {"data", "home"})


def test_verify_of_a_days_books_is_sound(run: Run, filled: Path) -> None:
    verified = run("--data-dir", filled, "verify", "--json")

    told = json.loads(verified.stdout)
    assert (verified.returncode, verified.stderr) == (DONE, "")
    assert (told["sound"], told["entries"], told["wallets"], told["findings"]) == (True, 5, 3, [])
    assert list(told["heads"]) == ["A"]


def test_verify_of_tampered_books_finds_it_and_exits_with_1(run: Run, filled: Path) -> None:
    with closing(sqlite3.connect(filled / "canteen.db")) as connection:
        connection.execute("UPDATE wallets SET principal = principal + 100000 WHERE rowid = 1")
        connection.commit()

    verified = run("--data-dir", filled, "verify", "--json")

    told = json.loads(verified.stdout)
    assert (verified.returncode, told["sound"], len(told["findings"]) > 0) == (REFUSED, False, True)


def test_a_backup_is_restored_and_what_was_there_is_kept(run: Run, filled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"

    backed_up = run("--data-dir", filled, "backup", copy)
    again = run("--data-dir", filled, "backup", copy)
    restored = run("--data-dir", filled, "restore", copy)
    verified = run("--data-dir", filled, "verify", "--json")

    assert [done.returncode for done in (backed_up, again, restored, verified)] == [DONE, REFUSED, DONE, DONE]
    assert json.loads(verified.stdout)["entries"] == 5
    assert len([name for name in names_in(filled) if name.startswith("canteen.before-restore-")]) == 1


def test_a_restore_beside_a_till_that_runs_is_refused(run: Run, filled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    run("--data-dir", filled, "backup", copy)
    before = (filled / "canteen.db").read_bytes()

    with TillLock(filled / "canteen.db"):
        restored = run("--data-dir", filled, "restore", copy)
        verified = run("--data-dir", filled, "verify")

    assert (restored.returncode, lines(restored.stderr)[0]) == (FAILED, said(StoreFault.IN_USE)[0])
    assert verified.returncode == DONE
    assert (filled / "canteen.db").read_bytes() == before


def test_an_export_holds_every_member_and_amounts_in_yuan(run: Run, filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "members.csv"

    exported = run("--data-dir", filled, "export", "members", "--out", out)

    rows = lines(out.read_text(encoding="utf-8-sig"))
    assert exported.returncode == DONE
    assert len(rows) == 4
    assert any("王桂英" in row and "172.80" in row for row in rows)
    assert out.stat().st_mode & 0o077 == 0


def test_a_command_migrates_nothing_under_a_running_till(run: Run, filled: Path) -> None:
    before = (filled / "canteen.db").read_bytes()

    with TillLock(filled / "canteen.db"):
        refused = run("--data-dir", filled, "verify", later=True)

    assert (refused.returncode, lines(refused.stderr)[0]) == (FAILED, said(StoreFault.IN_USE)[0])
    assert (filled / "canteen.db").read_bytes() == before


@pytest.mark.parametrize("command", [["verify"], ["backup", "copy.db"], ["export", "members"]], ids=" ".join)
def test_books_of_a_newer_version_are_left_as_they_are(run: Run, filled: Path, command: list[str]) -> None:
    with closing(sqlite3.connect(filled / "canteen.db")) as connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
        connection.commit()
    before = (filled / "canteen.db").read_bytes()

    refused = run("--data-dir", filled, *command)

    assert (refused.returncode, lines(refused.stderr)[0]) == (FAILED, said(StoreFault.NEWER)[0])
    assert ((filled / "canteen.db").read_bytes(), names_in(filled)) == (before, {"canteen.db"})


def test_a_wrong_key_in_the_settings_is_two_lines_and_no_traceback(run: Run, data: Path) -> None:
    (data / "canteen.toml").write_text('languag = "en"\n', encoding="utf-8")

    stopped = run("--data-dir", data, QT_QPA_PLATFORM="offscreen")

    chinese, english = lines(stopped.stderr)
    assert (stopped.returncode, stopped.stdout) == (NOT_UNDERSTOOD, "")
    assert chinese.startswith(f"{data / 'canteen.toml'}:1：languag 'en' 没有这个设置项")
    assert english.startswith(f"{data / 'canteen.toml'}:1: languag 'en' unknown key; expected till, language")


def test_an_address_of_no_database_is_told_without_its_password(run: Run, data: Path) -> None:
    (data / "canteen.toml").write_text('database = "mysql://till:geheim@host/books"\n', encoding="utf-8")

    stopped = run("--data-dir", data, "verify")

    assert (stopped.returncode, len(lines(stopped.stderr)), "geheim" in stopped.stderr) == (NOT_UNDERSTOOD, 2, False)


def test_the_language_of_the_settings_is_that_of_the_terminal(run: Run, filled: Path) -> None:
    (filled / "canteen.toml").write_text('language = "en"\n', encoding="utf-8")

    verified = run("--data-dir", filled, "verify")

    assert lines(verified.stdout)[0] == "The ledger agrees with itself: 5 entries, 3 wallets."


@pytest.mark.parametrize("arguments", [[], ["--practice"]], ids=["real", "practice"])
def test_without_a_display_it_says_so_in_two_lines_and_writes_nothing(run: Run, data: Path, arguments: list[str]) -> None:
    stopped = run("--data-dir", data, *arguments)

    chinese, english = lines(stopped.stderr)
    assert (stopped.returncode, stopped.stdout) == (NO_DISPLAY, "")
    assert (chinese[:6], english[:19]) == ("没有图形界面", "There is no display")
    assert names_in(data) == set()


def test_pictures_are_taken_of_the_practice_canteen_only(run: Run, data: Path) -> None:
    stopped = run("--data-dir", data, "--shots", data / "shots")

    assert (stopped.returncode, lines(stopped.stderr)[-1]) == (NOT_UNDERSTOOD, "main.py: error: --shots needs --practice")


@pytest.mark.parametrize("arguments", [["sell"], ["--quick"], ["verify", "--quick"], ["export"], ["export", "sales"]], ids=" ".join)
def test_what_is_not_understood_is_exit_code_2_and_no_traceback(run: Run, data: Path, arguments: list[str]) -> None:
    stopped = run("--data-dir", data, *arguments)

    assert (stopped.returncode, "Traceback" in stopped.stderr, names_in(data)) == (NOT_UNDERSTOOD, False, set())
