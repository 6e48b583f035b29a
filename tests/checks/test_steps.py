"""The steps of the store follow one another: two that landed at the same moment would leave no way to make a file."""

from __future__ import annotations

import re
from pathlib import Path

from db.version import HISTORY

STEPS = Path(__file__).resolve().parents[2] / "db" / "migrations" / "versions"
_LINE = re.compile(r'^(revision|down_revision) = (?:"(\d+)"|None)$', re.MULTILINE)


def test_each_step_has_a_number_of_its_own_and_follows_the_one_before() -> None:
    steps = [dict(_LINE.findall(file.read_text("utf-8"))) for file in sorted(STEPS.glob("[0-9]*.py"))]

    assert [(step["down_revision"], step["revision"]) for step in steps] == list(zip(("", *HISTORY), HISTORY, strict=False))
