"""Money: integer fen, the two ways to write it, and the one way to round and to split it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TypeAlias

Fen: TypeAlias = int
"""An amount of money in fen (0.01 yuan). Never a float, never a Decimal."""

_YUAN = re.compile(r"([0-9]{1,7})(?:\.([0-9]{1,2}))?")


def round_half_up(numerator: int, denominator: int) -> int:
    """The nearest integer to numerator / denominator (neither is negative); a half goes up.

    11.475 yuan is 11.48, where binary floats print 11.47 (domain.md section 8).
    """
    assert denominator > 0 <= numerator, "amounts to be rounded are not negative"
    return (2 * numerator + denominator) // (2 * denominator)


def share(amount: Fen, basis_points: int) -> Fen:
    """The part of an amount: 1500 basis points are 15 percent. Rounded half up to the fen, once."""
    return round_half_up(amount * basis_points, 10_000)


def split(total: Fen, weights: Sequence[int]) -> tuple[Fen, ...]:
    """Split a total by weights so that the parts sum to it exactly; the last part takes the remainder."""
    whole = sum(weights)
    assert whole > 0, "a split needs a weight above zero"
    parts = [total * weight // whole for weight in weights[:-1]]
    return (*parts, total - sum(parts))


def yuan(amount: Fen) -> str:
    """An amount in yuan with two decimals and no sign of currency: 1250 -> '12.50', -5 -> '-0.05'."""
    sign = "-" if amount < 0 else ""
    whole, rest = divmod(abs(amount), 100)
    return f"{sign}{whole}.{rest:02d}"


def money(amount: Fen) -> str:
    """An amount with the sign of the currency, the same in every language: '¥12.50', '-¥3.00'."""
    return f"-¥{yuan(-amount)}" if amount < 0 else f"¥{yuan(amount)}"


def parse_yuan(text: str) -> Fen:
    """Fen from what a person typed in yuan ('12', '12.5', '１２．５０'); above zero.

    Raises BadAmount for anything else: empty, zero, negative, three decimals, letters, more than seven digits.
    """
    from pos.domain.errors import BadAmount  # amounts are shown long before one is typed

    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("¥").lstrip()
    found = _YUAN.fullmatch(plain)
    if not found:
        raise BadAmount(text)
    amount = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    if amount == 0:
        raise BadAmount(text)
    return amount
