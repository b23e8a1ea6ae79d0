"""Where everybody of a survey was, school by school: the table behind both readings (R104)."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from returns.activity_survey.models import ActivitySurvey
from returns.activity_survey.queries.asking import Whose, rows, whose_of
from returns.activity_survey.queries.reading import read
from schools.models import Establishment
from tracking.rules.activity_survey import HEADLINES, HEADLINES_IN_SHORT, Destinations, SurveyGroup
from tracking.rules.rates import share

COUNTED = 'select establishment_id, year_group, "group", count(*) from ({read}) r group by 1, 2, 3'
NO_SCHOOL = "No school recorded"
UNNAMED = SurveyGroup("", "No destination named", 9999)


@dataclass(frozen=True)
class At:
    """Where those of one school and year group were. `shares` are those of HEADLINES, then not known: how many, and of
    how many in percent."""

    school: str
    year_group: int | None
    people: int
    shares: Sequence[tuple[int, float | None]]


@dataclass(frozen=True)
class Table:
    """A survey's destinations: by school and year group, as a whole, and group by group."""

    headings: Sequence[str]
    schools: Sequence[At]
    whole: Sequence[At]
    groups: Sequence[tuple[SurveyGroup, int, float | None]]


def destinations(survey: ActivitySurvey) -> Table:
    """The table of a survey: as its file says it where it is made, else as known now. Two statements."""
    whom = whose_of(survey)
    read_it, asked = read(survey, whom)
    by: dict[tuple[int | None, int], Counter[str]] = defaultdict(Counter)
    years: dict[int | None, Counter[str]] = defaultdict(Counter)
    for school, year_group, group, number in rows(COUNTED.replace("{read}", read_it), asked):
        by[school, year_group][group] += number
        for of in {year_group, None}:
            years[of][group] += number
    names = dict(
        Establishment.objects.filter(pk__in={each for each, _ in by if each}).values_list("pk", "name")
    )
    found = whom.destinations
    schools = [
        _at(names.get(school or 0, NO_SCHOOL), year, counts, found) for (school, year), counts in by.items()
    ]
    several = len(years) > 2  # one year group and the whole are the same
    whole = [
        _at("Everybody", year, years[year], found)
        for year in sorted(years, key=lambda each: (each is None, each))
        if year is None or several
    ]
    return Table(
        (*HEADLINES_IN_SHORT.values(), "Not known"),
        sorted(schools, key=lambda each: (each.school == NO_SCHOOL, each.school, each.year_group or 0)),
        whole,
        list(_by_group(years[None], found)),
    )


def _at(school: str, year_group: int | None, counts: Counter[str], found: Destinations) -> At:
    people = sum(counts.values())
    of = {
        headline: sum(
            number
            for group, number in counts.items()
            if group in found.groups and headline in found.groups[group].headlines
        )
        for headline in HEADLINES
    }
    unknown = sum(number for group, number in counts.items() if _is_not_known(group, found.groups))
    shares = [(number, share(number, people)) for number in (*of.values(), unknown)]
    return At(school, year_group, people, shares)


def _is_not_known(group: str, groups: Mapping[str, SurveyGroup]) -> bool:
    return group in groups and groups[group].is_not_known


def _by_group(counts: Counter[str], found: Destinations) -> Iterator[tuple[SurveyGroup, int, float | None]]:
    people = sum(counts.values())
    for group in (*found.in_order, UNNAMED):
        number = counts.get(group.code, 0)
        if number or group is not UNNAMED:
            yield group, number, share(number, people)


def groups_of(survey: ActivitySurvey, whom: Whose) -> dict[int, str]:
    """The destination of each member, by the rules given. One statement."""
    read_it, asked = read(survey, whom)
    return dict(rows('select id, "group" from ({read}) r'.replace("{read}", read_it), asked))


FILE_HEADINGS = ("School they left", "Year group", "Young people")


def as_file(table: Table) -> tuple[list[str], Iterator[list[str | int]]]:
    """The table as headings and lines of a file: numbers only."""
    return [*FILE_HEADINGS, *table.headings], (
        [each.school, each.year_group or "", each.people, *(number for number, _ in each.shares)]
        for each in (*table.schools, *table.whole)
    )
