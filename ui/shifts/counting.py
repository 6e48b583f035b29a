"""The drawer, counted note by note, with the difference in sight before anything is written down."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from pos import words
from pos.domain.money import Fen
from pos.i18n import _
from ui.shifts.presenter import MOST_PIECES, NOTES, Count
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import AmountLabel, Label, Tone
from ui.widgets.number_pad import NumberPad
from ui.widgets.panel import Card, Ground

_ROWS = 4


class CountForm(QWidget):
    """A line for each note at the left; expected, counted and the difference at the right."""

    pieces_typed = Signal(object)
    close_wanted = Signal()
    gone_back = Signal()

    def __init__(self, theme: Theme, *, close_key: str) -> None:
        super().__init__()
        self._theme = theme
        self._count: Count | None = None
        self._title = Label(theme, "", Text.TITLE)
        self._pad = NumberPad(theme, flat=True)
        self._pieces = {note: self._line(note) for note in NOTES}
        self._sums = {note: AmountLabel(theme, "", Text.BODY) for note in NOTES}
        self._expected_words, self._counted_words = Label(theme, "", Text.BODY), Label(theme, "", Text.BODY)
        self._expected = AmountLabel(theme, "", Text.HEADING)
        self._counted = AmountLabel(theme, "", Text.HEADING)
        self._difference_words = Label(theme, "", Text.STRONG)
        self._difference = AmountLabel(theme, "", Text.BIG_AMOUNT)
        self._verdict = Card(theme, Ground.SUNKEN, pad=Size.SPACE)
        self._note = Label(theme, "", Text.SMALL, Tone.MUTED, wrap=True)
        self._close = Button(theme, "", Kind.PRIMARY, key=close_key, size=Text.HEADING, height=68)
        self._back = Button(theme, "", Kind.SECONDARY, key="Esc")
        self._lay_out()
        self.setFocusProxy(self._pieces[NOTES[0]])
        self._close.clicked.connect(self.close_wanted)
        self._back.clicked.connect(self.gone_back)

    def begin(self) -> None:
        """Empty every line."""
        for line in self._pieces.values():
            line.clear()

    def show_counted(self, count: Count) -> None:
        """Show the sums and the difference."""
        self._count = count
        for note, label in self._sums.items():
            label.set_amount(count.by_note[note] or None)
        self._expected.set_amount(count.expected)
        self._counted.set_amount(count.counted)
        self._difference.set_amount(abs(count.difference))
        if count.difference == 0:
            ground, tone, said = Ground.GREEN, Tone.GREEN, _("✓ The drawer is right")
        elif count.difference < 0:
            ground, tone, said = Ground.AMBER, Tone.AMBER, _("− Missing")
        else:
            ground, tone, said = Ground.AMBER, Tone.AMBER, _("+ Too much")
        self._verdict.set_ground(ground)
        self._difference_words.setText(said)
        self._difference_words.set_tone(tone)
        self._difference.set_tone(tone)
        self._difference.set_what(said)

    def set_busy(self, busy: bool) -> None:
        """Take no second key while the shift is being closed."""
        self._close.setEnabled(not busy)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._title.setText(_("Count the drawer"))
        self._expected_words.setText(_("Should be there"))
        self._counted_words.setText(_("Counted"))
        self._expected.set_what(self._expected_words.text())
        self._counted.set_what(self._counted_words.text())
        self._note.setText(_("A difference is written into the books as it is. Closing cannot be undone."))
        self._close.setText(_("Close the shift"))
        self._back.setText(_("Back"))
        self._pad.retranslate()
        for note, line in self._pieces.items():
            line.setAccessibleName(_("Pieces of {note}").format(note=words.money(note)))
        if self._count is not None:
            self.show_counted(self._count)

    # -- wishes and layout --------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The pad types into whichever line has the focus."""
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QLineEdit):
            self._pad.type_into(watched)
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        self.pieces_typed.emit({note: line.text() for note, line in self._pieces.items()})

    def _next_after(self, note: Fen) -> None:
        place = NOTES.index(note) + 1
        (self._pieces[NOTES[place]] if place < len(NOTES) else self._close).setFocus()

    def _line(self, note: Fen) -> QLineEdit:
        line = QLineEdit()
        line.setFont(self._theme.font(Text.BODY))
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.setValidator(QIntValidator(0, MOST_PIECES, line))
        line.setFixedWidth(self._theme.px(96))
        line.installEventFilter(self)
        line.textEdited.connect(self._typed)
        line.returnPressed.connect(lambda: self._next_after(note))
        return line

    def _lay_out(self) -> None:
        theme = self._theme
        notes, result = Card(theme), Card(theme)
        notes.body.addWidget(self._title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(Size.GAP))
        grid.setVerticalSpacing(theme.px(Size.SPACE))
        for number, note in enumerate(NOTES):
            row, column = number % _ROWS, 5 * (number // _ROWS)
            label = AmountLabel(theme, "", Text.STRONG)
            label.set_amount(note)
            grid.addWidget(label, row, column)
            grid.addWidget(Label(theme, "×", Text.BODY, Tone.MUTED), row, column + 1)
            grid.addWidget(self._pieces[note], row, column + 2)
            grid.addWidget(self._sums[note], row, column + 3)
        for column in (3, 8):
            grid.setColumnMinimumWidth(column, theme.px(84))
        grid.setColumnStretch(4, 1)
        grid.setColumnMinimumWidth(4, theme.px(Size.SPACE))
        notes.body.addLayout(grid)
        notes.body.addStretch(1)
        notes.body.addWidget(self._pad)
        for words_label, amount in ((self._expected_words, self._expected), (self._counted_words, self._counted)):
            line = QHBoxLayout()
            line.addWidget(words_label)
            line.addWidget(amount, 1)
            result.body.addLayout(line)
        self._verdict.body.addWidget(self._difference_words)
        self._verdict.body.addWidget(self._difference)
        result.body.addWidget(self._verdict)
        result.body.addWidget(self._note)
        result.body.addStretch(1)
        result.body.addWidget(self._close)
        result.body.addWidget(self._back)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Size.WIDE))
        layout.addWidget(notes, 3)
        layout.addWidget(result, 2)
