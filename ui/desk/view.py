"""The face of the desk sheet: large buttons with number keys, over whatever page is shown."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pos.i18n import _
from ui.theme import Text, Theme
from ui.widgets.buttons import Button
from ui.widgets.key_hints import Hints
from ui.widgets.labels import Label
from ui.widgets.sheet import Sheet


class Deed(StrEnum):
    """What can be asked for, in the order of its keys."""

    REPRINT = "reprint"
    DRAWER = "drawer"
    SHIFT = "shift"
    ENROL = "enrol"
    VERIFY = "verify"
    TEST_PAGE = "test_page"
    PAPERS = "papers"
    STAFF = "staff"
    SIGN_OUT = "sign_out"
    OFFICE = "office"


class DeskSheet(Sheet):
    """Opens over a page; `asked` carries the deed, after the sheet has gone."""

    asked = Signal(Deed)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=760)
        self._title = Label(theme, "", Text.TITLE)
        self._buttons = {
            deed: Button(theme, key=str(number % 10), height=72) for number, deed in enumerate(Deed, start=1)
        }
        self._leave = Button(theme, key="Esc", height=72)
        grid = QGridLayout()
        grid.setSpacing(theme.px(12))
        for at, button in enumerate(self._buttons.values()):
            grid.addWidget(button, at // 2, at % 2)
        grid.addWidget(self._leave, (len(self._buttons) + 1) // 2, 0, 1, 2)
        self.card.body.addWidget(self._title)
        self.card.body.addLayout(grid)
        for deed, button in self._buttons.items():
            button.clicked.connect(lambda _checked=False, deed=deed: self._ask(deed))
        self._leave.clicked.connect(self.take_away)
        self.left.connect(self.take_away)
        self.retranslate()

    def open_for(self, allowed: frozenset[Deed]) -> None:
        """Open with these deeds; the others are shown but cannot be chosen."""
        for deed, button in self._buttons.items():
            button.setEnabled(deed in allowed)
        self.open_on(next(button for deed, button in self._buttons.items() if deed in allowed))

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        words = {
            Deed.REPRINT: _("Print the last receipt again"),
            Deed.DRAWER: _("Open the cash drawer"),
            Deed.SHIFT: _("Shift: report and close"),
            Deed.ENROL: _("Enrol a member"),
            Deed.VERIFY: _("Check the ledger"),
            Deed.TEST_PAGE: _("Print a test page"),
            Deed.PAPERS: _("Doubtful papers looked at"),
            Deed.STAFF: _("Staff and PINs"),
            Deed.OFFICE: _("Office"),
            Deed.SIGN_OUT: _("Sign out"),
        }
        self._title.setText(_("At the desk"))
        for deed, button in self._buttons.items():
            button.setText(words[deed])
        self._leave.setText(_("Back"))

    def hints(self) -> Hints:
        """Every deed shows its number."""
        return (("↑ ↓", _("Mark")),)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The number keys choose at once."""
        number = event.key() - Qt.Key.Key_0
        buttons = list(self._buttons.values())
        if 0 <= number <= 9 and not event.isAutoRepeat():
            buttons[number - 1].click()  # 0 is the key of the last one
            event.accept()
            return
        super().keyPressEvent(event)

    def _ask(self, deed: Deed) -> None:
        self.take_away()
        self.asked.emit(deed)
