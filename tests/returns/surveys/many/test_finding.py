"""Who answered: beyond doubt at once, doubtful ones by an officer, and what follows of it in the register and back."""

from datetime import date

import pytest
from django.urls import reverse

from neet.audit.models import AuditEvent
from returns.surveys.many.actions.deciding import choose, look_again, nobody, set_aside, take_back
from returns.surveys.many.actions.finding import find_people, find_waiting
from returns.surveys.many.actions.nightly import surveys_of_the_day
from returns.surveys.many.tasks import find_people as find_task
from returns.surveys.models import SurveyAnswer, SurveyDoor
from tests.factories import make_objection, make_user, sign_in
from tests.returns.surveys.many.classroom import (
    NOW,
    TODAY,
    answer,
    door_of,
    make_here,
    make_pupil,
    make_survey,
)
from tracking.register.models import Claim, Consent, ContactPoint, Task, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight
from tracking.state.queries import digests

pytestmark = pytest.mark.django_db
DOUBTFUL = {"given_name": "Joanna", "family_name": "Ambler"}


@pytest.fixture
def door(monkeypatch) -> SurveyDoor:
    monkeypatch.setenv("DJANGO_NOW", NOW)
    authority, school = make_here()
    return door_of(make_survey(authority, asks_upn=True), school)


@pytest.fixture
def pupil(door) -> YoungPerson:
    named = {"given_name": "Juno", "family_name": "Quillfeather", "upn": "A123456789012"}
    return make_pupil(door.establishment, door.survey.authority, **named)


@pytest.fixture
def officer(door):
    return make_user("tracking_officer", door.survey.authority)


def found(door) -> SurveyAnswer:
    find_people(survey_id=door.survey_id)
    return SurveyAnswer.objects.filter(replaced_by=None).latest("pk")


def test_what_they_say_of_themselves_goes_on_their_record(door, pupil) -> None:
    make_objection(pupil)  # what institutions pass on; what they tell us themselves it does not touch
    answer(door, consent="on", telephone="07700 900001", email="j@example.org", help="yes")

    kept = found(door)

    pupil.refresh_from_db()
    assert (kept.person, kept.found, kept.sure) == (pupil, "linked", 1.0)
    assert pupil.intended_destination == "121"
    points = ContactPoint.objects.order_by("kind").values_list("kind", "value", "whose", "from_institution")
    assert list(points) == [
        ("email", "j@example.org", "young_person", False),
        ("mobile", "07700 900001", "young_person", False),
    ]
    consent = Consent.objects.get()
    assert (consent.person, consent.wording, consent.given_on) == (pupil, "what_next 2015-04-01 en", TODAY)
    task = Task.objects.get(kind="survey_help")
    assert (task.person, task.due_on) == (pupil, date(2027, 3, 10))
    event = AuditEvent.objects.get(kind="surveys.answer_taken_over")
    assert (event.subjects, kept.applied_event) == ([pupil.pk], event.pk)
    assert not Claim.objects.exists()
    assert find_people(survey_id=door.survey_id) == 0


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({"given_name": "JUNO", "family_name": "Quill-feather"}, "linked"),
        ({"upn_end": "9012"}, "linked"),
        ({"upn_end": "0000"}, "doubtful"),
        ({"family_name": "Quilfeather"}, "doubtful"),
        ({"given_name": "Zed", "family_name": "Nobody", "born_on_day": "1"}, "unknown"),
    ],
)
def test_how_sure_one_is(door, pupil, changed, state) -> None:
    answer(door, **changed)

    assert found(door).found == state


def test_namesakes_of_one_birthday_are_never_told_apart_unseen(door, pupil) -> None:
    named = {"given_name": "Juno", "family_name": "Quillfeather", "upn": "B123456780000"}
    make_pupil(door.establishment, door.survey.authority, **named)
    answer(door)

    kept = found(door)

    assert (kept.found, kept.person, kept.candidates.count()) == ("doubtful", None, 2)
    assert not ContactPoint.objects.exists()


