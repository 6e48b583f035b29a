"""A chat's sign-up list: read as people write it, and nobody invented."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pos.domain.address import Address, find_door
from pos.domain.bill import Way
from pos.domain.menu import Meal
from pos.domain.sales import MOST_PORTIONS
from pos.domain.sign_up_line import plain
from pos.domain.sign_up_list import MOST_LINES, ListTooLong, read_list
from pos.domain.sign_ups import Doubt, SignUp

SEND, TAKE, EAT = Way.DELIVERY, Way.TAKE_AWAY, Way.DINE_IN


def only(text: str) -> SignUp:
    (found,) = read_list(text).sign_ups
    return found


@pytest.mark.parametrize(
    ("line", "name", "portions", "way", "eat_at", "door"),
    [
        ("1. 王秀英 1份 送餐", "王秀英", 1, SEND, "", ""),
        ("1、王秀英", "王秀英", 1, None, "", ""),
        ("1王秀英1份", "王秀英", 1, None, "", ""),
        ("1 王秀英 堂食", "王秀英", 1, EAT, "", ""),
        ("（1）王秀英，2份，打包", "王秀英", 2, TAKE, "", ""),
        ("1）王秀英 两份 自取", "王秀英", 2, TAKE, "", ""),
        ("①王秀英 1份", "王秀英", 1, None, "", ""),
        ("1️⃣ 王秀英 1份", "王秀英", 1, None, "", ""),
        ("１．王秀英　１份　送", "王秀英", 1, SEND, "", ""),
        ("1. 王秀英🌸🌸1份🙏🏻", "王秀英", 1, None, "", ""),
        ("1. 王秀英+1", "王秀英", 1, None, "", ""),
        ("1. 王秀英 ➕１", "王秀英", 1, None, "", ""),
        ("1. 王秀英 1", "王秀英", 1, None, "", ""),
        ("1. 王秀英×2", "王秀英", 2, None, "", ""),
        ("1. 王秀英送餐上门一份", "王秀英", 1, SEND, "", ""),
        ("1. 送餐 王秀英 1份", "王秀英", 1, SEND, "", ""),
        ("1. 王秀英 11:30 1份", "王秀英", 1, None, "11:30", ""),
        ("1. 王秀英 11点半来吃", "王秀英", 1, EAT, "11:30", ""),
        ("1. 王秀英（2号楼3单元402）1份送", "王秀英", 1, SEND, "", "2-3-402"),
        ("1. 二号楼三单元402 王秀英 1份", "王秀英", 1, None, "", "2-3-402"),
        ("1. 王秀英2-402一份", "王秀英", 1, None, "", "2-402"),
        ("1. 王秀英 402室 1份", "王秀英", 1, None, "", "402"),
        ("1. 3号楼王秀英 1份", "王秀英", 1, None, "", "3"),
        ("1. 帮王秀英订1份", "王秀英", 1, None, "", ""),
        ("1. 王秀英（女儿代订）1份", "王秀英", 1, None, "", ""),
        ("1. 王秀英 13800001234 1份", "王秀英", 1, None, "", ""),
        ("1. 王秀英 11月24日 1份", "王秀英", 1, None, "", ""),
        ("1. 阿依古丽·买买提 1份", "阿依古丽·买买提", 1, None, "", ""),
        ("1. 王䶮 1份", "王䶮", 1, None, "", ""),
        ("1. 李四一份", "李四", 1, None, "", ""),
        ("1. 张三 3份", "张三", 3, None, "", ""),
        ("1. 李和平 1份", "李和平", 1, None, "", ""),
    ],
)
def test_a_clear_line_is_read(line: str, name: str, portions: int, way: Way | None, eat_at: str, door: str) -> None:
    found = only(line)

    assert (found.name, found.portions, found.way, found.eat_at, str(found.door or "")) == (name, portions, way, eat_at, door)
    assert (found.doubts, found.cancelled, found.replaced_by, found.text) == ((), False, 0, line.strip())


@pytest.mark.parametrize(
    "line",
    [
        "1. 王秀英 取消",
        "1. 王秀英1份 不订了",
        "1. 王秀英 不来",
        "1. 王秀英 1份（退了）",
        "1. ~~王秀英 1份~~",
        "~~1. 王秀英 1份~~",
        "1. <del>王秀英 1份</del>",
        "1. " + "".join(f"{one}\u0336" for one in "王秀英 1份"),
        "1. 王秀英 ❌",
        "1. 王秀英 0份",
    ],
)
def test_a_cancelled_line_stays_and_says_so(line: str) -> None:
    found = only(line)

    assert (found.name, found.cancelled) == ("王秀英", True)


@pytest.mark.parametrize("line", ["1. 王秀英 1份 不要辣", "1. 王秀英 1份 不吃香菜", "1. 王秀英 1份 不要葱花了解"])
def test_a_wish_about_the_food_cancels_nothing(line: str) -> None:
    assert (only(line).name, only(line).cancelled) == ("王秀英", False)


@pytest.mark.parametrize(
    ("line", "doubt", "read"),
    [
        ("1. +1", Doubt.NO_NAME, ("", 1, None)),
        ("1. 我要一份", Doubt.NO_NAME, ("", 1, None)),
        ("1. 王秀英 +2", Doubt.PORTIONS, ("王秀英", 2, None)),
        ("1. 王秀英 1份+1", Doubt.PORTIONS, ("王秀英", 2, None)),
        ("1. 王秀英 2", Doubt.PORTIONS, ("王秀英", 2, None)),
        ("1. 王秀英 半份", Doubt.PORTIONS, ("王秀英", 1, None)),
        ("1. 王秀英 12份", Doubt.PORTIONS, ("王秀英", 12, None)),
        ("1. 王秀英 9999份", Doubt.PORTIONS, ("王秀英", MOST_PORTIONS, None)),
        ("1. 王秀英 1份送餐 1份堂食", Doubt.WAY, ("王秀英", 2, SEND)),
        ("1. 王秀英 1份 不用送", Doubt.WAY, ("王秀英", 1, None)),
        ("1. 王秀英 11:30 12:00", Doubt.TIME, ("王秀英", 1, None)),
        ("1. 王秀英 25:99 1份", Doubt.TIME, ("王秀英", 1, None)),
        ("1. 王秀英 1份 改成2份", Doubt.CHANGED, ("王秀英", 2, None)),
        ("1. 王秀英 送餐改自取", Doubt.CHANGED, ("王秀英", 1, TAKE)),
        ("1. 王秀英 取消送餐，改自取", Doubt.CHANGED, ("王秀英", 1, TAKE)),
        ("1. 王秀英 ~~1份~~ 2份", Doubt.CHANGED, ("王秀英", 2, None)),
        ("1. 王秀英 李桂芳 2份", Doubt.SEVERAL_NAMES, ("王秀英", 2, None)),
        ("王秀英 1份", Doubt.UNNUMBERED, ("王秀英", 1, None)),
        ("王秀英", Doubt.UNNUMBERED, ("王秀英", 1, None)),
    ],
)
def test_what_is_unclear_is_a_doubt(line: str, doubt: Doubt, read: tuple[str, int, Way | None]) -> None:
    found = only(line)

    assert doubt in found.doubts
    assert (found.name, found.portions, found.way, found.cancelled) == (*read, False)


@pytest.mark.parametrize(
    ("line", "doubts"), [("1. 王秀英、李桂芳 各1份", ()), ("1. 王秀英和李桂芳 1份", (Doubt.SEVERAL_NAMES,)), ("1. 王秀英+李桂芳 2份", (Doubt.SEVERAL_NAMES,))]
)
def test_names_that_stand_together_are_people_of_one_line(line: str, doubts: tuple[Doubt, ...]) -> None:
    found = read_list(line).sign_ups

    assert [(one.line, one.place, one.name, one.doubts) for one in found] == [(1, 0, "王秀英", doubts), (1, 1, "李桂芳", doubts)]


HEAD = """#接龙
明天（11月24日 周二）晚餐 一荤两素 12元
例 姓名 份数 送餐/自取
3菜1汤

