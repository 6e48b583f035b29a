"""A fake sheet for the presenters of questions: it remembers what it was asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from ui.asking import Ask, AskField


@dataclass
class AskFace:
    """Remembers the questions; `now` is None when none is open."""

    now: Ask | None = None
    asked: list[Ask] = field(default_factory=list)

    def show_ask(self, ask: Ask) -> None:
        self.now = ask
        self.asked.append(ask)

    def close_ask(self) -> None:
        self.now = None

    def field(self, name: str) -> AskField:
        """A field of the question that is open."""
        assert self.now is not None, "no question is open"
        return next(one for page in self.now.pages for line in page.rows for one in line if one.name == name)

    def facts(self) -> dict[str, str]:
        """What the open question says is so."""
        assert self.now is not None, "no question is open"
        return {fact.what: fact.told for fact in self.now.facts}
