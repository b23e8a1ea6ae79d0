"""Reading estimates of the population by single year of age, in the three ways they are published: a column for each
year, a column for each age, or a row for each figure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracking.reconciling.rules.directory import CODE, folded

YOUNGEST, OLDEST = 9, 26  # what an academic age of 10 to 25 needs, carried on or back by a year
AREA = re.compile(r"((lad|utla|ltla|la|ctyua|geography|area)?\d*(cd|code)\d*|administrativegeography)")
AGE = ("age", "singleyearofage", "cagename", "ageinyears")
YEAR = ("year", "date", "datename", "calendaryears", "time", "midyear")
VALUE = ("people", "population", "obsvalue", "value", "count", "observation", "v40")
SEX = ("sex", "gender", "gendername", "sexname")
MEASURE = ("measuresname", "measures")
BOTH = frozenset({"", "persons", "person", "people", "total", "all", "allpersons", "t", "p", "0"})
SEXES = frozenset({"m", "f", "male", "female", "males", "females", "1", "2"})
OF_A_YEAR = re.compile(r"(?:population|mid|pop)?_?((?:19|20)\d\d)")
OF_AN_AGE = re.compile(r"(?:aged?)?(\d{1,3})(?:andover|plus)?")
SINGLE_AGE = re.compile(r"(?:aged?)?(\d{1,3})(?:years?)?(?:andover|plus|over)?")
BAND = re.compile(r"\d\s*(?:-|to|–)\s*\d")
YEARS = range(1990, 2100)


class NotEstimates(ValueError):
    """The file is not what it should be; the message says why in words for whoever loads it."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many people of one age lived in an area in the middle of a year."""

    area_code: str
    year: int
    age: int
    people: int


@dataclass(frozen=True, slots=True)
class Shape:
    """Which headings hold what. `years` and `ages` are headings with what they stand for."""

    area: str
    age: str
    year: str
    value: str
    sex: str
    measure: str
    years: Mapping[str, int]
    ages: Mapping[str, int]


def shape_of(headings: Sequence[str]) -> Shape:
    """How a file is laid out. Raises NotEstimates naming what is missing."""
    by_name = {folded(each): each for each in headings if each.strip()}
    area = next((by_name[name] for name in by_name if AREA.fullmatch(name)), "")
    ages = {each: int(found[1]) for name, each in by_name.items() if (found := OF_AN_AGE.fullmatch(name))}
    ages = {each: age for each, age in ages.items() if age not in YEARS}
    years = {each: int(found[1]) for name, each in by_name.items() if (found := OF_A_YEAR.fullmatch(name))}
    age, year, value, sex, measure = (_first(by_name, names) for names in (AGE, YEAR, VALUE, SEX, MEASURE))
    shape = Shape(area, age, year, value, sex, measure, years, ages)
    if not area:
        raise NotEstimates("No column holds the code of an area (as ladcode23 or Code).")
    if not ages and not shape.age:
        raise NotEstimates("No column holds an age in single years, and no column is one.")
    if not ages and not years and not shape.value:
        raise NotEstimates("No column holds how many people there are (as population_2024 or Value).")
    return shape


def _first(by_name: Mapping[str, str], names: Iterable[str]) -> str:
    return next((by_name[name] for name in names if name in by_name), "")


def estimates_in(
    headings: Sequence[str], rows: Iterable[tuple[int, Mapping[str, str]]], year: int | None = None
) -> list[Estimate]:
    """What a file says of the ages that matter, one figure for an area, year and age, men and women together. `year`
    is taken where the file names none. Raises NotEstimates with the row that is wrong: nothing is taken of such a
    file."""
    shape = shape_of(headings)
    if not shape.years and not shape.year and year is None:
        raise NotEstimates("The file does not say of which year it is. Give the year when you load it.")
    told: dict[tuple[str, int, int], dict[str, int]] = {}
    for number, cells in rows:
        sex = folded(cells[shape.sex]) if shape.sex else ""
        if sex not in BOTH and sex not in SEXES:
            raise NotEstimates(f"Row {number} names a sex we cannot read.")
        for found in _figures(number, cells, shape, year):
            by_sex = told.setdefault((found.area_code, found.year, found.age), {})
            key = "" if sex in BOTH else sex[0]
            if by_sex.setdefault(key, found.people) != found.people:
                raise NotEstimates(f"Row {number} gives a figure that stands above with another number.")
    if not told:
        raise NotEstimates(f"The file holds nobody aged {YOUNGEST} to {OLDEST} of any area.")
    return [Estimate(*key, by_sex.get("", sum(by_sex.values()))) for key, by_sex in told.items()]


def _figures(number: int, cells: Mapping[str, str], shape: Shape, given: int | None) -> Iterator[Estimate]:
    """The figures of one row. Raises NotEstimates."""
    if shape.measure and "percent" in cells[shape.measure].casefold():
        return
    area = cells[shape.area].strip().upper()
    if not area:
        return
    if not CODE.fullmatch(area):
        raise NotEstimates(
            f"Row {number} needs the code of an area: a letter and eight digits, as E10000016."
        )
    year = _year(number, cells[shape.year]) if shape.year and not shape.years else given or 0
    across: Mapping[str, int | None] = shape.ages or {shape.age: _age(number, cells[shape.age])}
    for heading, age in across.items():
        if age is None or not YOUNGEST <= age <= OLDEST:
            continue
        if shape.ages:
            yield Estimate(area, year, age, _people(number, cells[heading]))
        elif shape.years:
            for column, of_year in shape.years.items():
                yield Estimate(area, of_year, age, _people(number, cells[column]))
        else:
            yield Estimate(area, year, age, _people(number, cells[shape.value]))


def _age(number: int, text: str) -> int | None:
    """A single age; None of all ages together and of bands."""
    if BAND.search(text):
        return None
    said = folded(text)
    if said.startswith(("all", "total")):
        return None
    found = SINGLE_AGE.fullmatch(said)
    if not found:
        raise NotEstimates(f"Row {number} has an age we cannot read.")
    return int(found[1])


def _year(number: int, text: str) -> int:
    found = re.search(r"(?:19|20)\d\d", text)
    if not found or int(found[0]) not in YEARS:
        raise NotEstimates(f"Row {number} has a year we cannot read.")
    return int(found[0])


def _people(number: int, text: str) -> int:
    said = text.replace(",", "").replace("\u00a0", "").strip()
    if not re.fullmatch(r"\d+(\.0+)?", said):
        raise NotEstimates(f"Row {number} needs a number of people, nought or more.")
    return int(said.partition(".")[0])