def test_help_asked_by_somebody_not_found_is_a_task_all_the_same(door, pupil, officer, client) -> None:
    answer(door, given_name="Zed", family_name="Nobody", born_on_day="1", help="yes")
    kept = found(door)
    task = Task.objects.get()
    assert (task.person, task.kind, task.due_on) == (None, "survey_help", date(2027, 3, 10))
    desk = sign_in(client, officer)

    listed = desk.get(reverse("tasks")).content.decode()
    opened = desk.get(reverse("survey_help", args=[task.pk]))
    assert reverse("survey_help", args=[task.pk]) in listed
    assert opened.url == reverse("survey_answer", args=[kept.pk])
    desk.post(opened.url, {"number": pupil.young_person_id})

    assert list(Task.objects.filter(done_at=None).values_list("person", flat=True)) == [pupil.pk]
    kept.refresh_from_db()
    assert (kept.found, kept.person, kept.decided_by) == ("chosen", pupil, officer)


def test_who_answers_again_says_what_counts(door, pupil) -> None:
    answer(door, consent="on", destination="111")
    find_people(survey_id=door.survey_id)
    answer(door, destination="211")

    found(door)

    pupil.refresh_from_db()
    assert pupil.intended_destination == "211"
    assert Consent.objects.get().withdrawn_on == TODAY


def test_an_officer_decides_takes_back_and_sets_aside(door, pupil, officer) -> None:
    before = digests()
    answer(door, family_name="Quilfeather", consent="on", telephone="07700 900001")
    kept = found(door)

    chosen = choose(answer=kept, person=pupil, by=officer)
    assert (chosen.found, Consent.objects.count(), ContactPoint.objects.count()) == ("chosen", 1, 1)
    with pytest.raises(NotRight):
        nobody(answer=kept, by=officer)
    again = take_back(answer=kept, by=officer)

    assert (again.found, again.person) == ("doubtful", None)
    assert digests() == before
    assert nobody(answer=kept, by=officer).found == "unknown"
    assert set_aside(answer=kept, by=officer).found == "set_aside"
    assert look_again(answer=kept, by=officer).found == ""
    assert found(door).found == "doubtful"


def test_nobody_else_decides(door, pupil) -> None:
    answer(door, family_name="Quilfeather")
    kept = found(door)
    elsewhere = make_user("tracking_officer", make_here("Elsewhere")[0])
    caseworker = make_user("manager", door.survey.authority)

    for stranger in (elsewhere, caseworker):
        with pytest.raises(NotPermitted):
            choose(answer=kept, person=pupil, by=stranger)


def test_a_restricted_record_is_found_and_shown_to_no_officer(door, pupil, officer, client) -> None:
    YoungPerson.objects.update(restricted_on=TODAY, restricted_reason="Must not be found")
    answer(door, family_name="Quilfeather")
    kept = found(door)

    desk = sign_in(client, officer)

    assert kept.found == "doubtful"
    assert "Quillfeather" not in desk.get(reverse("survey_who", args=[door.survey.ref])).content.decode()


def test_results_day_answers_are_statements_to_confirm(door, pupil) -> None:
    summer = make_survey(
        door.survey.authority, kind="results_day", academic_year=2025, opens_on=date(2027, 3, 1)
    )
    pupil.date_of_birth = date(2010, 3, 14)
    pupil.save()
    pupil.activities.update(starts_on=date(2025, 9, 1))
    results = door_of(summer, door.establishment)
    answer(results, pupil, doing="230", place="Amble College")
    answer(results, pupil, doing="310", place="Mill Garage")
    find_people(survey_id=summer.pk)

    answer(results, pupil, doing="help")
    find_people(survey_id=summer.pk)

    said = Claim.objects.order_by("pk").values_list("code", "place", "state", "said_by", "channel")
    assert list(said) == [("310", "Mill Garage", "set_aside", "young_person", "results_day")]
    assert Task.objects.get().words == "They ask for help after results day"


def test_the_sweep_finds_what_was_not_heard_of_and_the_night_looks_once_more(door, pupil) -> None:
    answer(door)
    assert find_waiting() == 1
    assert find_waiting() == 0
    answer(door, given_name="Ada", family_name="Late")
    find_task(door.survey_id)
    assert SurveyAnswer.objects.latest("pk").found == "unknown"
    late = make_pupil(door.establishment, door.survey.authority, given_name="Ada", family_name="Late")

    surveys_of_the_day(day=TODAY)

    assert SurveyAnswer.objects.latest("pk").person == late
