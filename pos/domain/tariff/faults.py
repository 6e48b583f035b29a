"""What can be wrong with a tariff document, as facts: where it stands, what it is, what to write instead."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pos.domain.bill import Facts
from pos.domain.errors import Refusal


class Fault(StrEnum):
    """What is wrong; the facts of each are named behind it."""

    SYNTAX = "syntax"  # detail
    UNKNOWN_KEY = "unknown_key"  # key, known, meant (or '')
    MISSING = "missing"  # key
    EMPTY = "empty"  # key
    TOO_LONG = "too_long"  # key, longest
    WRONG_TYPE = "wrong_type"  # key, found, wanted (a Kind)
    BAD_AMOUNT = "bad_amount"  # key, found
    BAD_PERCENT = "bad_percent"  # key, found
    OUT_OF_RANGE = "out_of_range"  # key, found, low, high
    NO_SUCH_CHOICE = "no_such_choice"  # key, found, choices, meant (or '')
    OWN_WORD = "own_word"  # payer
    PAYER_NOT_DECLARED = "payer_not_declared"  # payer, declared, meant (or '')
    GROUP_NOT_DECLARED = "group_not_declared"  # group, declared, meant (or '')
    PAYER_TWICE = "payer_twice"  # payer
    RULE_TWICE = "rule_twice"  # rule, other_line
    NO_GIFT = "no_gift"  # choices
    TWO_GIFTS = "two_gifts"  # first, second
    NOT_WITH = "not_with"  # key, other
    MIXED_SPLIT = "mixed_split"
    PARTS_DIFFER = "parts_differ"  # parts, amount
    PAYER_NEEDED = "payer_needed"
    ENDS_BEFORE = "ends_before"  # valid_from, valid_to
    AGES_BACKWARDS = "ages_backwards"  # age_from, age_to
    AGES_OVERLAP = "ages_overlap"  # age, other, other_line, age_to (of the lower range)
    AGES_OPEN = "ages_open"  # other, other_line, age_to (to write)
    LIMITS_CONTRADICT = "limits_contradict"  # key, most, other, other_most
    AGE_GAP = "age_gap"  # age_from, age_to, other
    ABOVE_PRICE = "above_price"  # amount, price
    UNREACHABLE = "unreachable"  # other, other_line
    NO_AREA = "no_area"
    NEVER_FITS = "never_fits"  # key


class Severity(StrEnum):
    """An error keeps a tariff from being published; a warning asks somebody to look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: the line of the document (from 1), the rule ('' for the head), facts by name.

    Amounts are fen; choices are their words in the document, with ', ' between.
    """

    fault: Fault
    line: int
    rule: str = ""
    facts: Facts = field(default_factory=dict)
    severity: Severity = Severity.ERROR


@dataclass(eq=False)
class BadTariff(Refusal):
    """A tariff document that cannot be used: everything that is wrong with it, in the order of its lines."""

    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        """For a log: the place and the kind of each finding."""
        return "; ".join(f"line {one.line}: {one.fault} {dict(one.facts)}" for one in self.findings)
