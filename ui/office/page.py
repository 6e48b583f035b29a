"""The office as a page of the window: the rail at the left, the open section beside it, long work under both."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.cards import CardUid
from pos.domain.staff import Actor
from pos.i18n import _
from ui.office.section import Office, Section, SectionView
from ui.office.strip import WorkStrip
from ui.office.work import Work
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button
from ui.widgets.key_hints import Hints
from ui.widgets.labels import Label, Tone
from ui.widgets.panel import Card
from ui.widgets.sheet import Sheet
from ui.widgets.tab import Tab

RAIL = 212
"""The width of the sections' names, in px at scale 1."""

_BAR = 20
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_TENS_MS = 3_000
"""For so long after a 0 a number means one of the later sections."""


def number_of(at: int) -> str:
    """The number of a section by its place, from 0: written like those of the dishes, 1 to 9 and then 01, 02, …"""
    return str(at + 1) if at < 9 else f"0{at - 8}"


class OfficePage(QWidget):
    """Ctrl and an arrow, a page key or a number change the section, 0 and then 1 to the tenth; Esc leads back to the
    counter (`back`).
    """

    back = Signal()
    hints_changed = Signal()

    def __init__(self, theme: Theme, sections: tuple[Section, ...]) -> None:
        super().__init__()
        self._theme = theme
        self._sections = sections
        self._views: dict[str, SectionView] = {}
        self._seen: tuple[Section, ...] = ()
        self._open: Section | None = None
        self._office: Callable[[], Office] | None = None
        self._work: Work | None = None
        self._buttons = {
            # A bar beside more names than there is room for must not cover their keys.
            section.name: Tab(theme, number_of(at), width=RAIL - _BAR)
            for at, section in enumerate(sections)
        }
        self._tens = QTimer(self)
        self._tens.setSingleShot(True)
        self._tens.setInterval(_TENS_MS)
        self._leave = Button(theme, key="Esc")
        self._stack = QStackedWidget()
        self._rail = QScrollArea()
        self.strip = WorkStrip(theme)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out(theme)
        self._leave.clicked.connect(self.go_back)
        for section in sections:
            button = self._buttons[section.name]
            button.clicked.connect(lambda _checked=False, section=section: self._turn_to(section))
        self.retranslate()

    def attend(self, office: Callable[[Work], Office], work: Work) -> None:
        """Build the sections from this when they are first shown."""
        self._work = work
        self._office = lambda: office(work)
        self.strip.given_up.connect(work.give_up)

    # -- showing ------------------------------------------------------------------------------------

    def open_for(self, actor: Actor) -> None:
        """Show the sections that this person may see, the last one first. Everybody may see one."""
        self._seen = tuple(section for section in self._sections if actor.may(section.needs))
        for section in self._sections:
            self._buttons[section.name].setVisible(section in self._seen)
        self._turn_to(self._open if self._open in self._seen and self._open is not None else self._seen[0])

    def show_section(self, name: str) -> None:
        """Turn to a section by its name."""
        self._turn_to(next(section for section in self._seen if section.name == name))

    def forget(self) -> None:
        """Somebody signed out: end what is under way, close what is open."""
        if self._work is not None:
            self._work.give_up()
        for view in self._views.values():
            view.left()
        self._open = None

    def card_read(self, uid: CardUid) -> None:
        """A card goes to the open section."""
        if self._open is not None:
            self._views[self._open.name].card_read(uid)

    def view(self, name: str) -> QWidget:
        """The face of a section that was shown."""
        return cast("QWidget", self._views[name])

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        for section in self._sections:
            self._buttons[section.name].say(section.title())
        self._leave.setText(_("To counter"))
        self.strip.retranslate()
        for view in self._views.values():
            view.retranslate()

    def hints(self) -> Hints:
        """The open section's keys, then those of the office."""
        own = self._views[self._open.name].hints() if self._open is not None else ()
        return (*own, ("Ctrl+↑↓", _("Section")), ("Esc", _("Back")))

    @property
    def covered(self) -> bool:
        """Whether a sheet lies on the page."""
        return any(sheet.is_open for sheet in self.findChildren(Sheet))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no section took: another section, giving up, going back."""
        key, control = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        number = event.key() - Qt.Key.Key_1
        if key is Qt.Key.Key_Escape and not event.isAutoRepeat():
            self.go_back()
        elif control and key in _STEPS and self._open is not None:
            at = self._seen.index(self._open) + _STEPS[key]
            self._turn_to(self._seen[at % len(self._seen)])
        elif control and event.key() == Qt.Key.Key_0:
            self._tens.start()
        elif control and 0 <= number < 9:
            self._turn_to_number(number + 9 * self._tens.isActive())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def go_back(self) -> None:
        """Back to the counter; while long work is under way it is given up first."""
        if self._work is not None and self._work.busy:
            self._work.give_up()
            return
        if self._open is not None:
            self._views[self._open.name].left()
        self.back.emit()

    def _turn_to_number(self, at: int) -> None:
        self._tens.stop()
        if at < len(self._sections) and self._sections[at] in self._seen:
            self._turn_to(self._sections[at])

    def _turn_to(self, section: Section) -> None:
        if self.covered:
            return
        if self._open is not None and self._open is not section:
            self._views[self._open.name].left()
        if section.name not in self._views:
            assert self._office is not None, "the office is attended to before it is shown"
            self._views[section.name] = section.build(self._office())
            self._stack.addWidget(cast("QWidget", self._views[section.name]))
        self._open = section
        self._buttons[section.name].setChecked(True)
        self._rail.ensureWidgetVisible(self._buttons[section.name], 0, 0)
        view = self._views[section.name]
        self._stack.setCurrentWidget(cast("QWidget", view))
        view.opened()
        self.hints_changed.emit()

    # -- layout -------------------------------------------------------------------------------------

    def _lay_out(self, theme: Theme) -> None:
        rail = Card(theme, pad=Size.GAP)
        rail.body.setSpacing(theme.px(2))
        names = QWidget()
        lines = QVBoxLayout(names)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(2))
        for button in self._buttons.values():
            lines.addWidget(button)
        lines.addStretch(1)
        self._rail.setWidgetResizable(True)
        self._rail.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rail.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rail.setWidget(names)
        rail.body.addWidget(Label(theme, "Ctrl +", Text.SMALL, Tone.MUTED), 0, Qt.AlignmentFlag.AlignRight)
        rail.body.addWidget(self._rail, 1)
        rail.body.addSpacing(theme.px(Size.GAP))
        rail.body.addWidget(self._leave)
        rail.setFixedWidth(theme.px(RAIL + 2 * Size.GAP + 2))
        beside = QHBoxLayout()
        beside.setSpacing(theme.px(Size.SPACE))
        beside.addWidget(rail)
        beside.addWidget(self._stack, 1)
        whole = QVBoxLayout(self)
        edge = theme.px(Size.SPACE)
        whole.setContentsMargins(edge, edge, edge, edge)
        whole.setSpacing(edge)
        whole.addLayout(beside, 1)
        # Over the foot of the section, not below it: a small window has no room for both.
        self.strip.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The strip of long work keeps to the foot."""
        super().resizeEvent(event)
        edge, height = self._theme.px(Size.SPACE), self.strip.sizeHint().height()
        self.strip.setGeometry(edge, self.height() - edge - height, self.width() - 2 * edge, height)
