"""The dishes of a set meal as text: [["id", "name"], ...], in sales and in reservations."""

from __future__ import annotations

import json
from functools import lru_cache

from pos.domain.pricing import BasketItem


def written(item: BasketItem) -> str:
    """What was chosen for a set meal; most items have nothing."""
    return json.dumps(item.chosen, ensure_ascii=False)


@lru_cache(maxsize=1_024)  # most are none, and the others those of a few set meals
def read(text: str) -> tuple[tuple[str, str], ...]:
    """The same dishes again, by id and name."""
    return tuple((dish_id, name) for dish_id, name in json.loads(text))
