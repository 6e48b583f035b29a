"""Identity numbers in the canteen: kept sealed, found twice, shown for a reason, sealed anew, lost and typed again."""

from __future__ import annotations

import logging
from datetime import date

import pytest

from pos.domain.account_errors import ReasonMissing
from pos.domain.errors import MemberUnknown, NotPermitted
from pos.domain.identity import (
    Document,
    KeyDeed,
    KeyEvent,
    KeyMissing,
    KeyUnreadable,
    Look,
    NoNumber,
    Sex,
    read_document,
)
from pos.domain.members import Member
from pos.domain.profile import ConsentTo, DocumentShown, Particulars, Profile, ProfileField, Sameness
from pos.services.identities import Identities, VaultState
from pos.services.members import Members, NewMember
from pos.services.vault import Vault
from tests.pos.services.counter import Counter, rows_of
from tests.shelf import MemoryShelf, memory_vault

NUMBER, OTHER = "999999193608150245", "99999919600229001X"
TODAY = date(2026, 11, 23)
HERS, HIS = read_document(NUMBER, TODAY), read_document(OTHER, TODAY)


@pytest.fixture
def vault() -> Vault:
    return memory_vault()


@pytest.fixture
def identities(counter: Counter, vault: Vault) -> Identities:
    return Identities(counter.stores, counter.clock, vault)


def enrol(counter: Counter, vault: Vault | None, name: str = "曾秀珍", document: Document | None = HERS) -> Member:
    members = Members(counter.stores, counter.clock, vault)
    return members.enrol(counter.manager, NewMember(name, date(1936, 8, 15), document=document))


def test_a_number_is_kept_sealed_and_only_its_tail_is_shown(counter: Counter, vault: Vault) -> None:
    member = enrol(counter, vault)

    portrait = Members(counter.stores, counter.clock, vault).portrait(counter.manager, member.id)

    assert portrait.document == DocumentShown(HERS.kind, "0245")
    whole = counter.file.read_bytes() + counter.file.with_name(counter.file.name + "-wal").read_bytes()
    assert [part for part in (NUMBER.encode(), b"193608150") if part in whole] == []


def test_the_same_number_is_found_whoever_has_it(counter: Counter, vault: Vault) -> None:
    member = enrol(counter, vault)
    enrol(counter, vault, "李建国", HIS)
    members = Members(counter.stores, counter.clock, vault)
    form = Profile("曾秀真", date(1936, 8, 16), "", Particulars(sex=Sex.MALE))

    doubts = members.doubts(form, document=HERS)

    assert [(one.hit.id, one.because) for one in doubts.lookalikes] == [(member.id, frozenset({Sameness.DOCUMENT}))]
    assert doubts.consents == (ConsentTo.MEMBERSHIP, ConsentTo.IDENTITY)
    assert doubts.differs == (ProfileField.BIRTH_DATE, ProfileField.SEX)
    assert members.doubts(form, member.id, document=HERS).lookalikes == ()


def test_a_number_in_clear_is_for_a_manager_with_a_reason_that_stays(
    counter: Counter, vault: Vault, identities: Identities
) -> None:
    member = enrol(counter, vault)

    shown = identities.reveal(counter.manager, member.id, "  报销   核对 ")

    assert (shown.number, shown.kind) == (NUMBER, HERS.kind)
    looks = (Look(counter.clock.now_ms(), counter.manager.staff_id, "周敏", "报销 核对"),)
    assert identities.looks(counter.manager, member.id) == looks


def test_without_right_reason_or_number_nothing_is_shown(counter: Counter, vault: Vault, identities: Identities) -> None:
    member, bare = enrol(counter, vault), enrol(counter, vault, "李建国", None)

    for actor, id_, reason, refusal in (
        (counter.cashier, member.id, "核对", NotPermitted),
        (counter.manager, member.id, "  ", ReasonMissing),
        (counter.manager, bare.id, "核对", NoNumber),
        (counter.manager, "x", "核对", MemberUnknown),
    ):
        with pytest.raises(refusal):
            identities.reveal(actor, id_, reason)

    assert counter.count("reveals") == 0


def test_a_number_in_the_reason_for_a_look_is_not_kept(counter: Counter, vault: Vault, identities: Identities) -> None:
    member = enrol(counter, vault)

    identities.reveal(counter.manager, member.id, f"核对 {NUMBER}")

    assert [look.reason for look in identities.looks(counter.manager, member.id)] == ["核对 0245"]


