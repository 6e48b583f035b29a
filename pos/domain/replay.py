"""Replay: the real meals of a month under another tariff, and what would have changed, per payer, rule and age."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pos.domain.bill import DINER, WAIVER, Basket, Bill, Tender, Way
from pos.domain.circumstances import Circumstances, Person
from pos.domain.claim_figures import age_band
from pos.domain.members import age_on
from pos.domain.menu import Meal
from pos.domain.money import Fen
from pos.domain.pricing import Waiver, price
from pos.domain.tariff import Tariff
from pos.domain.usage import Had, Per, Usage, stretch

TOLD_EVERY = 200


@dataclass(frozen=True, slots=True)
class PastMeal:
    """A meal as it was sold: for whom (as of its date), when, what, and who paid which part (fen) by which rule.

    `member_id` is '' for a walk-in. `parts` has (payer, rule id or '', amount), fees left out.
    """

    member_id: str
    person: Person
    day: date
    meal: Meal
    way: Way
    tender: Tender
    at_ms: int
    basket: Basket
    parts: tuple[tuple[str, str, Fen], ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """One payer, rule or age band: in how many meals it paid or was helped, and how much (fen), then and under the
    draft.
    """

    key: str
    meals_before: int
    meals_after: int
    before: Fen
    after: Fen

    @property
    def change(self) -> Fen:
        """How much more it would have been, in fen."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Replay:
    """What a draft would have changed. `dearer` and `cheaper` count the meals for which a diner would have paid more
    or less; `by_age` is the diners' own share.
    """

    meals: int
    dearer: int
    cheaper: int
    by_payer: tuple[Moved, ...]
    by_rule: tuple[Moved, ...]
    by_age: tuple[Moved, ...]


def replay(
    meals: Iterable[PastMeal],
    tariff: Tariff,
    when: Callable[[PastMeal], Circumstances],
    progress: Callable[[int], None],
) -> Replay:
    """Price meals, given in the order in which they were sold, under a tariff.

    What a person had before is what the draft itself gave: the month begins with nothing used. A manager's waiver
    stays a waiver. `progress` is told how many are done; what it raises ends the work.
    """
    book = _Book(tariff)
    for number, meal in enumerate(meals, start=1):
        book.enter(meal, when(meal))
        if number % TOLD_EVERY == 0:
            progress(number)
    return book.closed()


@dataclass(slots=True)
class _Sum:
    """Meals and amounts (fen), before and after."""

    meals_before: int = 0
    meals_after: int = 0
    before: Fen = 0
    after: Fen = 0


Sums = dict[str, _Sum]


@dataclass(slots=True)
class _Book:
    """The sums of a replay as it goes on."""

    tariff: Tariff
    meals: int = 0
    dearer: int = 0
    cheaper: int = 0
    by_payer: Sums = field(default_factory=lambda: defaultdict(_Sum))
    by_rule: Sums = field(default_factory=lambda: defaultdict(_Sum))
    by_age: Sums = field(default_factory=lambda: defaultdict(_Sum))
    had: dict[str, list[Had]] = field(default_factory=dict)
    counted: Per = field(init=False)

    def __post_init__(self) -> None:
        """The longest stretch that the tariff counts over: what lies before it is forgotten."""
        limits = [limit for step in self.tariff.steps for limit in step.limits]
        limits += [limit for rule in self.tariff.rules for limit in rule.limit.stated]
        order = list(Per)
        self.counted = max((per for per, _most in limits), key=order.index, default=Per.DAY)

    def enter(self, meal: PastMeal, when: Circumstances) -> None:
        had = self._had(meal)
        waived = sum(amount for payer, _rule, amount in meal.parts if payer == WAIVER)
        waiver = Waiver("", waived) if waived else None
        bill = price(meal.basket, meal.person, when, Usage(tuple(had)), self.tariff, waiver)
        self._add(meal, bill)
        if meal.member_id:
            rules = tuple(line.rule_id for line in (*bill.lines, *bill.reports) if line.rule_id)
            had.append(Had(meal.day, meal.meal, rules, meal.at_ms))

    def _had(self, meal: PastMeal) -> list[Had]:
        """What the member had in the stretch that counts."""
        if not meal.member_id:
            return []
        known = self.had.setdefault(meal.member_id, [])
        if known and known[0].day != meal.day:
            first, _last = stretch(self.counted, meal.day)
            if self.counted is Per.MEAL:
                first = meal.day
            known[:] = [one for one in known if one.day >= first]
        return known

    def _add(self, meal: PastMeal, bill: Bill) -> None:
        after = [
            (line.payer, line.rule_id, line.amount) for line in bill.lines if not line.is_fee
        ]
        for sums, at in ((self.by_payer, 0), (self.by_rule, 1)):
            _count(sums, meal.parts, at, before=True)
            _count(sums, after, at, before=False)
        before_due = sum(amount for payer, _rule, amount in meal.parts if payer == DINER)
        after_due = sum(amount for payer, _rule, amount in after if payer == DINER)
        band = self.by_age[_band(meal, self.tariff)]
        band.meals_before += 1
        band.meals_after += 1
        band.before += before_due
        band.after += after_due
        self.meals += 1
        self.dearer += after_due > before_due
        self.cheaper += after_due < before_due

    def closed(self) -> Replay:
        by_rule = {rule: sums for rule, sums in self.by_rule.items() if rule}
        return Replay(
            self.meals,
            self.dearer,
            self.cheaper,
            _moved(self.by_payer),
            _moved(by_rule),
            _moved(self.by_age),
        )


def _count(sums: Sums, parts: Iterable[tuple[str, str, Fen]], at: int, *, before: bool) -> None:
    seen: set[str] = set()
    for part in parts:
        key, amount = str(part[at]), part[2]
        if not amount:  # the stored own share of a free meal: nobody paid
            continue
        one = sums[key]
        new = key not in seen
        seen.add(key)
        if before:
            one.before += amount
            one.meals_before += new
        else:
            one.after += amount
            one.meals_after += new


def _band(meal: PastMeal, tariff: Tariff) -> str:
    born = meal.person.birth_date
    return age_band(None if born is None else age_on(born, meal.day, tariff.age_starts))


def _moved(sums: Mapping[str, _Sum]) -> tuple[Moved, ...]:
    return tuple(
        Moved(key, one.meals_before, one.meals_after, one.before, one.after) for key, one in sorted(sums.items())
    )
