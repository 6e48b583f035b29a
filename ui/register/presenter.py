"""The mind of the members' register: whoever fits what is typed, and whose page is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from pos.domain.cards import CardUid
from pos.domain.errors import Refusal, Trouble, UnknownCard
from pos.domain.members import MemberHit
from pos.services.members import Members
from ui import messages
from ui.presenting import Lane, Notices

MOST = 60
"""Lines that are shown; more would be no search."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The register at one moment: what was typed, who fits, and whether there are more of them than lines."""

    text: str = ""
    hits: tuple[MemberHit, ...] = ()
    more: bool = False


class RegisterView(Protocol):
    """The face of the list."""

    def show_listed(self, listed: Listed) -> None:
        """Paint the list."""
        ...


class RegisterPresenter:
    """One search is under way at a time: while it is, keys only change what is looked for next."""

    def __init__(
        self,
        view: RegisterView,
        notices: Notices,
        members: Members,
        lane: Lane,
        *,
        opened: Callable[[str], None],
    ) -> None:
        """`opened` is told the id of the member whose page is wanted."""
        self._view = view
        self._notices = notices
        self._members = members
        self._lane = lane
        self._opened = opened
        self._listed = Listed()
        self._asking = False

    @property
    def listed(self) -> Listed:
        """What is shown."""
        return self._listed

    def typed(self, text: str) -> None:
        """The text changed. Only the answer to the text that still stands there is shown."""
        self._notices.clear_message()
        self._show(text=text)
        self._ask()

    def refresh(self) -> None:
        """Ask again for what stands there: somebody was changed."""
        self._ask()

    def choose(self, at: int) -> None:
        """Open the page of the member in this line."""
        if 0 <= at < len(self._listed.hits):
            self._opened(self._listed.hits[at].id)

    def card_read(self, uid: CardUid) -> None:
        """Open the page of whoever has this card, or had it: lost and blocked ones are found too."""

        def found(hits: tuple[MemberHit, ...]) -> None:
            if not hits:
                self._failed(UnknownCard(uid.printed))
            elif len(hits) == 1:
                self._opened(hits[0].id)
            else:
                self._show(text=uid.printed, hits=hits, more=False)

        self._notices.clear_message()
        self._lane.run(lambda: self._members.search(uid.printed, MOST), found, self._failed)

    def _ask(self) -> None:
        if self._asking:
            return
        self._asking = True
        text = self._listed.text
        self._lane.run(lambda: self._members.search(text, MOST + 1), lambda hits: self._hit(text, hits), self._failed)

    def _hit(self, text: str, hits: tuple[MemberHit, ...]) -> None:
        self._asking = False
        if text == self._listed.text:
            self._show(hits=hits[:MOST], more=len(hits) > MOST)
        else:
            self._ask()

    def _failed(self, error: Refusal | Trouble) -> None:
        self._asking = False
        self._notices.show_message(messages.words(error))

    def _show(self, **changed: Any) -> None:
        self._listed = replace(self._listed, **changed)
        self._view.show_listed(self._listed)
