"""The scorecard page, its file, its API and its command: the same figures, and the people behind each number."""

import csv
import io
import json
import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook

from neet.audit.models import AuditEvent
from tests.factories import (
    make_activity,
    make_district,
    make_person,
    make_residence,
    make_service,
    make_user,
    sign_in,
)
from tracking.figures.actions import Month, freeze
from tracking.figures.models import MonthTally
from tracking.figures.telling import HEADINGS
from tracking.models import Residence

OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 30)


@pytest.fixture
def people(council):
    """In October one of four is NEET and one not known; in November the NEET one found a job. Two live in Northby."""
    home = make_district(council, name="Northby")
    student, seeker, lost, other = (make_person(council, family_name=f"Person{n}") for n in "ABCD")
    make_activity(student, "410", date(2026, 9, 1), verified_on=date(2026, 9, 10))
    make_activity(other, "310", verified_on=date(2026, 9, 10))
    make_activity(seeker, "619", date(2026, 9, 1), verified_on=date(2026, 9, 10), ends_on=date(2026, 11, 8))
    make_activity(seeker, "310", date(2026, 11, 9), verified_on=date(2026, 11, 10))
    for each in (seeker, lost):
        make_residence(each, district=home)
    for end in (OCTOBER, NOVEMBER):
        freeze(month=Month(council.pk, end), by=None)
    return {"student": student, "seeker": seeker, "lost": lost, "home": home}


@pytest.fixture
def officer(council, client):
    return sign_in(client, make_user("tracking_officer", council))


def page_of(response) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_who_came_and_who_went_is_drawn_and_taken_away(officer, people):
    page = officer.get(reverse("figures"), {"month": "2026-11"}).content.decode()
    drawn = page[page.index("Who became NEET and who left") :]
    url = drawn.split('href="')[
        [each.startswith("/figures/file") for each in drawn.split('href="')].index(True)
    ]
    text = b"".join(officer.get(url.split('"')[0].replace("&amp;", "&"))).decode()

    assert "Who became NEET and who is no longer, October 2026 to November 2026" in drawn
    assert "<desc" in drawn
    assert text.splitlines()[1:] == [
        "2026-10,NEET,,1",
        '2026-11,no longer NEET,"Into education, employment or training",1',
        "2026-11,NEET,,0",
    ]


def test_the_page_shows_the_month_in_progress(officer, people):
    page = page_of(officer.get(reverse("figures")))

    assert "As the register stands now" in page
    assert "25.0% are NEET or not known" in page
    assert "Of 4 young people in Years 12 and 13 by age" in page


def test_the_page_of_a_frozen_month_says_since_when_and_who_came_and_went(officer, people):
    page = page_of(officer.get(reverse("figures"), {"month": "2026-11"}))

    assert "Frozen" in page
    assert "NEET in October 2026 1" in page
    assert "Into education, employment or training 1" in page


def test_the_page_is_narrowed_by_its_address(officer, people):
    page = page_of(officer.get(reverse("figures"), {"month": "2026-10", "district": people["home"].pk}))

    assert "100.0% are NEET or not known" in page
    assert "District: Northby" in page


@pytest.mark.parametrize("by", ["year", "district", "school", "service", "need", "vulnerable", "gender"])
def test_the_page_compares_by_anything(officer, people, by):
    assert officer.get(reverse("figures"), {"month": "2026-10", "by": by}).status_code == 200


@pytest.mark.parametrize("asked", [{"month": "2026-09"}, {"month": "2031-01"}, {"month": "nonsense"}])
def test_a_month_without_figures_is_not_there(officer, people, asked):
    assert officer.get(reverse("figures"), asked).status_code == 404


def test_nonsense_in_a_filter_counts_as_not_said(officer, people):
    page = page_of(officer.get(reverse("figures"), {"month": "2026-10", "district": "77' or 1", "need": "x"}))

    assert "Of 4 young people" in page


def test_before_anybody_is_counted_the_page_says_so(officer):
    assert "No figures yet" in page_of(officer.get(reverse("figures")))


def test_a_cut_with_nobody_says_so(officer, council, people):
    empty = make_district(council)

    page = page_of(officer.get(reverse("figures"), {"month": "2026-10", "district": empty.pk}))
    assert "Nobody is counted here" in page


def test_a_month_that_does_not_add_up_is_shown_as_such(officer, people):
    MonthTally.objects.filter(month=OCTOBER, neet=1).update(neet=0)

    assert "do not add up" in page_of(officer.get(reverse("figures"), {"month": "2026-11"}))


def test_the_page_costs_the_same_for_any_cut(officer, people, django_assert_max_num_queries):
    officer.get(reverse("figures"))
    with django_assert_max_num_queries(25):
        officer.get(reverse("figures"), {"month": "2026-11", "year": "13", "by": "school"})


# --- the people behind a number ------------------------------------------------------------------------
def test_a_number_opens_its_people_as_they_counted_then(officer, people):
    response = officer.get(reverse("figures_people"), {"month": "2026-10", "of": "neet"})

    page = page_of(response)
    assert "PersonB" in page
    assert "PersonA" not in page
    assert "Looking for work" in page  # then
    assert "Apprentice" in page  # now
    event = AuditEvent.objects.get(kind="figures.people_behind_a_figure_read")
    assert event.subjects == [people["seeker"].pk]


