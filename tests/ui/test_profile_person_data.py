"""A person's rights in the office: a file with everything, and being forgotten where nothing is open."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from pos.domain.members import Member
from pos.services.persons import Persons
from tests.pos.services.counter import Counter as Till
from tests.ui.asking_face import AskFace
from tests.ui.immediate import ImmediateLane
from tests.ui.sale_world import WANG_CARD
from tests.ui.small_screens import Strip
from ui.asking import YES
from ui.profile.person_data import DeletionPresenter, ExtractPresenter

pytest_plugins = ("tests.ui.sale_fixtures",)
pytestmark = pytest.mark.usefixtures("english")


@dataclass
class Question:
    """The question whether somebody is forgotten."""

    face: AskFace
    strip: Strip
    mind: DeletionPresenter
    gone: list[bool]


@pytest.fixture
def question(till: Till) -> Question:
    face, strip, gone = AskFace(), Strip(), list[bool]()
    mind = DeletionPresenter(
        face, strip, Persons(till.stores, till.clock), ImmediateLane(), lambda: till.manager, gone=lambda: gone.append(True)
    )
    return Question(face, strip, mind, gone)


@pytest.fixture
def nobodys(till: Till) -> Member:
    """Somebody without a card or money."""
    return till.enrol("孙大海", date(1950, 1, 1), phone="13800004321")


def test_everything_that_is_kept_of_somebody_is_in_a_file_of_the_owner_alone(till: Till, tmp_path: Path) -> None:
    strip = Strip()
    extract = ExtractPresenter(
        strip, Persons(till.stores, till.clock), ImmediateLane(), lambda: till.manager, choose=lambda name: tmp_path / name
    )
    wang = till.checkout.identify(WANG_CARD).member

    extract.open(wang.id, wang.name)

    (file,) = tmp_path.glob("Data of*")
    assert (file.name, file.stat().st_mode & 0o777) == ("Data of 王桂英.json", 0o600)
    assert json.loads(file.read_text("utf-8"))["member_id"] == wang.id


def test_a_file_that_cannot_be_written_is_told(till: Till, tmp_path: Path) -> None:
    strip = Strip()
    extract = ExtractPresenter(
        strip, Persons(till.stores, till.clock), ImmediateLane(), lambda: till.manager, choose=lambda _name: tmp_path / "no" / "x"
    )

    extract.open(till.checkout.identify(WANG_CARD).member.id, "王桂英")

    assert strip.title != ""


def test_what_stays_is_shown_before_somebody_is_forgotten(till: Till, question: Question, nobodys: Member) -> None:
    question.mind.open(nobodys.id)
    shown = question.face.facts()
    question.mind.confirm()
    unticked = till.members.search("sun")
    question.mind.typed("sure", YES)
    question.mind.confirm()

    assert [hit.id for hit in unticked] == [nobodys.id]
    assert shown == {"Sales that stay in the books": "0", "Top-ups that stay in the books": "0"}
    assert (till.members.search("sun"), question.gone, question.face.now) == ((), [True], None)


def test_whoever_has_money_is_not_forgotten_and_it_is_said_why(till: Till, question: Question) -> None:
    question.mind.open(till.checkout.identify(WANG_CARD).member.id)

    assert (question.face.now, question.gone) == (None, [])
    assert "王桂英" in question.strip.title


def test_escape_leaves_somebody_in_the_books(till: Till, question: Question, nobodys: Member) -> None:
    question.mind.open(nobodys.id)

    question.mind.close()

    assert ([hit.id for hit in till.members.search("sun")], question.gone) == ([nobodys.id], [])
