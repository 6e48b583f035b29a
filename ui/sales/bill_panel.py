"""The right panel: the bill, who pays which part of it, and the one big button that is the Enter key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos import words
from pos.i18n import _
from ui.sales.counter import Counter, ServedBefore, ShortOf, Stage
from ui.sales.item_list import ItemList
from ui.sales.over_pane import OverPane
from ui.sales.phrases import enter_words, last_sale, line_words
from ui.sales.question_pane import QuestionPane
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import AmountLabel, ElidedLabel, Label, Tone
from ui.widgets.panel import Card, Ground, row

_PARTS = 8
"""The list price, and seven others who pay or are paid: three authorities, the canteen, a pass, a waiver, a fee."""
_STILL = frozenset({Stage.CHARGING, Stage.UNDOING, Stage.PAYING, Stage.PAID, Stage.UNDONE})


class BillPanel(Card):
    """What is shown changes with the sale; the Enter button stays where it is and is never disabled.

    A disabled button would hand the focus, and the next Enter, to another one.
    """

    enter = Signal()
    way = Signal()
    cash = Signal()
    code = Signal()
    undo = Signal()
    again = Signal()
    no = Signal()
    top_up = Signal()
    put = Signal(str, int)
    touched = Signal(str)
    set_touched = Signal(str)

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(theme, pad=16, parent=parent)
        self.idle = _IdlePane(theme)
        self.bill = _BillPane(theme)
        self.over = OverPane(theme)
        self.question = QuestionPane(theme)
        self.enter_button = Button(theme, "", Kind.PRIMARY, key="Enter", size=Text.HEADING, height=76)
        self._stack = QStackedWidget()
        for pane in (self.idle, self.bill, self.over, self.question):
            self._stack.addWidget(pane)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.enter_button)
        self.enter_button.clicked.connect(self.enter)
        self.bill.items.put.connect(self.put)
        self.bill.items.touched.connect(self.touched)
        self.bill.items.set_touched.connect(self.set_touched)
        self.bill.way.clicked.connect(self.way)
        self.bill.cash.clicked.connect(self.cash)
        self.bill.code.clicked.connect(self.code)
        self.idle.undo.clicked.connect(self.undo)
        self.over.undo.clicked.connect(self.undo)
        self.question.again.clicked.connect(self.again)
        self.question.no.clicked.connect(self.no)
        self.question.top_up.clicked.connect(self.top_up)
        self.question.cash.clicked.connect(self.cash)
        for button in self.findChildren(QAbstractButton):
            if button is not self.enter_button:
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_width(self, width: int) -> None:
        """Be so many px wide."""
        self.setFixedWidth(width)
        margins = self.body.contentsMargins()
        self.bill.set_room(width - margins.left() - margins.right())

    def show_counter(self, counter: Counter) -> None:
        """Show the bill, the question, or what was paid."""
        self.enter_button.setText(enter_words(counter))
        self.enter_button.set_kind(Kind.QUIET if _is_quiet(counter) else Kind.PRIMARY)
        if counter.question:
            self.question.show_question(counter.question, counter.bill.due if counter.bill else None)
            self._stack.setCurrentWidget(self.question)
        elif counter.stage in (Stage.PAID, Stage.UNDONE) and counter.done:
            self.over.show_sale(counter.done, may_undo=counter.stage is Stage.PAID)
            self._stack.setCurrentWidget(self.over)
        elif counter.tray.portions:
            self.bill.show_counter(counter)
            self._stack.setCurrentWidget(self.bill)
        else:
            self.idle.show_counter(counter)
            self._stack.setCurrentWidget(self.idle)

    def retranslate(self) -> None:
        """Speak the language of the moment; `show_counter` follows."""
        self.bill.retranslate()
        self.question.retranslate()
        self.over.retranslate()
        self.idle.retranslate()


def _is_quiet(counter: Counter) -> bool:
    """Whether Enter does nothing that a cashier is looking for now."""
    if counter.question:
        return isinstance(counter.question, ServedBefore | ShortOf)
    return counter.stage in _STILL or not counter.tray.portions


class _IdlePane(QWidget):
    """No dish yet."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = Label(theme, "", Text.HEADING)
        self._hint = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        self._last = ElidedLabel(theme, "", Text.BODY)
        self.undo = Button(theme, "", Kind.SECONDARY, key="F8")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Size.SPACE))
        layout.addWidget(self._title)
        layout.addWidget(self._hint)
        layout.addStretch(1)
        layout.addWidget(self._last)
        layout.addWidget(self.undo)

    def show_counter(self, counter: Counter) -> None:
        """Say what to do, and which sale was the last."""
        self._title.setText(_("Bill"))
        if counter.diner:
            self._hint.setText(_("Choose dishes by touch or by their number."))
        else:
            self._hint.setText(_("Show a card, or choose dishes by touch or by their number."))
        self._last.setVisible(counter.last is not None)
        self.undo.setVisible(counter.last is not None)
        if counter.last:
            self._last.setText(last_sale(counter.last))

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self.undo.setText(_("Take back"))


