"""The sheet of one school or college for itself: looked at, and laid there for it, or for all of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from caseload.reports.actions.sheets import ask_to_put_out
from caseload.reports.catalogue import SCHOOL
from caseload.reports.forms import SheetsForm
from caseload.reports.queries.made import months_of
from caseload.reports.queries.material import material
from caseload.reports.queries.one_school import book_of, for_the_school
from caseload.reports.queries.places import WHOLE, Whom, schools_open_to
from caseload.reports.rules.content import grid
from caseload.reports.views.asked import url_of, wanted
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.jobs.tasks import ring
from tracking.figures.queries.scorecard import NoSuchMonth


@needs(Permission.RETURN_RECEIVE)
def put_out_sheet(request: HttpRequest) -> HttpResponse:
    """One school's own sheet as it would read it, and laying it there."""
    if not request.GET:
        return redirect("reports")
    asked = wanted(request, request.GET)
    if asked.whom.establishment is None or not asked.month.is_over(clock.today()):
        raise Http404
    form = SheetsForm(request.POST or None, months=[asked.month])
    if request.method == "POST" and form.is_valid():
        return _asked_for(request, form, [asked.whom.establishment.pk])
    try:
        book = book_of(material(asked.authority, asked.month, Whom(WHOLE, asked.authority.name)))
    except NoSuchMonth:
        raise Http404 from None
    found = for_the_school(book, asked.whom, SCHOOL.words)
    shown = {
        "form": form,
        "content": found,
        "whom": asked.whom,
        "month": asked.month,
        "sections": [grid(each) for each in found.sections] if found else [],
        "back_url": url_of("report", asked.asked),
    }
    return render(request, "caseload/reports/put_out_sheet.html", shown)


@needs(Permission.RETURN_RECEIVE)
def put_out_sheets(request: HttpRequest) -> HttpResponse:
    """Each school's own sheet for all of them."""
    schools = schools_open_to(request.user, request.authority)
    if not schools:
        raise Http404
    frozen = months_of(request.authority_id, clock.today())[1:]
    form = SheetsForm(request.POST or None, months=frozen)
    if request.method == "POST" and form.is_valid():
        return _asked_for(request, form, [])
    shown = {
        "form": form,
        "title": "A sheet for each school and college",
        "lead": (
            "Each gets its own numbers beside those of all, with nothing in it that says something of few. It lies "
            "under Files for you until the day you choose, and they may answer there."
        ),
        "button": "Put the sheets out",
        "back_url": reverse("reports"),
    }
    return render(request, "one_form.html", shown)


def _asked_for(request: HttpRequest, form: SheetsForm, schools: list[int]) -> HttpResponse:
    job = ask_to_put_out(
        authority=request.authority, month=form.month(), schools=schools,
        ends_on=form.cleaned_data["ends_on"], by=request.user,
    )  # fmt: skip
    ring(job)
    return redirect("job", ref=job.ref)
