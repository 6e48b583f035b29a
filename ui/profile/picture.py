"""The mind of a member's picture: a file is chosen, made small, kept; or the picture goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pos.domain.errors import Refusal, Trouble
from pos.domain.staff import Actor
from pos.i18n import _
from pos.services.members import Members
from ui import messages
from ui.presenting import Lane, Notices


class PicturePresenter:
    """One deed at a time."""

    def __init__(
        self,
        notices: Notices,
        members: Members,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        choose: Callable[[], Path | None],
        read: Callable[[Path], bytes | None],
        changed: Callable[[], None],
    ) -> None:
        """`choose` asks for a file, `read` makes it small (None: it is no picture), `changed` is told when it is kept."""
        self._notices = notices
        self._members = members
        self._lane = lane
        self._actor = actor
        self._choose = choose
        self._read = read
        self._changed = changed

    def open(self, member_id: str) -> None:
        """Ask for a file and keep its picture."""
        path = self._choose()
        if path is None:
            return
        actor = self._actor()

        def keep() -> bool:
            photo = self._read(path)
            if photo is not None:
                self._members.picture(actor, member_id, photo)
            return photo is not None

        self._lane.run(keep, self._kept, self._failed)

    def _kept(self, readable: bool) -> None:  # the answer of the lane
        if readable:
            self._notices.show_message(messages.good(_("The photo is kept. The counter shows it with the card.")))
            self._changed()
        else:
            self._notices.show_message(messages.note(_("This file is no picture."), _("Choose a JPEG or PNG file.")))

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))
