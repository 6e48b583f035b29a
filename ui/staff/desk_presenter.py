"""The mind of the staff sheet: who works here, somebody new, a new PIN, and who no longer works here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Any, Protocol

from pos.domain.errors import BadName, FormerName, NameTaken, Refusal, Trouble
from pos.domain.staff import Actor, Role, StaffMember
from pos.i18n import _
from pos.services.staff import Desk
from ui import messages
from ui.messages import Message
from ui.presenting import Lane, Notices


class Doing(Enum):
    """What the sheet asks for."""

    LIST = auto()
    NEW = auto()
    PIN = auto()
    LEAVE = auto()


class Question(Enum):
    """What can be answered wrongly."""

    NAME = auto()
    PIN = auto()
    AGAIN = auto()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here; `me` is the one at the keys."""

    name: str
    role: Role
    me: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form; both PINs stay out of every log."""

    name: str = ""
    role: Role = Role.CASHIER
    pin: str = field(default="", repr=False)
    again: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class StaffList:
    """The sheet at one moment; `at` is the marked person's place."""

    people: tuple[Person, ...]
    at: int = 0
    doing: Doing = Doing.LIST
    busy: bool = False

    @property
    def marked(self) -> Person:
        """Whom the keys are about. Somebody is always there: whoever opened the list."""
        return self.people[self.at]


class StaffView(Protocol):
    """The face of the staff sheet."""

    def show_staff(self, now: StaffList) -> None:
        """Paint the sheet; the first one after a close opens it, and a form opens empty."""
        ...

    def point_at(self, question: Question) -> None:
        """Put the focus on a wrong answer, and empty it where it was a PIN."""
        ...

    def close_form(self) -> None:
        """Take the sheet away."""
        ...


class StaffPresenter:
    """Asks the staff desk, which checks who may. PINs pass through and are kept nowhere."""

    def __init__(
        self, view: StaffView, notices: Notices, desk: Desk, lane: Lane, actor: Callable[[], Actor]
    ) -> None:
        self._view = view
        self._notices = notices
        self._desk = desk
        self._lane = lane
        self._actor = actor
        self._now: StaffList | None = None
        self._opening = False

    @property
    def is_open(self) -> bool:
        """Whether the sheet is there."""
        return self._now is not None

    def open(self) -> None:
        """Show who works here, the one at the keys marked."""
        actor = self._actor()
        self._opening = True

        def came(people: tuple[StaffMember, ...]) -> None:
            if self._opening:
                self._list(people, actor, actor.name)

        self._lane.run(lambda: self._desk.people(actor), came, self._failed)

    # -- the list -----------------------------------------------------------------------------------

    def step(self, lines: int) -> None:
        """Mark somebody further down, stopping at the ends."""
        if self._now:
            self.mark(self._now.at + lines)

    def mark(self, at: int) -> None:
        """Mark the person in this line."""
        if self._now and self._now.doing is Doing.LIST:
            self._show(at=min(max(at, 0), len(self._now.people) - 1))

    def ask(self, doing: Doing) -> None:
        """Begin something with the marked person, or with somebody new."""
        if self._now and self._now.doing is Doing.LIST:
            self._notices.clear_message()
            self._show(doing=doing)

    def back(self) -> None:
        """From a form to the list, from the list to the sale; what was typed is dropped."""
        if self._now is None:
            return
        self._notices.clear_message()
        if self._now.doing is not Doing.LIST:
            self._show(doing=Doing.LIST, busy=False)
            return
        self.close()

    def close(self) -> None:
        """Go away, whatever was typed; a list that is still on its way does not open any more."""
        self._opening = False
        if self._now:
            self._now = None
            self._view.close_form()

    # -- the forms ----------------------------------------------------------------------------------

    def confirm(self, typed: Typed) -> None:
        """Do what the form is for, once: further keys do nothing until the store has answered."""
        now = self._now
        if now is None or now.busy or now.doing is Doing.LIST:
            return
        self._notices.clear_message()
        if now.doing is not Doing.LEAVE and typed.pin != typed.again:
            self._view.point_at(Question.AGAIN)
            self._notices.show_message(
                Message(_("The two PINs differ."), todo=_("Type the same one twice."), tone=messages.Tone.REFUSED)
            )
            return
        self._show(busy=True)
        actor, name = self._actor(), typed.name.strip() if now.doing is Doing.NEW else now.marked.name

        def work() -> tuple[StaffMember, ...]:
            match now.doing:
                case Doing.NEW:
                    self._desk.add(actor, name, typed.role, typed.pin)
                case Doing.PIN:
                    self._desk.new_pin(actor, name, typed.pin)
                case _:
                    self._desk.leave(actor, name)
            return self._desk.people(actor)

        self._lane.run(work, lambda people: self._done(now.doing, actor, name, people), self._failed)

    def _done(self, doing: Doing, actor: Actor, name: str, people: tuple[StaffMember, ...]) -> None:
        said = {
            Doing.NEW: _("{name} can sign in now."),
            Doing.PIN: _("{name} has a new PIN. The old one is gone."),
            Doing.LEAVE: _("{name} can no longer sign in."),
        }[doing]
        if self._now:
            self._list(people, actor, name)
        self._notices.show_message(messages.good(said.format(name=name)))

    def _list(self, people: tuple[StaffMember, ...], actor: Actor, marked: str) -> None:
        names = [one.name for one in people]
        self._now = StaffList(
            tuple(Person(one.name, one.role, one.id == actor.staff_id) for one in people),
            names.index(marked) if marked in names else 0,
        )
        self._view.show_staff(self._now)

    def _failed(self, error: Refusal | Trouble) -> None:
        now = self._now
        if now and now.doing is not Doing.LIST:
            self._show(busy=False)
            if now.doing is not Doing.LEAVE:
                wrong_name = isinstance(error, BadName | NameTaken | FormerName)
                self._view.point_at(Question.NAME if wrong_name else Question.PIN)
        self._notices.show_message(messages.words(error))

    def _show(self, **changed: Any) -> None:
        if self._now:
            self._now = replace(self._now, **changed)
            self._view.show_staff(self._now)
