"""The face of a pasted sign-up list: a box for the text, then its lines with ticks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos import words
from pos.domain.pricing import Way
from pos.domain.reservations import LONGEST_WHY
from pos.i18n import _
from ui.formats import day_words
from ui.sign_up_lists import phrases
from ui.sign_up_lists.presenter import WAYS, Pasted, SignUpListPresenter
from ui.theme import Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.field import Field
from ui.widgets.key_hints import Hints
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.panel import column, row
from ui.widgets.sheet import Sheet
from ui.widgets.tab import Tab
from ui.widgets.table import Column, Table
from ui.widgets.text_box import TextBox

_HEIGHT = 560


class SignUpSheet(Sheet):
    """F9 reads the text, then books what is ticked; Space ticks, + and - change portions, arrows choose between two of one name."""

    read_wanted = Signal(str)
    toggled = Signal(int)
    more = Signal(int, int)
    person_turned = Signal(int, int)
    way_turned = Signal(int)
    usual_chosen = Signal(object)
    wrote = Signal(str)
    booked = Signal()

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=1000)
        self._pasted: Pasted | None = None
        self._title = ElidedLabel(theme, "", Text.HEADING)
        self._when = Label(theme, "", Text.HEADING, Tone.GREEN)
        self._box = TextBox(theme)
        self._summary = ElidedLabel(theme, "", Text.STRONG)
        self._warning = Label(theme, "", Text.STRONG, Tone.RED)
        self._usual = Label(theme, "", Text.SMALL)
        self._ways = {way: Tab(theme, small=True, width=124) for way in WAYS}
        self._table = Table(theme, row_height=38)
        self._why = Field(theme, longest=LONGEST_WHY)
        self._hints = ElidedLabel(theme, "", Text.SMALL, Tone.MUTED)
        self._leave = Button(theme, key="Esc")
        self._yes = Button(theme, "", Kind.PRIMARY, key="F9")
        self._stack = QStackedWidget()
        self._lay_out(theme)
        self._connect()
        self.retranslate()

    def attend(self, presenter: SignUpListPresenter) -> None:
        """Send every wish to the presenter, and keep it: a connection alone does not."""
        self._presenter = presenter
        self.read_wanted.connect(presenter.read)
        self.toggled.connect(presenter.toggle)
        self.more.connect(presenter.more)
        self.person_turned.connect(presenter.turn_person)
        self.way_turned.connect(presenter.turn_way)
        self.usual_chosen.connect(presenter.choose_usual)
        self.wrote.connect(presenter.write_why)
        self.booked.connect(presenter.book)
        self.left.connect(presenter.close)

    # -- facts --------------------------------------------------------------------------------------

    def show_pasted(self, pasted: Pasted) -> None:
        """Paint the sheet; the first one after a close opens it."""
        before, self._pasted = self._pasted, pasted
        checked = pasted.checked
        self._when.setText(f"{day_words(pasted.day)} {words.meal(pasted.meal)}")
        self._yes.setText(phrases.confirm_words(pasted))
        for way, tab in self._ways.items():
            tab.setChecked(way is pasted.usual)
        self._stack.setCurrentIndex(0 if checked is None else 1)
        if before is None:
            self._box.set_text(pasted.text)
        if checked is not None:
            self._summary.setText(phrases.summary(checked))
            warned = phrases.warning(checked)
            self._warning.setText(warned)
            self._warning.setVisible(bool(warned))
            self._why.setVisible(checked.late and pasted.may_late)
            self._table.set_lines([phrases.line_of(one, pasted) for one in pasted.rows], max(self._table.at, 0))
        if before is None or (before.checked is None) != (checked is None):
            first: QWidget = self._box if checked is None else self._table
            if checked is not None:
                self._table.mark(0)
                self._why.set_text(pasted.why)
            if self.is_open:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.open_on(first)

    def close_form(self) -> None:
        """Take it away, and forget what was pasted."""
        self._pasted = None
        self._box.set_text("")
        self._table.set_lines(())
        self.take_away()

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self._title.setText(_("Sign-up list"))
        self._box.set_label(_("Paste the list out of the chat (Ctrl+V), as it is"))
        self._usual.setText(_("Otherwise:"))
        for way, tab in self._ways.items():
            tab.say(words.way(way))
        self._why.set_words(_("Reason"), _("Why after the cut-off?"))
        self._hints.setText(_("Space ticks · + - portions · F7 way · ← → another of this name · Esc back to the text"))
        self._leave.setText(_("Back"))
        self._table.setAccessibleName(self._title.text())
        self._table.set_lines(())
        self._table.set_columns(
            (
                Column("", 40),
                Column(_("Line")),
                Column(_("Who is meant"), 200),
                Column(_("Portions"), 100, right=True),
                Column(_("How"), 132),
                Column(_("To look at"), 276),
            )
        )
        if self._pasted is not None:
            self.show_pasted(self._pasted)

    # -- wishes -------------------------------------------------------------------------------------

    def hints(self) -> Hints:
        """They stand below the lines themselves."""
        return ()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F9 goes on; the other keys are about the marked line."""
        key, at = Qt.Key(event.key()), self._table.at
        deeds: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Space: lambda: self.toggled.emit(at),
            Qt.Key.Key_Plus: lambda: self.more.emit(at, 1),
            Qt.Key.Key_Equal: lambda: self.more.emit(at, 1),
            Qt.Key.Key_Minus: lambda: self.more.emit(at, -1),
            Qt.Key.Key_Left: lambda: self.person_turned.emit(at, -1),
            Qt.Key.Key_Right: lambda: self.person_turned.emit(at, 1),
            Qt.Key.Key_F7: lambda: self.way_turned.emit(at),
        }
        if key == Qt.Key.Key_F9 and not event.isAutoRepeat():
            self._go_on()
        elif key in deeds and self._stack.currentIndex() == 1:
            deeds[key]()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _go_on(self) -> None:
        if self._stack.currentIndex() == 0:
            self.read_wanted.emit(self._box.text)
        else:
            self.booked.emit()

    def _connect(self) -> None:
        for way, tab in self._ways.items():
            tab.clicked.connect(lambda _checked=False, way=way: self._choose(way))
        self._table.chosen.connect(self.toggled)
        self._why.typed.connect(self.wrote)
        self._leave.clicked.connect(self.left)
        self._yes.clicked.connect(self._go_on)

    def _choose(self, way: Way) -> None:
        self.usual_chosen.emit(way)

    # -- layout -------------------------------------------------------------------------------------

    def _lay_out(self, theme: Theme) -> None:
        head = row(theme, self._title, self._when)
        head.setStretch(0, 1)
        # A strip of its own: of the tabs of one parent a single one can be open.
        ways = QWidget()
        strip = row(theme, self._usual, *self._ways.values(), gap=6)
        strip.setContentsMargins(0, 0, 0, 0)
        ways.setLayout(strip)
        above = row(theme, self._summary, ways)
        above.setStretch(0, 1)
        lines = QWidget()
        listed = column(theme)
        listed.addLayout(above)
        listed.addWidget(self._warning)
        listed.addWidget(self._table, 1)
        listed.addWidget(self._why)
        listed.addWidget(self._hints)
        listed.setContentsMargins(0, 0, 0, 0)
        lines.setLayout(listed)
        self._stack.addWidget(self._box)
        self._stack.addWidget(lines)
        self._stack.setMinimumHeight(theme.px(_HEIGHT - 140))
        foot = row(theme, self._leave)
        foot.addWidget(self._yes, 1)
        self.card.body.addLayout(head)
        self.card.body.addWidget(self._stack, 1)
        self.card.body.addLayout(foot)
