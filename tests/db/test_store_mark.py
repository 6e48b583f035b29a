"""The canteen's mark: the same for ever, another in every canteen."""

from __future__ import annotations

from dataclasses import replace

from db.store import SqlStores
from pos.domain.canteen import Canteen

CANTEEN = Canteen("幸福里社区食堂")


def test_before_the_first_start_there_is_no_mark(stores: SqlStores) -> None:
    with stores.read() as store:
        assert store.canteen.mark() == ""


def test_a_canteens_mark_outlives_every_change_of_its_settings(stores: SqlStores) -> None:
    with stores.write() as store:
        store.canteen.put(CANTEEN, "6f1c8a52", 1_772_423_520_000)
        before = store.canteen.mark()

    with stores.write() as store:
        store.canteen.put(replace(CANTEEN, name="另一个名字"), "boss", 1_772_423_530_000)
        after = store.canteen.mark()

    assert after == before == "a9b2cc3c"


def test_two_canteens_of_one_name_founded_at_one_moment_differ(sqlite_stores: SqlStores, postgresql_stores: SqlStores) -> None:
    marks = []
    for stores, founder in ((sqlite_stores, "6f1c8a52"), (postgresql_stores, "0b7d11ce")):
        with stores.write() as store:
            store.canteen.put(CANTEEN, founder, 1_772_423_520_000)
            marks.append(store.canteen.mark())

    assert marks[0] != marks[1]
