"""Several at once: the same return sent twice, a newer version sent while an older goes in, a task that comes late."""

import threading
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection, connections

from neet.jobs.actions import run
from neet.jobs.models import Job
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.applying import ask_to_confirm, confirm
from returns.intake.actions.taking_back import withdraw
from returns.intake.models import Intake
from tests.factories import make_activity, make_intake, make_person
from tests.returns.intake.ready import YEAR_START, looked_at, make_asked, row
from tracking.models import Activity, Confirmation, YoungPerson

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 120


@pytest.fixture(autouse=True)
def clock_of_the_return(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-09-20T10:00")


@pytest.fixture
def asked() -> Iterator[ExpectedReturn]:
    yield make_asked()
    connection.close()


def ready(asked: ExpectedReturn, *pupils: YoungPerson, **clean: str) -> Intake:
    intake = make_intake(asked, notice_issued_on=YEAR_START)
    for each in pupils:
        row(intake, each, **clean)
    row(intake, None, **clean)
    return looked_at(intake)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """All of them in threads of their own, let go together; what each gave, or the exception it ended with."""
    together, found = threading.Barrier(len(acts)), [None] * len(acts)

    def do(number: int, act: Callable[[], Any]) -> None:
        together.wait()
        try:
            found[number] = act()
        except Exception as ended:
            found[number] = ended
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=(number, act)) for number, act in enumerate(acts)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(PATIENCE)
    return found


def test_two_browsers_send_it_once(asked: ExpectedReturn) -> None:
    person = make_person(asked.collection.authority, date_of_birth=date(2010, 1, 5))
    intake = ready(asked, person)

    first, second = at_once(*[lambda: confirm(intake=intake, by=None)] * 2)

    assert first.event_id == second.event_id
    assert (Activity.objects.count(), Confirmation.objects.count(), YoungPerson.objects.count()) == (2, 2, 2)


def test_a_task_delivered_twice_at_once_is_done_once(asked: ExpectedReturn) -> None:
    job = ask_to_confirm(intake=ready(asked), by=None)
    assert job

    at_once(*[lambda: run(job_id=job.pk)] * 3)

    job.refresh_from_db()
    assert (job.state, job.attempt, YoungPerson.objects.count()) == (Job.State.DONE, 1, 1)


def test_a_task_that_comes_after_a_newer_version_changes_nothing(asked: ExpectedReturn) -> None:
    late = ready(asked, course="Maths")
    job = ask_to_confirm(intake=late, by=None)
    assert job
    Intake.objects.filter(pk=late.pk).update(state=Intake.State.WITHDRAWN)  # as a newer file sets it aside
    newer = ready(asked, course="Music")
    confirm(intake=newer, by=None)

    run(job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.FAILED, "This return cannot be changed: it was set aside.")
    assert Activity.objects.get().course == "Music"


def test_versions_sent_together_follow_each_other(asked: ExpectedReturn) -> None:
    person = make_person(asked.collection.authority, date_of_birth=date(2010, 1, 5))
    make_activity(person, "110", date(2025, 9, 1))
    versions = []
    for course in ("Maths", "Music"):
        intake = make_intake(asked)
        row(intake, person, course=course)
        versions.append(looked_at(intake))

    def send(intake: Intake) -> Intake:
        try:
            return confirm(intake=intake, by=None)
        except Exception:  # it changed since this one was looked at: looked at again, sent again
            return confirm(intake=intake, by=None)

    at_once(lambda: send(versions[0]), lambda: send(versions[1]))

    last = max(Intake.objects.all(), key=lambda each: each.event_id or 0)
    assert Intake.objects.filter(state=Intake.State.CONFIRMED).count() == 2
    assert person.activities.filter(ends_on=None).count() == 1
    assert person.activities.get(ends_on=None).course == last.rows.get().clean["course"]


def test_sent_and_taken_back_together_ends_in_one_of_the_two(asked: ExpectedReturn) -> None:
    intake = ready(asked)
    confirm(intake=intake, by=None)

    found = at_once(*[lambda: withdraw(intake=intake, by=None)] * 2)

    assert sum(isinstance(each, Exception) for each in found) == 1
    assert not YoungPerson.objects.exists()


def test_two_schools_add_the_same_newcomer_once(asked: ExpectedReturn) -> None:
    other = make_asked(authority=asked.collection.authority)
    intakes = [ready(asked), ready(other)]

    at_once(*[lambda each=each: confirm(intake=each, by=None) for each in intakes])

    assert YoungPerson.objects.count() == 1
    assert sorted(Intake.objects.values_list("rows__outcome", flat=True)) == ["doubtful", "new_person"]
