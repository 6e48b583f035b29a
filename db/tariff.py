"""Published tariffs in the store: documents with their dates, never changed again."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, insert, or_, select

from db.pipeline import Question
from db.tables import tariffs
from db.transaction import Transaction
from pos.domain.tariff import LIST_PRICE, Tariff, parse_tariff

_IN_FORCE = (
    select(tariffs.c.document)
    .where(
        tariffs.c.valid_from <= bindparam("day"),
        or_(tariffs.c.valid_to.is_(None), tariffs.c.valid_to >= bindparam("day")),
    )
    .order_by(tariffs.c.seq.desc())
    .limit(1)
)
_PUBLISH = insert(tariffs).inline()


class SqlTariff:
    """Keeps the promises of pos.ports.TariffRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def in_force(self, day: date) -> Tariff:
        document: str | None = self._transaction.ask(ask_tariff(day)).scalar()
        return LIST_PRICE if document is None else parse_tariff(document)

    def publish(self, text: str, staff_id: str, at_ms: int) -> None:
        tariff = parse_tariff(text)
        row = {
            "id": tariff.id,
            "valid_from": tariff.valid_from.isoformat(),
            "valid_to": None if tariff.valid_to is None else tariff.valid_to.isoformat(),
            "document": text,
            "staff_id": staff_id,
            "at_ms": at_ms,
        }
        self._transaction.run(_PUBLISH, row)


def ask_tariff(day: date) -> Question:
    return _IN_FORCE, {"day": day.isoformat()}