def test_a_number_is_typed_later_replaced_and_dropped_and_the_trail_tells_the_kinds(
    counter: Counter, vault: Vault, identities: Identities
) -> None:
    member = enrol(counter, vault, document=None)

    identities.put(counter.manager, member.id, HERS)
    identities.put(counter.manager, member.id, HIS)
    kept = identities.reveal(counter.manager, member.id, "核对").number
    identities.drop(counter.manager, member.id)
    identities.drop(counter.manager, member.id)

    assert kept == OTHER
    assert counter.count("identities") == 0
    assert rows_of(counter.file, "SELECT field, old, new FROM member_changes ORDER BY seq") == [
        ("document", "", "resident"),
        ("document", "resident", "resident"),
        ("document", "resident", ""),
    ]


def test_a_cashier_changes_no_number_and_keeps_no_keys(counter: Counter, identities: Identities) -> None:
    for ask in (
        lambda: identities.put(counter.cashier, "x", HERS),
        lambda: identities.drop(counter.cashier, "x"),
        lambda: identities.begin_anew(counter.cashier),
        lambda: identities.bring_back(counter.cashier, ""),
        lambda: identities.spare_key(counter.cashier),
        lambda: identities.rotate(counter.cashier),
        lambda: identities.state(counter.cashier),
        lambda: identities.looks(counter.cashier, "x"),
        lambda: identities.key_history(counter.cashier),
    ):
        with pytest.raises(NotPermitted):
            ask()


def test_nobody_has_no_number(counter: Counter, identities: Identities) -> None:
    with pytest.raises(MemberUnknown):
        identities.put(counter.manager, "x", HERS)


def test_all_numbers_are_sealed_anew_in_one_go(counter: Counter, vault: Vault, identities: Identities) -> None:
    people = [enrol(counter, vault), enrol(counter, vault, "李建国", HIS)]
    before = vault.newest
    sealed = rows_of(counter.file, "SELECT sealed FROM identities")
    seen: list[tuple[int, int]] = []

    done = identities.rotate(counter.manager, lambda *at: seen.append(at))

    assert (done, seen) == (2, [(1, 2), (2, 2)])
    assert vault.newest != before
    assert rows_of(counter.file, "SELECT DISTINCT key_id FROM identities") == [(vault.newest,)]
    assert set(rows_of(counter.file, "SELECT sealed FROM identities")).isdisjoint(sealed)
    numbers = [identities.reveal(counter.manager, one.id, "核对").number for one in people]
    assert numbers == [NUMBER, OTHER]
    doubts = Members(counter.stores, counter.clock, vault).doubts(Profile("丁"), document=HIS)
    assert [one.hit.id for one in doubts.lookalikes] == [people[1].id]


