"""The face of one member's page: who it is, the tabs, the open page and the deeds beside it."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos import words
from pos.domain.cards import CardUid
from pos.domain.members import MemberStatus, age_on
from pos.i18n import _
from pos.ports import Clock
from pos.services.members import Portrait
from ui import formats
from ui.member_panels import DeedColumn, MemberPanel
from ui.profile.phrases import sex as sex_word
from ui.sales.portrait import Portrait as Picture
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button
from ui.widgets.chip import Chip, Shade
from ui.widgets.key_hints import Hints
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.panel import Card
from ui.widgets.tab import Tab

_TAB_KEYS = (Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8)


class MemberPage(QWidget):
    """F5 to F8 turn to its pages, the number keys do what stands beside them, Esc (`back`) leads to the register."""

    back = Signal()
    turned = Signal()

    def __init__(self, theme: Theme, clock: Clock, panels: tuple[MemberPanel, ...]) -> None:
        super().__init__()
        self._theme = theme
        self._clock = clock
        self._panels = panels
        self._portrait: Portrait | None = None
        self._picture = Picture(theme)
        self._name = ElidedLabel(theme, "", Text.TITLE)
        self._who = ElidedLabel(theme, "", Text.BODY, Tone.MUTED)
        self._status = Chip(theme)
        self._balance_title = Label(theme, "", Text.SMALL, Tone.MUTED)
        self._balance = Label(theme, "", Text.AMOUNT, Tone.GREEN)
        self._tabs = [Tab(theme, f"F{number}", width=104, small=True) for number, _panel in enumerate(panels, start=5)]
        self._stack = QStackedWidget()
        self._deeds = DeedColumn(theme)
        self._leave = Button(theme, key="Esc")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        self._leave.clicked.connect(self.back)
        for number, tab in enumerate(self._tabs):
            tab.clicked.connect(lambda _checked=False, number=number: self.turn(number))
        self.retranslate()

    # -- facts --------------------------------------------------------------------------------------

    def show_person(self, portrait: Portrait) -> None:
        """Show somebody; another person begins at the first page."""
        other = self._portrait is None or self._portrait.member.id != portrait.member.id
        self._portrait = portrait
        if other:
            self._stack.setCurrentIndex(0)
        self._paint_head(portrait)
        for panel in self._panels:
            panel.show_person(portrait)
        self.turn(self._stack.currentIndex())

    def refresh_deeds(self) -> None:
        """What can be done has changed."""
        self._deeds.show_deeds(self._open.deeds())

    def turn(self, to: int) -> None:
        """Show one of the pages."""
        self._stack.setCurrentIndex(to)
        self._tabs[to].setChecked(True)
        self.refresh_deeds()
        cast("QWidget", self._open).setFocus(Qt.FocusReason.OtherFocusReason)
        self.turned.emit()

    def card_read(self, uid: CardUid) -> bool:
        """A card was shown; whether one of the pages had any use for it."""
        for panel in self._panels:
            if panel.takes_cards:
                panel.card_read(uid)
                return True
        return False

    def left(self) -> None:
        """The page is left."""
        for panel in self._panels:
            panel.left()

    def hints(self) -> Hints:
        """Its keys."""
        return (("F5–F8", _("Page")), ("1–9", _("Do what stands there")), ("F2", _("Find another")))

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._leave.setText(_("Back"))
        self._balance_title.setText(_("Balance"))
        for tab, panel in zip(self._tabs, self._panels, strict=True):
            panel.retranslate()
            tab.say(panel.title())
        if self._portrait is not None:
            self._paint_head(self._portrait)
            self.refresh_deeds()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tabs, deeds, and the way back."""
        number = event.key() - Qt.Key.Key_1
        if event.isAutoRepeat() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        if event.key() in _TAB_KEYS[: len(self._panels)]:
            self.turn(_TAB_KEYS.index(Qt.Key(event.key())))
        elif 0 <= number < DeedColumn.MOST:
            self._deeds.press(number)
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F2):
            self.back.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    @property
    def _open(self) -> MemberPanel:
        return self._panels[self._stack.currentIndex()]

    # -- painting -----------------------------------------------------------------------------------

    def _paint_head(self, portrait: Portrait) -> None:
        member, born = portrait.member, portrait.profile.birth_date
        self._picture.show_person(member.name, portrait.photo)
        self._name.setText(member.name)
        sex = portrait.profile.particulars.sex
        tail = portrait.card.uid.printed[-4:] if portrait.card else ""
        facts = (
            formats.age(age_on(born, self._clock.local().date()) if born else None),
            sex_word(sex) if sex else "",
            _("card {tail}").format(tail=tail) if tail else _("no card"),
        )
        self._who.setText(" · ".join(fact for fact in facts if fact))
        here = member.status is MemberStatus.ACTIVE
        self._status.set_words(words.member_status(member.status), Shade.GREEN if here else Shade.AMBER)
        self._balance.setText(words.money(portrait.wallet.spendable))

    def _lay_out(self) -> None:
        theme = self._theme
        self._group = QButtonGroup(self)
        tabs = QHBoxLayout()
        tabs.setSpacing(theme.px(4))
        for tab, panel in zip(self._tabs, self._panels, strict=True):
            self._group.addButton(tab)
            tabs.addWidget(tab)
            self._stack.addWidget(cast("QWidget", panel))
        left = QVBoxLayout()
        left.setSpacing(theme.px(Size.GAP))
        left.addLayout(self._head())
        left.addLayout(tabs)
        left.addWidget(self._stack, 1)
        right = QVBoxLayout()
        right.setSpacing(theme.px(Size.GAP))
        right.addWidget(self._deeds, 1)
        right.addWidget(self._leave)
        both = QHBoxLayout()
        both.setSpacing(theme.px(Size.WIDE))
        both.addLayout(left, 1)
        both.addLayout(right)
        card = Card(theme)
        card.body.addLayout(both)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)

    def _head(self) -> QHBoxLayout:
        theme = self._theme
        first = QHBoxLayout()
        first.setSpacing(theme.px(Size.SPACE))
        first.addWidget(self._name)
        first.addWidget(self._status)
        first.addStretch(1)
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addLayout(first)
        who.addWidget(self._who)
        money = QVBoxLayout()
        money.setSpacing(0)
        for label in (self._balance_title, self._balance):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            money.addWidget(label)
        head = QHBoxLayout()
        head.setSpacing(theme.px(Size.SPACE))
        head.addWidget(self._picture)
        head.addLayout(who, 1)
        head.addLayout(money)
        return head
