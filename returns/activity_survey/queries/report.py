"""What schools are told of where their Year 11 went: everything for all of them in a few statements."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from returns.activity_survey import sql
from returns.activity_survey.models import ActivitySurvey
from returns.activity_survey.queries.asking import rows, whose_of
from returns.activity_survey.rules.report import YearOf, places_shown, year_of
from schools.models import Authority, Establishment
from tracking.rules.activity_survey import Destinations
from tracking.rules.suppression import LEAST

YEARS = 3
NO_BREAK = "\u00a0"
Groups = Mapping[int, Counter[str]]


@dataclass(frozen=True)
class Report:
    """One school's report of an autumn: that year and the two before it, as far as a survey of them is kept, the latest
    first; and where most of this year's and of the year before's went, the second None where no survey is kept."""

    authority: Authority
    establishment: Establishment
    year: int
    county: Sequence[YearOf]
    school: Sequence[YearOf]
    places: Sequence[tuple[str, int]]
    places_before: Sequence[tuple[str, int]] | None

    @property
    def years(self) -> list[int]:
        return [each.year for each in self.county]

    @property
    def table(self) -> list[tuple[str, list[str], list[str]]]:
        """Each share as a line: its words, the school's years, the county's."""
        return [
            (line.words, _across(self.school, number), _across(self.county, number))
            for number, line in enumerate(self.county[0].lines)
        ]


def _across(years: Sequence[YearOf], number: int) -> list[str]:
    return [each.lines[number].shown.replace(" ", NO_BREAK) for each in years]


@dataclass(frozen=True)
class Book:
    """The numbers all reports of an autumn are made from."""

    survey: ActivitySurvey
    destinations: Destinations
    schools: Sequence[Establishment]
    county: Groups
    groups: Mapping[int, Groups]
    places: Mapping[int, Groups]

    def of(self, establishment: Establishment) -> Report:
        """One school's report."""
        years = [self.survey.year - back for back in range(YEARS)]
        kept = [year for year in years if year in self.county]
        own, places = self.groups.get(establishment.pk, {}), self.places.get(establishment.pk, {})
        return Report(
            self.survey.authority,
            establishment,
            self.survey.year,
            [year_of(year, self.county[year], self.destinations) for year in kept],
            [year_of(year, own.get(year, {}), self.destinations) for year in kept],
            places_shown(places.get(years[0], {})),
            places_shown(places.get(years[1], {})) if years[1] in kept else None,
        )


def book_of(survey: ActivitySurvey) -> Book:
    """Everything that reports of this survey tell, with the two autumns before it. Four statements."""
    earlier = ActivitySurvey.objects.filter(
        authority=survey.authority_id, reading=survey.reading, made_at__isnull=False
    )
    years = dict(earlier.filter(year__range=(survey.year - YEARS + 1, survey.year)).values_list("pk", "year"))
    found = rows(sql.text("report"), {"surveys": list(years)})
    names = dict(
        Establishment.objects.filter(pk__in={row[4] for row in found if row[4]}).values_list("pk", "name")
    )
    county: dict[int, Counter[str]] = defaultdict(Counter)
    groups: dict[int, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    places: dict[int, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for survey_id, school, is_for_schools, group, provider, number in found:
        year = years[survey_id]
        county[year][group] += number
        if school and is_for_schools:
            groups[school][year][group] += number
            if provider in names:
                places[school][year][names[provider]] += number
    told = [school for school, by_year in groups.items() if sum(by_year[survey.year].values(), 0) >= LEAST]
    schools = list(Establishment.objects.filter(pk__in=told, closed_on=None).order_by("name", "pk"))
    destinations = whose_of(survey).destinations
    return Book(survey, destinations, schools, county, groups, places)


def reported(user: User) -> QuerySet[ActivitySurvey]:
    """The DfE surveys of this user's councils that are signed off: what schools may read, the latest first."""
    councils = {place.authority_id for place in scope_of(user).where(Permission.RETURN_CONTRIBUTE)}
    found = ActivitySurvey.objects.filter(authority__in=councils, signed_off_at__isnull=False)
    found = found.filter(reading=ActivitySurvey.Reading.STATUTORY)
    return found.select_related("authority").defer("content").order_by("-year", "pk")


def own_reports(user: User) -> list[Report]:
    """The latest report of each school this user returns for, where there is one."""
    places = [
        (place.authority_id, place.establishment_id)
        for place in scope_of(user).where(Permission.RETURN_CONTRIBUTE)
        if place.authority_id and place.establishment_id
    ]
    latest: dict[int, ActivitySurvey] = {}
    for survey in reported(user):
        latest.setdefault(survey.authority_id, survey)
    books = {authority: book_of(survey) for authority, survey in latest.items()}
    return [
        books[authority].of(school)
        for authority, place in sorted(set(places))
        if authority in books
        for school in books[authority].schools
        if school.pk == place
    ]
