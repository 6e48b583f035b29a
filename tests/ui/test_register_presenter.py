"""The register's mind: one search at a time, only the newest answer shown, cards open their owner's page."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.pos.services.counter import Counter as Till
from tests.ui.immediate import HeldLane, ImmediateLane
from tests.ui.sale_world import NEW_CARD, WANG_CARD
from tests.ui.small_screens import Strip
from ui.register.presenter import MOST, Listed, RegisterPresenter

pytest_plugins = ("tests.ui.sale_fixtures",)


@dataclass
class Face:
    """Remembers the list."""

    shown: list[Listed] = field(default_factory=list)

    def show_listed(self, listed: Listed) -> None:
        self.shown.append(listed)


@dataclass
class Register:
    """The register of a canteen in which Wang, Li and a poor man are."""

    face: Face
    strip: Strip
    mind: RegisterPresenter
    opened: list[str]

    def names(self) -> list[str]:
        return [hit.name for hit in self.face.shown[-1].hits]


def register_at(till: Till, lane: ImmediateLane | HeldLane) -> Register:
    face, strip, opened = Face(), Strip(), list[str]()
    return Register(face, strip, RegisterPresenter(face, strip, till.members, lane, opened=opened.append), opened)


def test_whoever_fits_is_listed_with_what_tells_people_apart(till: Till) -> None:
    register = register_at(till, ImmediateLane())

    register.mind.typed("wang")

    (hit,) = register.face.shown[-1].hits
    assert (hit.name, hit.age, hit.phone_tail, hit.card_tail, hit.principal, hit.bonus) == (
        "王桂英", 86, "1234", "6634", 17_280, 0,
    )  # fmt: skip


def test_keys_that_come_while_a_search_is_under_way_make_one_more_search_and_no_queue(till: Till) -> None:
    lane = HeldLane()
    register = register_at(till, lane)
    for text in ("w", "wa", "wan", "wang", "l", "li"):
        register.mind.typed(text)

    done = [lane.go(), lane.go(), lane.go()]

    assert (done, register.names()) == ([1, 1, 0], ["李建国"])


def test_an_answer_to_what_stands_there_no_more_is_not_shown(till: Till) -> None:
    lane = HeldLane()
    register = register_at(till, lane)
    register.mind.typed("wang")
    register.mind.typed("")

    lane.go()

    assert register.names() == []


def test_of_a_crowd_a_screenful_is_listed_and_that_there_are_more(till: Till) -> None:
    for number in range(MOST + 1):
        till.enrol(f"陈{number}")
    register = register_at(till, ImmediateLane())

    register.mind.typed("chen")

    listed = register.face.shown[-1]
    assert (len(listed.hits), listed.more) == (MOST, True)


def test_enter_opens_the_marked_member_and_nobody_where_nobody_fits(till: Till) -> None:
    register = register_at(till, ImmediateLane())
    register.mind.typed("wang")
    register.mind.choose(0)
    wang = register.face.shown[-1].hits[0].id

    register.mind.typed("nobody")
    register.mind.choose(0)

    assert register.opened == [wang]


def test_a_card_opens_the_page_of_its_owner(till: Till) -> None:
    register = register_at(till, ImmediateLane())

    register.mind.card_read(WANG_CARD)

    assert register.opened == [till.checkout.identify(WANG_CARD).member.id]


def test_an_unknown_card_opens_nothing_and_says_so(till: Till) -> None:
    register = register_at(till, ImmediateLane())

    register.mind.card_read(NEW_CARD)

    assert (register.opened, NEW_CARD.printed in register.strip.title) == ([], True)


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_typed_lists_nobody(till: Till, text: str) -> None:
    register = register_at(till, ImmediateLane())

    register.mind.typed(text)

    assert register.names() == []
