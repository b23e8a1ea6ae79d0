"""What Year 11 mean to do next, by school, and of whom it is not recorded."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.ui.listing import Listing, listing_of
from neet.ui.parts import Link
from schools.models import Establishment
from tracking.guarantee.queries.destinations import NO_SCHOOL, Asked, destinations, missing
from tracking.guarantee.views.frame import SORTS, around, note_list
from tracking.register.models import YoungPerson
from tracking.register.queries.register import listed
from tracking.rules.academic_year import academic_year, year_words

EARLIER = 1


@needs(Permission.FIGURES_EXPLORE)
def intended(request: HttpRequest) -> HttpResponse:
    """The Year 11 of this school year, or of the last one."""
    asked = _asked(request)
    found = destinations(asked)
    this = academic_year(clock.today())
    shown = {
        **around(request, "intended_destinations"),
        "found": found,
        "year": asked.year,
        "year_words": year_words(asked.year),
        "last_words": year_words(asked.year - 1),
        "years": [
            Link(f"Year 11 of {year_words(year)}", f"?year={year}", year == asked.year)
            for year in (this, this - EARLIER)
        ],
    }
    return render(request, "tracking/guarantee/destinations.html", shown)


@needs(Permission.FIGURES_EXPLORE)
def not_recorded(request: HttpRequest) -> HttpResponse:
    """Of whom nothing is recorded, as far as this person may see them."""
    asked, school = _asked(request), request.GET.get("school", "")
    school = school if school.isdecimal() and len(school) < 12 else ""
    people = missing(asked, school)
    visible = YoungPerson.objects.visible_to(request.user).filter(pk__in=people)
    listing: Listing = listing_of(request.GET, sorts=SORTS, first="name", filters=["year", "school"])
    page = listed(visible, request.user, listing, clock.today())
    note_list(request, [line.pk for line in page.people])
    shown = {
        "year": asked.year,
        "year_words": year_words(asked.year),
        "caption": f"{_name(school)}, Year 11 of {year_words(asked.year)}",
        "listing": page.listing,
        "lines": page.people,
        "total": len(people),
        "hidden": len(people) - page.listing.total,
    }
    return render(request, "tracking/guarantee/destinations_missing.html", shown)


def _name(school: str) -> str:
    if school == NO_SCHOOL:
        return "No school recorded"
    found = (
        Establishment.objects.filter(pk=int(school)).values_list("name", flat=True).first() if school else ""
    )
    return found or "All schools"


def _asked(request: HttpRequest) -> Asked:
    """This school year's Year 11 unless the last one is asked for."""
    today = clock.today()
    this = academic_year(today)
    year = this - EARLIER if request.GET.get("year") == str(this - EARLIER) else this
    return Asked(request.authority_id, year, today)
