"""Sign-up lists: who is meant by each line, and what the cashier confirmed of it booked, one person after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from pos.domain.errors import BadName, Refusal
from pos.domain.members import MemberStatus
from pos.domain.menu import Meal
from pos.domain.names import PrivateCharacter, person_name
from pos.domain.pricing import Way, price
from pos.domain.reservations import BookedAlready, Booking, Reservation, ReservationOver, Source, State
from pos.domain.sign_up_list import read_list
from pos.domain.sign_ups import Namesake, SignUp
from pos.domain.staff import Actor, Permission
from pos.domain.standing_orders import FIRST_SET, on_menu
from pos.ports import Clock, OpenStore, Store
from pos.services.cut_offs import cut_offs
from pos.services.orders import basket_from
from pos.services.reservations import Reservations
from pos.services.sales import founded
from pos.services.standing_run import Progress

_LISTS = UUID("b5c0b1fe-6f3c-5d5c-9d5f-1f6f3b2f7a10")
"""What the ids of reservations out of lists are made in."""


class Fate(StrEnum):
    """What a line is: somebody known, somebody to look at first, nobody known, or nothing to be booked."""

    RECOGNISED = "recognised"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A line and who may be meant. `booked` are the reservations for the meal that these people have already."""

    sign_up: SignUp
    fate: Fate
    people: tuple[Namesake, ...]
    booked: tuple[Reservation, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedList:
    """A list against the books, for the meal of a day. `id` is made of the text: the same list is the same again.

    `heading` is the meal that its heading speaks of, if it does; `others` are its lines about nobody. `late`: the
    cut-off of the day has passed.
    """

    id: str
    day: date
    meal: Meal
    lines: tuple[CheckedLine, ...]
    others: tuple[str, ...]
    heading: Meal | None
    late: bool = False

    def count(self, fate: Fate) -> int:
        """How many lines are that."""
        return sum(line.fate is fate for line in self.lines)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A line that the cashier confirmed: for which member, how many portions of the day's first set meal, and how."""

    line: CheckedLine
    member_id: str
    portions: int
    way: Way


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a confirmed line: its reservation, or why there is none."""

    confirmed: Confirmed
    made: Reservation | None = None
    refusal: Refusal | None = None


class SignUpLists:
    """Lists out of a chat, at one till."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Book at one till."""
        self._stores = stores
        self._clock = clock
        self._reservations = Reservations(stores, clock, till)

    def check(self, actor: Actor, text: str, day: date, meal: Meal) -> CheckedList:
        """Read a pasted text and look for the people in the books; nothing is written. Raises ListTooLong, NotPermitted."""
        actor.must(Permission.SELL)
        # Half a character, as a broken clipboard gives it, is no text.
        text = text.encode("utf-8", "replace").decode()
        read = read_list(text)
        with self._stores.read() as store:
            lines = _checked(store, read.sign_ups, day, meal)
            late = self._clock.local() > cut_offs(store, founded(store), day).book
        list_id = str(uuid5(_LISTS, f"{day.isoformat()}/{meal.value}\n{text.strip()}"))
        return CheckedList(list_id, day, meal, lines, read.others, read.meal, late)

    def book(
        self, actor: Actor, checked: CheckedList, confirmed: Sequence[Confirmed], progress: Progress, why: str = ""
    ) -> tuple[Outcome, ...]:
        """Book what was confirmed, each person's in a transaction of its own: one refusal undoes no other's meal.

        Asked again it adds nothing. `why` is a manager's reason after the cut-off. Raises NotPermitted; what
        `Reservations.book` refuses stands in the outcome.
        """
        actor.must(Permission.SELL)
        outcomes = []
        for done, one in enumerate(confirmed):
            progress(done, len(confirmed))
            try:
                outcomes.append(Outcome(one, self._book(actor, checked, one, why)))
            except Refusal as refusal:
                outcomes.append(Outcome(one, refusal=refusal))
        return tuple(outcomes)

    def _book(self, actor: Actor, checked: CheckedList, one: Confirmed, why: str) -> Reservation:
        sign_up = one.line.sign_up
        ahead = self._reservations.ahead(one.member_id, checked.day, checked.meal)
        portions = on_menu(((FIRST_SET, one.portions),), ahead.menu)
        with self._stores.read() as store:
            limit = founded(store).sale_limit
        basket = basket_from(ahead.menu, portions, limit)
        due = price(basket, ahead.person, ahead.circumstances(one.way), ahead.usage, ahead.tariff).due
        key = str(uuid5(UUID(checked.id), f"{sign_up.line}/{sign_up.place}/{one.member_id}"))
        wish = Booking(
            key, one.member_id, checked.day, checked.meal, one.way, portions, due, Source.LIST, sign_up.eat_at, why=why
        )
        made = self._reservations.book(actor, wish)
        if made.state is not State.BOOKED:
            # Booked from this very list before, and given up since.
            raise ReservationOver(made.member_name, made.state)
        if (made.way, made.bill.basket) != (one.way, basket):
            # Booked from it before, but not like this.
            raise BookedAlready(made.member_name, made.id)
        return made


def _checked(store: Store, sign_ups: Iterable[SignUp], day: date, meal: Meal) -> tuple[CheckedLine, ...]:
    every = [(one, _kept(one.name)) for one in sign_ups]
    namesakes = store.sign_ups.namesakes({name for _one, name in every}, day)
    booked = {one.member_id: one for one in store.reservations.of_day(day, meal, State.BOOKED)}
    lines = []
    for sign_up, name in every:
        people = _meant(sign_up, namesakes.get(name, ()))
        theirs = tuple(booked[one.member_id] for one in people if one.member_id in booked)
        lines.append(CheckedLine(sign_up, _fate(sign_up, people, theirs), people, theirs))
    return tuple(lines)


def _kept(name: str) -> str:
    """A name as members' names are kept; '' for one that cannot be."""
    try:
        return person_name(name)
    except (BadName, PrivateCharacter):
        return ""


def _meant(sign_up: SignUp, namesakes: tuple[Namesake, ...]) -> tuple[Namesake, ...]:
    """Those of a name who live behind the door that is told; all of them where none does, for somebody looks at them."""
    if sign_up.door is None or len(namesakes) < 2:
        return namesakes
    return tuple(one for one in namesakes if sign_up.door.fits(one.address)) or namesakes


def _fate(sign_up: SignUp, people: Sequence[Namesake], booked: Sequence[Reservation]) -> Fate:
    if sign_up.cancelled or sign_up.replaced_by:
        return Fate.LEFT_OUT
    if not people:
        return Fate.UNKNOWN
    clear = len(people) == 1 and people[0].status is MemberStatus.ACTIVE and not booked and not sign_up.doubts
    return Fate.RECOGNISED if clear and _lives_there(sign_up, people[0]) else Fate.DOUBTFUL


def _lives_there(sign_up: SignUp, one: Namesake) -> bool:
    """Whether nothing that is known of an address speaks against the door that is told."""
    return sign_up.door is None or not any(one.address.numbers) or sign_up.door.fits(one.address)
