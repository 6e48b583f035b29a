"""Words are asked for where Babel finds them: never inside an f-string, and always by their literal text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("main.py", "pos", "ui", "db", "receipts")
LITERALS = {"_": 1, "gettext": 1, "ngettext": 2, "pgettext": 2}
"""The calls that ask for words, and how many of their first arguments are source text."""


def test_no_words_are_asked_for_inside_an_f_string() -> None:
    hidden = [place for file in _files() for place in _inside_f_strings(file)]

    assert hidden == []


def test_words_are_asked_for_by_their_literal_text() -> None:
    made_up = [place for file in _files() for place in _without_literal(file)]

    assert made_up == []


def test_both_faults_are_found(tmp_path: Path) -> None:
    file = tmp_path / "words.py"
    file.write_text(
        "a = f\"{_('Pay')} {amount}\"\n"
        "b = f'{ngettext(\"{n} meal\", \"{n} meals\", n):>10}'\n"
        "c = _(f'Paid {amount}')\n"
        "d = _(title)\n"
        "e = _('Paid {amount}').format(amount=f'{amount}')\n",
        encoding="utf-8",
    )

    found = (list(_inside_f_strings(file)), list(_without_literal(file)))

    assert found == (["words.py:1", "words.py:2"], ["words.py:3", "words.py:4"])


def _files() -> Iterator[Path]:
    for name in SOURCES:
        source = ROOT / name
        yield from [source] if source.is_file() else sorted(source.rglob("*.py"))


def _inside_f_strings(file: Path) -> Iterator[str]:
    """Before Python 3.12 an f-string is one token, and Babel reads tokens: what it holds is never translated."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr) and any(_asks(inner) for inner in ast.walk(node)):
            yield _place(file, node)


def _without_literal(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if (name := _asks(node)) and isinstance(node, ast.Call) and file.name != "i18n.py":
            texts = node.args[: LITERALS[name]]
            if not all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts):
                yield _place(file, node)


def _asks(node: ast.AST) -> str:
    """The name of the call if it asks for words."""
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in LITERALS else ""


def _place(file: Path, node: ast.expr) -> str:
    return f"{file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else file.name}:{node.lineno}"
