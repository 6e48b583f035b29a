"""Changes a tariff's text where the tariff changed, and leaves every other line and its comments alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from pos.domain.tariff.document import Rule, Tariff
from pos.domain.tariff.lines import lines_of
from pos.domain.tariff.reading import read_tariff
from pos.domain.tariff.writing import head_of, write_group, write_payers, write_rule, write_tariff

_HEADER = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The new text. `comments_lost` says how many lines with a comment are gone."""

    text: str
    comments_lost: int = 0


@dataclass(frozen=True, slots=True)
class _Block:
    """A table with the comments that stand above it; `name` is its path, '' for the keys before any table."""

    name: str
    above: str
    body: str

    @property
    def text(self) -> str:
        return self.above + self.body


def rewrite(text: str, after: Tariff) -> Rewritten:
    """The text of a tariff, changed so that it says `after`.

    A text that is built in a way which cannot be changed in places is written anew.
    """
    before, after = _read(text), _plain(after)
    if before == after:
        return Rewritten(text)
    changed = None if before is None else _changed(text, before, after)
    if changed is None or _read(changed) != after:
        changed = write_tariff(after)
    return Rewritten(changed, max(0, _comments(text) - _comments(changed)))


def _plain(tariff: Tariff) -> Tariff:
    """The tariff with all that goes without saying said, as reading gives it; its rules keep their lines."""
    plain = _read(write_tariff(tariff))
    if plain is None:
        return tariff
    rules = (replace(one, line=old.line) for one, old in zip(plain.rules, tariff.rules, strict=True))
    return replace(plain, rules=tuple(rules))


def _changed(text: str, before: Tariff, after: Tariff) -> str | None:
    blocks = list(_blocks(text))
    rules = [block for block in blocks if block.name == "rules"]
    if len(rules) != len(before.rules):
        return None  # written as a list of tables in one line
    head = _with_head(blocks[0].body, before, after)
    written = [
        replace(blocks[0], body=head),
        *_with_payers(blocks[1:], before, after),
        *_with_rules(rules, before, after),
    ]
    return "".join(_apart(block.text) for block in written)


def _with_head(head: str, before: Tariff, after: Tariff) -> str:
    old, new = head_of(before), head_of(after)
    for key in (*old, *new):
        if old.get(key) != new.get(key):
            head = _with_key(head, key, new.get(key), list(new))
    return head


def _with_key(head: str, key: str, value: str | None, order: Sequence[str]) -> str:
    """The keys before any table with one changed, put in or (None) taken out."""
    lines, where = head.splitlines(keepends=True), lines_of(head)
    at = where.get((key,))
    if at is not None:
        old = lines[at - 1]
        comment = _comment(old)
        lines[at - 1] = "" if value is None else f"{key} = {value}{'  ' + comment if comment else ''}\n"
    elif value is not None:
        earlier = [where[(one,)] for one in order[: order.index(key)] if (one,) in where]
        lines.insert(max(earlier, default=0), f"{key} = {value}\n")
    return "".join(lines)


def _with_payers(blocks: Sequence[_Block], before: Tariff, after: Tariff) -> Iterator[_Block]:
    """Payers and groups in their places; what is new stands behind what is there."""
    kept = [block for block in blocks if block.name != "rules"]
    had_payers = any(block.name == "payers" for block in kept)
    if after.payers and not had_payers:
        yield _Block("payers", "", write_payers(after.payers))
    old, new = ({group.id: group for group in tariff.groups} for tariff in (before, after))
    for block in kept:
        name = block.name.removeprefix("groups.")
        if block.name == "payers" and before.payers != after.payers:
            if after.payers:
                yield replace(block, body=write_payers(after.payers))
        elif block.name.startswith("groups.") and old.get(name) != new.get(name):
            if name in new:
                yield replace(block, body=write_group(new[name], after))
        else:
            yield block
    for group in after.groups:
        if group.id not in old:
            yield _Block(f"groups.{group.id}", "", write_group(group, after))


def _with_rules(blocks: Sequence[_Block], before: Tariff, after: Tariff) -> Iterator[_Block]:
    """The rules in their new order; one that did not change keeps its text, one that did the comments above it."""
    left = list(zip(before.rules, blocks, strict=True))
    for rule in after.rules:
        found = _same(rule, left)
        if found is None:
            yield _Block("rules", "", write_rule(rule, after.payers))
            continue
        left.remove(found)
        old, block = found
        yield block if old == rule else replace(block, body=write_rule(rule, after.payers))


def _same(rule: Rule, left: Sequence[tuple[Rule, _Block]]) -> tuple[Rule, _Block] | None:
    """The rule as it was: unchanged, or of the same id, or of another id on the same line of the document."""
    by_likeness = (
        (one for one in left if one[0] == rule),
        (one for one in left if one[0].id == rule.id),
        (one for one in left if one[0].line == rule.line > 0),
    )
    return next(chain(*by_likeness), None)


def _blocks(text: str) -> Iterator[_Block]:
    """The text in pieces that put together are the text again; the tables inside a rule belong to it."""
    lines = text.splitlines(keepends=True)
    starts: list[tuple[int, str]] = []
    for path, number in sorted(lines_of(text).items(), key=lambda item: item[1]):
        header = _HEADER.match(lines[number - 1])
        if header and (path[0] != "rules" or lines[number - 1].lstrip().startswith("[[rules]]")):
            starts.append((number - 1, ".".join(str(part) for part in path if isinstance(part, str))))
    cuts = [(0, 0, "")] + [(_above(lines, start), start, name) for start, name in starts]
    for number, (above, start, name) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(lines)
        yield _Block(name, "".join(lines[above:start]), "".join(lines[start:end]))


def _above(lines: Sequence[str], start: int) -> int:
    """Where the comments begin that stand directly above a line."""
    while start and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return start


def _apart(block: str) -> str:
    """A block and one empty line."""
    return block.rstrip("\n") + "\n\n" if block.strip() else ""


def _comments(text: str) -> int:
    return sum(bool(_comment(line)) for line in text.splitlines())


def _comment(line: str) -> str:
    """The comment at the end of a line, '' where there is none."""
    bare = _QUOTED.sub(lambda quoted: "_" * len(quoted[0]), line)
    return line[bare.index("#") :].strip() if "#" in bare else ""


def _read(text: str) -> Tariff | None:
    return read_tariff(text).tariff
