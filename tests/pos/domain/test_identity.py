"""Identity documents: every row of domain.md section 3's table, and what must never leak."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.identity import (
    BadIdentity,
    Document,
    DocumentKind,
    IdentityFlaw,
    Sex,
    check_digit,
    normalised_number,
    read_document,
)

TODAY = date(2026, 11, 23)
RESIDENT, PASSPORT = DocumentKind.RESIDENT, DocumentKind.PASSPORT
COMPATRIOT, FOREIGNER = DocumentKind.COMPATRIOT, DocumentKind.FOREIGNER
MADE_UP = "999999193608150245"


def numbered(first_17: str) -> str:
    return first_17 + check_digit(first_17)


def refusal(text: str, kind: DocumentKind | None = None, today: date = TODAY) -> BadIdentity:
    with pytest.raises(BadIdentity) as refused:
        read_document(text, today, kind)
    return refused.value


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), Sex.FEMALE),
        ("34052419800101001X", date(1980, 1, 1), Sex.MALE),
        ("370101190102039973", date(1901, 2, 3), Sex.MALE),
        ("99999919600229001X", date(1960, 2, 29), Sex.MALE),
        ("999999196002290028", date(1960, 2, 29), Sex.FEMALE),
        ("999999193608150245", date(1936, 8, 15), Sex.FEMALE),
        ("999999201506010038", date(2015, 6, 1), Sex.MALE),
        ("99999919500101019X", date(1950, 1, 1), Sex.MALE),
    ],
)
def test_a_number_tells_birth_date_and_sex(number: str, born: date, sex: Sex) -> None:
    assert read_document(number, TODAY) == Document(RESIDENT, number, born, sex)


@pytest.mark.parametrize(
    ("old", "new"),
    [("110105491231002", "11010519491231002X"), ("340524800101001", "34052419800101001X")],
)
def test_a_number_of_15_digits_becomes_its_18_characters(old: str, new: str) -> None:
    assert read_document(old, TODAY) == read_document(new, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "１１０１０５１９４９１２３１００２ｘ",
        "110105 19491231 002X",
        "\t110105\u300019491231\u00a0002X ",
        "11010519491231002X\r",
        "11010519491231002X\r\n",
        "\ufeff11010519491231002X\u200b",
        "\x0211010519491231002X\x03",
    ],
)
def test_whatever_a_keyboard_or_a_reader_adds_is_taken_off(text: str) -> None:
    assert read_document(text, TODAY).number == "11010519491231002X"


@pytest.mark.parametrize(
    ("number", "flaw"),
    [
        ("999999190002290055", IdentityFlaw.NO_SUCH_DATE),
        ("999999194513010068", IdentityFlaw.NO_SUCH_DATE),
        ("999999209912310075", IdentityFlaw.FUTURE),
        ("110105194912310021", IdentityFlaw.CHECK_DIGIT),
        (numbered("99999919490230002"), IdentityFlaw.NO_SUCH_DATE),
        (numbered("99999919490431002"), IdentityFlaw.NO_SUCH_DATE),
        (numbered("99999919490000002"), IdentityFlaw.NO_SUCH_DATE),
        (numbered("99999900000101002"), IdentityFlaw.NO_SUCH_DATE),
        (numbered("99999920261124002"), IdentityFlaw.FUTURE),
        (numbered("99999919001231002"), IdentityFlaw.TOO_OLD),
        ("9999991936081502", IdentityFlaw.LENGTH),
        ("1101054912310021", IdentityFlaw.LENGTH),
        ("9999991936081502455", IdentityFlaw.LENGTH),
        ("", IdentityFlaw.LENGTH),
        ("X", IdentityFlaw.LENGTH),
        ("9999991936081502X5", IdentityFlaw.CHARACTERS),
        ("99999919360815O245", IdentityFlaw.CHARACTERS),
        ("9999991936081502٤5", IdentityFlaw.CHARACTERS),
        ("999999193608150二45", IdentityFlaw.CHARACTERS),
        ("11010549123100X", IdentityFlaw.CHARACTERS),
    ],
)
def test_a_number_that_cannot_be_right_names_the_check_it_fails(number: str, flaw: IdentityFlaw) -> None:
    found = refusal(number)

    assert (found.kind, found.flaw, found.length) == (RESIDENT, flaw, len(number))


def test_a_birth_date_of_125_years_ago_is_the_oldest() -> None:
    oldest = numbered("99999919010101001")

    assert read_document(oldest, TODAY).birth_date == date(1901, 1, 1)
    assert refusal(oldest, today=date(2027, 1, 1)).flaw is IdentityFlaw.TOO_OLD


def test_somebody_born_today_has_a_number() -> None:
    assert read_document(numbered("99999920261123002"), TODAY).birth_date == TODAY


@pytest.mark.parametrize("sequence", ["996", "999"])
def test_an_old_number_of_a_centenarian_lies_in_the_century_before(sequence: str) -> None:
    assert refusal(f"110105991231{sequence}").flaw is IdentityFlaw.TOO_OLD
    assert read_document("110105251231995", TODAY).birth_date == date(1925, 12, 31)


@pytest.mark.parametrize("place", ["810000", "820000", "830000"])
def test_a_permit_of_hong_kong_macau_or_taiwan_is_told_by_its_number(place: str) -> None:
    number = numbered(f"{place}19520304002")

    found = read_document(number, TODAY)

    assert found == Document(COMPATRIOT, number, date(1952, 3, 4), Sex.FEMALE)
    assert read_document(number, TODAY, COMPATRIOT) == found
    assert refusal(number, RESIDENT).flaw is IdentityFlaw.OTHER_KIND
    assert found.address_code == ""


def test_a_foreigners_card_of_18_digits_begins_with_9() -> None:
    number = numbered("91184019520304001")

    assert read_document(number, TODAY) == Document(FOREIGNER, number, date(1952, 3, 4), Sex.MALE)
    assert refusal(number[:17] + ("0" if number[17] != "0" else "1")).flaw is IdentityFlaw.CHECK_DIGIT


def test_a_foreigners_card_of_15_characters_tells_neither_birth_date_nor_sex() -> None:
    found = read_document("aaa110052030401", TODAY)

    assert found == Document(FOREIGNER, "AAA110052030401")
    assert refusal("AAA110052030401", RESIDENT).flaw is IdentityFlaw.OTHER_KIND
    assert refusal("AAA11005203040", FOREIGNER).flaw is IdentityFlaw.LENGTH


def test_a_passport_is_letters_and_digits_and_asked_for_by_name() -> None:
    assert read_document(" e 00000000 ", TODAY, PASSPORT) == Document(PASSPORT, "E00000000")
    assert [refusal(text, PASSPORT).flaw for text in ("", "E123", "E" * 21, "E1234-567")] == [
        IdentityFlaw.LENGTH,
        IdentityFlaw.LENGTH,
        IdentityFlaw.LENGTH,
        IdentityFlaw.CHARACTERS,
    ]


def test_an_address_code_that_nobody_knows_is_no_reason_to_refuse() -> None:
    assert read_document(MADE_UP, TODAY).address_code == "999999"


def test_the_number_is_in_no_repr_and_no_error() -> None:
    wrong, impossible = MADE_UP[:-1] + "6", "999999194513010068"

    errors = [refusal(wrong), refusal(impossible)]

    shown = "".join(
        f"{error!r} {error} {error.args} {error.__cause__!r} {error.__context__!r}" for error in errors
    )
    shown += repr(read_document(MADE_UP, TODAY)) + str(read_document(MADE_UP, TODAY))

    assert [part for part in (MADE_UP[6:14], wrong[8:], impossible[6:14]) if part in shown] == []


@given(st.integers(0, 10**17 - 1), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_passes(first_17: int, place: int, by: int) -> None:
    digits = f"{first_17:017d}"
    wrong = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]

    assert check_digit(wrong) != check_digit(digits)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read_document(text, TODAY)
    except BadIdentity as error:
        seen = error.length == len(normalised_number(text))
    else:
        seen = found.number == read_document(found.number, TODAY, found.kind).number

    assert seen
