"""The face of the tariff section: the time line, and in its place the editor."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pos.domain.cards import CardUid
from pos.domain.staff import Permission
from pos.domain.tariff.timeline import TariffDraft
from pos.i18n import _
from pos.services.replay import Replays
from pos.services.starters import Starter
from pos.services.tariffs import Tariffs
from ui.office.section import Office, Section, SectionView
from ui.tariff.editor import EditorNow, EditorPresenter
from ui.tariff.editor_page import EditorPage
from ui.tariff.presenter import TimelineNow, TimelinePresenter
from ui.tariff.replay_presenter import ReplayPresenter
from ui.tariff.replay_sheet import ReplaySheet
from ui.tariff.timeline_page import TimelinePage
from ui.theme import Theme
from ui.widgets.key_hints import Hints


class TariffPage(QWidget):
    """Keeps the promises of both presenters' views."""

    wanted = Signal()

    def __init__(self, theme: Theme, page: QWidget, refresh_hints: Callable[[], None]) -> None:
        super().__init__()
        self._refresh_hints = refresh_hints
        self.line = TimelinePage(theme, page)
        self.editor = EditorPage(theme, page)
        self.replay_sheet = ReplaySheet(theme, page)
        self._stack = QStackedWidget()
        for widget in (self.line, self.editor):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def attend(self, presenter: TimelinePresenter, editor: EditorPresenter, replay: ReplayPresenter) -> None:
        """Send every wish to the presenters, and keep them: a connection alone does not."""
        self._presenters = presenter, editor
        self.replay_sheet.attend(replay)
        self.editor.replay_wanted.connect(replay.open)
        line = self.line
        self.wanted.connect(presenter.open)
        line.opened_one.connect(presenter.choose)
        line.stepped.connect(presenter.step)
        line.marked.connect(presenter.mark)
        line.beginning_wanted.connect(presenter.ask_beginning)
        line.copy_wanted.connect(presenter.copy)
        line.drop_wanted.connect(presenter.ask_drop)
        line.dropped.connect(presenter.drop)
        line.began.connect(presenter.begin)
        line.file_chosen.connect(presenter.read_file)
        line.file_named.connect(presenter.write_file)
        self.editor.attend(editor)

    # -- the section --------------------------------------------------------------------------------

    def opened(self) -> None:
        """Read the time line anew, or go on where the editor was left."""
        if self.editing:
            self._presenters[1].resume()
            self.editor.focus_first()
        else:
            self.line.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.wanted.emit()

    def left(self) -> None:
        """Close what lies in front; what was typed is kept."""
        self.close_sheets()
        self._presenters[1].left()

    def card_read(self, uid: CardUid) -> None:
        """A card means nothing here."""

    def hints(self) -> Hints:
        """The keys of what is shown."""
        return self.editor.hints() if self.editing else self.line.hints()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.line.retranslate()
        self.editor.retranslate()
        self.replay_sheet.retranslate()

    @property
    def editing(self) -> bool:
        """Whether the editor is shown."""
        return self._stack.currentWidget() is self.editor

    # -- facts --------------------------------------------------------------------------------------

    def show_timeline(self, now: TimelineNow) -> None:
        """Paint the time line, in place of the editor."""
        self.line.show_timeline(now)
        if self.editing:
            self.editor.forget()
            self._stack.setCurrentWidget(self.line)
            self.line.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self._refresh_hints()

    def ask_beginning(self, points: tuple[Starter, ...]) -> None:
        """Ask what a new draft begins with."""
        self.line.ask_beginning(points)

    def ask_drop(self, draft: TariffDraft) -> None:
        """Ask whether a draft is thrown away."""
        self.line.question.ask(draft)

    def show_editor(self) -> None:
        """Show the editor in place of the time line."""
        self._stack.setCurrentWidget(self.editor)
        self._refresh_hints()

    def show_tariff(self, now: EditorNow) -> None:
        """Paint the editor."""
        self.editor.show_tariff(now)
        self._refresh_hints()

    def point_at_line(self, line: int) -> None:
        """Put the cursor on a line of the text."""
        self.editor.point_at_line(line)

    def close_sheets(self) -> None:
        """Take whatever was asked away."""
        self.line.close_sheets()
        self.editor.close_sheets()
        self.replay_sheet.take_away()


def _build(office: Office) -> SectionView:
    page = TariffPage(office.theme, office.page, office.refresh_hints)
    tariffs = Tariffs(office.stores, office.clock)
    editor = EditorPresenter(page, office.notices, tariffs, office.lane, office.actor, lambda: office.clock.local().date())
    replay = ReplayPresenter(page.replay_sheet, office.notices, Replays(office.stores), office.lane, office.work, office.actor)
    page.attend(TimelinePresenter(page, office.notices, tariffs, office.lane, office.actor, editor), editor, replay)
    return page


SECTION = Section("tariff", lambda: _("Tariff"), Permission.TARIFF, _build)
