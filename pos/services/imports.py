"""Bringing in members and opening balances from a file: looked at first, written whole or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from pos.domain.accounts import after_top_up, limit_of
from pos.domain.canteen import Canteen
from pos.domain.cards import CardUid
from pos.domain.errors import BalanceAboveLimit, CardTaken
from pos.domain.identity import SealedDocument
from pos.domain.import_rows import Newcomer, Problem, ReadMember, Wrong, read_members
from pos.domain.imports import ImportField, Layout
from pos.domain.ledger import Draft, EntryKind, Lot
from pos.domain.members import Member, Wallet
from pos.domain.money import Fen
from pos.domain.opening import OPENING_TERMS, opening_id, opening_postings
from pos.domain.profile import held_on
from pos.domain.shifts import Shift
from pos.domain.staff import Actor, Permission
from pos.domain.tables import ReadTable
from pos.ports import Clock, OpenStore, Store
from pos.ports.imports import KnownMember
from pos.ports.tables import ReadsTables
from pos.services.identities import have_key
from pos.services.members import search_keys
from pos.services.shifts import open_shift
from pos.services.topping_up import canteen_of
from pos.services.vault import Vault

Progress = Callable[[int, int], None]
"""Told how much is done and how much there is in all; it ends the work by raising."""

_TOLD_EVERY = 100
_WRITTEN_AT_ONCE = 1_000


class Fate(StrEnum):
    """What becomes of a row: somebody new, somebody known, somebody to be looked at first, or nothing."""

    NEW = "new"
    KNOWN = "known"
    DOUBTFUL = "doubtful"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Source:
    """A sheet of a file that was read; `hash` is the file's, so that the same file is known again."""

    path: Path
    hash: str
    table: ReadTable


@dataclass(frozen=True, slots=True)
class ImportLine:
    """A row with its fate. `member_id` is the newcomer's or, of a known one, the member's.

    `opening` says that an opening balance will be written, for a known member too.
    """

    read: ReadMember
    fate: Fate
    member_id: str = ""
    opening: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become of a file. Nothing is written yet."""

    source: Source
    layout: Layout
    lines: tuple[ImportLine, ...]

    def count(self, fate: Fate) -> int:
        """How many rows have this fate."""
        return sum(line.fate is fate for line in self.lines)

    def taken(self, *, doubtful: bool) -> tuple[ImportLine, ...]:
        """The rows that would be written."""
        fates = {Fate.NEW, Fate.DOUBTFUL} if doubtful else {Fate.NEW}
        return tuple(
            line
            for line in self.lines
            if line.fate in fates or (line.fate is Fate.KNOWN and line.opening)
        )


@dataclass(frozen=True, slots=True)
class Imported:
    """What was written: members, opening balances, and their sums (fen)."""

    members: int
    openings: int
    principal: Fen
    bonus: Fen


class Imports:
    """Reads, previews, writes; each may be ended by its progress and then leaves nothing behind."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str, reader: ReadsTables, vault: Vault) -> None:
        """Opening balances are entries of one till; numbers of documents are sealed in `vault`."""
        self._stores = stores
        self._clock = clock
        self._till = till
        self._reader = reader
        self._vault = vault

    def read(self, actor: Actor, path: Path, sheet: str, progress: Progress) -> Source:
        """Read a sheet; '' is the first with rows. Raises what the reader refuses, or NotPermitted."""
        actor.must(Permission.IMPORT)
        found, table = self._reader.read(path, sheet, progress)
        return Source(path, found, table)

    def preview(self, actor: Actor, source: Source, layout: Layout, progress: Progress) -> Preview:
        """What would become of each row. Raises NotPermitted."""
        actor.must(Permission.IMPORT)
        with self._stores.read() as store:
            canteen = canteen_of(store)
            rows, whole = [], len(source.table.rows)
            read = read_members(source.table, layout, source.hash, self._clock.local().date(), canteen.categories)
            for done, row in enumerate(read):
                rows.append(row)
                if done % _TOLD_EVERY == 0:
                    progress(done, whole)
            return Preview(source, layout, _judged(store, self._vault, canteen, rows, self._clock.local().date()))

    def run(self, actor: Actor, preview: Preview, *, doubtful: bool, progress: Progress) -> Imported:
        """Write the rows of a preview that are looked at once more: in one transaction, and once.

        What another counter stored meanwhile is left alone. Raises NoShift, ShiftTooOld, ClockWentBack, KeyMissing,
        KeyUnreadable, KeyExposed or NotPermitted.
        """
        actor.must(Permission.IMPORT)
        with self._stores.write() as store:
            if any(line.read.newcomer and line.read.newcomer.card for line in preview.lines):
                store.cards.in_turn()
            canteen, now_ms = canteen_of(store), self._clock.now_ms()
            today = self._clock.local().date()
            lines = _judged(store, self._vault, canteen, [line.read for line in preview.lines], today)
            taken = replace(preview, lines=lines).taken(doubtful=doubtful)
            added = [line for line in taken if line.fate is not Fate.KNOWN]
            opened = [line for line in taken if line.opening]
            if any(_of(line).document for line in added):
                have_key(store, self._vault)
            for start in range(0, len(added), _WRITTEN_AT_ONCE):
                progress(start, len(added) + len(opened))
                some = added[start : start + _WRITTEN_AT_ONCE]
                people = (_of(line) for line in some)
                store.imports.add(people, lambda one: search_keys(one.profile), self._sealed, now_ms)
            if opened:
                shift = open_shift(store, self._clock, self._till, actor)
                _open_balances(
                    store, canteen, opened, shift, actor, now_ms,
                    lambda done, whole: progress(
                        len(added) + done * len(opened) // max(whole, 1), len(added) + len(opened)
                    ),
                )  # fmt: skip
            return Imported(
                len(added),
                len(opened),
                sum(_of(line).principal for line in opened),
                sum(_of(line).bonus for line in opened),
            )

    def _sealed(self, one: Newcomer) -> SealedDocument | None:
        return self._vault.seal(one.id, one.document) if one.document else None


