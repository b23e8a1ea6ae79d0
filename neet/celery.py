"""The background workers: ids travel, one call is made; what is due stands in the database."""

import os

from celery import Celery
from celery.signals import task_prerun, worker_process_init
from django.db import close_old_connections

from neet.launch.processes import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "neet.settings")

app = Celery("neet")
app.config_from_object("django.conf:settings", namespace="CELERY")
# A new connection for every job plans everything anew; below we look after ours ourselves.
app.conf.CELERY_DB_REUSE_MAX = 1_000_000
app.autodiscover_tasks()

# Of the kernel's priorities: a return may wait a moment, an officer on the telephone may not.
BEHIND_THE_PAGES = 15


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
