"""Pictures of every screen and paper, taken by playing the practice canteen as a cashier would."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import monotonic

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from pos import i18n
from pos.clock import SetClock
from pos.services.practice import PIN
from ui.front import Front
from ui.sections import SECTIONS

SIZES = ((1366, 768), (1920, 1080))
PAPERS_APART = 60
"""Px between the papers of the common picture."""

GONE_S = 1.1
"""So long must a card be gone before it is more than the one that still lies there."""

DINER, OTHER, SERVED, RESERVED = 1, 3, 4, 6
"""Which of the practice cards are laid on the reader."""


class Shooting:
    """Plays one till in one language and size; files are named screen-language-size.png."""

    def __init__(
        self, front: Front, folder: Path, size: tuple[int, int], lay: Callable[[str], None], clock: SetClock
    ) -> None:
        self._front = front
        self._folder = folder
        self._lay = lay
        self._clock = clock
        self._laid: dict[str, float] = {}
        self._suffix = f"{i18n.language()}-{size[0]}x{size[1]}"
        folder.mkdir(parents=True, exist_ok=True)
        front.window.resize(*size)
        front.window.show()

    def settle(self) -> None:
        """Wait until the lanes have answered and the window has painted."""
        for _turn in range(2):
            QTest.qWait(5)
            while self._front.lanes.busy:
                QTest.qWait(2)

    def screens(self, cards: tuple[str, ...]) -> None:
        """Every screen, in the order of a day; `cards` are the hexes of the practice cards."""
        self._sign_in()
        self._open_shift()
        self._sell(cards)
        self._sheets(cards)
        self._office(cards)
        self._count_out()
        self._first_start()

    def papers(self, pictures: list[bytes]) -> None:
        """The papers that came out of the printer, side by side."""
        images = [QImage.fromData(png) for png in pictures]
        width = sum(image.width() for image in images) + PAPERS_APART * (len(images) + 1)
        height = max(image.height() for image in images) + 2 * PAPERS_APART
        sheet = QImage(width, height, QImage.Format.Format_RGB32)
        sheet.fill(QColor("#e5ece6"))
        painter = QPainter(sheet)
        x = PAPERS_APART
        for image in images:
            painter.drawImage(x, PAPERS_APART, image)
            x += image.width() + PAPERS_APART
        painter.end()
        small = sheet.scaledToWidth(width // 2, Qt.TransformationMode.SmoothTransformation)
        small.save(str(self._folder / f"papers-{i18n.language()}.png"))

    def panel(self, panel: QWidget) -> None:
        """The practice panel."""
        panel.resize(self._front.theme.px(940), self._front.theme.px(700))
        panel.show()
        self.settle()
        panel.grab().save(str(self._folder / f"practice-panel-{self._suffix}.png"))
        panel.close()

    # -- a day --------------------------------------------------------------------------------------

    def _sign_in(self) -> None:
        self._press(Qt.Key.Key_1)
        self._shoot("sign-in")
        self._type(PIN)
        self._press(Qt.Key.Key_Return)

    def _open_shift(self) -> None:
        self._type("200")
        self._shoot("shift-open")
        self._press(Qt.Key.Key_Return)

    def _sell(self, cards: tuple[str, ...]) -> None:
        self._shoot("sale-waiting")
        self._swipe(cards[SERVED])
        self._shoot("sale-usual")
        self._press(Qt.Key.Key_Return)
        self._swipe(cards[DINER])
        self._press(Qt.Key.Key_Delete, Qt.Key.Key_2)
        self._shoot("sale-set")
        self._press(Qt.Key.Key_3, Qt.Key.Key_Return, Qt.Key.Key_9, Qt.Key.Key_5)
        self._shoot("sale-bill")
        self._press(Qt.Key.Key_Return)
        self._shoot("sale-paid")
        self._swipe(cards[SERVED])
        self._shoot("sale-served")
        self._press(Qt.Key.Key_Escape)
        self._lay("01DEADBEEF")
        self.settle()
        self._shoot("sale-unknown-card")
        self._press(Qt.Key.Key_Escape, Qt.Key.Key_1, Qt.Key.Key_5, Qt.Key.Key_F9)
        self._type("50")
        self._shoot("sale-cash")
        self._press(Qt.Key.Key_Return)
        self._shoot("sale-cash-paid")
        self._press(Qt.Key.Key_1, Qt.Key.Key_F10)
        self._shoot("sale-code")
        self._press(Qt.Key.Key_Escape, Qt.Key.Key_Escape, Qt.Key.Key_F8)
        self._shoot("sale-undo")
        self._press(Qt.Key.Key_Return)
        self._swipe(cards[RESERVED])
        self._shoot("sale-reserved")
        self._press(Qt.Key.Key_Return)
        self._shoot("sale-handed-over")
        self._swipe(cards[DINER])
        self._press(Qt.Key.Key_F3)
        self._shoot("booking")
        self._press(Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Escape)

    def _sheets(self, cards: tuple[str, ...]) -> None:
        self._swipe(cards[OTHER])
        self._press(Qt.Key.Key_F6)
        self._type("200")
        self._shoot("top-up")
        self._press(Qt.Key.Key_Return)
        self._shoot("top-up-done")
        self._press(Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Escape, Qt.Key.Key_F2)
        self._type("w")
        self._shoot("find")
        self._press(Qt.Key.Key_Escape, Qt.Key.Key_F1)
        self._shoot("desk")
        self._press(Qt.Key.Key_4)
        self._shoot("enrol")
        self._press(Qt.Key.Key_Escape)

    def _office(self, cards: tuple[str, ...]) -> None:
        self._press(Qt.Key.Key_F1, Qt.Key.Key_0)
        self._shoot("office-journal")
        self._members(cards)
        self._reservations()
        self._turn_to("menu")
        self._shoot("office-menu")
        self._press(Qt.Key.Key_F3)
        self._shoot("office-dish")
        self._press(Qt.Key.Key_Escape)
        for section in ("kitchen", "routes", "deliveries", "calendar", "tariff", "claims", "lists", "imports", "terms"):
            self._turn_to(section)
            self._shoot(f"office-{section}")
        self._press(Qt.Key.Key_Return)
        self._shoot("office-offer")
        self._press(Qt.Key.Key_Escape)
        self._turn_to("devices")
        self._shoot("office-devices")
        self._press(Qt.Key.Key_F2)
        self._swipe(cards[DINER])
        self._shoot("office-learn")
        self._press(Qt.Key.Key_Escape, Qt.Key.Key_Escape)

    def _reservations(self) -> None:
        self._turn_to("reservations")
        self._shoot("office-reservations")
        for key, name in (
            (Qt.Key.Key_F3, "book-for"),
            (Qt.Key.Key_F6, "standing-run"),
            (Qt.Key.Key_F7, "sign-up-list"),
            (Qt.Key.Key_F8, "give-up"),
            (Qt.Key.Key_F9, "booking-rules"),
        ):
            self._press(key)
            self._shoot(f"office-{name}")
            self._press(Qt.Key.Key_Escape)

    def _members(self, cards: tuple[str, ...]) -> None:
        self._turn_to("members")
        self._type("w")
        self._shoot("office-members")
        self._swipe(cards[DINER])
        self._shoot("office-member")
        for tab, key, name in (
            (Qt.Key.Key_F5, Qt.Key.Key_1, "form"),
            (Qt.Key.Key_F6, Qt.Key.Key_3, "new-card"),
            (Qt.Key.Key_F7, Qt.Key.Key_4, "refund"),
            (Qt.Key.Key_F8, Qt.Key.Key_1, "pause"),
        ):
            self._press(tab)
            self._shoot(f"office-member-{name}-tab")
            self._press(key)
            self._shoot(f"office-member-{name}")
            self._press(Qt.Key.Key_Escape)
        self._press(Qt.Key.Key_Escape)

    def _count_out(self) -> None:
        self._clock.set(self._clock.local() + timedelta(hours=2))
        self._press(Qt.Key.Key_F1, Qt.Key.Key_3)
        self._shoot("shift-report")
        self._press(Qt.Key.Key_F9)
        self._type("2")
        self._shoot("shift-close")
        self._press(Qt.Key.Key_F12)
        self._shoot("shift-closed")

    def _first_start(self) -> None:
        self._front.till.first_start()
        self._shoot("first-start")

    # -- hands --------------------------------------------------------------------------------------

    def _swipe(self, uid_hex: str) -> None:
        rest = self._laid.get(uid_hex, 0.0) + GONE_S - monotonic()
        if rest > 0:
            QTest.qWait(round(rest * 1_000))
        self._lay(uid_hex)
        self._laid[uid_hex] = monotonic()
        self.settle()

    def _press(self, *keys: Qt.Key) -> None:
        for key in keys:
            focus = self._front.app.focusWidget() or self._front.window
            QTest.keyClick(focus, key)
            self.settle()

    def _turn_to(self, name: str) -> None:
        at = [section.name for section in SECTIONS].index(name)
        for key in (Qt.Key(Qt.Key.Key_1 + min(at, 8)), *[Qt.Key.Key_Down] * (at - 8)):
            focus = self._front.app.focusWidget() or self._front.window
            QTest.keyClick(focus, key, Qt.KeyboardModifier.ControlModifier)
            self.settle()

    def _type(self, text: str) -> None:
        for char in text:
            self._press(Qt.Key(ord(char.upper())))

    def _shoot(self, name: str) -> None:
        self.settle()
        self._front.window.grab().save(str(self._folder / f"{name}-{self._suffix}.png"))
