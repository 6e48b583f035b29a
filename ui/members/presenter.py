"""The minds of the two screens about members: find one when the card is at home, enrol a new one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol
from uuid import uuid4

from pos.domain.cards import CardUid, NotACard, parse_typed
from pos.domain.errors import BadBirthDate, Refusal, Trouble
from pos.domain.members import MemberHit
from pos.domain.profile import Lookalike, Sameness
from pos.domain.staff import Actor, Permission
from pos.services.members import Members, NewMember
from ui.presenting import Lane


@dataclass(frozen=True, slots=True)
class Found:
    """A search at one moment: what was typed, who fits, which line is marked."""

    text: str = ""
    hits: tuple[MemberHit, ...] = ()
    at: int = 0
    may_enrol: bool = False
    may_lose: bool = False
    refused: Refusal | Trouble | None = None


class FindView(Protocol):
    """The face of the search."""

    def show_found(self, found: Found) -> None:
        """Paint the search; the first one after a close opens the screen."""
        ...

    def close_form(self) -> None:
        """Take the screen away."""
        ...


class FindPresenter:
    """Search as you type; arrows and Enter choose."""

    def __init__(
        self,
        view: FindView,
        members: Members,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        chosen: Callable[[str], None],
        next_card: Callable[[CardUid], None],
        enrol: Callable[[], None],
        lost: Callable[[MemberHit], None],
        lend: Callable[[MemberHit], None],
    ) -> None:
        """`chosen` is told the member's id, `next_card` a card shown or typed instead, `enrol` opens the form.

        `lost` and `lend` are told whose card is lost, or lies at home while the member stands here.
        """
        self._view = view
        self._members = members
        self._lane = lane
        self._actor = actor
        self._chosen = chosen
        self._next_card = next_card
        self._enrol = enrol
        self._lost = lost
        self._lend = lend
        self._found: Found | None = None

    @property
    def is_open(self) -> bool:
        """Whether the screen is there; cards go to `card_read` then."""
        return self._found is not None

    def open(self, *, only_choose: bool = False) -> None:
        """Begin a search; with `only_choose` there is nothing else to do with whoever is found."""
        actor = self._actor()
        self._found = Found(
            may_enrol=not only_choose and actor.may(Permission.ENROL),
            may_lose=not only_choose and actor.may(Permission.CARD_LOST),
        )
        self._view.show_found(self._found)

    def typed(self, text: str) -> None:
        """The text changed. Only the answer to the text that still stands there is shown."""
        self._show(text=text, refused=None)
        self._lane.run(lambda: self._members.search(text), lambda hits: self._hit(text, hits), self._refuse)

    def _hit(self, text: str, hits: tuple[MemberHit, ...]) -> None:
        if self._found and self._found.text == text:
            self._show(hits=hits, at=0)

    def step(self, lines: int) -> None:
        """Mark a line further down, stopping at the ends."""
        if self._found and self._found.hits:
            self._show(at=min(max(self._found.at + lines, 0), len(self._found.hits) - 1))

    def choose(self, at: int | None = None) -> None:
        """Take the marked member, or the one in that line; a whole card number is taken as a card shown."""
        found = self._found
        if found is None:
            return
        place = found.at if at is None else at
        if place < len(found.hits):
            self._leave()
            self._chosen(found.hits[place].id)
        elif uid := _card_number(found.text):
            self._leave()
            self._next_card(uid)

    def card_read(self, uid: CardUid) -> None:
        """The card was there after all."""
        self._leave()
        self._next_card(uid)

    def enrol(self) -> None:
        """Nobody fits: enrol somebody new."""
        if self._found and self._found.may_enrol:
            self._leave()
            self._enrol()

    def lost(self) -> None:
        """The marked member's card is lost."""
        if hit := self._marked():
            self._leave()
            self._lost(hit)

    def lend(self) -> None:
        """The marked member gets a card for this meal."""
        if hit := self._marked():
            self._leave()
            self._lend(hit)

    def _marked(self) -> MemberHit | None:
        found = self._found
        return found.hits[found.at] if found and found.may_lose and found.at < len(found.hits) else None

    def close(self) -> None:
        """Back to the sale."""
        self._leave()

    def _leave(self) -> None:
        if self._found is not None:
            self._found = None
            self._view.close_form()

    def _refuse(self, error: Refusal | Trouble) -> None:
        self._show(refused=error)

    def _show(self, **changed: Any) -> None:
        if self._found is not None:
            self._found = replace(self._found, **changed)
            self._view.show_found(self._found)


@dataclass(frozen=True, slots=True)
class EnrolForm:
    """Somebody new at one moment. `birth` is as typed; `card` is the card shown to the reader.

    `alike` are members who may be the same person: while there are any, the one at `at` is marked.
    """

    name: str = ""
    birth: str = ""
    phone: str = ""
    card: CardUid | None = None
    alike: tuple[Lookalike, ...] = ()
    at: int = 0
    saving: bool = False
    refused: Refusal | Trouble | None = None


