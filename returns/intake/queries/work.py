"""What goes on with a return beside the pages."""

from django.db.models import QuerySet

from neet.jobs.models import Job
from returns.intake.models import Intake

ROOM = "intake."


def work_of(intake: Intake) -> QuerySet[Job]:
    """What was asked for on a return, the newest first."""
    return Job.objects.filter(kind__startswith=ROOM, payload__intake=intake.pk)


def is_at_work(intake: Intake) -> bool:
    """Whether something is being done to it, or waits to be."""
    return work_of(intake).filter(state__in=Job.OPEN).exists()
