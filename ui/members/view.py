"""The faces of the search and of the enrol form: sheets in front of the sale."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.profile import Sameness
from pos.i18n import _
from ui.member_words import sameness
from ui.members.hit_row import HitRow
from ui.members.presenter import EnrolForm, EnrolPresenter, FindPresenter, Found
from ui.messages import words
from ui.presenting import Notices
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.field import Field
from ui.widgets.key_hints import Hints
from ui.widgets.labels import Label, Tone
from ui.widgets.panel import Card, Ground, row
from ui.widgets.sheet import Sheet

_ROWS = 5
_ALIKE = 3


class FindView(Sheet):
    """Type, see who fits, take the marked line with Enter."""

    typed = Signal(str)
    stepped = Signal(int)
    picked = Signal(int)
    chosen = Signal()
    enrol = Signal()
    lost = Signal()
    lend = Signal()

    def __init__(self, theme: Theme, page: QWidget, notices: Notices) -> None:
        super().__init__(theme, page, width=940)
        self._notices = notices
        self._found: Found | None = None
        self._first = 0
        self._field = Field(theme)
        self._field.line.installEventFilter(self)
        self._rows = [HitRow(theme) for _unused in range(_ROWS)]
        self._nothing = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        self._cancel = Button(theme, "", Kind.SECONDARY, key="Esc")
        self._enrol = Button(theme, "", Kind.SECONDARY, key="F3")
        self._lost = Button(theme, "", Kind.SECONDARY, key="F4")
        self._lend = Button(theme, "", Kind.SECONDARY, key="F5")
        self._choose = Button(theme, "", Kind.PRIMARY, key="Enter")
        self.card.body.setSpacing(theme.px(6))
        self.card.body.addWidget(self._field)
        for number, hit_row in enumerate(self._rows):
            hit_row.clicked.connect(lambda _checked=False, number=number: self.picked.emit(self._first + number))
            self.card.body.addWidget(hit_row)
        self.card.body.addWidget(self._nothing)
        self.card.body.addStretch(1)
        self.card.setMinimumHeight(theme.px(530))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(Size.SPACE))
        buttons.addWidget(self._cancel)
        for button in (self._enrol, self._lost, self._lend):
            buttons.addWidget(button)
        buttons.addWidget(self._choose, 1)
        self.card.body.addLayout(buttons)
        self._field.typed.connect(self.typed)
        self.entered.connect(self.chosen)
        self._choose.clicked.connect(self.chosen)
        self._cancel.clicked.connect(self.left)
        self._enrol.clicked.connect(self.enrol)
        self._lost.clicked.connect(self.lost)
        self._lend.clicked.connect(self.lend)
        self.retranslate()

    def attend(self, presenter: FindPresenter) -> None:
        """Send every wish to the presenter."""
        self.typed.connect(presenter.typed)
        self.stepped.connect(presenter.step)
        self.picked.connect(presenter.choose)
        self.chosen.connect(presenter.choose)
        self.enrol.connect(presenter.enrol)
        self.lost.connect(presenter.lost)
        self.lend.connect(presenter.lend)
        self.left.connect(presenter.close)

    def show_found(self, found: Found) -> None:
        """Paint the search; the first one after a close opens the sheet."""
        before, self._found = self._found, found
        if before is None:
            self._field.set_text(found.text)
            self.open_on(self._field.line)
        self._paint(found)
        if found.refused and (before is None or found.refused is not before.refused):
            self._notices.show_message(words(found.refused))

    def close_form(self) -> None:
        """Take the sheet away."""
        self._found = None
        self.take_away()

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self._field.set_words(_("Find a diner"), _("Name, pinyin or initials, telephone, card number"))
        self._cancel.setText(_("Back"))
        self._enrol.setText(_("New member"))
        self._lost.setText(_("Card lost"))
        self._lend.setText(_("Lend a card"))
        self._choose.setText(_("Choose"))
        if self._found:
            self._paint(self._found)

    def hints(self) -> Hints:
        """Arrows mark."""
        return (("↑ ↓", _("Mark")),)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move the mark while the field keeps the focus."""
        if watched is self._field.line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None:
                self.stepped.emit(step)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F3 enrols, F4 stops the marked diner's card, F5 lends one for this meal."""
        deeds = {Qt.Key.Key_F3: self.enrol, Qt.Key.Key_F4: self.lost, Qt.Key.Key_F5: self.lend}
        if event.key() in deeds and not event.isAutoRepeat():
            deeds[Qt.Key(event.key())].emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _paint(self, found: Found) -> None:
        self._first = min(max(0, found.at - _ROWS + 1), max(0, len(found.hits) - _ROWS))
        shown = found.hits[self._first : self._first + _ROWS]
        for number, hit_row in enumerate(self._rows):
            hit_row.setVisible(number < len(shown))
            if number < len(shown):
                hit_row.show_hit(shown[number], marked=self._first + number == found.at)
        self._nothing.setVisible(not shown)
        if found.text.strip():
            self._nothing.setText(_("Nobody fits. A whole card number and Enter works too."))
        else:
            self._nothing.setText(_("Type a few letters or digits; the arrow keys move the mark."))
        self._enrol.setVisible(found.may_enrol)
        for button in (self._lost, self._lend):
            button.setVisible(found.may_lose)
            button.setEnabled(bool(found.hits))


