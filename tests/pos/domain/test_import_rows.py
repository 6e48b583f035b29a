"""Imports without a store: which column means what, what a cell means, and what is wrong with a row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from pos.domain.address import Address
from pos.domain.cards import CardUid
from pos.domain.errors import BadName
from pos.domain.identity import BadIdentity, DocumentKind, IdentityFlaw, Sex
from pos.domain.import_cells import read_address, read_card, read_day, read_fen, read_names
from pos.domain.import_rows import Newcomer, Problem, ReadMember, Wrong, read_members
from pos.domain.imports import MEMBER_FIELDS, TOP_UP_FIELDS, ImportField, Layout, field_of, guess
from pos.domain.profile import Contact, GuardianNeeded, Held
from pos.domain.tables import CellFault, ReadCell, ReadRow, ReadTable

TODAY = date(2026, 11, 26)
HASH = "ab" * 32


def table(*rows: Sequence[str | ReadCell], sheet: str = "会员") -> ReadTable:
    cells = [tuple(cell if isinstance(cell, ReadCell) else ReadCell(cell) for cell in row) for row in rows]
    return ReadTable(sheet, (sheet,), tuple(ReadRow(number, row) for number, row in enumerate(cells, 1) if row))


def members(*rows: Sequence[str | ReadCell], file_hash: str = HASH) -> list[ReadMember]:
    read = table(*rows)
    layout = guess(read, MEMBER_FIELDS)
    assert layout is not None
    return list(read_members(read, layout, file_hash, TODAY, ("低保", "残疾")))


def only(*rows: Sequence[str | ReadCell]) -> ReadMember:
    (one,) = members(*rows)
    return one


def newcomer(*rows: Sequence[str | ReadCell]) -> Newcomer:
    read = only(*rows)
    assert read.problems == ()
    assert read.newcomer is not None
    return read.newcomer


# -- headers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("姓名", ImportField.NAME),
        ("* 姓 名", ImportField.NAME),
        ("联系电话（必填）", ImportField.PHONE),
        ("Phone Number*", ImportField.PHONE),
        ("身份证号码：", ImportField.IDENTITY),
        ("ID number", ImportField.IDENTITY),
        ("余额(元)", ImportField.PRINCIPAL),
        ("充值金额（元）", ImportField.AMOUNT),
        ("Date of birth", ImportField.BIRTH_DATE),
        ("余额（分）", None),
        ("备注", None),
        ("", None),
    ],
)
def test_a_header_is_understood_in_chinese_and_english(header: str, field: ImportField | None) -> None:
    assert field_of(header) is field


def test_the_header_is_found_below_titles_and_notes() -> None:
    read = table(["幸福里社区食堂会员名单"], [], ["填表人：姓名", "电话"], ["序号", "姓名", "手机号", "余额"], ["1", "王秀英"])

    layout = guess(read, MEMBER_FIELDS)

    assert layout == Layout(4, {ImportField.NAME: 1, ImportField.PHONE: 2, ImportField.PRINCIPAL: 3})


def test_a_table_without_known_words_has_no_layout() -> None:
    assert guess(table(["a", "b"], ["1", "2"]), TOP_UP_FIELDS) is None


def test_a_field_stands_in_one_column_only() -> None:
    layout = Layout(1, {ImportField.NAME: 0, ImportField.PHONE: 1})

    moved = layout.with_column(2, ImportField.PHONE).with_column(0, None)

    assert moved == Layout(1, {ImportField.PHONE: 2})
    assert [moved.field_at(column) for column in range(3)] == [None, None, ImportField.PHONE]


# -- cells ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["1940-02-03", "1940/2/3", "1940.02.03", "1940年2月3日", "19400203", "14644", "１９４０－２－３", " 1940-02-03 00:00 "]
)
def test_a_day_is_read_in_every_usual_form(text: str) -> None:
    assert read_day(text) == date(1940, 2, 3)


@pytest.mark.parametrize("text", ["1940-02-30", "1900-02-29", "3.2.1940", "1940", "40-2-3", "1940年2月", "?", ""])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("text", "fen"),
    [("200", 20_000), ("200.5", 20_050), ("¥1,234.50", 123_450), ("２００．０５元", 20_005), (".5", 50), ("", 0), ("-3", -300), ("200.100", 20_010)],
)
def test_an_amount_is_read_to_the_fen(text: str, fen: int) -> None:
    assert read_fen(text) == fen


@pytest.mark.parametrize("text", ["59.975", "1e3", "12,50", "二百", "1.2.3", "99999999", "."])
def test_an_amount_that_is_not_exact_is_none(text: str) -> None:
    assert read_fen(text) is None


def test_a_card_keeps_the_zeros_that_a_spreadsheet_ate() -> None:
    assert read_card("40856634") == read_card("0040856634") == CardUid("026F6C3A")


def test_words_are_parted_by_any_usual_sign() -> None:
    assert read_names("低保、残疾,低保； 失独") == ("低保", "残疾", "失独")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("幸福里小区3号楼2单元501室", Address("幸福里小区", "3号楼", "2单元", "", "501室")),
        ("幸福里 12 栋 东单元 5层 501", Address("幸福里", "12 栋", "东单元", "5层", "501")),
        ("东关街道", Address("东关街道")),
        ("", Address()),
    ],
)
def test_an_address_in_one_line_is_parted_where_it_says_how(text: str, address: Address) -> None:
    assert read_address(text) == address


# -- rows ----------------------------------------------------------------------------------------------


def test_a_row_tells_of_a_member_with_everything_about_them() -> None:
    one = newcomer(
        ["姓名", "身份证号", "电话", "住址", "楼号", "类别", "忌口", "紧急联系人", "紧急联系人电话", "卡号", "余额", "赠送余额"],
        ["买买提•艾力", "99999919600229001X", "13800001234", "幸福里3号楼501", "5号楼", "低保、残疾", "低糖", "阿依", "13900005678", "40856634", "123.45", "20"],
    )

    profile = one.profile
    assert (profile.name, profile.birth_date, profile.phone) == ("买买提·艾力", date(1960, 2, 29), "13800001234")
    assert profile.particulars.sex is Sex.MALE
    assert profile.particulars.address == Address("幸福里", "5号楼", "", "", "501")
    assert profile.particulars.categories == (Held("低保"), Held("残疾"))
    assert profile.particulars.diets == ("低糖",)
    assert profile.particulars.emergency == Contact("阿依", "13900005678")
    assert one.document is not None
    assert (one.document.kind, one.document.tail) == (DocumentKind.RESIDENT, "001X")
    assert (one.card, one.principal, one.bonus) == (CardUid("026F6C3A"), 12_345, 2_000)


def test_the_same_row_of_the_same_file_has_the_same_id_and_of_another_file_another() -> None:
    rows = (["姓名", "电话"], ["王秀英", "1"], ["张三", "2"])

    first, again, other = members(*rows), members(*rows), members(*rows, file_hash="cd" * 32)

    ids = [[one.newcomer.id for one in read if one.newcomer] for read in (first, again, other)]
    assert ids[0] == ids[1]
    assert len({*ids[0], *ids[2]}) == 4


@pytest.mark.parametrize(
    ("number", "flaw"),
    [
        ("999999190002290055", IdentityFlaw.NO_SUCH_DATE),
        ("999999194513010068", IdentityFlaw.NO_SUCH_DATE),
        ("999999209912310075", IdentityFlaw.FUTURE),
        ("999999196002290029", IdentityFlaw.CHECK_DIGIT),
        ("9999991960022900", IdentityFlaw.LENGTH),
        ("99999919600229O01X", IdentityFlaw.CHARACTERS),
    ],
)
def test_a_bad_identity_number_stops_its_row_and_is_not_repeated(number: str, flaw: IdentityFlaw) -> None:
    read = only(["姓名", "身份证号"], ["王秀英", number])

    (problem,) = read.problems
    assert isinstance(problem.refusal, BadIdentity)
    assert (problem.wrong, problem.field, problem.refusal.flaw) == (Wrong.REFUSED, ImportField.IDENTITY, flaw)
    assert read.stopped
    assert number not in repr(read)


@pytest.mark.parametrize("number", ["999999360815024", "９９９９９９１９３６０８１５０２４５", "999999193608150245\r"])
def test_an_identity_number_is_accepted_in_its_old_and_its_wide_form(number: str) -> None:
    assert newcomer(["姓名", "身份证号"], ["王秀英", number]).profile.birth_date == date(1936, 8, 15)


def test_what_the_columns_say_must_not_contradict_the_number() -> None:
    read = only(["姓名", "身份证号", "出生日期", "性别"], ["王秀英", "999999193608150245", "1936-08-16", "男"])

    assert read.problems == (
        Problem(Wrong.DAYS_DIFFER, ImportField.BIRTH_DATE, words="1936-08-16"),
        Problem(Wrong.SEXES_DIFFER, ImportField.SEX, words="男"),
    )


@pytest.mark.parametrize("fault", list(CellFault))
def test_a_cell_that_must_not_be_believed_stops_its_row(fault: CellFault) -> None:
    read = only(["姓名", "电话"], ["王秀英", ReadCell("1.38E+10", fault)])

    assert read.problems == (Problem(Wrong.CELL, ImportField.PHONE, fault=fault),)
    assert read.stopped


def test_a_fault_in_a_column_that_means_nothing_is_no_matter() -> None:
    assert newcomer(["姓名", "备注"], ["王秀英", ReadCell("", CellFault.MERGED)]).profile.name == "王秀英"


@pytest.mark.parametrize(
    ("header", "words", "problem"),
    [
        ("出生日期", "1940-02-30", Problem(Wrong.BAD_DAY, ImportField.BIRTH_DATE, words="1940-02-30")),
        ("性别", "?", Problem(Wrong.BAD_SEX, ImportField.SEX, words="?")),
        ("余额", "59.975", Problem(Wrong.BAD_AMOUNT, ImportField.PRINCIPAL, words="59.975")),
        ("余额", "-1", Problem(Wrong.BAD_AMOUNT, ImportField.PRINCIPAL, words="-1")),
        ("卡号", "ABC", Problem(Wrong.BAD_CARD, ImportField.CARD)),
    ],
)
def test_a_cell_that_says_nothing_usable_stops_its_row(header: str, words: str, problem: Problem) -> None:
    read = only(["姓名", header], ["王秀英", words])

    assert read.problems == (problem,)
    assert read.stopped


def test_an_unknown_category_is_a_doubt_that_a_person_may_let_pass() -> None:
    read = only(["姓名", "类别"], ["王秀英", "低保 高龄"])

    assert read.problems == (Problem(Wrong.UNKNOWN_CATEGORY, ImportField.CATEGORIES, words="高龄"),)
    assert not read.stopped


def test_a_second_row_of_one_person_or_one_card_is_marked_with_the_first() -> None:
    header = ["姓名", "身份证号", "电话", "卡号"]
    read = members(
        header,
        ["王秀英", "999999193608150245", "1", "1"],
        ["王秀英", "999999193608150245", "2", "2"],
        ["张三", "", "3", "1"],
        ["张三", "", "3", ""],
        ["李四", "", "", ""],
        ["李四", "", "", ""],
    )

    assert [one.problems for one in read] == [
        (),
        (Problem(Wrong.TWICE, row=2),),
        (Problem(Wrong.CARD_TWICE, ImportField.CARD, row=2),),
        (Problem(Wrong.TWICE, row=4),),
        (),
        (),
    ]


@pytest.mark.parametrize("name", ["合计", "总计", "Total"])
def test_a_row_of_totals_is_nobody(name: str) -> None:
    assert Problem(Wrong.TOTAL) in only(["姓名", "余额"], [name, "12345.00"]).problems


def test_a_row_without_a_name_is_refused() -> None:
    (problem,) = only(["姓名", "电话"], ["", "13800001234"]).problems

    assert isinstance(problem.refusal, BadName)


def test_a_child_without_a_guardian_is_refused() -> None:
    (problem,) = only(["姓名", "身份证号"], ["王小明", "999999201506010038"]).problems

    # 11 years old: a guardian with a name and a telephone consents.
    assert isinstance(problem.refusal, GuardianNeeded)


def test_a_child_with_a_guardian_is_taken() -> None:
    one = newcomer(["姓名", "身份证号", "家长", "家长电话"], ["王小明", "999999201506010038", "王强", "13800001234"])

    assert one.profile.particulars.guardian == Contact("王强", "13800001234")
