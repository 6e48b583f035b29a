"""The mind of the audit trail: who changed what of a member, the newest first."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.errors import Refusal, Trouble
from pos.domain.profile import Change
from pos.domain.staff import Actor
from pos.i18n import _
from pos.services.members import Members
from ui import formats, member_words, messages
from ui.asking import Ask, AskColumn, AskTable, AskView
from ui.presenting import Lane, Notices


class HistoryPresenter:
    """Nothing is changed here."""

    def __init__(
        self, view: AskView, notices: Notices, members: Members, lane: Lane, actor: Callable[[], Actor]
    ) -> None:
        self._view = view
        self._notices = notices
        self._members = members
        self._lane = lane
        self._actor = actor
        self._name = ""
        self._changes: tuple[Change, ...] | None = None

    def open(self, member_id: str, name: str) -> None:
        """Read what became of somebody's data."""
        actor = self._actor()

        def came(changes: tuple[Change, ...]) -> None:
            self._name, self._changes = name, changes
            self.say()

        self._lane.run(lambda: self._members.history(actor, member_id), came, self._failed)

    def say(self) -> None:
        """Say it in the language of the moment."""
        if self._changes is None:
            return
        columns = (
            AskColumn(_("When"), 170),
            AskColumn(_("Who"), 110),
            AskColumn(_("What"), 150),
            AskColumn(_("Before")),
            AskColumn(_("After")),
        )
        rows = tuple(_row(change) for change in reversed(self._changes))
        self._view.show_ask(Ask(_("Changes: {name}").format(name=self._name), "", table=AskTable(columns, rows, empty=_("Nothing was changed yet.")), width=960))

    def close(self) -> None:
        """Back."""
        if self._changes is not None:
            self._changes = None
            self._view.close_ask()

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))


def _row(change: Change) -> tuple[str, ...]:
    field = member_words.profile_field(change.what)
    return (formats.moment(change.at_ms), change.staff_name, field, change.old, change.new)
