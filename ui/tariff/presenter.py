"""The mind of the tariff's time line: what was published, drafts, files, and which of them is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from pos.domain.errors import Refusal, Trouble
from pos.domain.staff import Actor
from pos.domain.tariff.timeline import Published, Span, TariffDraft
from pos.i18n import _
from pos.services.starters import Starter, starters
from pos.services.tariffs import Tariffs, Timeline, check
from ui import messages
from ui.presenting import Lane, Notices
from ui.tariff.editor import EditorPresenter

LARGEST_FILE = 1_000_000


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the time line: a published set with the days on which it holds, or a draft."""

    title: str
    valid_from: date | None
    valid_to: date | None
    holds: tuple[Span, ...] = ()
    published: Published | None = None
    draft: TariffDraft | None = None


@dataclass(frozen=True, slots=True)
class TimelineNow:
    """The time line at one moment; `at` is the marked line, -1 where there is none."""

    today: date
    bars: tuple[Bar, ...]
    at: int = -1

    @property
    def marked(self) -> Bar | None:
        """What the keys are about."""
        return self.bars[self.at] if 0 <= self.at < len(self.bars) else None


class TimelineView(Protocol):
    """The face of the time line."""

    def show_timeline(self, now: TimelineNow) -> None:
        """Paint the time line, in place of the editor."""
        ...

    def ask_beginning(self, points: tuple[Starter, ...]) -> None:
        """Ask what a new draft begins with; answers with `begin`."""
        ...

    def ask_drop(self, draft: TariffDraft) -> None:
        """Ask whether a draft is thrown away; answers with `drop`."""
        ...

    def show_editor(self) -> None:
        """Show the editor in place of the time line."""
        ...


class TimelinePresenter:
    """Opens what is marked in the editor; a published set to be read, a draft to be changed."""

    def __init__(
        self,
        view: TimelineView,
        notices: Notices,
        tariffs: Tariffs,
        lane: Lane,
        actor: Callable[[], Actor],
        editor: EditorPresenter,
        new_id: Callable[[], str] = lambda: str(uuid4()),
    ) -> None:
        self._view = view
        self._notices = notices
        self._tariffs = tariffs
        self._lane = lane
        self._actor = actor
        self._editor = editor
        self._new_id = new_id
        self._now: TimelineNow | None = None
        self._begun = new_id()
        editor.over = self.open

    def open(self) -> None:
        """Read the time line."""
        self._lane.run(self._tariffs.timeline, self._came, self._failed)

    def step(self, lines: int) -> None:
        """Mark another line, stopping at the ends."""
        if self._now:
            self.mark(self._now.at + lines)

    def mark(self, at: int) -> None:
        """Mark a line."""
        now = self._now
        if now and now.bars:
            self._show(TimelineNow(now.today, now.bars, min(max(at, 0), len(now.bars) - 1)))

    def choose(self) -> None:
        """Open the marked set."""
        bar = self._now.marked if self._now else None
        if bar is not None:
            self._view.show_editor()
            self._editor.open(bar.draft or bar.published)

    def ask_beginning(self) -> None:
        """Offer what a draft can begin with."""
        self._lane.run(starters, self._view.ask_beginning, self._failed)

    def begin(self, text: str) -> None:
        """Begin a draft and open it."""
        actor, draft_id = self._actor(), self._begun

        def begun(draft: TariffDraft) -> None:
            self._begun = self._new_id()
            self._view.show_editor()
            self._editor.open(draft)

        self._lane.run(lambda: self._tariffs.begin(actor, draft_id, text), begun, self._failed)

    def copy(self) -> None:
        """Begin a draft as a copy of the marked set."""
        bar = self._now.marked if self._now else None
        if bar is not None:
            source = bar.draft or bar.published
            assert source is not None, "a line is a draft or was published"
            self.begin(source.text)

    def ask_drop(self) -> None:
        """Ask whether the marked draft is thrown away; what was published stays."""
        bar = self._now.marked if self._now else None
        if bar is not None and bar.draft is not None:
            self._view.ask_drop(bar.draft)
        elif bar is not None:
            self._notices.show_message(messages.note(_("A published tariff stays: what was sold refers to it.")))

    def drop(self, draft_id: str) -> None:
        """Throw a draft away."""
        actor = self._actor()
        self._lane.run(lambda: self._tariffs.drop(actor, draft_id), lambda _none: self.open(), self._failed)

    def read_file(self, path: Path) -> None:
        """Begin a draft with a file's text, mistakes and all."""

        def read() -> str | None:
            try:
                if path.stat().st_size > LARGEST_FILE:
                    return None
                return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
            except (OSError, UnicodeDecodeError):
                return None

        def came(text: str | None) -> None:
            if text is None:
                title = _("{file} cannot be read as a text.").format(file=path.name)
                self._notices.show_message(messages.note(title, _("Choose a text file in UTF-8.")))
                return
            self.begin(text)

        self._lane.run(read, came, self._failed)

    def write_file(self, path: Path) -> None:
        """Write the marked set's text to a file."""
        bar = self._now.marked if self._now else None
        source = (bar.draft or bar.published) if bar else None
        if source is None:
            return

        def write() -> bool:
            try:
                path.write_text(source.text, encoding="utf-8", newline="\n")
            except OSError:
                return False
            return True

        def written(well: bool) -> None:
            title = _("{file} is written.") if well else _("{file} cannot be written.")
            told = title.format(file=path.name)
            self._notices.show_message(messages.good(told) if well else messages.note(told))

        self._lane.run(write, written, self._failed)

    def _came(self, timeline: Timeline) -> None:
        bars = (*_drafts(timeline), *_published(timeline))
        before = self._now.at if self._now else _in_force(bars, timeline.today)
        self._show(TimelineNow(timeline.today, bars, min(max(before, 0), len(bars) - 1)))

    def _show(self, now: TimelineNow) -> None:
        self._now = now
        self._view.show_timeline(now)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))


def _drafts(timeline: Timeline) -> tuple[Bar, ...]:
    bars: list[Bar] = []
    for draft in timeline.drafts:
        tariff = check(draft.text).tariff
        first, last = (tariff.valid_from, tariff.valid_to) if tariff else (None, None)
        bars.append(Bar(draft.title or _("without a title"), first, last, draft=draft))
    return tuple(bars)


def _published(timeline: Timeline) -> tuple[Bar, ...]:
    """Newest first."""
    return tuple(
        Bar(one.title, one.valid_from, one.valid_to, tuple(span for span in timeline.spans if span.seq == one.seq), one)
        for one in reversed(timeline.published)
    )


def _in_force(bars: tuple[Bar, ...], today: date) -> int:
    """The set that holds today is marked first."""
    for at, bar in enumerate(bars):
        if any(span.first <= today and (span.last is None or today <= span.last) for span in bar.holds):
            return at
    return 0