"""


def test_a_heading_is_about_nobody_and_tells_the_meal() -> None:
    found = read_list(HEAD + "1. 王秀英 1份\n小组长：大家辛苦了\n李桂芳")

    assert [(one.line, one.name) for one in found.sign_ups] == [(6, "王秀英")]
    assert found.others == ("#接龙", "明天（11月24日 周二）晚餐 一荤两素 12元", "例 姓名 份数 送餐/自取", "3菜1汤", "小组长：大家辛苦了", "李桂芳")
    assert found.meal is Meal.DINNER


def test_the_later_line_of_a_name_counts_and_both_are_doubtful() -> None:
    found = read_list("1. 王秀英 1份\n2. 李桂芳 1份\n3. 王秀英 2份\n4. 王秀英 不订了").sign_ups

    assert [(one.name, one.cancelled, one.replaced_by, one.doubts) for one in found] == [
        ("王秀英", False, 4, (Doubt.REPEATED,)),
        ("李桂芳", False, 0, ()),
        ("王秀英", False, 4, (Doubt.REPEATED,)),
        ("王秀英", True, 0, (Doubt.REPEATED,)),
    ]


def test_two_people_of_one_name_are_told_apart_by_their_doors() -> None:
    found = read_list("1. 王秀英 2-402 1份\n2. 王秀英 5-101 1份").sign_ups

    assert [(str(one.door), one.replaced_by, one.doubts) for one in found] == [("2-402", 0, ()), ("5-101", 0, ())]


def test_a_list_that_is_pasted_twice_is_no_second_wish() -> None:
    found = read_list("1. 王秀英 1份\n2. 李桂芳 1份\n\n1. 王秀英 1份\n2. 李桂芳 1份\n3. 赵德福 1份").sign_ups

    assert [(one.name, one.replaced_by, one.doubts) for one in found] == [
        ("王秀英", 4, ()),
        ("李桂芳", 5, ()),
        ("王秀英", 0, ()),
        ("李桂芳", 0, ()),
        ("赵德福", 0, ()),
    ]


def test_a_list_without_end_is_refused() -> None:
    with pytest.raises(ListTooLong) as refused:
        read_list("1. 王秀英\n" * (MOST_LINES + 1))

    assert (refused.value.lines, refused.value.most) == (MOST_LINES + 1, MOST_LINES)


@pytest.mark.parametrize(
    ("told", "fits"),
    [("2-402", True), ("2号楼402", True), ("2-3-402", True), ("3单元402", True), ("402", True), ("2-2-402", False), ("12-402", False), ("2号楼403", False)],
)
def test_a_door_fits_an_address_when_all_that_is_told_of_it_is_so(told: str, fits: bool) -> None:
    door, rest = find_door(told)

    assert (door is not None and door.fits(Address("幸福里", "2号楼", "三单元", "4层", "402室")), rest.strip()) == (fits, "")


def test_a_text_without_a_door_stays_as_it_is() -> None:
    assert find_door("王秀英 1份 12元") == (None, "王秀英 1份 12元")
    assert find_door("张三 一份") == (None, "张三 一份")


WORDS = st.sampled_from(
    ["王秀英", "李桂芳", "、", "和", " ", "1", "２", "份", "两", "+", "➕", ".", "送", "送餐", "自取", "取消", "不订了", "~~", "改成", "2-402", "号楼",
     "11:30", "点半", "#接龙", "明天", "午餐", "\n", "🌸", "❌", "1️⃣", "(", "）", "各", "×", "\u0336", "谢谢", "帮", "\u200d", "<del>", "</del>"]
)  # fmt: skip
LINES = st.lists(WORDS, max_size=30).map("".join)


@given(st.one_of(LINES, st.text(max_size=80), st.lists(LINES, max_size=4).map("\n".join)))
@example("1. \u0336")
@example("~~~~ <s></s> 1️⃣")
@example("\ud800 王")
def test_no_text_breaks_it_and_nobody_is_invented(text: str) -> None:
    found = read_list(text)

    lines = text.splitlines()
    assert {one.line for one in found.sign_ups if not lines[one.line - 1].strip()} == set()
    assert len({one.line for one in found.sign_ups}) + len(found.others) == sum(bool(line.strip()) for line in lines)
    for one in found.sign_ups:
        written = plain(lines[one.line - 1]).replace("~~", "")
        assert one.name in written or "<" in written
        assert 1 <= one.portions <= MOST_PORTIONS
        assert one.name or Doubt.NO_NAME in one.doubts
        assert one.replaced_by == 0 or one.replaced_by >= one.line
