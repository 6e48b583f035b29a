"""Box labels on the roll: one for each box of a stop, cut apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos import words
from pos.i18n import _
from receipts.roll import Cut, Element, Qr, Row, Slip, Text
from receipts.slips_parts import PRACTICE_MARK

if TYPE_CHECKING:
    from pos.domain.box_labels import BoxLabel
    from pos.domain.canteen import Canteen


def label_slip(canteen: Canteen, labels: tuple[BoxLabel, ...]) -> Slip:
    """The labels of one stop, at least one."""
    return Slip(tuple(element for label in labels for element in _label(canteen, label)))


def contents(dishes: tuple[tuple[str, int], ...]) -> str:
    """Dishes and their portions in a row."""
    return " ".join(name if count == 1 else f"{name}×{count}" for name, count in dishes)


def _label(canteen: Canteen, label: BoxLabel) -> list[Element]:
    practice = [Text(PRACTICE_MARK, "center", bold=True)] if canteen.practice else []
    box = f"{label.box}/{label.boxes}" if label.boxes > 1 else ""
    diets = [Text(" ".join(label.diets), size=2, bold=True)] if label.diets else []
    inside = contents(label.inside)
    times = [Row(_("Cooked at"), label.cooked_at), Row(_("Eat by"), label.eat_by, bold=True)] if label.eat_by else []
    return [
        *practice,
        Row(label.name, box, 2, bold=True),
        Text(f"{label.estate} {label.door}".strip() or _("address not known"), bold=True),
        *([Text(label.dish, size=2, bold=True)] if label.dish else []),
        *([Text(inside, bold=not label.dish)] if inside else []),
        *diets,
        Row(f"{label.day} {words.meal(label.meal)}", label.route),
        *times,
        Qr(label.code),
        Cut(),
    ]
