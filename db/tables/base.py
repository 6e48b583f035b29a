"""What every table is made of: its name in `metadata`, its columns, its constraints' names."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, Integer, MetaData, Table, Text, cast, func

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

TEXT = Text().with_variant(Text(collation="C"), "postgresql")
INTEGER = Integer().with_variant(BigInteger(), "postgresql")


def text_column(name: str, *arguments: Any, **options: Any) -> Column[str]:
    """A text that is there unless it says `nullable=True`."""
    return Column(name, TEXT, *arguments, **{"nullable": False, **options})


def integer_column(name: str, *arguments: Any, **options: Any) -> Column[int]:
    """A whole number that is there unless it says `nullable=True`."""
    return Column(name, INTEGER, *arguments, **{"nullable": False, **options})


def table(name: str, *parts: Any) -> Table:
    """A table, STRICT on SQLite."""
    return Table(name, metadata, *parts, sqlite_strict=True)


def total(column: ColumnElement[int]) -> ColumnElement[int]:
    """The sum of a column, zero for no rows; an integer on PostgreSQL too, whose sums are numeric."""
    return cast(func.coalesce(func.sum(column), 0), INTEGER)
