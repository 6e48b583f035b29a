"""The locks name every package by version and hash, fit pyproject.toml, and hold no address."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from pos.bootstrap import pins

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
# Systems that a till or its developers have; the markers of a lock must agree with pyproject on each.
MACHINES = [
    {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": system, "platform_machine": machine}
    for python in ("3.11", "3.12", "3.13", "3.14")
    for system, machine in (("linux", "x86_64"), ("linux", "aarch64"), ("win32", "AMD64"), ("darwin", "arm64"))
]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address(lock: str) -> None:
    text = _read(lock)

    assert re.findall(r"://|--(?:extra-)?index-url|--find-links|@ ", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_has_a_hash(lock: str) -> None:
    blocks = re.split(r"\n(?=\S)", _read(lock).strip())

    without = [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block]

    assert without == []
    assert len(blocks) == len(pins(_read(lock)))


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: "-".join(machine.values()))
@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_fits_pyproject_on(lock: str, machine: dict[str, str]) -> None:
    project = tomllib.loads(_read("pyproject.toml"))
    wanted = project["project"]["dependencies"] + (project["dependency-groups"]["dev"] if "dev" in lock else [])

    unmet = [line for line in wanted if not _met(Requirement(line), _pinned(lock, machine), machine)]

    assert unmet == []


def test_the_till_has_the_same_packages_in_both_locks() -> None:
    run, develop = set(pins(_read("requirements.lock"))), set(pins(_read("requirements-dev.lock")))

    assert {(name, version) for name, version, _ in run} - {(name, version) for name, version, _ in develop} == set()


def test_the_window_library_is_one_that_keeps_true_alive() -> None:
    of = {machine["python_version"]: _pinned("requirements.lock", machine)["pyside6-essentials"] for machine in MACHINES}

    assert {python: version.release[:2] for python, version in of.items()} == {
        "3.11": (6, 9),
        "3.12": (6, 9),
        "3.13": (6, 9),
        "3.14": (6, 12),
    }


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _pinned(lock: str, machine: dict[str, str]) -> dict[str, Version]:
    return {
        canonicalize_name(name): Version(version)
        for name, version, marker in pins(_read(lock))
        if _applies(Requirement(f"{name}{'; ' + marker if marker else ''}"), machine)
    }


def _met(wanted: Requirement, pinned: dict[str, Version], machine: dict[str, str]) -> bool:
    if not _applies(wanted, machine):
        return True
    version = pinned.get(canonicalize_name(wanted.name))
    return version is not None and version in wanted.specifier


def _applies(wanted: Requirement, machine: dict[str, str]) -> bool:
    return wanted.marker is None or wanted.marker.evaluate(dict(machine))
