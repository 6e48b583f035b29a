"""Signing in: the right PIN opens, wrong ones wait, and no PIN is ever written down."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from pos.domain.errors import BadName, NameTaken, NotPermitted, PinWait, PinWeakness, WeakPin, WrongPin
from pos.domain.staff import Actor, Role
from pos.services import pins
from pos.services.staff import Desk
from tests.pos.services.counter import CASHIER, MANAGER, OTHER, PIN, Counter, rows_of


def wrong(counter: Counter, times: int = 1) -> list[int]:
    """So many wrong PINs, each as soon as it is looked at; the waits that they earned, in seconds."""
    waits: list[int] = []
    for _ in range(times):
        with pytest.raises(WrongPin) as refused:
            counter.desk.sign_in(CASHIER, "0000")
        waits.append(refused.value.wait_s)
        counter.wait(seconds=refused.value.wait_s)
    return waits


def wait_for(counter: Counter, pin: str) -> int:
    with pytest.raises(PinWait) as refused:
        counter.desk.sign_in(CASHIER, pin)
    return refused.value.wait_s


@pytest.mark.parametrize(("name", "role"), [(MANAGER, Role.MANAGER), (CASHIER, Role.CASHIER)])
def test_the_right_pin_signs_in(closed_counter: Counter, name: str, role: Role) -> None:
    actor = closed_counter.desk.sign_in(name, PIN)

    assert (actor.name, actor.role) == (name, role)


def test_everybody_who_may_sign_in_is_listed_by_name(closed_counter: Counter) -> None:
    assert sorted(closed_counter.desk.names()) == sorted((MANAGER, CASHIER, OTHER))


@pytest.mark.parametrize("pin", ["", "0000", "258", "25800", " 2580", "２５８０", "2580\x00", "x" * 10_000])
def test_any_other_pin_is_wrong(closed_counter: Counter, pin: str) -> None:
    with pytest.raises(WrongPin) as refused:
        closed_counter.desk.sign_in(CASHIER, pin)

    assert refused.value.wait_s == 0


@pytest.mark.parametrize("name", ["", "nobody", "李桂", "李桂兰 ", "' OR 1=1 --"])
def test_nobody_signs_in_under_a_name_that_does_not_exist(closed_counter: Counter, name: str) -> None:
    with pytest.raises(WrongPin):
        closed_counter.desk.sign_in(name, PIN)


def test_the_wait_grows_with_every_wrong_pin(closed_counter: Counter) -> None:
    assert wrong(closed_counter, 6) == [0, 0, 2, 4, 8, 16]


def test_even_the_right_pin_is_not_looked_at_before_the_wait_is_over(closed_counter: Counter) -> None:
    counter = closed_counter
    wrong(counter, 4)
    with pytest.raises(WrongPin):
        counter.desk.sign_in(CASHIER, "0000")

    waits = [wait_for(counter, PIN)]
    counter.wait(seconds=7)
    waits.append(wait_for(counter, PIN))
    counter.wait(seconds=1)

    assert waits == [8, 1]
    assert counter.desk.sign_in(CASHIER, PIN).name == CASHIER


def test_trying_during_the_wait_does_not_make_it_longer(closed_counter: Counter) -> None:
    counter = closed_counter
    wrong(counter, 2)
    with pytest.raises(WrongPin):
        counter.desk.sign_in(CASHIER, "0000")

    assert [wait_for(counter, "0000") for _ in range(5)] == [2] * 5


def test_the_wait_survives_a_restart(closed_counter: Counter) -> None:
    counter = closed_counter
    wrong(counter, 3)
    with pytest.raises(WrongPin):
        counter.desk.sign_in(CASHIER, "0000")

    restarted = Desk(counter.stores, counter.clock)

    with pytest.raises(PinWait) as refused:
        restarted.sign_in(CASHIER, PIN)
    assert refused.value.wait_s == 4


def test_the_right_pin_forgets_the_wrong_ones(closed_counter: Counter) -> None:
    counter = closed_counter
    wrong(counter, 5)

    counter.desk.sign_in(CASHIER, PIN)

    assert wrong(counter, 3) == [0, 0, 2]


def test_one_persons_wrong_pins_are_not_anothers_wait(closed_counter: Counter) -> None:
    counter = closed_counter
    wrong(counter, 2)
    with pytest.raises(WrongPin):
        counter.desk.sign_in(CASHIER, "0000")

    assert counter.desk.sign_in(MANAGER, PIN).role is Role.MANAGER


def test_a_clock_that_was_ahead_locks_nobody_out_for_a_year(closed_counter: Counter) -> None:
    counter = closed_counter
    right_time = counter.clock.local()
    counter.clock.set(right_time + timedelta(days=365))
    wrong(counter, 2)
    with pytest.raises(WrongPin):
        counter.desk.sign_in(CASHIER, "0000")
    counter.clock.set(right_time)

    waits = [wait_for(counter, PIN), wait_for(counter, PIN)]
    counter.wait(seconds=2)

    assert waits == [2, 2]
    assert counter.desk.sign_in(CASHIER, PIN).name == CASHIER


def test_after_two_slips_a_clock_that_went_back_is_no_reason_to_wait(closed_counter: Counter) -> None:
    counter = closed_counter
    wrong(counter, 2)
    counter.wait(days=-1)

    assert counter.desk.sign_in(CASHIER, PIN).name == CASHIER


# -- more people -------------------------------------------------------------------------------------


def test_a_manager_adds_somebody_who_signs_in(closed_counter: Counter) -> None:
    counter = closed_counter

    counter.desk.add(counter.manager, " 何玉兰 ", Role.CASHIER, "9042")

    assert counter.desk.sign_in("何玉兰", "9042").role is Role.CASHIER


def test_a_cashier_adds_nobody(closed_counter: Counter) -> None:
    counter = closed_counter

    with pytest.raises(NotPermitted):
        counter.desk.add(counter.cashier, "何玉兰", Role.MANAGER, "9042")

    assert counter.count("staff") == 3


def test_a_name_is_given_once(closed_counter: Counter) -> None:
    with pytest.raises(NameTaken) as refused:
        closed_counter.desk.add(closed_counter.manager, f" {CASHIER} ", Role.CASHIER, "9042")

    assert refused.value.name == CASHIER


@pytest.mark.parametrize(("name", "pin", "kind"), [("", "9042", BadName), ("何玉兰", "1234", WeakPin), ("何玉兰", "90", WeakPin)])
def test_a_bad_name_or_an_easy_pin_adds_nobody(closed_counter: Counter, name: str, pin: str, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        closed_counter.desk.add(closed_counter.manager, name, Role.CASHIER, pin)

    assert closed_counter.count("staff") == 3


# -- nothing is written down -------------------------------------------------------------------------


def test_no_pin_stands_in_the_file_in_an_error_or_in_the_log(closed_counter: Counter, caplog: pytest.LogCaptureFixture) -> None:
    counter = closed_counter
    caplog.set_level(logging.DEBUG)
    counter.desk.add(counter.manager, "何玉兰", Role.CASHIER, "904273")
    actor = counter.desk.sign_in("何玉兰", "904273")
    with pytest.raises(WrongPin) as refused:
        counter.desk.sign_in("何玉兰", "904274")
    with pytest.raises(WeakPin) as weak:
        counter.desk.add(counter.manager, "郭文斌", Role.CASHIER, "777777")

    written = counter.file.read_bytes() + counter.file.with_name("canteen.db-wal").read_bytes()
    said = caplog.text + repr(refused.value) + str(refused.value) + repr(weak.value) + repr(actor)

    assert [pin.encode() in written for pin in ("904273", "904274", "777777")] == [False] * 3
    assert [pin in said for pin in ("904273", "904274", "777777", "argon2")] == [False] * 4
    assert weak.value.weakness is PinWeakness.TOO_SIMPLE


def test_two_people_with_the_same_pin_have_different_hashes(closed_counter: Counter) -> None:
    hashes = [row[0] for row in rows_of(closed_counter.file, "SELECT pin_hash FROM staff")]

    assert len(set(hashes)) == 3
    assert all(one.startswith("$argon2id$") for one in hashes)


def test_a_pin_is_as_dear_to_whoever_guesses_as_rfc_9106_asks(dear_pins: None) -> None:
    assert pins.hash_pin("904273").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_an_actor_is_who_signed_in(closed_counter: Counter) -> None:
    assert closed_counter.desk.sign_in(CASHIER, PIN) == Actor(closed_counter.cashier.staff_id, CASHIER, Role.CASHIER)
