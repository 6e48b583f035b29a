"""Who works here: new PINs, who leaves, and who may say so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pos.domain.errors import (
    FormerName,
    LastManager,
    NotOnStaff,
    NotPermitted,
    OwnLeave,
    Refusal,
    WeakPin,
    WrongPin,
)
from pos.domain.staff import Role
from tests.pos.services.counter import CASHIER, MANAGER, OTHER, PIN, Counter, rows_of

NEW_PIN = "904273"


def staff_rows(counter: Counter) -> list[tuple[str, str, int, int]]:
    return rows_of(counter.file, "SELECT name, pin_hash, active, wrong_pins FROM staff ORDER BY name")


def test_a_manager_sees_everybody_who_works_here(closed_counter: Counter) -> None:
    counter = closed_counter
    counter.desk.leave(counter.manager, OTHER)

    people = counter.desk.people(counter.manager)

    assert {(one.name, one.role) for one in people} == {(MANAGER, Role.MANAGER), (CASHIER, Role.CASHIER)}


def test_a_new_pin_signs_in_and_the_old_one_does_not(closed_counter: Counter) -> None:
    counter = closed_counter

    counter.desk.new_pin(counter.manager, CASHIER, NEW_PIN)

    assert counter.desk.sign_in(CASHIER, NEW_PIN) == counter.cashier
    with pytest.raises(WrongPin):
        counter.desk.sign_in(CASHIER, PIN)


def test_a_new_pin_ends_the_wait_that_wrong_ones_earned(closed_counter: Counter) -> None:
    counter = closed_counter
    for _turn in range(3):
        with pytest.raises(WrongPin):
            counter.desk.sign_in(CASHIER, "0000")

    counter.desk.new_pin(counter.manager, CASHIER, NEW_PIN)

    assert counter.desk.sign_in(CASHIER, NEW_PIN) == counter.cashier


def test_a_managers_own_pin_changes_too(closed_counter: Counter) -> None:
    counter = closed_counter

    counter.desk.new_pin(counter.manager, MANAGER, NEW_PIN)

    assert counter.desk.sign_in(MANAGER, NEW_PIN) == counter.manager


def test_an_easy_new_pin_is_refused_and_the_old_one_stays(closed_counter: Counter) -> None:
    before = staff_rows(closed_counter)

    with pytest.raises(WeakPin):
        closed_counter.desk.new_pin(closed_counter.manager, CASHIER, "1234")

    assert staff_rows(closed_counter) == before


def test_whoever_left_signs_in_no_more_and_stays_in_the_books(counter: Counter) -> None:
    sale = counter.sell(counter.rich())

    counter.desk.leave(counter.manager, CASHIER)

    with pytest.raises(WrongPin):
        counter.desk.sign_in(CASHIER, PIN)
    sellers = rows_of(counter.file, f"SELECT staff.name FROM entries JOIN staff ON staff.id = entries.staff_id WHERE entries.id = '{sale.id}'")
    assert (CASHIER in counter.desk.names(), sellers) == (False, [(CASHIER,)])


def test_the_last_manager_stays(closed_counter: Counter) -> None:
    with pytest.raises(LastManager) as refused:
        closed_counter.desk.leave(closed_counter.manager, MANAGER)

    assert (refused.value.name, MANAGER in closed_counter.desk.names()) == (MANAGER, True)


def test_nobody_takes_themselves_off_even_where_another_manager_stays(closed_counter: Counter) -> None:
    counter = closed_counter
    counter.desk.add(counter.manager, "何玉兰", Role.MANAGER, NEW_PIN)

    with pytest.raises(OwnLeave):
        counter.desk.leave(counter.manager, MANAGER)

    assert MANAGER in counter.desk.names()


def test_a_manager_who_was_taken_off_elsewhere_changes_nothing_any_more(closed_counter: Counter) -> None:
    counter = closed_counter
    counter.desk.add(counter.manager, "何玉兰", Role.MANAGER, NEW_PIN)
    second = counter.desk.sign_in("何玉兰", NEW_PIN)
    counter.desk.leave(second, MANAGER)
    before = staff_rows(counter)

    for deed in deeds(counter, "何玉兰"):
        with pytest.raises(NotPermitted):
            deed(counter.manager)

    assert staff_rows(counter) == before


def test_a_cashier_changes_nobody(closed_counter: Counter) -> None:
    before = staff_rows(closed_counter)

    for deed in deeds(closed_counter, OTHER):
        with pytest.raises(NotPermitted):
            deed(closed_counter.cashier)

    assert staff_rows(closed_counter) == before


def deeds(counter: Counter, name: str) -> list[Callable[..., object]]:
    desk = counter.desk
    return [
        desk.people,
        lambda actor: desk.add(actor, "郭文斌", Role.MANAGER, NEW_PIN),
        lambda actor: desk.new_pin(actor, name, NEW_PIN),
        lambda actor: desk.leave(actor, name),
    ]


@pytest.mark.parametrize(
    ("deed", "kind"),
    [
        (lambda counter: counter.desk.new_pin(counter.manager, OTHER, NEW_PIN), NotOnStaff),
        (lambda counter: counter.desk.leave(counter.manager, OTHER), NotOnStaff),
        (lambda counter: counter.desk.add(counter.manager, OTHER, Role.CASHIER, NEW_PIN), FormerName),
    ],
)
def test_who_left_keeps_the_name_and_gets_no_pin(
    closed_counter: Counter, deed: Callable[[Counter], None], kind: type[Refusal]
) -> None:
    closed_counter.desk.leave(closed_counter.manager, OTHER)
    before = staff_rows(closed_counter)

    with pytest.raises(kind):
        deed(closed_counter)

    assert staff_rows(closed_counter) == before


def test_a_new_pin_stands_nowhere_as_it_was_typed(closed_counter: Counter) -> None:
    counter = closed_counter
    counter.desk.new_pin(counter.manager, CASHIER, NEW_PIN)

    written = counter.file.read_bytes() + counter.file.with_name("canteen.db-wal").read_bytes()

    assert NEW_PIN.encode() not in written
