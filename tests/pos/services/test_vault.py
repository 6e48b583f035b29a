"""The vault: what it seals, what it refuses to open, and what it never tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.identity import Document, DocumentKind, KeyMissing, KeyUnreadable
from pos.services.vault import Vault
from tests.shelf import MemoryShelf

NUMBER = "99999919600229001X"
WANG = Document(DocumentKind.RESIDENT, NUMBER)


@pytest.fixture
def vault() -> Vault:
    made = Vault(MemoryShelf())
    made.add_key()
    return made


def test_what_was_sealed_opens_for_its_member_alone(vault: Vault) -> None:
    sealed = vault.seal("wang", WANG)

    assert vault.open("wang", sealed) == WANG
    with pytest.raises(KeyUnreadable):
        vault.open("li", sealed)


@pytest.mark.parametrize("place", [0, 11, 12, 20, -1])
def test_a_sealed_number_that_was_tampered_with_does_not_open(vault: Vault, place: int) -> None:
    sealed = vault.seal("wang", WANG)
    harmed = bytearray(sealed.sealed)
    harmed[place] ^= 1

    with pytest.raises(KeyUnreadable):
        vault.open("wang", replace(sealed, sealed=bytes(harmed)))


def test_one_number_is_sealed_differently_each_time_and_found_all_the_same(vault: Vault) -> None:
    one, other = vault.seal("wang", WANG), vault.seal("wang", WANG)

    assert one.sealed != other.sealed
    assert (one.fingerprint, one.tail) == (other.fingerprint, "001X")
    assert vault.fingerprints(NUMBER) == (one.fingerprint,)
    assert vault.fingerprints("999999196002290028") != vault.fingerprints(NUMBER)


def test_two_vaults_seal_under_keys_of_their_own(vault: Vault) -> None:
    stranger = Vault(MemoryShelf())
    stranger.add_key()

    assert stranger.fingerprints(NUMBER) != vault.fingerprints(NUMBER)
    with pytest.raises(KeyMissing):
        stranger.open("wang", vault.seal("wang", WANG))


def test_without_a_key_nothing_is_sealed_and_nothing_is_alike() -> None:
    empty = Vault(MemoryShelf())

    assert (empty.newest, empty.key_ids, empty.fingerprints(NUMBER)) == ("", frozenset(), ())
    with pytest.raises(KeyMissing):
        empty.seal("wang", WANG)
    with pytest.raises(KeyMissing):
        empty.spare_key()


def test_after_another_key_the_older_one_still_opens(vault: Vault) -> None:
    sealed = vault.seal("wang", WANG)
    before = vault.newest

    vault.add_key()

    anew = vault.seal("wang", WANG)
    assert (sealed.key_id, anew.key_id) == (before, vault.newest)
    assert vault.newest != before
    assert vault.open("wang", sealed) == vault.open("wang", anew) == WANG
    assert vault.fingerprints(NUMBER) == (anew.fingerprint, sealed.fingerprint)


def test_keys_are_read_back_by_the_next_start() -> None:
    shelf = MemoryShelf()
    first = Vault(shelf)
    first.add_key()
    first.add_key()
    sealed = first.seal("wang", WANG)

    second = Vault(MemoryShelf(shelf.text))

    assert (second.newest, second.key_ids) == (first.newest, first.key_ids)
    assert second.open("wang", sealed) == WANG


def test_two_tills_of_one_user_lose_none_of_each_others_keys() -> None:
    shelf = MemoryShelf()
    one, other = Vault(shelf), Vault(shelf)
    before = (one.newest, other.newest)

    one.add_key()
    sealed = one.seal("wang", WANG)
    seen = other.newest
    other.add_key()
    newer = other.seal("wang", WANG)

    assert (before, seen) == (("", ""), sealed.key_id)
    assert [vault.open("wang", box) for vault in (one, other, Vault(shelf)) for box in (sealed, newer)] == [WANG] * 6


def test_a_spare_key_opens_on_another_machine_however_it_is_typed(vault: Vault) -> None:
    sealed = vault.seal("wang", WANG)
    paper = vault.spare_key()

    for typed in (paper, paper.lower(), paper.replace("-", " "), f"  {paper}\n", paper.replace("O", "0").replace("I", "1").replace("B", "8")):
        other = Vault(MemoryShelf())
        assert other.bring_back(typed) == vault.newest
        assert other.open("wang", sealed) == WANG


def test_a_spare_key_with_a_slip_is_refused(vault: Vault) -> None:
    paper = vault.spare_key()
    slips = [paper[:9] + ("A" if paper[9] != "A" else "C") + paper[10:], paper[:-5], paper + "AAAA", "", "钥匙", "!" * 55]

    for slip in slips:
        with pytest.raises(KeyUnreadable):
            Vault(MemoryShelf()).bring_back(slip)


def test_a_key_brought_back_twice_is_one_and_seals(vault: Vault) -> None:
    paper, first = vault.spare_key(), vault.newest
    vault.add_key()

    vault.bring_back(paper)

    assert (vault.newest, len(vault.key_ids)) == (first, 2)


def test_a_shelf_of_something_else_is_refused() -> None:
    with pytest.raises(KeyUnreadable):
        Vault(MemoryShelf("nonsense")).add_key()


def test_no_number_and_no_key_is_in_any_repr(vault: Vault) -> None:
    sealed = vault.seal("wang", WANG)
    with pytest.raises(KeyUnreadable) as refused:
        vault.open("li", sealed)

    shown = f"{vault!r} {vault._keys()!r} {sealed!r} {WANG!r} {refused.value!r} {refused.value.__cause__!r}"

    secret = vault.spare_key()
    assert [part for part in (NUMBER, NUMBER[6:14], secret, secret[:9], repr(vault._keys()[0].secret)) if part in shown] == []
