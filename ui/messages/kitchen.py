"""Words for what is refused about the kitchen's papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos import words
from pos.domain import kitchen_lines as errors
from pos.domain.errors import Refusal, Trouble
from pos.i18n import _

_Words = tuple[str, str]


def _nothing_changed(error: errors.NothingChanged) -> _Words:
    title = _("Nothing changed for {day} {meal} since the kitchen sheet.").format(day=error.day, meal=words.meal(error.meal))
    return title, _("Print the kitchen sheet where the kitchen has none.")


TABLE: dict[type[Refusal | Trouble], Callable[[Any], _Words]] = {errors.NothingChanged: _nothing_changed}