class _BillPane(QWidget):
    """Dishes, parts, the diner's own share, other ways to pay."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._room = theme.px(320)
        self._title = Label(theme, "", Text.HEADING)
        self._way = Label(theme, "", Text.SMALL, Tone.MUTED)
        self._way.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._usual = Card(theme, Ground.GREEN, pad=8)
        self._usual_words = Label(theme, "", Text.SMALL_STRONG, Tone.GREEN, wrap=True)
        self._usual.body.addWidget(self._usual_words)
        self.items = ItemList(theme)
        self._parts = [_Part(theme) for _unused in range(_PARTS)]
        self._note = Label(theme, "", Text.SMALL, Tone.MUTED, wrap=True)
        self._due_title = Label(theme, "", Text.HEADING)
        self._due = AmountLabel(theme, "", Text.HUGE_AMOUNT, Tone.MONEY)
        self.way = Button(theme, "", Kind.SECONDARY, key="F7")
        self.cash = Button(theme, "", Kind.SECONDARY, key="F9")
        self.code = Button(theme, "", Kind.SECONDARY, key="F10")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        layout.addLayout(row(theme, self._title, self._way))
        layout.addWidget(self._usual)
        layout.addWidget(self.items, 1)
        parts = QVBoxLayout()
        parts.setSpacing(theme.px(1))
        for part in self._parts:
            part.hide()
            parts.addWidget(part)
        parts.addWidget(self._note)
        self._note.hide()
        self._usual.hide()
        layout.addLayout(parts)
        due = QHBoxLayout()
        due.addWidget(self._due_title)
        due.addWidget(self._due, 1)
        layout.addLayout(due)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(Size.GAP))
        for button in (self.way, self.cash, self.code):
            buttons.addWidget(button, 1)
        layout.addLayout(buttons)

    def show_counter(self, counter: Counter) -> None:
        """Show the bill that explains itself."""
        bill = counter.bill
        assert bill is not None, "a tray with dishes has a bill"
        self._title.setText(_("Bill"))
        self._way.setText(words.way(counter.way))
        self._usual.setVisible(counter.tray.usual)
        self._title.setVisible(not counter.tray.usual)
        self._way.setVisible(not counter.tray.usual)
        self._usual_words.setText(_("The usual meal: Enter pays it"))
        self.items.show_counter(counter)
        lines = [(_("List price"), bill.list_price, Tone.PLAIN)] if bill.helped or bill.fees else []
        for line in bill.helped:
            tone = Tone.GREEN if line.claimable else Tone.PLAIN
            lines.append((line_words(line), -line.amount, tone))
        lines += [(line_words(line), line.amount, Tone.PLAIN) for line in bill.lines if line.is_fee]
        for number, part in enumerate(self._parts):
            part.setVisible(number < len(lines))
            if number < len(lines):
                part.show_part(*lines[number])
        self._note.setVisible(bool(bill.notes))
        self._note.setText(_("; ").join(words.reason(note) for note in bill.notes))
        self._due_title.setText(_("To pay"))
        self._due.set_what(_("To pay"))
        self._due.set_amount(bill.due)
        self.way.setText(words.way(counter.way))
        self._spare_keys()

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self.cash.setText(_("Cash"))
        self.code.setText(_("Code"))
        self.items.retranslate()
        self._spare_keys()

    def set_room(self, width: int) -> None:
        """Be no wider than so many px."""
        self._room = width
        self._spare_keys()

    def _spare_keys(self) -> None:
        """Keys are shown where there is room for them; the foot of the window names them all."""
        buttons = ((self.way, "F7"), (self.cash, "F9"), (self.code, "F10"))
        for button, key in buttons:
            button.set_key(key)
        gaps = 2 * self._theme.px(Size.GAP)
        if sum(button.minimumSizeHint().width() for button, _key in buttons) + gaps > self._room:
            for button, _key in buttons:
                button.set_key("")


class _Part(QWidget):
    """One payer's part of the list price."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._what = Label(theme, "", Text.SMALL, wrap=True)
        self._amount = AmountLabel(theme, "", Text.SMALL_STRONG)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(Size.SPACE))
        row.addWidget(self._what, 1)
        row.addWidget(self._amount, 0, Qt.AlignmentFlag.AlignTop)

    def show_part(self, what: str, amount: int, tone: Tone) -> None:
        """Show who pays so much (fen), and why."""
        self._what.setText(what)
        self._what.set_tone(tone)
        self._amount.set_what(what)
        self._amount.set_amount(amount)
        self._amount.set_tone(tone)
