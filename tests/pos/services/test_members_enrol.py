"""Enrolling: a name, perhaps a birth date, perhaps a card that nobody ever had."""

from __future__ import annotations

from datetime import date

import pytest

from pos.domain.cards import CardUid
from pos.domain.errors import BadBirthDate, BadName, CardState, CardTaken, NotPermitted
from pos.domain.members import Member, Wallet
from pos.domain.profile import Contact, Particulars
from pos.services.members import NewMember
from tests.made_up import card_becomes
from tests.pos.services.counter import MONDAY, Counter

WHOLE, TWIN, TAIL = CardUid("01026F6C3A"), CardUid("02026F6C3A"), CardUid("026F6C3A")


def test_a_member_is_stored_with_an_empty_wallet(counter: Counter) -> None:
    new = NewMember(" 王䶮 ", date(1944, 11, 23), " １３８00001234 ", WHOLE, photo=b"jpeg")

    member = counter.members.enrol(counter.manager, new)

    with counter.stores.read() as store:
        assert (store.members.wallet(member.id), store.members.photo(member.id)) == (Wallet(member.id, 0, 0), b"jpeg")
        assert store.members.get(member.id, MONDAY) == member
        assert member == Member(member.id, "王䶮", date(1944, 11, 23), "13800001234")


def test_a_cashier_enrols_nobody(counter: Counter) -> None:
    with pytest.raises(NotPermitted) as refused:
        counter.members.enrol(counter.cashier, NewMember("王䶮", None))

    assert (refused.value.permission, refused.value.name, counter.count("members")) == ("enrol", "李桂兰", 0)


@pytest.mark.parametrize("name", ["", "  ", "李" * 51, "王\n䶮"])
def test_a_name_must_be_one_line_of_1_to_50_characters(counter: Counter, name: str) -> None:
    with pytest.raises(BadName):
        counter.enrol(name)

    assert counter.count("members") == 0


@pytest.mark.parametrize("born", [date(1901, 1, 1), date(1926, 2, 28), date(2026, 11, 23)])
def test_a_birth_date_may_lie_125_years_back_and_be_today(counter: Counter, born: date) -> None:
    daughter = Particulars(guardian=Contact("王红", "13900005678", "女儿"))

    member = counter.members.enrol(counter.manager, NewMember("王䶮", born, particulars=daughter))

    assert member.birth_date == born


@pytest.mark.parametrize("born", [date(2026, 11, 24), date(2062, 1, 1), date(1900, 12, 31), date(1, 1, 1)])
def test_a_birth_date_outside_a_life_is_refused(counter: Counter, born: date) -> None:
    with pytest.raises(BadBirthDate) as refused:
        counter.enrol(born=born)

    assert (refused.value.text, counter.count("members")) == (born.isoformat(), 0)


@pytest.mark.parametrize(("first", "second"), [(WHOLE, WHOLE), (WHOLE, TAIL), (TAIL, WHOLE), (TAIL, TAIL)])
@pytest.mark.parametrize("state", list(CardState))
def test_a_card_that_somebody_has_or_had_is_taken_whatever_the_reader_prints(
    counter: Counter, first: CardUid, second: CardUid, state: CardState
) -> None:
    counter.enrol("王䶮", card=first)
    with counter.stores.write() as store:
        card_becomes(store, first, state)

    with pytest.raises(CardTaken) as refused:
        counter.enrol("李㛃", card=second)

    assert (refused.value.printed, refused.value.holder, counter.count("members")) == ("0040856634", "王䶮", 1)


def test_cards_that_differ_in_the_top_byte_are_two_cards(counter: Counter) -> None:
    counter.enrol("王䶮", card=WHOLE)

    counter.enrol("李㛃", card=TWIN)

    assert counter.count("cards") == 2


def test_a_photo_is_not_in_what_a_log_would_show() -> None:
    shown = repr(NewMember("王䶮", None, photo=b"jpeg")) + repr(Member("m", "王䶮", None, "", photo=b"jpeg"))

    assert "jpeg" not in shown


def test_M2_an_enrolment_asked_for_again_makes_nobody_new(counter: Counter) -> None:
    new = NewMember("王䶮", None)
    first = counter.members.enrol(counter.manager, new)

    again = counter.members.enrol(counter.manager, new)

    assert (again, counter.count("members")) == (first, 1)
