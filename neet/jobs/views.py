"""Watching long work, and stopping it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.jobs import actions
from neet.jobs.models import Job
from neet.jobs.queries import jobs_visible_to, progress_of, visible_job
from neet.ui.listing import listing_of

SORTS = {"newest": ("-id",)}


@needs(Permission.SIGNED_IN)
def jobs(request: HttpRequest) -> HttpResponse:
    """Long work this person may look after, the newest first."""
    found = jobs_visible_to(request.user)
    listing = listing_of(request.GET, sorts=SORTS, first="newest").counted(found.count())
    return render(
        request, "jobs/jobs.html", {"listing": listing, "jobs": found[listing.start : listing.stop]}
    )


@needs(Permission.SIGNED_IN)
def job(request: HttpRequest, ref: UUID) -> HttpResponse:
    """How far one job is; the same address answers htmx with the moving part alone."""
    found = _job(request, ref)
    template = "components/progress.html" if request.htmx else "jobs/job.html"
    return render(request, template, {"job": found, "progress": progress_of(found)})


@needs(Permission.SIGNED_IN)
@require_POST
def job_cancel(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Stop a job."""
    found = _job(request, ref)
    if actions.cancel(job=found, by=request.user):
        messages.success(request, "Stopped. What was already saved stays.")
    else:
        messages.info(request, "It was already over.")
    return redirect("job", ref=found.ref)


def _job(request: HttpRequest, ref: UUID) -> Job:
    found = visible_job(request.user, ref)
    if found is None:
        raise Http404
    return found
