"""Spare keys on paper: right, older, missing here and taken; an old paper does not undo a rotation."""

from __future__ import annotations

from datetime import date

import pytest

from pos.domain.errors import NotPermitted
from pos.domain.identity import KeyDeed, KeyEvent, KeyUnreadable, read_document
from pos.services.identities import Identities, VaultState
from pos.services.keys import KeyPlace
from pos.services.members import Members, NewMember
from pos.services.spare_keys import KeyState, Paper, SpareKeys
from pos.services.vault import Vault
from tests.pos.services.counter import Counter
from tests.shelf import memory_vault

NUMBER = "999999193608150245"


@pytest.fixture
def vault(counter: Counter) -> Vault:
    """The vault of a canteen that keeps one number."""
    vault = memory_vault()
    document = read_document(NUMBER, date(2026, 11, 23))
    Members(counter.stores, counter.clock, vault).enrol(counter.manager, NewMember("曾秀珍", None, document=document))
    return vault


def spare_keys(counter: Counter, vault: Vault) -> SpareKeys:
    return SpareKeys(Identities(counter.stores, counter.clock, vault), vault)


def test_the_key_of_today_is_only_compared(counter: Counter, vault: Vault) -> None:
    keys, paper = vault.key_ids, vault.spare_key()

    read = spare_keys(counter, vault).read(counter.manager, paper.lower().replace("-", " "))

    assert (read.paper, vault.key_ids) == (Paper.CURRENT, keys)
    assert read.state == KeyState(KeyPlace.FILE, VaultState(vault.newest, 1, 0))


def test_the_state_tells_when_the_key_of_today_was_written_down_and_by_whom(counter: Counter, vault: Vault) -> None:
    identities, keys = Identities(counter.stores, counter.clock, vault), spare_keys(counter, vault)
    never = keys.state(counter.manager).on_paper
    identities.spare_key(counter.manager)
    paper = keys.state(counter.manager).on_paper
    identities.rotate(counter.manager)

    state = keys.state(counter.manager)

    assert paper == KeyEvent(counter.clock.now_ms(), counter.manager.staff_id, counter.manager.name, KeyDeed.WRITTEN_DOWN, paper.key_id if paper else "")
    assert (never, state.on_paper) == (None, None)
    assert [event.deed for event in state.history] == [KeyDeed.WRITTEN_DOWN, KeyDeed.ROTATED]


def test_the_paper_from_before_a_rotation_is_told_and_does_not_seal_again(counter: Counter, vault: Vault) -> None:
    paper = vault.spare_key()
    Identities(counter.stores, counter.clock, vault).rotate(counter.manager)
    newest = vault.newest

    read = spare_keys(counter, vault).read(counter.manager, paper)

    assert (read.paper, vault.newest, read.state.vault) == (Paper.OLDER, newest, VaultState(newest, 1, 0))


def test_a_key_that_is_missing_here_is_taken_and_opens_what_it_sealed(counter: Counter, vault: Vault) -> None:
    elsewhere = memory_vault()
    keys = spare_keys(counter, elsewhere)
    lost = keys.state(counter.manager)

    read = keys.read(counter.manager, vault.spare_key())

    assert lost == KeyState(KeyPlace.FILE, VaultState("", 0, 1))
    assert (read.paper, read.state.vault) == (Paper.TAKEN, VaultState(vault.newest, 1, 0))


def test_a_slip_of_the_pen_is_refused_and_changes_nothing(counter: Counter, vault: Vault) -> None:
    elsewhere, paper = memory_vault(), vault.spare_key()
    slip = ("B" if paper[0] == "A" else "A") + paper[1:]

    with pytest.raises(KeyUnreadable):
        spare_keys(counter, elsewhere).read(counter.manager, slip)

    assert elsewhere.key_ids == frozenset()


def test_a_cashier_reads_no_paper(counter: Counter, vault: Vault) -> None:
    keys = spare_keys(counter, vault)

    with pytest.raises(NotPermitted):
        keys.read(counter.cashier, vault.spare_key())
    with pytest.raises(NotPermitted):
        keys.state(counter.cashier)
