"""Estimates by age in whole years as academic ages, and files of the statistics office however they are laid out."""

from calendar import monthrange
from datetime import date

import pytest

from tracking.reconciling.rules import directory
from tracking.reconciling.rules.ages import Beside, expected_people, mid_year_for
from tracking.reconciling.rules.directory import NotTheDirectory, lies, names_in, places_of
from tracking.reconciling.rules.estimates import Estimate, NotEstimates, estimates_in
from tracking.rules.academic_year import academic_age, age_on

KENT, TOWN = "E10000016", "E07000106"


def numbered(*rows: dict[str, str]) -> list[tuple[int, dict[str, str]]]:
    return list(enumerate(rows, start=2))


def test_academic_ages_come_out_as_if_everybody_was_counted_one_by_one() -> None:
    """Twelve people are born in each month, on its first and last days: whoever is counted on 30 June by age in whole
    years is found again by academic age, in the same year and years later."""
    born = [
        date(year, month, day)
        for year in range(2000, 2020)
        for month in range(1, 13)
        for day in (1, monthrange(year, month)[1])
    ]
    ages = [age_on(each, date(2024, 6, 30)) for each in born]
    estimates = {(2024, age): ages.count(age) for age in range(6, 24)}

    for year in (2023, 2024, 2026):
        for age in (15, 16, 17):
            really = sum(academic_age(each, date(year, 9, 1)) == age for each in born)
            assert expected_people(age, year, 2024, estimates) == really


def test_an_age_that_was_not_estimated_gives_nothing() -> None:
    assert expected_people(16, 2026, 2026, {(2026, 16): 1320}) is None
    assert expected_people(16, 2026, 2026, {(2026, 15): 1200, (2026, 16): 1320}) == 1300


@pytest.mark.parametrize(
    ("year", "estimated", "serves"),
    [(2026, [2023, 2024], 2024), (2026, [2025, 2027], 2025), (2022, [2023, 2024], 2023), (2026, [], None)],
)
def test_the_estimate_that_serves_a_year(year: int, estimated: list[int], serves: int | None) -> None:
    assert mid_year_for(year, estimated) == serves


@pytest.mark.parametrize(
    ("held", "expected", "beyond"),
    [
        (980, 1000, False),
        (979, 1000, True),
        (1020, 1000, False),
        (1021, 1000, True),
        (5, None, False),
        (1, 0, True),
    ],
)
def test_what_is_beyond_the_limit_of_two_per_cent(held: int, expected: int | None, beyond: bool) -> None:
    assert Beside("", held, expected, 20).is_beyond is beyond


OLD = ["pcd", "pcd2", "pcds", "dointr", "doterm", "oscty", "ced", "oslaua", "osward", "lat"]
NEW = ["pcd7", "pcd8", "pcds", "dointr", "doterm", "cty25cd", "ced25cd", "lad25cd", "wd25cd", "lsoa21cd"]


@pytest.mark.parametrize("headings", [OLD, NEW, [each.upper() for each in NEW]])
def test_the_directory_is_read_by_its_headings_of_any_year(headings: list[str]) -> None:
    places = places_of(headings)
    row = ["CT1 2AB", "", "CT1 2AB", "198001", "202312", KENT, "", TOWN, "E05000001", "x"]

    assert lies(row, places) == directory.Lies("CT12AB", KENT, TOWN, "E05000001", date(2023, 12, 1))
    without_county = [*row[:4], "", "E99999999", "", "E06000035", *row[8:]]
    assert lies(without_county, places) == directory.Lies(
        "CT12AB", "E06000035", "E06000035", "E05000001", None
    )
    assert lies([*row[:7], "", *row[8:]], places) is None


@pytest.mark.parametrize(
    ("at", "cell", "said"),
    [(2, "NOWHERE", "postcode is not"), (7, "Canterbury", "district is not"), (4, "202313", "end is not"),
     (4, "12/2013", "end is not")],
)  # fmt: skip
def test_a_row_of_the_directory_that_is_none(at: int, cell: str, said: str) -> None:
    row = ["CT1 2AB", "", "CT1 2AB", "198001", "", KENT, "", TOWN, "E05000001", "x"]
    row[at] = cell
    with pytest.raises(NotTheDirectory, match=said):
        lies(row, places_of(OLD))
    with pytest.raises(NotTheDirectory, match="fewer cells"):
        lies(row[:3], places_of(OLD))


