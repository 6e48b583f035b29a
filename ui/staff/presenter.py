"""The mind of the sign-in screen: who it is, and whether the PIN is right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from pos.domain.errors import Refusal, Trouble
from pos.domain.staff import Actor
from pos.i18n import _
from pos.services.staff import Desk
from ui import messages
from ui.presenting import Lane, Notices


class SignInView(Protocol):
    """The face of the sign-in screen."""

    def show_names(self, names: tuple[str, ...]) -> None:
        """Show who may sign in, nobody chosen."""
        ...

    def ask_pin(self, name: str) -> None:
        """Mark a name and wait for its PIN; an empty name goes back to choosing."""
        ...

    def clear_pin(self) -> None:
        """Empty the PIN's line."""
        ...

    def set_busy(self, busy: bool) -> None:
        """Take no second Enter while a PIN is being looked at."""
        ...


class SignInPresenter:
    """Signs one person in. A PIN passes through and is kept nowhere."""

    def __init__(
        self, view: SignInView, notices: Notices, desk: Desk, lane: Lane, signed_in: Callable[[Actor], None]
    ) -> None:
        self._view = view
        self._notices = notices
        self._desk = desk
        self._lane = lane
        self._signed_in = signed_in
        self._name = ""
        self._busy = False

    def start(self) -> None:
        """Show who may sign in."""
        self._view.clear_pin()
        self._lane.run(self._desk.names, self._names_came, self._failed)

    def choose(self, name: str) -> None:
        """This is who wants to sign in."""
        if self._busy:
            return
        self._notices.clear_message()
        self._name = name
        self._view.clear_pin()
        self._view.ask_pin(name)

    def back(self) -> None:
        """It is somebody else after all."""
        if not self._busy:
            self.choose("")

    def sign_in(self, pin: str) -> None:
        """Look at the PIN."""
        if self._busy:
            return
        if not self._name:
            self._notices.show_message(messages.note(_("Nobody is chosen."), _("Choose your name, then type the PIN.")))
            return
        if not pin:
            self._notices.show_message(messages.note(_("The PIN is missing."), _("Type it and press Enter.")))
            return
        self._notices.clear_message()
        self._set_busy(busy=True)
        name = self._name
        self._lane.run(lambda: self._desk.sign_in(name, pin), self._fits, self._failed)

    def _names_came(self, names: tuple[str, ...]) -> None:
        self._name = ""
        self._view.show_names(names)
        if len(names) == 1:
            self.choose(names[0])

    def _fits(self, actor: Actor) -> None:
        self._set_busy(busy=False)
        self._view.clear_pin()
        self._name = ""
        self._signed_in(actor)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._set_busy(busy=False)
        self._view.clear_pin()
        self._notices.show_message(messages.words(error))

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self._view.set_busy(busy)
