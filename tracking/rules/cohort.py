"""Who is in the cohort that is sent to the DfE and counted in the rates, and why.

Residence decides: the authority where a young person lives has the lead, wherever they are educated. In are
the final year of compulsory school, academic ages 16 and 17, and 18 to 24 with a current EHC plan; error 40
and the limits of the rule set say the same.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracking.rules.academic_year import academic_age
from tracking.rules.ruleset import RuleSet


class Reason(StrEnum):
    """Why someone is in the cohort, or why not; the words are for the screen."""

    OTHER_AUTHORITY = "Another council is responsible"
    DECEASED = "Died"
    TOO_YOUNG = "Not yet in Year 11"
    FINAL_COMPULSORY_YEAR = "In Year 11"
    TRACKED_AGE = "In Year 12 or 13 by age"
    WITH_PLAN = "Over Year 13 by age, with a current EHC plan"
    NO_PLAN = "Over Year 13 by age, without a current EHC plan"
    TOO_OLD = "Past the age up to which anyone is tracked"


INSIDE = frozenset({Reason.FINAL_COMPULSORY_YEAR, Reason.TRACKED_AGE, Reason.WITH_PLAN})


@dataclass(frozen=True, slots=True)
class CohortFacts:
    """What decides whether someone is in the cohort."""

    born_on: date
    is_led_here: bool
    has_plan: bool = False
    died_on: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Whether someone is in the cohort on a day and why; `is_measured` where the monthly rates count them."""

    reason: Reason
    is_measured: bool

    @property
    def is_inside(self) -> bool:
        """Whether they belong in the month's file."""
        return self.reason in INSIDE


def place_of(facts: CohortFacts, ruleset: RuleSet, on: date) -> Place:
    """Where someone stands on a day, by academic age on that day."""
    age = academic_age(facts.born_on, on)
    reason = _reason(facts, age, ruleset, on)
    limits = ruleset.limits
    is_measured = reason in INSIDE and limits["youngest_measured"] <= age <= limits["oldest_measured"]
    return Place(reason, is_measured)


def _reason(facts: CohortFacts, age: int, ruleset: RuleSet, on: date) -> Reason:
    if facts.died_on is not None and facts.died_on <= on:
        return Reason.DECEASED
    if not facts.is_led_here:
        return Reason.OTHER_AUTHORITY
    return _by_age(age, facts.has_plan, ruleset)


def _by_age(age: int, has_plan: bool, ruleset: RuleSet) -> Reason:
    limits = ruleset.limits
    if age < limits["youngest_academic_age"]:
        return Reason.TOO_YOUNG
    if age == limits["youngest_academic_age"]:
        return Reason.FINAL_COMPULSORY_YEAR
    if age <= limits["oldest_without_plan"]:
        return Reason.TRACKED_AGE
    if age > limits["oldest_with_plan"]:
        return Reason.TOO_OLD
    return Reason.WITH_PLAN if has_plan else Reason.NO_PLAN
