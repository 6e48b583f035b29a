"""Money: whole fen, one way to round, one way to split, and only amounts that a person can mean."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import BadAmount
from pos.domain.money import parse_yuan, round_half_up, share, split, yuan

ROOT = Path(__file__).resolve().parents[3]
KNOWS_SECONDS_BUT_NO_MONEY = {ROOT / "db" / "engine.py"}
AMOUNTS = st.integers(min_value=0, max_value=10_000_000)


@pytest.mark.parametrize(
    ("amount", "basis_points", "part"),
    [
        (1350, 8500, 1148),  # 11.475 -> 11.48, where binary floats print 11.47 (domain.md section 8)
        (1150, 2500, 288),
        (990, 2500, 248),
        (1000, 2500, 250),
        (1, 5000, 1),
        (1, 4999, 0),
        (0, 8500, 0),
        (1234, 10_000, 1234),
    ],
)
def test_a_percentage_is_rounded_half_up_to_the_fen(amount: int, basis_points: int, part: int) -> None:
    assert share(amount, basis_points) == part


@given(AMOUNTS, st.integers(min_value=1, max_value=10_000))
def test_rounding_is_never_off_by_more_than_half(numerator: int, denominator: int) -> None:
    twice_off = 2 * (numerator - round_half_up(numerator, denominator) * denominator)

    assert -denominator <= twice_off < denominator


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (1000, (1, 1, 1), (333, 333, 334)),
        (700, (3, 3, 1), (300, 300, 100)),
        (1, (1, 1), (0, 1)),
        (0, (5, 7), (0, 0)),
        (999, (4,), (999,)),
        (100, (0, 1), (0, 100)),
    ],
)
def test_the_last_part_of_a_split_takes_the_remainder(
    total: int, weights: tuple[int, ...], parts: tuple[int, ...]
) -> None:
    assert split(total, weights) == parts


@given(AMOUNTS, st.lists(st.integers(min_value=0, max_value=1000), min_size=1, max_size=6).filter(any))
def test_parts_of_a_split_sum_to_the_whole_and_none_is_negative(total: int, weights: list[int]) -> None:
    parts = split(total, weights)

    assert sum(parts) == total
    assert min(parts) >= 0


@pytest.mark.parametrize(
    ("amount", "text"), [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (1250, "12.50"), (-120_099, "-1200.99")]
)
def test_yuan_has_two_decimals(amount: int, text: str) -> None:
    assert yuan(amount) == text


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("12", 1200),
        ("12.5", 1250),
        ("12.50", 1250),
        ("0.01", 1),
        ("１２．５０", 1250),
        (" 8 ", 800),
        ("¥8", 800),
        ("￥ 8.05", 805),
        ("0012", 1200),
        ("9999999.99", 999_999_999),
    ],
)
def test_what_a_person_types_in_yuan_becomes_fen(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    "text",
    ["", " ", "0", "0.00", "０", "-1", "－１", "+1", "1.234", ".5", "5.", "1,000", "1 2", "1e3", "NaN", "十", "¥", "¥¥1", "12345678", "٣"],
)
def test_anything_else_is_no_amount_and_says_what_was_typed(text: str) -> None:
    with pytest.raises(BadAmount) as refused:
        parse_yuan(text)

    assert refused.value.text == text


@given(st.integers(min_value=1, max_value=999_999_999))
def test_what_is_written_can_be_typed_again(amount: int) -> None:
    assert parse_yuan(yuan(amount)) == amount


@pytest.mark.parametrize("room", ["pos/domain", "pos/services", "db"])
def test_M9_no_float_and_no_true_division_stands_anywhere_near_money(room: str) -> None:
    files = set((ROOT / room).rglob("*.py")) - KNOWS_SECONDS_BUT_NO_MONEY

    offending = [f"{file.relative_to(ROOT)}:{line}" for file in sorted(files) for line in _floats(file.read_text("utf-8"))]

    assert offending == []


@pytest.mark.parametrize(
    "source",
    ["a = 0.5", "a = 1e3", "a = b / c", "a /= b", "a = float(b)", "a = Decimal('1')", "a: float", "a = 1j", "t = Float()", "t = Numeric()"],
)
def test_M9_a_float_would_be_found(source: str) -> None:
    assert list(_floats(source)) == [1]


def _floats(source: str) -> list[int]:
    """Lines that divide, or name or write a number that is not whole; `path / name` joins are told by their text."""
    return [node.lineno for node in ast.walk(ast.parse(source)) if isinstance(node, (ast.expr, ast.stmt)) and _inexact(node)]


def _inexact(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=float() | complex()):
            return True
        case ast.Name(id="float" | "complex" | "Decimal" | "Fraction" | "Float" | "Numeric" | "Double" | "REAL"):
            return True
        case ast.BinOp(op=ast.Div(), right=right):
            return not _is_path_part(right)
        case ast.AugAssign(op=ast.Div()):
            return True
    return False


def _is_path_part(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
