"""Reading long work."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.jobs.models import Job
from neet.ui.parts import Pace, Progress

PACES = {
    Job.State.WAITING: Pace.WAITING,
    Job.State.RUNNING: Pace.RUNNING,
    Job.State.DONE: Pace.FINISHED,
    Job.State.FAILED: Pace.FAILED,
    Job.State.CANCELLED: Pace.CANCELLED,
}


def jobs_visible_to(user: User) -> QuerySet[Job]:
    """One's own, and those of the authorities where one may look after jobs; all of them for the whole installation."""
    places = scope_of(user).where(Permission.JOB_READ)
    theirs = Q(owner_id=user.pk)
    if any(place.authority_id is None for place in places):
        return Job.objects.select_related("owner")
    theirs |= Q(authority_id__in=[place.authority_id for place in places])
    return Job.objects.filter(theirs).select_related("owner")


def visible_job(user: User, ref: UUID) -> Job | None:
    """The job of that reference, if this person may see it."""
    return jobs_visible_to(user).filter(ref=ref).first()


def progress_of(job: Job, *, title: str = "", next_url: str = "", unit: str = "rows") -> Progress:
    """The job as a page shows it; any page may include it with its own title and way onward."""
    return Progress(
        title=title or job.words,
        pace=PACES[Job.State(job.state)],
        url=reverse("job", args=[job.ref]),
        done=job.done,
        total=job.total,
        unit=unit,
        words=job.error,
        cancel_url=reverse("job_cancel", args=[job.ref]) if job.is_open else "",
        next_url=next_url,
        started_at=job.started_at,
    )
