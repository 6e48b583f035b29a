"""A number in clear: only for a reason, written down first, and gone after some seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pos.domain.identity import read_document
from pos.services.identities import Identities
from pos.services.keys import KEY_FILE, FileShelf
from pos.services.vault import Vault
from tests.pos.services.counter import MONDAY
from tests.pos.services.counter import Counter as Till
from tests.ui.asking_face import AskFace
from tests.ui.immediate import HeldLane, ImmediateLane
from tests.ui.sale_world import LI_CARD, WANG_CARD
from tests.ui.small_screens import Strip
from ui.profile.reveal import SHOWN_MS, RevealPresenter

pytest_plugins = ("tests.ui.sale_fixtures",)
pytestmark = pytest.mark.usefixtures("english")

NUMBER = "999999196002290028"


@dataclass
class Question:
    """A question about the number of Wang, of whom one is kept; of Li none is."""

    till: Till
    identities: Identities
    face: AskFace
    strip: Strip
    mind: RevealPresenter
    later: list[tuple[int, Callable[[], None]]]

    def ask(self, card: object = WANG_CARD) -> None:
        member = self.till.checkout.identify(card).member  # type: ignore[arg-type]
        self.mind.open(member.id, member.name)

    @property
    def seen(self) -> bool:
        return any(fact.told.replace(" ", "") == NUMBER for ask in self.face.asked[-1:] for fact in ask.facts)


def question_at(till: Till, lane: ImmediateLane | HeldLane, folder: Path) -> Question:
    identities = Identities(till.stores, till.clock, Vault(FileShelf(folder / KEY_FILE)))
    wang = till.checkout.identify(WANG_CARD).member
    identities.put(till.manager, wang.id, read_document(NUMBER, MONDAY))
    face, strip, later = AskFace(), Strip(), list[tuple[int, Callable[[], None]]]()
    mind = RevealPresenter(
        face, strip, identities, lane, lambda: till.manager, later=lambda ms, call: later.append((ms, call))
    )
    return Question(till, identities, face, strip, mind, later)


@pytest.fixture
def question(till: Till, tmp_path: Path) -> Question:
    return question_at(till, ImmediateLane(), tmp_path)


def test_a_number_is_shown_for_a_reason_that_is_written_down(question: Question) -> None:
    question.ask()
    question.mind.typed("reason", "the bank asks")

    question.mind.confirm()

    wang = question.till.checkout.identify(WANG_CARD).member.id
    looks = question.identities.looks(question.till.manager, wang)
    assert (question.seen, [look.reason for look in looks]) == (True, ["the bank asks"])


def test_a_number_is_read_out_as_place_birth_date_and_sequence(question: Question) -> None:
    question.ask()
    question.mind.typed("reason", "the bank asks")

    question.mind.confirm()

    assert list(question.face.facts().values()) == [f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}"]


def test_without_a_reason_nothing_is_shown(question: Question) -> None:
    question.ask()

    question.mind.confirm()

    assert question.face.now is not None
    assert (question.seen, question.face.now.wrong) == (False, "reason")


def test_a_number_goes_away_by_itself(question: Question) -> None:
    question.ask()
    question.mind.typed("reason", "the bank asks")
    question.mind.confirm()

    ((after_ms, over),) = question.later
    over()

    assert (after_ms, question.face.now, NUMBER in repr(vars(question.mind))) == (SHOWN_MS, None, False)


def test_the_end_of_one_look_does_not_hide_the_next(question: Question) -> None:
    for _time in range(2):
        question.ask()
        question.mind.typed("reason", "the bank asks")
        question.mind.confirm()

    question.later[0][1]()

    assert question.seen
    assert question.face.now is not None


def test_of_whom_no_number_is_kept_that_is_said(question: Question) -> None:
    question.ask(LI_CARD)
    question.mind.typed("reason", "the bank asks")

    question.mind.confirm()

    assert "李建国" in question.strip.title


def test_a_number_that_comes_after_the_page_was_left_is_not_shown(till: Till, tmp_path: Path) -> None:
    lane = HeldLane()
    question = question_at(till, lane, tmp_path)
    question.ask()
    question.mind.typed("reason", "the bank asks")
    question.mind.confirm()
    question.mind.close()

    lane.go()

    assert question.face.now is None
