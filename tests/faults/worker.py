"""A worker as the installation runs it, that waits seconds where the real one waits half a minute."""

import sys
from datetime import timedelta

import django
from celery.signals import worker_ready

django.setup()

from neet.celery import app  # noqa: E402  after Django is set up
from neet.jobs import actions  # noqa: E402
from neet.jobs.work import Heartbeat  # noqa: E402
from neet.launch.places import var  # noqa: E402

PATIENCE = timedelta(seconds=4)


def be_impatient() -> None:
    """Jobs whose worker is silent are taken over after seconds."""
    actions.ABANDONED_AFTER = actions.RING_AGAIN_AFTER = PATIENCE
    defaults = Heartbeat.__init__.__kwdefaults__
    assert defaults
    defaults["every"] = 0.5


def say_ready(**_: object) -> None:
    """It takes work from now on."""
    (var() / sys.argv[1]).touch()


if __name__ == "__main__":
    be_impatient()
    worker_ready.connect(say_ready)
    app.worker_main(
        [
            "worker",
            "--queues",
            "small,large",
            "--concurrency",
            "1",
            "--loglevel",
            "WARNING",
            "--hostname",
            sys.argv[1],
        ]
    )
