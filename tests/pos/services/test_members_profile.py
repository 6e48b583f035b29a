"""The members' desk: who looks alike, what is known of somebody, who changed what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pos.domain.address import Address
from pos.domain.cards import CardUid
from pos.domain.errors import MemberUnknown, NotPermitted
from pos.domain.members import Card, Member, MemberHit, MemberStatus, Wallet
from pos.domain.profile import (
    Change,
    ChangedElsewhere,
    ConsentTo,
    Contact,
    Doubts,
    GuardianNeeded,
    Held,
    Lookalike,
    Particulars,
    Profile,
    ProfileField,
    Sameness,
)
from pos.services.members import NewMember, Portrait
from tests.pos.services.counter import MONDAY, Counter, rows_of

POOR = Held("低保", date(2026, 1, 1), date(2026, 12, 31))
KNOWN = Particulars(
    address=Address("幸福里", "2号楼", "3单元", "4层", "402"),
    emergency=Contact("曾小红", "13900005678", "女儿"),
    hukou="安阳市/文峰区",
    residence="安阳市",
    categories=(POOR, Held("残疾", date(2027, 1, 1))),
    passes=(Held("2026", None, date(2026, 11, 22)),),
    diets=("软食",),
)
ZENG = NewMember("曾秀珍", date(1936, 8, 15), "13800001234", CardUid("01026F6C3A"), KNOWN, b"jpeg")


def test_E1_a_sale_sees_what_holds_on_its_day(counter: Counter) -> None:
    member = counter.members.enrol(counter.manager, ZENG)

    with counter.stores.read() as store:
        later = store.members.get(member.id, date(2027, 1, 1))
    assert member == Member(
        member.id, "曾秀珍", date(1936, 8, 15), "13800001234", MemberStatus.ACTIVE, frozenset({"低保"}),
        hukou="安阳市/文峰区", residence="安阳市", diets=frozenset({"软食"}),
    )  # fmt: skip
    assert later == replace(member, categories=frozenset({"残疾"}))
    assert counter.checkout.identify(CardUid("01026F6C3A")).member == member


def test_a_portrait_shows_everything(counter: Counter) -> None:
    member = counter.members.enrol(counter.manager, ZENG)
    counter.top_up(member, 20_000)

    portrait = counter.members.portrait(counter.manager, member.id)

    card = Card(CardUid("01026F6C3A"), member.id)
    assert portrait == Portrait(member, ZENG.profile, (), card, Wallet(member.id, 20_000, 2_000), b"jpeg")
    assert "jpeg" not in repr(portrait)


def test_a_member_enrolled_before_there_were_particulars_has_an_empty_form(counter: Counter) -> None:
    with counter.stores.write() as store:
        store.members.add(Member("old", "王䶮", None, "138"), (), 0)

    assert counter.members.portrait(counter.manager, "old").profile == Profile("王䶮", None, "138")


def test_a_cashier_sees_and_changes_nobodys_form(counter: Counter) -> None:
    member = counter.members.enrol(counter.manager, ZENG)
    asked = (
        lambda: counter.members.portrait(counter.cashier, member.id),
        lambda: counter.members.change(counter.cashier, member.id, ZENG.profile, replace(ZENG.profile, phone="1")),
        lambda: counter.members.picture(counter.cashier, member.id, None),
        lambda: counter.members.history(counter.cashier, member.id),
    )

    for ask in asked:
        with pytest.raises(NotPermitted) as refused:
            ask()

        assert (refused.value.permission, refused.value.name) == ("members", "李桂兰")
    assert counter.count("member_changes") == 0


def test_who_looks_alike_is_shown_before_saving(counter: Counter) -> None:
    twin = counter.enrol("曾秀珍", date(1936, 8, 15))
    spouse = counter.enrol("李建国", phone="13800001234")
    same = counter.enrol("曾秀珍", date(1936, 8, 15), phone="13800001234")
    counter.enrol("曾秀珍", date(1936, 8, 16))
    counter.enrol("曾秀珍")

    doubts = counter.members.doubts(ZENG.profile, photo=True)

    by_id = {one.hit.id: one.because for one in doubts.lookalikes}
    assert by_id == {
        twin.id: {Sameness.NAME_AND_BIRTH},
        spouse.id: {Sameness.PHONE},
        same.id: {Sameness.NAME_AND_BIRTH, Sameness.PHONE},
    }
    assert Lookalike(MemberHit(twin.id, "曾秀珍", 90, "", "", 0, MemberStatus.ACTIVE), frozenset({Sameness.NAME_AND_BIRTH})) in doubts.lookalikes
    assert doubts.consents == (ConsentTo.MEMBERSHIP, ConsentTo.DIET, ConsentTo.CATEGORY, ConsentTo.PHOTO)


def test_nobody_looks_like_themselves_and_no_phone_is_nobodys_phone(counter: Counter) -> None:
    member = counter.enrol("王䶮", date(1950, 1, 1))
    counter.enrol("李㛃")

    doubts = counter.members.doubts(Profile("王䶮", date(1950, 1, 1)), member.id)

    assert doubts == Doubts((), (ConsentTo.MEMBERSHIP,))


def test_a_change_is_kept_with_who_when_and_what(counter: Counter) -> None:
    member = counter.members.enrol(counter.manager, ZENG)
    moved = replace(ZENG.profile, name="曾秀真", particulars=replace(KNOWN, address=Address("幸福里", "10号楼"), categories=()))
    counter.wait(minutes=5)

    stored = counter.members.change(counter.manager, member.id, ZENG.profile, moved)

    at_ms, boss = counter.clock.now_ms(), counter.manager
    assert stored == moved == counter.members.portrait(boss, member.id).profile
    assert counter.members.history(boss, member.id) == (
        Change(at_ms, boss.staff_id, "周敏", ProfileField.NAME, "曾秀珍", "曾秀真"),
        Change(at_ms, boss.staff_id, "周敏", ProfileField.ADDRESS, "幸福里2号楼3单元4层402", "幸福里10号楼"),
        Change(at_ms, boss.staff_id, "周敏", ProfileField.CATEGORIES, "低保 2026-01-01–2026-12-31; 残疾 2027-01-01–", ""),
    )


def test_a_changed_name_and_address_are_what_finds_somebody(counter: Counter) -> None:
    member = counter.members.enrol(counter.manager, ZENG)
    changed = replace(ZENG.profile, name="尉迟珍", phone="137", particulars=replace(KNOWN, address=Address("", "10号楼", "", "", "1")))

    counter.members.change(counter.manager, member.id, ZENG.profile, changed)

    found = {text: bool(counter.members.search(text)) for text in ("曾秀珍", "zxz", "1234", "2-402", "幸福里", "尉迟", "yczhen", "yuchizhen", "137", "10-1", "6634", "0040856634")}
    assert found == dict.fromkeys(("曾秀珍", "zxz", "1234", "2-402", "幸福里", "yczhen"), False) | dict.fromkeys(
        ("尉迟", "yuchizhen", "137", "10-1", "6634", "0040856634"), True
    )


@pytest.mark.parametrize("text", ["2号楼", "2号楼 402", "2-402", "2-3-402", "402", "幸福里", "幸福里 zxz", "zeng 2-4"])
def test_a_member_is_found_by_building_and_door(counter: Counter, text: str) -> None:
    counter.members.enrol(counter.manager, ZENG)
    counter.enrol("李㛃")

    assert [hit.name for hit in counter.members.search(text)] == ["曾秀珍"]


def test_a_reading_that_somebody_corrected_finds_beside_the_usual_ones(counter: Counter) -> None:
    counter.members.enrol(counter.manager, NewMember("盖玉兰", None, particulars=Particulars(spoken="Gai Yu Lan")))

    assert [len(counter.members.search(text)) for text in ("gaiyulan", "gyl", "geyulan", "gai", "yulan")] == [1] * 5


def test_two_counters_change_two_fields_and_both_stay(counter: Counter) -> None:
    member = counter.members.enrol(counter.manager, ZENG)
    counter.members.change(counter.manager, member.id, ZENG.profile, replace(ZENG.profile, phone="137"))

    stored = counter.members.change(counter.manager, member.id, ZENG.profile, replace(ZENG.profile, birth_date=date(1936, 8, 16)))

    assert stored == replace(ZENG.profile, phone="137", birth_date=date(1936, 8, 16))


def test_two_counters_change_one_field_and_the_second_is_told(counter: Counter) -> None:
    member = counter.members.enrol(counter.manager, ZENG)
    counter.members.change(counter.manager, member.id, ZENG.profile, replace(ZENG.profile, phone="137"))

    with pytest.raises(ChangedElsewhere) as refused:
        counter.members.change(counter.manager, member.id, ZENG.profile, replace(ZENG.profile, phone="139"))

    assert (refused.value.field, counter.count("member_changes")) == ("phone", 1)


def test_M2_a_change_asked_for_again_is_one_change(counter: Counter) -> None:
    member = counter.members.enrol(counter.manager, ZENG)
    changed = replace(ZENG.profile, phone="137")
    first = counter.members.change(counter.manager, member.id, ZENG.profile, changed)

    again = counter.members.change(counter.manager, member.id, ZENG.profile, changed)

    assert (first, again, counter.count("member_changes")) == (changed, changed, 1)


def test_a_change_that_makes_a_child_of_somebody_asks_for_a_guardian(counter: Counter) -> None:
    member = counter.members.enrol(counter.manager, ZENG)

    with pytest.raises(GuardianNeeded):
        counter.members.change(counter.manager, member.id, ZENG.profile, replace(ZENG.profile, birth_date=MONDAY))

    assert counter.members.portrait(counter.manager, member.id).profile == ZENG.profile


def test_nobody_has_no_form(counter: Counter) -> None:
    asked = (
        lambda: counter.members.portrait(counter.manager, "x"),
        lambda: counter.members.change(counter.manager, "x", ZENG.profile, replace(ZENG.profile, phone="1")),
        lambda: counter.members.picture(counter.manager, "x", None),
    )

    for ask in asked:
        with pytest.raises(MemberUnknown):
            ask()


def test_a_picture_is_changed_and_only_the_fact_is_kept(counter: Counter) -> None:
    member = counter.members.enrol(counter.manager, ZENG)

    counter.members.picture(counter.manager, member.id, b"newer")

    assert counter.members.portrait(counter.manager, member.id).photo == b"newer"
    assert rows_of(counter.file, "SELECT field, old, new FROM member_changes") == [("photo", "", "")]
