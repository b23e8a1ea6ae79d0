"""This month: check, mend, build, download, mark as sent; and the error board."""

import gzip
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read, recorded
from neet.jobs.models import Job
from neet.jobs.queries import progress_of
from neet.jobs.tasks import ring
from neet.ui.listing import Listing, listing_of
from neet.ui.parts import Progress
from neet.ui.words import many
from returns.nccis.actions import Month, ask_for, mark_sent
from returns.nccis.board import SORTS, latest_run, month_page, people_with, wrongs
from returns.nccis.forms import OneAnswerForm
from returns.nccis.kinds import Kind
from returns.nccis.mending import mend_many, one_answer
from returns.nccis.models import Submission
from returns.nccis.queries import too_old, work_of
from returns.nccis.signing import NotSigned, may_sign
from tracking.models import YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.actions.ageing import age_out
from tracking.register.mending import url_for
from tracking.register.queries.register import listed
from tracking.rules.months import ReportingMonth, due

FIRST_MONTH = date(2015, 4, 1)
WORK = {
    Kind.CHECKED: "Checking all records",
    Kind.FROZEN: "Freezing the month",
    Kind.BUILT: "Building the file",
}
PEOPLE = "young person,young people"


@needs(Permission.ERRORS_READ)
def this_month(request: HttpRequest) -> HttpResponse:
    """The month whose file is worked on now."""
    return redirect("month", slug=due(clock.today()).slug)


@needs(Permission.ERRORS_READ)
def month(request: HttpRequest, slug: str) -> HttpResponse:
    """One month's road to the DfE. While work goes on, the page asks here how far it is."""
    asked = _month(slug)
    work = _work(request, asked)
    if request.htmx:
        over = work is None or work.pace.is_over
        return HttpResponseClientRefresh() if over else _moving(request, work)
    page = month_page(request.user, request.authority, asked)
    shown = {
        "page": page,
        "month": asked,
        "earlier": asked.before if asked.before.starts_on >= FIRST_MONTH else None,
        "later": asked.after if asked.after.starts_on <= clock.today() else None,
        "is_over": asked.is_over(clock.today()),
        "may_build": request.scope.can(Permission.FILE_BUILD),
        "work": work,
        "busy": work is not None and not work.pace.is_over,
        "too_old": _too_old(request, asked).count(),
        "panels": _panels(request, asked),
        "may_sign": page.to_sign is not None and may_sign(page.to_sign, request.user),
        "may_unsign": page.signed is not None and may_sign(page.signed, request.user),
    }
    return render(request, "returns/nccis/month.html", shown)


@require_POST
@needs(Permission.ERRORS_READ)
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Have everybody of the month checked."""
    return _start(request, slug, Kind.CHECKED)


@require_POST
@needs(Permission.FILE_BUILD)
def hold_fast(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the month frozen."""
    return _start(request, slug, Kind.FROZEN)


