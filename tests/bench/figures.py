"""Times as people read them: percentiles, a rate, a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NS_PER_MS = 1_000_000


@dataclass(frozen=True, slots=True)
class Times:
    """What one thing took, again and again, in nanoseconds."""

    taken_ns: Sequence[int]

    @property
    def median_ms(self) -> float:
        """Half of them were faster, in milliseconds."""
        return self.percentile_ms(50)

    @property
    def p99_ms(self) -> float:
        """99 of 100 were faster, in milliseconds."""
        return self.percentile_ms(99)

    def percentile_ms(self, percent: float) -> float:
        """By nearest rank, in milliseconds."""
        ranked = sorted(self.taken_ns)
        return ranked[min(len(ranked) - 1, int(len(ranked) * percent / 100))] / NS_PER_MS

    @property
    def a_second(self) -> float:
        """How many of them one thread does in a second."""
        return len(self.taken_ns) * 1000 * NS_PER_MS / sum(self.taken_ns)


def heading(text: str) -> None:
    """Begin a table."""
    print(f"\n## {text}\n", flush=True)


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table that README.md can take as it is."""
    print("| " + " | ".join(columns) + " |")
    print("| " + " | ".join("---" for _ in columns) + " |")
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)


def ms(number: float) -> str:
    """Two digits after the point: more is noise."""
    return f"{number:.2f} ms"


def times(number: float) -> str:
    """A ratio."""
    return f"{number:.2f} x"
