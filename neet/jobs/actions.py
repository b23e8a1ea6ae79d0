"""Asking for long work, doing it once, and taking up what was left lying."""

import logging
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import Max, Q, QuerySet
from django.utils.module_loading import import_string

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import note, recorded
from neet.audit.kinds import Kind
from neet.jobs.models import DueWork, Job
from neet.jobs.work import Heartbeat, JobFailed, NoLongerMine, Work

log = logging.getLogger(__name__)

ABANDONED_AFTER = timedelta(seconds=30)
RING_AGAIN_AFTER = timedelta(seconds=30)
ATTEMPTS = 5
CATCH_UP_DAYS = 31
BROKEN = (
    "Something went wrong on our side. Nothing was changed. Quote the number {number} when you ask for help."
)
GAVE_UP = "The work was interrupted {attempts} times and was not tried again. Nothing was changed."

Does = Callable[[Work], dict[str, int] | None]


def submit(
    *,
    kind: str,
    by: User | None,
    authority_id: int | None,
    payload: dict[str, Any],
    queue: str = Job.Queue.SMALL,
) -> Job:
    """Write down long work to be done. The payload holds ids only. The door then rings for it (`tasks.ring`)."""
    if kind not in settings.JOB_KINDS:
        raise LookupError(f"{kind} is not in JOB_KINDS")
    with transaction.atomic():
        job = Job.objects.create(kind=kind, owner=by, authority_id=authority_id, payload=payload, queue=queue)
        note(Kind.JOB_SUBMITTED, by=by, authority_id=authority_id, why=kind, counts={"job": job.pk})
    return job


def run(*, job_id: int) -> None:
    """Do the job if it is free to take: once, however often it is asked for."""
    work = take(job_id=job_id)
    if work is None:
        return
    try:
        with Heartbeat(work):
            counts = _does(work)(work)
        _finish(work, Job.State.DONE, counts=counts or {})
    except NoLongerMine:
        log.warning("a job was taken away", extra={"about": {"job": work.job_id, "attempt": work.attempt}})
    except JobFailed as failure:
        _finish(work, Job.State.FAILED, error=str(failure))
    except (OperationalError, InterfaceError) as failure:
        _log(work, failure)  # the database went away: left as it is, the sweep hands it out again
    except IntegrityError as failure:
        _log(work, failure)
        if work.attempt > 1 or not _hand_back(work):
            _finish(work, Job.State.FAILED, error=BROKEN.format(number=work.job_id))
    except Exception as failure:
        _log(work, failure)
        _finish(work, Job.State.FAILED, error=BROKEN.format(number=work.job_id))


@transaction.atomic
def take(*, job_id: int) -> Work | None:
    """Begin an attempt: the job is waiting, or its worker gave no sign of life for half a minute."""
    quiet = Q(state=Job.State.RUNNING, beat_at__lt=clock.now() - ABANDONED_AFTER)
    free = Job.objects.filter(Q(state=Job.State.WAITING) | quiet, pk=job_id)
    job = free.select_for_update(skip_locked=True, of=("self",)).select_related("owner").first()
    if job is None:
        return None
    if job.owner and not job.owner.is_active:
        _end(job, Job.State.CANCELLED, "The account that asked for this was closed.")
        return None
    if job.attempt >= ATTEMPTS:
        _end(job, Job.State.FAILED, GAVE_UP.format(attempts=job.attempt))
        return None
    job.state, job.attempt = Job.State.RUNNING, job.attempt + 1
    job.started_at = job.beat_at = clock.now()
    job.save(update_fields=["state", "attempt", "started_at", "beat_at"])
    return Work(job.pk, job.attempt, job.payload, job.authority_id, job.owner)


def _hand_back(work: Work) -> bool:
    """What the work read may have been taken away by other work that ended meanwhile: it begins again, once, with the
    next sweep."""
    mine = Job.objects.filter(pk=work.job_id, attempt=work.attempt, state=Job.State.RUNNING)
    return bool(mine.update(state=Job.State.WAITING, rung_at=clock.now() - RING_AGAIN_AFTER))


