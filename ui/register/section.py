"""The members' section of the office: the register, and in its place the page of one member."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pos.domain.cards import CardUid
from pos.domain.staff import Permission
from pos.i18n import _
from pos.services.lending import Lending
from pos.services.members import Members, Portrait
from ui.cards.panel import CardsPanel
from ui.cards.pool import PoolPresenter
from ui.member_panels import MemberPanel
from ui.office.section import Office, Section, SectionView
from ui.profile.panel import ProfilePanel
from ui.register.page import MemberPage
from ui.register.person import PersonPresenter
from ui.register.presenter import RegisterPresenter
from ui.register.view import RegisterList
from ui.standing.view import StandingPanel
from ui.statements.panel import MoneyPanel
from ui.widgets.ask_sheet import AskSheet
from ui.widgets.key_hints import Hints


class RegisterSection(QWidget):
    """Enter opens the marked member's page; Esc, or F2 for another search, goes back to the list."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._refresh_hints = office.refresh_hints
        members = Members(office.stores, office.clock)
        self._person = PersonPresenter(self, office.notices, members, office.lane, office.actor)
        self.list = RegisterList(office.theme)
        self._register = RegisterPresenter(
            self.list, office.notices, members, office.lane, opened=self._person.open
        )
        self._profile = ProfilePanel(office, self._person.refresh, self._person.open, self.opened)
        changed = self._person.refresh
        panels: tuple[MemberPanel, ...] = (
            self._profile,
            CardsPanel(office, changed, self._refresh_deeds),
            MoneyPanel(office, changed, self._refresh_deeds),
            StandingPanel(office, changed),
        )
        self.page = MemberPage(office.theme, office.clock, panels)
        self._pool_sheet = AskSheet(office.theme, office.page)
        lending = Lending(office.stores, office.clock, office.till)
        self._pool = PoolPresenter(self._pool_sheet, office.notices, lending, office.lane, office.actor)
        asked = self._pool
        self._pool_sheet.attend(close=asked.close, say=asked.say, confirm=asked.confirm, pick=asked.pick)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.list.attend(self._register)
        self.list.new_wanted.connect(self._profile.form.open_new)
        self.list.pool_wanted.connect(self._pool.open)
        self.page.back.connect(self.opened)
        self.page.turned.connect(self._refresh_hints)

    def _refresh_deeds(self) -> None:
        self.page.refresh_deeds()

    def show_person(self, portrait: Portrait) -> None:
        """Show the page of somebody."""
        self._stack.setCurrentWidget(self.page)
        self.page.show_person(portrait)

    def opened(self) -> None:
        """Show the list, which asks anew for what stands there."""
        self._person.close()
        self.page.left()
        self._stack.setCurrentWidget(self.list)
        self.list.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.line.selectAll()
        self._register.refresh()
        self._refresh_hints()

    def left(self) -> None:
        """Close what is open, forget what was shown."""
        self._pool.drop()
        self._person.close()
        self.page.left()
        self._stack.setCurrentWidget(self.list)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.list.retranslate()
        self.page.retranslate()
        self._pool_sheet.retranslate()

    def hints(self) -> Hints:
        """The keys of the list or of the page."""
        return self.page.hints() if self._on_page else self.list.hints()

    def card_read(self, uid: CardUid) -> None:
        """A card goes to the question that wants one; else it opens the page of whoever has it."""
        if self._pool.is_open:
            self._pool.card_read(uid)
        elif not self.page.card_read(uid):
            self._register.card_read(uid)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 goes to the search from wherever the focus is."""
        if event.key() == Qt.Key.Key_F2 and not event.isAutoRepeat():
            self.opened()
            event.accept()
            return
        super().keyPressEvent(event)

    @property
    def _on_page(self) -> bool:
        return self._stack.currentWidget() is self.page


def _build(office: Office) -> SectionView:
    return RegisterSection(office)


SECTION = Section("members", lambda: _("All members"), Permission.MEMBERS, _build)
