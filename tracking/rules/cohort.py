"""Who is in the cohort that is sent to the DfE and counted in the rates on a day, and why.

Residence decides: the authority where a young person lives has the lead, wherever they are educated. In are
the final year of compulsory school, academic ages 16 and 17, and 18 to 24 with a current EHC plan; error 40
and the limits of the rule set say the same. `tracking/figures/records.sql` says it once more, for many at
once; a test holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from tracking.rules.academic_year import academic_age
from tracking.rules.codes import CohortKind, Status
from tracking.rules.ruleset import RuleSet


class Reason(StrEnum):
    """Why someone is in the cohort, or why not."""

    FINAL_COMPULSORY_YEAR = "year_11"
    TRACKED_AGE = "tracked_age"
    WITH_PLAN = "with_plan"
    NO_BIRTH_DATE = "no_birth_date"
    TOO_YOUNG = "too_young"
    NO_PLAN = "no_plan"
    TOO_OLD = "too_old"
    NOT_YET_HERE = "not_yet_here"
    GUARANTEE_ONLY = "guarantee_only"
    AGED_OUT = "aged_out"
    PLAN_ENDED = "plan_ended"
    MOVED_COUNCIL = "moved_council"
    LEFT_ENGLAND = "left_england"
    MERGED = "merged"
    DECEASED = "deceased"
    NO_STATUS = "no_status"

    @property
    def words(self) -> str:
        """The reason as a page says it."""
        return WORDS[self]


WORDS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.FINAL_COMPULSORY_YEAR: "In Year 11",
        Reason.TRACKED_AGE: "In Year 12 or 13 by age",
        Reason.WITH_PLAN: "Over Year 13 by age, with a current EHC plan",
        Reason.NO_BIRTH_DATE: "Date of birth not recorded",
        Reason.TOO_YOUNG: "Not yet in Year 11",
        Reason.NO_PLAN: "Over Year 13 by age, without a current EHC plan",
        Reason.TOO_OLD: "Past the age up to which anyone is tracked",
        Reason.NOT_YET_HERE: "Came to us later",
        Reason.GUARANTEE_ONLY: "Kept for the September Guarantee only",
        Reason.AGED_OUT: "Reached the age at which we stop tracking",
        Reason.PLAN_ENDED: "EHC plan has ended",
        Reason.MOVED_COUNCIL: "Another council is responsible",
        Reason.LEFT_ENGLAND: "Moved out of England",
        Reason.MERGED: "Duplicate of another record",
        Reason.DECEASED: "Died",
        Reason.NO_STATUS: "Its cohort status is not on the DfE's list",
    }
)
INSIDE = frozenset({Reason.FINAL_COMPULSORY_YEAR, Reason.TRACKED_AGE, Reason.WITH_PLAN})
OUT_BY_KIND: Mapping[CohortKind, Reason] = MappingProxyType(
    {
        CohortKind.GUARANTEE: Reason.GUARANTEE_ONLY,
        CohortKind.AGED_OUT: Reason.AGED_OUT,
        CohortKind.PLAN_ENDED: Reason.PLAN_ENDED,
        CohortKind.TRANSFERRED: Reason.MOVED_COUNCIL,
        CohortKind.LEFT_ENGLAND: Reason.LEFT_ENGLAND,
        CohortKind.MERGED: Reason.MERGED,
        CohortKind.DECEASED: Reason.DECEASED,
    }
)


@dataclass(frozen=True, slots=True)
class CohortFacts:
    """What decides whether someone is in the cohort: birth date, cohort status letter and its first day, plan."""

    born_on: date | None
    letter: str
    since: date | None = None
    has_plan: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Whether someone is in the cohort on a day and why; `is_measured` where the monthly figures hold them."""

    reason: Reason
    is_measured: bool

    @property
    def is_inside(self) -> bool:
        """Whether they belong in the month's file as one of the cohort."""
        return self.reason in INSIDE


def place_of(facts: CohortFacts, ruleset: RuleSet, on: date) -> Place:
    """Where someone stands on a day, by academic age on that day; who leaves on the day has left."""
    age = academic_age(facts.born_on, on) if facts.born_on else None
    reason = _by_status(facts, ruleset, on) or _by_age(age, facts.has_plan, ruleset)
    limits = ruleset.limits
    is_measured = (
        reason in INSIDE
        and age is not None
        and limits["youngest_measured"] <= age <= limits["oldest_measured"]
    )
    return Place(reason, is_measured)


def counts_in_rates(place: Place, status: Status) -> bool:
    """Whether someone is in the number the rates are shares of: young adult offenders in custody leave it."""
    return place.is_measured and status is not Status.EXCLUDED


def _by_status(facts: CohortFacts, ruleset: RuleSet, on: date) -> Reason | None:
    status = ruleset.cohort_statuses.get(facts.letter)
    if status is None:
        return Reason.NO_STATUS
    if status.kind is CohortKind.PRIMARY:
        return Reason.NOT_YET_HERE if facts.since and facts.since > on else None
    has_begun = facts.since is None or facts.since <= on
    return OUT_BY_KIND[status.kind] if has_begun else None


def _by_age(age: int | None, has_plan: bool, ruleset: RuleSet) -> Reason:
    limits = ruleset.limits
    if age is None:
        return Reason.NO_BIRTH_DATE
    if age < limits["youngest_academic_age"]:
        return Reason.TOO_YOUNG
    if age == limits["youngest_academic_age"]:
        return Reason.FINAL_COMPULSORY_YEAR
    if age <= limits["oldest_without_plan"]:
        return Reason.TRACKED_AGE
    if age > limits["oldest_with_plan"]:
        return Reason.TOO_OLD
    return Reason.WITH_PLAN if has_plan else Reason.NO_PLAN
