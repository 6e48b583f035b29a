"""What the kit's widgets draw with: boxes, focus rings and the small signs beside words."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QWidget

from ui.theme import Colour, Size, Theme


class Sign(Enum):
    """A small drawn sign; the font has no such characters, and a picture file would be one more to ship."""

    CHECK = auto()
    CROSS = auto()
    BANG = auto()
    PLUS = auto()
    MINUS = auto()
    ERASE = auto()
    BACK = auto()
    NEXT = auto()
    DOWN = auto()
    INFO = auto()


_STROKES: dict[Sign, tuple[tuple[tuple[float, float], ...], ...]] = {
    Sign.CHECK: (((0.14, 0.54), (0.40, 0.80), (0.88, 0.22)),),
    Sign.CROSS: (((0.18, 0.18), (0.82, 0.82)), ((0.82, 0.18), (0.18, 0.82))),
    Sign.BANG: (((0.5, 0.10), (0.5, 0.62)), ((0.5, 0.88), (0.5, 0.89))),
    Sign.PLUS: (((0.12, 0.5), (0.88, 0.5)), ((0.5, 0.12), (0.5, 0.88))),
    Sign.MINUS: (((0.12, 0.5), (0.88, 0.5)),),
    Sign.ERASE: (
        ((0.34, 0.16), (0.96, 0.16), (0.96, 0.84), (0.34, 0.84), (0.04, 0.5), (0.34, 0.16)),
        ((0.48, 0.36), (0.78, 0.64)),
        ((0.78, 0.36), (0.48, 0.64)),
    ),
    Sign.BACK: (((0.62, 0.12), (0.26, 0.5), (0.62, 0.88)),),
    Sign.NEXT: (((0.38, 0.12), (0.74, 0.5), (0.38, 0.88)),),
    Sign.DOWN: (((0.12, 0.36), (0.5, 0.72), (0.88, 0.36)),),
    Sign.INFO: (((0.5, 0.38), (0.5, 0.90)), ((0.5, 0.11), (0.5, 0.12))),
}


def draw_sign(painter: QPainter, sign: Sign, box: QRectF, colour: QColor, width: float) -> None:
    """Draw a sign into a square box with strokes of so many px."""
    path = QPainterPath()
    for stroke in _STROKES[sign]:
        points = [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in stroke]
        path.moveTo(points[0])
        for point in points[1:]:
            path.lineTo(point)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(path)
    painter.restore()


def draw_picture(painter: QPainter, picture: QPixmap, box: QRectF, radius: float) -> None:
    """Fill a box with round corners with the middle of a picture."""
    scale = max(box.width() / picture.width(), box.height() / picture.height())
    part = QRectF(0, 0, box.width() / scale, box.height() / scale)
    part.moveCenter(QRectF(picture.rect()).center())
    round_box = QPainterPath()
    round_box.addRoundedRect(box, radius, radius)
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipPath(round_box)
    painter.drawPixmap(box, picture, part)
    painter.restore()


def draw_box(
    painter: QPainter,
    box: QRectF,
    fill: Colour,
    *,
    radius: float,
    edge: Colour | None = None,
    width: float = 1.0,
    dashed: bool = False,
) -> None:
    """Fill a rounded box, with an edge of so many px inside it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(fill))
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        painter.setPen(QPen(QColor(edge), width, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
        box = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.drawRoundedRect(box, radius, radius)
    painter.restore()


def ringed(painter: QPainter, widget: QWidget, theme: Theme, radius: float, ground: Colour = Colour.SURFACE) -> QRectF:
    """Draw the focus ring where the widget has the focus; returns the box that is left for the widget itself.

    Ring, then a gap of the ground, then the widget: seen against a white card and against a green button alike.
    """
    box = QRectF(widget.rect())
    if not widget.hasFocus():
        return box
    ring = theme.px(Size.RING)
    draw_box(painter, box, ground, radius=radius, edge=Colour.RING, width=ring)
    inset = ring + theme.px(2)
    return box.adjusted(inset, inset, -inset, -inset)


def lines_of(text: str, font: QFont, width: float, most: int) -> list[str]:
    """Break a text into at most so many lines of so many px; what has no room ends in '…'."""
    layout = QTextLayout(text, font)
    layout.setTextOption(_WRAP)
    layout.beginLayout()
    starts: list[int] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    ends = [*starts[1:], len(text)]
    lines = [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    if len(lines) > most:
        rest = text[starts[most - 1] :]
        lines = [*lines[: most - 1], QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, int(width))]
    return lines


_WRAP = QTextOption()
_WRAP.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
