"""When somebody eats: a time of the day as people write it, kept as 'HH:MM'."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pos.domain.errors import Refusal

_TIMES = tuple(map(re.compile, (r"(\d{1,2})[:.](\d{2})", r"(\d{1,2})[点时](?:(\d{1,2})分?|(半)|整)?", r"(\d{1,2})(\d{2})")))


@dataclass(eq=False)
class BadEatAt(Refusal):
    """What was typed is no time of the day."""

    text: str


def parse_eat_at(text: str) -> str:
    """'11:30' of '11:30', '11.30', '1130', '11点半', '11点30分'; '' of nothing. Raises BadEatAt."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if not plain:
        return ""
    found = next((match for form in _TIMES if (match := form.fullmatch(plain))), None)
    if found is None:
        raise BadEatAt(text.strip())
    hour, minute = int(found[1]), 30 if "半" in found.groups() else int(found[2] or 0)
    if hour > 23 or minute > 59:
        raise BadEatAt(text.strip())
    return f"{hour:02d}:{minute:02d}"
