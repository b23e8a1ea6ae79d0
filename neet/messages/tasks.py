"""The timer's calls: fill and empty the outbox, and ask what became of what went."""

from celery import shared_task

from neet.messages import actions


@shared_task(ignore_result=True)
def deliver() -> None:
    """Send what is due, and before that have it put in."""
    actions.fill()
    actions.deliver()


@shared_task(ignore_result=True)
def follow() -> None:
    """Ask what became of what went."""
    actions.follow()
