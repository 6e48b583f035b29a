"""The tariffs: what was published, drafts of what is to come, checking, trying and publishing them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from statistics import median_low

from pos.domain.areas import Area
from pos.domain.bill import Bill
from pos.domain.menu import DishKind, Meal
from pos.domain.money import Fen
from pos.domain.staff import Actor, Permission
from pos.domain.tariff import BadTariff, Finding, Severity, Tariff, check_tariff
from pos.domain.tariff.editing import rewrite
from pos.domain.tariff.reading import read_tariff
from pos.domain.tariff.timeline import (
    DraftChanged,
    DraftGone,
    Published,
    PublishedTooEarly,
    Span,
    TariffDraft,
    TariffIdTaken,
    free_id,
    spans,
)
from pos.domain.trying import Example, try_on
from pos.ports import Clock, OpenStore, Store
from pos.services.calendar import facts_on


@dataclass(frozen=True, slots=True)
class Timeline:
    """All there is: published sets (oldest first), the days on which each holds, and drafts."""

    today: date
    published: tuple[Published, ...]
    spans: tuple[Span, ...]
    drafts: tuple[TariffDraft, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A text as it reads: the tariff, or None where it cannot be read, and what somebody should look at."""

    tariff: Tariff | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many findings keep it from being published."""
        return sum(one.severity is Severity.ERROR for one in self.findings)


def check(text: str, usual: Fen | None = None) -> Checked:
    """What is wrong with a text; `usual` (fen) is a usual meal, to see subsidies above it."""
    reading = read_tariff(text)
    if reading.tariff is None:
        return Checked(None, reading.findings)
    return Checked(reading.tariff, check_tariff(reading.tariff, usual))


class Tariffs:
    """The tariff editor's side of the store."""

    def __init__(self, stores: OpenStore, clock: Clock) -> None:
        """Read and write through a store."""
        self._stores = stores
        self._clock = clock

    def timeline(self) -> Timeline:
        """What was published, which set holds when, and the drafts."""
        with self._stores.read() as store:
            published = store.tariff.published()
            return Timeline(self._today(), published, spans(published), store.tariff.drafts())

    def begin(self, actor: Actor, draft_id: str, text: str) -> TariffDraft:
        """Begin a draft with a text; its id becomes one that nobody has. The same `draft_id` again changes nothing.

        Raises NotPermitted.
        """
        actor.must(Permission.TARIFF)
        with self._stores.write() as store:
            if stored := store.tariff.draft(draft_id):
                return stored
            tariff = read_tariff(text).tariff
            if tariff is not None:
                text = rewrite(text, replace(tariff, id=free_id(tariff.id, _ids(store)))).text
            title = tariff.title if tariff else ""
            store.tariff.add_draft(draft_id, title, text, actor.staff_id, self._clock.now_ms())
            return _draft(store, draft_id)

    def save(self, actor: Actor, draft: TariffDraft, text: str) -> TariffDraft:
        """Keep a draft's text, whether it can be read or not. Raises DraftGone, DraftChanged or NotPermitted."""
        actor.must(Permission.TARIFF)
        with self._stores.write() as store:
            stored = _draft(store, draft.id)
            if stored.text == text:
                return stored
            if stored.revision != draft.revision:
                raise DraftChanged(stored.by)
            tariff = read_tariff(text).tariff
            title = tariff.title if tariff else stored.title
            store.tariff.save_draft(draft.id, title, text, stored.revision, actor.staff_id, self._clock.now_ms())
            return _draft(store, draft.id)

    def drop(self, actor: Actor, draft_id: str) -> None:
        """Throw a draft away. Raises NotPermitted."""
        actor.must(Permission.TARIFF)
        with self._stores.write() as store:
            store.tariff.drop_draft(draft_id)

    def publish(self, actor: Actor, draft: TariffDraft, valid_from: date) -> Published:
        """Let a draft hold from a day on. It is a draft no more, and nobody ever edits it again.

        Raises BadTariff for whatever is wrong with it, PublishedTooEarly, TariffIdTaken, DraftGone, DraftChanged
        or NotPermitted.
        """
        actor.must(Permission.TARIFF)
        with self._stores.write() as store:
            stored = _draft(store, draft.id)
            if stored.revision != draft.revision:
                raise DraftChanged(stored.by)
            if valid_from < self._today():
                raise PublishedTooEarly(self._today().isoformat())
            text = _dated(stored.text, valid_from)
            tariff = check(text).tariff
            assert tariff is not None, "it was read a moment ago"
            if tariff.id in _ids(store):
                raise TariffIdTaken(tariff.id)
            store.tariff.publish(text, actor.staff_id, self._clock.now_ms())
            store.tariff.drop_draft(draft.id)
            return store.tariff.published()[-1]

    def try_on(self, tariff: Tariff, examples: Iterable[Example]) -> tuple[Bill, ...]:
        """What example people would pay, each on their day of this canteen's calendar."""
        with self._stores.read() as store:
            return tuple(try_on(tariff, one, facts_on(store, one.day)) for one in examples)

    def usual(self) -> tuple[Fen | None, Area]:
        """The list price (fen) of a usual meal here, and where the canteen stands."""
        with self._stores.read() as store:
            menu = store.menu.menu(self._today(), Meal.LUNCH)
            prices = [offer.price for offer in menu.offers if offer.kind is DishKind.SET_MEAL and offer.price]
            canteen = store.canteen.get()
            return median_low(prices) if prices else None, canteen.area if canteen else ""

    def _today(self) -> date:
        return self._clock.local().date()


def _dated(text: str, valid_from: date) -> str:
    """The text with the day from which it holds. Raises BadTariff for what is wrong with it."""
    checked = check(text)
    if checked.tariff is None or checked.errors:
        raise BadTariff(tuple(one for one in checked.findings if one.severity is Severity.ERROR))
    dated = rewrite(text, replace(checked.tariff, valid_from=valid_from)).text
    if findings := read_tariff(dated).findings:
        raise BadTariff(findings)
    return dated


def _ids(store: Store) -> set[str]:
    return {one.id for one in store.tariff.published()}


def _draft(store: Store, draft_id: str) -> TariffDraft:
    found = store.tariff.draft(draft_id)
    if found is None:
        raise DraftGone
    return found
