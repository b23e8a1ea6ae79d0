"""Confirming one or thousands, and taking a confirmation back."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection

from neet.audit.models import AuditEvent
from tests.factories import APPRENTICE, confirm, make_activity, make_authority, make_person, make_task
from tests.tracking.register.actions.conftest import TODAY
from tracking.register.actions.confirmations import (
    Confirmed,
    confirm_activities,
    confirm_activity,
    void_confirmation,
)
from tracking.register.kinds import Kind
from tracking.register.models import Confirmation, Situation
from tracking.register.refusals import NotPermitted, NotRight


def test_confirm_twice_is_one_row(officer, person):
    held = make_activity(person)

    first = confirm_activity(activity=held, on=TODAY, source="provider", by=officer)
    second = confirm_activity(activity=held, on=TODAY, source="provider", by=officer)

    assert first == second
    assert AuditEvent.objects.filter(kind=Kind.ACTIVITIES_CONFIRMED, counts={"repeated": 1}).count() == 1


@pytest.mark.parametrize("on", [TODAY + timedelta(days=1), date(2026, 8, 31), date(2026, 11, 2)])
def test_confirm_only_within_the_activity_and_not_ahead(officer, person, on):
    held = make_activity(person, ends_on=date(2026, 11, 1))

    with pytest.raises(NotRight):
        confirm_activity(activity=held, on=on, source="provider", by=officer)
    assert not Confirmation.objects.exists()


def test_confirm_many_takes_those_within_reach_in_one_statement(
    officer, authority, django_assert_num_queries
):
    own = [make_activity(make_person(authority)) for _ in range(30)]
    done_already = own[0]
    confirm(done_already, TODAY)
    ended = make_activity(make_person(authority), ends_on=date(2026, 10, 1))
    foreign = make_activity(make_person(make_authority()))
    ids = [each.pk for each in [*own, ended, foreign]]

    with django_assert_num_queries(9):
        told = confirm_activities(activity_ids=ids, on=TODAY, source="provider", by=officer)

    assert told == Confirmed(done=29, left=3)
    assert not foreign.confirmations.exists()
    event = AuditEvent.objects.get(kind=Kind.ACTIVITIES_CONFIRMED)
    assert (len(event.subjects), event.counts) == (29, {"confirmed": 29})


def test_confirming_answers_the_task_that_asked(officer, person):
    held = make_activity(person, APPRENTICE, date(2025, 11, 24), verified_on=date(2025, 11, 24))
    assert Situation.objects.get(person=person).lapses_on == date(2026, 11, 24)
    task = make_task(person, kind="lapsing", cause=f"{held.pk} 2026-11-24")

    confirm_activity(activity=held, on=TODAY, source="employer", by=officer)

    task.refresh_from_db()
    assert task.done_at is not None
    assert task.done_by == officer


def test_void_takes_a_confirmation_back_and_keeps_both(officer, person):
    held = make_activity(person, APPRENTICE, date(2026, 3, 2), verified_on=date(2026, 3, 2))
    mistaken = confirm(held, TODAY)

    void_confirmation(confirmation=mistaken, why="Wrong person", by=officer)
    void_confirmation(confirmation=mistaken, why="Wrong person", by=officer)

    assert Situation.objects.get(person=person).lapses_on == date(2027, 3, 2)
    assert held.confirmations.count() == 3
    assert AuditEvent.objects.filter(kind=Kind.CONFIRMATION_WITHDRAWN).first().why == "Wrong person"


def test_a_withdrawn_confirmation_may_be_given_again(officer, person):
    held = make_activity(person)
    mistaken = confirm(held, TODAY)
    void_confirmation(confirmation=mistaken, why="Wrong day", by=officer)

    again = confirm_activity(activity=held, on=TODAY, source="provider", by=officer)

    assert again != mistaken
    assert Situation.objects.get(person=person).verified_on == TODAY


def test_void_asks_why_and_never_voids_a_void(officer, person):
    mistaken = confirm(make_activity(person), TODAY)
    void = void_confirmation(confirmation=mistaken, why="Mistake", by=officer)

    with pytest.raises(NotRight):
        void_confirmation(confirmation=mistaken, why="", by=officer)
    with pytest.raises(NotRight):
        void_confirmation(confirmation=void, why="Second thoughts", by=officer)


def test_foreign_activities_are_not_confirmed_one_by_one_either(officer):
    foreign = make_activity(make_person(make_authority()))

    with pytest.raises(NotPermitted):
        confirm_activity(activity=foreign, on=TODAY, source="provider", by=officer)


def test_confirmations_are_only_ever_added_to(person):
    confirm(make_activity(person), TODAY)

    with (
        pytest.raises(DatabaseError, match=r"only ever added|permission denied"),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE tracking_confirmation SET verified_on = '2020-01-01'")