def _of(line: ImportLine) -> Newcomer:
    assert line.read.newcomer is not None, "a row that is taken tells of somebody"
    return line.read.newcomer


def _open_balances(
    store: Store,
    canteen: Canteen,
    lines: Iterable[ImportLine],
    shift: Shift,
    actor: Actor,
    now_ms: int,
    progress: Progress,
) -> None:
    lots, drafts = [], []
    # In the order of their wallets, as every counter locks them.
    for line in sorted(lines, key=lambda line: line.member_id):
        one, entry_id = _of(line), opening_id(line.member_id)
        lots.append(
            Lot(entry_id, line.member_id, one.principal, one.bonus, 0, 0, canteen.spend_order, OPENING_TERMS)
        )
        postings = opening_postings(line.member_id, one.principal, one.bonus)
        drafts.append(
            Draft(entry_id, EntryKind.OPENING, shift.business_date, now_ms, shift.id, actor.staff_id, postings)
        )
    store.ledger.add_lots(lots)
    store.ledger.post_all(drafts, progress)


# -- who is known ----------------------------------------------------------------------------------------


def _judged(
    store: Store, vault: Vault, canteen: Canteen, rows: Iterable[ReadMember], day: date
) -> tuple[ImportLine, ...]:
    known = _Known(store, vault, canteen, day)
    return tuple(known.judged(row) for row in rows)


