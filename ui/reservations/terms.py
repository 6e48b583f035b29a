"""The mind of the rules of booking: until when, how far ahead, and what becomes of a meal that nobody had."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import time
from typing import Any

from pos import words
from pos.domain.canteen import Canteen
from pos.domain.eat_at import BadEatAt, parse_eat_at
from pos.domain.errors import Refusal, Trouble
from pos.domain.reservations import MOST_DAYS_AHEAD, BookingTerms, MissedRule
from pos.domain.staff import Actor
from pos.i18n import _
from pos.services.terms import Terms
from ui import messages
from ui.asking import YES, Ask, AskField, AskPage, AskView, FieldKind
from ui.presenting import Lane, Notices


class Mistyped(ValueError):
    """A field holds something that means nothing."""

    def __init__(self, name: str) -> None:
        """Remember where."""
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class BookingTermsForm:
    """The rules at one moment; `before` are the canteen's terms that the form was opened on."""

    before: Canteen
    values: Mapping[str, str]
    saving: bool = False
    wrong: str = ""


class BookingTermsPresenter:
    """One form at a time."""

    def __init__(
        self, ask: AskView, notices: Notices, terms: Terms, lane: Lane, actor: Callable[[], Actor], *, done: Callable[[], None]
    ) -> None:
        """`done` is told when the rules changed."""
        self._ask = ask
        self._notices = notices
        self._terms = terms
        self._lane = lane
        self._actor = actor
        self._done = done
        self._form: BookingTermsForm | None = None

    def open(self) -> None:
        """Show what holds."""

        def came(now: Canteen) -> None:
            boxes = YES if now.boxes_return else ""
            self._form = BookingTermsForm(now, {**values_of(now.booking), "boxes": boxes})
            self._show()

        self._lane.run(self._terms.current, came, self._failed)

    def typed(self, name: str, value: str) -> None:
        """A field was changed."""
        if self._form and not self._form.saving:
            self._notices.clear_message()
            self._show(values={**self._form.values, name: value}, wrong="")

    def confirm(self) -> None:
        """Decide it so."""
        form = self._form
        if form is None or form.saving:
            return
        try:
            returning = form.values["boxes"] == YES
            wanted = replace(form.before, booking=terms_of(form.values), boxes_return=returning)
        except Mistyped as wrong:
            self._show(wrong=wrong.name)
            self._notices.show_message(messages.note(_mistyped(wrong.name)))
            return
        actor = self._actor()
        self._show(saving=True)
        self._lane.run(lambda: self._terms.decide(actor, form.before, wanted), self._decided, self._refuse)

    def close(self) -> None:
        """Leave it as it was."""
        if self._form and not self._form.saving:
            self.close_now()

    def close_now(self) -> None:
        """The section is left."""
        self._form = None
        self._ask.close_ask()

    def say(self) -> None:
        """Say everything in the language of the moment."""
        self._show()

    def _decided(self, _now: Canteen) -> None:
        self.close_now()
        self._notices.show_message(messages.good(_("It is decided so."), _("It holds from now on, at every counter.")))
        self._done()

    def _refuse(self, error: Refusal | Trouble) -> None:
        self._show(saving=False)
        self._failed(error)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))

    def _show(self, **changed: Any) -> None:
        if self._form is not None:
            self._form = replace(self._form, **changed)
            self._ask.show_ask(_ask_of(self._form))


def values_of(terms: BookingTerms) -> dict[str, str]:
    """The fields that show the rules."""
    return {
        "days_ahead": str(terms.days_ahead),
        "book_until": f"{terms.book_until:%H:%M}",
        "cancel_until": f"{terms.cancel_until:%H:%M}",
        "walk_ins": "" if terms.walk_ins is None else str(terms.walk_ins),
        "no_show": terms.no_show.value,
        "undelivered": terms.undelivered.value,
    }


def terms_of(values: Mapping[str, str]) -> BookingTerms:
    """The rules as they were typed. Raises Mistyped."""
    days = _count(values, "days_ahead", MOST_DAYS_AHEAD)
    if not days:
        raise Mistyped("days_ahead")
    return BookingTerms(
        days,
        _time(values, "book_until"),
        _time(values, "cancel_until"),
        _count(values, "walk_ins", 9_999) if values["walk_ins"].strip() else None,
        MissedRule(values["no_show"]),
        MissedRule(values["undelivered"]),
    )


def _count(values: Mapping[str, str], name: str, most: int) -> int:
    text = unicodedata.normalize("NFKC", values[name]).strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and int(text) <= most):
        raise Mistyped(name)
    return int(text)


def _time(values: Mapping[str, str], name: str) -> time:
    try:
        return time.fromisoformat(parse_eat_at(values[name]))
    except (BadEatAt, ValueError) as error:
        raise Mistyped(name) from error


def _mistyped(name: str) -> str:
    if name in ("book_until", "cancel_until"):
        return _("Type a time like 17:00.")
    if name == "walk_ins":
        return _("Type how many portions there are, or nothing.")
    return _("Type a number of days from 1 to {most}.").format(most=MOST_DAYS_AHEAD)


def _ask_of(form: BookingTermsForm) -> Ask:
    values = form.values
    rules = tuple((rule.value, words.missed_rule(rule)) for rule in MissedRule)
    rows = (
        (
            AskField("book_until", _("Book until, the open day before"), values["book_until"], hint="17:00", longest=8),
            AskField("cancel_until", _("Cancel until, the open day before"), values["cancel_until"], hint="17:00", longest=8),
        ),
        (
            AskField("days_ahead", _("Days ahead"), values["days_ahead"], longest=2),
            AskField("walk_ins", _("Portions for walk-ins (empty: no limit)"), values["walk_ins"], hint=_("no limit"), longest=4),
        ),
        (
            AskField("no_show", _("A meal that is not fetched"), values["no_show"], kind=FieldKind.CHOICE, options=rules),
            AskField("undelivered", _("A meal that cannot be delivered"), values["undelivered"], kind=FieldKind.CHOICE, options=rules),
        ),
        (AskField("boxes", _("Delivery boxes are brought back"), values["boxes"], kind=FieldKind.TICK),),
    )
    return Ask(
        _("Rules of booking"),
        _("Decide it so"),
        text=_("They stand on every slip. Meals that are booked already go by the new rules, too."),
        pages=(AskPage(rows),),
        busy=form.saving,
        wrong=form.wrong,
        width=860,
    )