def test_headings_that_are_missing_are_named() -> None:
    with pytest.raises(NotTheDirectory, match=r"its end \(doterm\), a county .*, a district .*, a ward"):
        places_of(["Postcode", "Name"])
    assert names_in(["FID", "WD25CD", "WD25NM"]) == (1, 2)
    with pytest.raises(NotTheDirectory, match="no list of names"):
        names_in(["Code", "Population"])


WANTED = [Estimate(TOWN, 2024, 15, 1200), Estimate(TOWN, 2024, 16, 1320)]


@pytest.mark.parametrize(
    "rows",
    [
        [{"ladcode23": TOWN, "sex": sex, "age": age, "population_2024": people}
         for age, halves in (("15", ("600", "600")), ("16", ("660", "660")), ("90", ("1", "1")))
         for sex, people in zip("MF", halves, strict=True)],
        [{"Code": TOWN, "Name": "Town", "Year": "2024", "All ages": "90,000", "8": "1", "15": "1,200", "16": "1320.0"}],
        [{"GEOGRAPHY_CODE": TOWN, "DATE": "2024", "GENDER_NAME": sex, "C_AGE_NAME": f"Age {age}",
          "MEASURES_NAME": "Value", "OBS_VALUE": people}
         for age, sex, people in ((15, "Total", "1200"), (15, "Male", "601"), (16, "Total", "1320"))],
        [{"administrative-geography": TOWN, "calendar-years": "2024", "single-year-of-age": age, "v4_0": people}
         for age, people in (("15", "1200"), ("16", "1320"), ("Total", "9"), ("15-19", "6000"), ("90+", "7"))],
    ],
    ids=["a column for each year", "a column for each age", "a row for each figure", "a row, other headings"],
)  # fmt: skip
def test_estimates_are_read_in_each_way_they_are_published(rows: list[dict[str, str]]) -> None:
    assert estimates_in(list(rows[0]), numbered(*rows)) == WANTED


ONE = {"Code": TOWN, "Year": "2024", "Age": "15", "People": "1200"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"People": "-3"}, "Row 2 needs a number of people"),
        ({"People": "c"}, "Row 2 needs a number of people"),
        ({"Code": "Canterbury"}, "Row 2 needs the code of an area"),
        ({"Age": "fifteen"}, "Row 2 has an age"),
        ({"Year": "mid"}, "Row 2 has a year"),
        ({"Age": "40"}, "holds nobody aged"),
    ],
)
def test_what_is_no_estimate_is_refused_with_its_row(changed: dict[str, str], said: str) -> None:
    with pytest.raises(NotEstimates, match=said):
        estimates_in(list(ONE), numbered({**ONE, **changed}))


def test_doubled_figures_count_once_and_contradicting_ones_are_refused() -> None:
    assert estimates_in(list(ONE), numbered(ONE, ONE)) == WANTED[:1]
    with pytest.raises(NotEstimates, match="Row 3 gives a figure that stands above"):
        estimates_in(list(ONE), numbered(ONE, {**ONE, "People": "1201"}))


@pytest.mark.parametrize(
    ("headings", "said"),
    [(["Name", "Age", "Year", "People"], "code of an area"), (["Code", "Year", "People"], "an age"),
     (["Code", "Year", "Age", "Sex"], "how many people"), (["Code", "Age", "People"], "of which year")],
)  # fmt: skip
def test_a_file_without_a_heading_says_which(headings: list[str], said: str) -> None:
    with pytest.raises(NotEstimates, match=said):
        estimates_in(headings, [])
    with_year = {key: value for key, value in ONE.items() if key != "Year"}
    assert estimates_in(list(with_year), numbered(with_year), 2024) == WANTED[:1]
