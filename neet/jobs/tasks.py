"""The doorbell: Celery carries a number, the database says what it means."""

import logging

from django.db import transaction
from kombu.exceptions import OperationalError

from neet import clock
from neet.celery import app  # a web process rings too, and must know our broker
from neet.jobs import actions
from neet.jobs.models import Job

log = logging.getLogger(__name__)


@app.task(ignore_result=True)
def run_job(job_id: int) -> None:
    """Do one job."""
    actions.run(job_id=job_id)


@app.task(ignore_result=True)
def sweep_jobs() -> None:
    """Ring again for what waits or was left lying."""
    for job_id, queue in actions.sweep():
        _send(job_id, queue)


@app.task(ignore_result=True)
def do_due_work() -> None:
    """Do what today and the missed days ask."""
    actions.do_due_work(today=clock.today())


def ring(job: Job) -> None:
    """Have a worker take the job as soon as this transaction has committed. Without a broker it waits for the sweep."""
    transaction.on_commit(lambda: _send(job.pk, job.queue))


def _send(job_id: int, queue: str) -> None:
    try:
        run_job.apply_async(args=[job_id], queue=queue, retry=False, ignore_result=True)
    except OperationalError:
        log.warning("no broker to ring: a job waits for the sweep", extra={"about": {"job": job_id}})
