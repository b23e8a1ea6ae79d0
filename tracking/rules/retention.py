"""How long what is known of somebody is kept: which rule holds for whom, from which day it counts, when it is over.

Councils differ and the law names no number of months (UK GDPR art. 5(1)(e)): the rules are a dated table. What
happens to many at once is said once more in `tracking/retention/sql/due.sql`; a test holds the two together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from dateutil.relativedelta import relativedelta

from tracking.rules.academic_year import FIRST_MONTH, ends_on

EVERYBODY, LEFT = "", "left"


class RecordClass(StrEnum):
    """Kinds of things that are kept, each for its own time."""

    YOUNG_PERSON = "young_person"
    NOTES = "notes"
    RETURN_ROWS = "return_rows"
    RETURN_FILES = "return_files"
    EXCHANGE_FILES = "exchange_files"
    SENT_FILES = "sent_files"
    LETTER_FILES = "letter_files"
    SURVEY_FILES = "survey_files"
    LIST_FILES = "list_files"
    FIGURE_FILES = "figure_files"
    REPORT_FILES = "report_files"
    MESSAGES = "messages"
    SURVEY_ANSWERS = "survey_answers"
    JOBS = "jobs"
    ACCOUNTS = "accounts"
    TRAIL = "trail"

    @property
    def words(self) -> str:
        """The class as a page says it."""
        return CLASS_WORDS[self]

    @property
    def is_of_files(self) -> bool:
        """Whether its things are whole files."""
        return self.value.endswith("_files")


CLASS_WORDS: Mapping[RecordClass, str] = MappingProxyType(
    {
        RecordClass.YOUNG_PERSON: "Young people\u2019s records",
        RecordClass.NOTES: "Notes",
        RecordClass.RETURN_ROWS: "Rows of returns, as they were sent",
        RecordClass.RETURN_FILES: "Files that were sent to us",
        RecordClass.EXCHANGE_FILES: "Files put out for schools and colleges",
        RecordClass.SENT_FILES: "Monthly files sent to the DfE",
        RecordClass.LETTER_FILES: "Files of letters",
        RecordClass.SURVEY_FILES: "Files of the Activity Survey",
        RecordClass.LIST_FILES: "Lists taken away as files",
        RecordClass.FIGURE_FILES: "Figures sent regularly",
        RecordClass.REPORT_FILES: "Reports for meetings",
        RecordClass.MESSAGES: "What was sent by e-mail and text",
        RecordClass.SURVEY_ANSWERS: "Survey answers of nobody we know",
        RecordClass.JOBS: "Reports of long work",
        RecordClass.ACCOUNTS: "Closed accounts of colleagues",
        RecordClass.TRAIL: "The audit trail",
    }
)


class Clock(StrEnum):
    """From which day the months are counted."""

    UPPER_AGE = "upper_age"
    LEFT_COHORT = "left_cohort"
    LAST_RECORDED = "last_recorded"
    MADE = "made"

    @property
    def words(self) -> str:
        """The clock as a page says it."""
        return CLOCK_WORDS[self]


CLOCK_WORDS: Mapping[Clock, str] = MappingProxyType(
    {
        Clock.UPPER_AGE: "the end of the school year in which they are last tracked by age",
        Clock.LEFT_COHORT: "the day they left the cohort",
        Clock.LAST_RECORDED: "the last thing recorded of them",
        Clock.MADE: "the day it was made or came in",
    }
)
OF_PEOPLE = frozenset({Clock.UPPER_AGE, Clock.LEFT_COHORT, Clock.LAST_RECORDED})


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How long one class is kept. No months until erased: it is kept."""

    code: str
    words: str
    authority: str
    record_class: RecordClass
    applies_to: str
    clock: Clock
    archive_months: int | None
    erase_months: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What the rules ask of a young person: birth, plan, when they left, what was last recorded, circumstances."""

    born_on: date | None
    has_plan: bool
    left_on: date | None
    last_on: date
    traits: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Over:
    """When the time of a record is over, by which rule; `archived_on` when it leaves everyday lists."""

    rule: str
    archived_on: date | None
    erased_on: date | None


def retention_rule(row: Mapping[str, str]) -> RetentionRule:
    """A row of the table `retention_rules`. Raises ValueError for a clock that is not of the class, for what is
    archived after it is erased, and for an audit trail that ends: it is one chain and stays whole."""
    rule = RetentionRule(
        code=row["code"],
        words=row["plain_words"],
        authority=row["authority"],
        record_class=RecordClass(row["record_class"]),
        applies_to=row["applies_to"],
        clock=Clock(row["clock"]),
        archive_months=_months(row["archive_months"]),
        erase_months=_months(row["erase_months"]),
        why=row["why"],
    )
    is_person = rule.record_class is RecordClass.YOUNG_PERSON
    if (rule.clock in OF_PEOPLE) is not is_person:
        raise ValueError(f"{rule.record_class} does not count from {rule.clock}")
    if rule.record_class is RecordClass.TRAIL and rule.erase_months is not None:
        raise ValueError("the audit trail stays whole")
    if (
        rule.archive_months is not None
        and rule.erase_months is not None
        and rule.archive_months > rule.erase_months
    ):
        raise ValueError("archived after it is erased")
    return rule


def rules_of(rules: Iterable[RetentionRule], authority: str) -> tuple[RetentionRule, ...]:
    """Those that hold in one council (its DfE number): its own for a class stand instead of the general ones."""
    found = [rule for rule in rules if rule.authority in ("", authority)]
    own = {rule.record_class for rule in found if rule.authority}
    return tuple(rule for rule in found if bool(rule.authority) == (rule.record_class in own))


def upper_age_on(born_on: date, has_plan: bool, limits: Mapping[str, int]) -> date:
    """31 August at the end of the last school year in which somebody is tracked by age, with a plan or without."""
    age = limits["oldest_with_plan" if has_plan else "oldest_without_plan"]
    return ends_on(born_on.year + age + (born_on.month >= FIRST_MONTH))


def counts_from(rule: RetentionRule, kept: Kept, limits: Mapping[str, int]) -> date | None:
    """The day a rule's months begin; None where it has not come. Without a birth date: what was last recorded."""
    if rule.clock is Clock.LEFT_COHORT:
        return kept.left_on
    if rule.clock is Clock.UPPER_AGE and kept.born_on:
        return upper_age_on(kept.born_on, kept.has_plan, limits)
    return kept.last_on


