"""Words of deliveries, of cases, and of the close of a day."""

from __future__ import annotations

from pos.domain.cases import CaseKind, CaseStep
from pos.domain.deliveries import Outcome
from pos.i18n import _


def outcome(value: Outcome) -> str:
    """What happened at a door."""
    return {
        Outcome.HANDED_OVER: _("handed over"),
        Outcome.LEFT_AT_DOOR: _("left at the door"),
        Outcome.REFUSED: _("refused"),
        Outcome.NO_ANSWER: _("no answer"),
    }[value]


def case_kind(value: CaseKind) -> str:
    """Why somebody is looked for. That somebody lives alone is said nowhere."""
    return {
        CaseKind.NO_ANSWER: _("No answer at the door"),
        CaseKind.MISSED_TWICE: _("Two meals missed"),
    }[value]


def case_step(value: CaseStep) -> str:
    """What was done about it, or how it ended."""
    return {
        CaseStep.CALLED: _("Called again"),
        CaseStep.CALLED_FAMILY: _("Called the emergency contact"),
        CaseStep.CALLED_COMMUNITY: _("Asked the community worker"),
        CaseStep.CALLED_EMERGENCY: _("Called 110 or 120"),
        CaseStep.FOUND_WELL: _("Found well"),
        CaseStep.IN_HOSPITAL: _("Brought to hospital"),
        CaseStep.WAS_AWAY: _("Was away"),
        CaseStep.OTHER: _("Other outcome"),
        CaseStep.OPENED_AGAIN: _("Opened again"),
    }[value]
