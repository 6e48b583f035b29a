"""What selling needs from the store: members, menu, tariff, sales, ledger, shifts, staff, paper and canteen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from pos.domain.accounts import TopUp
from pos.domain.canteen import Canteen
from pos.domain.ledger import Draft, Entry, Lot
from pos.domain.members import Card, Member, MemberHit, Wallet
from pos.domain.menu import Dish, DishKind, Meal, Menu, Offer, Plan
from pos.domain.money import Fen
from pos.domain.paper import JobState, PrintJob, SlipKind
from pos.domain.sales import Sale
from pos.domain.shifts import Report, Shift
from pos.domain.staff import StaffMember
from pos.domain.usage import Usage
from pos.domain.verify import Verdict


class MemberRows(Protocol):
    """Members, their cards and their wallets."""

    def get(self, member_id: str, day: date) -> Member | None:
        """The member as of a day (status, categories and passes are those of that day), or None."""
        ...

    def name_of(self, member_id: str) -> str:
        """The member's name; '' where there is no such member."""
        ...

    def cards_ending(self, tail: str) -> tuple[Card, ...]:
        """Every card, in whatever state, whose last four bytes (8 hex characters) are these."""
        ...

    def card_of(self, member_id: str) -> Card | None:
        """The member's active card, or None."""
        ...

    def wallet(self, member_id: str) -> Wallet | None:
        """The wallet; in a writing store its row is locked until the end of the transaction."""
        ...

    def photo(self, member_id: str) -> bytes | None:
        """The picture file, or None; `get` leaves it out because a sale does not need it."""
        ...

    def search(self, keys: tuple[str, ...], today: date, limit: int) -> tuple[MemberHit, ...]:
        """Members of whom some search key starts with each of these lower-case words, as of a day."""
        ...

    def hits(self, member_ids: Iterable[str], today: date) -> tuple[MemberHit, ...]:
        """These members as a search shows them, as of a day."""
        ...

    def add(self, member: Member, search_keys: Iterable[str], at_ms: int) -> None:
        """Store a new, active member with an empty wallet; what the member holds holds from ever to ever."""
        ...

    def add_card(self, card: Card, at_ms: int) -> None:
        """Store a new card."""
        ...


class MenuRows(Protocol):
    """Dishes and what is offered on a day."""

    def menu(self, day: date, meal: Meal) -> Menu:
        """The day's menu; where the day has none, the standing one; where there is none, an empty one."""
        ...

    def plan(self, day: date | None, meal: Meal) -> Plan:
        """What was planned for a day, or with None for all days that have no plan of their own."""
        ...

    def dishes(self) -> tuple[Dish, ...]:
        """Every dish, those no longer cooked too, by kind and name."""
        ...

    def add_dish(self, dish_id: str, name: str, kind: DishKind, price: Fen) -> None:
        """Store a dish with its list price (fen)."""
        ...

    def change_dish(self, dish: Dish, today: date, staff_id: str, at_ms: int) -> None:
        """Give a dish this name, kind, price, tags and parts from today on, and remember who did."""
        ...

    def photos(self, dish_ids: Iterable[str]) -> Mapping[str, bytes]:
        """The picture files of these dishes, by dish; one without a picture is left out."""
        ...

    def set_photo(self, dish_id: str, photo: bytes | None, mark: str) -> None:
        """Keep another picture of a dish, or none; `mark` tells it from others."""
        ...

    def set_menu(self, day: date | None, meal: Meal, offers: Iterable[Offer]) -> None:
        """Replace a day's menu, or with None the standing one that holds where a day has none.

        Without offers a day goes by the standing one again.
        """
        ...

    def capacity(self, day: date | None, meal: Meal) -> int | None:
        """How many portions there are at a meal, of whatever dishes; None is no limit.

        A day that goes by the standing menu goes by its limit too.
        """
        ...

    def set_capacity(self, day: date | None, meal: Meal, capacity: int | None) -> None:
        """Limit a day's own menu, or with None the standing one."""
        ...


class SaleRows(Protocol):
    """Committed sales; append-only."""

    def get(self, sale_id: str) -> Sale | None:
        """The sale as it was made, with `undone` as it is now."""
        ...

    def add(self, sale: Sale) -> None:
        """Store a sale whose entry was posted in this transaction (`sale.id` is the entry's id)."""
        ...

    def usage(self, member_id: str, day: date) -> Usage:
        """This member's sales of the week and the month around a date that were not undone, with their rules, and
        after them the reservations that wait. Of a meal's sales that no rule gave anything to there is the last.
        """
        ...

    def recent(self, member_id: str, limit: int) -> tuple[Sale, ...]:
        """The member's last sales that were not undone, newest first."""
        ...

    def last_of_shift(self, shift_id: str) -> Sale | None:
        """The newest sale of a shift that was made at the counter and not undone."""
        ...

    def of_shift(self, shift_id: str, limit: int) -> tuple[Sale, ...]:
        """A shift's newest sales, undone ones too, newest first."""
        ...

    def day_totals(self, till: str, day: date) -> tuple[int, Fen]:
        """How many sales (not undone) a till made on a business date, and the diners' own share of them (fen)."""
        ...


