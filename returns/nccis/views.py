"""This month: check, mend, build, download, mark as sent; and the error board."""

import gzip
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read, recorded
from neet.jobs.actions import submit
from neet.jobs.models import Job
from neet.jobs.queries import progress_of
from neet.jobs.tasks import ring
from neet.ui.listing import listing_of
from returns.nccis.actions import mark_sent
from returns.nccis.board import latest_run, month_page, people_with
from returns.nccis.kinds import Kind
from returns.nccis.models import Submission
from returns.nccis.months import ReportingMonth, due
from returns.nccis.queries import too_old
from tracking.models import YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.actions.ageing import age_out
from tracking.register.mending import url_for

SORTS = {"name": ("family_name", "given_name", "pk"), "born": ("date_of_birth", "family_name", "pk")}
FIRST_MONTH = date(2015, 4, 1)
WORK = {"nccis.checked": "Checking", "nccis.built": "Building the file"}


@needs(Permission.ERRORS_READ)
def this_month(request: HttpRequest) -> HttpResponse:
    """The month whose file is worked on now."""
    return redirect("month", slug=due(clock.today()).slug)


@needs(Permission.ERRORS_READ)
def month(request: HttpRequest, slug: str) -> HttpResponse:
    """One month's road to the DfE."""
    asked = _month(slug)
    shown = {
        "page": month_page(request.user, request.authority, asked),
        "month": asked,
        "earlier": asked.before if asked.before.starts_on >= FIRST_MONTH else None,
        "later": asked.after if asked.after.starts_on <= clock.today() else None,
        "is_over": asked.is_over(clock.today()),
        "may_build": request.scope.can(Permission.FILE_BUILD),
        "work": _work(request, asked),
        "too_old": _too_old(request, asked).count(),
    }
    return render(request, "returns/nccis/month.html", shown)


@require_POST
@needs(Permission.ERRORS_READ)
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Have everybody of the month checked."""
    return _start(request, slug, Kind.CHECKED)


@require_POST
@needs(Permission.FILE_BUILD)
def build(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the month's file built."""
    return _start(request, slug, Kind.BUILT)


@needs(Permission.FILE_BUILD)
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was built; that it was taken is written down before the first byte."""
    submission = get_object_or_404(Submission, pk=pk, authority__in=request.scope.authority_ids)
    with recorded(Kind.DOWNLOADED, by=request.user, authority_id=submission.authority_id) as event:
        event.counts = {"people": submission.people, "submission": submission.pk}
    answer = HttpResponse(gzip.decompress(submission.content), content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{submission.file_name}"'
    return answer


@require_POST
@needs(Permission.FILE_BUILD)
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the file went to the DfE."""
    submission = get_object_or_404(Submission, pk=pk, authority__in=request.scope.authority_ids)
    mark_sent(submission=submission, by=request.user)
    messages.success(request, "Noted: this file went to the DfE today.")
    return redirect("month", slug=ReportingMonth(submission.period_end).slug)


@needs(Permission.ERRORS_READ)
def error(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The young people whose record has one error."""
    asked = _month(slug)
    run = latest_run(request.authority, asked)
    rule = ruleset(asked.ends_on).errors.get(code)
    if run is None or rule is None:
        raise Http404
    found = people_with(request.user, run, code)
    listing = listing_of(request.GET, sorts=SORTS, first="name").counted(found.count())
    people = list(found.order_by(*listing.order_by)[listing.start : listing.stop])
    _seen(request, people)
    shown = {
        "month": asked,
        "rule": rule,
        "run": run,
        "listing": listing,
        "lines": [
            (person, url_for(rule.place, person.ref, person.situation.activity_id)) for person in people
        ],
        "caption": f"{asked.words}, {listing.total_words}",
    }
    return render(request, "returns/nccis/error.html", shown)


@needs(Permission.ERRORS_READ, to_post=Permission.TRANSFER)
def outgrown(request: HttpRequest, slug: str) -> HttpResponse:
    """Those too old for the file whom nobody has marked so; marks them all at once."""
    asked = _month(slug)
    found = _too_old(request, asked)
    if request.method == "POST":
        marked = age_out(people=list(found.values_list("pk", flat=True)), on=asked.ends_on, by=request.user)
        messages.success(
            request,
            f"{marked} marked as aged out. The file of {asked.words} says so once; afterwards they are left out.",
        )
        return redirect("month", slug=asked.slug)
    listing = listing_of(request.GET, sorts=SORTS, first="name").counted(found.count())
    people = list(found.order_by(*listing.order_by)[listing.start : listing.stop])
    _seen(request, people)
    may = request.scope.can(Permission.TRANSFER)
    return render(
        request,
        "returns/nccis/outgrown.html",
        {
            "month": asked,
            "listing": listing,
            "people": people,
            "may": may,
            "mark_words": f"Mark all {listing.total} as aged out",
        },
    )


def _month(slug: str) -> ReportingMonth:
    try:
        asked = ReportingMonth.read(slug)
    except ValueError:
        raise Http404 from None
    if not FIRST_MONTH <= asked.starts_on <= clock.today():
        raise Http404
    return asked


def _start(request: HttpRequest, slug: str, kind: Kind) -> HttpResponse:
    asked = _month(slug)
    running = _running(request, asked)
    if running is None:
        running = submit(
            kind=kind, by=request.user, authority_id=request.authority_id, payload={"month": asked.slug}
        )
        ring(running)
    return redirect("month", slug=asked.slug)


def _running(request: HttpRequest, asked: ReportingMonth) -> Job | None:
    """Work on this month that has not ended, by whomever."""
    mine = Job.objects.filter(authority_id=request.authority_id, kind__in=WORK, payload__month=asked.slug)
    return mine.filter(state__in=Job.OPEN).first()


def _work(request: HttpRequest, asked: ReportingMonth) -> object | None:
    """The progress to show: what runs, or the last attempt where it failed."""
    mine = Job.objects.filter(authority_id=request.authority_id, kind__in=WORK, payload__month=asked.slug)
    newest = mine.order_by("-pk").first()
    if newest is None or newest.state in (Job.State.DONE, Job.State.CANCELLED):
        return None
    here = reverse("month", kwargs={"slug": asked.slug})
    return progress_of(newest, title=WORK[newest.kind], next_url=here, unit="records")


def _too_old(request: HttpRequest, asked: ReportingMonth):  # type: ignore[no-untyped-def]
    return too_old(request.authority, asked.ends_on, ruleset(asked.ends_on)).filter(
        pk__in=YoungPerson.objects.visible_to(request.user).values("pk")
    )


def _seen(request: HttpRequest, people: list[YoungPerson]) -> None:
    note_read(
        Kind.ERRORS_READ,
        by=request.user,
        authority_id=request.authority_id,
        subjects=[person.pk for person in people],
    )
