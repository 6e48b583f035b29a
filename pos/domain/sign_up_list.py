"""A chat's sign-up list (接龙): who wants how many portions and how, out of whatever people type into it.

Nothing is guessed silently: what is unclear is a doubt on the line, and a line about nobody is told as such. The names
are those of the text; which member is meant, others decide.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos.domain.errors import Refusal
from pos.domain.menu import Meal
from pos.domain.sign_up_line import is_numbered, read_line
from pos.domain.sign_ups import Doubt, SignUp

MOST_LINES = 1_000

_MEALS = (
    (Meal.BREAKFAST, re.compile("早餐|早饭|早点")),
    (Meal.LUNCH, re.compile("午餐|午饭|中餐|中饭|中午")),
    (Meal.DINNER, re.compile("晚餐|晚饭")),
)


@dataclass(frozen=True, slots=True)
class SignUpList:
    """A list as it was read: the sign-ups in their order, the lines about nobody, and the meal that those speak of."""

    sign_ups: tuple[SignUp, ...]
    others: tuple[str, ...] = ()
    meal: Meal | None = None


@dataclass(eq=False)
class ListTooLong(Refusal):
    """More lines than a chat's list has."""

    lines: int
    most: int


def read_list(text: str) -> SignUpList:
    """Read a pasted list. Raises ListTooLong, and nothing else, whatever the text."""
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise ListTooLong(len(lines), MOST_LINES)
    sign_ups: list[SignUp] = []
    others: list[str] = []
    alone = not any(map(is_numbered, lines))
    for number, line in enumerate(lines, 1):
        read = read_line(number, line, alone=alone)
        sign_ups += read
        if not read and line.strip():
            others.append(line.strip())
    meals = (meal for line in others for meal, pattern in _MEALS if pattern.search(line))
    return SignUpList(_last_counts(sign_ups), tuple(others), next(meals, None))


def _last_counts(sign_ups: Sequence[SignUp]) -> tuple[SignUp, ...]:
    """Of several lines with one name the last counts; if they differ all are doubtful: they may be two people's."""
    named: defaultdict[str, list[SignUp]] = defaultdict(list)
    for one in sign_ups:
        if one.name:
            named[one.name].append(one)
    return tuple(_marked(one, named[one.name]) for one in sign_ups)


def _marked(one: SignUp, namesakes: Sequence[SignUp]) -> SignUp:
    same = [other for other in namesakes if len({one.door, other.door} - {None}) < 2]
    if len(same) < 2:
        return one
    last = same[-1]
    # A list that was pasted twice repeats its lines word for word: that is no second wish.
    unsure = len({other.text for other in same}) > 1
    doubts = (*one.doubts, Doubt.REPEATED) if unsure else one.doubts
    return replace(one, doubts=doubts, replaced_by=0 if last is one else last.line)
