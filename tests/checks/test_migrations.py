"""The steps from one version of the tables to the next stand in one row, each with one file."""

from __future__ import annotations

import re
from pathlib import Path

from db.version import HISTORY

STEPS = Path(__file__).resolve().parents[2] / "db" / "migrations" / "versions"
_REVISION = re.compile(r'^revision = "(\w+)"\ndown_revision = (?:"(\w+)"|None)$', re.MULTILINE)


def test_each_version_has_one_step_that_follows_the_one_before() -> None:
    found = {path.name: _REVISION.findall(path.read_text(encoding="utf-8")) for path in sorted(STEPS.glob("*.py"))}

    steps = [step for steps in found.values() for step in steps]
    assert steps == list(zip(HISTORY, ("", *HISTORY), strict=False))
    assert [name[:4] for name in found] == list(HISTORY)
