"""The one look of the counter: a table of tokens times a scale, made into fonts, colours and one style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget


class Colour(StrEnum):
    """Every colour of the counter. Text stands only on the grounds that TEXT_ON allows."""

    INK = "#17231d"
    MUTED = "#3d4c45"
    WHITE = "#ffffff"
    SURFACE = "#fefffe"
    CANVAS = "#eff3ee"
    SUNKEN = "#e5ece6"
    LINE = "#c9d5cc"
    EDGE = "#76857c"
    HEADER = "#10402f"
    HEADER_SOFT = "#1b5340"
    GREEN = "#14593f"
    GREEN_DOWN = "#0d4630"
    GREEN_INK = "#0f4f38"
    GREEN_TINT = "#e3f2e8"
    MONEY = "#80310a"
    AMBER = "#f5b83d"
    AMBER_INK = "#3b2600"
    AMBER_TINT = "#fff3d4"
    RED = "#8c1616"
    RED_DOWN = "#701010"
    RED_TINT = "#fdebe8"
    RING = "#b45309"


TEXT_ON: frozenset[tuple[Colour, Colour]] = frozenset(
    {
        *(
            (text, ground)
            for text in (Colour.INK, Colour.MUTED)
            for ground in (Colour.SURFACE, Colour.CANVAS, Colour.SUNKEN, Colour.GREEN_TINT, Colour.AMBER_TINT)
        ),
        *(
            (Colour.WHITE, ground)
            for ground in (
                Colour.HEADER,
                Colour.HEADER_SOFT,
                Colour.GREEN,
                Colour.GREEN_DOWN,
                Colour.RED,
                Colour.RED_DOWN,
            )
        ),
        *((Colour.GREEN_INK, ground) for ground in (Colour.SURFACE, Colour.CANVAS, Colour.SUNKEN, Colour.GREEN_TINT)),
        *((Colour.MONEY, ground) for ground in (Colour.SURFACE, Colour.CANVAS, Colour.GREEN_TINT)),
        *((Colour.RED, ground) for ground in (Colour.SURFACE, Colour.CANVAS, Colour.RED_TINT)),
        (Colour.INK, Colour.RED_TINT),
        (Colour.AMBER_INK, Colour.AMBER),
        (Colour.AMBER_INK, Colour.AMBER_TINT),
    }
)
"""Every text colour and the ground it may stand on; a test holds each pair to 7:1 (WCAG 2.2 SC 1.4.6)."""


class Text(Enum):
    """The sizes of text, in px at scale 1, and whether it is bold. None is below 18 px (domain.md section 7)."""

    SMALL = (18, False)
    SMALL_STRONG = (18, True)
    BODY = (20, False)
    STRONG = (20, True)
    HEADING = (24, True)
    TITLE = (32, True)
    AMOUNT = (36, True)
    BIG_AMOUNT = (48, True)
    HUGE_AMOUNT = (60, True)

    @property
    def size(self) -> int:
        """Height in px at scale 1."""
        return self.value[0]

    @property
    def bold(self) -> bool:
        """Whether it is bold."""
        return self.value[1]


class Size(IntEnum):
    """Lengths in px at scale 1."""

    HAIR = 1
    RING = 3
    GAP = 8
    SPACE = 12
    WIDE = 20
    RADIUS = 12
    SMALL_RADIUS = 8
    TARGET = 60
    CHIP = 28
    HEADER = 76
    FOOTER = 68
    STRIP = 30


LARGEST_SCALE = 2.0


def scale_for(width: int, height: int) -> float:
    """The scale for a screen of so many px: 1 up to 1366x768, then three quarters of what it has more."""
    more = min(width / 1366, height / 768) - 1
    return round(min(LARGEST_SCALE, 1 + max(0.0, more) * 0.75), 2)


def load_font(file: Path) -> str:
    """Load the bundled font and return its family. Raises FileNotFoundError where Qt cannot read it."""
    number = QFontDatabase.addApplicationFont(str(file))
    families = QFontDatabase.applicationFontFamilies(number)
    if not families:
        raise FileNotFoundError(file)
    return families[0]


@dataclass(frozen=True, slots=True)
class Theme:
    """The look at one scale. Every widget of the kit is handed one."""

    family: str
    scale: float = 1.0

    def px(self, length: float) -> int:
        """A length at scale 1 as px on this screen."""
        return round(length * self.scale)

    @property
    def head_cell(self) -> int:
        """The room at each side of a table's title, in px: the style adds as much to a cell."""
        return self.px(10) + 3

    def font(self, text: Text) -> QFont:
        """The font of a size of text."""
        font = QFont(self.family)
        font.setPixelSize(self.px(text.size))
        font.setBold(text.bold)
        return font

    def ink(self, text: Colour, ground: Colour) -> QColor:
        """The colour for text, allowed only on a ground that it is readable on."""
        assert (text, ground) in TEXT_ON, f"{text.name} is not readable on {ground.name}"
        return QColor(text)

    def qss(self) -> str:
        """The style sheet for the widgets that Qt itself paints; the kit's own paint themselves."""
        return _QSS.format(
            **{colour.name.lower(): colour.value for colour in Colour},
            hair=self.px(Size.HAIR),
            ring_px=self.px(Size.RING),
            radius=self.px(Size.RADIUS),
            small_radius=self.px(Size.SMALL_RADIUS),
            gap=self.px(Size.GAP),
            pad=self.px(14),
            cell=self.px(10),
            head_cell=self.head_cell,
            pad_focus=self.px(14) - self.px(1),
            border=self.px(2),
            target=self.px(Size.TARGET) - 2 * self.px(2),
            target_focus=self.px(Size.TARGET) - 2 * self.px(Size.RING),
            text=self.px(Text.BODY.size),
            bar=self.px(20),
            grip=self.px(60),
        )

    def palette(self) -> QPalette:
        """The palette below the style sheet."""
        palette = QPalette()
        for role, colour in _PALETTE.items():
            palette.setColor(role, QColor(colour))
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text, QColor(Colour.MUTED))
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, QColor(Colour.MUTED))
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, QColor(Colour.MUTED))
        return palette


