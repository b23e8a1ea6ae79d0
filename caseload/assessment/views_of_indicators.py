"""The yearly indicators on their page and as a file."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from caseload.assessment.queries.indicators import Shown, indicators, months_that_do_not_add_up
from caseload.plan.views.frame import of_a_council
from caseload.tabs import YEAR, tabs
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.files.writers import csv_chunks
from tracking.rules.academic_year import academic_year, year_words

HEADINGS = ("Indicator", "Ages", "Year", "Months there", "Months wanted", "Counted", "Of", "Per cent")


@needs(Permission.PLAN_CHANGE)
@of_a_council
def page(request: HttpRequest) -> HttpResponse:
    """Each in this academic year and in the one before, and whether the months add up."""
    today = clock.today()
    assert request.authority_id is not None
    shown = {
        "tabs": tabs(request, "indicators", YEAR),
        "lines": indicators(request.authority_id, today),
        "wrong": months_that_do_not_add_up(request.authority_id, today),
        "year_words": year_words(academic_year(today)),
        "before_words": year_words(academic_year(today) - 1),
    }
    return render(request, "caseload/assessment/indicators.html", shown)


@needs(Permission.PLAN_CHANGE)
@of_a_council
def file(request: HttpRequest) -> HttpResponseBase:
    """The same with what was counted of what."""
    assert request.authority_id is not None
    found = indicators(request.authority_id, clock.today())
    return download_of(csv_chunks(HEADINGS, _rows(found)), name="indicators.csv", kind=StoredFile.Kind.CSV)


def _rows(found: list[Shown]) -> Iterator[tuple[object, ...]]:
    for each in found:
        ages = f"{each.indicator.first_age} to {each.indicator.last_age}"
        for of in (each.now, each.before):
            rate = None if of.rate is None else round(of.rate, 2)
            yield each.indicator.words, ages, of.words, of.months, of.wanted, of.part, of.whole, rate
