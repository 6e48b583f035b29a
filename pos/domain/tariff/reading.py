"""Reads a tariff document: text in, a whole tariff out, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from pos.domain.areas import Level
from pos.domain.bill import OWN_PAYERS
from pos.domain.members import AgeStarts
from pos.domain.tariff.checks import errors_in
from pos.domain.tariff.document import Choose, Group, Payer, Rule, Tariff
from pos.domain.tariff.faults import BadTariff, Fault, Finding
from pos.domain.tariff.rules import Names, read_limit, read_rule
from pos.domain.tariff.table import LONGEST_AREA, LONGEST_ID, LONGEST_LABEL, Table, opened

_UNITS = {"fen": 1, "jiao": 10, "yuan": 100}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the tariff, whole or not at all, and what is wrong with the document."""

    tariff: Tariff | None
    findings: tuple[Finding, ...] = ()


@lru_cache(maxsize=64)
def parse_tariff(text: str) -> Tariff:
    """Read a tariff document. Raises BadTariff with all that is wrong; nothing is half-read."""
    reading = read_tariff(text)
    if reading.tariff is None or reading.findings:
        raise BadTariff(reading.findings)
    return reading.tariff


def read_tariff(text: str) -> Reading:
    """Read a document that is being written: rules that contradict each other are a tariff all the same."""
    try:
        document = opened(text)
    except BadTariff as bad:
        return Reading(None, bad.findings)
    tariff = _tariff(document)
    if document.findings:
        return Reading(None, _by_line(document.findings))
    return Reading(tariff, _by_line(errors_in(tariff)))


def _tariff(document: Table) -> Tariff:
    payers = _payers(document)
    groups = _groups(document)
    names = Names(frozenset(payers), frozenset(group.id for group in groups))
    rules = tuple(read_rule(table, names) for table in document.tables("rules"))
    valid_from = document.day("valid_from", needed=True)
    valid_to = document.day("valid_to", needed=False)
    if valid_from and valid_to and valid_to < valid_from:
        document.wrong(Fault.ENDS_BEFORE, "valid_to", valid_from=valid_from.isoformat(), valid_to=valid_to.isoformat())
    tariff = Tariff(
        id=document.text("id", longest=LONGEST_ID),
        title=document.text("title", longest=LONGEST_LABEL),
        valid_from=valid_from or date.min,
        valid_to=valid_to,
        age_starts=document.choice("age_starts", AgeStarts, AgeStarts.BIRTHDAY),
        payers=payers,
        rules=rules,
        groups=tuple(_once_a_meal(group, rules, payers) for group in groups),
        area=document.text("area", "", longest=LONGEST_AREA),
        round_to=document.one("round_to", _UNITS, 1),
    )
    document.done()
    return tariff


def _by_line(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.line))


def _payers(document: Table) -> dict[str, Payer]:
    table = document.table("payers")
    payers: dict[str, Payer] = {}
    for payer in table.keys() if table else ():
        assert table is not None, "it has keys"
        if payer in OWN_PAYERS:
            table.wrong(Fault.OWN_WORD, payer, payer=payer)
        if type(table.peek(payer)) is dict and (described := table.table(payer)):
            level = described.choice("level", Level, Level.CITY) if "level" in described else None
            payers[payer] = Payer(described.text("name", longest=LONGEST_LABEL), level)
            described.done()
        else:
            payers[payer] = Payer(table.text(payer, longest=LONGEST_LABEL))
    return payers


def _groups(document: Table) -> tuple[Group, ...]:
    table = document.table("groups")
    groups: list[Group] = []
    for name in table.keys() if table else ():
        if table and (described := table.table(name)):
            choose = described.choice("choose", Choose, Choose.BEST)
            groups.append(Group(name, choose, read_limit(described)))
            described.done()
    return tuple(groups)


def _once_a_meal(group: Group, rules: tuple[Rule, ...], payers: Mapping[str, Payer]) -> Group:
    """A group that claims money helps once at a meal, whichever of its rules it was, unless the document says more."""
    claims = any(part.payer in payers for rule in rules if rule.group == group.id for part in rule.payers)
    if not claims or group.limit.per_meal is not None:
        return group
    return replace(group, limit=replace(group.limit, per_meal=1))


