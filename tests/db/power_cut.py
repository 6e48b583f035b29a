"""A till that is killed on demand: makes a counter in a process of its own, lets it charge, and sends it SIGKILL.

    python -m tests.db.power_cut STORE MEMBER...

Reads one wish a line (JSON), answers each with one line. Every wish is carried out by a fresh fork, so that nothing
of the counter before lives on but what is in the store:

    {"die": "later", "after_ms": 7.5, "since": "fork"}  charge again and again, and be killed so long after the
                                                        fork, or ("sale") after the first sale that was told
    {"die": "statement", "at": 3, "sale_id": "x"}       kill yourself right before the 3rd statement of one charge
    {"die": "commit", "sale_id": "x"}                   kill yourself right before COMMIT
    {"die": "answer", "sale_id": "x"}                   kill yourself after COMMIT, before anybody hears of the sale
    {"die": "never", "sale_id": "x"}                    charge once

The answer: the sales that were told as paid before the end, and whether SIGKILL was the end.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, event

from db import wire
from db.engine import address_of, file_of
from db.lock import TillLock
from pos.domain.sales import Sale
from tests.pos.services.counter import MONDAY, Counter, counter_on
from tests.stores import opened

Wish = dict[str, Any]
PORTIONS = ((("set", 1),), (("meat", 1), ("rice", 2)))


def main(where: str, members: Sequence[str]) -> None:
    for line in sys.stdin:
        wish: Wish = json.loads(line)
        hearing, telling = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(hearing)
            _charge(where, members, wish, telling)
            os._exit(0)
        os.close(telling)
        told = _told(hearing, child, wish)
        _pid, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        print(json.dumps({"told": told, "killed": killed, "failed": not killed and status != 0}), flush=True)


def _told(hearing: int, child: int, wish: Wish) -> list[str]:
    """The sales that the child told of, until it ended or its time came."""
    heard = b""
    deadline = _deadline(wish) if wish.get("since") == "fork" else None
    while True:
        left_s = None if deadline is None else max(0.0, deadline - time.monotonic())
        if not select.select([hearing], [], [], left_s)[0]:
            os.kill(child, signal.SIGKILL)
            deadline = None
            continue
        data = os.read(hearing, 65_536)
        if not data:
            os.close(hearing)
            return heard.decode().split()
        if not heard and wish.get("since") == "sale":
            deadline = _deadline(wish)
        heard += data


def _deadline(wish: Wish) -> float:
    after_ms: float = wish["after_ms"]
    return time.monotonic() + after_ms / 1000


def _charge(where: str, members: Sequence[str], wish: Wish, telling: int) -> None:
    with ExitStack() as stack:
        file = file_of(address_of(where))
        if file is not None:
            stack.enter_context(TillLock(file))
        stores = stack.enter_context(opened(where))
        counter = counter_on(stores, Path(where))
        if wish["die"] == "later":
            for number in count():
                _tell(telling, _one_charge(counter, members, number, str(uuid4())))
        sale = _one_charge(counter, members, 0, wish["sale_id"], wish)
        if wish["die"] == "answer":
            _die()
        _tell(telling, sale)


def _one_charge(
    counter: Counter, members: Sequence[str], number: int, sale_id: str, wish: Wish | None = None
) -> Sale:
    with counter.stores.read() as store:
        member = store.members.get(members[number % len(members)], MONDAY)
    order = counter.order(member, *PORTIONS[number % len(PORTIONS)])
    if wish:
        _arm(counter.stores.database.writer, wish)
    return counter.checkout.charge(counter.cashier, replace(order, sale_id=sale_id, again=True))


def _arm(engine: Engine, wish: Wish) -> None:
    statements = count(1)

    def statement(*about: object) -> None:
        if next(statements) == wish.get("at") or (wish["die"] == "commit" and "COMMIT" in about):
            _die()

    if engine.dialect.name == "postgresql":
        # What goes over together passes SQLAlchemy's events by.
        send: Any = wire._send

        def die_or_send(connection: object, name: bytes, sent: wire.Statement) -> None:
            statement(sent.words.decode())
            send(connection, name, sent)

        vars(wire)["_send"] = die_or_send
        return
    event.listen(engine, "before_cursor_execute", statement)
    if wish["die"] == "commit":
        event.listen(engine, "commit", lambda _connection: _die())


def _tell(telling: int, sale: Sale) -> None:
    os.write(telling, f"{sale.id}\n".encode())


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
