"""What the pages of a survey have in common: which one is asked for, and the ways between them."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from neet import clock
from neet.ui.parts import Link
from returns.activity_survey.models import ActivitySurvey
from tracking.reference.queries import ruleset
from tracking.rules.activity_survey import survey_year
from tracking.tabs import tabs

STATUTORY, LOCAL = ActivitySurvey.Reading.STATUTORY, ActivitySurvey.Reading.LOCAL
READINGS = {STATUTORY: "For the DfE: Year 11", LOCAL: "Our own: Years 11 and 12"}
FIRST_YEAR = 2015


def survey_of(request: HttpRequest, pk: int) -> ActivitySurvey:
    """A survey of this person's councils, or there is nothing here."""
    found = ActivitySurvey.objects.filter(authority__in=request.scope.authority_ids)
    people = ("listed_by", "made_by", "signed_off_by", "sent_by")
    return get_object_or_404(found.select_related("authority", *people).defer("content"), pk=pk)


def newest_year() -> int:
    """The autumn that is spoken of today."""
    today = clock.today()
    return survey_year(today, ruleset(today).limits)


def asked_for(request: HttpRequest) -> tuple[int, str]:
    """Which autumn and which reading the address asks for."""
    newest = newest_year()
    year, reading = request.GET.get("year", str(newest)), request.GET.get("reading", STATUTORY)
    if not (year.isascii() and year.isdigit() and len(year) == 4) or reading not in READINGS:
        raise Http404
    if not FIRST_YEAR <= int(year) <= newest:
        raise Http404
    return int(year), reading


def address_of(year: int, reading: str) -> str:
    return f"{reverse('activity_survey')}?year={year}&reading={reading}"


def home_of(survey: ActivitySurvey) -> str:
    return address_of(survey.year, survey.reading)


def around(request: HttpRequest, year: int, reading: str) -> dict[str, object]:
    """The ways to other pages of the register, the other reading, and the autumns before and after."""
    newest = newest_year()
    return {
        "beside": tabs(request, "activity_survey"),
        "readings": [
            Link(words, address_of(year, each), current=each == reading) for each, words in READINGS.items()
        ],
        "earlier": address_of(year - 1, reading) if year > FIRST_YEAR else "",
        "later": address_of(year + 1, reading) if year < newest else "",
        "year": year,
        "reading": reading,
        "is_local": reading == LOCAL,
    }
