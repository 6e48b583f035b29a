"""The front of the till from opening to closing: application, window, lanes, and the store that opens behind them."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui import lights
from ui.app import QtWords, application, catch_stray, dressed
from ui.background import Lanes
from ui.crash import CrashPath
from ui.head import PANEL_KEY
from ui.lights import Light
from ui.main_window import MainWindow
from ui.presenting import Message
from ui.staff.view import SignInPage

if TYPE_CHECKING:
    # The first window needs none of these; they are read while it is painted.
    from pos.devices.serial_reader import ReaderState
    from pos.domain.cards import CardReading, CardUid
    from pos.domain.errors import Refusal, Trouble
    from pos.ports import Clock
    from ui.canteen.answers import Devices, Trials
    from ui.sales.wedge import KeyboardWedge
    from ui.services import Services
    from ui.till import Till

PAGE_PX = 768
"""The height for which pages are drawn, at scale 1."""
TITLE_PX = 24
"""The height of a title bar, as Qt's Fusion style has it."""


class Front:
    """One window on one screen. The window is there at once; the store opens while it paints."""

    def __init__(self, font: Path, clock: Clock, *, wish: float = 1.0, size: tuple[int, int] | None = None) -> None:
        """`wish` is a factor on the screen's own scale; `size` in px takes the place of the screen's."""
        self.app = application()
        self.theme = dressed(self.app, font, wish=wish, size=size)
        self.crash = CrashPath()
        catch_stray(self.crash)
        self.lanes = Lanes(self.crash)
        self.window = MainWindow(self.theme, may_close=lambda: not self.lanes.store.busy)
        self._till: Till | None = None
        self._clock = clock
        self._sign_in = SignInPage(self.theme)
        self.window.add_page("sign_in", self._sign_in)
        self.window.show_page("sign_in")
        # Until the names are there, the Enter key must not find the button that changes the language.
        self.window.setFocus()
        self.crash.show = self._crashed
        self.window.first_painted.connect(gc.enable)  # main.py turned it off for the start
        self._words = QtWords(self.app)
        self.window.language_changed.connect(self._words.speak)
        self._wedge: KeyboardWedge | None = None
        self._panel: QWidget | None = None

    def open(
        self,
        services: Callable[[], Services],
        trials: Trials,
        *,
        founded: Callable[[Devices], None],
        spoken: Callable[[str], None],
        ready: Callable[[], None] = lambda: None,
    ) -> None:
        """Open the store on its lane and begin. `spoken` is told each change of language, `ready` that it is open."""

        def work() -> Services:
            # The other pages are read here, on the lane, while the first one is painted.
            import ui.till  # noqa: F401

            return services()

        def begin(opened: Services) -> None:
            from ui.till import Till

            self._till = Till(self.window, self.theme, self.lanes, self._clock, self._sign_in)
            self._till.begin(opened, trials, founded)
            ready()

        self.window.language_changed.connect(spoken)
        self.window.first_painted.connect(lambda: self.lanes.store.run(work, begin, self._not_open))

    @property
    def till(self) -> Till:
        """The counter behind the first page; there is none before the store is open."""
        assert self._till is not None, "the store is not open yet"
        return self._till

    def play_reader(self) -> None:
        """The reader is a toy: its lamp says so."""
        self.window.set_lamp(Light.READER, lights.PLAYED)

    def preparing(self, done: int, total: int) -> None:
        """The practice canteen is being made; may be called on any thread."""
        from ui import messages

        percent = 100 * done // total if total else 0
        self.lanes.tell(lambda: self.window.show_message(messages.preparing(percent)))

    def keep_at_hand(self, panel: QWidget, word: Message) -> None:
        """Keep a second window that a key shows over the till and takes away again, and say a word about it.

        It belongs to the till's window: it is never behind it, and never the last one left.
        """
        screen = self.app.primaryScreen().availableGeometry()
        width, height = min(self.theme.px(940), screen.width()), min(self.theme.px(660), screen.height())
        # Not a tool window: its Esc would be that of the till's page too.
        panel.setParent(self.window, Qt.WindowType.Dialog)
        panel.setGeometry(screen.right() - width, screen.bottom() - height, width, height)
        self._panel = panel
        for window in (self.window, panel):
            QShortcut(QKeySequence(PANEL_KEY), window).activated.connect(self._turn_panel)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), panel).activated.connect(self.put_panel_away)
        self.window.panel_wanted.connect(self._turn_panel)
        self.window.show_message(word)

    def put_panel_away(self) -> None:
        """Back to the till."""
        if self._panel is not None:
            self._panel.hide()
            self.window.activateWindow()

    def _turn_panel(self) -> None:
        assert self._panel is not None, "it is turned by those it gave its key to"
        if self._panel.isVisible():
            self.put_panel_away()
        else:
            self._panel.show()
            self._panel.activateWindow()

    def run(self) -> int:
        """Show the window until it is closed; the answer is the exit code."""
        if self._has_room_for_a_title():
            self.window.showMaximized()
        else:
            self.window.showFullScreen()
        code = self.app.exec()
        self.close()
        return code

    def _has_room_for_a_title(self) -> bool:
        """Whether the pages fit under a title bar: not on a screen of 768 px, for which they are drawn."""
        return self.app.primaryScreen().availableGeometry().height() >= self.theme.px(PAGE_PX) + TITLE_PX

    def close(self) -> None:
        """Let what is under way come to its end, and stop."""
        self.leave_keys()
        if self._till is not None:
            self._till.stop()
        self.lanes.close()

    # -- what readers say ---------------------------------------------------------------------------

    def card_shown(self, reading: CardReading) -> None:
        """A reader heard a card."""
        self._card_read(reading.uid)

    def reader_told(self, state: ReaderState) -> None:
        """A reader was found or lost."""
        self.window.set_lamp(Light.READER, lights.reader(state))

    def watch_keys(self, format_name: str) -> None:
        """Listen to a reader that types like a keyboard; its format is 8h10d or 10h."""
        from pos.devices.frames import LineFormat
        from ui.sales.wedge import KeyboardWedge

        self.leave_keys()
        self._wedge = KeyboardWedge(LineFormat(format_name))
        self._wedge.card.connect(self._card_read)
        self._wedge.payment_code.connect(self._payment_code_scanned)
        self._wedge.listen()
        self.window.set_lamp(Light.READER, lights.WEDGE)

    def leave_keys(self) -> None:
        """Take every key as it comes again."""
        if self._wedge is not None:
            self._wedge.close()
            self._wedge = None

    def no_reader(self) -> None:
        """There is none: its lamp says so."""
        self.window.set_lamp(Light.READER, lights.NO_READER)

    def _card_read(self, uid: CardUid) -> None:
        if self._till is not None:
            self._till.card_read(uid)

    def _payment_code_scanned(self) -> None:
        if self._till is not None:
            self._till.payment_code_scanned()

    def _crashed(self, message: Message) -> None:
        if self._till is not None:
            self._till.answer_lost()
        # Last: what the pages paint anew takes earlier messages away.
        self.window.show_message(message)

    def _not_open(self, error: Refusal | Trouble) -> None:
        from ui import messages

        self.window.show_message(messages.words(error))
