"""The register by academic age beside the population as estimated, today and month by month (R57)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from schools.models import Authority, District
from tracking.figures.models import Freeze
from tracking.figures.queries.scorecard import asked_today
from tracking.figures.standing import bring_up_to_date
from tracking.reconciling.models import DirectoryFile, PopulationEstimate
from tracking.reconciling.rules.ages import Beside, Estimates, expected_people, mid_year_for
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import academic_year
from tracking.rules.cohort import INSIDE
from tracking.rules.ruleset import RuleSet

MONTHS_SHOWN = 13
BY_AGE = """
    select academic_age, count(*) from tracking_nowrecord
    where authority_id = %s and reason = any(%s) and academic_age is not null group by academic_age
"""


@dataclass(frozen=True)
class Coverage:
    """How many young people the register holds by academic age beside how many there should be, `together` those of the
    monthly figures; `with_plan` are older and have a plan, of whom nobody estimates a number. `months` are months as
    they were frozen, oldest first, then today. `mid_year` is the estimate's, `files` what was taken in."""

    year: int
    mid_year: int | None
    limit: int
    ages: tuple[Beside, ...]
    together: Beside
    with_plan: int
    months: tuple[tuple[date, Beside], ...]
    files: Sequence[DirectoryFile]

    @property
    def years_carried(self) -> int:
        """Over how many years the estimate is carried on; less than nothing: back."""
        return self.year - self.mid_year if self.mid_year is not None else 0

    @property
    def alert(self) -> float:
        """How far apart they may be, in per cent."""
        return self.limit / 10


def coverage(authority_id: int, on: date) -> Coverage:
    """The register as it stands today beside the estimates. Ten statements at most, however many young people there
    are; a few more where something happened since it was last counted."""
    rules, authority = ruleset(on), Authority.objects.get(pk=authority_id)
    held = _held(authority_id, on)
    estimates = estimates_of(authority, rules)
    youngest, oldest = rules.limits["youngest_academic_age"], rules.limits["oldest_without_plan"]
    expected = Expected(estimates, rules)
    ages = tuple(
        expected.beside(f"Year {age - 4}, academic age {age}", held.get(age, 0), [age], on)
        for age in range(youngest, oldest + 1)
    )
    together = expected.measured(sum(held.get(age, 0) for age in expected.ages), on)
    before = [(month, expected.measured(people, month)) for month, people in _months(authority_id, on)]
    return Coverage(
        year=academic_year(on),
        mid_year=mid_year_for(academic_year(on), (year for year, _ in estimates)),
        limit=rules.limits["population_alert"],
        ages=ages,
        together=together,
        with_plan=sum(people for age, people in held.items() if age > oldest),
        months=(*reversed(before), (on, together)),
        files=list(DirectoryFile.objects.order_by("kind", "-loaded_at", "-pk").distinct("kind")),
    )


@dataclass(frozen=True)
class Expected:
    """How many there should be, by the estimates and the rules of a day."""

    estimates: Estimates
    rules: RuleSet

    @property
    def ages(self) -> range:
        """The academic ages of the monthly figures."""
        limits = self.rules.limits
        return range(limits["youngest_measured"], limits["oldest_measured"] + 1)

    def measured(self, held: int, day: date) -> Beside:
        return self.beside("Years 12 and 13 together", held, self.ages, day)

    def beside(self, words: str, held: int, ages: Sequence[int], day: date) -> Beside:
        """So many of these ages on a day beside how many there should be; unknown where one age is."""
        year = academic_year(day)
        mid_year = mid_year_for(year, (each for each, _ in self.estimates))
        found = [
            None if mid_year is None else expected_people(age, year, mid_year, self.estimates) for age in ages
        ]
        known = [each for each in found if each is not None]
        expected = sum(known) if len(known) == len(found) else None
        return Beside(words, held, expected, self.rules.limits["population_alert"])


def estimates_of(authority: Authority, rules: RuleSet) -> Estimates:
    """The estimates for a council's area: its own, or where a county has none the sum of all its districts. Two
    statements."""
    own = rules.areas[authority.code].ons_code if authority.code in rules.areas else ""
    codes = list(District.objects.filter(authority=authority).values_list("ons_code", flat=True))
    asked = {own, *codes} - {""}
    by_area: dict[str, dict[tuple[int, int], int]] = {}
    rows = PopulationEstimate.objects.filter(area_code__in=asked).order_by()
    for area, year, age, people in rows.values_list("area_code", "year", "age", "people"):
        by_area.setdefault(area, {})[year, age] = people
    if own in by_area:
        return by_area[own]
    parts = [by_area.get(code, {}) for code in codes]
    return _summed(parts) if parts and all(parts) else {}


def _summed(parts: Sequence[Mapping[tuple[int, int], int]]) -> Estimates:
    """Figures that every part has, added up."""
    first, *others = parts
    return {key: sum(part[key] for part in parts) for key in first if all(key in part for part in others)}


def _held(authority_id: int, on: date) -> dict[int, int]:
    """How many of the cohort are of each academic age."""
    bring_up_to_date(asked_today(authority_id, on))
    with connection.cursor() as cursor:
        cursor.execute(BY_AGE, [authority_id, sorted(INSIDE)])
        return dict(cursor.fetchall())


def _months(authority_id: int, on: date) -> list[tuple[date, int]]:
    """The months that were frozen, newest first, with how many their figures hold, as each freeze summed them up."""
    standing = Freeze.objects.filter(authority=authority_id, replaced_at__isnull=True, month__lt=on)
    found = standing.order_by("-month").values_list("month", "counts")[:MONTHS_SHOWN]
    return [(month, counts.get("people", 0)) for month, counts in found]
