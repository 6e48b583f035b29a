"""The house keeps its arrows: the contracts of pyproject.toml, and what they cannot say."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("pos", "ui", "db", "receipts")
READ_BY_OLD_PYTHONS = ("main.py", "pos/__init__.py", "pos/bootstrap.py", "tests/__main__.py", "tests/checks/__main__.py")
LONGEST_MODULE = 400


def test_the_contracts_of_import_linter_are_kept() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]

    linted = subprocess.run(
        [*command, "--no-logo", "--no-cache"],
        cwd=ROOT,
        env=os.environ | {"NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_the_domain_uses_the_standard_library_alone() -> None:
    foreign = {
        f"{_name(file)} -> {imported}"
        for file in _modules("pos/domain")
        for imported in _imports(file)
        if imported.split(".")[0] not in sys.stdlib_module_names and not imported.startswith("pos.domain")
    }

    assert foreign == set()


def test_presenters_and_all_they_import_know_no_qt() -> None:
    presenters = [file for file in _modules("ui") if file.name == "presenter.py"]

    with_qt = {_name(file): reached for file in presenters if (reached := _way_to(file, "PySide6"))}

    assert with_qt == {}


def test_a_presenter_of_qt_would_be_found(tmp_path: Path) -> None:
    ours = tmp_path / "presenter.py"
    ours.write_text("from PySide6.QtWidgets import QWidget\n", encoding="utf-8")

    reached = _way_to(ours, "PySide6")

    assert reached == ["presenter.py", "PySide6.QtWidgets"]


def test_threads_and_executors_are_started_in_ui_background_alone() -> None:
    starters = {"Thread", "Timer", "ThreadPoolExecutor", "ProcessPoolExecutor", "QThread", "QThreadPool"}

    starting = {
        _name(file) for room in ROOMS for file in _modules(room) if starters & set(_names(file))
    } - {"ui/background.py"}

    assert starting == set()


def test_only_main_reads_the_settings() -> None:
    readers = {
        _name(file) for room in ROOMS for file in _modules(room) if "read_config" in _names(file)
    } - {"pos/config.py"}

    assert readers == set()


def test_every_module_says_its_one_job() -> None:
    silent = {
        _name(file)
        for room in ROOMS
        for file in _modules(room)
        if not ast.get_docstring(_tree(file))
    }

    assert silent == set()


def test_no_module_outgrows_a_reader() -> None:
    lengths = {_name(file): len(_text(file).splitlines()) for room in ROOMS for file in _modules(room)}

    too_long = {
        name: lines
        for name, lines in lengths.items()
        if lines > LONGEST_MODULE and not name.startswith("db/migrations/")  # a step of history is read as a whole
    }

    assert too_long == {}


def test_tests_are_no_packages_that_would_hide_the_rooms() -> None:
    packages = sorted(_name(file) for file in (ROOT / "tests").rglob("__init__.py"))

    assert packages == []


def test_test_files_have_names_of_their_own() -> None:
    names = [file.name for file in (ROOT / "tests").rglob("test_*.py")]

    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("name", READ_BY_OLD_PYTHONS)
def test_an_old_python_can_read_what_tells_it_that_it_is_old(name: str) -> None:
    tree = ast.parse(_text(ROOT / name), filename=name, feature_version=(3, 6))

    assert isinstance(tree, ast.Module)


def _modules(folder: str) -> Iterator[Path]:
    yield from sorted((ROOT / folder).rglob("*.py"))


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else file.name


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(_text(file), filename=str(file))


@cache
def _imports(file: Path) -> set[str]:
    """Full names of what a file imports, `from a import b` as both a and a.b."""
    found: set[str] = set()
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _names(file: Path) -> Iterator[str]:
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name


def _way_to(start: Path, library: str) -> list[str]:
    """The shortest chain of imports that leads from a file of ours to a library; empty when none does."""
    ways: deque[tuple[Path, ...]] = deque([(start,)])
    seen = {start}
    while ways:
        way = ways.popleft()
        for imported in sorted(_imports(way[-1])):
            if imported.split(".")[0] == library:
                return [*map(_name, way), imported]
            stem = ROOT / imported.replace(".", "/")
            for file in (stem.with_suffix(".py"), stem / "__init__.py"):
                if imported.split(".")[0] in ROOMS and file not in seen and file.exists():
                    seen.add(file)
                    ways.append((*way, file))
    return []
