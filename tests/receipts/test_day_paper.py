"""The paper of a day's close, as the outbox makes it out of the store."""

from __future__ import annotations

from datetime import time

import pytest

from pos import i18n
from pos.domain.cases import CaseStep
from pos.domain.deliveries import Outcome
from receipts.escpos import PrinterSettings
from receipts.queue import Outbox
from receipts.roll import Row, Slip, Text
from receipts.simulated import SimulatedPrinter
from tests.pos.services.conftest import closed_counter, counter, founded_file
from tests.pos.services.counter import Counter
from tests.pos.services.delivering import TUESDAY, delivering_at

__all__ = ["closed_counter", "counter", "founded_file"]


def told(slip: Slip) -> list[tuple[str, str]]:
    """The rows and the words below them, from the people on."""
    parts = [
        (one.left.strip(), one.right) if isinstance(one, Row) else (one.text.strip(), "")
        for one in slip.elements
        if isinstance(one, Row | Text)
    ]
    return parts[[left for left, _right in parts].index("Given back") + 1 : -1]


def test_the_paper_of_a_close_names_who_was_looked_for_and_who_refused(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = i18n.language()
    i18n.use("en")
    noon = delivering_at(counter)
    silent, not_hungry = noon.book(counter.rich("曾秀珍")), noon.book(counter.rich("李桂芳"))
    noon.at(TUESDAY, time(12))
    noon.note(not_hungry, Outcome.REFUSED, note="说今天不饿")
    case = noon.note(silent, Outcome.NO_ANSWER).case
    assert case is not None
    counter.wait(minutes=5)
    noon.cases.take_step(counter.manager, "step", case.id, CaseStep.FOUND_WELL, "在邻居家")
    noon.closes.close(counter.manager, TUESDAY)
    made: list[Slip] = []

    def keep(slip: Slip, _settings: PrinterSettings) -> bytes:
        made.append(slip)
        return b"paper"

    monkeypatch.setattr("receipts.queue.build", keep)

    outbox = Outbox(counter.stores, SimulatedPrinter(lambda _data: None), PrinterSettings(), "A", counter.clock)
    while outbox.work_once().waiting:
        pass
    i18n.use(before)

    assert told(made[-1]) == [
        ("曾秀珍", "No answer at the door"),
        ("12:00", "noted by 周敏"),
        ("12:05 Found well", "周敏"),
        ("在邻居家", ""),
        ("李桂芳", "refused"),
        ("说今天不饿", ""),
    ]
