"""How many of 16 and 17 year olds take part as the law asks (Education and Skills Act 2008, sections 1 and 2; R87).

What an activity counts as is data (`activity_codes`, the duty to participate), since the DfE's own table could not be
read. The law counts a re-engagement provider's programme as full-time education (SI 2013/1205); the DfE's headline of
education and training does not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tracking.rules.codes import ActivityCode, Status
from tracking.rules.rates import share

MEETING, TOWARDS, BREAK, NOT_MEETING = "meeting", "working towards", "temporary break", "not meeting"
NOT_KNOWN, EXEMPT = "not known", "excluded"
COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        MEETING: "Meeting the duty",
        TOWARDS: "Working towards it",
        BREAK: "Temporary break",
        NOT_MEETING: "Not meeting it",
        NOT_KNOWN: "Not known",
    }
)
RE_ENGAGEMENT = "Re-engagement"


@dataclass(frozen=True, slots=True)
class Duty:
    """How many stand how towards the duty. `exempt` are outside it: in custody, or of an activity that is neither."""

    by: Mapping[str, int] = field(default_factory=dict)
    exempt: int = 0
    re_engaged: int = 0

    @property
    def people(self) -> int:
        """What the shares are shares of."""
        return sum(self.by.values())

    @property
    def numbers(self) -> list[int]:
        """In the order of COLUMNS."""
        return [self.by.get(name, 0) for name in COLUMNS]

    @property
    def meeting_rate(self) -> float | None:
        return share(self.by.get(MEETING, 0), self.people)

    @property
    def rate_with_re_engagement(self) -> float | None:
        """Meeting it, with everybody in re-engagement counted as the law does, wherever the table puts them."""
        return share(self.by.get(MEETING, 0) + self.re_engaged, self.people)


def duty_of(code: str, status: str, activities: Mapping[str, ActivityCode]) -> str:
    """How somebody who counts as this stands towards the duty; what nobody confirmed in time is not known."""
    if status == Status.NOT_KNOWN:
        return NOT_KNOWN
    known = activities.get(code)
    return known.duty if known and known.duty in COLUMNS else EXEMPT if known else NOT_KNOWN


def added_up(counted: Iterable[tuple[str, str, int]], activities: Mapping[str, ActivityCode]) -> Duty:
    """Counts of activity and status as they stand towards the duty."""
    by, exempt, re_engaged = dict.fromkeys(COLUMNS, 0), 0, 0
    for code, status, number in counted:
        stands = duty_of(code, status, activities)
        if stands == EXEMPT:
            exempt += number
            continue
        by[stands] += number
        if stands not in (MEETING, NOT_KNOWN) and activities[code].family == RE_ENGAGEMENT:
            re_engaged += number
    return Duty(by, exempt, re_engaged)
