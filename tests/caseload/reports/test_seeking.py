"""What is sought, what is offered, wards, who was told of before: every figure counted again in plain Python."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caseload.chase.models import Attempt
from caseload.meetings.models import ProvisionGap
from caseload.prevention.models import AtRisk
from caseload.reports.catalogue import OFFER_GAP, PROFILE, content
from caseload.reports.rules.content import texts
from neet.clock import LONDON
from tests.caseload.reports.conftest import NOVEMBER, OCTOBER, november
from tracking.figures.actions import Month, freeze
from tracking.models import Residence
from tracking.reconciling.models import Area, Boundary, DirectoryFile, Postcode
from tracking.reference.editing import Change, add_row
from tracking.register.models import Seeking
from tracking.rules.codes import Status

pytestmark = pytest.mark.django_db
WARDS = {"AA11AA": "E05000001", "AA11AB": "E05000002", "AA99ZZ": ""}
NAMES = {"E05000001": "Ashby North", "E05000002": "Ashby South"}
COURSE = {
    "code": "site", "plain_words": "Site work", "authority": "886", "district": "Northby", "sector": "construction",
    "level": "level_1", "places": "2", "months": "9 1", "last_seen": "", "note": "",
}  # fmt: skip


@pytest.fixture
def told(county):
    """Every third of the county says what they seek, everybody lives somewhere; November is frozen after that."""
    for place, each in enumerate(county.people):
        person = each.invented.person
        Residence.objects.filter(person=person).update(
            postcode=("AA1 1AA", "aa1 1ab", "AA9 9ZZ", "")[place % 4]
        )
        each.postcode = ("AA11AA", "AA11AB", "AA99ZZ", "")[place % 4]
        each.seeks = None
        if place % 3 == 0:
            sector = ("construction", "retail")[place % 2]
            barriers = [["transport"], ["transport", "housing"], []][place % 9 // 3]
            each.seeks = Seeking.objects.create(
                person=person,
                sector=sector,
                level="level_1",
                barriers=barriers,
                starts_from=NOVEMBER + timedelta(place),
            )
    Postcode.objects.bulk_create(
        Postcode(postcode=code, authority_code="E10000016", district_code="E07000001", ward_code=ward)
        for code, ward in WARDS.items()
    )
    Area.objects.bulk_create(Area(code=code, name=name) for code, name in NAMES.items())
    add_row(table="provision", change=Change(COURSE, date(2020, 9, 1)), by=None)
    return county


def parts(county, report, whom="Ambleshire"):
    freeze(month=Month(county.authority.pk, NOVEMBER), by=None)
    return {
        each.title: each for each in content(report, county.authority, november(), county.whom(whom)).sections
    }


def counted(county):
    return [each for each in county.people if each.invented.place(NOVEMBER).is_measured]


def neet_of(county):
    return [each for each in counted(county) if each.invented.status(NOVEMBER) is Status.NEET]


def numbers(section, column=1):
    return {row[0]: int(row[column].replace(",", "")) for row in texts(section)}


def test_what_they_seek_and_what_keeps_them_from_it(told):
    found, neet = parts(told, PROFILE), neet_of(told)
    words = {"construction": "Construction and building", "retail": "Retail and customer service"}
    keeps = {"transport": "Getting there", "housing": "Housing"}

    asked = [each.seeks for each in neet if each.seeks]
    barriers = Counter(keeps[code] for each in asked for code in each.barriers)
    barriers["Not written down"] = sum(not (each.seeks and each.seeks.barriers) for each in neet)
    sectors = Counter(words[each.sector] for each in asked)
    sectors["Not written down"] = len(neet) - len(asked)

    assert len(asked) > 1
    assert numbers(found["What they are looking for"]) == sectors
    assert numbers(found["What keeps them from it"]) == {
        name: count for name, count in barriers.items() if count
    }
    written = numbers(found["What is written down of their wishes"])
    assert (written["What they are looking for"], written["What was agreed last"]) == (len(asked), 0)


def test_what_was_said_after_the_freeze_changes_no_report(told):
    before = parts(told, PROFILE)["What they are looking for"]
    for each in neet_of(told):
        Seeking.objects.update_or_create(person=each.invented.person, defaults={"sector": "sport"})

    made = content(PROFILE, told.authority, november(), told.whom("Ambleshire"))

    assert next(each for each in made.sections if each.title == before.title).rows == before.rows


def test_places_are_held_against_wishes_by_sector_and_district(told):
    for sector, waiting in (("construction", 4), ("construction", 3), ("Canal boats", 2)):
        ProvisionGap.objects.create(
            authority=told.authority,
            sector=sector,
            waiting=waiting,
            raised_at=datetime(2026, 11, 3, tzinfo=LONDON),
        )
    found = parts(told, OFFER_GAP)
    seeking = [each for each in neet_of(told) if each.seeks]
    sought = Counter(each.seeks.sector for each in seeking)

    lines = {row[0]: [int(cell) for cell in row[1:]] for row in texts(found["Sought and offered by sector"])}
    wanted = {
        "Construction and building": [sought["construction"], 7, 2, max(sought["construction"] - 2, 0)],
        "Retail and customer service": [sought["retail"], 0, 0, sought["retail"]],
        "Canal boats": [0, 2, 0, 0],
    }
    assert lines == {words: line for words, line in wanted.items() if any(line)}

    places = {(row[0], row[1]): row for row in texts(found["By district, sector and level"])}
    here = sum(each.district == "Northby" and each.seeks.sector == "construction" for each in seeking)
    line = places["Northby", "Construction and building"]
    assert line[2:] == ["Level 1", str(here), "2", str(max(here - 2, 0)), "Jan, Sep"]
    assert sum(int(row[3]) for row in places.values()) == len(seeking)


def test_each_ward_counts_who_lived_there_when_the_month_was_frozen(told):
    file = DirectoryFile.objects.create(kind="boundaries", name="Invented", rows=3, changed=3)
    for place, code in enumerate((*NAMES, "E05000003")):
        ring = [[place, 0], [place + 1, 0], [place + 1, 1], [place, 1]]
        Boundary.objects.create(
            authority=told.authority, kind="ward", code=code, name=NAMES.get(code, "Empty"), rings=[ring], file=file,
            holds_from=date(2024, 5, 2),
        )  # fmt: skip
    section = parts(told, PROFILE)["Wards, most NEET first"]
    Residence.objects.update(postcode="AA1 1AB")  # everybody moves, after the freeze
    held = [each for each in counted(told) if each.invented.status(NOVEMBER) is not Status.EXCLUDED]

    def ward(each):
        return NAMES.get(WARDS.get(each.postcode, ""), "No postcode that the directory knows")

    cohort = Counter(ward(each) for each in held)
    neet = Counter(ward(each) for each in neet_of(told))

    assert len(cohort) == 3
    assert numbers(section) == cohort
    assert {words: count for words, count in numbers(section, 2).items() if count} == neet
    assert [row[0] for row in section.rows][-1] == "No postcode that the directory knows"
    drawn = section.figure.drawing.svg
    assert all(f"<title>{name}: {neet[name]} NEET</title>" in drawn for name in NAMES.values())
    assert "<title>Empty: 0 NEET</title>" in drawn


def test_who_was_told_of_and_was_neet_later(told):
    people = counted(told)[:12]
    for each in people:
        AtRisk.objects.create(person=each.invented.person, said_by="school", starts_on=date(2026, 9, 1))
    found = parts(told, PROFILE)["Those told of as at risk, and what became of them"]

    later = [
        each
        for each in people
        if any(
            each.invented.place(day).is_measured and each.invented.status(day) is Status.NEET
            for day in (OCTOBER, NOVEMBER)
        )
    ]
    assert texts(found) == [
        ["Their school or college", "12", str(len(later)), f"{100 * len(later) / 12:.1f}%", "12"]
    ]


def test_how_often_the_not_known_were_tried(told):
    unknown = [each for each in counted(told) if each.invented.status(NOVEMBER) is Status.NOT_KNOWN]
    Attempt.objects.all().delete()
    tried = unknown[0].invented.person
    for days in (3, 40, 120):
        at = datetime(2026, 11, 30, 10, tzinfo=LONDON) - timedelta(days=days)
        Attempt.objects.create(
            person=tried, channel="call", asked="young_person", outcome="spoke", reached=False, learned=False,
            tried_at=at, recorded_at=at,
        )  # fmt: skip

    found = numbers(parts(told, PROFILE)["How often the not known were tried in the last three months"])

    assert (found["Not once"], found["Twice"]) == (len(unknown) - 1, 1)


def test_the_reports_take_as_many_statements_for_more_people(told):
    taken = []
    for report in (OFFER_GAP, PROFILE):
        parts(told, report)
        with CaptureQueriesContext(connection) as statements:
            content(report, told.authority, november(), told.whom("Ambleshire"))
        taken.append(len(statements))

    assert taken[0] <= 25
    assert taken[1] <= 30
