"""What schools are told: the council's list of reports, each report, and a school's own."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.jobs.models import Job
from neet.jobs.queries import progress_of
from neet.jobs.tasks import ring
from neet.ui.parts import Progress
from returns.activity_survey.actions import ask_for_reports
from returns.activity_survey.forms import ReportsForm
from returns.activity_survey.kinds import Kind
from returns.activity_survey.models import ActivitySurvey
from returns.activity_survey.queries.report import Report, book_of, own_reports
from returns.activity_survey.reports import name_of, paper_of
from returns.activity_survey.views.frame import home_of, survey_of

P = Permission


@needs(P.RETURN_RECEIVE)
def reports(request: HttpRequest, pk: int) -> HttpResponse:
    """The schools that are told, and putting their reports out for all of them at once."""
    survey = _made(request, pk)
    form = ReportsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and survey.signed_off_at is not None and form.is_valid():
        job = ask_for_reports(survey=survey, ends_on=form.cleaned_data["ends_on"], by=request.user)
        if job is not None:
            ring(job)
        return redirect("activity_survey_reports", pk=pk)
    shown = {
        "survey": survey,
        "book": book_of(survey),
        "form": form,
        "work": _work(request, survey),
        "may_put_out": request.scope.can(P.RETURN_RECEIVE) and survey.signed_off_at is not None,
        "back_url": home_of(survey),
    }
    return render(request, "returns/activity_survey/reports.html", shown)


@needs(P.RETURN_RECEIVE)
def report(request: HttpRequest, pk: int, establishment_id: int) -> HttpResponseBase:
    """One school's report as the council sees it before it goes out; with `pdf` in the address as it is put out."""
    found = _report(_made(request, pk), establishment_id)
    if "pdf" in request.GET:
        return _as_pdf(found)
    back = reverse("activity_survey_reports", args=[pk])
    return render(request, "returns/activity_survey/report.html", {"report": found, "back_url": back})


@needs(P.RETURN_CONTRIBUTE)
def own_report(request: HttpRequest) -> HttpResponseBase:
    """Where a school's own Year 11 went, in numbers; nobody is named."""
    found = own_reports(request.user)
    note(Kind.REPORT_READ, by=request.user, authority_id=request.authority_id, counts={"reports": len(found)})
    if "pdf" in request.GET:
        return _as_pdf(_named(found, request.GET["pdf"]))
    return render(request, "returns/activity_survey/own_report.html", {"reports": found})


def _named(found: list[Report], number: str) -> Report:
    wanted = next((each for each in found if str(each.establishment.pk) == number), None)
    if wanted is None:
        raise Http404
    return wanted


def _as_pdf(found: Report) -> HttpResponseBase:
    return download_of([paper_of(found)], name=name_of(found), kind=StoredFile.Kind.PDF)


def _made(request: HttpRequest, pk: int) -> ActivitySurvey:
    survey = survey_of(request, pk)
    if survey.made_at is None:
        raise Http404
    return survey


def _report(survey: ActivitySurvey, establishment_id: int) -> Report:
    book = book_of(survey)
    found = next((each for each in book.schools if each.pk == establishment_id), None)
    if found is None:
        raise Http404
    return book.of(found)


def _work(request: HttpRequest, survey: ActivitySurvey) -> Progress | None:
    """The progress of putting them out, or the last attempt."""
    newest = Job.objects.filter(kind=Kind.REPORTS_ASKED, authority_id=survey.authority_id).first()
    if newest is None or newest.payload.get("survey") != survey.pk:
        return None
    shown = progress_of(newest, title="Putting out the reports for schools", unit="reports")
    if not request.scope.can(P.RETURN_RECEIVE):
        return shown
    parcels = reverse("exchange")
    return replace(shown, next_url=parcels, next_words="See what was put out and who collected it")
