"""Tariffs in the store: published documents, never changed again, and drafts that still are."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, delete, insert, or_, select, update

from db.pipeline import Question
from db.tables import staff, tariff_drafts, tariffs
from db.transaction import AnyRow, Transaction
from pos.domain.tariff import LIST_PRICE, Tariff, parse_tariff
from pos.domain.tariff.reading import read_tariff
from pos.domain.tariff.timeline import DraftChanged, DraftGone, Published, TariffDraft

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
_PUBLISHED = select(tariffs, staff.c.name.label("by")).join(staff, staff.c.id == tariffs.c.staff_id).order_by(tariffs.c.seq)
_of = tariff_drafts.c
_DRAFTS = select(tariff_drafts, staff.c.name.label("by")).join(staff, staff.c.id == _of.staff_id)


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

    def published(self) -> tuple[Published, ...]:
        return tuple(_published(row) for row in self._transaction.run(_PUBLISHED))

    def drafts(self) -> tuple[TariffDraft, ...]:
        return tuple(_draft(row) for row in self._transaction.run(_DRAFTS.order_by(_of.begun_ms, _of.id)))

    def draft(self, draft_id: str) -> TariffDraft | None:
        row = self._transaction.run(_DRAFTS.where(_of.id == draft_id)).first()
        return None if row is None else _draft(row)

    def add_draft(self, draft_id: str, title: str, text: str, staff_id: str, at_ms: int) -> None:
        row = {"title": title, "document": text, "revision": 1, "staff_id": staff_id, "begun_ms": at_ms, "at_ms": at_ms}
        self._transaction.run(insert(tariff_drafts), {"id": draft_id} | row)

    def save_draft(self, draft_id: str, title: str, text: str, revision: int, staff_id: str, at_ms: int) -> None:
        row = {"title": title, "document": text, "revision": revision + 1, "staff_id": staff_id, "at_ms": at_ms}
        saved = update(tariff_drafts).where(_of.id == draft_id, _of.revision == revision).values(row)
        if self._transaction.run(saved).rowcount != 1:
            found = self.draft(draft_id)
            raise DraftGone if found is None else DraftChanged(found.by)

    def drop_draft(self, draft_id: str) -> None:
        self._transaction.run(delete(tariff_drafts).where(_of.id == draft_id))


def ask_tariff(day: date) -> Question:
    return _IN_FORCE, {"day": day.isoformat()}


def _published(row: AnyRow) -> Published:
    tariff = read_tariff(row.document).tariff
    return Published(
        row.seq,
        row.id,
        tariff.title if tariff else row.id,
        date.fromisoformat(row.valid_from),
        None if row.valid_to is None else date.fromisoformat(row.valid_to),
        row.document,
        row.by,
        row.at_ms,
    )


def _draft(row: AnyRow) -> TariffDraft:
    return TariffDraft(row.id, row.title, row.document, row.revision, row.by, row.at_ms)
