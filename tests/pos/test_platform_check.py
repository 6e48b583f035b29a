"""What keeps Qt from opening a window is told in two lines, before Qt aborts over it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pos import platform_check
from pos.platform_check import (
    EXIT_DEAD_DISPLAY,
    EXIT_NO_DISPLAY,
    EXIT_NO_LIBRARY,
    LIBRARIES,
    X11_LIBRARIES,
    Complaint,
    choose_input_method,
    complaint,
)

ROOT = Path(__file__).resolve().parents[2]
X11 = {"DISPLAY": ":7"}


def test_a_machine_with_all_of_it_is_fit() -> None:
    found = complaint(X11, system="linux", loads=lambda _: True, answers=lambda _: True)

    assert found is None


def test_missing_libraries_are_named_by_their_packages() -> None:
    lacking = {"libEGL.so.1", "libxcb-cursor.so.0"}

    found = complaint(X11, system="linux", loads=lambda name: name not in lacking)

    assert found == Complaint(
        EXIT_NO_LIBRARY,
        "缺少系统库，请先安装：sudo apt install libegl1 libxcb-cursor0",
        "System libraries are missing, install them first: sudo apt install libegl1 libxcb-cursor0",
    )


@pytest.mark.parametrize(
    ("environment", "asked"),
    [
        ({"QT_QPA_PLATFORM": "offscreen", **X11}, LIBRARIES),
        ({"QT_QPA_PLATFORM": "offscreen:configfile=screens.json"}, LIBRARIES),
        ({"WAYLAND_DISPLAY": "wayland-0"}, LIBRARIES),
        ({"WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "wayland", **X11}, LIBRARIES),
        (X11, LIBRARIES + X11_LIBRARIES),
    ],
)
def test_only_the_libraries_of_the_display_in_use_are_asked_for(
    environment: dict[str, str], asked: tuple[tuple[str, str], ...]
) -> None:
    tried: list[str] = []

    def loads(library: str) -> bool:
        tried.append(library)
        return True

    complaint(environment, system="linux", loads=loads, answers=lambda _: True)

    assert tried == [library for library, _ in asked]


def test_without_any_display_there_is_a_word_for_it() -> None:
    found = complaint({}, system="linux", loads=lambda _: True)

    assert found is not None
    assert found.exit_code == EXIT_NO_DISPLAY


def test_a_display_in_memory_needs_no_screen() -> None:
    found = complaint({"QT_QPA_PLATFORM": "offscreen"}, system="linux", loads=lambda _: True)

    assert found is None


@pytest.mark.parametrize("environment", [{"DISPLAY": ":4711"}, {"WAYLAND_DISPLAY": "nobody-here"}])
def test_a_dead_display_is_named(environment: dict[str, str], tmp_path: Path) -> None:
    found = complaint(environment | {"XDG_RUNTIME_DIR": str(tmp_path)}, system="linux", loads=lambda _: True)

    assert found is not None
    assert found.exit_code == EXIT_DEAD_DISPLAY
    assert next(iter(environment.values())) in found.english


def test_a_wayland_display_that_listens_is_alive(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as desktop:
        desktop.bind(str(tmp_path / "wayland-9"))
        desktop.listen()

        found = complaint(
            {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)}, system="linux", loads=lambda _: True
        )

    assert found is None


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_bring_what_qt_needs(system: str) -> None:
    found = complaint({}, system=system, loads=lambda _: False, answers=lambda _: False)

    assert found is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"XMODIFIERS": "@im=fcitx"}, "ibus"),
        ({"QT_IM_MODULE": "fcitx5"}, "ibus"),
        ({"QT_IM_MODULE": "ibus"}, "ibus"),
        ({"XMODIFIERS": "@im=ibus"}, None),
        ({}, None),
    ],
)
def test_fcitx_is_reached_through_ibus(before: dict[str, str], after: str | None) -> None:
    environment = dict(before)

    choose_input_method(environment)

    assert environment.get("QT_IM_MODULE") == after


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_a_start_without_a_display_leaves_with_two_lines_and_no_traceback() -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "WAYLAND", "DISPLAY"))}
    program = "from pos import platform_check as c; c._loads = lambda _: True; c.stop_if_no_window_can_open()"

    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, check=False
    )

    lines = ended.stderr.decode("utf-8").splitlines()
    assert (ended.returncode, len(lines), ended.stdout) == (EXIT_NO_DISPLAY, 2, b"")
    assert lines[0].startswith("没有图形界面")


def test_every_exit_code_has_one_meaning() -> None:
    from pos import bootstrap

    codes = [value for module in (bootstrap, platform_check) for name, value in vars(module).items() if name[:5] == "EXIT_"]

    assert len(codes) == len(set(codes)) == 9
