"""Words for routes and rosters, on the screen and on paper."""

from __future__ import annotations

from pos.domain.rosters import Roster
from pos.i18n import _, pgettext


def roster_name(value: Roster) -> str:
    """What a roster is called: its routes, or that its people have none."""
    if value.route is None:
        return _("without a route")
    return " + ".join(route.name for route in (value.route, *value.along))


def stop_gone(*, fetched: bool) -> str:
    """Why nobody walks to a stop any more."""
    return pgettext("stop", "fetched") if fetched else pgettext("stop", "cancelled")
