"""The face of the deliveries: a field that is always ready for a code or a key, the stops, the day at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.domain.cards import CardUid
from pos.i18n import _, pgettext
from ui.deliveries import phrases
from ui.deliveries.board import BOXES_KEY, BROUGHT_BY, Board
from ui.deliveries.presenter import DeliveriesPresenter
from ui.theme import Size, Text, Theme, mark
from ui.widgets.buttons import Button, Kind
from ui.widgets.key_hints import Hints
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.panel import Card, Ground, column, row
from ui.widgets.table import Column, Line, Table

LONGEST_TEXT = 200
REFRESH_MS = 10_000
SEEN_CASES = 3
GLANCE = 462
"""The width of the day at a glance, in px at scale 1."""

_STEPS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_MARKS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DeliveriesPage(QWidget):
    """Facts come in by `show_board`; `entered` carries what stands in the field, `scanned` what a scanner put there."""

    wanted = Signal()
    refreshed = Signal()
    entered = Signal(str)
    scanned = Signal(str)
    stepped = Signal(int)
    marked = Signal(int)
    noted = Signal(object)
    boxes_came = Signal()
    correction_wanted = Signal()
    cases_wanted = Signal()
    boxes_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._board: Board | None = None
        self._texts, self._length = 0, 0
        self._may_close = True
        self._with_routes: bool | None = None
        self._title = Label(theme, "", Text.HEADING)
        self._progress = Label(theme, "", Text.STRONG, Tone.MONEY)
        self._field = QLineEdit()
        self._field.setFont(theme.font(Text.BODY))
        self._field.setMaxLength(LONGEST_TEXT)
        self._marked = ElidedLabel(theme, "", Text.STRONG, Tone.GREEN)
        self._keys = {
            key: Button(theme, "", Kind.PRIMARY if key == "1" else Kind.SECONDARY, key="Enter" if key == "1" else key, size=Text.SMALL_STRONG)
            for key in BROUGHT_BY
        }
        self._boxes_back = Button(theme, key=BOXES_KEY, size=Text.SMALL_STRONG)
        self._stops = Table(theme)
        self._glance = Table(theme)
        self._boxes = Label(theme, "", Text.SMALL)
        self._correct = Button(theme, key="F4", size=Text.SMALL_STRONG)
        self._holders = Button(theme, key="F6", size=Text.SMALL_STRONG)
        self._close = Button(theme, key="F9", size=Text.SMALL_STRONG)
        self._cases = Card(theme, Ground.RED, pad=Size.SPACE)
        self._case_lines = [ElidedLabel(theme, "", Text.STRONG, Tone.RED) for _number in range(SEEN_CASES)]
        self._look = Button(theme, "", Kind.DANGER, key="F3")
        self._lay_out(theme)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._connect()
        self.setFocusProxy(self._field)
        self.retranslate()

    def attend(self, presenter: DeliveriesPresenter) -> None:
        """Send every wish to the presenter, and keep it: a connection alone does not."""
        self._presenter = presenter
        self.wanted.connect(presenter.open)
        self.refreshed.connect(presenter.refresh)
        self.entered.connect(presenter.entered)
        self.scanned.connect(presenter.scanned)
        self.stepped.connect(presenter.step)
        self.marked.connect(presenter.mark)
        self.noted.connect(presenter.note)
        self.boxes_came.connect(presenter.boxes_back)

    # -- facts --------------------------------------------------------------------------------------

    def opened(self) -> None:
        """Read the meal of now, and be ready for a code."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._timer.start()
        self.wanted.emit()

    def left(self) -> None:
        """Nothing is read while nobody looks."""
        self._timer.stop()

    def card_read(self, uid: CardUid) -> None:
        """A card means nothing here."""

    def show_board(self, board: Board) -> None:
        """Show how a meal's deliveries stand."""
        self._board = board
        self._title.setText(phrases.heading(board))
        self._progress.setText(phrases.progress(board))
        if board.texts != self._texts:
            self._texts, self._length = board.texts, 0
            self._field.clear()
        mark(self._field, "wrong", "true" if board.complaint else "false")
        self._marked.setText(board.complaint or phrases.marked(board))
        self._marked.set_tone(Tone.RED if board.complaint or board.shut is not None else Tone.GREEN)
        if board.with_routes is not self._with_routes:
            self._with_routes = board.with_routes
            self._set_columns()
        self._stops.blockSignals(True)
        self._stops.set_lines([phrases.stop_line(line, board) for line in board.lines], board.at)
        self._stops.blockSignals(False)
        self._show_tallies([phrases.tally_line(tally, board) for tally in board.tallies])
        self._boxes.setText(phrases.boxes(board))
        for shown in (self._boxes, self._boxes_back, self._holders):
            shown.setVisible(board.boxes_return)
        self._show_cases(board)
        for button in (*self._keys.values(), self._correct, self._boxes_back):
            button.setEnabled(board.marked is not None and board.close is None and board.shut is None)

    def show_rights(self, *, may_close: bool) -> None:
        """Whoever notes what happened at the doors need not be who closes the day."""
        self._may_close = may_close
        self._close.setVisible(may_close)

    def hints(self) -> Hints:
        """Its keys."""
        close = (("F9", _("Close the day")),) if self._may_close else ()
        returning = self._board is None or self._board.boxes_return
        back = (("5 Enter", _("Boxes back")),) if returning else ()
        holders = (("F6", _("Boxes")),) if returning else ()
        return (
            ("Enter", _("Handed over")),
            ("2 3 4 Enter", _("Other outcome")),
            *back,
            ("↑↓", _("Mark")),
            ("F3", _("Look for")),
            ("F4", _("Words, correct")),
            *holders,
            *close,
            ("PgUp PgDn", _("Meal")),
        )

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._field.setPlaceholderText(_("Scan a code, or type a name"))
        self._field.setAccessibleName(self._field.placeholderText())
        for key, outcome in BROUGHT_BY.items():
            self._keys[key].setText(phrases.brought(outcome))
        self._correct.setText(_("Words, correct"))
        self._boxes_back.setText(_("Boxes back"))
        self._holders.setText(_("Boxes"))
        self._close.setText(_("Close the day"))
        self._look.setText(_("Look for"))
        self._stops.setAccessibleName(_("Stops"))
        self._stops.set_empty_words(_("Nothing is to be brought at this meal."))
        self._glance.setAccessibleName(_("The day at a glance"))
        self._glance.set_empty_words(_("Nothing is reserved for this meal."))
        self._set_columns()
        if hasattr(self, "_presenter"):
            self._presenter.say_again()

    # -- keys ---------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """An Enter that is held down notes one stop, not all of them; Ctrl and an arrow are the office's."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.isAutoRepeat() and event.key() in _ENTER:
                return True
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in _MARKS:
                event.ignore()  # a line edit would swallow it, though it does nothing with it
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the field lets pass: arrows, pages and the keys of the sheets; letters go into the field."""
        key = Qt.Key(event.key())
        deeds = {
            Qt.Key.Key_F3: self.cases_wanted,
            Qt.Key.Key_F4: self.correction_wanted,
            Qt.Key.Key_F5: self.refreshed,
            Qt.Key.Key_F6: self.boxes_wanted,
            Qt.Key.Key_F9: self.close_wanted,
        }
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)  # another section
            return
        if key in deeds:
            deeds[key].emit()
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in _MARKS:
            self._stops.mark(min(max(self._stops.at + _MARKS[key], 0), len(self._stops.lines) - 1))
        elif event.text().isprintable() and event.text():
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._field.insert(event.text())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _typed(self, text: str) -> None:
        # A reader that is heard beside the keyboard puts a whole line in at once, without its Enter.
        before, self._length = self._length, len(text)
        if len(text) - before > 1:
            self.scanned.emit(text)

    # -- parts --------------------------------------------------------------------------------------

    def _show_cases(self, board: Board) -> None:
        for number, label in enumerate(self._case_lines):
            told = phrases.case_line(board.cases[number], board.today) if number < len(board.cases) else ""
            if number == SEEN_CASES - 1 and len(board.cases) > SEEN_CASES:
                told = phrases.more_cases(len(board.cases) - SEEN_CASES + 1)
            label.setText(told)
            label.setVisible(bool(told))
        self._cases.setVisible(bool(board.cases))

    def _show_tallies(self, lines: Sequence[Line]) -> None:
        """Nobody works on these lines: none is marked."""
        self._glance.set_lines(lines)
        self._glance.clearSelection()

    def _set_columns(self) -> None:
        """The rows follow with the next board: they have as many cells as there are columns then."""
        self._stops.blockSignals(True)
        self._stops.set_lines(())
        self._stops.blockSignals(False)
        route = (Column(_("Route"), 98),) if self._with_routes else ()
        self._stops.set_columns(
            (*route, Column(_("Address")), Column(_("Name"), 94), Column(_("Boxes"), 56, right=True), Column(_("Result"), 104))
        )
        self._glance.set_lines(())
        numbers = (_("Plan"), _("Out"), _("Had"), pgettext("stops", "Open"), _("Case"))
        self._glance.set_columns((Column(_("Route")), *(Column(title, 50, right=True) for title in numbers)))

    def _connect(self) -> None:
        self._field.installEventFilter(self)
        self._field.returnPressed.connect(lambda: self.entered.emit(self._field.text()))
        self._field.textEdited.connect(self._typed)
        self._stops.marked.connect(self.marked)
        self._stops.chosen.connect(lambda _at: self.entered.emit(""))
        for key, outcome in BROUGHT_BY.items():
            self._keys[key].clicked.connect(lambda _checked=False, outcome=outcome: self.noted.emit(outcome))
        self._boxes_back.clicked.connect(self.boxes_came)
        self._correct.clicked.connect(self.correction_wanted)
        self._holders.clicked.connect(self.boxes_wanted)
        self._close.clicked.connect(self.close_wanted)
        self._look.clicked.connect(self.cases_wanted)
        self._timer.timeout.connect(self._beat)

    def _beat(self) -> None:
        if self.isVisible():
            self.refreshed.emit()

    def _lay_out(self, theme: Theme) -> None:
        stops, glance = Card(theme, pad=Size.SPACE), Card(theme, pad=Size.SPACE)
        head = row(theme, self._title, self._field)
        head.setStretch(1, 1)
        stops.body.addLayout(head)
        under = row(theme, self._marked, self._progress)
        under.setStretch(0, 1)
        stops.body.addLayout(under)
        stops.body.addLayout(row(theme, *self._keys.values(), gap=Size.GAP))
        stops.body.addWidget(self._stops, 1)
        self._glance.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        glance.setFixedWidth(theme.px(GLANCE))
        glance.body.addWidget(self._glance, 1)
        glance.body.addWidget(self._boxes)
        for pair in ((self._correct, self._close), (self._boxes_back, self._holders)):
            glance.body.addLayout(row(theme, *pair, gap=Size.GAP))
        told = column(theme, *self._case_lines, gap=2)
        beside = row(theme, self._look)
        beside.insertLayout(0, told, 1)
        self._cases.body.addLayout(beside)
        self._cases.hide()
        both = row(theme, stops, glance)
        both.setStretch(0, 1)
        whole = column(theme, self._cases)
        whole.addLayout(both, 1)
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)
