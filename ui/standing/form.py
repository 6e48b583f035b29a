"""A change of status at one moment, as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos.domain.absences import AbsenceReason, Affected
from pos.domain.members import MemberStatus


@dataclass(frozen=True, slots=True)
class StandingForm:
    """A change of status at one moment. `affected` is what the days that stand there would touch, None until known."""

    absence_id: str
    member_id: str
    name: str
    status: MemberStatus
    first: str
    last: str = ""
    reason: AbsenceReason = AbsenceReason.HOSPITAL
    affected: Affected | None = field(default=None, repr=False)
    saving: bool = False
    wrong: str = ""
