"""A tariff as values: its rules, what they ask for, what they give, who pays it and how often.

Every part of a rule that is not said asks for nothing: a rule of an id and a gift is for everybody, always.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pos.domain.areas import Area, Level
from pos.domain.bill import Tender, Way
from pos.domain.calendar import DayKind
from pos.domain.members import AgeStarts
from pos.domain.menu import DishKind, Meal
from pos.domain.money import Fen
from pos.domain.usage import Per

OLDEST = 150


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays subsidies: the name on screen and paper, and for which area, where it is an authority."""

    name: str
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """The person: full years on the meal's date (both included), categories, home, diets, passes.

    Of `any_of`, `diets` and `passes` one is enough, of `all_of` none may be missing; `hukou` (where somebody is
    registered) and `residence` lie in one of these areas.
    """

    age_from: int = 0
    age_to: int = OLDEST
    any_of: frozenset[str] = frozenset()
    all_of: frozenset[str] = frozenset()
    hukou: tuple[Area, ...] = ()
    residence: tuple[Area, ...] = ()
    diets: frozenset[str] = frozenset()
    passes: frozenset[str] = frozenset()

    @property
    def asks_age(self) -> bool:
        """Whether somebody of unknown age is left out."""
        return self.age_from > 0 or self.age_to < OLDEST


class OwnDays(StrEnum):
    """The canteen's own layers of the calendar."""

    OPEN = "open"
    SUBSIDISED = "subsidised"


@dataclass(frozen=True, slots=True)
class When:
    """The meal, the weekday (0 is Monday), what the nation calls the day, the canteen's own days."""

    meals: frozenset[Meal] = frozenset()
    weekdays: frozenset[int] = frozenset()
    days: frozenset[DayKind] = frozenset()
    own_days: OwnDays | None = None


class Home(StrEnum):
    """Which of a person's two areas is compared with the canteen's."""

    HUKOU = "hukou"
    RESIDENCE = "residence"


@dataclass(frozen=True, slots=True)
class Where:
    """The canteen lies in the same town, district or city as the person's home."""

    same: Level
    home: Home = Home.HUKOU


@dataclass(frozen=True, slots=True)
class How:
    """How the meal is eaten and what it is paid with."""

    ways: frozenset[Way] = frozenset()
    tenders: frozenset[Tender] = frozenset()


@dataclass(frozen=True, slots=True)
class What:
    """The dishes that a rule is about; of `portions` only so many, the dearest first."""

    kinds: frozenset[DishKind] = frozenset()
    dishes: frozenset[str] = frozenset()
    by_weight: bool | None = None
    portions: int | None = None


class Base(StrEnum):
    """What a threshold or a percentage is measured on: the list price, or what earlier rules left of it."""

    LIST = "list"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Spend:
    """How much the whole basket must cost (fen): so much or more, or more than so much."""

    at_least: Fen = 0
    more_than: Fen | None = None
    measured_on: Base = Base.LIST


class Gift(StrEnum):
    """What a rule does."""

    FLAT = "flat"
    PERCENT = "percent"
    OFF = "off"
    UP_TO = "up_to"
    NTH_PERCENT = "nth_percent"
    FREE = "free"
    FEE = "fee"
    REPORT = "report"


class Service(StrEnum):
    """What a report-only subsidy is paid for."""

    OPERATING = "operating"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True)
class Then:
    """The gift: `amount` in fen, percentages in basis points (of the nth meal of the day in `nth`), a cap in fen."""

    gift: Gift
    amount: Fen = 0
    basis_points: int = 0
    at_most: Fen | None = None
    nth: tuple[int, ...] = ()
    base: Base = Base.LIST
    service: Service = Service.OPERATING


@dataclass(frozen=True, slots=True)
class Limit:
    """How many sales of a person get something, in each stretch that is named."""

    per_meal: int | None = None
    per_day: int | None = None
    per_week: int | None = None
    per_month: int | None = None

    @property
    def stated(self) -> tuple[tuple[Per, int], ...]:
        """The limits there are, the shortest stretch first."""
        counts = (self.per_meal, self.per_day, self.per_week, self.per_month)
        return tuple((per, most) for per, most in zip(Per, counts, strict=True) if most is not None)


