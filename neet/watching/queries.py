"""How things stand, in numbers: work that waits, messages that wait, days left behind, events not yet sealed."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Max, Min, Q
from kombu.exceptions import OperationalError

from neet.audit.kinds import Kind
from neet.audit.models import AuditEvent, Seal
from neet.celery import app
from neet.jobs.models import DueWork, Job
from neet.messages.models import Message

LATELY = timedelta(days=1)
AN_HOUR = timedelta(hours=1)
BROKER_ANSWERS_WITHIN = 1.0
REFUSED = (Kind.SIGN_IN_FAILED, Kind.SECOND_FACTOR_FAILED, Kind.ACCESS_REFUSED)


@dataclass(frozen=True, slots=True)
class Measure:
    """One number and what it counts; `labels` tell measures of one name apart."""

    name: str
    about: str
    value: float
    labels: tuple[tuple[str, str], ...] = ()


def measures(at: datetime) -> Iterator[Measure]:
    """Every number there is at a moment, in a fixed handful of statements. Ages are seconds, sizes bytes."""
    yield from _jobs(at)
    yield from _outbox(at)
    yield from _due_work(at)
    yield from _audit(at)
    yield Measure("neet_database_bytes", "Size of the database", _database_size())
    yield Measure("neet_storage_free_bytes", "Room left where files are stored", _room_left())


def unready() -> tuple[str, ...]:
    """What is missing before this host can serve: nothing where it can. Without a broker pages work and jobs wait, so a
    missing one is no reason to send people elsewhere."""
    found = []
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        found.append("the database is not at this version")
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    if _room_left() < settings.LEAST_ROOM:
        found.append("there is hardly any room left for files")
    return tuple(found)


def broker_answers() -> bool:
    """Whether the messenger of jobs can be reached now."""
    try:
        with app.connection_for_write(connect_timeout=BROKER_ANSWERS_WITHIN) as link:
            link.ensure_connection(max_retries=1, timeout=BROKER_ANSWERS_WITHIN)
    except (OperationalError, OSError):
        return False
    return True


def _jobs(at: datetime) -> Iterator[Measure]:
    for queue in Job.Queue.values:
        found = Job.objects.filter(queue=queue).aggregate(
            waiting=Count("pk", filter=Q(state=Job.State.WAITING)),
            running=Count("pk", filter=Q(state=Job.State.RUNNING)),
            failed=Count("pk", filter=Q(state=Job.State.FAILED, finished_at__gt=at - LATELY)),
            oldest=Min("created_at", filter=Q(state=Job.State.WAITING)),
        )
        labels = (("queue", queue),)
        for state in ("waiting", "running"):
            yield Measure("neet_jobs", "Jobs that are open", found[state], (*labels, ("state", state)))
        yield Measure("neet_jobs_failed_lately", "Jobs that failed within a day", found["failed"], labels)
        yield Measure(
            "neet_jobs_oldest_seconds", "Age of the oldest waiting job", _age(found["oldest"], at), labels
        )


def _outbox(at: datetime) -> Iterator[Measure]:
    state = Message.State
    found = Message.objects.aggregate(
        waiting=Count("pk", filter=Q(state=state.WAITING, due_at__lte=at)),
        oldest=Min("due_at", filter=Q(state=state.WAITING, due_at__lte=at)),
        failed=Count("pk", filter=Q(state__in=[state.FAILED, state.UNSURE], created_at__gt=at - LATELY)),
    )
    yield Measure("neet_messages_waiting", "Messages that are due", found["waiting"])
    yield Measure("neet_messages_oldest_seconds", "Age of the oldest of them", _age(found["oldest"], at))
    yield Measure("neet_messages_failed_lately", "Messages of a day that could not be sent", found["failed"])


def _due_work(at: datetime) -> Iterator[Measure]:
    last = dict(
        DueWork.objects.filter(done_at__isnull=False).values_list("name").annotate(last=Max("day")).order_by()
    )
    for name in sorted(settings.DUE_WORK):
        behind = (at.date() - last[name]).days if name in last else -1
        about = "Days since each day's work was done; -1 where never"
        yield Measure("neet_due_work_behind_days", about, behind, (("work", name),))


def _audit(at: datetime) -> Iterator[Measure]:
    refused = AuditEvent.objects.filter(kind__in=REFUSED, at__gt=at - AN_HOUR).count()
    sealed = Seal.objects.aggregate(last=Max("at"))["last"]
    yield Measure("neet_refused_lately", "Sign-ins and pages refused within an hour", refused)
    yield Measure("neet_seal_age_seconds", "Time since the audit trail was last sealed", _age(sealed, at))


def _age(since: datetime | None, at: datetime) -> float:
    return max((at - since).total_seconds(), 0.0) if since else 0.0


def _database_size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _room_left() -> int:
    folder = settings.MEDIA_ROOT
    return shutil.disk_usage(folder if folder.exists() else settings.VAR).free
