"""The tariff: who pays which part of a meal, as dated rules read from a text document.

A tariff is a TOML text that the canteen keeps with its dates; a published one is never edited, so that last
March can always be priced again by the rules of last March.

    id = "practice-2026"
    title = "幸福食堂 2026"
    valid_from = 2026-01-01
    age_starts = "birthday"               # or day_after, next_month
    area = "广州市/增城区/荔城街道"          # where this canteen stands, for rules that ask

    [payers]
    city = "市民政局"                      # or { name = "市民政局", level = "city" }

    [groups.subsidy]
    choose = "best"                       # or first, sum
    limit = { per_day = 1 }               # counted over all rules of the group

    [[rules]]
    id = "80+"
    label = "80岁以上"
    who = { age_from = 80 }
    then = { off = 3.00 }                 # flat, percent, up_to, nth_percent, free, fee, report
    payers = ["city"]                     # nobody named: the canteen's own discount
    group = "subsidy"

A rule may further ask `when` (meals, weekdays, days, own_days), `where` (same, home), `how` (ways, tenders),
`what` (kinds, dishes, by_weight, portions) and `spend` (at_least or more_than, measured_on). Rules hold in the
order of the document, a group where its first rule stands.
"""

from pos.domain.tariff.checks import check_tariff
from pos.domain.tariff.document import (
    LIST_PRICE,
    OLDEST,
    Base,
    Choose,
    Gift,
    Group,
    Home,
    How,
    Limit,
    OwnDays,
    Part,
    Payer,
    Rule,
    Service,
    Spend,
    Tariff,
    Then,
    What,
    When,
    Where,
    Who,
)
from pos.domain.tariff.faults import BadTariff, Fault, Finding, Severity
from pos.domain.tariff.reading import parse_tariff

__all__ = [
    "LIST_PRICE",
    "OLDEST",
    "BadTariff",
    "Base",
    "Choose",
    "Fault",
    "Finding",
    "Gift",
    "Group",
    "Home",
    "How",
    "Limit",
    "OwnDays",
    "Part",
    "Payer",
    "Rule",
    "Service",
    "Severity",
    "Spend",
    "Tariff",
    "Then",
    "What",
    "When",
    "Where",
    "Who",
    "check_tariff",
    "parse_tariff",
]
