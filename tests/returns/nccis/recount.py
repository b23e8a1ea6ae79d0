"""Figures counted once more from the files that were sent, in plain Python: who came and who went, who is in education
and training, who has an offer, and the way from Year 12 to Year 13. Nothing here asks the database."""

import gzip
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from returns.nccis.reading import Reading
from returns.nccis.record import Record, as_day
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import academic_age
from tracking.rules.codes import CohortKind, Status
from tracking.rules.ruleset import RuleSet

OFFER_MADE = "offer made"
# In these months the file tells of the guarantee of those who finished Year 11 or Year 12 that summer.
TOLD_IN = frozenset({9, 10, 11, 12})


@dataclass(frozen=True)
class Told:
    """What a file says of somebody who is counted."""

    age: int
    status: str
    participates: bool


@dataclass(frozen=True)
class SentMonth:
    """A month's file: whom it counts by their number, and of the guarantee how many are owed an offer and have one."""

    counted: Mapping[str, Told]
    owed: int
    offered: int


def month_of(content: bytes, ends_on: date) -> SentMonth:
    """A file read."""
    rules = ruleset(ends_on)
    ages = range(rules.limits["youngest_measured"], rules.limits["oldest_measured"] + 1)
    counted: dict[str, Told] = {}
    owed = offered = 0
    for record in Reading(io.BytesIO(gzip.decompress(content))):
        born = as_day(record.dob)
        age = academic_age(born, ends_on) if born else 0
        if record.cohort_status in rules.cohort_letters(CohortKind.PRIMARY) and age in ages:
            counted[record.young_persons_id] = _told(record, age, rules)
        if record.guarantee_status_indicator == "Y" and _is_owed(record, age, rules):
            owed += 1
            offered += _has_offer(record, age, rules)
    return SentMonth(counted, owed, offered)


def _told(record: Record, age: int, rules: RuleSet) -> Told:
    if not record.activity_code or record.currency_lapsed == "Y":
        return Told(age, Status.NOT_KNOWN, False)
    code = rules.activities[record.activity_code]
    return Told(age, code.status, code.counts_in_education_and_training)


def _is_owed(record: Record, age: int, rules: RuleSet) -> bool:
    letters = rules.cohort_letters(CohortKind.PRIMARY) | rules.cohort_letters(CohortKind.GUARANTEE)
    youngest = rules.limits["youngest_measured"]
    return record.cohort_status in letters and age in (youngest, youngest + 1)


def _has_offer(record: Record, age: int, rules: RuleSet) -> bool:
    finished_year_11 = age == rules.limits["youngest_measured"]
    status = record.year_11_guarantee_status if finished_year_11 else record.year_12_guarantee_status
    return bool(status) and rules.guarantee_statuses[status].family == OFFER_MADE


def moves(before: SentMonth, after: SentMonth) -> tuple[Counter[str], Counter[str]]:
    """Who became NEET by how they counted before, and who is no longer by how they count now; empty: not counted."""

    def of(one: SentMonth, other: SentMonth) -> Counter[str]:
        neet = {number for number, told in one.counted.items() if told.status == Status.NEET}
        then = (other.counted[number].status if number in other.counted else "" for number in neet)
        return Counter(str(status) for status in then if status != Status.NEET)

    return of(after, before), of(before, after)


def onward(before: SentMonth, after: SentMonth, oldest: int) -> Counter[tuple[str, str]]:
    """Everybody of the oldest year by how they counted a year before (empty: not counted) and how they count now."""
    found: Counter[tuple[str, str]] = Counter()
    for number, told in after.counted.items():
        if told.age == oldest and told.status != Status.EXCLUDED:
            then = before.counted.get(number)
            found[str(then.status) if then else "", str(told.status)] += 1
    return found
