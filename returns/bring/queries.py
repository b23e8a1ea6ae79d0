"""Reading for the loads: counts in words, and the register's figures beside the published ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from neet.jobs.models import Job
from returns.bring.kinds import Kind
from returns.bring.models import Load
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import birth_range
from tracking.rules.codes import CohortKind, Status

WORDS = {
    "read": "read from the file",
    "people_added": "young people added",
    "people_changed": "young people changed",
    "former_names": "earlier names kept",
    "addresses_added": "addresses added",
    "addresses_ended": "addresses ended",
    "characteristics_added": "characteristics added",
    "characteristics_ended": "characteristics ended",
    "guarantees": "September Guarantee statuses set",
    "activities_added": "activities added",
    "activities_changed": "activities changed",
    "activities_ended": "earlier activities ended",
    "confirmations": "confirmations added",
    "contacts_added": "numbers and addresses added",
    "responsibilities_added": "people given a service or worker",
    "already_known": "rows the register knew already",
    "already_led": "rows the register knew already",
}


def words_of_counts(counts: Mapping[str, int]) -> list[tuple[int, str]]:
    """The counts a person cares about, those that are not nought, with rows read first."""
    return [(counts[name], words) for name, words in WORDS.items() if counts.get(name)]


@dataclass(frozen=True)
class Compared:
    """One figure: the register's, the published one, and the difference where it was stated."""

    words: str
    here: int
    stated: int | None

    @property
    def difference(self) -> int | None:
        return None if self.stated is None else self.here - self.stated


@dataclass(frozen=True)
class Figures:
    """The register's own count of a month: academic age 16 and 17, custody outside."""

    cohort: int
    neet: int
    not_known: int

    def beside(self, stated: Mapping[str, int | None]) -> list[Compared]:
        """Each figure beside the one stated for it."""
        return [
            Compared("Young people aged 16 and 17", self.cohort, stated.get("cohort")),
            Compared("NEET", self.neet, stated.get("neet")),
            Compared("Not known", self.not_known, stated.get("not_known")),
        ]


COUNTED = """
    select count(*), count(*) filter (where status = 'neet'), count(*) filter (where status = 'not known') from (
      select case
          when s.code = '' or s.code = any(%(not_known)s) or s.lapses_on < %(day)s then 'not known'
          when s.code = any(%(neet)s) then 'neet' end as status
      from tracking_situations(%(day)s, array(
        select id from tracking_youngperson p
        where p.authority_id = %(authority)s and p.cohort_status = any(%(primary)s)
          and p.date_of_birth between %(born_from)s and %(born_to)s)) s
      where s.code <> all(%(outside)s)) counted
"""


def figures_of(authority_id: int, day: date) -> Figures:
    """Count a month by the formula of the monthly figures (nccis.md section 7); one statement."""
    rules = ruleset(day)
    limits = rules.limits
    asked: dict[str, Any] = {
        "authority": authority_id,
        "day": day,
        "primary": sorted(rules.cohort_letters(CohortKind.PRIMARY)),
        "born_from": birth_range(limits["oldest_measured"], day)[0],
        "born_to": birth_range(limits["youngest_measured"], day)[1],
        "neet": sorted(rules.activities_with(Status.NEET)),
        "not_known": sorted(rules.activities_with(Status.NOT_KNOWN)),
        "outside": sorted(rules.activities_with(Status.EXCLUDED)),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, asked)
        return Figures(*cursor.fetchone())


def work_of(load: Load) -> QuerySet[Job]:
    """What was asked for on a load, the newest first."""
    return Job.objects.filter(kind__in=[Kind.TRIED, Kind.TAKEN, Kind.UNDONE], payload__load=load.pk)