def cancel(*, job: Job, by: User | None) -> bool:
    """Stop a job that is not over. What already committed stays; a running worker finds out before it writes."""
    with recorded(Kind.JOB_CANCELLED, by=by, authority_id=job.authority_id, counts={"job": job.pk}):
        return bool(_open_jobs().filter(pk=job.pk).update(state=Job.State.CANCELLED, finished_at=clock.now()))


def cancel_all_of(*, owner: User) -> int:
    """Stop everything somebody asked for: they no longer work here."""
    return _open_jobs().filter(owner=owner).update(state=Job.State.CANCELLED, finished_at=clock.now())


@transaction.atomic
def sweep() -> list[tuple[int, str]]:
    """The jobs to ring for (id, queue): waiting ones nobody was rung for lately, and those whose worker is gone.

    Each is marked as rung, so that two sweeps at once ring once.
    """
    long_ago = clock.now() - RING_AGAIN_AFTER
    waiting = Q(state=Job.State.WAITING) & (
        Q(rung_at__isnull=True, created_at__lt=long_ago) | Q(rung_at__lt=long_ago)
    )
    quiet = Q(state=Job.State.RUNNING, beat_at__lt=clock.now() - ABANDONED_AFTER)
    not_rung = Q(rung_at__isnull=True) | Q(rung_at__lt=long_ago)
    found = list(
        Job.objects.filter(waiting | (quiet & not_rung))
        .select_for_update(skip_locked=True)
        .order_by("id")
        .values_list("id", "queue")[:500]
    )
    Job.objects.filter(pk__in=[pk for pk, _ in found]).update(rung_at=clock.now())
    return found


def do_due_work(*, today: date) -> list[tuple[str, date]]:
    """Do what each day asks (settings.DUE_WORK), for today and for the days missed while nothing ran. Each day's work
    is done once, in one transaction with the mark that it is done, and is told its own day. Returns what was done.
    """
    return [
        (name, day)
        for name, path in settings.DUE_WORK.items()
        for day in _days_open(name, today)
        if _do_day(name, import_string(path), day)
    ]


def _days_open(name: str, today: date) -> list[date]:
    last = DueWork.objects.filter(name=name, done_at__isnull=False).aggregate(last=Max("day"))["last"]
    first = today if last is None else max(last + timedelta(days=1), today - timedelta(days=CATCH_UP_DAYS))
    return [first + timedelta(days=n) for n in range((today - first).days + 1)]


def _do_day(name: str, do: Callable[..., object], day: date) -> bool:
    DueWork.objects.bulk_create([DueWork(name=name, day=day)], ignore_conflicts=True)
    with transaction.atomic():
        due = (
            DueWork.objects.select_for_update(skip_locked=True)
            .filter(name=name, day=day, done_at=None)
            .first()
        )
        if due is None:
            return False
        do(day=day)
        due.done_at = clock.now()
        due.save(update_fields=["done_at"])
    return True


def _open_jobs() -> QuerySet[Job]:
    return Job.objects.filter(state__in=Job.OPEN)


def _does(work: Work) -> Does:
    kind = Job.objects.values_list("kind", flat=True).get(pk=work.job_id)
    return import_string(settings.JOB_KINDS[kind])


def _finish(work: Work, state: str, *, counts: dict[str, int] | None = None, error: str = "") -> None:
    Job.objects.filter(pk=work.job_id, attempt=work.attempt, state=Job.State.RUNNING).update(
        state=state,
        counts=counts or {},
        error=error,
        done=work.done,
        total=work.total,
        finished_at=clock.now(),
    )


def _end(job: Job, state: str, error: str) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, error=error, finished_at=clock.now())


def _log(work: Work, failure: Exception) -> None:
    log.error("a job broke", exc_info=failure, extra={"about": {"job": work.job_id, "attempt": work.attempt}})
