"""Why somebody is on a meeting's agenda: plain rules over what is known of them on the day of the meeting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from dateutil.relativedelta import relativedelta

SILENT_FOR = timedelta(days=28)
LONG = relativedelta(months=6)
YEAR_11, AT_RISK_FROM, AT_RISK_TO = 11, 3, 8


class Reason(StrEnum):
    """One reason, as the agenda keeps it."""

    NAMED = "named"
    AT_RISK = "at_risk"
    UNDONE = "undone"
    DISAGREE = "disagree"
    NOT_REACHED = "not_reached"
    UNREVIEWED = "unreviewed"
    SILENT = "silent"
    NEW = "new"
    LONG = "long"
    VULNERABLE = "vulnerable"


WORDS: Mapping[str, str] = MappingProxyType(
    {
        Reason.NAMED: "Named for this meeting",
        Reason.AT_RISK: "Year 11, at risk",
        Reason.UNDONE: "Decided last time, not done",
        Reason.DISAGREE: "Services do not agree yet",
        Reason.NOT_REACHED: "Not reached last time",
        Reason.UNREVIEWED: "Not reviewed this month",
        Reason.SILENT: "No contact for 28 days",
        Reason.NEW: "New this month",
        Reason.LONG: "NEET for more than 6 months",
        Reason.VULNERABLE: "In a vulnerable group",
    }
)
# How much a reason weighs where there is not time for everybody; whoever is named is talked about in any case.
WEIGHTS: Mapping[str, int] = MappingProxyType(
    {
        Reason.NAMED: 100,
        Reason.AT_RISK: 50,
        Reason.UNDONE: 40,
        Reason.DISAGREE: 40,
        Reason.NOT_REACHED: 35,
        Reason.UNREVIEWED: 30,
        Reason.SILENT: 25,
        Reason.NEW: 20,
        Reason.LONG: 15,
        Reason.VULNERABLE: 10,
    }
)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the reasons read of one young person. `heard_on`: when somebody last heard from or about them."""

    person: int
    service: int | None = None
    year_group: int | None = None
    neet_since: date | None = None
    heard_on: date | None = None
    has_review_duty: bool = False
    is_reviewed: bool = False
    services_disagree: bool = False
    decisions_not_done: int = 0
    was_not_reached: bool = False
    is_named: bool = False
    is_vulnerable: bool = False
    is_at_risk: bool = False


def reasons_of(facts: CaseFacts, on: date) -> tuple[Reason, ...]:
    """Every reason that holds on the day of the meeting, weightiest first (R133).

    A Year 11 pupil who stands on the at-risk list, or is named, counts as at risk from March to August (R134);
    contact on the day 28 days before is
    contact within 28 days; six months are calendar months.
    """
    since, heard = facts.neet_since, facts.heard_on
    holds = {
        Reason.NAMED: facts.is_named,
        Reason.AT_RISK: (facts.is_named or facts.is_at_risk)
        and facts.year_group == YEAR_11
        and asks_at_risk(on),
        Reason.UNDONE: facts.decisions_not_done > 0,
        Reason.DISAGREE: facts.services_disagree,
        Reason.NOT_REACHED: facts.was_not_reached,
        Reason.UNREVIEWED: facts.has_review_duty and not facts.is_reviewed,
        Reason.SILENT: since is not None and (heard is None or heard < on - SILENT_FOR),
        Reason.NEW: since is not None and (since.year, since.month) == (on.year, on.month),
        Reason.LONG: since is not None and since < on - LONG,
        Reason.VULNERABLE: facts.is_vulnerable,
    }
    return tuple(reason for reason in Reason if holds[reason])


def asks_at_risk(on: date) -> bool:
    """Whether meetings of the day talk about Year 11 at risk."""
    return AT_RISK_FROM <= on.month <= AT_RISK_TO


def weight(reasons: Iterable[str]) -> int:
    """How much these reasons weigh together; a reason that is no longer one weighs nothing."""
    return sum(WEIGHTS.get(each, 0) for each in reasons)


def in_words(reasons: Iterable[str]) -> tuple[str, ...]:
    """The reasons as they are read."""
    return tuple(WORDS[each] for each in reasons if each in WORDS)
