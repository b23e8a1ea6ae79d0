"""What the turn of a day brings about: situations that move on, tasks opened and closed, all of it once."""

from datetime import date, timedelta

import pytest
from django.db import connection

from neet.audit.models import AuditEvent
from tests.factories import (
    APPRENTICE,
    COLLEGE,
    SEEKING,
    confirm,
    make_activity,
    make_objection,
    make_person,
    make_task,
)
from tests.tracking.register.actions.conftest import TODAY
from tracking.reference.queries import ruleset
from tracking.register.actions.nightly import sweep
from tracking.register.kinds import Kind
from tracking.register.models import Situation, Task, YoungPerson
from tracking.register.queries.standing import Facts, standing
from tracking.rules.codes import Status


def move_clock(monkeypatch, day):
    monkeypatch.setenv("DJANGO_NOW", f"{day}T10:00")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('neet.clock_offset', (%s::timestamptz - now())::text, true)", [f"{day} 10:00"]
        )


def status(person, on):
    held = Situation.objects.get(person=person)
    facts = Facts(held.code, held.starts_on, held.ends_on, held.lapses_on)
    return standing(facts, ruleset(on), on).status


def test_the_day_after_it_lapses_the_person_is_not_known_with_no_one_touching_the_record(person):
    make_activity(person, APPRENTICE, date(2025, 11, 20), verified_on=date(2025, 11, 20))

    assert status(person, TODAY) is Status.EET
    assert status(person, TODAY + timedelta(days=1)) is Status.NOT_KNOWN


def test_what_was_told_ahead_holds_from_its_day(person, monkeypatch):
    make_activity(person, SEEKING, date(2026, 9, 1), ends_on=date(2026, 11, 22))
    make_activity(person, APPRENTICE, date(2026, 11, 23), verified_on=TODAY)
    assert status(person, TODAY) is Status.NEET

    move_clock(monkeypatch, date(2026, 11, 23))
    swept = sweep(day=date(2026, 11, 23))

    assert swept.situated == 1
    held = Situation.objects.get(person=person)
    assert (held.code, held.lapses_on) == (APPRENTICE, date(2027, 11, 23))
    assert Task.objects.get(kind="check_started").due_on == date(2026, 11, 23)
    assert sweep(day=date(2026, 11, 23)).situated == 0


def test_an_ended_activity_leaves_them_not_known(person, monkeypatch):
    make_activity(person, SEEKING, date(2026, 9, 1), ends_on=TODAY)
    assert status(person, TODAY + timedelta(days=1)) is Status.NOT_KNOWN

    move_clock(monkeypatch, TODAY + timedelta(days=1))
    sweep(day=TODAY + timedelta(days=1))

    assert Situation.objects.get(person=person).code == ""
    assert status(person, TODAY + timedelta(days=1)) is Status.NOT_KNOWN


@pytest.mark.parametrize(("ahead", "opened"), [(30, 1), (31, 0), (0, 1)])
def test_a_task_asks_thirty_days_before_it_lapses(person, ahead, opened):
    lapses = TODAY + timedelta(days=ahead)
    make_activity(person, APPRENTICE, lapses.replace(year=lapses.year - 1))

    first, second = sweep(day=TODAY), sweep(day=TODAY)

    assert (first.lapsing, second.lapsing) == (opened, 0)
    assert [task.due_on for task in Task.objects.filter(kind="lapsing")] == [lapses] * opened


@pytest.mark.parametrize(
    ("last_day", "due_on"), [(TODAY - timedelta(days=1), TODAY), (date(2026, 3, 1), date(2026, 12, 4))]
)
def test_a_task_is_due_on_its_own_day_and_never_born_overdue(person, last_day, due_on):
    make_activity(person, APPRENTICE, last_day.replace(year=last_day.year - 1))

    sweep(day=TODAY)

    assert Task.objects.get(kind="lapsed").due_on == due_on


def test_tasks_close_when_somebody_leaves_the_cohort_but_what_a_colleague_asked_stays(person):
    make_activity(person, APPRENTICE, date(2025, 11, 1))
    make_task(person, "Give back the folder")
    sweep(day=TODAY)
    YoungPerson.objects.filter(pk=person.pk).update(cohort_status="T")

    swept = sweep(day=TODAY)

    assert swept.closed == 1
    assert [task.words for task in Task.objects.filter(done_at=None)] == ["Give back the folder"]


@pytest.mark.parametrize(("cohort_status", "asked"), [("P", 1), ("T", 0)])
def test_only_those_in_the_cohort_are_asked_about_an_objection_at_16(authority, cohort_status, asked):
    grown = make_person(authority, date_of_birth=date(2009, 3, 14), cohort_status=cohort_status)
    make_objection(grown, made_by="parent", made_on=date(2023, 5, 1))

    assert sweep(day=TODAY).asked_at_16 == asked
    assert all(task.due_on == TODAY + timedelta(days=14) for task in Task.objects.filter(kind="ask_at_16"))


def test_whoever_lapses_with_the_school_year_waits_for_the_return_first(person):
    make_activity(person, COLLEGE, date(2025, 9, 1), predicted_end_on=date(2027, 7, 1))

    assert sweep(day=date(2026, 8, 20)).lapsing == 0
    assert sweep(day=date(2026, 9, 20)).lapsed == 0
    assert sweep(day=date(2026, 12, 15)).lapsed == 1


def test_tasks_close_when_a_later_record_answers_them(person):
    held = make_activity(person, APPRENTICE, date(2025, 11, 1))
    sweep(day=TODAY)
    confirm(held, TODAY)

    swept = sweep(day=TODAY)

    assert (swept.closed, swept.lapsed) == (1, 0)
    assert Task.objects.get().outcome == "Answered by a later record"


def test_people_outside_the_cohort_make_no_tasks(authority):
    gone = make_person(authority, cohort_status="T", transferred_to_la="886")
    make_activity(gone, APPRENTICE, date(2025, 11, 1))

    assert sweep(day=TODAY).lapsed == 0


def test_the_sweep_costs_the_same_for_one_and_for_many(authority, django_assert_num_queries):
    for _ in range(20):
        make_activity(make_person(authority), APPRENTICE, date(2025, 11, 1))
    ruleset(TODAY)

    with django_assert_num_queries(13):
        sweep(day=TODAY)
    assert AuditEvent.objects.get(kind=Kind.NIGHTLY_SWEEP).counts["lapsed"] == 20
