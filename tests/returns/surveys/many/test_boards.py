"""The council's board and a school's own page: the same numbers, whose names each sees, and how many statements."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core import mail
from django.urls import reverse

from neet.audit.models import AuditEvent
from neet.messages.actions import deliver
from returns.surveys.many.actions.finding import find_people
from returns.surveys.many.actions.nightly import surveys_of_the_day
from returns.surveys.many.actions.planning import change_survey, new_door, plan_survey
from returns.surveys.many.queries.board import by_school
from returns.surveys.many.queries.doors import address_of, secret_of
from returns.surveys.many.statements import Planned
from returns.surveys.models import Survey, SurveyAnswer
from tests.factories import make_contact, make_school, make_user, sign_in
from tests.pdf import text_of
from tests.returns.surveys.many.classroom import (
    NOW,
    TODAY,
    answer,
    door_of,
    make_here,
    make_pupil,
    make_survey,
)
from tracking.register.models import ContactPoint, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight

pytestmark = pytest.mark.django_db
NAMES = ("Ada", "Bram", "Cleo", "Dara")


@pytest.fixture
def survey(monkeypatch) -> Survey:
    """Four pupils, of whom two answered, one of them under a name nobody knows."""
    monkeypatch.setenv("DJANGO_NOW", NOW)
    authority, school = make_here()
    pupils = [make_pupil(school, authority, given_name=name, family_name="Ambler") for name in NAMES]
    survey = make_survey(authority)
    door = door_of(survey, school)
    answer(door, pupils[0], tutor_group="11 a", help="yes", worried="lot", consent="on")
    answer(door, given_name="Zed", family_name="Nobody", born_on_day="1")
    find_people(survey_id=survey.pk)
    return survey


def school_of(survey: Survey):
    return survey.doors.exclude(establishment=None).get().establishment


def at_desk(client, role: str, survey: Survey, **place):
    return sign_in(client, make_user(role, survey.authority, **place))


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_board_counts_school_by_school(survey, client, assert_statements) -> None:
    desk = at_desk(client, "tracking_officer", survey)
    with assert_statements(20):
        page = desk.get(reverse("survey_board", args=[survey.ref]))

    (line,) = by_school(survey, TODAY)
    assert (line.asked, line.answered, line.share, line.help, line.destinations, line.known) == (
        4, 2, "50%", 1, 1, "25%",
    )  # fmt: skip
    assert page.context["standing"].unknown == 1
    for said in ("1 young person asks for help", "1 worry a lot", "1 agreed", "25%"):
        assert said in words(page)
    part = desk.get(reverse("survey_board", args=[survey.ref]), headers={"HX-Request": "true"})
    assert words(part).startswith('<section id="numbers"')
    assert "What next? 2026-27" in words(desk.get(reverse("surveys")))


def test_a_school_sees_its_own_link_and_who_has_not_answered_never_what_was(survey, client) -> None:
    school = school_of(survey)
    desk = at_desk(client, "school_user", survey, establishment=school)

    page = words(desk.get(reverse("survey_school", args=[survey.ref, school.pk])))

    assert address_of(door_of(survey, school)) in page
    assert "<strong>2</strong> of 4 in Year 11 have answered: 50%" in page
    assert "11A" in page
    assert all(f"Ambler, {name}" in page for name in NAMES[1:])
    assert "Ambler, Ada" not in page
    assert "ask for help" not in page
    assert "open until 26 March 2027" in words(desk.get("/"))
    assert survey.title in words(desk.get(reverse("own_surveys")))


def test_the_list_is_the_schools_own_and_taking_it_is_written_down(survey, client) -> None:
    school = school_of(survey)
    other = make_school(name="Next Door", la_code=survey.authority.code)
    make_pupil(other, survey.authority, given_name="Kit", family_name="Elsewhere")
    desk = at_desk(client, "school_user", survey, establishment=school)

    file = b"".join(desk.get(reverse("survey_outstanding", args=[survey.ref, school.pk])).streaming_content)

    rows = list(openpyxl.load_workbook(BytesIO(file)).active.values)
    assert [row[:2] for row in rows[1:]] == [("Ambler", name) for name in NAMES[1:]]
    event = AuditEvent.objects.get(kind="surveys.list_of_who_has_not_answered_taken")
    assert len(event.subjects) == 3
    new_door(survey=survey, establishment=other, by=make_user("tracking_officer", survey.authority))
    for name in ("survey_school", "survey_outstanding", "survey_poster"):
        assert desk.get(reverse(name, args=[survey.ref, other.pk])).status_code == 404


def test_the_page_to_print_holds_the_address_in_words_and_as_a_square(survey, client) -> None:
    school = school_of(survey)
    desk = at_desk(client, "school_user", survey, establishment=school)

    for name, ids in (("survey_poster", [survey.ref, school.pk]), ("survey_flyer", [survey.ref])):
        paper = b"".join(desk.get(reverse(name, args=ids)).streaming_content)
        printed = "".join(text_of(paper).split())
        door = door_of(survey, school if len(ids) == 2 else None)
        assert secret_of(door) in printed
        assert "Amble Council" in text_of(paper)


def test_the_council_fetches_what_a_school_is_told_in_february_and_the_school_does_not(
    survey, client
) -> None:
    school = school_of(survey)
    address = reverse("survey_feedback", args=[survey.ref, school.pk])

    file = at_desk(client, "tracking_officer", survey).get(address)
    sheets = openpyxl.load_workbook(BytesIO(b"".join(file.streaming_content))).sheetnames

    assert sheets == ["Agreed to be named", "All others"]
    assert AuditEvent.objects.filter(kind="surveys.results_for_a_school_made").count() == 1
    assert at_desk(client, "school_user", survey, establishment=school).get(address).status_code == 404


def test_a_new_link_ends_the_old_one(survey, client) -> None:
    school = school_of(survey)
    before = door_of(survey, school)
    desk = at_desk(client, "tracking_officer", survey)

    desk.post(reverse("new_survey_door", args=[survey.ref, school.pk]))

    now = door_of(survey, school)
    assert secret_of(now) != secret_of(before)
    assert desk.get(reverse("survey_door", args=[secret_of(before)])).status_code == 404
    assert desk.get(reverse("survey_door", args=[secret_of(now)])).status_code == 302


def test_who_has_not_answered_stands_with_whose_number_each_is(survey, client) -> None:
    silent = YoungPerson.objects.get(given_name="Bram")
    make_contact(silent, value="07700 900111", whose="parent", name="Pat Ambler")
    make_contact(silent, value="07700 900222")
    ContactPoint.objects.create(person=silent, kind="mobile", value="07700 900333", do_not_use=True)
    desk = at_desk(client, "tracking_officer", survey)

    page = words(desk.get(reverse("survey_silent", args=[survey.ref])))
    file = b"".join(desk.get(reverse("survey_silent_file", args=[survey.ref])).streaming_content)

    assert '07700 900222 <span class="quiet">young person</span>' in page
    assert '07700 900111 <span class="quiet">parent or carer, Pat Ambler</span>' in page
    assert "900333" not in page
    rows = {row[1]: row[4] for row in openpyxl.load_workbook(BytesIO(file)).active.values}
    assert rows["Bram"] == "07700 900222 (young person); 07700 900111 (parent or carer, Pat Ambler)"


def test_a_survey_is_planned_changed_and_closed_on_its_pages(survey, client) -> None:
    desk = at_desk(client, "mi_officer", survey)
    day = {"opens_on": (2, 8, 2027), "closes_on": (24, 9, 2027), "remind_1": (6, 9, 2027)}
    dates = {
        f"{name}_{part}": str(value)
        for name, values in day.items()
        for part, value in zip(("day", "month", "year"), values, strict=True)
    }

    twice = desk.post(reverse("plan_survey"), {"kind": "what_next", "academic_year": "2026", **dates})
    made = desk.post(reverse("plan_survey"), {"kind": "results_day", "academic_year": "2026", **dates})

    assert "There is one of that kind for that school year already" in words(twice)
    summer = Survey.objects.get(kind="results_day")
    assert (made.url, summer.title) == (reverse("survey_board", args=[summer.ref]), "Results day 2026-27")
    assert (summer.remind_on, summer.doors.count()) == ([date(2027, 9, 6)], 2)
    early = {**dates, "closes_on_year": "2026"}
    assert "must be on or after the first" in words(
        desk.post(reverse("change_survey", args=[summer.ref]), early)
    )
    assert "opens later" in words(desk.post(reverse("close_survey", args=[summer.ref]), follow=True))
    desk.post(reverse("close_survey", args=[survey.ref]))
    survey.refresh_from_db()
    assert survey.closes_on == date(2027, 3, 8)


def test_who_may_not_receive_returns_plans_nothing(survey) -> None:
    what = Planned("results_day", 2026, TODAY, TODAY)
    for role in ("manager", "caseworker"):
        with pytest.raises(NotPermitted):
            plan_survey(authority=survey.authority, what=what, by=make_user(role, survey.authority))
    officer = make_user("tracking_officer", survey.authority)
    with pytest.raises(NotRight):
        change_survey(survey=survey, what=Planned("", 0, TODAY, TODAY, (date(2027, 9, 9),)), by=officer)


def test_schools_behind_are_reminded_on_their_day_with_numbers_and_no_name(survey, settings) -> None:
    survey.remind_on = [TODAY]
    survey.save()
    make_user("school_user", survey.authority, establishment=school_of(survey))

    surveys_of_the_day(day=date(2027, 3, 8))
    surveys_of_the_day(day=TODAY)
    deliver()

    (sent,) = mail.outbox
    assert sent.subject == "What next? 2026-27: 2 of 4 have answered"
    assert not any(name in sent.body for name in (*NAMES, "Ambler", "Zed"))


def test_the_record_says_what_they_told_us_and_takes_consent_back(survey, client) -> None:
    person = YoungPerson.objects.get(given_name="Ada")
    desk = at_desk(client, "tracking_officer", survey)

    before = words(desk.get(reverse("person", args=[person.ref])))
    desk.post(reverse("withdraw_consent", args=[person.ref]))
    after = words(desk.get(reverse("person", args=[person.ref])))

    assert "Their school may be told in February" in before
    assert "wording what_next 2015-04-01 en" in before
    assert "taken back on 9 March 2027" in after
    assert SurveyAnswer.objects.filter(person=person).exists()
