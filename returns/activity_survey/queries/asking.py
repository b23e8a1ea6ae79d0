"""What the statements of a survey ask: days, ages, codes and letters from the dated rules."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from returns.activity_survey import sql
from returns.activity_survey.models import ActivitySurvey
from schools.models import Authority
from tracking.figures.replay import as_known_at
from tracking.guarantee.models import CohortFreeze
from tracking.reference.queries import rows_of, ruleset
from tracking.rules.academic_year import birth_range, starts_on
from tracking.rules.activity_survey import Destinations, SurveyDays, survey_days
from tracking.rules.codes import CohortKind
from tracking.rules.guarantee import Included
from tracking.rules.ruleset import RuleSet

NOBODY = (CohortKind.DECEASED, CohortKind.MERGED)
KINDS = {CohortKind.PRIMARY: "primary", CohortKind.GUARANTEE: "guarantee"}


@dataclass(frozen=True)
class Whose:
    """One council's survey of an autumn in one reading, by the rules of its 1 November."""

    authority: Authority
    year: int
    is_local: bool
    rules: RuleSet

    @property
    def days(self) -> SurveyDays:
        return survey_days(self.year, self.rules.limits)

    @property
    def destinations(self) -> Destinations:
        return Destinations(self.rules.activity_survey_groups)

    @property
    def who(self) -> dict[str, Any]:
        """What decides who is in it."""
        letters, youngest = self.rules.cohort_statuses, self.rules.limits["youngest_academic_age"]
        days = self.days
        year_11, year_12 = (birth_range(youngest + more, days.list_on) for more in (0, 1))
        return {
            "authority": self.authority.pk,
            "la_code": self.authority.code,
            "list_on": days.list_on,
            "on": days.on,
            "is_local": self.is_local,
            "letters": list(letters),
            "kinds": [KINDS.get(each.kind, "left") for each in letters.values()],
            "nobody": sorted(self.rules.cohort_letters(*NOBODY)),
            "custody": list(self.rules.formats["activity_survey_custody"]),
            "no_roll": list(self.rules.formats["activity_survey_no_roll"]),
            "year_11_from": year_11[0],
            "year_11_to": year_11[1],
            "year_12_from": year_12[0],
            "year_12_to": year_12[1],
        }

    def what(self, survey_id: int) -> dict[str, Any]:
        """What decides where somebody is counted."""
        found = self.destinations
        return {
            "survey": survey_id,
            "on": self.days.on,
            "codes": list(found.by_activity),
            "groups": list(found.by_activity.values()),
            "letters": list(found.by_letter),
            "letter_groups": list(found.by_letter.values()),
            "not_known_groups": [each.code for each in found.in_order if each.is_not_known],
            "when_not_known": found.when_not_known,
        }


def whose(authority: Authority, year: int, reading: str) -> Whose:
    """A survey that may not have been begun, by the rules as they are now."""
    is_local = reading == ActivitySurvey.Reading.LOCAL
    of_the_year = ruleset(starts_on(year)).limits  # they say which day it is
    return Whose(authority, year, is_local, ruleset(survey_days(year, of_the_year).on))


def whose_of(survey: ActivitySurvey) -> Whose:
    """A survey that was begun, by the rules as they are now."""
    return whose(survey.authority, survey.year, survey.reading)


@contextmanager
def as_known(survey: ActivitySurvey, moment: datetime) -> Iterator[Whose]:
    """A survey over the register and the rules as they were known at a moment."""
    on = whose_of(survey).days.on
    with as_known_at(moment, survey.authority_id):
        is_local = survey.reading == ActivitySurvey.Reading.LOCAL
        yield Whose(survey.authority, survey.year, is_local, RuleSet.from_rows(on, rows_of(on)))


def fixed_list(authority_id: int, year: int) -> CohortFreeze | None:
    """The September Guarantee's list of that year, once it is set: its Year 11 is the DfE survey's."""
    standing = CohortFreeze.objects.filter(authority=authority_id, year=year)
    return standing.filter(approved_at__isnull=False, withdrawn_at=None).first()


def wanted(whom: Whose) -> tuple[str, dict[str, Any], bool]:
    """The statement of who is in it over the candidates called `found`, what it asks, and whether it is the fixed
    list."""
    fixed = None if whom.is_local else fixed_list(whom.authority.pk, whom.year)
    if fixed is None:
        return "select * from found", whom.who, False
    asked = {
        **whom.who,
        "freeze": fixed.pk,
        "taught_here": Included.EDUCATED_HERE,
        "taught_elsewhere": Included.EDUCATED_ELSEWHERE,
    }
    return sql.text("of_the_fixed"), asked, True


def rows(statement: str, asked: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()