def test_a_rotation_that_stops_leaves_every_number_as_it_was(counter: Counter, vault: Vault, identities: Identities) -> None:
    people = [enrol(counter, vault), enrol(counter, vault, "李建国", HIS)]
    before = rows_of(counter.file, "SELECT * FROM identities ORDER BY member_id")

    def stop(done: int, _all: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        identities.rotate(counter.manager, stop)

    assert rows_of(counter.file, "SELECT * FROM identities ORDER BY member_id") == before
    numbers = [identities.reveal(counter.manager, one.id, "核对").number for one in people]
    assert numbers == [NUMBER, OTHER]
    assert identities.rotate(counter.manager) == 2


def test_a_lost_key_is_said_in_words_and_everything_else_goes_on(counter: Counter, vault: Vault) -> None:
    member = enrol(counter, vault)
    counter.top_up(member, 20_000)
    lost = memory_vault()
    identities = Identities(counter.stores, counter.clock, lost)
    members = Members(counter.stores, counter.clock, lost)

    for ask in (
        lambda: identities.reveal(counter.manager, member.id, "核对"),
        lambda: identities.put(counter.manager, member.id, HERS),
        lambda: members.enrol(counter.manager, NewMember("李建国", None, document=HIS)),
    ):
        with pytest.raises(KeyMissing) as refused:
            ask()
        assert refused.value.numbers == 1
    portrait = members.portrait(counter.manager, member.id)
    assert (portrait.document, counter.count("members")) == (DocumentShown(HERS.kind, "0245"), 1)
    assert identities.state(counter.manager) == VaultState("", 0, 1)
    assert members.doubts(Profile("丁"), document=HERS).lookalikes == ()
    assert counter.sell(member).member_id == member.id
    assert members.enrol(counter.manager, NewMember("李建国", None)).name == "李建国"
    assert identities.rotate(counter.manager) == 0


def test_after_a_new_beginning_numbers_are_typed_again(counter: Counter, vault: Vault) -> None:
    member, other = enrol(counter, vault), enrol(counter, vault, "李建国", HIS)
    lost = memory_vault()
    identities = Identities(counter.stores, counter.clock, lost)

    identities.begin_anew(counter.manager)
    identities.put(counter.manager, member.id, HERS)

    assert identities.reveal(counter.manager, member.id, "核对").number == NUMBER
    assert identities.state(counter.manager) == VaultState(lost.newest, 1, 1)
    with pytest.raises(KeyMissing):
        identities.reveal(counter.manager, other.id, "核对")


def test_a_spare_key_brings_every_number_back(counter: Counter, vault: Vault, identities: Identities) -> None:
    member = enrol(counter, vault)
    paper = identities.spare_key(counter.manager)
    elsewhere = Identities(counter.stores, counter.clock, memory_vault())

    with pytest.raises(KeyUnreadable):
        elsewhere.bring_back(counter.manager, paper[:-1])
    state = elsewhere.bring_back(counter.manager, paper)

    assert state == VaultState(vault.newest, 1, 0)
    assert elsewhere.reveal(counter.manager, member.id, "核对").number == NUMBER


def test_what_was_done_with_the_key_stays_in_the_log_with_who_and_when(
    counter: Counter, vault: Vault, identities: Identities
) -> None:
    enrol(counter, vault)
    first = vault.newest
    paper = identities.spare_key(counter.manager)
    counter.wait(minutes=1)
    identities.rotate(counter.manager)
    second = vault.newest
    counter.wait(minutes=1)
    identities.begin_anew(counter.manager)
    third = vault.newest
    counter.wait(minutes=1)
    identities.bring_back(counter.manager, paper)

    history = identities.key_history(counter.manager)

    now, by = counter.clock.now_ms(), (counter.manager.staff_id, counter.manager.name)
    assert history == (
        KeyEvent(now - 180_000, *by, KeyDeed.WRITTEN_DOWN, first),
        KeyEvent(now - 120_000, *by, KeyDeed.ROTATED, second),
        KeyEvent(now - 60_000, *by, KeyDeed.BEGUN_ANEW, third),
        KeyEvent(now, *by, KeyDeed.BROUGHT_BACK, first),
    )
    assert paper not in repr(rows_of(counter.file, "SELECT * FROM key_events"))


def test_a_key_that_is_not_here_or_cannot_be_read_leaves_no_line(counter: Counter) -> None:
    empty = Identities(counter.stores, counter.clock, memory_vault())

    with pytest.raises(KeyMissing):
        empty.spare_key(counter.manager)
    with pytest.raises(KeyUnreadable):
        empty.bring_back(counter.manager, "AAAA")

    assert empty.key_history(counter.manager) == ()


def test_without_a_vault_a_person_is_enrolled_without_a_number_or_not_at_all(counter: Counter) -> None:
    with pytest.raises(KeyMissing):
        enrol(counter, None)

    assert (counter.count("members"), enrol(counter, None, document=None).name) == (0, "曾秀珍")


def test_a_key_that_cannot_be_kept_seals_nothing(counter: Counter) -> None:
    class Full(MemoryShelf):
        def write(self, text: str) -> None:
            raise KeyUnreadable

    with pytest.raises(KeyUnreadable):
        enrol(counter, Vault(Full()))

    assert (counter.count("members"), counter.count("identities")) == (0, 0)


def test_the_number_reaches_no_log_and_no_error(
    counter: Counter, vault: Vault, identities: Identities, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    member = enrol(counter, vault)
    shown = repr(NewMember("曾秀珍", None, document=HERS))
    with pytest.raises(KeyMissing) as lost:
        Identities(counter.stores, counter.clock, memory_vault()).reveal(counter.manager, member.id, "核对")
    shown += repr(lost.value) + str(lost.value) + repr(lost.value.__cause__)
    shown += repr(identities.reveal(counter.manager, member.id, "核对"))
    shown += repr(Members(counter.stores, counter.clock, vault).portrait(counter.manager, member.id))

    assert [part for part in (NUMBER, NUMBER[6:14], NUMBER[:14]) if part in shown + caplog.text] == []
