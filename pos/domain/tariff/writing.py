"""Writes a tariff as a document: what `parse_tariff` reads from it is the tariff again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeAlias

from pos.domain.bill import CANTEEN, DINER, OWN_PAYERS, PREPAID
from pos.domain.members import AgeStarts
from pos.domain.money import Fen, yuan
from pos.domain.tariff.document import (
    OLDEST,
    Base,
    Gift,
    Group,
    Home,
    How,
    Limit,
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
from pos.domain.tariff.rules import WEEKDAYS
from pos.domain.usage import Per

Value: TypeAlias = "str | int | bool | date | list[Value] | dict[str, Value]"

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_ROUND_TO = {1: "fen", 10: "jiao", 100: "yuan"}


class Bare(str):
    """A number with a point, written as it stands."""

    __slots__ = ()


def write_tariff(tariff: Tariff) -> str:
    """The whole document, without comments."""
    parts = ["".join(f"{key} = {value}\n" for key, value in head_of(tariff).items())]
    parts += [write_payers(tariff.payers)] if tariff.payers else []
    parts += [write_group(group, tariff) for group in tariff.groups]
    parts += [write_rule(rule, tariff.payers) for rule in tariff.rules]
    return "\n".join(parts)


def head_of(tariff: Tariff) -> dict[str, str]:
    """The keys at the top of the document and their values as they are written; what says nothing is left out."""
    head: dict[str, Value] = {"id": tariff.id, "title": tariff.title, "valid_from": tariff.valid_from}
    if tariff.valid_to is not None:
        head["valid_to"] = tariff.valid_to
    if tariff.age_starts is not AgeStarts.BIRTHDAY:
        head["age_starts"] = tariff.age_starts.value
    if tariff.area:
        head["area"] = tariff.area
    if tariff.round_to != 1:
        head["round_to"] = _ROUND_TO[tariff.round_to]
    return {key: written(value) for key, value in head.items()}


def write_payers(payers: Mapping[str, Payer]) -> str:
    """The table of payers."""
    lines = ["[payers]"]
    for key, payer in payers.items():
        value: Value = payer.name if payer.level is None else {"name": payer.name, "level": payer.level.value}
        lines.append(f"{_key(key)} = {written(value)}")
    return "\n".join(lines) + "\n"


def write_group(group: Group, tariff: Tariff) -> str:
    """The table of one of a tariff's groups."""
    lines = [f"[groups.{_key(group.id)}]", f"choose = {written(group.choose.value)}"]
    if limit := _limit(group.limit, claims=_claims(group, tariff)):
        lines.append(f"limit = {written(limit)}")
    return "\n".join(lines) + "\n"


def write_rule(rule: Rule, payers: Mapping[str, Payer]) -> str:
    """One of [[rules]]."""
    claims = any(part.payer in payers or part.payer == PREPAID for part in rule.payers)
    parts: list[tuple[str, Value]] = [("id", rule.id)]
    parts += [("label", rule.label)] if rule.label else []
    tables: tuple[tuple[str, dict[str, Value]], ...] = (
        ("who", _who(rule.who)),
        ("when", _when(rule.when)),
        ("where", _where(rule.where)),
        ("how", _how(rule.how)),
        ("what", _what(rule.what)),
        ("spend", _spend(rule.spend)),
        ("then", _then(rule.then)),
    )
    parts += [(key, dict(table)) for key, table in tables if table]
    if rule.payers != _understood(rule):
        parts.append(("payers", [_part(part) for part in rule.payers]))
    parts += [("group", rule.group)] if rule.group else []
    if limit := _limit(rule.limit, claims=claims):
        parts.append(("limit", dict(limit)))
    return "[[rules]]\n" + "".join(f"{key} = {written(value)}\n" for key, value in parts)


