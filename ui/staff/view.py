"""The face of the sign-in screen: names to choose from, and a PIN by keyboard or by pad."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QScrollArea, QWidget

from pos.i18n import _
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.field import Field
from ui.widgets.key_hints import Hints
from ui.widgets.labels import Label, Tone
from ui.widgets.number_pad import NumberPad
from ui.widgets.panel import Card

if TYPE_CHECKING:
    from ui.staff.presenter import SignInPresenter

LONGEST_PIN = 20
_COLUMNS = 2


class SignInPage(QWidget):
    """Choose a name at the left, type the PIN at the right."""

    chosen = Signal(str)
    pin_given = Signal(str)
    gone_back = Signal()

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._group = QButtonGroup(self)
        # One name is marked at a time by `ask_pin`: a group that sees to it takes the others from the Tab key.
        self._group.setExclusive(False)
        self._names: list[Button] = []
        self._who = Label(theme, "", Text.TITLE)
        self._none = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        self._greeting = Label(theme, "", Text.TITLE)
        self._pin = Field(theme, secret=True, longest=LONGEST_PIN)
        self._pin.line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
        self._pad = NumberPad(theme)
        self._pad.type_into(self._pin.line)
        self._enter = Button(theme, "", Kind.PRIMARY, key="Enter", size=Text.HEADING, height=68)
        self._grid = QGridLayout()
        self._scroll = QScrollArea()
        self._lay_out()
        self._pin.entered.connect(self.pin_given)
        self._enter.clicked.connect(lambda: self.pin_given.emit(self._pin.text))
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.gone_back)
        self.retranslate()

    def attend(self, presenter: SignInPresenter) -> None:
        """Carry every wish to this presenter."""
        self.chosen.connect(presenter.choose)
        self.pin_given.connect(presenter.sign_in)
        self.gone_back.connect(presenter.back)

    # -- facts --------------------------------------------------------------------------------------

    def show_names(self, names: tuple[str, ...]) -> None:
        """Show who may sign in; the first has the focus."""
        for button in self._names:
            self._group.removeButton(button)
            button.deleteLater()
        self._names = [self._name_button(number, name) for number, name in enumerate(names)]
        self._none.setVisible(not names)
        if self._names:
            self._names[0].setFocus()
            # The layout shows them later, and a hidden button does not keep the focus while another window has it.
            QTimer.singleShot(0, self, self._focus_again)

    def _focus_again(self) -> None:
        if self._names and self.focusWidget() is None:
            self._names[0].setFocus()

    def ask_pin(self, name: str) -> None:
        """Mark a name and put the focus into the PIN's line, or back to the names."""
        for button in self._names:
            button.setChecked(button.text() == name)
        if name:
            self._pin.line.setFocus()
        elif self._names:
            self._names[0].setFocus()

    def clear_pin(self) -> None:
        """Empty the PIN's line."""
        self._pin.set_text("")

    def set_busy(self, busy: bool) -> None:
        """Take no second Enter while a PIN is being looked at."""
        self._enter.setEnabled(not busy)
        self._pin.line.setReadOnly(busy)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._who.setText(_("Who is at the till?"))
        self._none.setText(_("Nobody may sign in yet."))
        self._greeting.setText(_("Your PIN"))
        self._pin.set_words("", _("Digits only"))
        self._pin.line.setAccessibleName(_("PIN"))
        self._enter.setText(_("Sign in"))
        self._pad.retranslate()

    def hints(self) -> Hints:
        """The keys of this screen."""
        return (("Enter", _("Sign in")), ("1–9 ↑ ↓", _("Choose a name")), ("Esc", _("Somebody else")), ("Ctrl+Q", _("Quit")))

    # -- wishes -------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On a name, a number key chooses the name with that number."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            number = event.text()
            if number.isdigit() and 0 < int(number) <= len(self._names):
                self._names[int(number) - 1].click()
                return True
        return super().eventFilter(watched, event)

    # -- layout -------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        theme = self._theme
        left, right = Card(theme), Card(theme)
        inner = QWidget()
        self._grid.setContentsMargins(0, 0, theme.px(Size.GAP), 0)
        self._grid.setSpacing(theme.px(Size.SPACE))
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        inner.setLayout(self._grid)
        inner.setAutoFillBackground(False)
        # A viewport of our own: asked for Qt's, PySide reads every widget class there is to find out what it is.
        self._scroll.setViewport(QWidget())
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left.body.addWidget(self._who)
        left.body.addWidget(self._none)
        left.body.addWidget(self._scroll, 1)
        for widget in (self._greeting, self._pin, self._pad, self._enter):
            right.body.addWidget(widget)
        right.body.addStretch(1)
        right.setMaximumWidth(theme.px(480))
        layout = QHBoxLayout(self)
        edge = theme.px(Size.WIDE)
        layout.setContentsMargins(edge, edge, edge, edge)
        layout.setSpacing(edge)
        layout.addWidget(left, 3)
        layout.addWidget(right, 2)

    def _name_button(self, number: int, name: str) -> Button:
        key = str(number + 1) if number < 9 else ""
        button = Button(self._theme, name, Kind.SECONDARY, key=key, size=Text.HEADING, height=72)
        button.setCheckable(True)
        button.installEventFilter(self)
        button.clicked.connect(lambda: self.chosen.emit(name))
        self._group.addButton(button)
        self._grid.addWidget(button, number // _COLUMNS, number % _COLUMNS)
        return button
