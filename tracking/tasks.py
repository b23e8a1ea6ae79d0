"""The timer's calls to this app, gathered from its rooms for the workers."""

from celery import shared_task

from neet import clock
from tracking.rights.actions.reading import raise_alarms


@shared_task(ignore_result=True)
def look_at_reading() -> None:
    """See whether anybody reads records out of the ordinary."""
    raise_alarms(at=clock.now())
