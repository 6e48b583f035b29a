"""Staff: who may do what, which PINs are too easy, and how long a guesser waits."""

from __future__ import annotations

import pytest

from pos.domain.errors import BadName, NotPermitted, PinWeakness, WeakPin
from pos.domain.staff import Actor, Permission, Role, StaffMember, check_name, check_pin, pin_wait_s

CASHIER = Actor("c", "李桂兰", Role.CASHIER)
MANAGER = Actor("m", "周敏", Role.MANAGER)


def test_a_cashier_sells_notes_deliveries_and_looks_after_the_own_drawer_and_no_more() -> None:
    may = {permission for permission in Permission if CASHIER.may(permission)}

    assert may == {
        Permission.SELL,
        Permission.UNDO,
        Permission.TOP_UP,
        Permission.REPRINT,
        Permission.OPEN_DRAWER,
        Permission.SHIFT,
        Permission.X_REPORT,
        Permission.CARD_LOST,
        Permission.DELIVERIES,
    }


def test_a_manager_may_everything() -> None:
    assert all(MANAGER.may(permission) for permission in Permission)


def test_who_may_not_is_told_what_and_who() -> None:
    MANAGER.must(Permission.ENROL)

    with pytest.raises(NotPermitted) as refused:
        CASHIER.must(Permission.ENROL)

    assert (refused.value.permission, refused.value.name) == (Permission.ENROL, "李桂兰")


@pytest.mark.parametrize(
    ("wrong_pins", "wait_s"),
    [(0, 0), (1, 0), (2, 0), (3, 2), (4, 4), (5, 8), (6, 16), (10, 256), (11, 300), (40, 300), (10_000, 300)],
)
def test_the_wait_doubles_from_the_third_wrong_pin_to_five_minutes(wrong_pins: int, wait_s: int) -> None:
    assert pin_wait_s(wrong_pins) == wait_s


@pytest.mark.parametrize("pin", ["2580", "1357", "9042", "112233", "24680"])
def test_an_ordinary_pin_is_taken(pin: str) -> None:
    check_pin(pin)


@pytest.mark.parametrize(
    ("pin", "weakness"),
    [
        ("", PinWeakness.NOT_DIGITS),
        ("12a4", PinWeakness.NOT_DIGITS),
        ("２５８０", PinWeakness.NOT_DIGITS),
        (" 258", PinWeakness.NOT_DIGITS),
        ("258", PinWeakness.TOO_SHORT),
        ("0000", PinWeakness.TOO_SIMPLE),
        ("1234", PinWeakness.TOO_SIMPLE),
        ("4321", PinWeakness.TOO_SIMPLE),
        ("7890", PinWeakness.TOO_SIMPLE),
        ("109876", PinWeakness.TOO_SIMPLE),
    ],
)
def test_an_easy_pin_is_refused_with_its_weakness(pin: str, weakness: PinWeakness) -> None:
    with pytest.raises(WeakPin) as refused:
        check_pin(pin)

    assert (refused.value.weakness, refused.value.least) == (weakness, 4)


@pytest.mark.parametrize(
    ("typed", "name"),
    [(" 王䶮 ", "王䶮"), ("阿依古丽·买买提", "阿依古丽·买买提"), ("张𬭎", "张𬭎"), ("李" * 50, "李" * 50)],
)
def test_a_name_loses_the_blanks_around_it(typed: str, name: str) -> None:
    assert check_name(typed) == name


@pytest.mark.parametrize("typed", ["", "  ", "李" * 51, "王\n䶮", "王\x1b@", "王\t䶮", "王\u2028䶮", "\x00"])
def test_a_name_that_is_empty_too_long_or_no_line_of_text_is_refused(typed: str) -> None:
    with pytest.raises(BadName) as refused:
        check_name(typed)

    assert refused.value.longest == 50


def test_a_hash_of_a_pin_is_not_in_what_a_log_would_show() -> None:
    person = StaffMember("c", "李桂兰", Role.CASHIER, "$argon2id$secret")

    assert "argon2" not in repr(person)
