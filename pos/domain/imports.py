"""Imports: which column of a file means what, and the words by which a header says it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from pos.domain.tables import ReadRow, ReadTable

HEADER_WITHIN = 20
"""The header stands among the first rows, below titles and notes."""


class ImportField(StrEnum):
    """What a column can hold. PRINCIPAL and BONUS are opening balances, AMOUNT is a payment of a payer's list."""

    NAME = "name"
    IDENTITY = "identity"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    PHONE = "phone"
    CARD = "card"
    ADDRESS = "address"
    ESTATE = "estate"
    BUILDING = "building"
    UNIT = "unit"
    FLOOR = "floor"
    DOOR = "door"
    HOUSEHOLD = "household"
    HUKOU = "hukou"
    RESIDENCE = "residence"
    CATEGORIES = "categories"
    DIETS = "diets"
    EMERGENCY_NAME = "emergency_name"
    EMERGENCY_PHONE = "emergency_phone"
    GUARDIAN_NAME = "guardian_name"
    GUARDIAN_PHONE = "guardian_phone"
    WORKER_NAME = "worker_name"
    WORKER_PHONE = "worker_phone"
    PRINCIPAL = "principal"
    BONUS = "bonus"
    AMOUNT = "amount"


MEMBER_FIELDS = tuple(field for field in ImportField if field is not ImportField.AMOUNT)
TOP_UP_FIELDS = (
    ImportField.NAME,
    ImportField.AMOUNT,
    ImportField.IDENTITY,
    ImportField.CARD,
    ImportField.PHONE,
    ImportField.BIRTH_DATE,
)

_SAID: Mapping[ImportField, str] = MappingProxyType(
    {
        ImportField.NAME: "姓名|名字|会员|会员姓名|会员名称|老人姓名|用户姓名|持卡人|持卡人姓名|name|full name|member|customer",
        ImportField.IDENTITY: "身份证|身份证号|身份证号码|身份号码|公民身份号码|证件号|证件号码|证件编号|id number|identity number|id card|id no|document number",
        ImportField.BIRTH_DATE: "生日|出生日期|出生年月|出生年月日|出生|birth date|date of birth|birthday|born",
        ImportField.SEX: "性别|sex|gender",
        ImportField.PHONE: "电话|手机|手机号|手机号码|电话号码|联系电话|联系方式|本人电话|phone|mobile|telephone|phone number|tel",
        ImportField.CARD: "卡号|会员卡号|饭卡号|餐卡号|就餐卡号|实体卡号|物理卡号|card|card number|card no",
        ImportField.ADDRESS: "地址|住址|家庭住址|家庭地址|居住地址|详细地址|现住址|address|home address",
        ImportField.ESTATE: "小区|小区名称|院落|estate|compound",
        ImportField.BUILDING: "楼|楼号|楼栋|楼栋号|栋|幢|building",
        ImportField.UNIT: "单元|单元号|unit",
        ImportField.FLOOR: "楼层|层|floor",
        ImportField.DOOR: "门牌|门牌号|房号|房间号|室|户号|door|room|flat",
        ImportField.HOUSEHOLD: "户|家庭|家庭编号|户编号|户主|household",
        ImportField.HUKOU: "户籍|户籍地|户口|户口所在地|户籍所在地|户籍地址|hukou|registered residence|registered at",
        ImportField.RESIDENCE: "居住地|所属社区|社区|村居|residence|community|lives at",
        ImportField.CATEGORIES: "类别|人员类别|人员类型|会员类别|会员类型|身份类别|补贴类别|category|categories",
        ImportField.DIETS: "饮食|忌口|饮食禁忌|饮食要求|膳食要求|diet|diets",
        ImportField.EMERGENCY_NAME: "紧急联系人|紧急联系人姓名|联系人|家属|家属姓名|子女|emergency contact",
        ImportField.EMERGENCY_PHONE: "紧急联系人电话|紧急联系电话|紧急电话|联系人电话|家属电话|子女电话|emergency phone",
        ImportField.GUARDIAN_NAME: "监护人|监护人姓名|家长|家长姓名|guardian",
        ImportField.GUARDIAN_PHONE: "监护人电话|家长电话|guardian phone|guardian's phone",
        ImportField.WORKER_NAME: "社区工作人员|社工|社区专员|网格员|网格员姓名|community worker",
        ImportField.WORKER_PHONE: "社工电话|网格员电话|community worker phone|community worker's phone",
        ImportField.PRINCIPAL: "余额|本金|本金余额|卡余额|账户余额|充值余额|卡内余额|期初余额|期初本金|balance|principal|opening balance|opening principal",
        ImportField.BONUS: "赠送|赠送余额|赠送金额|赠金|期初赠送|bonus|opening bonus",
        ImportField.AMOUNT: "金额|充值金额|充值额|应充金额|发放金额|补助金额|amount|top-up|top up",
    }
)
_ASIDE = re.compile(r"[(（\[【][^)）\]】]*(?:元|必填|选填|可不填|可空|yuan|required|optional|cny)[^)）\]】]*[)）\]】]", re.IGNORECASE)
_MARKS = re.compile(r"[\s*＊:：、_·.#]+")


def field_of(header: str) -> ImportField | None:
    """What a column with this header holds, or None; '联系电话（必填）' and 'Phone number*' are telephones.

    '余额（分）' is none: an amount that is not in yuan is not guessed at.
    """
    return _by_words().get(_plain(header))


def _plain(header: str) -> str:
    words = unicodedata.normalize("NFKC", _ASIDE.sub("", header)).lower()
    return _MARKS.sub("", words)


@cache
def _by_words() -> Mapping[str, ImportField]:
    return {_plain(way): field for field, said in _SAID.items() for way in said.split("|")}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a file says what: the number of its header row, and the column (from 0) of each field."""

    header_row: int
    columns: Mapping[ImportField, int]

    def with_column(self, column: int, field: ImportField | None) -> Layout:
        """The same with another meaning of a column; a field stands in one column only."""
        kept = {one: at for one, at in self.columns.items() if at != column and one is not field}
        return Layout(self.header_row, kept if field is None else {**kept, field: column})

    def field_at(self, column: int) -> ImportField | None:
        """What a column holds, or None."""
        return next((field for field, at in self.columns.items() if at == column), None)


def guess(table: ReadTable, fields: Sequence[ImportField]) -> Layout | None:
    """The layout by the row among the first ones whose words name most of these fields; None where none does."""
    layouts = [_layout(row, fields) for row in table.rows if row.number <= HEADER_WITHIN]
    best = max(layouts, key=lambda layout: len(layout.columns), default=None)
    return best if best is not None and best.columns else None


def _layout(row: ReadRow, fields: Iterable[ImportField]) -> Layout:
    wanted, found = set(fields), dict[ImportField, int]()
    for column, cell in enumerate(row.cells):
        field = field_of(cell.text)
        if field in wanted and field not in found:
            found[field] = column
    return Layout(row.number, found)


def body(table: ReadTable, layout: Layout) -> tuple[ReadRow, ...]:
    """The rows below the header."""
    return tuple(row for row in table.rows if row.number > layout.header_row)
