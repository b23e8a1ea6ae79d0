"""What a page asks for, held against what is open to whoever asks."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from caseload.reports.catalogue import content
from caseload.reports.forms import ReportForm
from caseload.reports.queries.made import months_of
from caseload.reports.queries.places import Whom, open_to, schools_open_to
from caseload.reports.rules.content import Content
from caseload.reports.statements import Wanted
from neet import clock
from tracking.figures.queries.scorecard import NoSuchMonth


def every_place(request: HttpRequest) -> list[Whom]:
    """The places, schools and colleges this person may have reports of; four statements at most."""
    return [*open_to(request.user, request.authority), *schools_open_to(request.user, request.authority)]


def form_of(
    request: HttpRequest, places: Sequence[Whom], data: Any = None, *, of_schools: bool = False
) -> ReportForm:
    """The form with what may be chosen."""
    months = months_of(request.authority_id, clock.today())
    return ReportForm(data, authority=request.authority, months=months, places=places, of_schools=of_schools)


def wanted(request: HttpRequest, data: Mapping[str, Any]) -> Wanted:
    """What was asked for; what there is not, or is not open to them, is not here."""
    school = data.get("of", "").startswith("school-")
    places = schools_open_to if school else open_to
    form = form_of(request, places(request.user, request.authority), data, of_schools=school)
    if not form.is_valid():
        raise Http404
    return form.wanted()


def said(asked: Wanted) -> Content:
    """What the report says; a month there is not is not here."""
    try:
        return content(asked.report, asked.authority, asked.month, asked.whom)
    except NoSuchMonth:
        raise Http404 from None


def url_of(name: str, asked: Mapping[str, Any], **more: Any) -> str:
    """The address of a report, or of something of it."""
    return f"{reverse(name)}?{urlencode({**asked, **more})}"