def over(kept: Kept, rules: Iterable[RetentionRule], limits: Mapping[str, int]) -> Over | None:
    """When a young person's record is archived and erased. Rules for their circumstances stand instead of those for
    everybody; of several, the longest wins. None where no rule's clock has begun."""
    of_people = [rule for rule in rules if rule.record_class is RecordClass.YOUNG_PERSON]
    special = [rule for rule in of_people if rule.applies_to and rule.applies_to in kept.traits]
    applying = special or [rule for rule in of_people if rule.applies_to == EVERYBODY]
    begun = [(rule, day) for rule in applying if (day := counts_from(rule, kept, limits))]
    if not begun:
        return None
    longest = max(begun, key=lambda each: (_after(each[1], each[0].erase_months) or date.max, each[0].code))
    archived = [_after(day, rule.archive_months) for rule, day in begun]
    return Over(
        longest[0].code,
        None if None in archived else max(day for day in archived if day),
        _after(longest[1], longest[0].erase_months),
    )


def due_until(rule: RetentionRule, on: date) -> date | None:
    """What was made on this day or before is over on a day; None where the rule keeps it."""
    if rule.erase_months is None:
        return None
    until: date = on - relativedelta(months=rule.erase_months)
    return until


def _after(day: date, months: int | None) -> date | None:
    if months is None:
        return None
    after: date = day + relativedelta(months=months)
    return after


def _months(text: str) -> int | None:
    if not text:
        return None
    months = int(text)
    if months < 1:
        raise ValueError("fewer than one month")
    return months
