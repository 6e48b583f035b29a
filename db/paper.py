"""The print outbox in the store."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, func, insert, select, update

from db.tables import print_jobs
from db.transaction import AnyRow, Transaction
from pos.domain.paper import JobState, PrintJob, SlipKind

_ADD = insert(print_jobs).inline()
_WAITING = (
    select(print_jobs)
    .where(print_jobs.c.till == bindparam("till"), print_jobs.c.state == JobState.WAITING.value)
    .order_by(print_jobs.c.id)
    .limit(bindparam("most"))
)
_COPIES = select(func.count()).where(
    print_jobs.c.subject == bindparam("subject"),
    print_jobs.c.kind == bindparam("kind"),
    print_jobs.c.copy > 0,
)
_CLAIM = (
    update(print_jobs)
    .where(print_jobs.c.id == bindparam("job"), print_jobs.c.state == JobState.WAITING.value)
    .values(state=JobState.UNKNOWN.value)
)
_SET_STATE = (
    update(print_jobs).where(print_jobs.c.id == bindparam("job")).values(state=bindparam("new_state"))
)
_SETTLE = (
    update(print_jobs)
    .where(
        print_jobs.c.subject == bindparam("of_subject"),
        print_jobs.c.kind == bindparam("of_kind"),
        print_jobs.c.state == JobState.UNKNOWN.value,
    )
    .values(state=JobState.SENT.value)
)
_SETTLE_ALL = (
    update(print_jobs)
    .where(print_jobs.c.till == bindparam("of_till"), print_jobs.c.state == JobState.UNKNOWN.value)
    .values(state=JobState.SENT.value)
)
_OPEN = (
    select(print_jobs.c.state, func.count())
    .where(
        print_jobs.c.till == bindparam("till"),
        print_jobs.c.state.in_([JobState.WAITING.value, JobState.UNKNOWN.value]),
    )
    .group_by(print_jobs.c.state)
)


class SqlPaper:
    """Keeps the promises of pos.ports.PaperRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(
        self,
        till: str,
        kind: SlipKind,
        subject: str,
        at_ms: int,
        *,
        copy: int = 0,
        asked_by: str = "",
        kick: bool = False,
    ) -> None:
        row = {
            "till": till,
            "kind": kind.value,
            "subject": subject,
            "copy": copy,
            "asked_by": asked_by,
            "kick": int(kick),
            "state": JobState.WAITING.value,
            "at_ms": at_ms,
        }
        self._transaction.send(_ADD, row)

    def waiting(self, till: str, limit: int) -> tuple[PrintJob, ...]:
        return tuple(_job(row) for row in self._transaction.run(_WAITING, {"till": till, "most": limit}))

    def copies(self, kind: SlipKind, subject: str) -> int:
        count: int = self._transaction.run(_COPIES, {"kind": kind.value, "subject": subject}).scalar_one()
        return count

    def claim(self, job_id: int) -> bool:
        return self._transaction.run(_CLAIM, {"job": job_id}).rowcount == 1

    def set_state(self, job_id: int, state: JobState) -> None:
        self._transaction.run(_SET_STATE, {"job": job_id, "new_state": state.value})

    def settle(self, kind: SlipKind, subject: str) -> None:
        self._transaction.run(_SETTLE, {"of_kind": kind.value, "of_subject": subject})

    def settle_all(self, till: str) -> None:
        self._transaction.run(_SETTLE_ALL, {"of_till": till})

    def open_jobs(self, till: str) -> Mapping[JobState, int]:
        counted = {JobState.WAITING: 0, JobState.UNKNOWN: 0}
        for state, count in self._transaction.run(_OPEN, {"till": till}):
            counted[JobState(state)] = count
        return counted


def _job(row: AnyRow) -> PrintJob:
    return PrintJob(
        row.id,
        row.till,
        SlipKind(row.kind),
        row.subject,
        row.copy,
        row.asked_by,
        bool(row.kick),
        JobState(row.state),
        row.at_ms,
    )
