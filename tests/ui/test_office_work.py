"""Long work: its progress is shown, and given up it leaves nothing behind."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos.domain.errors import EmptyBasket, Refusal, Trouble
from tests.ui.immediate import ImmediateLane
from ui.office.work import Progress, Work


@dataclass
class Strip:
    """What the strip showed, newest last."""

    shown: list[tuple[str, int, int]] = field(default_factory=list)
    over: int = 0

    def show_work(self, title: str, done: int, total: int) -> None:
        self.shown.append((title, done, total))

    def work_over(self) -> None:
        self.over += 1


def never(error: Refusal | Trouble) -> None:
    raise AssertionError(error)


def test_work_shows_how_far_it_is_and_tells_its_answer() -> None:
    strip, answers = Strip(), list[int]()
    work = Work(strip, ImmediateLane(), lambda call: call())

    def count(progress: Progress) -> int:
        progress(1, 2)
        progress(2, 2)
        return 7

    work.run("Counting", count, answers.append, never)

    assert answers == [7]
    assert strip.shown == [("Counting", 0, 0), ("Counting", 1, 2), ("Counting", 2, 2)]
    assert (strip.over, work.busy) == (1, False)


def test_work_that_is_given_up_ends_at_its_next_progress_and_answers_nothing() -> None:
    strip, answers, undone, left = Strip(), list[str](), list[str](), list[str]()
    work = Work(strip, ImmediateLane(), lambda call: call())

    def write(progress: Progress) -> str:
        try:
            progress(1, 3)
            work.give_up()
            progress(2, 3)
        except BaseException:
            undone.append("rolled back")
            raise
        return "written"

    work.run("Writing", write, answers.append, never, lambda: left.append("given up"))

    assert (answers, undone, left) == ([], ["rolled back"], ["given up"])
    assert (strip.shown[-1], strip.over, work.busy) == (("Writing", 1, 3), 1, False)


def test_work_that_is_refused_says_why_and_frees_the_strip() -> None:
    strip, refusals = Strip(), list[Refusal | Trouble]()
    work = Work(strip, ImmediateLane(), lambda call: call())
    refusal = EmptyBasket()

    def refuse(_progress: Progress) -> None:
        raise refusal

    work.run("Trying", refuse, lambda _none: None, refusals.append)

    assert (refusals, strip.over, work.busy) == ([refusal], 1, False)
