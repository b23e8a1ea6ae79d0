"""The timer's call to empty the outbox."""

from celery import shared_task

from neet.messages import actions


@shared_task(ignore_result=True)
def deliver() -> None:
    """Send what is due."""
    actions.deliver()
