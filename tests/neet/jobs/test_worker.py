"""A real worker over a real broker: the bell is rung, the work is done, and a broker that forgets loses nothing."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.db import connection, transaction
from kombu import pools

from neet import clock
from neet.accounts.models import User
from neet.celery import BEHIND_THE_PAGES
from neet.celery import app as celery
from neet.jobs.actions import submit, take
from neet.jobs.models import Job
from neet.jobs.tasks import ring, sweep_jobs
from neet.jobs.work import Heartbeat
from neet.launch.valkey import Valkey

pytestmark = [pytest.mark.django_db(transaction=True)]
PATIENCE = 120


DOES = {"tests.marks": "tests.neet.jobs.doing.marks_the_owner"}


@pytest.fixture
def broker(settings) -> Iterator[redis.Redis]:
    valkey = Valkey()
    valkey.start()
    settings.JOB_KINDS = DOES
    before = celery.conf.broker_url
    ring_at(valkey.url.replace("unix://", "redis+socket://", 1))
    with redis.Redis(unix_socket_path=f"{valkey.folder}/socket") as asked:
        yield asked
    ring_at(before)
    valkey.stop()


def ring_at(broker_url: str) -> None:
    """Point this process at another broker, its open connections forgotten."""
    celery.pool.force_close_all()
    pools.reset()
    celery._pool = celery.amqp._producer_pool = None
    celery.conf.broker_url = celery.conf.broker_write_url = broker_url


@pytest.fixture
def worker(broker, tmp_path) -> Iterator[subprocess.Popen]:
    found = connection.settings_dict
    where = f"postgresql://{found['USER']}@/{found['NAME']}?host={found['HOST']}"
    (tmp_path / "worker_settings.py").write_text(f"from neet.settings import *\nJOB_KINDS = {DOES}\n")
    environment = {
        **os.environ,
        "DATABASE_URL": where,
        "REDIS_URL": celery.conf.broker_url.replace("redis+socket://", "unix://", 1),
        "DJANGO_SETTINGS_MODULE": "worker_settings",
        "PYTHONPATH": f"{tmp_path}:{os.getcwd()}",
    }
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "neet.celery",
        "--skip-checks",
        "worker",
        "--concurrency",
        "1",
    ]
    process = subprocess.Popen(
        [*command, "--queues", "small", "--loglevel", "ERROR", "--without-gossip", "--without-mingle"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield process
    process.kill()
    process.wait()


def waits_until(job: Job, state: str) -> Job:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        job.refresh_from_db()
        if job.state == state:
            return job
        connection.close()
        time.sleep(0.1)
    raise AssertionError(f"the job is {job.state}, not {state}")


def submitted() -> tuple[Job, User]:
    user = User.objects.create_user("worker@example.org", name="Wo Worker")
    return submit(kind="tests.marks", by=user, authority_id=1, payload={"user": user.pk}), user


def test_a_beat_does_not_wait_for_work_that_holds_its_own_row(settings) -> None:
    settings.JOB_KINDS = DOES
    job = submit(kind="tests.marks", by=None, authority_id=None, payload={})
    work = take(job_id=job.pk)
    assert work

    with transaction.atomic():
        work.still_mine()
        with Heartbeat(work, every=0.01):
            time.sleep(0.2)

    work.beat()
    assert not work.lost.is_set()


def test_the_bell_is_rung_and_the_work_is_done(worker):
    job, user = submitted()
    ring(job)

    assert waits_until(job, Job.State.DONE).counts == {"people": 1}
    user.refresh_from_db()
    assert user.telephone == "1"


def test_jobs_stand_behind_pages(worker):
    job, _ = submitted()
    ring(job)
    waits_until(job, Job.State.DONE)

    pool = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
    own = os.getpriority(os.PRIO_PROCESS, 0)
    behind = min(own + BEHIND_THE_PAGES, 19)  # nothing stands further behind
    assert own < behind
    assert {os.getpriority(os.PRIO_PROCESS, int(pid)) for pid in pool} == {behind}


def test_jobs_share_a_connection_and_outlive_one_that_ended(worker):
    user = User.objects.create_user("worker@example.org", name="Wo Worker")
    used = []
    for _ in range(3):
        job = submit(kind="tests.marks", by=user, authority_id=1, payload={"user": user.pk})
        ring(job)
        waits_until(job, Job.State.DONE)
        used.append(connections_of_others())
        if len(used) == 2:
            end(used[-1])

    assert used[0] == used[1]
    assert not used[2] & used[1]


def connections_of_others() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
            " and backend_type = 'client backend'"
        )
        return {pid for (pid,) in cursor.fetchall()}


def end(pids: set[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(pid) from unnest(%s) pid", [list(pids)])


def test_a_broker_that_forgot_everything_loses_nothing(broker, request):
    job, _ = submitted()
    ring(job)
    assert broker.llen("small") == 1
    broker.flushall()
    Job.objects.update(created_at=clock.now() - timedelta(minutes=1))

    sweep_jobs()
    assert broker.llen("small") == 1
    request.getfixturevalue("worker")

    assert waits_until(job, Job.State.DONE).attempt == 1


def test_without_a_broker_the_work_waits_and_nobody_sees_an_error(broker, settings):
    ring_at("redis+socket:///nowhere/at/all")
    job, _ = submitted()

    ring(job)

    job.refresh_from_db()
    assert job.state == Job.State.WAITING
