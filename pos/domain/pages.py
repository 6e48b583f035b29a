"""What every page of a paper says about the paper."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of an A4 paper.

    `printed` is the moment of printing in words, `version` the program's or the document's. `practice` marks a
    paper of the practice canteen across every page. `wide` turns the page on its side. `running` stands at the top of
    every page but the first, '' for canteen and title.
    """

    canteen: str
    title: str
    printed: str = ""
    version: str = ""
    wide: bool = False
    practice: bool = False
    running: str = ""
