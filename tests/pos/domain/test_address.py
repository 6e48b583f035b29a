"""Addresses sort as people count and are found by building and door."""

from __future__ import annotations

import pytest

from pos.domain.address import Address, countable


def test_building_2_comes_before_building_10() -> None:
    buildings = ["10号楼", "2号楼", "十二号楼", "二号楼", "A座", "1号楼", "二十号楼", "一百零三号楼", "3甲号楼"]

    ordered = sorted((Address("幸福里", one) for one in buildings), key=lambda address: address.sort_key)

    assert [one.building for one in ordered] == [
        "1号楼", "2号楼", "二号楼", "3甲号楼", "10号楼", "十二号楼", "二十号楼", "一百零三号楼", "A座",
    ]  # fmt: skip


def test_the_estate_counts_first_then_building_unit_floor_and_door() -> None:
    rows = [("乙", "1", "1", "1", "1"), ("甲", "2", "1", "1", "1"), ("甲", "1", "2", "1", "1"), ("甲", "1", "1", "10", "1"), ("甲", "1", "1", "2", "3"), ("甲", "1", "1", "2", "1")]

    ordered = sorted((Address(*row) for row in rows), key=lambda address: address.sort_key)

    assert ordered == [Address(*rows[at]) for at in (0, 5, 4, 3, 2, 1)]


@pytest.mark.parametrize(
    ("text", "counted"),
    [("十", "000010"), ("四〇二", "000402"), ("二十一号", "000021号"), ("１０号", "000010号"), ("三八妇女楼", "三八妇女楼"), ("", "")],
)
def test_chinese_numbers_count_where_they_number_something(text: str, counted: str) -> None:
    assert countable(text) == counted


@pytest.mark.parametrize(
    ("address", "keys"),
    [
        (Address("幸福里", "2号楼", "3单元", "4层", "402"), {"幸福里", "2号楼", "2", "402", "2-402", "2-3-402"}),
        (Address("", "十二号楼", "", "", "0402室"), {"十二号楼", "12", "0402室", "402", "12-402"}),
        (Address("", "A座", "", "", "1201"), {"a座", "1201", "a座-1201"}),
        (Address("", "", "", "", "402"), {"402"}),
        (Address("幸福里", "2号楼"), {"幸福里", "2号楼", "2"}),
        (Address(), set()),
    ],
)
def test_a_door_is_found_by_estate_building_or_the_short_form(address: Address, keys: set[str]) -> None:
    assert address.search_keys == keys


def test_an_address_reads_as_on_an_envelope() -> None:
    assert str(Address("幸福里", "2号楼", "3单元", "", "402")) == "幸福里2号楼3单元402"


def test_neighbours_say_a_door_in_numbers() -> None:
    assert [one.brief for one in (Address("幸福里", "二号楼", "3单元", "4层", "402室"), Address(door="402"), Address())] == ["2-3-402", "402", ""]
