"""One person's rights: everything that is kept of them as a value, and being forgotten where the books allow it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pos.domain.absences import Absence
from pos.domain.errors import MemberUnknown
from pos.domain.members import MemberStatus, Wallet
from pos.domain.profile import ProfileField, StillHasCard, StillHasMoney, StillLookedFor, StillReserved
from pos.domain.reservations import State
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store

KEPT_YEARS = 5
"""Name, number and contact of who bought a card are kept so long after the last top-up (domain.md 2.1)."""


@dataclass(frozen=True, slots=True)
class Remains:
    """What forgetting somebody leaves, shown before it is done: rows that stay, and until when the card rules ask to
    keep who it was; None where nothing was ever paid in."""

    name: str
    sales: int
    top_ups: int
    kept_until: date | None


class Persons:
    """What a member may ask for about their own data."""

    def __init__(self, stores: OpenStore, clock: Clock) -> None:
        """Answer from one store."""
        self._stores = stores
        self._clock = clock

    def extract(self, actor: Actor, member_id: str) -> Mapping[str, Any]:
        """Everything that is kept of a member, ready for JSON: rows by table, as they stand in the store.

        The number of a document is in it by kind and last four characters; in clear it is on the document itself.
        Raises MemberUnknown or NotPermitted.
        """
        actor.must(Permission.EXPORT)
        with self._stores.read() as store:
            _known(store, member_id)
            tables = store.persons.extract(member_id)
        return {"member_id": member_id, "at_ms": self._clock.now_ms(), "tables": tables}

    def remains(self, actor: Actor, member_id: str) -> Remains:
        """What would stay. Raises StillHasMoney, StillHasCard, StillReserved, StillLookedFor, MemberUnknown or NotPermitted."""
        actor.must(Permission.MEMBERS)
        with self._stores.read() as store:
            name = _known(store, member_id)
            _check_settled(store, member_id, name)
            tables: Mapping[str, Sequence[Any]] = store.persons.extract(member_id)
            last = store.persons.last_paid_in(member_id)
        return Remains(name, len(tables["sales"]), len(tables["top_ups"]), last and _years_later(last))

    def forget(self, actor: Actor, member_id: str) -> None:
        """Blank a member: nobody finds, calls or recognises them any more; asked again, nothing changes.

        Entries, sales, top-ups and stamped claims stay as they were made, with the name that stood on their papers:
        they are the canteen's books, and a district checks its subsidies by name. What was printed for the kitchen keeps
        what was cooked and not for whom. The numbers of the cards stay, so
        that nobody is given one by chance; who saw the identity number, and why, stays too.
        Raises StillHasMoney, StillHasCard, StillReserved, StillLookedFor, MemberUnknown or NotPermitted.
        """
        actor.must(Permission.MEMBERS)
        with self._stores.write() as store:
            wallet = store.members.wallet(member_id)
            if wallet is None:
                raise MemberUnknown
            name = store.members.name_of(member_id)
            if not name:
                return
            _check_settled(store, member_id, name)
            store.persons.blank(member_id)
            # Nobody is charged, lent a card or put on a list under an empty name.
            left = Absence(f"{member_id}-forgotten", MemberStatus.LEFT, self._clock.local().date())
            store.profiles.put_absence(member_id, left)
            line = (ProfileField.DELETED, "", "")
            store.profiles.note(member_id, actor.staff_id, self._clock.now_ms(), [line])


def _known(store: Store, member_id: str) -> str:
    name = store.members.name_of(member_id)
    if not name:
        raise MemberUnknown
    return name


def _check_settled(store: Store, member_id: str, name: str) -> None:
    wallet, card = store.members.wallet(member_id), store.members.card_of(member_id)
    assert isinstance(wallet, Wallet), "a member has a wallet"
    if wallet.principal or wallet.bonus or wallet.held:
        raise StillHasMoney(name, wallet.spendable + wallet.held)
    if card:
        raise StillHasCard(name, card.uid.printed)
    # A free meal holds no money, and is cooked all the same.
    if any(one.state is State.BOOKED for one in store.reservations.of_member(member_id, date.min)):
        raise StillReserved(name)
    if any(one.member_id == member_id for one in store.cases.open_now()):
        raise StillLookedFor(name)


def _years_later(day: date) -> date:
    try:
        return day.replace(year=day.year + KEPT_YEARS)
    except ValueError:  # 29 February
        return day.replace(year=day.year + KEPT_YEARS, month=3, day=1)
