"""Words of the claims: what is odd about a meal, and how a claim stands."""

from __future__ import annotations

from pos import words
from pos.domain.claim_anomalies import Anomaly, AnomalyKind
from pos.domain.claims import ClaimLine
from pos.domain.members import MemberStatus
from pos.i18n import _, ngettext
from ui import formats

MOST_NAMES = 3


def anomaly(value: Anomaly) -> str:
    """Why a meal looks odd."""
    match value.kind:
        case AnomalyKind.TWO_PLACES:
            return _("at till {till} and {other} within minutes").format(till=value.till, other=value.detail)
        case AnomalyKind.MANY_SWIPES:
            count = int(value.detail)
            return ngettext(
                "{count} charge in a row within a minute", "{count} charges in a row within a minute", count
            ).format(count=count)
        case AnomalyKind.NOT_ACTIVE:
            status = words.member_status(MemberStatus(value.detail))
            return _("the member was {status} on that day").format(status=status)
        case AnomalyKind.CLOSED_DAY:
            return _("the canteen was closed on that day")
        case AnomalyKind.BY_HAND:
            return _("charged by name, without a card")


def names(value: Anomaly) -> str:
    """Whose meals: a few names, and how many more."""
    shown = "、".join(value.names[:MOST_NAMES])
    more = len(value.names) - MOST_NAMES
    return shown if more <= 0 else _("{names} and {count} more").format(names=shown, count=more)


def note(line: ClaimLine) -> str:
    """What is special about a line."""
    if line.undone_on is not None:
        return _("undone on {day}").format(day=formats.full_day(line.undone_on))
    return _("charged by name") if line.by_hand else ""
