"""The face of the members' register: a field that searches as one types, and the table of who fits."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pos import words
from pos.domain.members import MemberHit, MemberStatus
from pos.domain.money import money
from pos.i18n import _, ngettext
from ui.register.presenter import Listed, RegisterPresenter
from ui.theme import Text, Theme
from ui.widgets.buttons import Button
from ui.widgets.key_hints import Hints
from ui.widgets.labels import Label, Tone
from ui.widgets.panel import Card, column, row
from ui.widgets.table import Column, Line, Table

_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class RegisterList(QWidget):
    """The field keeps the focus: arrows move the mark in the table, Enter opens the marked member."""

    typed = Signal(str)
    chosen = Signal(int)
    new_wanted = Signal()
    pool_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._listed = Listed()
        self.line = QLineEdit()
        self.line.setFont(theme.font(Text.BODY))
        self.line.installEventFilter(self)
        self._count = Label(theme, "", Text.BODY, Tone.MUTED)
        self._new = Button(theme, key="F3")
        self._open = Button(theme, key="Enter")
        self._table = Table(theme)
        self._table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card = Card(theme)
        head = row(theme, self.line, self._count, self._new, self._open)
        head.setStretch(0, 1)
        card.body.addLayout(head)
        card.body.addWidget(self._table, 1)
        layout = column(theme, card)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self.typed)
        self._table.chosen.connect(self.chosen)
        self._open.clicked.connect(self._choose)
        self._new.clicked.connect(self.new_wanted)
        self.retranslate()

    def attend(self, presenter: RegisterPresenter) -> None:
        """Send every wish to the presenter, and keep it: a connection alone does not."""
        self._presenter = presenter
        self.typed.connect(presenter.typed)
        self.chosen.connect(presenter.choose)

    def show_listed(self, listed: Listed) -> None:
        """Show who fits; another search begins at its first line."""
        same = tuple(hit.id for hit in listed.hits) == tuple(hit.id for hit in self._listed.hits)
        changed = listed.hits != self._listed.hits
        self._listed = listed
        if self.line.text() != listed.text:
            self.line.setText(listed.text)
        if changed:
            self._table.set_lines([_line(hit) for hit in listed.hits], max(self._table.at, 0) if same else 0)
        self._count.setText(_count(listed))
        self._open.setEnabled(bool(listed.hits))
        asked = bool(listed.text.strip())
        self._table.set_empty_words(
            _("Nobody fits. F3 takes in somebody new.") if asked else _("Type a name, initials, a telephone, card or door number.")
        )

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.line.setPlaceholderText(_("Name, phone, card, door"))
        self.line.setAccessibleName(_("Find a member"))
        self._new.setText(_("New member"))
        self._open.setText(_("Open"))
        self._table.setAccessibleName(_("Members found"))
        self._table.set_columns(
            (
                Column(_("Name"), 108),
                Column(_("Age"), 60, right=True),
                Column(_("Address")),
                Column(_("Phone"), 80),
                Column(_("Card"), 72),
                Column(_("Status"), 88),
                Column(_("Principal"), 104, right=True),
                Column(_("Bonus"), 84, right=True),
            )
        )
        self._table.set_lines([_line(hit) for hit in self._listed.hits], max(self._table.at, 0))
        self.show_listed(self._listed)

    def hints(self) -> Hints:
        """Its keys."""
        return (("↑↓", _("Mark")), ("Enter", _("Open")), ("F3", _("New member")), ("F4", _("Lent cards")))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move the mark while the field keeps the focus."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                # A line edit swallows Ctrl and an arrow, though it does nothing with them: the office turns by them.
                event.ignore()
                return event.key() in _ARROWS
            if event.key() in _ARROWS:
                self._table.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, F3 is somebody new, F4 are the cards that are lent for a meal."""
        if event.isAutoRepeat():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
            event.accept()
        elif event.key() == Qt.Key.Key_F3:
            self.new_wanted.emit()
            event.accept()
        elif event.key() == Qt.Key.Key_F4:
            self.pool_wanted.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        if self._table.at >= 0 and self._listed.hits:
            self.chosen.emit(self._table.at)


def _count(listed: Listed) -> str:
    count = len(listed.hits)
    if listed.more:
        return _("more than {count}").format(count=count)
    return ngettext("{count} member", "{count} members", count).format(count=count) if count else ""


def _line(hit: MemberHit) -> Line:
    cells = (
        hit.name,
        "" if hit.age is None else str(hit.age),
        hit.address,
        hit.phone_tail,
        hit.card_tail,
        words.member_status(hit.status),
        money(hit.principal),
        money(hit.bonus),
    )
    return Line(cells, Tone.PLAIN if hit.status is MemberStatus.ACTIVE else Tone.MUTED)
