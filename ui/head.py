"""The head of the window: whose till, which meal, the day so far, who is signed in, the clock and the lamps.

What only a later moment says is imported there: this is on the way of the first window.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos import i18n
from pos.domain.money import Fen, money
from pos.i18n import _, ngettext
from ui import lights
from ui.lights import Light, Shine
from ui.theme import Colour, Size, Text, Theme
from ui.widgets.buttons import Button
from ui.widgets.chip import Chip, Shade
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.lamp import Lamp
from ui.widgets.paint import draw_box

if TYPE_CHECKING:
    from pos.domain.menu import Meal

PANEL_KEY = "Ctrl+P"
"""Shows the practice panel over the till, and takes it away again."""


class Head(QWidget):
    """Two lines of facts at the left, two at the right, and the language button."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._meal: Meal | None = None
        self._sales, self._taken = 0, 0
        self._waiting = 0
        self._walk_ins_left: int | None = None
        self._local: datetime | None = None
        self._shines = {
            Light.CASES: lights.NOBODY_LOOKED_FOR,
            Light.READER: lights.NO_READER,
            Light.PRINTER: lights.NO_PRINTER,
            Light.LEDGER: lights.NOT_CHECKED,
        }
        self._name = ElidedLabel(theme, "", Text.HEADING, Tone.WHITE, least=120)
        self._chip = Chip(theme, "", Shade.AMBER)
        self._day = Label(theme, "", Text.SMALL, Tone.WHITE)
        self._person = ElidedLabel(theme, "", Text.SMALL_STRONG, Tone.WHITE, least=80)
        self._clock = Label(theme, "", Text.SMALL_STRONG, Tone.WHITE)
        self._lamps = {light: Lamp(theme) for light in Light}
        self.desk = Button(theme, "", on_header=True, size=Text.SMALL_STRONG, key="F1")
        self.desk.hide()
        self.language = Button(theme, "", on_header=True, size=Text.SMALL_STRONG)
        self._lay_out(theme)
        self.setFixedHeight(theme.px(Size.HEADER))
        self.retranslate()

    def _lay_out(self, theme: Theme) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(Size.WIDE), theme.px(4), theme.px(Size.WIDE), theme.px(4))
        layout.setSpacing(theme.px(Size.WIDE))
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(0)
        top = _line(theme, self._name, self._chip)
        top.addStretch(1)
        left.addLayout(top)
        left.addWidget(self._day)
        top = _line(theme, self._person, self._clock)
        top.insertStretch(0, 1)
        bottom = _line(theme, *self._lamps.values())
        bottom.insertStretch(0, 1)
        right.addLayout(top)
        right.addLayout(bottom)
        layout.addLayout(left, 1)
        layout.addLayout(right)
        layout.addWidget(self.desk)
        layout.addWidget(self.language)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A dark green ground."""
        draw_box(QPainter(self), QRectF(self.rect()), Colour.HEADER, radius=0)

    def set_canteen(self, name: str) -> None:
        """Whose till it is."""
        self._name.setText(name)

    def set_day(self, meal: Meal | None, sales: int, taken: Fen, waiting: int = 0, walk_ins_left: int | None = None) -> None:
        """The meal and the day so far (fen); how many reserved meals wait, how many others can still be had."""
        self._meal, self._sales, self._taken = meal, sales, taken
        self._waiting, self._walk_ins_left = waiting, walk_ins_left
        self._say_day()

    def set_person(self, name: str) -> None:
        """Who is signed in."""
        self._person.setText(name)

    def set_clock(self, local: datetime) -> None:
        """The wall clock."""
        from ui import formats

        self._local = local
        self._clock.setText(formats.clock(local))

    def set_lamp(self, light: Light, shine: Shine) -> None:
        """Set a lamp."""
        self._shines[light] = shine
        self._lamps[light].set_state(shine.state, shine.words())
        self._lamps[light].setVisible(bool(shine.words()))

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        chinese = i18n.language() == "zh_CN"
        self.language.setText("English" if chinese else "中文")
        self.language.setAccessibleName("English / 中文")
        self.desk.setText(_("Desk"))
        self._say_day()
        if self._local is not None:
            self.set_clock(self._local)
        for light, shine in self._shines.items():
            self.set_lamp(light, shine)

    def _say_day(self) -> None:
        if self._meal is None:
            self._chip.set_words("")
            self._day.setText("")
            return
        from pos import words

        self._chip.set_words(words.meal(self._meal))
        sales = ngettext("Today {count} sale", "Today {count} sales", self._sales).format(count=self._sales)
        said = [sales, money(self._taken)]
        if self._waiting:
            said.append(ngettext("{count} to fetch", "{count} to fetch", self._waiting).format(count=self._waiting))
        if self._walk_ins_left is not None:
            said.append(_("{count} for walk-ins left").format(count=self._walk_ins_left))
        self._day.setText(" · ".join(said))


class PracticeStrip(QWidget):
    """A broad striped strip over everything: what is done here is only practice. It says so in both languages.

    `touched` is the wish to see the practice panel, as its key is.
    """

    touched = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words = Label(theme, "", Text.SMALL_STRONG, Tone.AMBER)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._words)
        self.setFixedHeight(theme.px(Size.STRIP))
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language of the moment, and the word in the other one."""
        other = "PRACTICE" if i18n.language() == "zh_CN" else "练习"
        said = _("PRACTICE – nothing here is real")
        panel = _("Practice panel")
        self._words.setText(f"{said}  ·  {panel} {PANEL_KEY}  ·  {other}")
        self.setAccessibleName(self._words.text())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch anywhere on it."""
        event.accept()
        self.touched.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Stripes at both ends, a plain ground under the words."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Colour.AMBER))
        painter.fillRect(self.rect(), QBrush(QColor(Colour.AMBER_INK), Qt.BrushStyle.BDiagPattern))
        width = self._words.fontMetrics().horizontalAdvance(self._words.text()) + self._theme.px(60)
        middle = QRectF((self.width() - width) / 2, 0, width, self.height())
        draw_box(painter, middle, Colour.AMBER, radius=0)


def _line(theme: Theme, *widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(theme.px(Size.SPACE))
    for widget in widgets:
        line.addWidget(widget)
    return line
