"""The young people behind a number of a survey."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.listing import listing_of
from returns.activity_survey.kinds import Kind
from returns.activity_survey.queries.people import TO_FIND_OUT, WHICH, Wanted, people_of, words_of
from returns.activity_survey.rules.rows import CHECKS
from returns.activity_survey.views.frame import home_of, survey_of
from schools.models import District, Establishment
from tracking.register.models import YoungPerson
from tracking.register.queries.register import SORTS, listed

LIST_SORTS = {name: SORTS[name] for name in ("name", "born", "place")}
FILTERS = ("of", "school", "district")


@needs(Permission.RETURN_RECEIVE)
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever is wanted, as far as this person may see them."""
    survey, wanted = survey_of(request, pk), _wanted(request)
    found = people_of(survey, wanted)
    listing = listing_of(request.GET, sorts=LIST_SORTS, first="name", filters=FILTERS)
    seen = YoungPerson.objects.visible_to(request.user).filter(pk__in=list(found))
    page = listed(seen, request.user, listing, clock.today())
    subjects = [line.pk for line in page.people]
    note_read(Kind.PEOPLE_READ, by=request.user, authority_id=survey.authority_id, subjects=subjects)
    shown = {
        "survey": survey,
        "words": words_of(wanted.of),
        "place": _place(wanted),
        "listing": page.listing,
        "lines": [(line, found[line.pk]) for line in page.people],
        "total": len(found),
        "hidden": len(found) - page.listing.total,
        "back_url": home_of(survey),
    }
    return render(request, "returns/activity_survey/people.html", shown)


def _wanted(request: HttpRequest) -> Wanted:
    of = request.GET.get("of", TO_FIND_OUT)
    if of not in WHICH and of not in CHECKS:
        raise Http404
    return Wanted(of, number_of(request, "school"), number_of(request, "district"))


def number_of(request: HttpRequest, name: str) -> int | None:
    """A number the address asks for; None where it does not. Raises Http404 for what is no number."""
    said = request.GET.get(name, "")
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and len(said) < 16):
        raise Http404
    return int(said)


def _place(wanted: Wanted) -> str:
    if wanted.school is not None:
        return str(Establishment.objects.filter(pk=wanted.school).first() or "No school recorded")
    if wanted.district is not None:
        return str(District.objects.filter(pk=wanted.district).first() or "No district recorded")
    return ""
