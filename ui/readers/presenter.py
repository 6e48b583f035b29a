"""The mind of getting to know a reader: a tap and a printed number, until one way of reading is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from pos.devices.swipes import monotonic_ms
from pos.domain.errors import Refusal, Trouble
from pos.domain.staff import Actor, Permission
from pos.i18n import _
from ui import messages
from ui.asking import AskView
from ui.canteen.answers import KEYBOARD
from ui.presenting import Lane, Notices
from ui.readers import phrases
from ui.readers.form import LearnForm
from ui.readers.reader import CardReader, Setup

PAUSE_MS = 1_500
"""After so long a silence what comes is another tap."""


class ReaderView(Protocol):
    """Where the reader's setup is shown."""

    def show_setup(self, setup: Setup) -> None:
        """Show how the reader is set up."""
        ...


class LearnPresenter:
    """What a card sends is here while the question is open, and nowhere afterwards."""

    def __init__(
        self,
        view: ReaderView,
        ask: AskView,
        notices: Notices,
        reader: CardReader,
        lane: Lane,
        actor: Callable[[], Actor],
        now_ms: Callable[[], int] = monotonic_ms,
    ) -> None:
        self._view = view
        self._ask = ask
        self._notices = notices
        self._reader = reader
        self._lane = lane
        self._actor = actor
        self._now_ms = now_ms
        self._form: LearnForm | None = None
        self._heard_ms = 0

    def refresh(self) -> None:
        """Show how the reader is set up."""
        self._view.show_setup(self._reader.setup)

    def open(self) -> None:
        """Ask for a card, at the port that is set up."""

        def came(ports: tuple[str, ...]) -> None:
            now = self._reader.setup
            first = now.port or next(iter(ports), KEYBOARD)
            self._form = LearnForm(now, ports, first, now.baud)
            self._listen()
            self._show()

        self._lane.run(self._reader.ports, came, self._failed)

    def typed(self, name: str, value: str) -> None:
        """A field was changed; another port is listened to at once."""
        if self._form is None:
            return
        self._notices.clear_message()
        if name == "port":
            self._show(port=value, tap=b"", keyed="", samples=(), wrong="")
        elif name == "baud":
            self._show(baud=int(value), tap=b"", samples=(), wrong="")
        else:
            changed: dict[str, Any] = {name: value}
            self._show(wrong="", **changed)
        if name in ("port", "baud"):
            self._listen()

    def heard(self, data: bytes) -> None:
        """The reader sent this."""
        if self._form is None:
            return
        at_ms = self._now_ms()
        fresh, self._heard_ms = at_ms - self._heard_ms > PAUSE_MS, at_ms
        self._form = self._form.with_bytes(data, fresh=fresh)
        self._show(wrong="")

    def another(self) -> None:
        """Keep what this card said, and wait for another."""
        if self._form is None:
            return
        if not self._form.formats:
            self._tell_missing(self._form)
            return
        self._form = self._form.next_card()
        self._show()

    def confirm(self) -> None:
        """Use the reader so."""
        form = self._form
        if form is None:
            return
        if form.setup is None:
            self._tell_missing(form)
            return
        try:
            self._actor().must(Permission.DEVICES)
            self._reader.use(form.setup)
        except Refusal as error:
            self._failed(error)
            return
        self._leave()
        self.refresh()
        self._notices.show_message(messages.good(_("The reader is used so from now on."), _("Lay a card on it to see.")))

    def close(self) -> None:
        """Leave the reader as it is."""
        if self._form is not None:
            self._leave()
            self._reader.done()

    def say(self) -> None:
        """Say everything in the language of the moment."""
        self._show()

    def _listen(self) -> None:
        if self._form is not None:
            self._reader.learn(self._form.port, self._form.baud, self.heard)

    def _tell_missing(self, form: LearnForm) -> None:
        told, field = phrases.missing(form)
        self._show(wrong=field)
        self._notices.show_message(messages.note(told))

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))

    def _leave(self) -> None:
        self._form = None
        self._ask.close_ask()

    def _show(self, **changed: Any) -> None:
        if self._form is not None:
            self._form = replace(self._form, **changed)
            self._ask.show_ask(phrases.learn_ask(self._form))
