"""The kitchen's printed list: it is read back whole, and what changed since is told once and rightly."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.bill import Way
from pos.domain.kitchen import Clash, NotCooked, Plate, Portion
from pos.domain.kitchen_lines import ChangeKind, PlateChange, line_of, lines_of, plate_changes, read_line
from pos.domain.menu import DishKind

SET = Portion("set", "六菜一汤", DishKind.SET_MEAL, 1, (("pork", "红烧肉"),))
RICE = Portion("rice", "米饭", DishKind.STAPLE, 2)
WANG = Plate("r-wang", "wang", "王*英", Way.DINE_IN, "11:30", (SET, RICE))
LI = Plate("r-li", "li", "李*", Way.DELIVERY, "", (SET,), ("软食",), (Clash("红烧肉", ("素食",)),))
ZHAO = Plate("r-zhao", "zhao", "赵*国", Way.TAKE_AWAY, "", (RICE,))

WORDS = st.text(max_size=6)
PORTIONS = st.builds(
    Portion, WORDS, WORDS, st.sampled_from(DishKind), st.integers(1, 99), st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple)
)
PLATES = st.builds(
    Plate,
    st.just("r"),
    WORDS,
    WORDS,
    st.sampled_from(Way),
    WORDS,
    st.lists(PORTIONS, max_size=3).map(tuple),
    st.lists(WORDS, max_size=2).map(tuple),
    st.lists(st.builds(Clash, WORDS, st.lists(WORDS, max_size=2).map(tuple)), max_size=2).map(tuple),
    st.none() | st.sampled_from(NotCooked),
)


@given(PLATES)
def test_a_line_is_read_back_as_the_plate_it_was(plate: Plate) -> None:
    assert read_line("r", line_of(plate)) == plate


def test_K1_cancelled_changed_and_added_plates_are_told_in_this_order() -> None:
    other = replace(LI, way=Way.DINE_IN)
    new = Plate("r-new", "new", "孙*", Way.DINE_IN, "", (SET,))

    found = plate_changes(lines_of([WANG, LI]), lines_of([new, other]))

    assert found == (
        PlateChange(ChangeKind.CANCELLED, WANG, None),
        PlateChange(ChangeKind.CHANGED, LI, other),
        PlateChange(ChangeKind.ADDED, None, new),
    )


def test_K1_a_reservation_that_replaces_another_of_its_member_is_one_change() -> None:
    instead = replace(WANG, id="r-wang-2", portions=(RICE,))

    found = plate_changes(lines_of([WANG, ZHAO]), lines_of([ZHAO, instead]))

    assert found == (PlateChange(ChangeKind.CHANGED, WANG, instead),)


def test_K1_whoever_goes_away_is_cancelled_with_the_reason_and_added_when_back() -> None:
    away = replace(WANG, not_cooked=NotCooked.PAUSED)

    gone = plate_changes(lines_of([WANG]), lines_of([away]))
    back = plate_changes(lines_of([away]), lines_of([WANG]))

    assert gone == (PlateChange(ChangeKind.CANCELLED, WANG, away),)
    assert back == (PlateChange(ChangeKind.ADDED, None, WANG),)


def test_what_was_not_cooked_and_is_not_now_is_no_change_for_the_kitchen() -> None:
    away, closed = replace(WANG, not_cooked=NotCooked.PAUSED), replace(WANG, not_cooked=NotCooked.CLOSED)

    assert plate_changes(lines_of([away]), {}) == ()
    assert plate_changes({}, lines_of([away])) == ()
    assert plate_changes(lines_of([away]), lines_of([closed])) == ()
    assert plate_changes(lines_of([WANG, LI]), lines_of([LI, WANG])) == ()
