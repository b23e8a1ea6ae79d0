"""Long work is done once, or it is known why not."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, OperationalError

from neet import clock
from neet.jobs import actions
from neet.jobs.models import DueWork, Job
from neet.jobs.work import JobFailed, NoLongerMine, Work
from neet.logs import JsonLines
from tests.neet.accounts.factories import make_user

pytestmark = pytest.mark.django_db
done: list[object] = []
SOMEBODY = "Ann Other, 1 May 2009"


def counts_three(work: Work) -> dict[str, int]:
    done.append(work.payload["intake"])
    work.progress(3, 3)
    return {"rows": 3}


def refuses(work: Work) -> None:
    raise JobFailed("The file is empty.")


def breaks(work: Work) -> None:
    raise ValueError(SOMEBODY)


def loses_database(work: Work) -> None:
    raise OperationalError


def finds_it_gone(work: Work) -> dict[str, int]:
    if work.attempt <= work.payload["times"]:
        raise IntegrityError(SOMEBODY)
    return {"rows": 3}


def wakes_late(work: Work) -> None:
    Job.objects.update(attempt=work.attempt + 1)  # another worker took it over while this one slept
    work.still_mine()
    done.append("written")


def remembers_day(*, day: date) -> None:
    done.append(day)


@pytest.fixture(autouse=True)
def kinds(settings):
    done.clear()
    names = ["counts_three", "refuses", "breaks", "loses_database", "finds_it_gone", "wakes_late"]
    settings.JOB_KINDS = {f"tests.{name}": f"{__name__}.{name}" for name in names}
    settings.DUE_WORK = {"tests.day": f"{__name__}.remembers_day"}


def submitted(kind: str, **fields: object) -> Job:
    return actions.submit(
        **{"kind": f"tests.{kind}", "by": None, "authority_id": 1, "payload": {"intake": 7}, **fields}
    )


def ran(kind: str) -> Job:
    job = submitted(kind)
    actions.run(job_id=job.pk)
    job.refresh_from_db()
    return job


def test_run_does_the_work_and_keeps_what_it_counted():
    job = ran("counts_three")

    assert (job.state, job.counts, job.done, job.total) == ("done", {"rows": 3}, 3, 3)
    assert done == [7]


def test_run_does_nothing_when_the_same_bell_rings_twice():
    job = ran("counts_three")

    actions.run(job_id=job.pk)

    assert done == [7]


def test_run_shows_the_words_of_a_refusal():
    assert (job := ran("refuses")).state == Job.State.FAILED
    assert job.error == "The file is empty."


def test_run_names_nobody_when_something_breaks(caplog):
    job = ran("breaks")

    assert job.state == Job.State.FAILED
    assert str(job.pk) in job.error
    logged = JsonLines().format(caplog.records[-1])
    assert "Ann" not in job.error + logged
    assert "ValueError" in logged


def test_run_leaves_the_job_to_the_sweep_when_the_database_goes_away():
    assert ran("loses_database").state == Job.State.RUNNING


@pytest.mark.parametrize(("times", "state"), [(1, "done"), (2, "failed")])
def test_run_begins_again_once_where_other_work_took_away_what_was_read(times, state):
    job = submitted("finds_it_gone", payload={"times": times})

    actions.run(job_id=job.pk)
    assert Job.objects.get().state == Job.State.WAITING
    assert actions.sweep() == [(job.pk, job.queue)]
    actions.run(job_id=job.pk)

    assert Job.objects.get().state == state


def test_a_worker_that_wakes_up_late_writes_nothing():
    job = ran("wakes_late")

    assert done == []
    assert job.state == Job.State.RUNNING, "it belongs to the other worker"


def test_take_gives_a_job_of_a_silent_worker_to_another():
    job = submitted("counts_three")
    first = actions.take(job_id=job.pk)
    Job.objects.update(beat_at=clock.now() - timedelta(minutes=1))

    second = actions.take(job_id=job.pk)

    assert (first.attempt, second.attempt) == (1, 2)
    with pytest.raises(NoLongerMine):
        first.still_mine()
    second.still_mine()


def test_take_leaves_a_job_alone_whose_worker_is_alive():
    job = submitted("counts_three")
    actions.take(job_id=job.pk)

    assert actions.take(job_id=job.pk) is None


def test_take_gives_up_after_five_attempts():
    job = submitted("counts_three")
    Job.objects.update(attempt=actions.ATTEMPTS)

    assert actions.take(job_id=job.pk) is None
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert "5 times" in job.error


def test_a_cancelled_job_is_never_begun():
    job = submitted("counts_three")

    assert actions.cancel(job=job, by=None)

    actions.run(job_id=job.pk)
    assert done == []
    assert not actions.cancel(job=job, by=None), "it was over already"


def test_a_running_job_that_is_cancelled_stops_at_the_next_step():
    job = submitted("counts_three")
    work = actions.take(job_id=job.pk)
    actions.cancel(job=job, by=None)

    work.beat()

    with pytest.raises(NoLongerMine):
        work.progress(1)
    with pytest.raises(NoLongerMine):
        work.still_mine()


def test_nothing_is_done_or_delivered_for_somebody_who_left():
    owner = make_user()
    waiting, running = submitted("counts_three", by=owner), submitted("counts_three", by=owner)
    work = actions.take(job_id=running.pk)
    owner.is_active = False
    owner.save()

    assert actions.take(job_id=waiting.pk) is None
    with pytest.raises(NoLongerMine):
        work.still_mine()
    assert Job.objects.get(pk=waiting.pk).state == Job.State.CANCELLED


def test_sweep_rings_once_for_what_waits_and_for_what_was_left_lying():
    long_ago = clock.now() - timedelta(minutes=5)
    waiting, left, fresh = (submitted("counts_three", queue=queue) for queue in ("large", "small", "small"))
    actions.take(job_id=left.pk)
    Job.objects.exclude(pk=fresh.pk).update(created_at=long_ago)
    Job.objects.filter(pk=left.pk).update(beat_at=long_ago)

    assert actions.sweep() == [(waiting.pk, "large"), (left.pk, "small")]
    assert actions.sweep() == []


def test_submit_refuses_a_kind_nobody_declared():
    with pytest.raises(LookupError, match="unheard"):
        submitted("unheard")


def test_work_of_a_day_is_done_once_that_day():
    today = date(2026, 11, 22)

    assert actions.do_due_work(today=today) == [("tests.day", today)]
    assert actions.do_due_work(today=today) == []
    assert done == [today]


def test_days_missed_are_caught_up_each_under_its_own_date():
    actions.do_due_work(today=date(2026, 11, 19))
    done.clear()

    actions.do_due_work(today=date(2026, 11, 22))

    assert done == [date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)]


def test_work_of_a_day_that_fails_is_not_marked_as_done(settings):
    settings.DUE_WORK = {"tests.day": f"{__name__}.breaks_that_day"}

    with pytest.raises(ValueError, match="no"):
        actions.do_due_work(today=date(2026, 11, 22))

    assert not DueWork.objects.filter(done_at__isnull=False).exists()


def breaks_that_day(*, day: date) -> None:
    raise ValueError("no")
