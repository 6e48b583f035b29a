"""The mind of showing an identity number: for a reason that is logged first, and for some seconds only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from pos.domain.account_errors import ReasonMissing
from pos.domain.errors import Refusal, Trouble
from pos.domain.identity import Document
from pos.domain.staff import Actor
from pos.i18n import _
from pos.services.identities import Identities
from ui import messages
from ui.asking import Ask, AskField, AskPage, AskView, Fact
from ui.member_words import document_kind
from ui.presenting import Lane, Notices

SHOWN_MS = 20_000
_WITH_BIRTH_DATE = 18


@dataclass(frozen=True, slots=True)
class Revealing:
    """Whose number, and why; `document` is there while it is shown."""

    member_id: str
    name: str
    reason: str = ""
    document: Document | None = field(default=None, repr=False)
    asking: bool = False
    wrong: str = ""


class RevealPresenter:
    """Nothing of a number stays here when it is shown no more."""

    def __init__(
        self,
        view: AskView,
        notices: Notices,
        identities: Identities,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        later: Callable[[int, Callable[[], None]], None],
    ) -> None:
        """`later` calls something after so many ms."""
        self._view = view
        self._notices = notices
        self._identities = identities
        self._lane = lane
        self._actor = actor
        self._later = later
        self._now: Revealing | None = None

    def open(self, member_id: str, name: str) -> None:
        """Ask for the reason."""
        self._notices.clear_message()
        self._now = Revealing(member_id, name)
        self.say()

    def typed(self, name: str, value: str) -> None:
        """The reason was typed."""
        changed: dict[str, Any] = {name: value}
        self._show(wrong="", **changed)

    def confirm(self) -> None:
        """Show it; once it is shown, take it away again."""
        now = self._now
        if now is None or now.asking:
            return
        if now.document is not None:
            self.close()
            return
        actor = self._actor()
        self._show(asking=True)
        self._lane.run(
            lambda: self._identities.reveal(actor, now.member_id, now.reason),
            lambda document: self._came(now.member_id, document),
            self._refuse,
        )

    def close(self) -> None:
        """Show nothing any more."""
        if self._now is not None:
            self._now = None
            self._view.close_ask()

    def say(self) -> None:
        """Say it in the language of the moment."""
        if self._now is not None:
            self._view.show_ask(_ask(self._now))

    def _came(self, member_id: str, document: Document) -> None:
        if self._now is None or self._now.member_id != member_id:
            return
        self._show(document=document, asking=False)
        shown = self._now
        self._later(SHOWN_MS, lambda: self._over(shown))

    def _over(self, shown: Revealing) -> None:
        if self._now is shown:
            self.close()

    def _refuse(self, error: Refusal | Trouble) -> None:
        self._show(asking=False, wrong="reason" if isinstance(error, ReasonMissing) else "")
        self._notices.show_message(messages.words(error))

    def _show(self, **changed: Any) -> None:
        if self._now is not None:
            self._now = replace(self._now, **changed)
            self.say()


def _ask(now: Revealing) -> Ask:
    if now.document is not None:
        seconds = SHOWN_MS // 1000
        return Ask(
            now.name,
            _("Hide it"),
            _("It goes away by itself after {seconds} seconds.").format(seconds=seconds),
            facts=(Fact(document_kind(now.document.kind), _in_groups(now.document.number), strong=True),),
        )
    field_ = AskField("reason", _("What for?"), now.reason, _("checking the certificate"))
    return Ask(
        _("Show the number of {name}").format(name=now.name),
        _("Show it"),
        _("Who saw it, when and why is written down."),
        pages=(AskPage(((field_,),)),),
        busy=now.asking,
        wrong=now.wrong,
    )


def _in_groups(number: str) -> str:
    """A number as it is read out: place, birth date and sequence of those with 18 characters, else four by four."""
    if len(number) == _WITH_BIRTH_DATE:
        return f"{number[:6]} {number[6:14]} {number[14:]}"
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))
