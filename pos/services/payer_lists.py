"""A payer's list: a company or a community pays for many members, and says for whom in a spreadsheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import uuid5

from pos.domain.account_errors import BatchRefused
from pos.domain.accounts import Batch
from pos.domain.import_rows import IMPORTS, Problem, Wrong
from pos.domain.imports import Layout
from pos.domain.money import Fen
from pos.domain.payer_rows import ReadPayment, read_payments
from pos.domain.pricing import Tender
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store
from pos.ports.imports import KnownMember
from pos.services.batches import BatchLine, BatchRow, TopUpBatches
from pos.services.imports import Source

_MOST_RUNS = 600
"""A list that is paid every month is the same file again for fifty years."""


@dataclass(frozen=True, slots=True)
class PayerLine:
    """A row of the list: whom it means ('' where nobody), what it would do (fen), and what is wrong with it."""

    read: ReadPayment
    member_id: str
    bonus: Fen = 0
    balance_after: Fen = 0
    booked: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class PayerPreview:
    """What would become of a list. `runs` counts how often this very file was booked before."""

    source: Source
    layout: Layout
    batch_id: str
    runs: int
    lines: tuple[PayerLine, ...]

    @property
    def stopped(self) -> int:
        """Rows that cannot be booked; a list is booked whole or not at all."""
        return sum(bool(line.problems) for line in self.lines)

    @property
    def total(self) -> Fen:
        """What the payer pays, in fen."""
        return sum(line.read.amount for line in self.lines)

    @property
    def bonus(self) -> Fen:
        """What comes on top, in fen."""
        return sum(line.bonus for line in self.lines)

    @property
    def rows(self) -> tuple[BatchRow, ...]:
        """The rows as the ledger takes them."""
        return tuple(BatchRow(line.member_id, line.read.amount) for line in self.lines)


class PayerLists:
    """Reads whom a list means and hands it to the top-ups for many."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Book at one till."""
        self._stores = stores
        self._clock = clock
        self._batches = TopUpBatches(stores, clock, till)

    def preview(
        self,
        actor: Actor,
        source: Source,
        layout: Layout,
        progress: Callable[[int, int], None],
        *,
        again: bool = False,
    ) -> PayerPreview:
        """What would become of each row; nothing is written. `again` pays a list once more that was booked before.

        Raises NotPermitted.
        """
        actor.must(Permission.IMPORT)
        today = self._clock.local().date()
        progress(0, 0)
        with self._stores.read() as store:
            runs = next(run for run in range(_MOST_RUNS) if store.accounts.batch(_batch_id(source, run)) is None)
            people = _People(store)
            found = [_meant(people, read) for read in read_payments(source.table, layout, today)]
        batch_id = _batch_id(source, runs if again or not runs else runs - 1)
        meant = [line for line in found if line.member_id]
        planned = self._batches.preview(batch_id, [BatchRow(line.member_id, line.read.amount) for line in meant])
        outcome = {id(line): plan for line, plan in zip(meant, planned, strict=True)}
        lines = tuple(_planned(line, outcome.get(id(line))) for line in found)
        return PayerPreview(source, layout, batch_id, runs, lines)

    def book(self, actor: Actor, preview: PayerPreview, payer: str, tender: Tender) -> Batch:
        """Book the whole list in one transaction; once. Raises BatchRefused for a list with a row that has a problem, and
        what TopUpBatches.book raises.
        """
        if preview.stopped:
            first = next(number for number, line in enumerate(preview.lines, start=1) if line.problems)
            raise BatchRefused(preview.stopped, first, len(preview.lines))
        return self._batches.book(actor, preview.batch_id, payer, preview.rows, tender)


def _batch_id(source: Source, run: int) -> str:
    return str(uuid5(IMPORTS, f"payer/{source.hash}/{source.table.sheet}/{run}"))


def _planned(line: PayerLine, plan: BatchLine | None) -> PayerLine:
    if plan is None or line.problems:
        return line
    problems = (Problem(Wrong.REFUSED, refusal=plan.refusal),) if plan.refusal else ()
    return replace(line, bonus=plan.bonus, balance_after=plan.balance_after, booked=plan.booked, problems=problems)


class _People:
    """Everybody in the books, asked once for the whole list."""

    def __init__(self, store: Store) -> None:
        members = {member.id: member for member in store.imports.members()}
        self.cards = store.imports.cards()
        self.members = members
        self.named: defaultdict[str, list[KnownMember]] = defaultdict(list)
        for member in members.values():
            self.named[member.name].append(member)


def _meant(people: _People, read: ReadPayment) -> PayerLine:
    """Whom a row means: by the card, else by the name with telephone and birth date where the row has them.

    The name must fit the card, for a wrong digit in a list would else give the money to a stranger.
    """
    if read.card is not None:
        owners = {owner for uid, owner in people.cards.get(read.card.tail, ()) if uid.matches(read.card)}
        held = [people.members[owner] for owner in owners if owner in people.members]
        fitting = [member for member in held if not read.name or member.name == read.name]
    else:
        fitting = [member for member in people.named.get(read.name, ()) if _fits(member, read)]
    problems = read.problems
    if len(fitting) != 1:
        problems += (Problem(Wrong.SEVERAL if fitting else Wrong.NOBODY),)
    return PayerLine(read, fitting[0].id if len(fitting) == 1 else "", problems=problems)


def _fits(member: KnownMember, read: ReadPayment) -> bool:
    return (not read.phone or member.phone == read.phone) and (
        read.birth_date is None or member.birth_date == read.birth_date
    )
