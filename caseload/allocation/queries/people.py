"""Who is NEET on a day, and what the rules say of them: for a whole council in a few statements."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from caseload.screening.queries import latest
from neet import clock
from schools.models import Authority
from tracking.figures.queries.records import COLUMNS, Asked, select
from tracking.reference.queries import ruleset
from tracking.register.models import Situation
from tracking.register.queries.rule_facts import facts_of
from tracking.rules.allocation import Answers, Decision, Facts, decide
from tracking.rules.codes import Status
from tracking.rules.months import ReportingMonth

# Who may be a case: past compulsory education and in the cohort, those with a plan as long as it holds.
COUNTED = frozenset({"tracked_age", "with_plan"})
PERSON, REASON, STATUS, SINCE = (
    COLUMNS.index(name) for name in ("person_id", "reason", "status", "neet_since_on")
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody counts on a day."""

    status: str
    neet_since: date | None

    @property
    def is_neet(self) -> bool:
        return self.status == Status.NEET


def statuses(authority: Authority, on: date, people: Collection[int] | None = None) -> dict[int, Standing]:
    """How those of the council's cohort count on a day, as its figures count them: one statement."""
    asked = Asked(authority.pk, ReportingMonth.of(on).ends_on, on, ruleset(on), people=_listed(people))
    with connection.cursor() as cursor:
        cursor.execute(select(today=on == clock.today()), asked.parameters)
        return {
            row[PERSON]: Standing(row[STATUS], row[SINCE])
            for row in cursor.fetchall()
            if row[REASON] in COUNTED
        }


def neet_on(authority: Authority, on: date, people: Collection[int] | None = None) -> dict[int, date | None]:
    """Who is NEET on a day, by person, and since when."""
    if on == clock.today() and people is None:
        codes = ruleset(on).activities_with(Status.NEET)
        found = Situation.objects.filter(authority=authority, code__in=codes)
        people = list(found.values_list("person", flat=True))
    standing = statuses(authority, on, people)
    return {person: each.neet_since for person, each in standing.items() if each.is_neet}


def told(authority: Authority, people: Iterable[int], on: date) -> dict[int, Facts]:
    """What the rules read of each of these young people, their latest screening with it: two statements for all."""
    asked = list(people)
    screened = latest(asked)
    found = facts_of(asked, authority, on)
    for person, said in screened.items():
        if person in found:
            answers = Answers(said.wants_education, said.agreed, said.asks_for_support)
            found[person] = found[person].answered(answers)
    return found


def decisions(authority: Authority, people: Iterable[int], on: date) -> dict[int, tuple[Facts, Decision]]:
    """What the rules of the day read and say of each of these young people."""
    book = ruleset(on).rulebook(authority.code)
    read = told(authority, people, on)
    return {person: (facts, decide(facts, on, book)) for person, facts in read.items()}


def _listed(people: Collection[int] | None) -> list[int] | None:
    return None if people is None else list(people)
