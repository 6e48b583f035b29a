"""What is kept of a payment code: four digits, whatever was typed or scanned.

WeChat and Alipay payment codes (付款码) have 16 to 24 digits and are as good as money for a minute: one must
never be stored, shown or logged.
"""

from __future__ import annotations

from dataclasses import dataclass

KEPT = 4
CODE_LENGTH = 16


def last_four(text: str) -> str:
    """The last four digits of a text, fewer where it has fewer."""
    return "".join(char for char in text if char.isascii() and char.isdigit())[-KEPT:]


@dataclass(frozen=True, slots=True)
class Reference:
    """The field of the last digits: what it keeps, and whether so much came in that it was a payment code."""

    kept: str = ""
    came: int = 0

    def typed(self, text: str) -> Reference:
        """The field after an edit: `text` is all it holds now, of which four digits stay."""
        added = max(0, len(text) - len(self.kept))
        return Reference(last_four(text), self.came + added if text else 0)

    @property
    def was_code(self) -> bool:
        """Whether a whole payment code was scanned into the field."""
        return self.came >= CODE_LENGTH