class EnrolView(Sheet):
    """Three fields and a card by swipe; in their place those who may be the same person, before anybody is enrolled."""

    name_typed = Signal(str)
    birth_typed = Signal(str)
    phone_typed = Signal(str)
    confirmed = Signal()
    all_the_same = Signal()
    stepped = Signal(int)
    picked = Signal(int)

    def __init__(self, theme: Theme, page: QWidget, notices: Notices) -> None:
        super().__init__(theme, page, width=760)
        self._notices = notices
        self._form: EnrolForm | None = None
        self._first = 0
        # A little more than it needs: Qt's layouts are a pixel short where words wrap.
        self.card.setMinimumHeight(theme.px(470))
        self._title = Label(theme, "", Text.HEADING)
        self._name = Field(theme, longest=50)
        self._birth = Field(theme, longest=12)
        self._phone = Field(theme, longest=20)
        self._card_ground = Card(theme, Ground.SUNKEN, pad=12)
        self._card = Label(theme, "", Text.STRONG, wrap=True)
        self._card_ground.body.addWidget(self._card)
        self._rows = [HitRow(theme) for _unused in range(_ALIKE)]
        self._why = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        self._cancel = Button(theme, "", Kind.SECONDARY, key="Esc")
        self._new = Button(theme, "", Kind.SECONDARY, key="F9")
        self._confirm = Button(theme, "", Kind.PRIMARY, key="Enter")
        self._lay_out(theme)
        for field, signal in (
            (self._name, self.name_typed),
            (self._birth, self.birth_typed),
            (self._phone, self.phone_typed),
        ):
            field.line.textChanged.connect(signal)
        self._confirm.clicked.connect(self.confirmed)
        self.entered.connect(self.confirmed)
        self._cancel.clicked.connect(self.left)
        self._new.clicked.connect(self.all_the_same)
        for number, hit_row in enumerate(self._rows):
            hit_row.clicked.connect(lambda _checked=False, number=number: self.picked.emit(self._first + number))
        self.retranslate()

    def attend(self, presenter: EnrolPresenter) -> None:
        """Send every wish to the presenter."""
        self.all_the_same.connect(presenter.all_the_same)
        self.stepped.connect(presenter.step)
        self.picked.connect(presenter.pick)
        self.name_typed.connect(presenter.set_name)
        self.birth_typed.connect(presenter.set_birth)
        self.phone_typed.connect(presenter.set_phone)
        self.confirmed.connect(presenter.confirm)
        self.left.connect(presenter.close)

    def show_form(self, form: EnrolForm) -> None:
        """Paint the form; the first one after a close opens the sheet."""
        before, self._form = self._form, form
        if before is None:
            for field in (self._name, self._birth, self._phone):
                field.set_text("")
            self.open_on(self._name.line)
        self._paint(form)
        if before is not None and bool(before.alike) is not bool(form.alike):
            # Not the button: it would take the arrows for a wish to leave it.
            (self if form.alike else self._name.line).setFocus(Qt.FocusReason.OtherFocusReason)
        if form.refused and (before is None or form.refused is not before.refused):
            self._notices.show_message(words(form.refused))

    def close_form(self) -> None:
        """Take the sheet away."""
        self._form = None
        self.take_away()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Among those who look alike the arrows mark, and F9 says that it is somebody new."""
        if self._form and self._form.alike and not event.isAutoRepeat():
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None:
                self.stepped.emit(step)
                event.accept()
                return
            if event.key() == Qt.Key.Key_F9:
                self.all_the_same.emit()
                event.accept()
                return
        super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self._new.setText(_("No, somebody new"))
        self._name.set_words(_("Name"), "")
        self._birth.set_words(_("Birth date, decides the price"), "1950-03-12")
        self._phone.set_words(_("Telephone"), "")
        self._cancel.setText(_("Back"))
        if self._form:
            self._paint(self._form)

    def _paint(self, form: EnrolForm) -> None:
        if form.card:
            self._card.setText(_("Card {card}").format(card=form.card.printed))
        else:
            self._card.setText(_("Show the new card now; without one the member is found by name."))
        self._card_ground.set_ground(Ground.GREEN if form.card else Ground.SUNKEN)
        alike = bool(form.alike)
        self._title.setText(_("Is it one of these?") if alike else _("New member"))
        self._fields.setVisible(not alike)
        self._new.setVisible(alike)
        self._paint_alike(form)
        done = _("It is {name}").format(name=form.alike[form.at].hit.name) if alike else _("Enrol")
        self._confirm.setText(_("Saving …") if form.saving else done)

    def _paint_alike(self, form: EnrolForm) -> None:
        self._first = min(max(0, form.at - _ALIKE + 1), max(0, len(form.alike) - _ALIKE))
        shown = form.alike[self._first : self._first + _ALIKE]
        for number, hit_row in enumerate(self._rows):
            hit_row.setVisible(number < len(shown))
            if number < len(shown):
                hit_row.show_hit(shown[number].hit, marked=self._first + number == form.at)
        self._why.setVisible(bool(shown))
        if shown:
            same = _(", ").join(sameness(why) for why in Sameness if why in form.alike[form.at].because)
            self._why.setText(_("The same {what} as {name}. Somebody who is enrolled twice has two balances.").format(what=same, name=form.name.strip()))

    def _lay_out(self, theme: Theme) -> None:
        self._fields = QWidget()
        fields = QVBoxLayout(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(theme.px(6))
        both = row(theme, self._birth, self._phone)
        for at in range(2):
            both.setStretch(at, 1)
        fields.addWidget(self._name)
        fields.addLayout(both)
        fields.addWidget(self._card_ground)
        self.card.body.setSpacing(theme.px(6))
        self.card.body.addWidget(self._title)
        self.card.body.addWidget(self._fields)
        for hit_row in self._rows:
            self.card.body.addWidget(hit_row)
        self.card.body.addWidget(self._why)
        self.card.body.addStretch(1)
        buttons = row(theme, self._cancel, self._new)
        buttons.addWidget(self._confirm, 1)
        self.card.body.addLayout(buttons)