def mark(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet asks for; what was dressed already is dressed anew."""
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)


def dress(app: QApplication, theme: Theme) -> None:
    """Give the whole application this look."""
    app.setPalette(theme.palette())
    app.setFont(theme.font(Text.BODY))
    app.setStyleSheet(theme.qss())


_PALETTE = {
    QPalette.ColorRole.Window: Colour.CANVAS,
    QPalette.ColorRole.WindowText: Colour.INK,
    QPalette.ColorRole.Base: Colour.SURFACE,
    QPalette.ColorRole.AlternateBase: Colour.SUNKEN,
    QPalette.ColorRole.Text: Colour.INK,
    QPalette.ColorRole.PlaceholderText: Colour.MUTED,
    QPalette.ColorRole.Button: Colour.SURFACE,
    QPalette.ColorRole.ButtonText: Colour.INK,
    QPalette.ColorRole.Highlight: Colour.GREEN,
    QPalette.ColorRole.HighlightedText: Colour.WHITE,
    QPalette.ColorRole.ToolTipBase: Colour.AMBER_TINT,
    QPalette.ColorRole.ToolTipText: Colour.AMBER_INK,
}

# Only the widget's own states are used, never those of an ancestor: Qt applies `#card:disabled QLabel` to
# enabled cards too. Padding gives way when the border grows, so nothing moves with the focus.
_QSS = """
QToolTip {{ color: {amber_ink}; background: {amber_tint}; border: {hair}px solid {edge}; padding: {gap}px; }}
Card {{ background: {surface}; border: {hair}px solid {line}; border-radius: {radius}px; }}
Card[ground="green"] {{ background: {green_tint}; border-color: {green_tint}; }}
Card[ground="sunken"] {{ background: {sunken}; border-color: {sunken}; }}
Card[ground="amber"] {{ background: {amber_tint}; border-color: {amber}; }}
Card[ground="red"] {{ background: {red_tint}; border-color: {red}; }}
QLabel {{ color: {ink}; background: transparent; }}
QLabel[tone="muted"] {{ color: {muted}; }}
QLabel[tone="green"] {{ color: {green_ink}; }}
QLabel[tone="money"] {{ color: {money}; }}
QLabel[tone="red"] {{ color: {red}; }}
QLabel[tone="amber"] {{ color: {amber_ink}; }}
QLabel[tone="white"] {{ color: {white}; }}
QLineEdit, QComboBox {{
    color: {ink}; placeholder-text-color: {muted}; background: {surface};
    border: {border}px solid {edge}; border-radius: {small_radius}px;
    padding: 0 {pad}px; min-height: {target}px; font-size: {text}px;
    selection-background-color: {green}; selection-color: {white};
}}
QLineEdit[wrong="true"] {{ border-color: {red}; background: {red_tint}; }}
QLineEdit:focus, QComboBox:focus, QLineEdit[wrong="true"]:focus {{
    border: {ring_px}px solid {ring}; padding: 0 {pad_focus}px; min-height: {target_focus}px;
}}
QLineEdit:disabled, QComboBox:disabled {{ color: {muted}; background: {sunken}; border-style: dashed; }}
QComboBox::drop-down {{ border: none; width: {target}px; }}
QComboBox QAbstractItemView {{
    color: {ink}; background: {surface}; border: {border}px solid {edge}; outline: none; font-size: {text}px;
    selection-background-color: {green}; selection-color: {white};
}}
QComboBox QAbstractItemView::item {{ min-height: {target}px; padding: 0 {pad}px; }}
QTableView {{
    color: {ink}; background: {surface}; alternate-background-color: {canvas};
    border: {border}px solid {line}; border-radius: {small_radius}px; outline: none;
    selection-background-color: {green}; selection-color: {white};
}}
QTableView:focus {{ border-color: {ring}; }}
QTableView::item {{ padding: 0 {cell}px; border: none; }}
QTableView::item:selected {{ color: {white}; background: {green}; }}
QHeaderView {{ background: {sunken}; border: none; }}
QHeaderView::section {{
    color: {ink}; background: {sunken}; border: none; border-bottom: {hair}px solid {edge}; padding: 0 {head_cell}px;
}}
QTableCornerButton::section {{ background: {sunken}; border: none; }}
QPlainTextEdit {{
    color: {ink}; background: {surface}; border: {border}px solid {edge}; border-radius: {small_radius}px;
    padding: {gap}px; selection-background-color: {green}; selection-color: {white};
}}
QPlainTextEdit:focus {{ border-color: {ring}; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: {canvas}; width: {bar}px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {edge}; min-height: {grip}px; border-radius: {small_radius}px; margin: 2px; }}
QScrollBar:horizontal {{ background: {canvas}; height: {bar}px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {edge}; min-width: {grip}px; border-radius: {small_radius}px; margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
"""
