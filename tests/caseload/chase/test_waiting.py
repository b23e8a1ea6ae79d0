"""Nobody is rung about what a school or college is about to tell us (R155)."""

from datetime import date, datetime

import pytest

from caseload.chase.queries.waiting import waiting_for_return, waiting_people
from caseload.chase.queries.whom import to_call
from caseload.chase.statements import Wanted
from neet import clock
from tests.factories import (
    SEEKING,
    make_activity,
    make_authority,
    make_collection,
    make_expected,
    make_person,
    make_school,
)
from tracking.register.models import YoungPerson

ON = date(2026, 9, 14)
DUE = date(2026, 9, 25)


@pytest.fixture
def autumn(town, monkeypatch):
    """The September in which everybody's last year has run out."""
    monkeypatch.setenv("DJANGO_NOW", "2026-09-14T09:30")
    town.collection = make_collection(town.authority, due_on=DUE, as_at=date(2026, 9, 14))
    return town


def student(town, place=None, **named):
    """Somebody whose college told us last in the autumn before."""
    person = make_person(town.authority, **named)
    make_activity(
        person, "230", date(2025, 9, 1), verified_on=date(2025, 9, 20), establishment=place or town.college
    )
    return person


def called(town, on=ON):
    return set(to_call(town.officer, Wanted("all"), on).values_list("pk", flat=True))


def test_whose_college_has_still_to_return_is_not_called(autumn):
    waits, other = student(autumn), student(autumn, make_school())
    assert called(autumn) == {waits.pk, other.pk}

    expected = make_expected(autumn.college, autumn.collection)

    assert called(autumn) == {other.pk}
    [row] = waiting_for_return(autumn.officer, ON)
    assert (row.ref, row.place, row.due_on, row.people) == (expected.ref, "Ambleford College", DUE, 1)


def test_what_says_nothing_of_those_who_go_on_is_not_waited_for(autumn):
    person = student(autumn)
    monthly = make_collection(autumn.authority, type="joiners_leavers", due_on=DUE, as_at=date(2026, 9, 14))
    make_expected(autumn.college, monthly)

    assert called(autumn) == {person.pk}
    assert waiting_for_return(autumn.officer, ON) == ()


@pytest.mark.parametrize(
    "answer",
    [
        {"sent_at": datetime(2026, 9, 13, tzinfo=clock.LONDON)},
        {"nil_at": datetime(2026, 9, 13, tzinfo=clock.LONDON)},
        {"waived_on": date(2026, 9, 13), "waived_why": "Closed"},
    ],
)
def test_what_was_answered_is_not_waited_for(autumn, answer):
    person = student(autumn)
    make_expected(autumn.college, autumn.collection, **answer)

    assert called(autumn) == {person.pk}
    assert waiting_for_return(autumn.officer, ON) == ()


@pytest.mark.parametrize(
    ("on", "waits"),
    [
        (date(2026, 9, 25), True),  # due today
        (date(2026, 9, 26), False),
        (date(2026, 9, 28), False),
    ],
)
def test_who_waited_for_a_late_return_is_called_again(autumn, on, waits):
    person = student(autumn)
    make_expected(autumn.college, autumn.collection)

    assert (person.pk not in called(autumn, on)) is waits


def test_more_time_given_is_more_time_waited(autumn):
    person = student(autumn)
    make_expected(autumn.college, autumn.collection, extended_to=date(2026, 10, 2))

    assert person.pk not in called(autumn, date(2026, 9, 30))
    assert person.pk in called(autumn, date(2026, 10, 5))


def test_a_return_far_off_or_not_asked_for_yet_is_not_waited_for(autumn):
    person = student(autumn)
    make_expected(autumn.college, make_collection(autumn.authority, due_on=date(2026, 12, 1), title="Spring"))
    make_expected(
        autumn.college, make_collection(autumn.authority, due_on=DUE, title="Draft", published_at=None)
    )

    assert called(autumn) == {person.pk}


def test_year_11_of_last_may_wait_for_their_old_schools_autumn_return(autumn):
    school = make_school(la_code=autumn.authority.code)
    left = make_person(autumn.authority, date_of_birth=date(2010, 3, 3))
    make_activity(left, "110", date(2021, 9, 1), ends_on=date(2026, 6, 30), establishment=school)
    older = make_person(autumn.authority, date_of_birth=date(2009, 3, 3))
    make_activity(older, "210", date(2021, 9, 1), ends_on=date(2026, 6, 30), establishment=school)

    make_expected(school, autumn.collection)

    assert called(autumn) == {older.pk}
    assert [row.people for row in waiting_for_return(autumn.officer, ON)] == [1]


def test_who_is_known_to_be_neet_waits_for_nothing(autumn):
    person = student(autumn)
    person.activities.update(ends_on=date(2026, 7, 1))
    make_activity(person, SEEKING, date(2026, 7, 2), verified_on=date(2026, 7, 2))
    make_expected(autumn.college, autumn.collection)

    assert person.pk in called(autumn)


def test_another_councils_return_keeps_nobody_of_ours(autumn):
    person = student(autumn)
    make_expected(autumn.college, make_collection(make_authority(), due_on=DUE))

    assert called(autumn) == {person.pk}


def test_a_council_may_be_asked_for_as_well_as_a_user(autumn):
    person = student(autumn)
    make_expected(autumn.college, autumn.collection)

    found = YoungPerson.objects.filter(waiting_people(autumn.authority, ON))
    assert [each.pk for each in found] == [person.pk]
