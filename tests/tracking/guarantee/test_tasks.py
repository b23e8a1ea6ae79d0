"""A cohort is set and taken back by jobs: once, whole or not at all, whatever becomes of the worker."""

import pytest
from django.db import transaction

from neet import clock
from neet.audit.models import AuditEvent
from neet.jobs import actions as jobs
from neet.jobs.models import Job
from neet.jobs.work import NoLongerMine
from tests.factories import make_user
from tests.tracking.guarantee.conftest import YEAR, YEAR_12
from tracking.guarantee import tasks
from tracking.guarantee.actions import approve, ask_to_approve, ask_to_take_back, propose
from tracking.guarantee.actions.setting import CannotSet
from tracking.guarantee.kinds import Kind
from tracking.guarantee.models import CohortFreeze, CohortMember
from tracking.register.models import Guarantee, YoungPerson
from tracking.state.queries import digests

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(council):
    for born in (None, YEAR_12, YEAR_12):
        council.pupil(**({"born": born} if born else {}))
    return propose(authority=council.authority, year=YEAR, by=council.proposer)


def standing():
    return CohortFreeze.objects.select_related("job").get()


def test_asked_for_twice_and_delivered_twice_it_is_set_once(council, proposal):
    job = ask_to_approve(freeze=proposal, by=council.manager)
    assert ask_to_approve(freeze=standing(), by=council.manager) is None
    assert ask_to_approve(freeze=proposal, by=council.manager) is None  # two pages at once
    for _ in range(2):
        jobs.run(job_id=job.pk)

    assert (standing().approved_by, standing().is_set) == (council.manager, True)
    assert AuditEvent.objects.filter(kind=Kind.COHORT_SET).count() == 1
    assert Job.objects.get().counts == {"people": 3}
    assert YoungPerson.objects.filter(has_guarantee=True).count() == Guarantee.objects.count() == 3


def test_a_worker_killed_after_its_end_was_saved_leaves_it_set_once(council, proposal):
    job = ask_to_approve(freeze=proposal, by=council.manager)
    work = jobs.take(job_id=job.pk)
    tasks.set_cohort(work)  # and dies before it can say so
    Job.objects.update(beat_at=clock.now() - 2 * jobs.ABANDONED_AFTER)
    jobs.run(job_id=job.pk)

    assert (Job.objects.get().state, Job.objects.get().counts) == (Job.State.DONE, {"people": 3})
    assert AuditEvent.objects.filter(kind=Kind.COHORT_SET).count() == 1


def test_killed_half_way_everything_is_as_before_and_another_worker_does_it(council, proposal, monkeypatch):
    monkeypatch.setattr("tracking.guarantee.actions.setting.AT_ONCE", 2)
    before = digests()
    job = ask_to_approve(freeze=proposal, by=council.manager)
    jobs.take(job_id=job.pk)
    heard = []

    def dies(done, total):
        heard.append((done, total))
        if done == 2:
            raise NoLongerMine

    with pytest.raises(NoLongerMine), transaction.atomic():
        approve(freeze=proposal, by=council.manager, tell=dies)
    assert (heard, digests() == before, standing().is_set) == ([(0, 3), (2, 3)], True, False)
    Job.objects.update(beat_at=clock.now() - 2 * jobs.ABANDONED_AFTER)
    jobs.run(job_id=job.pk)
    assert standing().is_set


def test_a_worker_that_lost_its_job_changes_nothing(council, proposal):
    before = digests()
    job = ask_to_approve(freeze=proposal, by=council.manager)
    work = jobs.take(job_id=job.pk)
    assert jobs.cancel(job=Job.objects.get(), by=council.manager)
    with pytest.raises(NoLongerMine):
        tasks.set_cohort(work)

    assert digests() == before
    assert not standing().is_set
    assert ask_to_approve(freeze=standing(), by=council.manager).pk != job.pk  # it may be asked for again


def test_who_may_not_approve_any_more_when_it_is_done_sets_nothing(council, proposal):
    job = ask_to_approve(freeze=proposal, by=council.manager)
    council.manager.memberships.all().delete()
    jobs.run(job_id=job.pk)

    assert Job.objects.get().error == "Somebody else approves the cohort: not who proposed it."
    assert not standing().is_set


def test_two_people_and_a_right_here_are_asked_before_a_job_begins(council, proposal):
    elsewhere = make_user("manager", name="Ann Elsewhere")
    for somebody in (council.proposer, council.officer, elsewhere):
        with pytest.raises(CannotSet):
            ask_to_approve(freeze=proposal, by=somebody)
    with pytest.raises(CannotSet):
        ask_to_take_back(freeze=proposal, why="Wrong", by=elsewhere)
    with pytest.raises(CannotSet, match="Enter why"):
        ask_to_take_back(freeze=proposal, why=" ", by=council.manager)
    assert not Job.objects.exists()


def test_taken_back_by_a_job_everything_is_as_before(council, proposal):
    before = digests()
    jobs.run(job_id=ask_to_approve(freeze=proposal, by=council.manager).pk)
    job = ask_to_take_back(freeze=standing(), why="Too early", by=council.proposer)
    assert ask_to_take_back(freeze=standing(), why="Too early", by=council.manager) is None
    work = jobs.take(job_id=job.pk)
    assert tasks.take_back(work) == tasks.take_back(work) == {"people": 3}

    assert (standing().withdrawn_by, standing().withdrawn_why) == (council.proposer, "Too early")
    assert not CohortMember.objects.exists()
    propose(authority=council.authority, year=YEAR, by=council.proposer)
    assert digests() == before
