"""The pages of a survey and of the duty: how many statements, who sees whom, what a school reads of itself."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from neet import clock
from neet.accounts.models import User
from returns.activity_survey import actions
from returns.activity_survey.building import kept
from returns.activity_survey.effects import destinations
from schools.models import Authority, Establishment
from tests.factories import make_district, make_residence, make_school, make_user, sign_in
from tests.returns.activity_survey.conftest import Leaver, does, surveyed
from tracking.reference.effects import Trial
from tracking.reference.models import ReferenceRow


@pytest.fixture
def desk(officer: User) -> Client:
    return sign_in(Client(), officer)


def test_pages_take_a_constant_number_of_statements(
    authority: Authority, desk: Client, leaver: Leaver, django_assert_max_num_queries: Any
) -> None:
    for _ in range(8):
        person = leaver(place=make_school(la_code=authority.code))
        make_residence(person, district=make_district(authority))
        does(person, "230")
    leaver()
    pk = surveyed(authority).pk
    pages = ("/activity-survey/", f"/activity-survey/{pk}/people/?of=everybody", f"/activity-survey/{pk}/where/",
             "/duty/?by=school", "/duty/people/?of=meeting")  # fmt: skip
    for page in pages:
        assert desk.get(page).status_code == 200
        with django_assert_max_num_queries(25):
            desk.get(page)


def test_a_manager_sees_the_whole_and_neither_names_nor_parts(authority: Authority, leaver: Leaver) -> None:
    for number in range(12):
        does(leaver(family_name="Quillfeather"), "230" if number % 2 else "540")
    pk = surveyed(authority).pk
    manager = sign_in(Client(), make_user("manager", authority))

    page = manager.get("/activity-survey/").content.decode()

    assert "Quillfeather" not in page
    assert "12 young people" in page
    assert "12 known" in page
    assert "By school they left" not in page
    for part in ("people/", "where/", "reports/"):
        assert manager.get(f"/activity-survey/{pk}/{part}").status_code == 404, part
    assert manager.post(f"/activity-survey/{pk}/file/").status_code == 404


def test_a_school_reads_its_own_report_once_it_is_signed_off(
    authority: Authority, school: Establishment, leaver: Leaver, officer: User
) -> None:
    for _ in range(6):
        does(leaver(), "230")
    secretary = sign_in(Client(), make_user("school_user", authority, establishment=school))
    stranger = make_school(name="Other School", la_code=authority.code)
    other = sign_in(Client(), make_user("school_user", authority, establishment=stranger))
    made = actions.make_file(survey=surveyed(authority), by=officer)
    assert "Nothing to tell you yet" in secretary.get("/activity-survey/own/").content.decode()

    actions.sign_off(survey=made, by=officer, why="A team of one")

    assert "See the Activity Survey of 2026" in secretary.get("/").content.decode()
    assert "100.0%" in secretary.get("/activity-survey/own/").content.decode()
    assert b"".join(secretary.get(f"/activity-survey/own/?pdf={school.pk}").streaming_content).startswith(
        b"%PDF"
    )
    assert "Nothing to tell you yet" in other.get("/activity-survey/own/").content.decode()
    assert other.get(f"/activity-survey/own/?pdf={school.pk}").status_code == 404


def test_the_duty_page_adds_up_and_leads_to_the_people(
    authority: Authority, desk: Client, leaver: Leaver
) -> None:
    does(leaver(family_name="Learner"), "230")
    does(leaver(family_name="Seeker"), "619")

    page = desk.get("/duty/?by=age").content.decode()

    assert "50.0% meet the duty" in page
    assert "Seeker" in desk.get("/duty/people/?of=not+meeting&age=16").content.decode()
    assert "Seeker" not in desk.get("/duty/people/?of=meeting").content.decode()
    assert desk.get("/duty/?by=nothing").status_code == 404


def test_a_district_lead_reads_the_duty_of_their_own_district_alone(
    authority: Authority, leaver: Leaver
) -> None:
    home, beyond = make_district(authority, name="Ambleford"), make_district(authority, name="Burnside")
    for name, district, code in (("Learner", home, "230"), ("Seeker", beyond, "619")):
        person = leaver(family_name=name)
        make_residence(person, district=district)
        does(person, code)
    lead = sign_in(Client(), make_user("district_lead", authority, district=home))

    page = lead.get("/duty/").content.decode()

    assert "100.0% meet the duty" in page
    assert "Only the young people of your districts" in page
    assert "Burnside" not in page
    behind = lead.get("/duty/people/?of=meeting").content.decode()
    assert "Learner" in behind
    nobody = lead.get(f"/duty/people/?of=not+meeting&district={beyond.pk}").content.decode()
    assert "Seeker" not in nobody
    assert "not open to you" not in nobody


def test_the_command_writes_the_kept_file_or_one_to_look_at(
    authority: Authority, leaver: Leaver, tmp_path: Path
) -> None:
    does(leaver(), "310")
    out = tmp_path / "survey.csv"
    asked = ["activity_survey", "--authority", authority.code, "--year", "2026", "--out", str(out)]
    call_command(*asked, "--reading", "local", verbosity=0)
    assert b"apprenticeship" in out.read_bytes()

    made = actions.make_file(survey=surveyed(authority), by=None)
    call_command(*asked, verbosity=0)

    assert out.read_bytes() == kept(made)


def test_a_changed_destination_says_beforehand_whom_it_counts_elsewhere(
    authority: Authority, desk: Client, leaver: Leaver
) -> None:
    for _ in range(3):
        does(leaver(), "230")
    surveyed(authority)
    row = ReferenceRow.objects.get(table="activity_survey_groups", key="part_time")
    values = {**row.values, "activities": "250 230"}
    further = ReferenceRow.objects.get(table="activity_survey_groups", key="further_education")
    officer = User.objects.get(memberships__role="mi_officer", memberships__authority=authority)

    def apply() -> None:
        ReferenceRow.objects.filter(pk=further.pk).update(values={**further.values, "activities": ""})
        ReferenceRow.objects.filter(pk=row.pk).update(values=values)

    effect = destinations(Trial("activity_survey_groups", "part_time", values, clock.today(), officer, apply))

    assert effect.total == 3
    assert [(each.was, each.becomes) for each in effect.moves] == [
        ("Further education college", "Part-time education")
    ]
