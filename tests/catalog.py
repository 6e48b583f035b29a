"""The catalog's keeper: `python3 -m tests.catalog update` merges new words in, `compile` writes what the till reads.

`faults()` is the same knowledge as a test: what is missing, fuzzy, stale or names other fields than its source.
"""

from __future__ import annotations

import argparse
import string
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("db", "pos", "receipts", "ui")
TRANSLATED = ("zh_CN",)
METHODS = [("**.py", "python")]
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def po_file(locale: str) -> Path:
    return ROOT / "pos" / "locale" / locale / "LC_MESSAGES" / "canteen.po"


def source() -> Catalog:
    """Every word in the source, in the order of its files."""
    catalog = Catalog(project="canteen-counter", charset="utf-8")
    for room, file, message, comments, context in _extracted():
        catalog.add(message, None, [(f"{room}{file}", 0)], auto_comments=comments, context=context)
    return catalog


def translation(locale: str) -> Catalog:
    with po_file(locale).open("rb") as file:
        return read_po(file, locale=locale, ignore_obsolete=False)


def compiled(catalog: Catalog) -> bytes:
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def faults(locale: str) -> list[str]:
    """A line for each thing that is wrong with a translation; empty when it is complete."""
    wanted, have = source(), translation(locale)
    found = [f"missing: {message.id!r}" for message in wanted if message.id and _in(have, message) is None]
    found += [f"stale: {message.id!r}" for message in have if message.id and _in(wanted, message) is None]
    found += [f"obsolete: {message.id!r}" for message in have.obsolete.values()]
    for message in have:
        if message.id:
            found += _faults_of(message)
    mo = po_file(locale).with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != compiled(have):
        found.append(f"not compiled: {mo.relative_to(ROOT)}")
    return found


def update(locale: str) -> None:
    """Merges the words of the source into a translation: new ones empty, none guessed, and vanished ones dropped."""
    target = po_file(locale)
    have = translation(locale) if target.exists() else Catalog(locale=locale, fuzzy=False)
    fresh = Catalog(
        locale=locale,
        project="canteen-counter",
        version="1",
        msgid_bugs_address="none",
        last_translator="canteen-counter",
        language_team="canteen-counter",
        fuzzy=False,
    )
    fresh.header_comment = "# The words of the canteen counter. Kept by `python3 -m tests.catalog`."
    for message in source():
        if message.id:
            known = _in(have, message)
            fresh.add(
                message.id,
                known.string if known else None,
                message.locations,
                auto_comments=message.auto_comments,
                context=message.context,
            )
    fresh.creation_date = fresh.revision_date = have.creation_date  # a date that moves would be a needless conflict
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_po(file, fresh, width=110, include_lineno=False, sort_by_file=True)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python3 -m tests.catalog", description=__doc__)
    parser.add_argument("action", choices=["update", "compile", "check"])
    action = parser.parse_args(arguments).action
    found: list[str] = []
    for locale in TRANSLATED:
        if action == "update":
            update(locale)
        elif action == "compile":
            po_file(locale).with_suffix(".mo").write_bytes(compiled(translation(locale)))
        found += faults(locale)
    print("\n".join(found) or "The catalog is complete.")
    return 1 if action == "check" and found else 0


def _extracted() -> Iterator[tuple[str, str, str | tuple[str, ...], list[str], str | None]]:
    for room in ROOMS:
        for file, _line, message, comments, context in extract_from_dir(
            ROOT / room, METHODS, keywords=KEYWORDS, comment_tags=["For translators:"]
        ):
            yield f"{room}/", file, message, comments, context
    if (ROOT / "main.py").exists():
        for _line, message, comments, context in extract_from_file(
            "python", ROOT / "main.py", keywords=KEYWORDS, comment_tags=["For translators:"]
        ):
            yield "", "main.py", message, list(comments), context


def _in(catalog: Catalog, message: Message) -> Message | None:
    return catalog.get(message.id if isinstance(message.id, str) else message.id[0], message.context)


def _faults_of(message: Message) -> list[str]:
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    strings = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    if not all(strings):
        return [f"empty: {message.id!r}"]
    if message.fuzzy:
        return [f"fuzzy: {message.id!r}"]
    if any(_fields(text) != _fields(ids[-1]) for text in strings):
        return [f"other fields: {message.id!r} -> {message.string!r}"]
    return []


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
