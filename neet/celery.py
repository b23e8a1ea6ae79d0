"""The background workers: ids travel, one call is made; what is due stands in the database."""

import logging
import os

from celery import Celery
from celery.signals import setup_logging, task_prerun, worker_process_init
from django.db import close_old_connections

from neet.launch.processes import end_with_parent
from neet.logs import log_what_python_prints

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "neet.settings")

app = Celery("neet")
app.config_from_object("django.conf:settings", namespace="CELERY")
# A new connection for every job plans everything anew; below we look after ours ourselves.
app.conf.CELERY_DB_REUSE_MAX = 1_000_000
app.autodiscover_tasks()

# Of the kernel's priorities: a return may wait a moment, an officer on the telephone may not.
BEHIND_THE_PAGES = 15


@setup_logging.connect
def log_as_the_web_does(**_: object) -> None:
    """The lines of a worker and the timer are those of the settings, which Django has set by now; Celery's own would
    hold what tasks and errors say. What a library prints goes the same way."""
    log_what_python_prints()
    app.log.redirect_stdouts_to_logger(logging.getLogger("celery.redirected"), logging.WARNING)


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
