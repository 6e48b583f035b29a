"""The face of the reservations in the office: a meal's list, what is looked for in it, and the deeds under it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.i18n import _
from ui.reservations.lines import empty, line_of, summary, warning
from ui.reservations.presenter import ReservationsPresenter, Shown
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button
from ui.widgets.key_hints import Hints
from ui.widgets.labels import ElidedLabel, Tone
from ui.widgets.meal_bar import MealBar
from ui.widgets.panel import Card, column, row
from ui.widgets.table import Column, Line, Table

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Return, Qt.Key.Key_Enter)
WIDE_FROM = 940
"""A page that is so wide, in px at scale 1, has room for every column."""


class ReservationsPage(QWidget):
    """Facts come in by `show_list`; the wishes carry days, a meal, a text or the marked line."""

    wanted = Signal()
    stepped = Signal(int)
    meal_chosen = Signal(object)
    typed = Signal(str)
    changed = Signal(int)
    cancelled = Signal(int)
    booking = Signal()
    orders = Signal()
    run = Signal()
    pasted = Signal()
    terms = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown = Shown()
        self._wide, self._wide_from = False, theme.px(WIDE_FROM)
        self._bar = MealBar(theme, tab=112)
        self._line = QLineEdit()
        self._line.setFont(theme.font(Text.BODY))
        self._line.setMaxLength(40)
        self._line.installEventFilter(self)
        self._summary = ElidedLabel(theme, "", Text.SMALL, Tone.MUTED)
        self._warning = ElidedLabel(theme, "", Text.STRONG, Tone.RED)
        self._table = Table(theme, row_height=38)
        self._book, self._orders = Button(theme, key="F3"), Button(theme, key="F4")
        self._run, self._paste, self._terms = Button(theme, key="F6"), Button(theme, key="F7"), Button(theme, key="F9")
        self._lay_out(theme)
        self._connect()
        self.setFocusProxy(self._table)
        self.retranslate()

    def attend(self, presenter: ReservationsPresenter) -> None:
        """Send every wish about the list to the presenter, and keep it: a connection alone does not."""
        self._presenter = presenter
        self.wanted.connect(presenter.open)
        self.stepped.connect(presenter.step)
        self.meal_chosen.connect(presenter.choose_meal)
        self.typed.connect(presenter.typed)
        self.changed.connect(presenter.change)
        self.cancelled.connect(presenter.cancel)

    # -- facts --------------------------------------------------------------------------------------

    def show_rules(self, *, may_decide: bool) -> None:
        """Offer the rules of booking to whoever may change them."""
        self._terms.setVisible(may_decide)

    def show_list(self, shown: Shown) -> None:
        """Paint the list."""
        before, self._shown = self._shown, shown
        found = shown.found
        if shown.day is not None:
            self._bar.show_meal(shown.day, found.today if found and self._wide else None, shown.meal)
        if self._line.text() != shown.text:
            self._line.setText(shown.text)
        self._summary.setText(summary(found) if found else "")
        warned = warning(found) if found else ""
        self._warning.setText(warned)
        self._warning.setVisible(bool(warned))
        self._table.set_empty_words(empty(found, shown.text))
        if shown.lines != before.lines or not shown.lines:
            same = (shown.day, shown.meal, shown.text) == (before.day, before.meal, before.text)
            self._table.set_lines(self._lines(), max(self._table.at, 0) if same else 0)

    def hints(self) -> Hints:
        """Its keys."""
        return (
            *self._bar.hints(),
            ("F2", _("Find")),
            ("Enter", _("Edit")),
            ("F8", _("Give up")),
            ("F3", _("Book")),
            ("F5", _("Refresh")),
        )

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._bar.retranslate()
        self._line.setPlaceholderText(_("F2 name, door, dish"))
        self._line.setAccessibleName(_("Find"))
        self._book.setText(_("Book"))
        self._orders.setText(_("Standing"))
        self._run.setText(_("Run"))
        self._paste.setText(_("Chat list"))
        self._terms.setText(_("Rules"))
        self._table.setAccessibleName(_("Reservations"))
        self._set_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page leaves out who booked and when, rather than cutting words."""
        super().resizeEvent(event)
        wide = self.width() >= self._wide_from
        if wide != self._wide:
            self._wide = wide
            (self._top if wide else self._under).addWidget(self._line, 1)
            self._set_columns()

    def _set_columns(self) -> None:
        self._bar.keep_room(self._theme.px(216 if self._wide else 130))
        columns = (
            Column(_("Time"), 72),
            Column(_("Name"), 178),
            Column(_("Door"), 102),
            Column(_("Dishes")),
            Column(_("How"), 96),
            Column(_("Held"), 86, right=True),
            Column(_("State"), 92),
        )
        more = (Column(_("Origin"), 102), Column(_("Booked"), 178))
        self._table.set_lines(())
        self._table.set_columns((*columns, *more) if self._wide else columns)
        self._table.set_lines(self._lines())
        self.show_list(self._shown)

    def _lines(self) -> list[Line]:
        return [line_of(one, wide=self._wide) for one in self._shown.lines]

    # -- wishes -------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While one looks for somebody the arrows and Enter are the table's, and Esc empties the field first."""
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in _MOVES:
                event.ignore()  # another section
                return True
            if event.key() in _MOVES:
                self._table.keyPressEvent(event)
                return True
            if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
                self._leave_line()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows change the day, digits the meal, F keys do what the buttons say; a letter begins to look for somebody."""
        key = Qt.Key(event.key())
        buttons = {
            Qt.Key.Key_F3: self._book,
            Qt.Key.Key_F4: self._orders,
            Qt.Key.Key_F6: self._run,
            Qt.Key.Key_F7: self._paste,
            Qt.Key.Key_F9: self._terms,
        }
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or event.isAutoRepeat():
            super().keyPressEvent(event)
            return
        if self._bar.key(key):
            event.accept()
            return
        if key == Qt.Key.Key_F2:
            self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._line.selectAll()
        elif key == Qt.Key.Key_F5:
            self.wanted.emit()
        elif key == Qt.Key.Key_F8:
            self.cancelled.emit(self._table.at)
        elif key in buttons and buttons[key].isVisible():
            buttons[key].click()
        elif event.text().isalpha():
            self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._line.setText(event.text())
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _leave_line(self) -> None:
        """Back to the list; what was looked for is forgotten."""
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._line.text():
            self.typed.emit("")

    def _connect(self) -> None:
        self._bar.stepped.connect(self.stepped)
        self._bar.chosen.connect(self.meal_chosen)
        self._line.textEdited.connect(self.typed)
        self._table.chosen.connect(self.changed)
        deeds = (
            (self._book, self.booking),
            (self._orders, self.orders),
            (self._run, self.run),
            (self._paste, self.pasted),
            (self._terms, self.terms),
        )
        for button, wish in deeds:
            button.clicked.connect(wish)

    # -- layout -------------------------------------------------------------------------------------

    def _lay_out(self, theme: Theme) -> None:
        self._top = row(theme, self._bar)
        self._top.setStretch(0, 3)
        self._under = row(theme, self._summary, self._line)
        for place in (0, 1):
            self._under.setStretch(place, 1)
        deeds = row(theme, self._book, self._orders, self._run, self._paste, self._terms)
        deeds.addStretch(1)
        card = Card(theme, pad=Size.SPACE)
        card.body.addLayout(self._top)
        card.body.addLayout(self._under)
        card.body.addWidget(self._warning)
        card.body.addWidget(self._table, 1)
        card.body.addLayout(deeds)
        layout = column(theme, card)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
