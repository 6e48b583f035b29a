"""Names of people as they are kept."""

from __future__ import annotations

import codecs

import pytest

from pos.domain.errors import BadName
from pos.domain.names import _NOW, COMPOUND_SURNAMES, PrivateCharacter, person_name, short_name
from pos.services.pinyin import SURNAMES


@pytest.mark.parametrize(
    "name",
    ["王䶮", "李㛃", "陈喆", "刘堃", "张𬭎", "龦", "𫚖", "阿依古丽·买买提", "次仁·多吉卓玛", "O'Brien Smith", "ئايگۈل", "བསོད་ནམས", "李" * 50],
)
def test_any_character_of_the_standard_is_kept(name: str) -> None:
    assert person_name(name) == name


@pytest.mark.parametrize(
    "text",
    [
        "买买提·阿不都", "买买提•阿不都", "买买提・阿不都", "买买提･阿不都", "买买提‧阿不都", "买买提∙阿不都", "买买提⋅阿不都",
        "买买提.阿不都", "买买提．阿不都", "买买提。阿不都", "买买提 · 阿不都", " 买买提·阿不都\u200b", "\u202e买买提·阿不都",
    ],
)  # fmt: skip
def test_every_dot_between_two_names_is_the_one_of_the_standard(text: str) -> None:
    assert person_name(text) == "买买提\u00b7阿不都"


def test_a_stop_behind_a_letter_stays() -> None:
    assert person_name("Ｊ．　Smith") == "J. Smith"


@pytest.mark.parametrize(("private", "now"), [("\ue863", "䶮"), ("\ue81e", "\u9fb4"), ("\ue816", "\U00020087"), ("\ue864", "\u9fbb")])
def test_a_private_character_of_gbk_becomes_what_it_is_now(private: str, now: str) -> None:
    assert person_name("王" + private) == "王" + now


def test_the_80_characters_stand_in_the_order_of_gb_18030() -> None:
    trails = [*range(0x50, 0x7F), *range(0x80, 0xA1)]
    decoded = [codecs.decode(bytes([0xFE, trail]), "gb18030") for trail in trails]

    same = [(now, old) for now, old in zip(_NOW, decoded, strict=True) if not "\ue000" <= old <= "\uf8ff" and now != old]

    assert (len(_NOW), same) == (80, [])


def test_a_private_character_of_nobody_is_refused_by_its_place() -> None:
    with pytest.raises(PrivateCharacter) as refused:
        person_name("王\ue000")

    assert refused.value.code == "U+E000"


@pytest.mark.parametrize("text", ["", "  ", "\u3000", "李" * 51, "王\n䶮", "\u200b"])
def test_a_name_is_one_line_of_1_to_50_characters(text: str) -> None:
    with pytest.raises(BadName):
        person_name(text)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("王秀英", "王*英"),
        ("王䶮", "王*"),
        ("欧阳建国", "欧阳*国"),
        ("欧阳娜", "欧阳*"),
        ("欧阳", "欧*"),
        ("张王秀英", "张*英"),
        ("王", "王"),
        ("阿依古丽·买买提", "阿*丽"),
        ("John Smith", "J*n"),
        ("", ""),
    ],
)
def test_a_short_name_shows_the_family_name_and_the_last_character(name: str, short: str) -> None:
    assert short_name(name) == short


def test_every_compound_surname_with_a_reading_of_its_own_is_known_as_one() -> None:
    assert {surname for surname in SURNAMES if len(surname) == 2} <= COMPOUND_SURNAMES
