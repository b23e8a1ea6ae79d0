"""The background workers: ids travel, one call is made; what is due stands in the database."""

import os

from celery import Celery
from celery.signals import worker_process_init

from neet.launch.processes import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "neet.settings")

app = Celery("neet")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def end_with_worker(**_: object) -> None:
    """A pool process must not outlive its worker: nobody would look after it."""
    end_with_parent()