@require_POST
@needs(Permission.FILE_BUILD)
def build(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the month's file built."""
    return _start(request, slug, Kind.BUILT)


@needs(Permission.FILE_BUILD)
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was built; that it was taken is written down before the first byte."""
    submission = _submission(request, pk)
    if not submission.content:
        messages.info(request, "This file is no longer kept: its time was over, and it was erased.")
        return redirect("month", slug=ReportingMonth(submission.period_end).slug)
    if request.method == "GET":
        with recorded(Kind.DOWNLOADED, by=request.user, authority_id=submission.authority_id) as event:
            event.counts = {"people": submission.people, "submission": submission.pk}
    answer = HttpResponse(gzip.decompress(submission.content), content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{submission.file_name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@needs(Permission.FILE_BUILD)
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the file went to the DfE."""
    submission = _submission(request, pk)
    try:
        mark_sent(submission=submission, by=request.user)
    except NotSigned:
        messages.warning(request, "Not noted: this file is not signed off.")
    else:
        messages.success(request, "Noted: this file went to the DfE.")
    return redirect("month", slug=ReportingMonth(submission.period_end).slug)


@needs(Permission.ERRORS_READ, to_post=Permission.PERSON_CHANGE)
def error(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The young people whose record has one error, each with the way to mend it; where one value mends them, it is
    written into the ticked ones, or all of them, at once."""
    asked = _month(slug)
    run = latest_run(request.authority, asked)
    rule = ruleset(asked.ends_on).errors.get(code)
    if run is None or rule is None:
        raise Http404
    wrong, answer = people_with(request.user, run, code), one_answer(rule, ruleset(clock.today()))
    if answer is None and request.method == "POST":
        raise Http404
    form = (
        OneAnswerForm(request.POST if request.method == "POST" else None, answer=answer) if answer else None
    )
    chosen = _ticked(request, wrong)
    not_ticked = request.method == "POST" and not chosen.exists()
    if answer and form and not not_ticked and form.is_valid():
        keys = list(chosen.values_list("pk", flat=True))
        mended = mend_many(people=keys, answer=answer, value=form.cleaned_data["value"], by=request.user)
        messages.success(request, f"{many(mended, 'record,records')} mended.")
        return redirect("month_error", slug=asked.slug, code=code)
    page = listed(wrong, request.user, _listing(request), clock.today())
    _seen(request, [line.pk for line in page.people])
    everybody = run.errors.filter(code=code).values("person").distinct().count()
    found = wrongs(page.people, request.authority, asked, code)
    left = page.listing.total - sum(each.is_mended for each in found)
    shown = {
        "month": asked,
        "rule": rule,
        "run": run,
        "listing": page.listing,
        "lines": [(each, url_for(rule.place, each.person.ref, each.activity_id)) for each in found],
        "caption": f"{asked.words}, {many(everybody, 'record,records')}",
        "hidden": everybody - page.listing.total,
        "form": form if left and request.scope.can(Permission.PERSON_CHANGE) else None,
        "all_words": f"Write it into all {page.listing.total:,}",
        "nobody_ticked": "Select at least one young person" if not_ticked else "",
    }
    return render(request, "returns/nccis/error.html", shown)


@needs(Permission.ERRORS_READ, to_post=Permission.TRANSFER)
def outgrown(request: HttpRequest, slug: str) -> HttpResponse:
    """Those too old for the file whom nobody has marked so; marks the ticked ones, or all of them at once."""
    asked = _month(slug)
    nobody_ticked = request.method == "POST" and not _chosen(request, asked).exists()
    if request.method == "POST" and not nobody_ticked:
        return _mark(request, asked)
    page = listed(_too_old(request, asked), request.user, _listing(request), clock.today())
    _seen(request, [line.pk for line in page.people])
    shown = {
        "month": asked,
        "listing": page.listing,
        "people": page.people,
        "may": request.scope.can(Permission.TRANSFER),
        "all_words": f"Mark all {page.listing.total:,} as aged out",
        "error": "Select at least one young person" if nobody_ticked and page.people else "",
    }
    return render(request, "returns/nccis/outgrown.html", shown)


def _mark(request: HttpRequest, asked: ReportingMonth) -> HttpResponse:
    chosen = list(_chosen(request, asked).values_list("pk", flat=True))
    marked = age_out(people=chosen, on=asked.ends_on, by=request.user)
    words = many(marked, PEOPLE)
    messages.success(
        request,
        f"{words} marked as aged out. The file for {asked.words} says so once; later files leave them out.",
    )
    return redirect("month", slug=asked.slug)


def _chosen(request: HttpRequest, asked: ReportingMonth) -> QuerySet[YoungPerson]:
    return _ticked(request, _too_old(request, asked))


def _ticked(request: HttpRequest, found: QuerySet[YoungPerson]) -> QuerySet[YoungPerson]:
    """Those of the list that were ticked, or all of it."""
    if request.POST.get("act") == "all":
        return found
    keys = [
        each
        for each in request.POST.getlist("ticked")
        if each.isascii() and each.isdigit() and len(each) < 19
    ]
    return found.filter(pk__in=keys)


def _month(slug: str) -> ReportingMonth:
    try:
        asked = ReportingMonth.read(slug)
    except ValueError:
        raise Http404 from None
    if not FIRST_MONTH <= asked.starts_on <= clock.today():
        raise Http404
    return asked


def _listing(request: HttpRequest) -> Listing:
    return listing_of(request.GET, sorts=SORTS, first="name")


def _submission(request: HttpRequest, pk: int) -> Submission:
    return get_object_or_404(
        Submission.objects.select_related("authority"), pk=pk, authority__in=request.scope.authority_ids
    )


def _start(request: HttpRequest, slug: str, kind: Kind) -> HttpResponse:
    asked = _month(slug)
    job = ask_for(kind=kind, month=Month(request.authority, asked.ends_on), by=request.user)
    if job is not None:
        ring(job)
    elif _under_way(request, asked) not in (kind, None):
        messages.info(request, "Other work on this month is going on. Ask again when it is finished.")
    return redirect("month", slug=asked.slug)


def _under_way(request: HttpRequest, asked: ReportingMonth) -> str | None:
    going_on = work_of(request.authority_id, asked.ends_on).filter(state__in=Job.OPEN)
    return going_on.values_list("kind", flat=True).first()


def _work(request: HttpRequest, asked: ReportingMonth) -> Progress | None:
    """The progress to show: what goes on, or the last attempt where it failed."""
    newest = work_of(request.authority_id, asked.ends_on).first()
    if newest is None or newest.state in (Job.State.DONE, Job.State.CANCELLED):
        return None
    here = reverse("month", args=[asked.slug])
    return replace(progress_of(newest, title=WORK[Kind(newest.kind)], unit="records"), url=here)


def _moving(request: HttpRequest, work: Progress | None) -> HttpResponse:
    return render(request, "components/progress.html", {"progress": work})


def _panels(request: HttpRequest, asked: ReportingMonth) -> list[object]:
    """What other rooms say of the month (settings.MONTH_PANELS)."""
    made = (
        import_string(path)(request.authority, asked.ends_on, request.user) for path in settings.MONTH_PANELS
    )
    return [panel for panel in made if panel is not None]


def _too_old(request: HttpRequest, asked: ReportingMonth) -> QuerySet[YoungPerson]:
    visible = YoungPerson.objects.visible_to(request.user).values("pk")
    return too_old(request.authority, asked.ends_on, ruleset(asked.ends_on)).filter(pk__in=visible)


def _seen(request: HttpRequest, people: list[int]) -> None:
    note_read(Kind.ERRORS_READ, by=request.user, authority_id=request.authority_id, subjects=people)
