"""What is done a moment after an answer: looking for who gave it."""

from celery import shared_task

from returns.surveys.many.actions import finding


@shared_task(ignore_result=True)
def find_people(survey_id: int) -> None:
    """Look for the young people behind the answers of one survey that wait."""
    finding.find_people(survey_id=survey_id)


@shared_task(ignore_result=True)
def find_waiting() -> None:
    """Look in every survey whose answers wait."""
    finding.find_waiting()
