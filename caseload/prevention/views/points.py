"""Whom the points name, and whether the points of earlier months were right."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.prevention import pictures
from caseload.prevention.actions.entering import enter_many
from caseload.prevention.forms import LengthFilter, TestFilter
from caseload.prevention.kinds import Kind
from caseload.prevention.models import AtRisk
from caseload.prevention.queries.looking_back import Judged, judged
from caseload.prevention.queries.naming import named, named_lines
from caseload.prevention.queries.points import points_of
from caseload.prevention.statements import RiskRow
from caseload.prevention.views.frame import about
from caseload.prevention.views.listed import MOST_AT_ONCE
from caseload.views import authority_here
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.files.writers import csv_chunks
from neet.ui.listing import listing_of
from neet.ui.words import many
from tracking.register.models import YoungPerson

P = Permission
NOTHING_TICKED = "risk_points_nothing_ticked"


@needs(P.CASE_WORK)
def points(request: HttpRequest) -> HttpResponse:
    """The first so many of those this person sees."""
    today = clock.today()
    form = LengthFilter(request.GET)
    found = named(authority_here(request), request.user, form.length_asked(), today)
    listing = listing_of(request.GET, sorts={"points": ("pk",)}, first="points", filters=form.fields)
    listing = listing.counted(len(found.people))
    lines = named_lines(found.people[listing.start : listing.stop], request.user, today)
    seen = sorted(line.person.pk for line in lines)
    note_read(Kind.POINTS_READ, by=request.user, authority_id=request.authority_id, subjects=seen)
    shown = {
        "form": form,
        "listing": listing,
        "chosen": [],
        "named": found,
        "lines": lines,
        "error": "Tick at least one young person" if request.session.pop(NOTHING_TICKED, False) else "",
        "total_words": many(listing.total, "young person,young people").capitalize(),
    }
    return render(request, "caseload/prevention/points.html", about(request, "risk_points", **shown))


@require_POST
@needs(P.CASE_WORK)
def put_on_list(request: HttpRequest) -> HttpResponse:
    """The ticked come onto the at-risk list with the reasons their points come from."""
    authority = authority_here(request)
    asked = [int(each) for each in request.POST.getlist("ticked") if each.isdecimal()][:MOST_AT_ONCE]
    visible = YoungPerson.objects.visible_to(request.user).filter(authority=authority, pk__in=asked)
    people = list(visible.values_list("pk", flat=True))
    if not people:
        request.session[NOTHING_TICKED] = True
        return redirect("risk_points")
    reasons = {each.person: each.reasons for each in points_of(authority, clock.today(), people)}
    rows = [RiskRow(each, reasons.get(each, ())) for each in people]
    done = enter_many(authority=authority, rows=rows, said_by=AtRisk.SaidBy.POINTS, by=request.user)
    words = many(done.new, "young person,young people").capitalize()
    messages.success(request, f"{words} put on the at-risk list.")
    return redirect("at_risk")


@needs(P.CASE_WORK)
def test(request: HttpRequest) -> HttpResponse:
    """What became of those the points named in earlier months; counts only, they name nobody."""
    form, found = _judged(request)
    listing = listing_of(request.GET, sorts={"-": ()}, first="-", filters=form.fields)
    shown = {
        "form": form,
        "listing": listing,
        "chosen": [],
        "length": form.length_asked(),
        "within": form.within_asked(),
        "judged": found[::-1],
        "picture": pictures.by_month(
            found, form.length_asked(), f"{reverse('risk_test_file')}{listing.link()}"
        ),
    }
    return render(request, "caseload/prevention/test.html", about(request, "risk_test", **shown))


@needs(P.CASE_WORK)
def test_file(request: HttpRequest) -> HttpResponseBase:
    """The same as a CSV file."""
    _, found = _judged(request)
    rows = [pictures.row(each) for each in found]
    kind = StoredFile.Kind.CSV
    return download_of(csv_chunks(pictures.COLUMNS, rows), name=f"points-{clock.today()}.csv", kind=kind)


def _judged(request: HttpRequest) -> tuple[TestFilter, tuple[Judged, ...]]:
    form = TestFilter(request.GET)
    length, within = form.length_asked(), form.within_asked()
    return form, judged(authority_here(request).pk, length=length, within=within, on=clock.today())
