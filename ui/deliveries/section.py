"""The section of the deliveries: its page, its four sheets, and their minds."""

from __future__ import annotations

from pathlib import Path

from pos.domain.staff import Permission
from pos.i18n import _
from pos.services.boxes import Boxes
from pos.services.canteen import Canteens
from pos.services.cases import Cases
from pos.services.day_close import DayCloses
from pos.services.deliveries import Deliveries
from pos.services.paper import Papers
from ui.deliveries.box_presenter import BoxPresenter
from ui.deliveries.case_presenter import CasePresenter
from ui.deliveries.close_presenter import ClosePresenter
from ui.deliveries.presenter import DeliveriesPresenter
from ui.deliveries.stop_presenter import StopPresenter
from ui.deliveries.view import DeliveriesPage
from ui.office.section import Office, Section, SectionView
from ui.widgets.ask_sheet import AskSheet
from ui.widgets.files import ask_save, show_file


class DeliveriesSection(DeliveriesPage):
    """The page with its sheets."""

    def __init__(self, office: Office) -> None:
        super().__init__(office.theme)
        self._actor = office.actor
        stores, clock, lane, notices, actor = office.stores, office.clock, office.lane, office.notices, office.actor
        boxes, cases, canteens = Boxes(stores, clock), Cases(stores, clock), Canteens(stores, clock, office.till)
        deliveries = Deliveries(stores, clock, office.till)
        self._sheets = tuple(AskSheet(office.theme, office.page) for _number in range(4))
        stop_sheet, case_sheet, box_sheet, close_sheet = self._sheets
        self._mind = DeliveriesPresenter(self, notices, deliveries, cases, boxes, clock, lane, actor)
        self._stop = StopPresenter(stop_sheet, self._mind.send)
        self._case = CasePresenter(case_sheet, notices, cases, clock, lane, actor, changed=self._mind.refresh)
        self._box = BoxPresenter(
            box_sheet, notices, boxes, canteens, office.files, clock, lane, actor,
            ask_file=self._ask_file, show_file=show_file, changed=self._mind.refresh,
        )  # fmt: skip
        self._closing = ClosePresenter(
            close_sheet, notices, DayCloses(stores, clock, office.till), Papers(stores, clock, office.till), canteens,
            lane, actor, changed=self._mind.refresh,
        )  # fmt: skip
        stop_sheet.attend(
            close=self._stop.close, say=self._stop.say_again, typed=self._stop.typed, confirm=self._stop.confirm
        )
        case_sheet.attend(
            close=self._case.close, say=self._case.say_again, typed=self._case.typed, confirm=self._case.confirm,
            pick=self._case.pick,
        )  # fmt: skip
        box_sheet.attend(
            close=self._box.close, say=self._box.say_again, typed=self._box.typed, confirm=self._box.confirm,
            second=self._box.write, pick=self._box.pick,
        )  # fmt: skip
        close_sheet.attend(
            close=self._closing.close, say=self._closing.say_again, confirm=self._closing.confirm,
            second=self._closing.print_again,
        )  # fmt: skip
        self.attend(self._mind)
        self.correction_wanted.connect(self._correct_marked)
        self.cases_wanted.connect(lambda: self._case.open(self._mind.board.day))
        self.boxes_wanted.connect(self._box.open)
        self.close_wanted.connect(lambda: self._closing.open(self._mind.board.day))

    def opened(self) -> None:
        """Read the meal of now."""
        self.show_rights(may_close=self._actor().may(Permission.CLOSE_DAY))
        super().opened()

    def left(self) -> None:
        """Close what is open."""
        super().left()
        for mind in (self._stop, self._case, self._box, self._closing):
            mind.close()
        self._box.close()  # from its second question to its first, and away

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        super().retranslate()
        for sheet in getattr(self, "_sheets", ()):
            sheet.retranslate()

    def _correct_marked(self) -> None:
        line = self._mind.board.marked
        if line is not None and line.noting is None:
            self._stop.open(line.stop)

    def _ask_file(self, name: str) -> Path | None:
        return ask_save(self, _("Save the list"), name, "PDF (*.pdf)")


def _build(office: Office) -> SectionView:
    return DeliveriesSection(office)


SECTION = Section("deliveries", lambda: _("Deliveries"), Permission.DELIVERIES, _build)