class EnrolView(Protocol):
    """The face of the enrol form."""

    def show_form(self, form: EnrolForm) -> None:
        """Paint the form; the first one after a close opens the screen."""
        ...

    def close_form(self) -> None:
        """Take the screen away."""
        ...


class EnrolPresenter:
    """A name, a birth date, a telephone, a card by swipe."""

    def __init__(
        self,
        view: EnrolView,
        members: Members,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        enrolled: Callable[[str], None],
    ) -> None:
        """`enrolled` is told the new member's id, or that of the member who it turned out to be."""
        self._view = view
        self._members = members
        self._lane = lane
        self._actor = actor
        self._enrolled = enrolled
        self._form: EnrolForm | None = None
        self._id = ""

    @property
    def is_open(self) -> bool:
        """Whether the form is there; cards go to `card_read` then."""
        return self._form is not None

    def open(self) -> None:
        """Begin an empty form."""
        self._id = str(uuid4())
        self._form = EnrolForm()
        self._view.show_form(self._form)

    def set_name(self, name: str) -> None:
        """The name was typed."""
        self._edit(name=name)

    def set_birth(self, birth: str) -> None:
        """The birth date was typed, in whatever way."""
        self._edit(birth=birth)

    def set_phone(self, phone: str) -> None:
        """The telephone number was typed."""
        self._edit(phone=phone)

    def card_read(self, uid: CardUid) -> None:
        """This card becomes the new member's."""
        self._edit(card=uid)

    def confirm(self) -> None:
        """Enrol, once, unless somebody looks alike: then the marked one is taken.

        Further keys do nothing until the store has answered.
        """
        form = self._form
        if form is None or form.saving:
            return
        if form.alike:
            self._leave(form.alike[form.at].hit.id)
            return
        if (new := self._new(form)) is None:
            return
        actor = self._actor()

        def work() -> str | tuple[Lookalike, ...]:
            return self._members.doubts(new.profile, new.id).lookalikes or self._members.enrol(actor, new).id

        def answered(answer: str | tuple[Lookalike, ...]) -> None:
            if isinstance(answer, str):
                self._leave(answer)
            else:
                # A telephone is often that of a couple: the same name and birth date comes first.
                alike = sorted(answer, key=lambda one: Sameness.NAME_AND_BIRTH not in one.because)
                self._show(saving=False, alike=tuple(alike), at=0)

        self._show(saving=True, refused=None)
        self._lane.run(work, answered, self._refuse)

    def all_the_same(self) -> None:
        """It is somebody new: enrol, though others look alike."""
        form = self._form
        if form is None or form.saving or not form.alike or (new := self._new(form)) is None:
            return
        actor = self._actor()
        self._show(saving=True, refused=None)
        self._lane.run(lambda: self._members.enrol(actor, new).id, self._leave, self._refuse)

    def step(self, lines: int) -> None:
        """Mark another of those who look alike, stopping at the ends."""
        if self._form and self._form.alike:
            self._show(at=min(max(self._form.at + lines, 0), len(self._form.alike) - 1))

    def pick(self, at: int) -> None:
        """It is the one in this line."""
        if self._form and not self._form.saving and at < len(self._form.alike):
            self._leave(self._form.alike[at].hit.id)

    def close(self) -> None:
        """Back to what was typed, from there to the sale; what was typed is dropped."""
        if self._form is None or self._form.saving:
            return
        if self._form.alike:
            self._show(alike=())
        else:
            self._form = None
            self._view.close_form()

    def _new(self, form: EnrolForm) -> NewMember | None:
        try:
            return NewMember(form.name, parse_birth(form.birth), form.phone, form.card, id=self._id)
        except BadBirthDate as error:
            self._show(refused=error)
            return None

    def _leave(self, member_id: str) -> None:
        self._form = None
        self._view.close_form()
        self._enrolled(member_id)

    def _refuse(self, error: Refusal | Trouble) -> None:
        self._show(saving=False, refused=error, alike=())

    def _edit(self, **changed: Any) -> None:
        if self._form and not self._form.saving:
            self._show(refused=None, alike=(), **changed)

    def _show(self, **changed: Any) -> None:
        if self._form:
            self._form = replace(self._form, **changed)
            self._view.show_form(self._form)


_BIRTH = re.compile(r"(\d{4})\D?(\d{2})\D?(\d{2})|(\d{4})\D(\d{1,2})\D(\d{1,2})")


def parse_birth(text: str) -> date | None:
    """The date of '19380512', '1938-5-12', '1938.05.12' or '1938年5月12日'; None for an empty text.

    Raises BadBirthDate for anything else. Day, month and year in any other order are refused, never guessed.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).removesuffix("日")
    if not plain:
        return None
    found = _BIRTH.fullmatch(plain)
    if not found:
        raise BadBirthDate(text)
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise BadBirthDate(text) from error


def _card_number(text: str) -> CardUid | None:
    try:
        return parse_typed(text)
    except NotACard:
        return None
