"""The tariffs that ship with the program: real rules of real places, for a manager to start from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pos.domain.tariff import Tariff, parse_tariff

FOLDER = Path(__file__).resolve().parents[1] / "tariffs"


@dataclass(frozen=True, slots=True)
class Starter:
    """A tariff to start from: its name in the program, its text with comments, and what it says."""

    name: str
    text: str
    tariff: Tariff


def starters() -> tuple[Starter, ...]:
    """All of them, by name."""
    texts = {file.stem: file.read_text("utf-8") for file in FOLDER.glob("*.toml")}
    return tuple(Starter(name, text, parse_tariff(text)) for name, text in sorted(texts.items()))
