"""Words for what the tariff editor refuses: the title, and what to do now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos.domain.errors import Refusal, Trouble
from pos.domain.tariff import timeline
from pos.i18n import _

_Words = tuple[str, str]


def _gone(_error: timeline.DraftGone) -> _Words:
    return _("This draft is there no more."), _("What you typed is kept as a draft of its own.")


def _changed(error: timeline.DraftChanged) -> _Words:
    title = _("{name} changed this draft meanwhile.").format(name=error.name)
    return title, _("What you typed is kept as a draft of its own.")


def _taken(error: timeline.TariffIdTaken) -> _Words:
    title = _("A tariff with the id {id} was published before.").format(id=error.tariff_id)
    return title, _("Give this one another id: claims tell tariffs apart by it.")


def _early(error: timeline.PublishedTooEarly) -> _Words:
    return _("What was sold on days that are over is priced."), _("Choose {today} or a later day.").format(today=error.today)


TABLE: dict[type[Refusal | Trouble], Callable[[Any], _Words]] = {
    timeline.DraftGone: _gone,
    timeline.DraftChanged: _changed,
    timeline.TariffIdTaken: _taken,
    timeline.PublishedTooEarly: _early,
}
