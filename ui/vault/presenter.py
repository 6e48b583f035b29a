"""The mind of the keys: how they stand, and each deed after its question. A key that was shown is kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from pos.domain.errors import Refusal, Trouble
from pos.domain.identity import KeyUnreadable
from pos.domain.staff import Actor
from pos.i18n import _, ngettext
from pos.services.identities import Identities
from pos.services.spare_keys import KeyState, PaperRead, SpareKeys
from ui import messages
from ui.asking import AskView
from ui.office.work import Work
from ui.presenting import Lane, Message, Notices
from ui.vault import phrases
from ui.vault.form import KeyForm, KeyWish


class KeysView(Protocol):
    """Where the keys are shown."""

    def show_keys(self, state: KeyState) -> None:
        """Show how keys and numbers stand."""
        ...

    def show_fault(self, message: Message) -> None:
        """The keys cannot be read: show why."""
        ...


class KeysPresenter:
    """One question at a time."""

    def __init__(
        self,
        view: KeysView,
        ask: AskView,
        notices: Notices,
        identities: Identities,
        spare_keys: SpareKeys,
        lane: Lane,
        work: Work,
        actor: Callable[[], Actor],
        *,
        later: Callable[[int, Callable[[], None]], None],
    ) -> None:
        """`later` calls something after so many ms."""
        self._view = view
        self._ask = ask
        self._notices = notices
        self._identities = identities
        self._spare_keys = spare_keys
        self._lane = lane
        self._work = work
        self._actor = actor
        self._later = later
        self._state: KeyState | None = None
        self._form: KeyForm | None = None

    def refresh(self) -> None:
        """Read how keys and numbers stand."""
        actor = self._actor()
        self._lane.run(lambda: self._spare_keys.state(actor), self._came, self._not_read)

    def open(self, wish: KeyWish) -> None:
        """Ask before anything happens; what makes no sense now is not asked."""
        state = self._state
        if state is not None and wish in possible(state):
            self._form = KeyForm(wish, state)
            self.say()

    def typed(self, name: str, value: str) -> None:
        """A field was changed."""
        changed: dict[str, Any] = {name: bool(value) if name == "searched" else value}
        self._show(wrong="", **changed)

    def confirm(self) -> None:
        """Do it."""
        form = self._form
        if form is None or form.busy:
            return
        if form.key:
            self.close()
            return
        actor = self._actor()
        match form.wish:
            case KeyWish.WRITE_DOWN:
                self._show_key(actor)
            case KeyWish.READ:
                self._show(busy=True)
                self._lane.run(lambda: self._spare_keys.read(actor, form.text), self._read, self._refuse)
            case KeyWish.ROTATE:
                self.close()
                self._rotate(actor)
            case KeyWish.BEGIN_ANEW if form.searched:
                self._show(busy=True)
                self._lane.run(lambda: self._identities.begin_anew(actor), self._begun, self._refuse)

    def close(self) -> None:
        """Leave everything as it is, and show no key any more."""
        if self._form is not None:
            self._form = None
            self._ask.close_ask()

    def say(self) -> None:
        """Say it in the language of the moment."""
        if self._form is not None:
            self._ask.show_ask(phrases.key_ask(self._form))

    # -- deeds --------------------------------------------------------------------------------------

    def _show_key(self, actor: Actor) -> None:
        self._show(busy=True)

        def came(key: str) -> None:
            if self._form is None:
                return
            self._show(key=key, busy=False)
            shown = self._form
            self.refresh()
            self._later(phrases.SHOWN_MS, lambda: self._over(shown))

        self._lane.run(lambda: self._identities.spare_key(actor), came, self._refuse)

    def _over(self, shown: KeyForm) -> None:
        if self._form is shown:
            self.close()

    def _rotate(self, actor: Actor) -> None:
        def done(count: int) -> None:
            told = ngettext("{count} number is sealed under the new key.", "{count} numbers are sealed under the new key.", count)
            self._write_new_down(actor, told.format(count=count))

        self._work.run(
            _("Numbers are sealed anew"), lambda progress: self._identities.rotate(actor, progress), done, self._failed, self.refresh
        )

    def _begun(self, _none: None) -> None:
        self.close()
        self._write_new_down(self._actor(), _("There is a new key."))

    def _write_new_down(self, actor: Actor, told: str) -> None:
        def came(state: KeyState) -> None:
            self._came(state)
            self.open(KeyWish.WRITE_DOWN)
            # Behind the question: a sheet that opens takes away what was said before it.
            self._notices.show_message(messages.good(told, _("Write the new key down.")))

        self._lane.run(lambda: self._spare_keys.state(actor), came, self._not_read)

    # -- answers ------------------------------------------------------------------------------------

    def _came(self, state: KeyState) -> None:
        self._state = state
        self._view.show_keys(state)

    def _read(self, read: PaperRead) -> None:
        self.close()
        self._came(read.state)
        self._notices.show_message(messages.good(*phrases.read_words(read)))

    def _not_read(self, error: Refusal | Trouble) -> None:
        self._state = None
        self._view.show_fault(messages.words(error))

    def _refuse(self, error: Refusal | Trouble) -> None:
        self._show(busy=False, wrong="text" if isinstance(error, KeyUnreadable) else "")
        self._failed(error)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))

    def _show(self, **changed: Any) -> None:
        if self._form is not None:
            self._form = replace(self._form, **changed)
            self.say()


def possible(state: KeyState) -> frozenset[KeyWish]:
    """What makes sense as keys and numbers stand."""
    wishes = {KeyWish.READ, KeyWish.HISTORY}
    if state.vault.key_id:
        wishes |= {KeyWish.WRITE_DOWN, KeyWish.ROTATE}
    if state.vault.unreadable:
        wishes |= {KeyWish.BEGIN_ANEW}
    return frozenset(wishes)
