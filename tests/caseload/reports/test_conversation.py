"""Schools side by side, counted again in plain Python: where Year 11 went, whom they worried about, their returns."""

from collections import Counter
from datetime import UTC, date, datetime
from random import Random

import pytest

from caseload.reports.catalogue import CONVERSATION, content
from caseload.reports.rules.content import texts
from schools.models import Establishment
from tests.caseload.reports.conftest import LAST_YEAR, NOVEMBER, november
from tests.factories import make_collection, make_expected
from tracking.register.models.offers import Concern
from tracking.rules.academic_year import academic_age
from tracking.rules.codes import Status

pytestmark = pytest.mark.django_db
SCHOOLS = ("Ashby School", "Birch School")


def said(county, words="Ambleshire"):
    made = content(CONVERSATION, county.authority, november(), county.whom(words))
    return {each.title: each for each in made.sections}


def year_12(county, day, name):
    """How those of Year 12 counted on a day who had been at that school, or at any."""
    found = Counter()
    for each in county.people:
        born, wanted = each.invented.facts.born_on, SCHOOLS if name == "All schools" else (name,)
        if each.school in wanted and each.invented.place(day).is_measured and academic_age(born, day) == 16:
            found[each.invented.status(day)] += 1
    found.pop(Status.EXCLUDED, None)
    return found


def percent(part, whole):
    return f"{100 * part / whole:.1f}%" if whole else "no figure"


def test_where_year_11_went_by_school_this_year_and_the_year_before(county):
    section = said(county)["Where Year 11 went"]

    def row(name):
        cells = [name, str(year_12(county, NOVEMBER, name).total())]
        for day in (NOVEMBER, LAST_YEAR):
            at = year_12(county, day, name)
            lost = at[Status.NEET] + at[Status.NOT_KNOWN]
            cells += [percent(at[Status.EET], at.total()), percent(lost, at.total())]
        return cells

    wanted = sorted((row(name) for name in SCHOOLS), key=lambda each: -float(each[3][:-1]))
    assert min(year_12(county, NOVEMBER, name).total() for name in SCHOOLS) > 5
    assert texts(section) == [*wanted, row("All schools")]
    assert [words for words in section.columns if "2025" in words]


def test_whom_a_school_worried_about_and_what_became_of_them(county):
    dice, told = Random("worried"), []
    for each in county.people:
        if each.school and dice.random() < 0.4:
            own = Establishment.objects.get(name=each.school)
            raised_on = dice.choice(
                [date(2025, 8, 31), date(2025, 9, 1), date(2026, 6, 1), date(2026, 12, 1)]
            )
            for words in ("Absent", "Low grades"):
                Concern.objects.create(
                    person=each.invented.person, establishment=own, words=words, raised_on=raised_on
                )
            if date(2025, 9, 1) <= raised_on <= NOVEMBER:
                told.append(each)

    rows = texts(said(county)["Whom they worried about"])

    for name, *numbers in rows:
        own = [each for each in told if name in ("All schools", each.school)]
        statuses = [
            each.invented.status(NOVEMBER) if each.invented.place(NOVEMBER).is_measured else None
            for each in own
        ]
        known = [statuses.count(each) for each in (Status.EET, Status.NEET, Status.NOT_KNOWN)]
        assert numbers == [str(each) for each in (len(own), *known, len(own) - sum(known))]
    assert [row[0] for row in rows] == [*SCHOOLS, "All schools"]


def test_returns_of_the_school_year_by_school(county):
    ashby, birch = (Establishment.objects.get(name=name) for name in SCHOOLS)
    asked = make_collection(county.authority, due_on=date(2026, 9, 25))
    make_expected(ashby, asked, sent_at=datetime(2026, 9, 20, tzinfo=UTC))
    make_expected(birch, asked)
    make_expected(ashby, make_collection(county.authority, due_on=date(2026, 11, 2)))

    section = said(county)["Returns and leavers"]

    assert [row[:3] for row in texts(section) if row[0] in SCHOOLS] == [
        ["Ashby School", "2", "50.0%"],
        ["Birch School", "1", "0.0%"],
    ]
    assert section.message.startswith("1 of 3 returns came in time")


def test_of_a_district_it_says_that_it_is_of_the_whole_council(county):
    (section,) = said(county, "Northby").values()

    assert section.message.startswith("This report is of the whole council")
