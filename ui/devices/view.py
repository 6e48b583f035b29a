"""The section of devices and keys: the card reader at the left, the key to the identity numbers at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from pos.domain.cards import CardUid
from pos.domain.staff import Permission
from pos.i18n import _
from pos.services.spare_keys import KeyState, SpareKeys
from ui.asking import Fact
from ui.office.section import Office, Section, SectionView
from ui.presenting import Message
from ui.readers.phrases import setup_facts
from ui.readers.presenter import LearnPresenter
from ui.readers.reader import Setup
from ui.theme import Size, Text, Theme
from ui.vault import phrases
from ui.vault.form import KeyWish
from ui.vault.presenter import KeysPresenter, possible
from ui.widgets.ask_sheet import AskSheet
from ui.widgets.buttons import Button, Kind
from ui.widgets.key_hints import Hints
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.panel import Card, Ground

_WISHES = {
    Qt.Key.Key_F3: KeyWish.WRITE_DOWN,
    Qt.Key.Key_F4: KeyWish.READ,
    Qt.Key.Key_F6: KeyWish.ROTATE,
    Qt.Key.Key_F7: KeyWish.BEGIN_ANEW,
    Qt.Key.Key_F8: KeyWish.HISTORY,
}


class _Facts(QGridLayout):
    """Questions at the left, answers at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: list[tuple[Label, ElidedLabel]] = []
        self.setHorizontalSpacing(theme.px(Size.SPACE))
        self.setVerticalSpacing(theme.px(4))
        self.setColumnStretch(1, 1)

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show these; there are always as many."""
        while len(self._shown) < len(facts):
            what, told = Label(self._theme, "", Text.BODY, Tone.MUTED), ElidedLabel(self._theme, "", Text.BODY)
            told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.addWidget(what, len(self._shown), 0)
            self.addWidget(told, len(self._shown), 1)
            self._shown.append((what, told))
        for (what, told), fact in zip(self._shown, facts, strict=True):
            what.setText(fact.what)
            told.setText(fact.told)


class DevicesPage(QWidget):
    """Facts come in by `show_setup`, `show_keys` and `show_fault`."""

    wanted = Signal()
    learn_wanted = Signal()
    key_wanted = Signal(object)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__()
        self._setup: Setup | None = None
        self._state: KeyState | None = None
        self._fault: Message | None = None
        self._reader, self._key = Label(theme, "", Text.HEADING), Label(theme, "", Text.HEADING)
        self._setup_facts, self._key_facts = _Facts(theme), _Facts(theme)
        self._new_reader = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        self._about_key = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        self._alarm = Card(theme, Ground.AMBER, pad=Size.SPACE)
        self._alarm_words = Label(theme, "", Text.STRONG, Tone.AMBER, wrap=True)
        self._alarm.body.addWidget(self._alarm_words)
        self._learn = Button(theme, key="F2")
        self._deeds = {
            wish: Button(theme, "", Kind.DANGER if wish is KeyWish.BEGIN_ANEW else Kind.SECONDARY, key=f"F{key - Qt.Key.Key_F1 + 1}")
            for key, wish in _WISHES.items()
        }
        self.learn_sheet, self.key_sheet = AskSheet(theme, page), AskSheet(theme, page)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out(theme)
        self._learn.clicked.connect(self.learn_wanted)
        for wish, button in self._deeds.items():
            button.clicked.connect(lambda _checked=False, wish=wish: self.key_wanted.emit(wish))
        self._alarm.hide()
        self.retranslate()

    def attend(self, learn: LearnPresenter, keys: KeysPresenter) -> None:
        """Send every wish to the presenters, and keep them: a connection alone does not."""
        self._learning, self._keys = learn, keys
        self.wanted.connect(learn.refresh)
        self.wanted.connect(keys.refresh)
        self.learn_wanted.connect(learn.open)
        self.key_wanted.connect(keys.open)
        self.learn_sheet.attend(
            close=learn.close, say=learn.say, typed=learn.typed, confirm=learn.confirm, second=learn.another
        )
        self.key_sheet.attend(close=keys.close, say=keys.say, typed=keys.typed, confirm=keys.confirm)

    # -- the section --------------------------------------------------------------------------------

    def opened(self) -> None:
        """Read how everything stands."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.wanted.emit()

    def left(self) -> None:
        """Close what is open, forget secrets."""
        self._learning.close()
        self._keys.close()

    def card_read(self, uid: CardUid) -> None:
        """A card means nothing here: what it sends is heard before it is one."""

    def hints(self) -> Hints:
        """Its keys."""
        return (
            ("F2", _("New reader")),
            ("F3", _("Spare key")),
            ("F4", _("Type a key")),
            ("F5", _("Refresh")),
            ("F6", _("Another key")),
            ("F7", _("Begin anew")),
            ("F8", _("History")),
        )

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._reader.setText(_("Card reader"))
        self._key.setText(_("Key to the identity numbers"))
        self._new_reader.setText(
            _("Another reader, or numbers that are not those on the cards? Lay a card and type its number: the till finds the rest.")
        )
        self._about_key.setText(
            _("Identity numbers are kept sealed. Without the key nobody can open them, so a spare key belongs on paper, locked away.")
        )
        self._learn.setText(_("Get to know a reader"))
        for wish, words in {
            KeyWish.WRITE_DOWN: _("Spare key"),
            KeyWish.READ: _("Type a key"),
            KeyWish.ROTATE: _("Another key"),
            KeyWish.BEGIN_ANEW: _("Begin anew"),
            KeyWish.HISTORY: _("History"),
        }.items():
            self._deeds[wish].setText(words)
        for sheet in (self.learn_sheet, self.key_sheet):
            sheet.retranslate()
        if self._setup is not None:
            self.show_setup(self._setup)
        if self._state is not None:
            self.show_keys(self._state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Each deed has its key."""
        key = Qt.Key(event.key())
        if key in _WISHES:
            self.key_wanted.emit(_WISHES[key])
        elif key == Qt.Key.Key_F2:
            self.learn_wanted.emit()
        elif key == Qt.Key.Key_F5:
            self.wanted.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    # -- facts --------------------------------------------------------------------------------------

    def show_setup(self, setup: Setup) -> None:
        """Show how the reader is set up."""
        self._setup = setup
        self._setup_facts.show_facts(setup_facts(setup))

    def show_keys(self, state: KeyState) -> None:
        """Show how keys and numbers stand."""
        self._state = state
        self._key_facts.show_facts(phrases.state_facts(state))
        self._say_alarm(phrases.alarm(state))
        for wish, button in self._deeds.items():
            button.setEnabled(wish in possible(state))

    def show_fault(self, message: Message) -> None:
        """The keys cannot be read."""
        self._state = None
        self._say_alarm(f"{message.title} {message.todo}")
        for button in self._deeds.values():
            button.setEnabled(False)

    def _say_alarm(self, words: str) -> None:
        self._alarm_words.setText(words)
        self._alarm.setVisible(bool(words))
        self._about_key.setVisible(not words)

    def _lay_out(self, theme: Theme) -> None:
        left, right = Card(theme), Card(theme)
        left.body.addWidget(self._reader)
        left.body.addLayout(self._setup_facts)
        left.body.addWidget(self._new_reader)
        left.body.addWidget(self._learn)
        left.body.addStretch(1)
        right.body.addWidget(self._key)
        right.body.addLayout(self._key_facts)
        right.body.addWidget(self._alarm)
        right.body.addWidget(self._about_key)
        right.body.addStretch(1)
        deeds = QGridLayout()
        deeds.setSpacing(theme.px(Size.SPACE))
        for at, button in enumerate(self._deeds.values()):
            deeds.addWidget(button, at // 2, at % 2, 1, 1 + (button is self._deeds[KeyWish.HISTORY]))
        right.body.addLayout(deeds)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Size.SPACE))
        layout.addWidget(left, 1)
        layout.addWidget(right, 1)


def _build(office: Office) -> SectionView:
    page = DevicesPage(office.theme, office.page)
    learn = LearnPresenter(page, page.learn_sheet, office.notices, office.reader, office.lane, office.actor)
    keys = KeysPresenter(
        page, page.key_sheet, office.notices, office.identities, SpareKeys(office.identities, office.vault), office.lane,
        office.work, office.actor, later=page.key_sheet.later,
    )  # fmt: skip
    page.attend(learn, keys)
    return page


SECTION = Section("devices", lambda: _("Reader, keys"), Permission.DEVICES, _build)