class LedgerRows(Protocol):
    """The ledger: entries, lots, and the top-ups that made the lots; append-only."""

    def post(self, draft: Draft) -> Entry:
        """Number, chain and store an entry, and move the cached balances of wallets and lots it touches.

        Raises NotEnough when a wallet would fall below zero, AlreadyUndone when `reverses` was reversed before.
        """
        ...

    def post_all(self, drafts: Sequence[Draft], progress: Callable[[int, int], None]) -> None:
        """Post many entries that reverse nothing, in their order, as `post` does but quicker.

        `progress` is told steps done and steps in all, and may end it all by raising. Raises NotEnough where a wallet
        has less than all of them together take out of it.
        """
        ...

    def entry(self, entry_id: str) -> Entry | None:
        """An entry with its postings."""
        ...

    def last(self, till: str) -> Entry | None:
        """The till's newest entry, postings left out."""
        ...

    def last_at(self, till: str) -> tuple[str, int] | None:
        """Shift and instant (UTC, ms) of the till's newest entry, or None where it has none."""
        ...

    def is_reversed(self, entry_id: str) -> bool:
        """Whether an entry was reversed."""
        ...

    def open_lots(self, member_id: str) -> tuple[Lot, ...]:
        """The member's lots that hold something, oldest first."""
        ...

    def add_lots(self, lots: Iterable[Lot]) -> None:
        """Store many lots, empty, as `add_lot` does."""
        ...

    def add_lot(self, lot: Lot) -> None:
        """Store the lot of a top-up, empty: posting the entry fills it."""
        ...

    def add_top_up(self, top_up: TopUp) -> None:
        """Store the facts of a top-up whose entry was posted in this transaction."""
        ...

    def top_up(self, top_up_id: str) -> TopUp | None:
        """A top-up as it was made, with `undone` as it is now."""
        ...

    def balance(self, account: str) -> Fen:
        """The sum of an account's postings, in fen (debit positive)."""
        ...

    def verify(self, scanned_head: str, progress: Callable[[int, int], None]) -> Verdict:
        """Re-derive every balance and every hash. `progress` is told entries done and entries in all."""
        ...


class ShiftRows(Protocol):
    """Shifts of the tills."""

    def open_at(self, till: str) -> Shift | None:
        """The till's open shift, or None."""
        ...

    def get(self, shift_id: str) -> Shift | None:
        """A shift by its id."""
        ...

    def add(self, shift: Shift) -> None:
        """Store a shift that was just opened."""
        ...

    def close(self, shift: Shift) -> None:
        """Store the closing facts (`closed_ms`, `closed_by`, `expected`, `counted`) of an open shift."""
        ...

    def report(self, shift: Shift, now_ms: int) -> Report:
        """What the shift did, in fen, read from sales, top-ups and the drawer's account."""
        ...


class StaffRows(Protocol):
    """Who may sign in."""

    def all(self) -> tuple[StaffMember, ...]:
        """Everybody, by name."""
        ...

    def named(self, name: str) -> StaffMember | None:
        """An active member of the staff by exact name."""
        ...

    def add(self, staff: StaffMember) -> None:
        """Store somebody new."""
        ...

    def pin_tried(self, staff_id: str, wrong_pins: int, last_wrong_ms: int) -> None:
        """Remember how many wrong PINs in a row there were (0 after a right one)."""
        ...

    def set_pin(self, staff_id: str, pin_hash: str) -> None:
        """Let another PIN sign in."""
        ...

    def set_active(self, staff_id: str, active: bool) -> None:
        """Let somebody sign in, or not any more; what they did stays theirs."""
        ...


class PaperRows(Protocol):
    """The print outbox of a till."""

    def add(
        self,
        till: str,
        kind: SlipKind,
        subject: str,
        at_ms: int,
        *,
        copy: int = 0,
        asked_by: str = "",
        kick: bool = False,
    ) -> None:
        """Put a paper into the outbox."""
        ...

    def waiting(self, till: str, limit: int) -> tuple[PrintJob, ...]:
        """What waits, oldest first."""
        ...

    def copies(self, kind: SlipKind, subject: str) -> int:
        """How many reprints of a paper were asked for so far."""
        ...

    def claim(self, job_id: int) -> bool:
        """Mark a WAITING job UNKNOWN for whoever is about to print it; False when it waits no more."""
        ...

    def set_state(self, job_id: int, state: JobState) -> None:
        """Write down what became of a job."""
        ...

    def settle(self, kind: SlipKind, subject: str) -> None:
        """A person looked at a paper whose state was UNKNOWN: it is taken as SENT."""
        ...

    def settle_all(self, till: str) -> None:
        """A person looked at all papers of a till whose state was UNKNOWN: they are taken as SENT."""
        ...

    def open_jobs(self, till: str) -> Mapping[JobState, int]:
        """How many jobs are waiting and how many unknown."""
        ...


class CanteenRows(Protocol):
    """What the canteen decided."""

    def get(self) -> Canteen | None:
        """The canteen, or None before the first start was finished."""
        ...

    def put(self, canteen: Canteen, staff_id: str, at_ms: int) -> None:
        """Store a new version of the canteen's settings; earlier versions stay (audit trail)."""
        ...

    def mark(self) -> str:
        """What tells this canteen from another: 8 hex characters, the same for ever; '' before the first start."""
        ...

    def register_till(self, till: str) -> None:
        """Make sure that this till has its row (epoch, sequence, head). Idempotent."""
        ...
