"""The background workers: ids travel, one call is made; what is due stands in the database."""

import os

from celery import Celery
from celery.signals import task_prerun, worker_process_init
from django.db import close_old_connections

from neet.launch.processes import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "neet.settings")

app = Celery("neet")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.CELERY_DB_REUSE_MAX = (
    1_000_000  # a new connection for every job plans everything anew; ours look after theirs
)
app.autodiscover_tasks()


BEHIND_THE_PAGES = (
    10  # of the kernel's priorities: a return may wait a moment, an officer on the telephone may not
)


@worker_process_init.connect
def begin_behind_the_pages(**_: object) -> None:
    """A pool process must not outlive its worker: nobody would look after it. Where both want the processor, pages go
    before jobs."""
    end_with_parent()
    os.nice(BEHIND_THE_PAGES)


@task_prerun.connect
def with_a_connection_that_lives(**_: object) -> None:
    """A job uses the connection of the one before, where it is not too old and answers."""
    close_old_connections()
