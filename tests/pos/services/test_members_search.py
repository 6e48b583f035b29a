"""Finding a member when the card is at home: characters, pinyin, initials, phone, card."""

from __future__ import annotations

from datetime import date

import pytest

from pos.domain.cards import CardUid
from pos.domain.members import MemberHit, MemberStatus
from pos.services.pinyin import name_keys, spoken_name
from tests.pos.services.counter import Counter


def found(counter: Counter, text: str) -> list[str]:
    return [hit.name for hit in counter.members.search(text)]


@pytest.mark.parametrize(
    "text",
    [
        "张伟", "张", "伟", "张 伟", "zhangwei", "zhang", "zhang wei", "wei", "zw", "ZW", "w", "ｚｗ", "ZhangWei", " 张伟 ",
        "13800001234", "1380", "1234", "１２３４", "0040856634", "40856634", "6634", "张 1234", "zw 6634",
    ],
)  # fmt: skip
def test_a_member_is_found_by_whatever_is_known(counter: Counter, text: str) -> None:
    counter.enrol("张伟", card=CardUid("01026F6C3A"), phone="１３８ 00001234".replace(" ", ""))
    counter.enrol("李娜", card=CardUid("010063E9AE"), phone="13900005678")

    assert found(counter, text) == ["张伟"]


@pytest.mark.parametrize("text", ["", "  ", "王", "zx", "9999", "张 5678", "%", "_", "'", "张伟伟", "\x00", "􏿿"])
def test_what_fits_nobody_finds_nobody(counter: Counter, text: str) -> None:
    counter.enrol("张伟", phone="13800001234")

    assert found(counter, text) == []


# Surnames that a dictionary of single characters reads wrongly (domain.md section 8).
@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("曾秀珍", "zengxiuzhen", "zxz"),
        ("单国强", "shanguoqiang", "sgq"),
        ("解放", "xiefang", "xf"),
        ("查良", "zhaliang", "zl"),
        ("仇英", "qiuying", "qy"),
        ("区伟", "ouwei", "ow"),
        ("尉迟建华", "yuchijianhua", "ycjh"),
        ("任红", "renhong", "rh"),
        ("朴英", "piaoying", "py"),
        ("翟建国", "zhaijianguo", "zjg"),
        ("盖叫天", "gejiaotian", "gjt"),
        ("单于明", "chanyuming", "cym"),
        ("长孙红", "zhangsunhong", "zsh"),
        ("覃玉", "qinyu", "qy"),
        ("召明", "shaoming", "sm"),
    ],
)
def test_a_surname_is_found_by_how_it_is_spoken(counter: Counter, name: str, pinyin: str, initials: str) -> None:
    counter.enrol(name)

    assert [found(counter, text) for text in (pinyin, initials, pinyin[:4])] == [[name]] * 3


@pytest.mark.parametrize(
    ("name", "text"),
    [("仇英", "chouying"), ("尉迟建华", "weichijianhua"), ("长林", "changlin"), ("长林", "zhanglin"), ("王乐", "wangle"), ("王乐", "wangyue"), ("吕重", "lvzhong"), ("吕重", "lvchong")],
)
def test_a_character_with_two_readings_is_found_by_either(counter: Counter, name: str, text: str) -> None:
    counter.enrol(name)

    assert found(counter, text) == [name]


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("曾秀珍", "zeng xiu zhen"), ("尉迟建华", "yu chi jian hua"), ("单于明", "chan yu ming"), ("单国强", "shan guo qiang"),
        ("王䶮", "wang yan"), ("王重庆", "wang chong qing"), ("阿依古丽·买买提", "a yi gu li mai mai ti"), ("John Smith", "johnsmith"), ("", ""),
    ],
)  # fmt: skip
def test_a_form_offers_the_most_likely_reading(name: str, spoken: str) -> None:
    assert spoken_name(name) == spoken


@pytest.mark.parametrize("name", ["王䶮", "李㛃", "陈喆", "刘堃", "张𬭎", "𠮷野"])
def test_rare_names_are_found_by_their_characters(counter: Counter, name: str) -> None:
    counter.enrol(name)

    assert [found(counter, name), found(counter, name[1:])] == [[name], [name]]


@pytest.mark.parametrize("text", ["阿依古丽", "阿依古丽·买买提", "买买提", "ayigulimaimaiti", "ayglmmt", "mmt"])
def test_a_name_with_a_dot_is_found_by_either_part(counter: Counter, text: str) -> None:
    counter.enrol("阿依古丽·买买提")

    assert found(counter, text) == ["阿依古丽·买买提"]


@pytest.mark.parametrize("text", ["john", "smith", "John Smith", "johnsmith"])
def test_a_foreign_name_is_found_by_its_letters(counter: Counter, text: str) -> None:
    counter.enrol("John Smith")

    assert found(counter, text) == ["John Smith"]


def test_two_people_of_one_name_are_told_apart(counter: Counter) -> None:
    one = counter.enrol("张伟", date(1944, 11, 23), CardUid("01026F6C3A"), "13800001234")
    other = counter.enrol("张伟", date(1944, 11, 24))
    counter.top_up(one, 20_000)

    hits = {hit.id: hit for hit in counter.members.search("zw")}

    assert hits == {
        one.id: MemberHit(one.id, "张伟", 82, "1234", "6634", 22_000, MemberStatus.ACTIVE, bonus=2_000),
        other.id: MemberHit(other.id, "张伟", 81, "", "", 0, MemberStatus.ACTIVE),
    }


def test_a_search_shows_as_many_as_the_list_has_lines(counter: Counter) -> None:
    for _ in range(10):
        counter.enrol("张伟")

    assert [len(counter.members.search("zw")), len(counter.members.search("zw", 3))] == [8, 3]


def test_a_name_full_of_two_readings_keeps_its_surname_and_has_few_keys() -> None:
    keys = name_keys("查行解单")

    assert {"zha", "cha"} & {key[:3] for key in keys if len(key) > 8} == {"zha"}
    assert len(keys) < 80
