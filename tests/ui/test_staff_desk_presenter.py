"""The mind of the staff sheet, on the real staff desk."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from pos.domain.staff import Actor, Role
from tests.pos.services.counter import CASHIER, MANAGER, OTHER, PIN, Counter
from tests.ui.immediate import HeldLane, ImmediateLane
from tests.ui.small_screens import Strip
from ui.messages import Tone
from ui.staff.desk_presenter import Doing, Person, Question, StaffList, StaffPresenter, Typed

NEW = Typed("何玉兰", Role.CASHIER, "904273", "904273")


@dataclass
class Face:
    """Remembers the sheet."""

    now: StaffList | None = None
    pointed: list[Question] = field(default_factory=list)

    def show_staff(self, now: StaffList) -> None:
        self.now = now

    def point_at(self, question: Question) -> None:
        self.pointed.append(question)

    def close_form(self) -> None:
        self.now = None


@dataclass
class Sheet:
    """An open sheet, the manager at its keys."""

    till: Counter
    face: Face
    strip: Strip
    mind: StaffPresenter

    @property
    def now(self) -> StaffList:
        assert self.face.now is not None
        return self.face.now

    def mark(self, name: str) -> None:
        self.mind.mark([one.name for one in self.now.people].index(name))


def sheet_at(till: Counter, strip: Strip, lane: ImmediateLane | HeldLane, actor: Actor | None = None) -> Sheet:
    face = Face()
    mind = StaffPresenter(face, strip, till.desk, lane, lambda: actor or till.manager)
    mind.open()
    return Sheet(till, face, strip, mind)


@pytest.fixture
def sheet(shut_till: Counter, strip: Strip, english: None) -> Sheet:
    return sheet_at(shut_till, strip, ImmediateLane())


def test_the_list_opens_with_the_one_at_the_keys_marked(sheet: Sheet) -> None:
    others = {Person(CASHIER, Role.CASHIER), Person(OTHER, Role.CASHIER)}

    assert set(sheet.now.people) - others == {Person(MANAGER, Role.MANAGER, me=True)}
    assert (sheet.now.marked.name, sheet.now.doing) == (MANAGER, Doing.LIST)


def test_the_mark_stops_at_both_ends(sheet: Sheet) -> None:
    sheet.mind.step(-9)
    top = sheet.now.at
    sheet.mind.step(9)

    assert (top, sheet.now.at) == (0, 2)


def test_somebody_new_can_sign_in_and_is_marked_in_the_list(sheet: Sheet) -> None:
    sheet.mind.ask(Doing.NEW)
    sheet.mind.confirm(NEW)

    assert sheet.till.desk.sign_in(NEW.name, NEW.pin).role is Role.CASHIER
    assert (sheet.now.doing, sheet.now.marked.name, sheet.strip.title) == (Doing.LIST, NEW.name, "何玉兰 can sign in now.")


def test_a_new_pin_is_the_marked_persons(sheet: Sheet) -> None:
    sheet.mark(CASHIER)
    sheet.mind.ask(Doing.PIN)
    sheet.mind.confirm(Typed(pin="904273", again="904273"))

    assert sheet.till.desk.sign_in(CASHIER, "904273") == sheet.till.cashier
    assert sheet.strip.title == f"{CASHIER} has a new PIN. The old one is gone."


def test_nobody_leaves_before_it_is_confirmed(sheet: Sheet) -> None:
    sheet.mark(CASHIER)
    sheet.mind.confirm(Typed())
    sheet.mind.ask(Doing.LEAVE)
    asked = CASHIER in sheet.till.desk.names()
    sheet.mind.confirm(Typed())

    assert (asked, CASHIER in sheet.till.desk.names()) == (True, False)
    assert [one.name for one in sheet.now.people if one.name == CASHIER] == []


@pytest.mark.parametrize(
    ("doing", "typed", "pointed", "said"),
    [
        (Doing.NEW, Typed("何玉兰", pin="904273", again="904274"), Question.AGAIN, "The two PINs differ."),
        (Doing.NEW, Typed(CASHIER, pin="904273", again="904273"), Question.NAME, f"There is a {CASHIER} on the staff already."),
        (Doing.NEW, Typed("", pin="904273", again="904273"), Question.NAME, "A name is missing or too long."),
        (Doing.PIN, Typed(pin="1111", again="1111"), Question.PIN, "This PIN is too easy to guess."),
        (Doing.PIN, Typed(), Question.PIN, "A PIN has digits only."),
    ],
)
def test_a_wrong_answer_is_pointed_at_and_changes_nothing(
    sheet: Sheet, doing: Doing, typed: Typed, pointed: Question, said: str
) -> None:
    before = sheet.till.desk.people(sheet.till.manager)

    sheet.mind.ask(doing)
    sheet.mind.confirm(typed)

    assert (sheet.face.pointed, sheet.strip.title) == ([pointed], said)
    assert (sheet.now.doing, sheet.now.busy, sheet.till.desk.people(sheet.till.manager)) == (doing, False, before)


def test_the_only_manager_stays_and_is_told_why(sheet: Sheet) -> None:
    sheet.mind.ask(Doing.LEAVE)
    sheet.mind.confirm(Typed())

    assert sheet.strip.message is not None
    assert (sheet.strip.title, sheet.strip.message.tone) == (f"{MANAGER} is the only manager.", Tone.REFUSED)


def test_enter_again_and_again_adds_one_person(shut_till: Counter, strip: Strip, english: None) -> None:
    lane = HeldLane()
    sheet = sheet_at(shut_till, strip, lane)
    lane.go()
    sheet.mind.ask(Doing.NEW)

    for _turn in range(3):
        sheet.mind.confirm(NEW)
    asked = lane.go()

    assert (asked, len(sheet.now.people), strip.title) == (1, 4, "何玉兰 can sign in now.")


def test_an_answer_that_comes_after_the_sheet_has_gone_is_still_said(
    shut_till: Counter, strip: Strip, english: None
) -> None:
    lane = HeldLane()
    sheet = sheet_at(shut_till, strip, lane)
    lane.go()
    sheet.mind.ask(Doing.NEW)
    sheet.mind.confirm(NEW)

    sheet.mind.back()
    sheet.mind.back()
    lane.go()

    assert (sheet.face.now, sheet.mind.is_open, strip.title) == (None, False, "何玉兰 can sign in now.")


def test_a_list_that_comes_after_signing_out_is_not_shown(shut_till: Counter, strip: Strip) -> None:
    lane = HeldLane()
    sheet = sheet_at(shut_till, strip, lane)

    sheet.mind.close()
    lane.go()

    assert (sheet.face.now, sheet.mind.is_open) == (None, False)


def test_back_goes_from_a_form_to_the_list_and_then_away(sheet: Sheet) -> None:
    sheet.mind.ask(Doing.PIN)
    sheet.mind.back()
    listed = sheet.now.doing
    sheet.mind.back()

    assert (listed, sheet.face.now, sheet.mind.is_open) == (Doing.LIST, None, False)


def test_a_cashier_is_shown_no_list(shut_till: Counter, strip: Strip, english: None) -> None:
    sheet = sheet_at(shut_till, strip, ImmediateLane(), shut_till.cashier)

    assert (sheet.face.now, strip.title) == (None, f"{CASHIER} may not change the staff.")


def test_no_pin_is_seen_in_what_a_log_would_write() -> None:
    assert PIN not in repr(Typed("何玉兰", Role.CASHIER, PIN, PIN))
