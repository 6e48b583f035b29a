"""The one window: its head with the day and the lamps, the pages, and its foot with keys or a message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from pos import i18n
from pos.i18n import _
from ui.head import Head, PracticeStrip
from ui.lights import Light, Shine
from ui.presenting import Message, Tone
from ui.theme import Size, Theme
from ui.widgets.banner import Banner
from ui.widgets.key_hints import Hints, KeyHints
from ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from pos.domain.menu import Meal
    from pos.domain.money import Fen

LANGUAGE_KEY = "Ctrl+L"
QUIT_KEY = "Ctrl+Q"


class Page(Protocol):
    """A screen: a QWidget that can say its words again and name its keys for the foot."""

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        ...

    def hints(self) -> Hints:
        """Its keys, the most needed first."""
        ...


class MainWindow(QMainWindow):
    """Facts come in by the `set_` calls; the wish for the other language is carried out here and then told."""

    desk_wanted = Signal()
    first_painted = Signal()
    language_changed = Signal(str)
    page_changed = Signal(str)
    panel_wanted = Signal()

    def __init__(self, theme: Theme, *, may_close: Callable[[], bool] = lambda: True) -> None:
        super().__init__()
        self._theme = theme
        self._may_close = may_close
        self._painted = False
        self._pages: dict[str, Page] = {}
        self._name = ""
        self._head = Head(theme)
        self._practice = PracticeStrip(theme)
        self._stack = QStackedWidget()
        self._hints = KeyHints(theme)
        self._banner = Banner(theme)
        self._sheet: Sheet | None = None
        self.setCentralWidget(self._assembled())
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._focus_moved)
        self._head.language.clicked.connect(self.switch_language)
        self._head.desk.clicked.connect(self.desk_wanted)
        self._practice.touched.connect(self.panel_wanted)
        for key, deed in ((LANGUAGE_KEY, self.switch_language), (QUIT_KEY, self.close)):
            QShortcut(QKeySequence(key), self).activated.connect(deed)
        self.retranslate()

    def _assembled(self) -> QWidget:
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._practice)
        layout.addWidget(self._head)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._foot())
        self._practice.hide()
        return whole

    def _foot(self) -> QWidget:
        # The message lies over the keys, in room that is always there: no page moves when one comes or goes.
        foot = QWidget()
        foot.setFixedHeight(self._theme.px(Size.FOOTER))
        self._layers = QStackedLayout(foot)
        self._layers.addWidget(self._hints)
        self._layers.addWidget(self._banner)
        return foot

    # -- pages --------------------------------------------------------------------------------------

    def add_page(self, name: str, page: Page) -> None:
        """Add a screen under a name."""
        self._pages[name] = page
        self._stack.addWidget(cast("QWidget", page))

    def show_page(self, name: str) -> None:
        """Turn to a screen, put the focus into it, and take the last screen's message away."""
        if name != self._name:
            self.clear_message()
        self._name = name
        page = self._pages[name]
        widget = cast("QWidget", page)
        self._stack.setCurrentWidget(widget)
        self._hints.set_hints(self._all_hints(page))
        if widget.focusProxy() is not None or widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            widget.setFocus()
        self.page_changed.emit(name)

    @property
    def page(self) -> str:
        """The name of the screen that is shown."""
        return self._name

    def refresh_hints(self) -> None:
        """Read the page's keys again: they depend on what it is doing."""
        if self._name:
            self._hints.set_hints(self._all_hints(self._pages[self._name]))

    def _all_hints(self, page: Page) -> Hints:
        keys = self._sheet.hints() if self._sheet is not None and self._sheet.is_open else page.hints()
        return (*keys, (LANGUAGE_KEY, self._head.language.text()))

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """A sheet has keys of its own, and those of the page below it do nothing."""
        if now is None or not self.isAncestorOf(now):
            return
        sheet: QWidget | None = now
        while sheet is not None and not isinstance(sheet, Sheet):
            sheet = sheet.parentWidget()
        if sheet is not None or self._sheet is not None:
            if self._sheet is None and self.message.tone is Tone.GOOD:
                self.clear_message()  # what is done lies behind, and its words over the keys of the next deed
            self._sheet = sheet
            self.refresh_hints()

    # -- messages -----------------------------------------------------------------------------------

    def show_message(self, message: Message) -> None:
        """Show a message at the foot until the next one or `clear_message`."""
        self._banner.show_message(message)
        self._layers.setCurrentWidget(self._banner)

    def clear_message(self) -> None:
        """Take the message away: the next deed has begun."""
        self._banner.clear()
        self._layers.setCurrentWidget(self._hints)

    @property
    def message(self) -> Message:
        """What is shown; an empty title when nothing is."""
        return self._banner.message

    # -- the head -----------------------------------------------------------------------------------

    def set_canteen(self, name: str, *, practice: bool = False) -> None:
        """Whose till it is, and whether all of it is only practice."""
        self._head.set_canteen(name)
        self._practice.setVisible(practice)
        self.setWindowTitle(name)

    def set_day(self, meal: Meal | None, sales: int, taken: Fen, waiting: int = 0, walk_ins_left: int | None = None) -> None:
        """The meal of the moment, today's sales and what the diners paid for them (fen)."""
        self._head.set_day(meal, sales, taken, waiting, walk_ins_left)

    def set_person(self, name: str) -> None:
        """Who is signed in; empty when nobody is."""
        self._head.set_person(name)

    def set_desk(self, *, shown: bool) -> None:
        """Whether the desk's deeds can be asked for: while somebody sells."""
        self._head.desk.setVisible(shown)

    def set_clock(self, local: datetime) -> None:
        """The canteen's wall clock. The window has no clock of its own."""
        self._head.set_clock(local)

    def set_lamp(self, light: Light, shine: Shine) -> None:
        """Set a lamp."""
        self._head.set_lamp(light, shine)

    # -- language and end ---------------------------------------------------------------------------

    def switch_language(self) -> None:
        """Speak the other language from now on."""
        i18n.use(other_language())
        self.retranslate()
        self.language_changed.emit(i18n.language())

    def retranslate(self) -> None:
        """Say everything in the language of the moment. A message was said in the old one and goes away."""
        self._head.retranslate()
        self._practice.retranslate()
        for page in self._pages.values():
            page.retranslate()
        self.clear_message()
        self.refresh_hints()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the window can be seen."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.first_painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close without a question, but never while money is being written down."""
        if self._may_close():
            event.accept()
            return
        event.ignore()
        from ui import messages

        self.show_message(messages.note(_("A payment is just being written down."), _("Close the window once it is done.")))


def other_language() -> str:
    """The language that is not spoken at the moment."""
    return next(language for language in i18n.LANGUAGES if language != i18n.language())
