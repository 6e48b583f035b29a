"""Words for what is wrong with a tariff: the line, what it is, what to write instead."""

from __future__ import annotations

import pytest

from pos.domain.tariff import BadTariff, Fault, Finding
from pos.domain.tariff.table import Kind
from ui import messages
from ui.messages.tariff import finding_words

FACTS: dict[str, int | str] = {
    "key": "percent", "found": "120", "known": "id, title", "meant": "", "choices": "best, first", "wanted": "date",
    "detail": "x", "low": 0, "high": 150, "payer": "city", "declared": "", "group": "g", "other_line": 7, "first": "flat",
    "second": "off", "other": "80+", "parts": 200, "amount": 300, "valid_from": "2026-01-01", "valid_to": "2025-01-01",
    "age_from": 70, "age_to": 74, "age": 75, "most": 1, "other_most": 2, "price": 200, "longest": 40,
}  # fmt: skip


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_is_told_with_its_line_and_what_to_write(fault: Fault, language: str) -> None:
    what, instead = finding_words(Finding(fault, 12, "80+", FACTS))

    assert "12" in what
    assert "80+" in what
    assert [part for part in (what, instead) if not part.strip() or "{" in part] == []


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_value_has_an_example(kind: Kind, language: str) -> None:
    _what, instead = finding_words(Finding(Fault.WRONG_TYPE, 1, "", FACTS | {"wanted": kind}))

    assert instead.startswith(("Write ", "请写 "))


@pytest.mark.parametrize(
    ("finding", "what", "instead"),
    [
        (Finding(Fault.BAD_PERCENT, 5, "60+", FACTS), "Line 5, rule 60+: percent is 120: a percentage is at most 100.", "Write 0 to 100, with two decimals at most."),
        (Finding(Fault.UNKNOWN_KEY, 2, "", {"key": "titel", "known": "id, title", "meant": "title"}), "Line 2: titel is not known here.", "Write title."),
        (Finding(Fault.AGES_OPEN, 9, "60+", {"other": "80+", "other_line": 14, "age_to": 79}), "Line 9, rule 60+: It has no upper age, and rule 80+ (line 14) begins above it.", "Write age_to = 79."),
    ],
)  # fmt: skip
def test_a_manager_reads_where_what_and_what_instead(finding: Finding, what: str, instead: str, english: None) -> None:
    assert finding_words(finding) == (what, instead)


def test_a_refused_tariff_says_the_first_mistake_and_how_many_more_there_are(english: None) -> None:
    one = Finding(Fault.MISSING, 1, "", {"key": "id"})

    message = messages.words(BadTariff((one, one, one)))

    assert (message.title, message.todo) == ("Line 1: id is missing.", "Write id = …. There are 2 more mistakes.")
