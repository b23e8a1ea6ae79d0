"""Reports: the list of them, one of them as a page, its tables, having one made, and the files of what was made."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from caseload.reports.actions.making import ask
from caseload.reports.catalogue import REPORTS
from caseload.reports.kinds import Kind
from caseload.reports.models import MadeReport
from caseload.reports.queries.asked import NotOpen, being_made, wanted_of
from caseload.reports.queries.made import made_for, made_of, place_of
from caseload.reports.queries.places import open_to, schools_open_to
from caseload.reports.rules.content import Section, grid, number
from caseload.reports.views.asked import every_place, form_of, said, url_of, wanted
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note
from neet.files.downloads import download, download_of
from neet.files.writers import csv_chunks
from neet.jobs.models import Job
from neet.jobs.queries import progress_of
from neet.jobs.tasks import ring
from neet.ui.listing import listing_of


@needs(Permission.FIGURES_EXPLORE)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Which reports there are, those made, and the way to a new one."""
    places = open_to(request.user, request.authority)
    schools = schools_open_to(request.user, request.authority)
    made = made_for(request.user, request.authority)
    listing = listing_of(request.GET, sorts={"-": ()}, first="-").counted(made.count())
    shown = {
        "reports": REPORTS.values(),
        "form": form_of(request, places) if places else None,
        "school_form": form_of(request, schools, of_schools=True) if schools else None,
        "may_put_out": bool(schools) and request.scope.can(Permission.RETURN_RECEIVE),
        "listing": listing,
        "made": _lines(made[listing.start : listing.stop], request.authority),
    }
    return render(request, "caseload/reports/reports.html", shown)


def _lines(made: Any, authority: Any) -> list[tuple[MadeReport, str, Any, str]]:
    return [
        (
            each,
            REPORTS[each.slug].words,
            each.district or each.service or each.establishment or authority,
            url_of("report", {"report": each.slug, "month": f"{each.month:%Y-%m}", "of": place_of(each)}),
        )
        for each in made
        if each.slug in REPORTS
    ]


@needs(Permission.FIGURES_EXPLORE)
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """One report as it stands; of a frozen month it is always the same."""
    if not request.GET:
        return redirect("reports")
    asked = wanted(request, request.GET)
    found = said(asked)
    made = made_of(asked.authority.pk, asked.report.slug, asked.month, asked.whom)
    shown = {
        "content": found,
        "sections": [
            (grid(each), _csv_url(asked.asked, n, each)) for n, each in enumerate(found.sections, 1)
        ],
        "made": made.select_related("made_by").first(),
        "being_made": being_made(asked),
        "fields": asked.asked,
        "sheet_url": url_of("put_out_sheet", asked.asked) if _may_put_out(request, asked) else "",
    }
    return render(request, "caseload/reports/report.html", shown)


def _csv_url(asked: dict[str, str], number: int, section: Section) -> str:
    return url_of("report_table", asked, part=number) if section.rows else ""


def _may_put_out(request: HttpRequest, asked: Any) -> bool:
    over = asked.month.is_over(clock.today())
    return bool(asked.whom.establishment and over and request.scope.can(Permission.RETURN_RECEIVE))


@needs(Permission.FIGURES_EXPLORE)
@require_safe
def report_table(request: HttpRequest) -> HttpResponseBase:
    """The table of one part, as a CSV file with the very numbers of the page."""
    if not request.GET:
        return redirect("reports")
    asked = wanted(request, request.GET)
    part = request.GET.get("part", "")
    tables = {str(n): each for n, each in enumerate(said(asked).sections, start=1) if each.rows}
    if part not in tables:
        raise Http404
    section: Section = tables[part]
    note(Kind.TAKEN, by=request.user, authority_id=request.authority_id, counts={"part": int(part)})
    rows: Sequence[Sequence[Any]] = [[number(cell) for cell in row] for row in section.rows]
    place = "" if asked.whom.is_whole else f"_{asked.whom.slug}"
    name = f"{asked.report.slug}_{asked.month.slug}{place}_{part}.csv"
    return download_of(csv_chunks(section.columns, rows), name=name, kind="csv")


@needs(Permission.FIGURES_EXPLORE)
@require_POST
def make_report(request: HttpRequest) -> HttpResponse:
    """Have a report of a month made as PDF and sheet, and watch it being made."""
    if "report" not in request.POST:
        return redirect("reports")
    job = ask(wanted=wanted(request, request.POST), by=request.user)
    ring(job)
    return redirect("report_being_made", ref=job.ref)


@needs(Permission.FIGURES_EXPLORE)
@require_safe
def report_being_made(request: HttpRequest, ref: UUID) -> HttpResponse:
    """How far a report is, for everybody who may have it; the same address answers htmx with the moving part alone."""
    job = get_object_or_404(Job, ref=ref, kind=Kind.ASKED, authority_id=request.authority_id)
    try:
        asked = wanted_of(request.authority, job.payload, every_place(request))
    except NotOpen:
        raise Http404 from None
    title = f"{asked.report.words}, {asked.month.words}, {asked.whom.words}"
    told = progress_of(job, title=title, next_url=url_of("report", asked.asked), unit="steps")
    own = job.owner_id == request.user.pk
    progress = replace(
        told, url=reverse("report_being_made", args=[ref]), cancel_url=told.cancel_url if own else "",
        next_words="Open the report and its files",
    )  # fmt: skip
    template = "components/progress.html" if request.htmx else "caseload/reports/being_made.html"
    return render(request, template, {"progress": progress, "asked": asked})


@needs(Permission.FIGURES_EXPLORE)
@require_safe
def report_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A made report as it was made, to be printed."""
    return _file(request, pk, "pdf")


@needs(Permission.FIGURES_EXPLORE)
@require_safe
def report_sheet(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A made report as it was made, to be reckoned with."""
    return _file(request, pk, "xlsx")


def _file(request: HttpRequest, pk: int, which: str) -> HttpResponseBase:
    made = get_object_or_404(made_for(request.user, request.authority), pk=pk)
    note(Kind.TAKEN, by=request.user, authority_id=made.authority_id, counts={"report": made.pk})
    return download(getattr(made, which))