@dataclass(frozen=True, slots=True)
class Part:
    """One payer's part of a gift: an amount (fen), or a share by weight, or with neither whatever is left."""

    payer: str
    amount: Fen | None = None
    share: int | None = None


class Choose(StrEnum):
    """Which rules of a group hold for one meal: all, the one best for the diner, the first that fits."""

    SUM = "sum"
    BEST = "best"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class Group:
    """Rules that are looked at together, and how often one of them helps."""

    id: str
    choose: Choose
    limit: Limit = field(default_factory=Limit)


ANYBODY, ALWAYS, ANYHOW, EVERYTHING, UNLIMITED = Who(), When(), How(), What(), Limit()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `label` is what screen and paper call it; `line` is where it begins in its document.

    `limits` are those of `limit` that are stated.
    """

    id: str
    then: Then
    payers: tuple[Part, ...]
    label: str = ""
    who: Who = ANYBODY
    when: When = ALWAYS
    where: Where | None = None
    how: How = ANYHOW
    what: What = EVERYTHING
    spend: Spend | None = None
    limit: Limit = UNLIMITED
    group: str = ""
    line: int = field(default=0, compare=False)
    limits: tuple[tuple[Per, int], ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """List the limits once: every price asks for them."""
        object.__setattr__(self, "limits", self.limit.stated)


@dataclass(frozen=True, slots=True)
class Step:
    """Rules that are decided together: a group, or a rule that stands alone; in the order of the document."""

    choose: Choose
    rules: tuple[Rule, ...]
    limits: tuple[tuple[Per, int], ...] = ()
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tariff:
    """One dated set of rules. `round_to` is the unit in fen to which a percentage is rounded, half up.

    `area` is where the canteen stands, for rules that compare; the canteen's own setting goes before it.
    `steps` and `measures_after` are worked out once, because a price is asked for at every key.
    """

    id: str
    title: str
    valid_from: date
    valid_to: date | None
    age_starts: AgeStarts = AgeStarts.BIRTHDAY
    payers: Mapping[str, Payer] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    groups: tuple[Group, ...] = ()
    round_to: Fen = 1
    area: Area = ""
    steps: tuple[Step, ...] = field(init=False, compare=False, repr=False)
    measures_after: bool = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Put the rules into the order in which a price asks them."""
        after = (rule.spend is not None and rule.spend.measured_on is Base.AFTER for rule in self.rules)
        object.__setattr__(self, "steps", tuple(_steps(self.rules, self.groups)))
        object.__setattr__(self, "measures_after", any(after))

    @property
    def payer_names(self) -> dict[str, str]:
        """Each payer's name as it stands on screen and paper."""
        return {payer: known.name for payer, known in self.payers.items()}

    @property
    def reporting(self) -> frozenset[str]:
        """Who pays for serving or bringing meals, which no bill shows."""
        return frozenset(part.payer for rule in self.rules if rule.then.gift is Gift.REPORT for part in rule.payers)

    def rule(self, rule_id: str) -> Rule | None:
        """A rule by its id."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)


def _steps(rules: tuple[Rule, ...], groups: tuple[Group, ...]) -> list[Step]:
    """A group is decided where its first rule stands."""
    by_id = {group.id: group for group in groups}
    steps: list[Step] = []
    seen: set[str] = set()
    for rule in rules:
        if not rule.group:
            steps.append(Step(Choose.SUM, (rule,)))
        elif rule.group not in seen:
            seen.add(rule.group)
            group = by_id[rule.group]
            together = tuple(one for one in rules if one.group == rule.group)
            ids = frozenset(one.id for one in together)
            steps.append(Step(group.choose, together, group.limit.stated, ids))
    return steps


LIST_PRICE = Tariff("list-price", "", date.min, None)
"""What holds where no tariff was ever published: everybody pays the list price."""
