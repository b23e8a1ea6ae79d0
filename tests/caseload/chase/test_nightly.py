"""Three weeks before a short course ends the next step is somebody's task, once, until it is known."""

from datetime import date, timedelta

import pytest

from caseload.chase.actions.nightly import NEXT_STEP, tasks_of_the_day
from tests.caseload.chase.conftest import TODAY
from tests.factories import (
    make_activity,
    make_person,
    make_responsible,
    make_service,
    make_user,
)
from tracking.models import Task
from tracking.register.models import Activity

pytestmark = pytest.mark.django_db

COURSE, JOB = "530", "330"
ENDS = TODAY + timedelta(days=21)


def on_a_course(town, ends=ENDS, code=COURSE, **named):
    person = make_person(town.authority, **named)
    make_activity(person, code, date(2026, 11, 2), verified_on=date(2026, 11, 2), predicted_end_on=ends)
    return person


def test_a_short_course_is_a_task_of_whoever_leads_three_weeks_before_its_end(town):
    led, nobodys = on_a_course(town), on_a_course(town, TODAY)
    support = make_service(town.authority, name="NEET support")
    worker = make_user("caseworker", town.authority, service=support)
    make_responsible(led, service=support, user=worker)
    on_a_course(town, ENDS + timedelta(days=1))
    on_a_course(town, TODAY - timedelta(days=1))
    on_a_course(town, code=JOB)
    on_a_course(town, restricted_on=TODAY, restricted_reason="Refuge")

    assert tasks_of_the_day(day=TODAY) == {"tasks": 2, "done": 0}
    assert tasks_of_the_day(day=TODAY) == {"tasks": 0, "done": 0}

    task = Task.objects.get(person=led)
    assert (task.kind, task.service, task.owner, task.due_on) == (NEXT_STEP, support, worker, ENDS)
    assert "ends on 14 December 2026" in task.words
    assert Task.objects.get(person=nobodys).service is None


def test_an_end_that_moves_or_is_followed_by_something_is_no_task_any_more(town):
    moved, followed, done, over = (on_a_course(town) for _ in range(4))
    tasks_of_the_day(day=TODAY)
    Activity.objects.filter(person=moved).update(predicted_end_on=date(2027, 3, 1))
    Activity.objects.filter(person=followed).update(ends_on=TODAY)
    make_activity(followed, JOB, TODAY + timedelta(days=1))
    Task.objects.filter(person=done).update(done_at=Task.objects.get(person=done).opened_at)

    assert tasks_of_the_day(day=TODAY + timedelta(days=2)) == {"tasks": 0, "done": 2}
    assert tasks_of_the_day(day=ENDS + timedelta(days=3)) == {"tasks": 0, "done": 0}

    assert set(Task.objects.filter(done_at=None).values_list("person", flat=True)) == {over.pk}
    assert tasks_of_the_day(day=date(2027, 2, 10)) == {"tasks": 1, "done": 0}
    assert Task.objects.filter(person=moved).count() == 2