class _Known:
    """Everybody in the books, asked once for the whole file."""

    def __init__(self, store: Store, vault: Vault, canteen: Canteen, day: date) -> None:
        self._store, self._vault, self._canteen, self._day = store, vault, canteen, day
        self._opened: dict[str, int] = {}
        self._numbers = store.imports.numbers()
        self._members = {member.id: member for member in store.imports.members()}
        self._deleted = store.imports.deleted()
        self._cards = store.imports.cards()
        self._wallets = store.imports.wallets()
        self._openings = store.imports.openings()
        self._named: defaultdict[str, list[KnownMember]] = defaultdict(list)
        for member in self._members.values():
            self._named[member.name].append(member)

    def judged(self, row: ReadMember) -> ImportLine:
        """A row's fate."""
        one = row.newcomer
        if one is None or row.stopped:
            return ImportLine(row, Fate.STOPPED)
        if one.id in self._deleted:
            return ImportLine(row.but(Problem(Wrong.DELETED)), Fate.STOPPED)
        member = self._meant(one)
        row = row.but(*self._problems(one, member))
        if row.stopped:
            return ImportLine(row, Fate.STOPPED)
        owes = bool(one.principal or one.bonus)
        if member is not None:
            opening = owes and member.id not in self._openings
            if opening and (first := self._opened.setdefault(member.id, row.row)) != row.row:
                return ImportLine(row.but(Problem(Wrong.TWICE, row=first)), Fate.STOPPED)
            return ImportLine(row, Fate.KNOWN, member.id, opening=opening)
        return ImportLine(row, Fate.DOUBTFUL if row.problems else Fate.NEW, one.id, opening=owes)

    def _meant(self, one: Newcomer) -> KnownMember | None:
        """The member whom a row means: the one it made before, whose number it is, the holder of its card by name, or
        who is just the same."""
        if one.id in self._members:
            return self._members[one.id]
        profile, numbered = one.profile, self._numbered(one)
        if numbered is not None and numbered.name == profile.name:
            return numbered
        holder = self._members.get(self._owner(one.card))
        if holder is not None and holder.name == profile.name:
            return holder
        if profile.birth_date is None and not profile.phone:
            return None
        same = (
            member
            for member in self._named[profile.name]
            if (member.birth_date, member.phone) == (profile.birth_date, profile.phone)
        )
        return next(same, None)

    def _numbered(self, one: Newcomer) -> KnownMember | None:
        """The member whose number is the row's."""
        if one.document is None or not self._numbers:
            return None
        prints = self._vault.fingerprints(one.document.number)
        owners = (self._members.get(self._numbers[found]) for found in prints if found in self._numbers)
        return next((owner for owner in owners if owner is not None), None)

    def _owner(self, card: CardUid | None) -> str:
        """The id of who has or had a card, '' for a new one."""
        known = self._cards.get(card.tail, ()) if card else ()
        return next((owner for uid, owner in known if card and uid.matches(card)), "")

    def _problems(self, one: Newcomer, member: KnownMember | None) -> Iterable[Problem]:
        owner = self._owner(one.card)
        if one.card and owner and not (member and owner == member.id):
            holder = self._members.get(owner)
            taken = CardTaken(one.card.printed, holder.name if holder else "")
            yield Problem(Wrong.REFUSED, ImportField.CARD, refusal=taken)
        numbered = self._numbered(one)
        if numbered is not None and numbered != member:
            yield Problem(Wrong.NUMBER_TAKEN, ImportField.IDENTITY, words=numbered.name)
        if member is None:
            yield from self._lookalikes(one)
        yield from self._of_opening(one, member)

    def _lookalikes(self, one: Newcomer) -> Iterable[Problem]:
        """Somebody of the same name and birth date, or of the same name where one of both is not known."""
        for other in self._named[one.profile.name]:
            if one.profile.birth_date in (other.birth_date, None) or other.birth_date is None:
                yield Problem(Wrong.LOOKS_LIKE, words=other.phone[-4:])
                return

    def _of_opening(self, one: Newcomer, member: KnownMember | None) -> Iterable[Problem]:
        if not (one.principal or one.bonus):
            return
        brought = self._openings.get(member.id) if member else None
        if brought is not None:
            if brought != (one.principal, one.bonus):
                yield Problem(Wrong.OTHER_OPENING, ImportField.PRINCIPAL)
            return
        wallet = self._wallets.get(member.id) if member else None
        after = after_top_up(self._canteen, wallet or Wallet("", 0, 0), one.principal, one.bonus)
        limit = self._limit_of(one, member)
        if after > limit:
            yield Problem(Wrong.REFUSED, ImportField.PRINCIPAL, refusal=BalanceAboveLimit(after, limit))

    def _limit_of(self, one: Newcomer, member: KnownMember | None) -> Fen:
        """What the card may hold (fen): by what the books say of somebody known, else by what the row says."""
        known = self._store.members.get(member.id, self._day) if member else None
        told = held_on(one.profile.particulars.categories, self._day)
        return limit_of(self._canteen, known or Member(one.id, one.profile.name, None, "", categories=told))
