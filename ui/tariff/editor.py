"""The mind of the tariff editor: one text, seen as a form and as a text, checked at every change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, auto
from typing import Any, Protocol
from uuid import uuid4

from pos.domain.bill import Bill
from pos.domain.errors import Refusal, Trouble
from pos.domain.money import Fen
from pos.domain.staff import Actor
from pos.domain.tariff import Finding, Rule, Tariff
from pos.domain.tariff.editing import rewrite
from pos.domain.tariff.timeline import DraftChanged, DraftGone, Published, TariffDraft
from pos.domain.trying import Example
from pos.i18n import _, ngettext
from pos.services.tariffs import Checked, Tariffs, check
from ui import messages
from ui.presenting import Lane, Notices


class Page(Enum):
    """The ways to look at a tariff."""

    FORM = auto()
    TEXT = auto()
    TRY = auto()


@dataclass(frozen=True, slots=True)
class EditorNow:
    """The editor at one moment. `draft` is None for a published set, which is only read.

    `at` is the marked rule, `trial` the marked example person; `bills` belong to `examples`, or are empty while the
    text cannot be read. `usual` is a usual meal here, in fen.
    """

    text: str
    checked: Checked
    draft: TariffDraft | None = None
    published: Published | None = None
    page: Page = Page.FORM
    at: int = 0
    finding: int = 0
    examples: tuple[Example, ...] = ()
    bills: tuple[Bill, ...] = ()
    trial: int = 0
    usual: Fen | None = None
    area: str = ""

    @property
    def tariff(self) -> Tariff | None:
        """What the text says, or None while it cannot be read."""
        return self.checked.tariff

    @property
    def rule(self) -> Rule | None:
        """The marked rule."""
        rules = self.tariff.rules if self.tariff else ()
        return rules[self.at] if 0 <= self.at < len(rules) else None

    @property
    def saved(self) -> bool:
        """Whether the store has the text as it is."""
        return self.draft is None or self.draft.text == self.text


class EditorView(Protocol):
    """The face of the editor."""

    def show_tariff(self, now: EditorNow) -> None:
        """Paint the editor."""
        ...

    def point_at_line(self, line: int) -> None:
        """Put the cursor on a line of the text."""
        ...

    def close_sheets(self) -> None:
        """Take whatever was asked away."""
        ...


@dataclass
class _Kept:
    """What outlives one opening: the example people."""

    examples: tuple[Example, ...] = field(default=())


class EditorPresenter:
    """Every change of the form becomes a change of the text; the text is what is kept."""

    def __init__(
        self, view: EditorView, notices: Notices, tariffs: Tariffs, lane: Lane, actor: Callable[[], Actor], today: Callable[[], date]
    ) -> None:
        self._view = view
        self._notices = notices
        self._tariffs = tariffs
        self._lane = lane
        self._actor = actor
        self._today = today
        self._now: EditorNow | None = None
        self._kept = _Kept()
        self._by: Actor | None = None
        self.over: Callable[[], None] = lambda: None

    @property
    def now(self) -> EditorNow | None:
        """What is shown."""
        return self._now

    def open(self, source: TariffDraft | Published | None) -> None:
        """Open a draft to change it, or a published set to read it."""
        if source is None:
            return
        self.resume()
        draft = source if isinstance(source, TariffDraft) else None
        published = source if isinstance(source, Published) else None

        def came(usual: tuple[Fen | None, str]) -> None:
            price, here = usual
            checked = check(source.text, price)
            area = here or (checked.tariff.area if checked.tariff else "")
            now = EditorNow(source.text, checked, draft, published, usual=price, area=area)
            day = now.tariff.valid_from if now.tariff else self._today()
            examples = self._kept.examples or example_people(max(day, self._today()), price, area)
            page = Page.FORM if now.tariff else Page.TEXT
            self._show(replace(now, examples=examples, page=page))

        self._lane.run(self._tariffs.usual, came, self._failed)

    def resume(self) -> None:
        """Whoever is signed in now goes on; a text is kept in this name even while that person signs out."""
        self._by = self._actor()

    def leave(self) -> None:
        """Keep the text and go back to the time line."""
        self._save(self._gone)

    def left(self) -> None:
        """The section is left without a word: keep the text."""
        self._save(lambda: None)

    # -- the pages ----------------------------------------------------------------------------------

    def turn(self, page: Page) -> None:
        """Look at the tariff in another way; what was typed is kept."""
        if self._now is None or self._now.page is page:
            return
        self._show(replace(self._now, page=page))
        self._save(lambda: None)
        if page is Page.TRY:
            self._try()

    def typed(self, text: str) -> None:
        """Somebody typed in the text."""
        now = self._now
        if now is not None and now.draft is not None and text != now.text:
            self._take(text)

    def next_finding(self) -> None:
        """Go to the line of the next finding."""
        now = self._now
        if now is None or not now.checked.findings:
            return
        at = now.finding % len(now.checked.findings)
        self._show(replace(now, page=Page.TEXT, finding=at + 1))
        self._view.point_at_line(now.checked.findings[at].line)

    # -- the form -----------------------------------------------------------------------------------

    def mark(self, at: int) -> None:
        """Mark a rule."""
        if self._now and at != self._now.at:
            self._now = replace(self._now, at=at)

    def change(self, **changed: Any) -> Finding | None:
        """Change fields of the tariff; the finding when the result could not be read, and then nothing changed."""
        now = self._now
        if now is None or now.tariff is None or now.draft is None:
            return None
        after = replace(now.tariff, **changed)
        rewritten = rewrite(now.text, after)
        checked = check(rewritten.text, now.usual)
        if checked.tariff is None:
            return checked.findings[0]
        self._take(rewritten.text)
        if rewritten.comments_lost:
            count = rewritten.comments_lost
            title = ngettext("{count} line with a comment is gone from the text.", "{count} lines with a comment are gone from the text.", count)
            self._notices.show_message(messages.note(title.format(count=count), _("In the text view they can be written again.")))
        self._save(lambda: None)
        return None

    def put_rule(self, rule: Rule, at: int | None) -> Finding | None:
        """Put a rule in the place of another, or at the end."""
        rules = list(self._rules)
        if at is None:
            rules.append(rule)
        else:
            rules[at] = rule
        finding = self.change(rules=tuple(rules))
        if finding is None and self._now:
            self._show(replace(self._now, at=len(rules) - 1 if at is None else at))
            self._view.close_sheets()
        return finding

    def move_rule(self, by: int) -> None:
        """Move the marked rule up or down: rules hold in the order of the document."""
        now, rules = self._now, list(self._rules)
        if now is None or now.rule is None or not 0 <= now.at + by < len(rules):
            return
        rules.insert(now.at + by, rules.pop(now.at))
        if self.change(rules=tuple(rules)) is None and self._now:
            self._show(replace(self._now, at=now.at + by))

    def drop_rule(self) -> None:
        """Take the marked rule out."""
        now = self._now
        if now and now.rule:
            self.change(rules=tuple(rule for at, rule in enumerate(self._rules) if at != now.at))

    # -- trying -------------------------------------------------------------------------------------

    def mark_trial(self, by: int) -> None:
        """Mark another example person."""
        now = self._now
        if now and now.examples:
            self._show(replace(now, trial=(now.trial + by) % len(now.examples)))

    def put_example(self, example: Example, at: int | None) -> None:
        """Put an example person in the place of another, or at the end, and price everybody anew."""
        now = self._now
        if now is None:
            return
        examples = list(now.examples)
        if at is None:
            examples.append(example)
        else:
            examples[at] = example
        self._people(tuple(examples), len(examples) - 1 if at is None else at)
        self._view.close_sheets()

    def drop_example(self) -> None:
        """Take the marked example person away; one always stays."""
        now = self._now
        if now and len(now.examples) > 1:
            self._people(tuple(one for at, one in enumerate(now.examples) if at != now.trial), max(0, now.trial - 1))

    def _people(self, examples: tuple[Example, ...], trial: int) -> None:
        assert self._now is not None, "somebody is looked at"
        self._kept.examples = examples
        self._now = replace(self._now, examples=examples, trial=trial, bills=())
        self._try()

    def _try(self) -> None:
        now = self._now
        if now is None or now.tariff is None:
            return
        tariff, examples = now.tariff, now.examples

        def tried(bills: tuple[Bill, ...]) -> None:
            if self._now and self._now.examples == examples:
                self._show(replace(self._now, bills=bills))

        self._lane.run(lambda: self._tariffs.try_on(tariff, examples), tried, self._failed)

    # -- publishing ---------------------------------------------------------------------------------

    def publish(self, valid_from: date) -> None:
        """Let the draft hold from a day on."""
        actor = self._actor()

        def publish() -> None:
            now = self._now
            if now is None or now.draft is None:
                return
            draft = now.draft
            self._lane.run(lambda: self._tariffs.publish(actor, draft, valid_from), published, self._failed)

        def published(one: Published) -> None:
            self._view.close_sheets()
            self._now = None
            title = _("{title} holds from {day} on.").format(title=one.title, day=one.valid_from.isoformat())
            self._notices.show_message(messages.good(title))
            self.over()

        self._save(publish)

    # -- keeping ------------------------------------------------------------------------------------

    def _take(self, text: str) -> None:
        assert self._now is not None, "a text is looked at"
        checked = check(text, self._now.usual)
        rules = len(checked.tariff.rules) if checked.tariff else 0
        at = min(self._now.at, max(0, rules - 1))
        self._show(replace(self._now, text=text, checked=checked, bills=(), finding=0, at=at))

    def _save(self, then: Callable[[], None]) -> None:
        now = self._now
        if now is None or now.draft is None or now.saved:
            then()
            return
        actor, draft, text = self._by or self._actor(), now.draft, now.text

        def saved(kept: TariffDraft) -> None:
            if self._now is not None and self._now.draft is not None and self._now.draft.id == kept.id:
                self._show(replace(self._now, draft=kept))
            then()

        def refused(error: Refusal | Trouble) -> None:
            self._failed(error)
            if isinstance(error, DraftChanged | DraftGone):
                self._lane.run(lambda: self._tariffs.begin(actor, str(uuid4()), text), apart, self._failed)

        def apart(kept: TariffDraft) -> None:
            """Nobody's work is written over, and nobody's is lost."""
            if self._now is not None:
                self._show(replace(self._now, draft=kept, text=kept.text, checked=check(kept.text, self._now.usual)))
            then()

        self._lane.run(lambda: self._tariffs.save(actor, draft, text), saved, refused)

    def _gone(self) -> None:
        self._now = None
        self.over()

    def _show(self, now: EditorNow) -> None:
        self._now = now
        self._view.show_tariff(now)

    @property
    def _rules(self) -> tuple[Rule, ...]:
        return self._now.tariff.rules if self._now and self._now.tariff else ()

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))


def example_people(day: date, price: Fen | None, area: str) -> tuple[Example, ...]:
    """Four people to begin with."""
    listed = price or 1_200
    return tuple(
        Example(_("Example {number}").format(number=number), day, listed, age, hukou=area, residence=area, area=area)
        for number, age in enumerate((65, 72, 82, 45), start=1)
    )