def written(value: Value) -> str:
    """A value as TOML writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case Bare():
            return str(value)
        case str():
            return '"' + "".join(map(_escaped, value)) + '"'
        case date():
            return value.isoformat()
        case list():
            return "[" + ", ".join(map(written, value)) + "]"
        case dict():
            return "{ " + ", ".join(f"{_key(key)} = {written(one)}" for key, one in value.items()) + " }"
        case _:
            return str(value)


def _who(who: Who) -> dict[str, Value]:
    said: dict[str, Value] = {}
    if who.age_from > 0:
        said["age_from"] = who.age_from
    if who.age_to < OLDEST:
        said["age_to"] = who.age_to
    for key, words in (("any_of", sorted(who.any_of)), ("all_of", sorted(who.all_of))):
        said |= _listed(key, words)
    for key, areas in (("hukou", who.hukou), ("residence", who.residence)):
        said |= _listed(key, areas)
    for key, words in (("diets", sorted(who.diets)), ("passes", sorted(who.passes))):
        said |= _listed(key, words)
    return said


def _when(when: When) -> dict[str, Value]:
    names = {number: name for name, number in WEEKDAYS.items()}
    said = _listed("meals", sorted(when.meals)) | _listed("weekdays", [names[day] for day in sorted(when.weekdays)])
    said |= _listed("days", sorted(when.days))
    return said | ({"own_days": when.own_days.value} if when.own_days else {})


def _where(where: Where | None) -> dict[str, Value]:
    if where is None:
        return {}
    home: dict[str, Value] = {} if where.home is Home.HUKOU else {"home": where.home.value}
    return {"same": where.same.value} | home


def _how(how: How) -> dict[str, Value]:
    return _listed("ways", sorted(how.ways)) | _listed("tenders", sorted(how.tenders))


def _what(what: What) -> dict[str, Value]:
    said = _listed("kinds", sorted(what.kinds)) | _listed("dishes", sorted(what.dishes))
    if what.by_weight is not None:
        said["by_weight"] = what.by_weight
    if what.portions is not None:
        said["portions"] = what.portions
    return said


def _spend(spend: Spend | None) -> dict[str, Value]:
    if spend is None:
        return {}
    said: dict[str, Value] = (
        {"at_least": _yuan(spend.at_least)} if spend.more_than is None else {"more_than": _yuan(spend.more_than)}
    )
    return said | ({} if spend.measured_on is Base.LIST else {"measured_on": spend.measured_on.value})


def _then(then: Then) -> dict[str, Value]:
    said: dict[str, Value]
    match then.gift:
        case Gift.PERCENT:
            said = {then.gift.value: _percent(then.basis_points)}
        case Gift.NTH_PERCENT:
            said = {then.gift.value: [_percent(one) for one in then.nth]}
        case Gift.FREE:
            said = {then.gift.value: True}
        case _:
            said = {then.gift.value: _yuan(then.amount)}
    if then.at_most is not None:
        said["at_most"] = _yuan(then.at_most)
    if then.base is not Base.LIST:
        said["base"] = then.base.value
    if then.service is not Service.OPERATING:
        said["service"] = then.service.value
    return said


def _understood(rule: Rule) -> tuple[Part, ...]:
    """Who pays a rule that names nobody."""
    if rule.then.gift is Gift.FEE:
        return (Part(DINER),)
    if rule.then.gift is Gift.REPORT:
        return ()
    return (Part(PREPAID if rule.who.passes else CANTEEN),)


def _part(part: Part) -> Value:
    if part.amount is not None:
        return {"payer": part.payer, "yuan": _yuan(part.amount)}
    return part.payer if part.share is None else {"payer": part.payer, "share": part.share}


def _limit(limit: Limit, *, claims: bool) -> dict[str, Value]:
    """Once a meal goes without saying where money is claimed."""
    stated: Iterator[tuple[Per, int]] = iter(limit.stated)
    return {f"per_{per}": most for per, most in stated if not (claims and per is Per.MEAL and most == 1)}


def _claims(group: Group, tariff: Tariff) -> bool:
    rules = (rule for rule in tariff.rules if rule.group == group.id)
    return any(part.payer in tariff.payers and part.payer not in OWN_PAYERS for rule in rules for part in rule.payers)


def _listed(key: str, words: Iterable[str]) -> dict[str, Value]:
    listed: list[Value] = [str(word) for word in words]
    return {key: listed} if listed else {}


def _yuan(amount: Fen) -> Bare:
    return Bare(yuan(amount))


def _percent(basis_points: int) -> Bare:
    whole, rest = divmod(basis_points, 100)
    return Bare(f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole))


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else written(key)


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character.isprintable() or character == " " else f"\\U{ord(character):08x}"
