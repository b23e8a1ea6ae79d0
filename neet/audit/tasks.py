"""The timer's call to close the trail."""

from celery import shared_task

from neet.audit.sealing import seal_events


@shared_task(ignore_result=True)
def seal() -> None:
    """Seal what is finished."""
    seal_events()
