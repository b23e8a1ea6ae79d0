"""Reports: the list of them, one of them as a page, making one, and the files of what was made."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from caseload.reports.actions import make
from caseload.reports.catalogue import REPORTS, content
from caseload.reports.forms import ReportForm
from caseload.reports.kinds import Kind
from caseload.reports.queries.made import made_for, made_of, months_of
from caseload.reports.queries.places import Whom, open_to
from caseload.reports.rules.content import grid
from caseload.reports.statements import Wanted
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note
from neet.files.actions import CannotStore
from neet.files.downloads import download
from neet.ui.listing import listing_of
from tracking.figures.queries.scorecard import NoSuchMonth


@needs(Permission.FIGURES_EXPLORE)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Which reports there are, those made, and the way to a new one."""
    places = open_to(request.user, request.authority)
    made = made_for(request.user, request.authority)
    listing = listing_of(request.GET, sorts={"-": ()}, first="-").counted(made.count())
    shown = {
        "reports": REPORTS.values(),
        "form": _form(request, places, None) if places else None,
        "places": places,
        "listing": listing,
        "made": [
            (
                each,
                REPORTS[each.slug].words,
                each.district or each.service or request.authority,
                _read_url(each),
            )
            for each in made[listing.start : listing.stop]
            if each.slug in REPORTS
        ],
    }
    return render(request, "caseload/reports/reports.html", shown)


@needs(Permission.FIGURES_EXPLORE)
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """One report as it stands; of a frozen month it is always the same."""
    if not request.GET:
        return redirect("reports")
    form = _form(request, open_to(request.user, request.authority), request.GET)
    wanted = _wanted(form)
    try:
        said = content(wanted.report, wanted.authority, wanted.month, wanted.whom)
    except NoSuchMonth:
        raise Http404 from None
    made = made_of(wanted.authority.pk, wanted.report.slug, wanted.month, wanted.whom)
    shown = {
        "content": said,
        "sections": [grid(each) for each in said.sections],
        "made": made.select_related("made_by").first(),
        "fields": form.cleaned_data,
        "report": wanted.report,
    }
    return render(request, "caseload/reports/report.html", shown)


@needs(Permission.FIGURES_EXPLORE)
@require_POST
def make_report(request: HttpRequest) -> HttpResponse:
    """Keep a report of a month as PDF and sheet."""
    if "report" not in request.POST:
        return redirect("reports")
    form = _form(request, open_to(request.user, request.authority), request.POST)
    wanted = _wanted(form)
    try:
        make(wanted=wanted, by=request.user)
    except NoSuchMonth:
        raise Http404 from None
    except CannotStore as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"{wanted.report.words}, {wanted.month.words}: made and kept.")
    return redirect(f"{reverse('report')}?{urlencode(form.cleaned_data)}")


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


def _form(request: HttpRequest, places: Sequence[Whom], data: Any) -> ReportForm:
    months = months_of(request.authority_id, clock.today())
    return ReportForm(data, authority=request.authority, months=months, places=places)


def _wanted(form: ReportForm) -> Wanted:
    """What was asked for; what there is not, or is not open to them, is not here."""
    if not form.is_valid():
        raise Http404
    return form.wanted()


def _read_url(made: Any) -> str:
    place = f"district-{made.district_id}" if made.district_id else "council"
    place = f"service-{made.service_id}" if made.service_id else place
    return (
        f"{reverse('report')}?{urlencode({'report': made.slug, 'month': f'{made.month:%Y-%m}', 'of': place})}"
    )
