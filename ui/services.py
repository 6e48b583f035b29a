"""The use cases behind the counter, put together for one till."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from pos.ports import Clock, OpenStore
from pos.ports.tables import Files
from pos.services.accounts import TopUps
from pos.services.canteen import Canteens
from pos.services.cards import Cards
from pos.services.cases import Cases
from pos.services.identities import Identities
from pos.services.lending import Lending
from pos.services.members import Members
from pos.services.paper import Papers
from pos.services.persons import Persons
from pos.services.pick_up import PickUp
from pos.services.reservations import Reservations
from pos.services.sales import Checkout
from pos.services.shifts import Shifts
from pos.services.staff import Desk
from pos.services.standing import Standing
from pos.services.vault import Vault
from pos.services.verify import Verify
from ui.readers.reader import CardReader


class OutboxState(Protocol):
    """How the papers stand, as the outbox tells it."""

    @property
    def waiting(self) -> int: ...
    @property
    def unknown(self) -> int: ...
    @property
    def fault(self) -> str | None: ...
    @property
    def has_printer(self) -> bool: ...
    @property
    def more(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases behind the counter. `payers` names who pays subsidies; `print_next` prints one paper.

    The sections of the office build their own on `stores`, for this `till`.
    """

    canteens: Canteens
    desk: Desk
    shifts: Shifts
    checkout: Checkout
    top_ups: TopUps
    members: Members
    cards: Cards
    lending: Lending
    identities: Identities
    standing: Standing
    persons: Persons
    reservations: Reservations
    pick_up: PickUp
    cases: Cases
    papers: Papers
    verify: Verify
    payers: Callable[[], Mapping[str, str]]
    print_next: Callable[[], OutboxState]
    stores: OpenStore
    till: str
    files: Files
    vault: Vault
    reader: CardReader


def services_over(
    stores: OpenStore,
    clock: Clock,
    till: str,
    print_next: Callable[[], OutboxState],
    files: Files,
    vault: Vault,
    reader: CardReader,
) -> Services:
    """Every use case on one store, for one till; numbers of documents are sealed in `vault`, cards heard by `reader`."""

    def payers() -> Mapping[str, str]:
        with stores.read() as store:
            return store.tariff.in_force(clock.local().date()).payer_names

    return Services(
        canteens=Canteens(stores, clock, till),
        desk=Desk(stores, clock),
        shifts=Shifts(stores, clock, till),
        checkout=Checkout(stores, clock, till),
        top_ups=TopUps(stores, clock, till),
        members=Members(stores, clock, vault),
        cards=Cards(stores, clock, till),
        lending=Lending(stores, clock, till),
        identities=Identities(stores, clock, vault),
        standing=Standing(stores, clock, till),
        persons=Persons(stores, clock),
        reservations=Reservations(stores, clock, till),
        pick_up=PickUp(stores, clock, till),
        cases=Cases(stores, clock),
        papers=Papers(stores, clock, till),
        verify=Verify(stores),
        payers=payers,
        print_next=print_next,
        stores=stores,
        till=till,
        files=files,
        vault=vault,
        reader=reader,
    )
