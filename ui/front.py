"""The front of the till from opening to closing: application, window, lanes, and the store that opens behind them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from pos.devices.frames import LineFormat
from pos.devices.serial_reader import ReaderState
from pos.domain.cards import CardReading
from pos.domain.errors import Refusal, Trouble
from pos.ports import Clock
from ui import lights, messages
from ui.app import QtWords, application, catch_stray, dressed
from ui.background import Lanes
from ui.canteen.answers import Devices, Trials
from ui.crash import CrashPath
from ui.lights import Light
from ui.main_window import MainWindow
from ui.sales.wedge import KeyboardWedge
from ui.till import Services, Till


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
        self.till = Till(self.window, self.theme, self.lanes, clock)
        self.crash.show = self.till.crashed
        self._words = QtWords(self.app)
        self.window.language_changed.connect(self._words.speak)
        self._wedge: KeyboardWedge | None = None

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

        def begin(opened: Services) -> None:
            self.till.begin(opened, trials, founded)
            ready()

        self.window.language_changed.connect(spoken)
        self.lanes.store.run(services, begin, self._not_open)

    def play_reader(self) -> None:
        """The reader is a toy: its lamp says so."""
        self.window.set_lamp(Light.READER, lights.PLAYED)

    def preparing(self, done: int, total: int) -> None:
        """The practice canteen is being made; may be called on any thread."""
        percent = 100 * done // total if total else 0
        self.lanes.tell(lambda: self.window.show_message(messages.preparing(percent)))

    def stand_beside(self, panel: QWidget) -> None:
        """Show a second window at the right edge of the screen, over the till's own."""
        screen = self.app.primaryScreen().availableGeometry()
        width, height = min(self.theme.px(940), screen.width()), min(self.theme.px(700), screen.height())
        panel.setGeometry(screen.right() - width, screen.bottom() - height, width, height)
        panel.show()

    def run(self) -> int:
        """Show the window until it is closed; the answer is the exit code."""
        self.window.showMaximized()
        code = self.app.exec()
        self.close()
        return code

    def close(self) -> None:
        """Let what is under way come to its end, and stop."""
        if self._wedge is not None:
            self._wedge.close()
        self.till.stop()
        self.lanes.close()

    # -- what readers say ---------------------------------------------------------------------------

    def card_shown(self, reading: CardReading) -> None:
        """A reader heard a card."""
        self.till.card_shown(reading)

    def reader_told(self, state: ReaderState) -> None:
        """A reader was found or lost."""
        self.till.reader_told(state)

    def watch_keys(self, format_name: str) -> None:
        """Listen to a reader that types like a keyboard; its format is 8h10d or 10h."""
        self._wedge = KeyboardWedge(LineFormat(format_name))
        self._wedge.card.connect(self.till.card_read)
        self._wedge.payment_code.connect(self.till.payment_code_scanned)
        self._wedge.listen()
        self.window.set_lamp(Light.READER, lights.WEDGE)

    def _not_open(self, error: Refusal | Trouble) -> None:
        self.window.show_message(messages.words(error))
