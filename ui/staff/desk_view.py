"""The face of the staff sheet: a list with three keys, and a form or a question in its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos import words
from pos.domain.staff import LONGEST_NAME, Role
from pos.i18n import _
from ui.staff.desk_presenter import Doing, Question, StaffList, StaffPresenter, Typed
from ui.staff.person_row import PersonRow
from ui.staff.view import LONGEST_PIN
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.field import Field
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.panel import column, row
from ui.widgets.sheet import Sheet

ROWS = 5

_ASKS = {Qt.Key.Key_F3: Doing.NEW, Qt.Key.Key_F4: Doing.PIN, Qt.Key.Key_Delete: Doing.LEAVE}
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -ROWS, Qt.Key.Key_PageDown: ROWS}


class StaffSheet(Sheet):
    """The arrows mark, F3 is somebody new, F4 a new PIN, Del and then Enter takes somebody off the staff."""

    stepped = Signal(int)
    picked = Signal(int)
    asked = Signal(Doing)
    confirmed = Signal(Typed)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=900)
        self._now: StaffList | None = None
        self._title = ElidedLabel(theme, "", Text.HEADING)
        self._turn = Button(theme, key="PgDn")
        self._rows = [PersonRow(theme) for _unused in range(ROWS)]
        self._name = Field(theme, longest=LONGEST_NAME)
        self._role = Label(theme, "", Text.SMALL_STRONG)
        self._roles = {role: _role_button(theme) for role in Role}
        self._group = QButtonGroup(self)
        self._pin, self._again = (_pin_field(theme) for _unused in range(2))
        self._why = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        self._cancel = Button(theme, key="Esc")
        self._asks = {
            Doing.NEW: Button(theme, key="F3"),
            Doing.PIN: Button(theme, key="F4"),
            Doing.LEAVE: Button(theme, kind=Kind.DANGER, key="Del"),
        }
        self._confirm = Button(theme, "", Kind.PRIMARY, key="Enter")
        self._pages = QStackedWidget()
        self._new_person = QWidget()
        self._lay_out(theme)
        self._connect()
        self.retranslate()

    def attend(self, presenter: StaffPresenter) -> None:
        """Send every wish to the presenter."""
        self.stepped.connect(presenter.step)
        self.picked.connect(presenter.mark)
        self.asked.connect(presenter.ask)
        self.confirmed.connect(presenter.confirm)
        self.left.connect(presenter.back)

    # -- facts --------------------------------------------------------------------------------------

    def show_staff(self, now: StaffList) -> None:
        """Paint the sheet; the first one after a close opens it, and a form opens empty."""
        before, self._now = self._now, now
        turned = before is None or before.doing is not now.doing
        if turned:
            self._empty()
        self._paint(now)
        if before is None:
            self.open_on(self._first(now))
        elif turned or before.at != now.at:
            self._first(now).setFocus(Qt.FocusReason.OtherFocusReason)

    def point_at(self, question: Question) -> None:
        """Put the focus on a wrong answer, and empty it where it was a PIN."""
        if question is Question.NAME:
            self._name.line.setFocus()
            return
        self._again.set_text("")
        if question is Question.PIN:
            self._pin.set_text("")
        (self._pin if question is Question.PIN else self._again).line.setFocus()

    def close_form(self) -> None:
        """Take the sheet away."""
        self._now = None
        self._empty()
        self.take_away()

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self._name.set_words(_("Name"), _("As your colleagues know you"))
        self._role.setText(_("Works as"))
        for role, button in self._roles.items():
            button.setText(words.role(role))
        self._pin.set_words(_("PIN"), _("At least 4 digits"))
        self._again.set_words(_("The PIN once more"), _("The same digits"))
        self._cancel.setText(_("Back"))
        self._asks[Doing.NEW].setText(_("New person"))
        self._asks[Doing.PIN].setText(_("New PIN"))
        self._asks[Doing.LEAVE].setText(_("No longer works here"))
        if self._now:
            self._paint(self._now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the list; a key that is held down repeats only where it moves the mark."""
        key = Qt.Key(event.key())
        listing = self._now is not None and self._now.doing is Doing.LIST
        if listing and key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif listing and key in _ASKS and not event.isAutoRepeat():
            self.asked.emit(_ASKS[key])
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    # -- painting -----------------------------------------------------------------------------------

    def _paint(self, now: StaffList) -> None:
        listing, leaving = now.doing is Doing.LIST, now.doing is Doing.LEAVE
        name = now.marked.name
        self._title.setText(
            {
                Doing.LIST: _("Who works here"),
                Doing.NEW: _("New person"),
                Doing.PIN: _("A new PIN for {name}").format(name=name),
                Doing.LEAVE: _("{name} no longer works here?").format(name=name),
            }[now.doing]
        )
        self._pages.setCurrentIndex(0 if listing else 1)
        self._paint_people(now)
        self._new_person.setVisible(now.doing is Doing.NEW)
        for field in (self._pin, self._again):
            field.setVisible(not listing and not leaving)
        self._why.setText(_why(now))
        for button in self._asks.values():
            button.setVisible(listing)
        self._confirm.setVisible(not listing)
        self._confirm.set_kind(Kind.DANGER if leaving else Kind.PRIMARY)
        self._confirm.setText(_("Saving …") if now.busy else _verb(now.doing))

    def _paint_people(self, now: StaffList) -> None:
        page, pages = now.at // ROWS, (len(now.people) - 1) // ROWS + 1
        shown = now.people[page * ROWS : (page + 1) * ROWS]
        for number, line in enumerate(self._rows):
            line.setVisible(number < len(shown))
            if number < len(shown):
                one = shown[number]
                role = words.role(one.role)
                told = _("{role}, signed in").format(role=role) if one.me else role
                line.show_person(one.name, told, marked=page * ROWS + number == now.at)
        self._turn.setText(_("Page {page}/{pages}").format(page=page + 1, pages=pages))
        self._turn.setVisible(pages > 1 and now.doing is Doing.LIST)

    def _first(self, now: StaffList) -> QWidget:
        return {
            Doing.LIST: self._rows[now.at % ROWS],
            Doing.NEW: self._name.line,
            Doing.PIN: self._pin.line,
            Doing.LEAVE: self._confirm,
        }[now.doing]

    # -- wishes -------------------------------------------------------------------------------------

    def _connect(self) -> None:
        for number, line in enumerate(self._rows):
            line.clicked.connect(lambda _checked=False, number=number: self._pick(number))
        for doing, button in self._asks.items():
            button.clicked.connect(lambda _checked=False, doing=doing: self.asked.emit(doing))
        self._turn.clicked.connect(self._turn_page)
        self._confirm.clicked.connect(self._go)
        self.entered.connect(self._go)
        self._cancel.clicked.connect(self.left)

    def _go(self) -> None:
        role = next(role for role, button in self._roles.items() if button.isChecked())
        self.confirmed.emit(Typed(self._name.text, role, self._pin.text, self._again.text))

    def _pick(self, number: int) -> None:
        if self._now:
            self.picked.emit(self._now.at // ROWS * ROWS + number)

    def _turn_page(self) -> None:
        """After the last page comes the first, for a finger has no key to go back."""
        if self._now:
            after = (self._now.at // ROWS + 1) * ROWS
            self.picked.emit(after if after < len(self._now.people) else 0)

    def _empty(self) -> None:
        for field in (self._name, self._pin, self._again):
            field.set_text("")
        self._roles[Role.CASHIER].setChecked(True)

    # -- layout -------------------------------------------------------------------------------------

    def _lay_out(self, theme: Theme) -> None:
        for button in self._roles.values():
            self._group.addButton(button)
        roles = QVBoxLayout()
        roles.setSpacing(theme.px(4))
        roles.addWidget(self._role)
        roles.addLayout(row(theme, *self._roles.values()))
        roles.addStretch(1)
        person = QHBoxLayout(self._new_person)
        person.setContentsMargins(0, 0, 0, 0)
        person.setSpacing(theme.px(Size.SPACE))
        person.addWidget(self._name, 1)
        person.addLayout(roles)
        people, form = QWidget(), QWidget()
        people.setLayout(column(theme, *self._rows, gap=6))
        form.setLayout(column(theme, self._new_person))
        for page in (people, form):
            layout = page.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.setContentsMargins(0, 0, 0, 0)
            self._pages.addWidget(page)
            if page is form:
                layout.addLayout(row(theme, self._pin, self._again))
                layout.addWidget(self._why)
            layout.addStretch(1)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._turn)
        foot = row(theme, self._cancel, *self._asks.values())
        foot.addWidget(self._confirm, 1)
        self.card.body.addLayout(head)
        self.card.body.addWidget(self._pages, 1)
        self.card.body.addLayout(foot)
        # The sheet must not jump between the list and its forms.
        self.card.setMinimumHeight(theme.px(530))


def _why(now: StaffList) -> str:
    return {
        Doing.LIST: "",
        Doing.NEW: _("A manager may do everything. A cashier may not enrol members, change the staff or check the ledger."),
        Doing.PIN: _("The old PIN stops working at once."),
        Doing.LEAVE: _("Nobody can sign in with this name any more. Everything they sold stays in the books."),
    }[now.doing]


def _verb(doing: Doing) -> str:
    return {Doing.LIST: "", Doing.NEW: _("Add"), Doing.PIN: _("Set the PIN"), Doing.LEAVE: _("Yes, no longer here")}[doing]


def _role_button(theme: Theme) -> Button:
    button = Button(theme)
    button.setCheckable(True)
    # Enter confirms the whole form; Space and the arrows choose.
    button.setAutoDefault(False)
    return button


def _pin_field(theme: Theme) -> Field:
    field = Field(theme, secret=True, longest=LONGEST_PIN)
    field.line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
    return field
