"""The claim: what one payer owes for the subsidised meals of a month, line by line, stamped once and never edited.

A line belongs to one ledger entry that moved the payer's receivable account: a meal, or (every amount negative) the
undoing of a meal that an earlier claim holds. So the lines of all claims sum to what the account says, to the fen.
"""

from __future__ import annotations

import hashlib
import json
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

from pos.domain.ledger import GENESIS, entry_number
from pos.domain.menu import Meal
from pos.domain.money import Fen
from pos.domain.pricing import Way


@total_ordering
@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar."""

    year: int
    number: int

    def __lt__(self, other: Month) -> bool:
        return (self.year, self.number) < (other.year, other.number)

    def __str__(self) -> str:
        """'2026-03'."""
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def before(self) -> Month:
        """The month before it."""
        return Month(self.year - 1, 12) if self.number == 1 else Month(self.year, self.number - 1)

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that a day is in."""
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text: str) -> Month:
        """A month as `str` writes it."""
        year, number = text.split("-")
        return cls(int(year), int(number))


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One person's meal as the payer sees it; amounts in fen, negative where an earlier claim is corrected.

    `day` is the meal's business date, `undone_on` that of its undoing. `identity` is the last four characters of
    the identity number, or ''. `age` is the one the rule went by. `due` is the diner's own share, `amount` this
    payer's part, `others` what else was paid, by payer; `operating` and `delivery` are what this payer gives the canteen
    for serving and bringing it, which no bill shows. `by_hand`: charged by name, without a card.
    """

    entry_id: str
    sale_id: str
    number: str
    day: date
    undone_on: date | None
    meal: Meal
    way: Way
    at_ms: int
    till: str
    member_id: str
    name: str
    identity: str
    age: int | None
    categories: tuple[str, ...]
    community: str
    hukou: str
    by_hand: bool
    list_price: Fen
    due: Fen
    amount: Fen
    others: tuple[tuple[str, Fen], ...]
    operating: Fen
    delivery: Fen
    rules: tuple[str, ...]
    tariff_id: str

    @property
    def meals(self) -> int:
        """1, or -1 where a meal is taken back."""
        return 1 if self.undone_on is None else -1


@dataclass(frozen=True, slots=True)
class Head:
    """How far a till's ledger had come: its last entry and that entry's hash."""

    till: str
    epoch: int
    seq: int
    hash: str

    @property
    def number(self) -> str:
        """The entry's number on paper."""
        return entry_number(self.till, self.epoch, self.seq)


@dataclass(frozen=True, slots=True)
class Claim:
    """A stamped claim without its lines. `heads` is the ledger that it was made from; `total` is in fen.

    `names` are what the other payers of its meals were called on the day of the stamp, by payer.
    """

    id: str
    seq: int
    payer: str
    payer_name: str
    names: tuple[tuple[str, str], ...]
    canteen: str
    month: Month
    lines: int
    total: Fen
    heads: tuple[Head, ...]
    staff_id: str
    staff_name: str
    at_ms: int
    prev_hash: str
    hash: str = ""

    @property
    def number(self) -> str:
        """What stands on paper: 'city-2026-03'. A payer gets one claim a month."""
        return f"{self.payer}-{self.month}"


def claim_hash(claim: Claim, written_lines: Iterable[str]) -> str:
    """SHA-256 over everything that a claim says, its own hash left out; `written_lines` come from `write_line`."""
    body = [
        claim.id,
        claim.seq,
        claim.payer,
        claim.payer_name,
        claim.names,
        claim.canteen,
        str(claim.month),
        claim.lines,
        claim.total,
        [[head.till, head.epoch, head.seq, head.hash] for head in claim.heads],
        claim.staff_id,
        claim.staff_name,
        claim.at_ms,
    ]
    digest = hashlib.sha256(f"{claim.prev_hash}\n{_json(body)}".encode())
    for line in written_lines:
        digest.update(b"\n")
        digest.update(line.encode())
    return digest.hexdigest()


FIRST_CLAIM_FOLLOWS = GENESIS
"""The hash that the first claim of a canteen follows."""


def write_line(line: ClaimLine) -> str:
    """A line as the hash covers it and the store keeps it."""
    return _json(
        [
            line.entry_id,
            line.sale_id,
            line.number,
            line.day.isoformat(),
            None if line.undone_on is None else line.undone_on.isoformat(),
            line.meal,
            line.way,
            line.at_ms,
            line.till,
            line.member_id,
            line.name,
            line.identity,
            line.age,
            line.categories,
            line.community,
            line.hukou,
            line.by_hand,
            line.list_price,
            line.due,
            line.amount,
            line.others,
            line.operating,
            line.delivery,
            line.rules,
            line.tariff_id,
        ]
    )


def read_line(text: str) -> ClaimLine:
    """The line that `write_line` wrote."""
    (
        entry_id,
        sale_id,
        number,
        day,
        undone_on,
        meal,
        way,
        at_ms,
        till,
        member_id,
        name,
        identity,
        age,
        categories,
        community,
        hukou,
        by_hand,
        list_price,
        due,
        amount,
        others,
        operating,
        delivery,
        rules,
        tariff_id,
    ) = json.loads(text)
    return ClaimLine(
        entry_id,
        sale_id,
        number,
        date.fromisoformat(day),
        None if undone_on is None else date.fromisoformat(undone_on),
        Meal(meal),
        Way(way),
        at_ms,
        till,
        member_id,
        name,
        identity,
        age,
        tuple(categories),
        community,
        hukou,
        by_hand,
        list_price,
        due,
        amount,
        tuple((payer, part) for payer, part in others),
        operating,
        delivery,
        tuple(rules),
        tariff_id,
    )


def claimable(lines: Iterable[ClaimLine]) -> tuple[ClaimLine, ...]:
    """What is claimed of the lines that no claim holds yet, by day and number: a meal that was undone before
    anybody claimed it is nobody's business.
    """
    found = tuple(lines)
    undone = {line.sale_id for line in found if line.undone_on is not None}
    whole = undone & {line.sale_id for line in found if line.undone_on is None}
    kept = (line for line in found if line.sale_id not in whole)
    return tuple(sorted(kept, key=lambda line: (line.undone_on is not None, line.day, line.at_ms, line.number)))


def total_of(lines: Iterable[ClaimLine]) -> Fen:
    """What the payer owes for these lines, in fen."""
    return sum(line.amount for line in lines)


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that a payer sent (fen), booked once; `received_on` is the bank's date. `id` is its entry's id."""

    id: str
    number: str
    payer: str
    amount: Fen
    received_on: date
    reference: str
    staff_name: str
    at_ms: int
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Owed:
    """Where a canteen stands with a payer, in fen: `unclaimed` is what no claim holds yet."""

    payer: str
    payer_name: str
    claimed: Fen
    paid: Fen
    unclaimed: Fen

    @property
    def open(self) -> Fen:
        """Claimed and not paid yet."""
        return self.claimed - self.paid


def open_parts(claims: Sequence[Claim], paid: Fen) -> dict[str, Fen]:
    """What is still open of each claim (fen) by its id, money going to the oldest claim first."""
    parts: dict[str, Fen] = {}
    for claim in sorted(claims, key=lambda one: one.seq):
        covered = min(paid, claim.total)
        parts[claim.id] = claim.total - covered
        paid -= covered
    return parts


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
