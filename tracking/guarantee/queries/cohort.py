"""The cohort of a September: who belongs in it on a day, whether it is set, and what it was on any day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from neet import clock
from neet.clock import LONDON
from schools.models import Authority
from tracking.guarantee.models import CohortFreeze, CohortMember
from tracking.guarantee.sql import text
from tracking.reference.queries import ruleset
from tracking.register.queries.rule_facts import TAUGHT_AT_HOME
from tracking.rules.academic_year import academic_year
from tracking.rules.codes import CohortKind
from tracking.rules.guarantee import GROUPS, Included, september_worked_on
from tracking.rules.offers import guarantee_births

Counts = Mapping[str, Mapping[str, int]]


def cohort_day(year: int) -> date:
    """The day as at which the cohort of a September is set."""
    return date(year, *divmod(ruleset(clock.today()).limits["guarantee_cohort_on"], 100))


@dataclass(frozen=True)
class Asked:
    """Whose cohort, of which September, as at which day; of these `people` only, where given."""

    authority: Authority
    year: int
    as_at: date
    people: Sequence[int] | None = None

    @property
    def parameters(self) -> dict[str, Any]:
        """What the statement asks by."""
        rules = ruleset(self.as_at)
        year_11, year_12 = guarantee_births(self.year, 11), guarantee_births(self.year, 12)
        return {
            "authority": self.authority.pk,
            "own": self.authority.code,
            "as_at": self.as_at,
            "after": datetime.combine(self.as_at + timedelta(days=1), time(), LONDON),
            "people": list(self.people) if self.people is not None else None,
            "year_11_from": year_11[0],
            "year_11_to": year_11[1],
            "year_12_from": year_12[0],
            "primary": sorted(rules.cohort_letters(CohortKind.PRIMARY)),
            "never": sorted(rules.cohort_letters(CohortKind.MERGED, CohortKind.DECEASED)),
            "councils": sorted(rules.authorities),
            "at_home": TAUGHT_AT_HOME,
        }


@cache
def members_statement() -> str:
    """The statement that makes members of all who belong."""
    return text("members").replace("{belonging}", text("belonging"))


def belonging(asked: Asked) -> Counts:
    """How many belong, by year group and reason; one statement."""
    counted = (
        f"select year_group::text, reason, count(*) from ({text('belonging')}) b group by 1, 2 order by 1, 2"
    )
    found: dict[str, dict[str, int]] = {str(group): {} for group in sorted(GROUPS)}
    with connection.cursor() as cursor:
        cursor.execute(counted, asked.parameters)
        for group, reason, number in cursor.fetchall():
            found[group][reason] = number
    return found


@dataclass(frozen=True)
class CountLine:
    """One reason for being in, with how many of each year group."""

    words: str
    numbers: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.numbers)

    @property
    def by_group(self) -> tuple[tuple[str, int], ...]:
        """Each year group's number with its words."""
        return tuple(
            (f"Year {group}", number) for group, number in zip(sorted(GROUPS), self.numbers, strict=True)
        )


def count_lines(counts: Counts) -> tuple[CountLine, ...]:
    """The counts of a cohort as lines of a table, reasons nobody has left out, with a last line for all together."""
    groups = [counts.get(str(group), {}) for group in sorted(GROUPS)]
    lines = [CountLine(each.words, tuple(group.get(each, 0) for group in groups)) for each in Included]
    everybody = CountLine("Everybody", tuple(sum(group.values()) for group in groups))
    return (*(line for line in lines if line.total), everybody)


def freezes(authority_id: int, year: int | None = None) -> QuerySet[CohortFreeze]:
    """The cohorts that were proposed or set and not taken back, the newest September first."""
    found = CohortFreeze.objects.filter(authority=authority_id, withdrawn_at=None)
    found = found.select_related("made_by", "approved_by", "authority", "job")
    return found if year is None else found.filter(year=year)


def cohort_of(authority_id: int, year: int) -> CohortFreeze | None:
    """The cohort that is set for a September."""
    return freezes(authority_id, year).filter(approved_at__isnull=False).first()


def september_to_set(authority_id: int, on: date) -> int:
    """The year of the September whose cohort is set next: the one worked on, until it is set and that September has
    come."""
    year = september_worked_on(on)
    is_over = academic_year(on) >= year
    return year + 1 if is_over and cohort_of(authority_id, year) else year


def standing_on(freeze: CohortFreeze, on: date) -> QuerySet[CohortMember]:
    """Who was in the cohort at the end of a day, additions in and removals out, as far as they are recorded now."""
    gone = Q(removed_on__isnull=False, removed_on__lte=on)
    return freeze.members.filter(added_on__lte=on).exclude(gone)


def as_frozen(freeze: CohortFreeze) -> QuerySet[CohortMember]:
    """Who was in the cohort when it was frozen, whatever became of them."""
    return freeze.members.filter(at_freeze=True)


@dataclass(frozen=True)
class Changes:
    """A cohort in numbers: as it was frozen, what came and went since, what it is on a day."""

    frozen: int
    added: int
    removed: int

    @property
    def now(self) -> int:
        return self.frozen + self.added - self.removed


def changes(freeze: CohortFreeze, on: date, people: Collection[int] | None = None) -> Changes:
    """The numbers of a cohort on a day, or of some people in it: the same whenever they are asked for. One
    statement."""
    members = freeze.members.all() if people is None else freeze.members.filter(person__in=people)
    found = members.aggregate(
        frozen=Count("pk", filter=Q(at_freeze=True)),
        added=Count("pk", filter=Q(at_freeze=False, added_on__lte=on)),
        removed=Count("pk", filter=Q(removed_on__lte=on)),
    )
    return Changes(**found)
