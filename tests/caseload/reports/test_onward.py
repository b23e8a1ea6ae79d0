"""What became of Year 12 in Year 13, counted again in plain Python, by the school of Year 11."""

import pytest

from caseload.reports.catalogue import ONWARD, content
from caseload.reports.queries.onward import NO_SCHOOL
from caseload.reports.rules.content import texts
from tests.caseload.reports.conftest import LAST_YEAR, NOVEMBER, november
from tracking.rules.academic_year import academic_age
from tracking.rules.codes import Status
from tracking.rules.months import ReportingMonth

pytestmark = pytest.mark.django_db
NOW = (Status.EET, Status.NEET, Status.NOT_KNOWN)


def held(each, day):
    return each.invented.status(day) if each.invented.place(day).is_measured else None


@pytest.fixture
def year_13(county):
    """Then and now of everybody of Year 13, with the school of Year 11."""
    people = [each for each in county.people if each.invented.place(NOVEMBER).is_measured]
    people = [each for each in people if academic_age(each.invented.facts.born_on, NOVEMBER) == 17]
    return [
        (held(each, LAST_YEAR), held(each, NOVEMBER), each.school)
        for each in people
        if held(each, NOVEMBER) is not Status.EXCLUDED
    ]


def test_each_way_from_year_12_to_year_13_and_each_school(county, year_13):
    way, schools = content(ONWARD, county.authority, november(), county.whom("Ambleshire")).sections
    words = {"In education, employment or training": Status.EET, "NEET": Status.NEET, "Not known": Status.NOT_KNOWN,
             "In custody": Status.EXCLUDED, "Not in the cohort then": None}  # fmt: skip

    assert len(year_13) > 10
    for name, *numbers, total in texts(way):
        line = year_13 if name == "All" else [each for each in year_13 if each[0] is words[name]]
        assert [int(each) for each in numbers] == [sum(now is wanted for _, now, _ in line) for wanted in NOW]
        assert int(total) == len(line)
    assert sum(int(row[-1]) for row in texts(way)[:-1]) == len(year_13)

    assert [row[0] for row in schools.rows] == ["Ashby School", "Birch School", NO_SCHOOL]
    for name, whole, before, now, both, in_neet, lost in texts(schools):
        line = [each for each in year_13 if each[2] == ("" if name == NO_SCHOOL else name)]
        well = [(then is Status.EET, after is Status.EET) for then, after, _ in line]
        counts = [
            sum(then for then, _ in well),
            sum(after for _, after in well),
            sum(all(each) for each in well),
        ]
        share = [f"{100 * part / len(line):.1f}%" for part in counts]
        assert [int(whole), before, now, both] == [len(line), *share]
        assert int(in_neet) == sum(after is Status.NEET for _, after, _ in line)
        assert int(lost) == sum(after is Status.NOT_KNOWN for _, after, _ in line)


def test_without_the_year_before_it_says_so(county):
    october = ReportingMonth.read("2026-10")

    (only,) = content(ONWARD, county.authority, october, county.whom("Ambleshire")).sections

    assert only.message == "October 2025 was not frozen, so there is nothing to go from"
