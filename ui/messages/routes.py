"""Words for what is refused about routes, rosters and the codes on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos.domain import stop_codes
from pos.domain.errors import Refusal, Trouble
from pos.i18n import _

_Words = tuple[str, str]


def _not_a_stop(_error: stop_codes.NotAStop) -> _Words:
    return _("This is not the code of a stop."), _("Scan the square code beside the name on the roster.")


def _other_canteen(_error: stop_codes.OtherCanteen) -> _Words:
    return _("This stop is of another canteen."), _("Give the paper back to whom it belongs.")


TABLE: dict[type[Refusal | Trouble], Callable[[Any], _Words]] = {
    stop_codes.NotAStop: _not_a_stop,
    stop_codes.OtherCanteen: _other_canteen,
}
