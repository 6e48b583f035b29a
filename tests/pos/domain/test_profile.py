"""A member's form: what is kept, what is refused, what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pos.domain.address import Address
from pos.domain.errors import BadBirthDate, BadName
from pos.domain.identity import Sex
from pos.domain.profile import (
    PARTICULARS,
    ChangedElsewhere,
    Consent,
    ConsentTo,
    Contact,
    FieldTooLong,
    GuardianNeeded,
    Held,
    HeldBackwards,
    Particulars,
    PhotoTooLarge,
    Profile,
    ProfileField,
    check_photo,
    checked_profile,
    differences,
    held_on,
    needed_consents,
    told,
    with_changes,
)

TODAY = date(2026, 11, 23)
POOR = Held("低保", date(2026, 1, 1), date(2026, 12, 31))
WHOLE = Profile(
    "曾秀珍",
    date(1936, 8, 15),
    "13800001234",
    Particulars(
        Sex.FEMALE,
        Address("幸福里", "2号楼", "3单元", "4层", "402"),
        Contact("曾小红", "13900005678", "女儿"),
        Contact(),
        Contact("刘社工", "13700001111"),
        "F012",
        "安阳市/文峰区/东关街道",
        "安阳市/文峰区",
        (POOR,),
        (Held("年票", date(2026, 1, 1)),),
        ("软食",),
        (Consent(ConsentTo.MEMBERSHIP, "2026-1", TODAY),),
        "zeng xiu zhen",
    ),
)


@pytest.mark.parametrize(("day", "held"), [(date(2025, 12, 31), set()), (date(2026, 1, 1), {"低保"}), (date(2026, 12, 31), {"低保"}), (date(2027, 1, 1), set())])
def test_E1_a_category_holds_on_its_days(day: date, held: set[str]) -> None:
    assert held_on((POOR,), day) == held


def test_what_has_no_days_holds_always() -> None:
    assert held_on((Held("员工"), Held("志愿者", last=date(2026, 1, 1)), Held("骑手", first=date(2027, 1, 1))), TODAY) == {"员工"}


def test_a_profile_that_is_right_stays_as_it_is() -> None:
    assert checked_profile(WHOLE, TODAY) == WHOLE


def test_what_a_keyboard_adds_is_taken_off() -> None:
    typed = Profile(
        " 阿依古丽．买买提 ",
        None,
        "１３８ 00001234 ",
        Particulars(
            address=Address(" 幸福里 ", "２号楼"),
            emergency=Contact(" 买买提•阿不都 ", " 139 ", " 儿子 "),
            household=" Ｆ012 ",
            categories=(Held(" 低保 "), Held(" ")),
            diets=("软食", " 软食 ", ""),
            spoken=" A  Yi Gu Li ",
        ),
    )

    kept = checked_profile(typed, TODAY)

    assert kept == Profile(
        "阿依古丽·买买提",
        None,
        "138 00001234",
        Particulars(
            address=Address("幸福里", "2号楼"),
            emergency=Contact("买买提·阿不都", "139", "儿子"),
            household="F012",
            categories=(Held("低保"),),
            diets=("软食",),
            spoken="a yi gu li",
        ),
    )


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (replace(WHOLE, name=" "), BadName),
        (replace(WHOLE, birth_date=TODAY + timedelta(days=1)), BadBirthDate),
        (replace(WHOLE, birth_date=date(1900, 12, 31)), BadBirthDate),
        (replace(WHOLE, phone="1" * 101), FieldTooLong),
        (replace(WHOLE, particulars=replace(WHOLE.particulars, emergency=Contact("李" * 51))), BadName),
        (replace(WHOLE, particulars=replace(WHOLE.particulars, categories=(Held("低保", TODAY, TODAY - timedelta(days=1)),))), HeldBackwards),
    ],
)
def test_a_profile_that_cannot_be_right_is_refused(wrong: Profile, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        checked_profile(wrong, TODAY)


@pytest.mark.parametrize(
    ("born", "guardian", "refused"),
    [
        (date(2012, 11, 23), Contact(), False),
        (date(2012, 11, 24), Contact(), True),
        (date(2012, 11, 24), Contact("王红", ""), True),
        (date(2012, 11, 24), Contact("", "139"), True),
        (date(2012, 11, 24), Contact("王红", "139"), False),
        (None, Contact(), False),
    ],
)
def test_E1_who_is_under_14_today_has_a_guardian(born: date | None, guardian: Contact, refused: bool) -> None:
    pupil = Profile("王䶮", born, "", Particulars(guardian=guardian))
    try:
        found = checked_profile(pupil, TODAY)
    except GuardianNeeded as error:
        found = None
        age = error.age
    else:
        age = 13

    assert (found is None, age) == (refused, 13)


def test_each_signature_is_asked_for_what_needs_it() -> None:
    pupil = Profile("王䶮", date(2016, 1, 1), "", replace(WHOLE.particulars, consents=()))

    asked = [
        needed_consents(pupil, TODAY, number=True, photo=True),
        needed_consents(WHOLE, TODAY, number=False, photo=False),
        needed_consents(Profile("王䶮"), TODAY, number=False, photo=False),
    ]

    assert asked == [
        (ConsentTo.MEMBERSHIP, ConsentTo.IDENTITY, ConsentTo.DIET, ConsentTo.CATEGORY, ConsentTo.PHOTO, ConsentTo.CHILD),
        (ConsentTo.DIET, ConsentTo.CATEGORY),
        (ConsentTo.MEMBERSHIP,),
    ]


def test_only_what_changed_is_written_over_what_another_counter_wrote() -> None:
    mine = replace(WHOLE, phone="139", particulars=replace(WHOLE.particulars, diets=("低盐",)))
    theirs = replace(WHOLE, name="曾秀真", particulars=replace(WHOLE.particulars, household="F013"))

    changes = differences(WHOLE, mine)

    assert changes == {ProfileField.PHONE: ("13800001234", "139"), ProfileField.DIETS: (("软食",), ("低盐",))}
    assert with_changes(theirs, changes) == replace(
        mine, name="曾秀真", particulars=replace(mine.particulars, household="F013")
    )


def test_a_field_that_both_changed_is_refused() -> None:
    theirs = replace(WHOLE, phone="137")

    with pytest.raises(ChangedElsewhere) as refused:
        with_changes(theirs, differences(WHOLE, replace(WHOLE, phone="139")))

    assert refused.value.field == "phone"


def test_every_particular_has_its_line_in_the_audit_trail() -> None:
    said = {part: told(getattr(WHOLE.particulars, part)) for part in PARTICULARS}

    assert said == {
        "sex": "female",
        "address": "幸福里2号楼3单元4层402",
        "emergency": "曾小红 女儿 13900005678",
        "guardian": "",
        "community_worker": "刘社工 13700001111",
        "household": "F012",
        "hukou": "安阳市/文峰区/东关街道",
        "residence": "安阳市/文峰区",
        "categories": "低保 2026-01-01–2026-12-31",
        "passes": "年票 2026-01-01–",
        "diets": "软食",
        "consents": "membership 2026-1 2026-11-23",
        "spoken": "zeng xiu zhen",
    }
    assert told(None) == ""


def test_a_picture_that_nobody_scaled_down_is_refused() -> None:
    check_photo(None)
    check_photo(b"x" * 400_000)
    with pytest.raises(PhotoTooLarge) as refused:
        check_photo(b"x" * 400_001)

    assert (refused.value.size, refused.value.limit) == (400_001, 400_000)
