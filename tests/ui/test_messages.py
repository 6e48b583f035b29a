"""Words for every error: what happened, whether money moved, what to do now."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import Enum
from typing import Any, get_type_hints

import pytest
from pytestqt.qtbot import QtBot

from pos.clock import CHINA
from pos.domain.errors import NotEnough, Refusal, StoreFault, StoreTrouble, Trouble, WrongPin
from pos.domain.tariff import Fault, Finding
from tests.ui.geometry import clipped
from ui import messages
from ui.messages import Message, Tone
from ui.theme import Size, Theme
from ui.widgets.banner import Banner

SAMPLES: dict[str, object] = {
    "status": "deceased",
    "permission": "close_any_shift",
    "business_date": "2026-11-22",
    "month": "2026-11",
    "name": "欧阳建国",
    "field": "community_worker",
    "code": "U+E000",
    "first": "2026-11-23",
    "last": "2026-11-22",
    "holder": "欧阳建国",
    "opened_by": "欧阳建国",
    "printed": "0040856634",
    "sheet": "会员名单 2026",
    "text": "12,50 yuan",
    "number": "A-1-000123",
}


def kinds(root: type[Exception]) -> Iterator[type[Any]]:
    """Every error of the till itself below a class."""
    for kind in root.__subclasses__():
        if kind.__module__.startswith("pos."):
            yield kind
        yield from kinds(kind)


def examples(kind: type[Any]) -> Iterator[Any]:
    """The error with believable facts, once for each value of its enum."""
    hints = get_type_hints(kind)
    facts: dict[str, object] = {}
    turns: tuple[str, type[Any]] | None = None
    for item in dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ():
        hint = hints[item.name]
        if isinstance(hint, type) and issubclass(hint, Enum):
            if turns is None:
                turns = (item.name, hint)
            else:
                facts[item.name] = next(iter(hint))
        elif item.name == "money_moved":
            continue
        elif hint is int:
            facts[item.name] = 123_456
        elif hint == tuple[Finding, ...]:
            facts[item.name] = (Finding(Fault.BAD_PERCENT, 12, "60-79", {"key": "percent", "found": "120"}),) * 2
        elif hint is datetime:
            facts[item.name] = datetime(2026, 11, 27, 17, tzinfo=CHINA)
        elif hint is bool:
            facts[item.name] = True
        elif hint is str:
            facts[item.name] = SAMPLES.get(item.name, "x")
        else:
            facts[item.name] = ("d1", "d2")
    if turns is None:
        yield kind(**facts)
        return
    for value in turns[1]:
        yield kind(**facts, **{turns[0]: value})


ALL = [error for root in (Refusal, Trouble) for kind in kinds(root) for error in examples(kind)]



@pytest.mark.parametrize("kind", [kind for root in (Refusal, Trouble) for kind in kinds(root)])
def test_every_error_of_the_till_has_words_of_its_own(kind: type[Any]) -> None:
    assert kind in messages._TABLE


def test_every_message_says_what_happened_whether_money_moved_and_what_to_do(language: str) -> None:
    said = {error: messages.words(error) for error in ALL}

    parts = [(error, part) for error, one in said.items() for part in (one.title, one.money, one.todo)]
    assert [(error, part) for error, part in parts if not part.strip() or "{" in part] == []


def test_every_message_has_room_on_the_smallest_screen(
    language: str, theme_for: Callable[[tuple[int, int]], Theme], qtbot: QtBot
) -> None:
    theme = theme_for((1024, 768))
    banner = Banner(theme)
    qtbot.addWidget(banner)
    banner.resize(1024, theme.px(Size.FOOTER))
    banner.show()

    cut: list[object] = []
    for error in ALL:
        banner.show_message(messages.words(error))
        qtbot.wait(0)
        cut += [(error, what) for what in clipped(banner)]
        cut += [(error, label.text()) for label in (banner._title, banner._todo) if label.toolTip()]

    assert cut == []


def test_a_refusal_says_plainly_that_no_money_moved(english: None) -> None:
    message = messages.words(NotEnough(needed=1200, available=350))

    assert message == Message(
        "The meal costs ¥12.00, the card holds ¥3.50.", "No money moved.", "Top up the card, or take cash.", Tone.REFUSED
    )


@pytest.mark.parametrize(
    ("moved", "said"), [(False, "No money moved."), (True, "Money did move."), (None, "Not known whether money moved.")]
)
def test_a_trouble_says_what_is_known_about_the_money(moved: bool | None, said: str, english: None) -> None:
    message = messages.words(StoreTrouble(StoreFault.UNREACHABLE, money_moved=moved))

    assert (message.money, message.tone) == (said, Tone.FAILED)


def test_a_growing_delay_is_said_in_words(english: None) -> None:
    said = [messages.words(WrongPin(wait)).todo for wait in (0, 8, 128)]

    assert said == ["Type it again.", "Wait 8 seconds, then type it again.", "Wait 3 minutes, then type it again."]


def test_a_trouble_that_this_room_does_not_know_still_has_words(english: None) -> None:
    class Elsewhere(Trouble):
        money_moved = None

    message = messages.words(Elsewhere())

    assert (message.title, message.money) == ("A device of the till failed.", "Not known whether money moved.")