def test_the_numbers_of_joiners_and_leavers_open_too(officer, people):
    page = page_of(officer.get(reverse("figures_people"), {"month": "2026-11", "of": "left-EET"}))

    assert "No longer NEET: into education, employment or training" in page
    assert "PersonB" in page


@pytest.mark.parametrize(
    "number", ["", "cohort", "not_known", "together", "participating", "lapsed", "owed", "custody"]
)
def test_every_number_of_the_page_has_its_list(officer, people, number):
    for month in ("", "2026-10"):
        assert officer.get(reverse("figures_people"), {"month": month, "of": number}).status_code == 200


def test_the_list_has_as_many_people_as_the_number_says(officer, people):
    for month, number, count in (
        ("2026-10", "together", 2),
        ("", "not_known", 1),
        ("2026-10", "participating", 2),
    ):
        page = page_of(officer.get(reverse("figures_people"), {"month": month, "of": number}))
        assert len(set(re.findall(r"Person[A-D]", page))) == count, number


@pytest.mark.parametrize("number", ["nonsense", "joined-nonsense", "left-"])
def test_a_number_that_does_not_exist_is_not_there(officer, people, number):
    assert officer.get(reverse("figures_people"), {"of": number}).status_code == 404


def test_of_nobody_in_ones_reach_there_is_no_number(client, council, people):
    lead = sign_in(client, make_user("service_lead", council, service=make_service(council)))

    page = page_of(lead.get(reverse("figures_people"), {"month": "2026-10", "of": "neet"}))

    assert "PersonB" not in page
    assert "1 young person" not in page


def test_who_has_moved_away_since_is_a_number_only(client, council, people):
    Residence.objects.filter(person=people["lost"]).update(district=make_district(council))
    lead = sign_in(client, make_user("district_lead", council, district=people["home"]))

    page = page_of(lead.get(reverse("figures_people"), {"month": "2026-10", "of": "together"}))
    alone = page_of(lead.get(reverse("figures_people"), {"month": "2026-10", "of": "not_known"}))

    assert "PersonB" in page
    assert "PersonC" not in page
    assert "2 young people in the figure. 1 of them is not open to you" in page
    assert "1 young person. Their record is not open to you" in alone


# --- file, API, command: the same ------------------------------------------------------------------------
def table_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_holds_the_figures_of_the_page(officer, people):
    response = officer.get(reverse("figures_file"), {"month": "2026-10"})

    lines = table_of(b"".join(response).decode("utf-8-sig"))
    whole = lines[0]
    assert (whole["month"], whole["cut"], whole["cohort"], whole["neet"]) == (
        "2026-10",
        "everybody",
        "4",
        "1",
    )
    assert whole["neet_or_not_known_percent"] == "50.0"
    northby = next(line for line in lines if line["part"] == "Northby")
    assert (northby["cohort"], northby["neet"], northby["not_known"]) == ("2", "1", "1")


def test_the_api_gives_the_same(officer, people):
    answer = officer.get(reverse("api_figures"), {"month": "2026-10"}).json()

    assert (answer["month"], answer["is_frozen"]) == ("2026-10", True)
    assert (answer["figures"]["cohort"], answer["figures"]["neet_percent"]) == (4, 25.0)
    flows = officer.get(reverse("api_figures"), {"month": "2026-11"}).json()["joiners_and_leavers"]
    assert [(each["month"], each["left"], each["adds_up"]) for each in flows] == [
        ("2026-11", {"EET": 1}, True)
    ]


def test_the_api_says_what_it_does_not_know(officer, people):
    assert officer.get(reverse("api_figures"), {"disrtict": "1"}).status_code == 400
    assert officer.get(reverse("api_figures"), {"month": "2026-09"}).status_code == 400


def test_the_command_prints_what_the_page_shows(people, council, capsys):
    call_command("scorecard", authority="886", month="2026-10", format="json")
    told = json.loads(capsys.readouterr().out)
    call_command("scorecard", authority="886", month="2026-10", format="csv")
    lines = table_of(capsys.readouterr().out)

    assert told["figures"]["neet"] == 1
    assert tuple(lines[0]) == HEADINGS
    assert lines[0]["neet"] == "1"


def test_the_command_writes_a_workbook(people, council, tmp_path):
    out = tmp_path / "figures.xlsx"
    call_command("scorecard", authority="886", format="xlsx", out=out)

    book = load_workbook(out)
    assert book.sheetnames == ["Figures", "Joiners and leavers"]
    assert [cell.value for cell in book["Figures"][1]] == list(HEADINGS)


@pytest.mark.parametrize("asked", [{"authority": "000"}, {"month": "2026-13"}, {"month": "2020-01"}])
def test_the_command_says_what_is_wrong(people, asked):
    with pytest.raises(CommandError):
        call_command("scorecard", **{"authority": "886", **asked})


def test_the_managers_first_page_shows_no_few_young_people(client, council, people):
    manager = sign_in(client, make_user("manager", council))

    page = page_of(manager.get("/"))

    assert "Years 12 and 13 today" in page
    assert "Too few young people of Years 12 and 13 are NEET or not known" in page
    assert "Northby" not in page
