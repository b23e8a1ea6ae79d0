"""Whether what is said of an activity fits together: what its code asks for, the order of its days, the
person's age.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracking.rules.academic_year import birthday, year_group
from tracking.rules.codes import ActivityCode, Need, Status
from tracking.rules.ruleset import RuleSet

LAST_COMPULSORY_YEAR = 11
NOT_KNOWN = "not_known_activity"
NOT_KNOWN_AT_SCHOOL_AGE = "not_known_activity_at_school_age"
WITHOUT_A_PLACE = ("gap year", "self-employ")


@dataclass(frozen=True, slots=True)
class Told:
    """Something said about a young person: what they do, since when, until when, who said so and when they
    knew.
    """

    code: str
    starts_on: date
    told_on: date
    source: str
    ends_on: date | None = None
    predicted_end_on: date | None = None
    review_on: date | None = None
    establishment_id: int | None = None
    place: str = ""
    course: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What must be known of the person to judge it."""

    born_on: date | None
    characteristics: frozenset[str] = frozenset()
    has_plan: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What does not fit, and the answer it belongs to."""

    field: str
    words: str


def problems_of(told: Told, about: About, ruleset: RuleSet, today: date) -> list[Problem]:
    """Everything that does not fit, in the order of the questions (DfE errors 201, 229, 230, 233-236, 242,
    253-259, 262); empty when all is well.
    """
    if told.code not in ruleset.activities:
        return [Problem("code", "Select what they are doing from the list")]
    return [*_of_person(told, about, ruleset), *_of_days(told, today), *_of_needs(told, ruleset)]


def _of_person(told: Told, about: About, ruleset: RuleSet) -> Iterator[Problem]:
    if told.code in ruleset.needing(Need.SEND) and not about.has_plan:
        yield Problem("code", "This is for young people with an EHC plan: record the plan first")
    wanted = ruleset.needing(Need.CHARACTERISTIC).get(told.code)
    if wanted and wanted not in about.characteristics:
        words = ruleset.characteristics[wanted].plain_words if wanted in ruleset.characteristics else wanted
        yield Problem("code", f"Record “{words}” among the characteristics first")
    if about.born_on:
        yield from _of_age(told, about.born_on, ruleset)


def _of_age(told: Told, born_on: date, ruleset: RuleSet) -> Iterator[Problem]:
    oldest_first = ruleset.needing(Need.AGE_AT_START).get(told.code)
    if oldest_first and birthday(born_on, int(oldest_first)) > told.starts_on:
        yield Problem("code", f"This is for people who were {oldest_first} or over when it started")
    if told.starts_on < born_on:
        yield Problem("starts_on", "The day it started is before they were born")
        return
    compulsory = ruleset.activities[told.code].status is Status.COMPULSORY
    group = year_group(born_on, told.starts_on)
    if compulsory and group > LAST_COMPULSORY_YEAR:
        yield Problem("code", "This is for Year 11 and below, and they were older on the day it started")
    if not compulsory and group < LAST_COMPULSORY_YEAR:
        yield Problem(
            "code", "They were below Year 11 on the day it started: choose one of the school-age answers"
        )


def _of_days(told: Told, today: date) -> Iterator[Problem]:
    if told.told_on > today:
        yield Problem("told_on", "The day they knew must be today or in the past")
    if told.ends_on and told.ends_on < told.starts_on:
        yield Problem("ends_on", "The day it ended must be on or after the day it started")
    if told.predicted_end_on and told.predicted_end_on < told.starts_on:
        yield Problem("predicted_end_on", "The day it is expected to end must be after the day it started")
    if told.review_on and told.predicted_end_on and told.review_on > told.predicted_end_on:
        yield Problem("review_on", "The review must come before the day it is expected to end")
    elif told.review_on and told.review_on < told.starts_on:
        yield Problem("review_on", "The review must come after the day it started")


def _of_needs(told: Told, ruleset: RuleSet) -> Iterator[Problem]:
    if told.code in ruleset.needing(Need.PREDICTED_END_DATE) and not told.predicted_end_on:
        yield Problem("predicted_end_on", "Enter the day it is expected to end")
    if told.code in ruleset.needing(Need.REVIEW_DATE) and not told.review_on:
        yield Problem("review_on", "Enter the day you will look at it again")


def first_known_on(told: Told) -> date:
    """DateAscertained: the day we were told, or its start where it was told beforehand (error 242)."""
    return max(told.starts_on, told.told_on)


def verified_on(told: Told) -> date:
    """DateVerified: the day they knew; its last day where it was over by then."""
    return min(told.told_on, told.ends_on) if told.ends_on else told.told_on


def asks_for_a_place(activity: ActivityCode) -> bool:
    """Whether "where?" makes sense: not for being out of work, not known, or a year out."""
    words = activity.label.lower()
    somewhere = activity.status in {Status.EET, Status.COMPULSORY} or activity.family == "Re-engagement"
    return somewhere and not any(each in words for each in WITHOUT_A_PLACE) and "not known" not in words


def not_known_code(born_on: date | None, on: date, ruleset: RuleSet) -> str:
    """The code under which nobody knows what they do: one of its own up to Year 11 (errors 229, 230)."""
    at_school_age = born_on is not None and year_group(born_on, on) <= LAST_COMPULSORY_YEAR
    return ruleset.formats[NOT_KNOWN_AT_SCHOOL_AGE if at_school_age else NOT_KNOWN][0]


def not_known_codes(ruleset: RuleSet) -> frozenset[str]:
    """Codes that say nothing of what somebody does, and give way to anything that does."""
    at_school_age = ruleset.formats.get(NOT_KNOWN_AT_SCHOOL_AGE, ())
    return ruleset.activities_with(Status.NOT_KNOWN) | frozenset(at_school_age)
