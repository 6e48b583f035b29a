"""The face of the shift screen: the float, the report so far, and the counting of the drawer."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.shifts import Report
from pos.i18n import _
from ui.shifts.counting import CountForm
from ui.shifts.presenter import Count, ShiftPresenter
from ui.shifts.report import ReportPanel
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.field import Field
from ui.widgets.key_hints import Hints
from ui.widgets.labels import Label, Tone
from ui.widgets.number_pad import NumberPad
from ui.widgets.panel import Card

PRINT_KEY = "F8"
COUNT_KEY = "F9"
CLOSE_KEY = "F12"
_CLOSED, _REPORT, _COUNT = range(3)


class ShiftPage(QWidget):
    """Three pages, one at a time."""

    opened = Signal(str)
    print_wanted = Signal()
    count_wanted = Signal()
    pieces_typed = Signal(object)
    close_wanted = Signal()
    gone_back = Signal()
    hints_changed = Signal()

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stack = QStackedWidget()
        self._title = Label(theme, "", Text.TITLE)
        self._why = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        self._float = Field(theme, longest=10)
        self._pad = NumberPad(theme, point=True)
        self._pad.type_into(self._float.line)
        self._open = Button(theme, "", Kind.PRIMARY, key="Enter", size=Text.HEADING, height=68)
        self._leave = Button(theme, "", Kind.SECONDARY, key="Esc")
        self._report = ReportPanel(theme, print_key=PRINT_KEY, count_key=COUNT_KEY)
        self._count = CountForm(theme, close_key=CLOSE_KEY)
        self._stack.addWidget(self._float_page())
        self._stack.addWidget(self._report)
        self._stack.addWidget(self._count)
        layout = QVBoxLayout(self)
        edge = theme.px(Size.WIDE)
        layout.setContentsMargins(edge, edge, edge, edge)
        layout.addWidget(self._stack)
        self._connect()
        self.retranslate()

    def attend(self, presenter: ShiftPresenter) -> None:
        """Carry every wish to this presenter."""
        self.opened.connect(presenter.open)
        self.print_wanted.connect(presenter.print_report)
        self.count_wanted.connect(presenter.count_out)
        self.pieces_typed.connect(presenter.counting)
        self.close_wanted.connect(presenter.close)
        self.gone_back.connect(presenter.back)

    # -- facts --------------------------------------------------------------------------------------

    def show_closed(self) -> None:
        """No shift is open: ask for the float."""
        self._float.set_text("")
        self._turn_to(_CLOSED)
        self._float.setFocus()

    def show_report(self, report: Report, payers: Mapping[str, str]) -> None:
        """A shift is open: show what it did so far."""
        self._report.show_report(report, payers)
        self._turn_to(_REPORT)
        self._report.setFocus()

    def show_count(self) -> None:
        """Ask for the pieces of each note, all empty."""
        self._count.begin()
        self._turn_to(_COUNT)
        self._count.setFocus()

    def show_counted(self, count: Count) -> None:
        """Show the sum, what should be there, and the difference."""
        self._count.show_counted(count)

    def complain_float(self, wrong: str) -> None:
        """Say what is wrong with the float."""
        self._float.complain(wrong)
        self._float.setFocus()

    def set_busy(self, busy: bool) -> None:
        """Take no second Enter while something is written down."""
        self._open.setEnabled(not busy)
        self._report.set_busy(busy)
        self._count.set_busy(busy)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._title.setText(_("Open the shift"))
        self._why.setText(_("Count the change in the drawer before the first diner comes."))
        self._float.set_words(_("Change in the drawer, in yuan"), _("Such as 200; empty if none"))
        self._open.setText(_("Open the shift"))
        self._leave.setText(_("Back"))
        self._pad.retranslate()
        self._report.retranslate()
        self._count.retranslate()

    def hints(self) -> Hints:
        """The keys of the page that is shown."""
        return {
            _CLOSED: (("Enter", _("Open the shift")), ("Esc", _("Back"))),
            _REPORT: ((COUNT_KEY, _("Count and close")), (PRINT_KEY, _("Print the report")), ("Esc", _("Back"))),
            _COUNT: ((CLOSE_KEY, _("Close the shift")), ("Enter", _("Next note")), ("Esc", _("Back"))),
        }[self._stack.currentIndex()]

    # -- layout -------------------------------------------------------------------------------------

    def _turn_to(self, page: int) -> None:
        self._stack.setCurrentIndex(page)
        self.hints_changed.emit()

    def _connect(self) -> None:
        self._float.entered.connect(self.opened)
        self._leave.clicked.connect(self.gone_back)
        self._open.clicked.connect(lambda: self.opened.emit(self._float.text))
        self._report.print_wanted.connect(self.print_wanted)
        self._report.count_wanted.connect(self.count_wanted)
        self._count.pieces_typed.connect(self.pieces_typed)
        self._count.close_wanted.connect(self.close_wanted)
        for back in (self._report.gone_back, self._count.gone_back):
            back.connect(self.gone_back)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.gone_back)
        for key, page, wish in (
            (PRINT_KEY, _REPORT, self.print_wanted),
            (COUNT_KEY, _REPORT, self.count_wanted),
            (CLOSE_KEY, _COUNT, self.close_wanted),
        ):
            shortcut = QShortcut(QKeySequence(key), self._stack.widget(page))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(wish)

    def _float_page(self) -> QWidget:
        theme = self._theme
        card = Card(theme)
        card.setMaximumWidth(theme.px(900))
        left, right = QVBoxLayout(), QVBoxLayout()
        for widget in (self._title, self._why, self._float):
            left.addWidget(widget)
        left.addStretch(1)
        left.addWidget(self._open)
        left.addWidget(self._leave)
        right.addWidget(self._pad)
        right.addStretch(1)
        sides = QHBoxLayout()
        sides.setSpacing(theme.px(Size.WIDE))
        sides.addLayout(left, 3)
        sides.addLayout(right, 2)
        card.body.addLayout(sides)
        page = QWidget()
        layout = QHBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        return page
