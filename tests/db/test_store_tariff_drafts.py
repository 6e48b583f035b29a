"""Drafts change, published tariffs never; on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from db.store import SqlStores
from pos.domain.tariff.timeline import DraftChanged, DraftGone, Published, TariffDraft
from tests.made_up import BOSS, NOON_MS, found_canteen

TEXT = 'id = "a"\ntitle = "甲"\nvalid_from = 2026-01-01\nvalid_to = 2026-12-31\n'


def test_a_draft_comes_back_with_its_revision_and_who_saved_it(stores: SqlStores) -> None:
    found_canteen(stores)

    with stores.write() as store:
        store.tariff.add_draft("d", "甲", "x", BOSS.id, NOON_MS)
        store.tariff.save_draft("d", "乙", TEXT, 1, BOSS.id, NOON_MS + 1)

    saved = TariffDraft("d", "乙", TEXT, 2, BOSS.name, NOON_MS + 1)
    with stores.read() as store:
        assert (store.tariff.draft("d"), store.tariff.drafts(), store.tariff.draft("e")) == (saved, (saved,), None)


def test_nobody_writes_over_what_somebody_else_saved(stores: SqlStores) -> None:
    found_canteen(stores)
    with stores.write() as store:
        store.tariff.add_draft("d", "甲", "x", BOSS.id, NOON_MS)
        store.tariff.save_draft("d", "甲", "y", 1, BOSS.id, NOON_MS)

    with pytest.raises(DraftChanged), stores.write() as store:
        store.tariff.save_draft("d", "甲", "z", 1, BOSS.id, NOON_MS)
    with stores.write() as store:
        store.tariff.drop_draft("d")
    with pytest.raises(DraftGone), stores.write() as store:
        store.tariff.save_draft("d", "甲", "z", 2, BOSS.id, NOON_MS)

    with stores.read() as store:
        assert store.tariff.drafts() == ()


def test_what_was_published_is_listed_in_its_order(stores: SqlStores) -> None:
    found_canteen(stores)

    with stores.write() as store:
        store.tariff.publish(TEXT, BOSS.id, NOON_MS)

    year = (date(2026, 1, 1), date(2026, 12, 31))
    with stores.read() as store:
        assert store.tariff.published() == (Published(1, "a", "甲", *year, TEXT, BOSS.name, NOON_MS),)
