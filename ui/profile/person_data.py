"""The minds of a person's rights: everything that is kept of them in a file, and being forgotten."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pos.domain.errors import Refusal, Trouble
from pos.domain.staff import Actor
from pos.domain.tables import FileNotWritten
from pos.i18n import _
from pos.services.persons import Persons, Remains
from ui import messages
from ui.asking import YES, Ask, AskField, AskPage, AskView, Fact, FieldKind
from ui.presenting import Lane, Notices

OWNER_ONLY = 0o600


class ExtractPresenter:
    """One file for one person."""

    def __init__(
        self,
        notices: Notices,
        persons: Persons,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        choose: Callable[[str], Path | None],
    ) -> None:
        """`choose` asks where a file of this name goes."""
        self._notices = notices
        self._persons = persons
        self._lane = lane
        self._actor = actor
        self._choose = choose

    def open(self, member_id: str, name: str) -> None:
        """Write everything that is kept of somebody into a file that its owner alone can read."""
        path = self._choose(_("Data of {name}").format(name=name) + ".json")
        if path is None:
            return
        actor = self._actor()

        def written(file: str) -> None:
            told = _("It is somebody's personal data: hand it to them, then delete it here.")
            self._notices.show_message(messages.good(_("{file} is written.").format(file=file), told))

        self._lane.run(lambda: self._write(actor, member_id, path), written, self._failed)

    def _write(self, actor: Actor, member_id: str, path: Path) -> str:
        text = json.dumps(self._persons.extract(actor, member_id), ensure_ascii=False, indent=1, default=str)
        try:
            path.touch(mode=OWNER_ONLY)
            path.chmod(OWNER_ONLY)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise FileNotWritten(path.name) from error
        return path.name

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Whose data goes, and what stays."""

    member_id: str
    remains: Remains
    sure: bool = False
    busy: bool = False


class DeletionPresenter:
    """What stays is shown before the key; whoever still has money or a card is not forgotten."""

    def __init__(
        self,
        view: AskView,
        notices: Notices,
        persons: Persons,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        gone: Callable[[], None],
    ) -> None:
        """`gone` is told that somebody is forgotten: their page means nothing any more."""
        self._view = view
        self._notices = notices
        self._persons = persons
        self._lane = lane
        self._actor = actor
        self._gone = gone
        self._now: Forgetting | None = None

    def open(self, member_id: str) -> None:
        """Look what would stay, and ask."""
        self._notices.clear_message()
        actor = self._actor()

        def looked(remains: Remains) -> None:
            self._now = Forgetting(member_id, remains)
            self.say()

        self._lane.run(lambda: self._persons.remains(actor, member_id), looked, self._refuse)

    def typed(self, name: str, value: str) -> None:
        """The tick was turned."""
        self._show(**{name: bool(value)})

    def confirm(self) -> None:
        """Forget them; one key press is not enough for what nobody can bring back."""
        now = self._now
        if now is None or now.busy or not now.sure:
            return
        actor = self._actor()
        self._show(busy=True)

        def forgotten(_none: None) -> None:
            name = now.remains.name
            self._leave()
            self._gone()
            self._notices.show_message(messages.good(_("The personal data of {name} is deleted.").format(name=name)))

        self._lane.run(lambda: self._persons.forget(actor, now.member_id), forgotten, self._refuse)

    def close(self) -> None:
        """Leave everything as it is."""
        if self._now is not None:
            self._leave()

    def say(self) -> None:
        """Say it in the language of the moment."""
        if self._now is not None:
            self._view.show_ask(_ask(self._now))

    def _refuse(self, error: Refusal | Trouble) -> None:
        self._show(busy=False)
        self._notices.show_message(messages.words(error))

    def _leave(self) -> None:
        self._now = None
        self._view.close_ask()

    def _show(self, **changed: Any) -> None:
        if self._now is not None:
            self._now = replace(self._now, **changed)
            self.say()


def _ask(now: Forgetting) -> Ask:
    remains = now.remains
    facts = [
        Fact(_("Sales that stay in the books"), str(remains.sales)),
        Fact(_("Top-ups that stay in the books"), str(remains.top_ups)),
    ]
    if remains.kept_until:
        facts.append(Fact(_("The card rules ask to keep name and number until"), remains.kept_until.isoformat(), strong=True))
    asked = _("The member asked for it, and knows that nobody can undo it (Space)")
    tick = AskField("sure", asked, YES if now.sure else "", kind=FieldKind.TICK)
    return Ask(
        _("Delete the personal data of {name}?").format(name=remains.name),
        _("Delete for good") if now.sure else "",
        _("Name, telephone, address, document, contacts, diet and photo are gone for good. The ledger stays as it is."),
        facts=tuple(facts),
        pages=(AskPage(((tick,),)),),
        danger=True,
        busy=now.busy,
    )
