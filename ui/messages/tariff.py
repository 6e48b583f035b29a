"""Words for what is wrong with a tariff: what it is, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos.domain.bill import Facts
from pos.domain.errors import Refusal, Trouble
from pos.domain.money import yuan
from pos.domain.pricing import WaiverNeedsReason
from pos.domain.tariff import BadTariff, Fault, Finding
from pos.domain.tariff.table import Kind
from pos.i18n import _, ngettext

_Words = tuple[str, str]


def finding_words(finding: Finding) -> _Words:
    """What is wrong, with its line, and what to write instead, in the language of the moment."""
    what, instead = _FAULTS[finding.fault](finding.facts)
    if finding.rule:
        return _("Line {line}, rule {rule}: {what}").format(line=finding.line, rule=finding.rule, what=what), instead
    return _("Line {line}: {what}").format(line=finding.line, what=what), instead


def _bad_tariff(error: BadTariff) -> _Words:
    """The first finding; how many more there are stands behind what to write."""
    what, instead = finding_words(error.findings[0])
    more = len(error.findings) - 1
    if not more:
        return what, instead
    rest = ngettext("There is {count} more mistake.", "There are {count} more mistakes.", more).format(count=more)
    return what, f"{instead} {rest}"


def _kind(value: str) -> str:
    return {
        Kind.TEXT: _('words in quotes, such as "city"'),
        Kind.NUMBER: _("a whole number, such as 60"),
        Kind.AMOUNT: _("an amount in yuan, such as 3.50"),
        Kind.PERCENT: _("a percentage, such as 15"),
        Kind.DATE: _("a date, such as 2026-01-31"),
        Kind.YES_NO: _("true or false"),
        Kind.LIST: _('a list in square brackets, such as ["lunch"]'),
        Kind.TABLE: _("a table in curly brackets"),
        Kind.OTHER: _("another value"),
    }[Kind(value)]


def _one_of(facts: Facts, key: str) -> str:
    """What to write: the word that was probably meant, else all there are."""
    if facts["meant"]:
        return _("Write {word}.").format(word=facts["meant"])
    return _("Write one of: {words}.").format(words=facts[key]) if facts[key] else _("There is none yet.")


def _syntax(facts: Facts) -> _Words:
    return _("This is no TOML: {detail}.").format(detail=facts["detail"]), _("Look at the quotes, brackets and equals signs.")


def _unknown_key(facts: Facts) -> _Words:
    return _("{key} is not known here.").format(key=facts["key"]), _one_of(facts, "known")


def _missing(facts: Facts) -> _Words:
    return _("{key} is missing.").format(key=facts["key"]), _("Write {word}.").format(word=f"{facts['key']} = …")


def _empty(facts: Facts) -> _Words:
    return _("{key} is empty.").format(key=facts["key"]), _("Fill it in, or take the line out.")


def _too_long(facts: Facts) -> _Words:
    what = _("{key} is too long, or more than one line.").format(key=facts["key"])
    return what, _("Write one line of at most {longest} characters.").format(longest=facts["longest"])


def _no_area(_facts: Facts) -> _Words:
    what = _("It compares areas, but nobody said where this canteen stands.")
    return what, _('Write at the top: area = "city/district/town".')


def _wrong_type(facts: Facts) -> _Words:
    what = _("{key} is {found}.").format(key=facts["key"], found=facts["found"])
    return what, _("Write {word}.").format(word=_kind(str(facts["wanted"])))


def _bad_amount(facts: Facts) -> _Words:
    what = _("{key} is {found}: no amount of yuan above zero.").format(key=facts["key"], found=facts["found"])
    return what, _("Write {word}.").format(word="3.50")


def _bad_percent(facts: Facts) -> _Words:
    what = _("{key} is {found}: a percentage is at most 100.").format(key=facts["key"], found=facts["found"])
    return what, _("Write 0 to 100, with two decimals at most.")


def _out_of_range(facts: Facts) -> _Words:
    what = _("{key} is {found}.").format(key=facts["key"], found=facts["found"])
    return what, _("Write {low} to {high}.").format(low=facts["low"], high=facts["high"])


def _no_such_choice(facts: Facts) -> _Words:
    return _("{key} cannot be {found}.").format(key=facts["key"], found=facts["found"]), _one_of(facts, "choices")


def _own_word(facts: Facts) -> _Words:
    return _("{payer} is the till's own word.").format(payer=facts["payer"]), _("Choose another name for this payer.")


def _payer_not_declared(facts: Facts) -> _Words:
    what = _("{payer} is not named under [payers].").format(payer=facts["payer"])
    if facts["meant"]:
        return what, _one_of(facts, "declared")
    return what, _("Add it under [payers], with the name that stands on paper.")


def _group_not_declared(facts: Facts) -> _Words:
    what = _("There is no group {group}.").format(group=facts["group"])
    if facts["meant"]:
        return what, _one_of(facts, "declared")
    return what, _('Add [groups.{group}] with choose = "best", "first" or "sum".').format(group=facts["group"])


def _payer_twice(facts: Facts) -> _Words:
    return _("{payer} pays twice.").format(payer=facts["payer"]), _("Put both parts together.")


def _rule_twice(facts: Facts) -> _Words:
    what = _("Line {line} has a rule of this id already.").format(line=facts["other_line"])
    return what, _("Give each rule an id of its own: a claim tells them apart by it.")


def _no_gift(facts: Facts) -> _Words:
    return _("It does not say what is given."), _("Write one of: {words}.").format(words=facts["choices"])


def _two_gifts(facts: Facts) -> _Words:
    what = _("{first} and {second} cannot stand together.").format(first=facts["first"], second=facts["second"])
    return what, _("Make two rules of them.")


def _not_with(facts: Facts) -> _Words:
    what = _("{first} and {second} cannot stand together.").format(first=facts["other"], second=facts["key"])
    return what, _("Take {key} out.").format(key=facts["key"])


def _mixed_split(_facts: Facts) -> _Words:
    what = _("It is not clear who pays how much.")
    return what, _("Give all payers a share, or each but the last its yuan: the last pays the rest.")


def _parts_differ(facts: Facts) -> _Words:
    what = _("The payers' parts are {parts}, the rule gives {amount}.")
    what = what.format(parts=yuan(int(facts["parts"])), amount=yuan(int(facts["amount"])))
    return what, _("Make both the same, or leave the amount of the last payer out.")


def _payer_needed(_facts: Facts) -> _Words:
    return _("A report needs a payer."), _("Write {word}.").format(word='payers = ["…"]')


def _ends_before(facts: Facts) -> _Words:
    what = _("It ends on {valid_to}, before it begins on {valid_from}.")
    what = what.format(valid_to=facts["valid_to"], valid_from=facts["valid_from"])
    return what, _("Write a later day, or take valid_to out: then it has no end.")


def _ages_backwards(facts: Facts) -> _Words:
    what = _("The ages run backwards, from {age_from} to {age_to}.")
    return what.format(age_from=facts["age_from"], age_to=facts["age_to"]), _("Write the lower age first.")


def _ages_overlap(facts: Facts) -> _Words:
    what = _("Age {age} is in rule {other} too (line {line}).")
    what = what.format(age=facts["age"], other=facts["other"], line=facts["other_line"])
    return what, _("Let one rule end the year before the other begins.")


def _ages_open(facts: Facts) -> _Words:
    what = _("It has no upper age, and rule {other} (line {line}) begins above it.")
    what = what.format(other=facts["other"], line=facts["other_line"])
    return what, _("Write {word}.").format(word=f"age_to = {facts['age_to']}")


def _limits_contradict(facts: Facts) -> _Words:
    what = _("{key} is {most}, but {other} is {other_most}.").format(
        key=facts["key"], most=facts["most"], other=facts["other"], other_most=facts["other_most"]
    )
    return what, _("A longer time never has the smaller count.")


def _age_gap(facts: Facts) -> _Words:
    what = _("Ages {age_from} to {age_to} get nothing, between this and rule {other}.")
    what = what.format(age_from=facts["age_from"], age_to=facts["age_to"], other=facts["other"])
    return what, _("If that is not meant, change the ages.")


def _above_price(facts: Facts) -> _Words:
    what = _("{amount} is more than the meal costs ({price}).")
    what = what.format(amount=yuan(int(facts["amount"])), price=yuan(int(facts["price"])))
    return what, _("Nobody gets money back: the rest is not paid out. Is the amount right?")


def _unreachable(facts: Facts) -> _Words:
    what = _("It never counts: rule {other} (line {line}) always comes first.")
    return what.format(other=facts["other"], line=facts["other_line"]), _("Take it out, or put it further up.")


def _never_fits(facts: Facts) -> _Words:
    return _("No day fits these {key} and days.").format(key=facts["key"]), _("Take one of the two out.")


_FAULTS: dict[Fault, Callable[[Facts], _Words]] = {
    Fault.SYNTAX: _syntax,
    Fault.UNKNOWN_KEY: _unknown_key,
    Fault.MISSING: _missing,
    Fault.EMPTY: _empty,
    Fault.TOO_LONG: _too_long,
    Fault.NO_AREA: _no_area,
    Fault.WRONG_TYPE: _wrong_type,
    Fault.BAD_AMOUNT: _bad_amount,
    Fault.BAD_PERCENT: _bad_percent,
    Fault.OUT_OF_RANGE: _out_of_range,
    Fault.NO_SUCH_CHOICE: _no_such_choice,
    Fault.OWN_WORD: _own_word,
    Fault.PAYER_NOT_DECLARED: _payer_not_declared,
    Fault.GROUP_NOT_DECLARED: _group_not_declared,
    Fault.PAYER_TWICE: _payer_twice,
    Fault.RULE_TWICE: _rule_twice,
    Fault.NO_GIFT: _no_gift,
    Fault.TWO_GIFTS: _two_gifts,
    Fault.NOT_WITH: _not_with,
    Fault.MIXED_SPLIT: _mixed_split,
    Fault.PARTS_DIFFER: _parts_differ,
    Fault.PAYER_NEEDED: _payer_needed,
    Fault.ENDS_BEFORE: _ends_before,
    Fault.AGES_BACKWARDS: _ages_backwards,
    Fault.AGES_OVERLAP: _ages_overlap,
    Fault.AGES_OPEN: _ages_open,
    Fault.LIMITS_CONTRADICT: _limits_contradict,
    Fault.AGE_GAP: _age_gap,
    Fault.ABOVE_PRICE: _above_price,
    Fault.UNREACHABLE: _unreachable,
    Fault.NEVER_FITS: _never_fits,
}

def _waiver_needs_reason(error: WaiverNeedsReason) -> _Words:
    title = _("A waiver needs a reason of at most {longest} characters.").format(longest=error.longest)
    return title, _("Say in a few words why: it stands on the receipt.")


TABLE: dict[type[Refusal | Trouble], Callable[[Any], _Words]] = {
    BadTariff: _bad_tariff,
    WaiverNeedsReason: _waiver_needs_reason,
}
