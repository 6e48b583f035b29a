"""Words on the screen: labels of a size and a tone, labels that say when they are cut, and amounts."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pos.domain.money import Fen, money
from ui.theme import Text, Theme, mark

LARGEST_MADE_BOLD = 64
BOLD_EDGE = 0.035
"""The width of the edge, as a part of the font's height, that looks like the bold of smaller sizes."""


class Tone(StrEnum):
    """The colour of a label by what it means; the words say it too."""

    PLAIN = "plain"
    MUTED = "muted"
    GREEN = "green"
    MONEY = "money"
    RED = "red"
    AMBER = "amber"
    WHITE = "white"


class Label(QLabel):
    """Words in one of the sizes. With `wrap` they run on over several lines and take the height they need."""

    def __init__(
        self,
        theme: Theme,
        words: str = "",
        size: Text = Text.BODY,
        tone: Tone = Tone.PLAIN,
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent)
        self.setFont(theme.font(size))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.set_tone(tone)

    def set_tone(self, tone: Tone) -> None:
        """Change what the colour means."""
        mark(self, "tone", tone.value)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw huge words as their outline with a broad edge: Qt makes no bold of a regular font above 64 px."""
        font = self.font()
        if self.wordWrap() or not font.bold() or font.pixelSize() <= LARGEST_MADE_BOLD:
            super().paintEvent(event)
            return
        from PySide6.QtWidgets import QStyle  # large, and not on the first page

        metrics, room = QFontMetrics(font), self.contentsRect()
        outline = QPainterPath()
        outline.addText(0, 0, font, self.text())
        size = QSize(metrics.horizontalAdvance(self.text()), metrics.height())
        place = QStyle.alignedRect(self.layoutDirection(), self.alignment(), size, room)
        ink = self.palette().color(self.foregroundRole())
        pen = QPen(ink, font.pixelSize() * BOLD_EDGE)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(place.left(), place.top() + metrics.ascent())
        painter.setPen(pen)
        painter.setBrush(ink)
        painter.drawPath(outline)


class ElidedLabel(Label):
    """One line, in the first of its sizes in which it has room; where none has, it ends in '…', and the whole text
    stays in its tooltip and its name."""

    def __init__(
        self,
        theme: Theme,
        words: str = "",
        size: Text = Text.BODY,
        tone: Tone = Tone.PLAIN,
        *,
        smaller: tuple[Text, ...] = (),
        least: int = 60,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "", size, tone, parent=parent)
        self._fonts = tuple(theme.font(one) for one in (size, *smaller)) if smaller else ()
        self._least = theme.px(least)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(words)

    def setText(self, words: str) -> None:
        """Show these words."""
        self._whole = words
        super().setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self._tell()

    def sizeHint(self) -> QSize:
        """Room for all of it."""
        metrics = QFontMetrics(self._fonts[0] if self._fonts else self.font())
        height = metrics.height() if self._fonts else super().sizeHint().height()
        return QSize(metrics.horizontalAdvance(self._whole) + 2, height)

    def minimumSizeHint(self) -> QSize:
        """Room for a few characters."""
        hint = self.sizeHint()
        return QSize(min(self._least, hint.width()), hint.height() if self._fonts else super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tooltip is there only while something is cut."""
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what has room."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), self._shown())

    def fits(self) -> bool:
        """Nothing is lost without a sign: what is cut ends in '…' and stands whole in the tooltip."""
        return self._shown() == self._whole or self.toolTip() == self._whole

    def _shown(self) -> str:
        metrics = QFontMetrics(self.font())
        return metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def _tell(self) -> None:
        room = self.contentsRect().width()
        for font in self._fonts:
            self.setFont(font)
            if QFontMetrics(font).horizontalAdvance(self._whole) <= room:
                break
        self.setToolTip("" if self._shown() == self._whole else self._whole)


class AmountLabel(Label):
    """An amount of money, to the right; digits of one width, so that columns stand under each other."""

    def __init__(
        self, theme: Theme, what: str = "", size: Text = Text.STRONG, tone: Tone = Tone.PLAIN, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "", size, tone, parent=parent)
        self._what = what
        self._amount: Fen | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.set_amount(None)

    @property
    def amount(self) -> Fen | None:
        """What is shown, in fen; None shows nothing."""
        return self._amount

    def set_amount(self, amount: Fen | None) -> None:
        """Show an amount in fen, or nothing."""
        self._amount = amount
        self.setText("" if amount is None else money(amount))
        self.set_what(self._what)

    def set_what(self, what: str) -> None:
        """Say what the amount is, for a screen reader."""
        self._what = what
        self.setAccessibleName(f"{what} {self.text()}".strip())
