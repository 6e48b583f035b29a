"""The mind of one member's page: who is shown, as of now, and read anew after whatever was changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from pos.domain.errors import Refusal, Trouble
from pos.domain.staff import Actor
from pos.services.members import Members, Portrait
from ui import messages
from ui.presenting import Lane, Notices


class PersonView(Protocol):
    """The face of the page."""

    def show_person(self, portrait: Portrait) -> None:
        """Show somebody."""
        ...


class PersonPresenter:
    """One member at a time."""

    def __init__(
        self,
        view: PersonView,
        notices: Notices,
        members: Members,
        lane: Lane,
        actor: Callable[[], Actor],
    ) -> None:
        self._view = view
        self._notices = notices
        self._members = members
        self._lane = lane
        self._actor = actor
        self._wanted = ""

    def open(self, member_id: str) -> None:
        """Show this member; whoever was asked for last is shown."""
        self._wanted = member_id
        actor = self._actor()

        def came(portrait: Portrait) -> None:
            if self._wanted == member_id:
                self._view.show_person(portrait)

        self._lane.run(lambda: self._members.portrait(actor, member_id), came, self._failed)

    def refresh(self) -> None:
        """Read the member anew."""
        if self._wanted:
            self.open(self._wanted)

    def close(self) -> None:
        """Nobody is shown any more."""
        self._wanted = ""

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))
