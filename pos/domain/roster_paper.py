"""What goes onto paper for the volunteers: the rosters of a meal, each in its version, and the labels of the boxes."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos.domain.box_labels import BoxLabel
from pos.domain.rosters import Roster


@dataclass(frozen=True, slots=True)
class RosterPaper:
    """Rosters to print, each with its version. `printed` is the moment of printing in words; `mark` is the canteen's.

    `phone` is that of the canteen, for whoever stands before a door that nobody opens.
    """

    canteen: str
    phone: str
    practice: bool
    mark: str
    printed: str
    rosters: tuple[tuple[Roster, int], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class LabelSheets:
    """Labels for sheets of A4. `skip` are the labels of the first sheet that were used before."""

    canteen: str
    practice: bool
    labels: tuple[BoxLabel, ...] = field(repr=False)
    skip: int = 0
