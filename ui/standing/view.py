"""The page of a member's status: every absence, past and planned."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from pos import words
from pos.domain.absences import Absence
from pos.domain.cards import CardUid
from pos.domain.members import MemberStatus
from pos.i18n import _
from pos.services.members import Portrait
from pos.services.standing import Standing
from ui.member_panels import MemberDeed
from ui.office.section import Office
from ui.standing.phrases import reason
from ui.standing.presenter import StandingPresenter
from ui.widgets.ask_sheet import AskSheet
from ui.widgets.panel import column
from ui.widgets.table import Column, Line, Table


class StandingPanel(QWidget):
    """Keeps the promises of ui.member_panels.MemberPanel."""

    def __init__(self, office: Office, changed: Callable[[], None]) -> None:
        """`changed` is told when a status was saved: the member is read anew then."""
        super().__init__()
        theme = office.theme
        self._clock = office.clock
        self._sheet = AskSheet(theme, office.page)
        self._presenter = StandingPresenter(
            self._sheet, office.notices, Standing(office.stores, office.clock, office.till), office.clock, office.lane, office.actor,
            changed=changed,
        )  # fmt: skip
        mind = self._presenter
        self._sheet.attend(close=mind.close, say=mind.say, typed=mind.typed, confirm=mind.confirm)
        self._portrait: Portrait | None = None
        self._table = Table(theme)
        layout = column(theme, self._table)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.setFocusProxy(self._table)
        self.retranslate()

    def title(self) -> str:
        """What its tab says."""
        return _("Status")

    def show_person(self, portrait: Portrait) -> None:
        """Show the absences of somebody, the latest first."""
        self._portrait = portrait
        self._table.set_lines([self._line(one) for one in self._absences()], max(self._table.at, 0))

    def deeds(self) -> tuple[MemberDeed, ...]:
        """Pause, leave, die; and back again."""
        dead = self._portrait is not None and self._portrait.member.status is MemberStatus.DECEASED
        ask = self._ask
        return (
            MemberDeed(_("Pauses"), lambda: ask(MemberStatus.PAUSED), possible=not dead),
            MemberDeed(_("Leaves"), lambda: ask(MemberStatus.LEFT), possible=not dead),
            MemberDeed(_("Has died"), lambda: ask(MemberStatus.DECEASED), possible=not dead),
            MemberDeed(_("Is back"), self._end, possible=bool(self._ending())),
        )

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._table.setAccessibleName(_("Absences"))
        self._table.set_columns(
            (Column(_("From"), 130), Column(_("Until"), 150), Column(_("What"), 130), Column(_("Why"))),
        )
        self._table.set_empty_words(_("Always here so far."))
        self._sheet.retranslate()
        if self._portrait is not None:
            self.show_person(self._portrait)

    @property
    def takes_cards(self) -> bool:
        """A card means nothing here."""
        return False

    def card_read(self, uid: CardUid) -> None:
        """A card means nothing here."""

    def left(self) -> None:
        """Close the question."""
        self._presenter.close()

    def _absences(self) -> tuple[Absence, ...]:
        return self._portrait.absences[::-1] if self._portrait else ()

    def _ending(self) -> tuple[Absence, ...]:
        """What is not over yet."""
        today = self._clock.local().date()
        return tuple(one for one in self._absences() if one.last is None or one.last >= today)

    def _ask(self, status: MemberStatus) -> None:
        if self._portrait is not None:
            self._presenter.open(self._portrait.member.id, self._portrait.member.name, status)

    def _end(self) -> None:
        """End the marked absence, or where that one is over, the latest that is not."""
        ending, marked = self._ending(), self._absences()[max(self._table.at, 0)]
        if self._portrait is not None and ending:
            self._presenter.end(self._portrait.member.id, marked if marked in ending else ending[0])

    def _line(self, absence: Absence) -> Line:
        last = absence.last.isoformat() if absence.last else _("until told")
        why = reason(absence.reason) if absence.status is MemberStatus.PAUSED else ""
        return Line((absence.first.isoformat(), last, words.member_status(absence.status), why))
