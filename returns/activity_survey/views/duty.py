"""The duty to participate: how the 16 and 17 year olds stand, and who they are."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.listing import listing_of
from neet.ui.parts import Link
from returns.activity_survey.kinds import Kind
from returns.activity_survey.queries.duty import CUTS, DutyPage, Part, duty_page, people_standing
from returns.activity_survey.rules.duty import COLUMNS
from returns.activity_survey.views.people import LIST_SORTS, number_of
from tracking.figures.queries.reach import reach_as_reader
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.register.queries.register import listed

FIRST_CUT = "district"


@needs(Permission.FIGURES_EXPLORE)
def duty(request: HttpRequest) -> HttpResponse:
    """How they stand today, by district, place or age, and month by month."""
    by = request.GET.get("by", FIRST_CUT)
    if by not in CUTS:
        raise Http404
    today = clock.today()
    reach = reach_as_reader(request.user, request.authority_id)
    page = duty_page(request.authority_id, today, reach)
    shown = {
        "reaches_all": reach.is_whole,
        "page": page,
        "columns": COLUMNS.values(),
        "whole": _linked(page.whole, {}),
        "lines": _lines(page, by),
        "by": CUTS[by],
        "cuts": [Link(words, f"?by={cut}", current=cut == by) for cut, words in CUTS.items()],
        "not_confirmed": any(
            each.duty_evidence != "confirmed" for each in ruleset(today).activities.values()
        ),
        "today": today,
    }
    return render(request, "returns/activity_survey/duty.html", shown)


def _lines(page: DutyPage, by: str) -> list[tuple[Part, list[tuple[int, str]]]]:
    return [(part, _linked(part.duty, {by: part.key})) for part in page.parts[by]]


def _linked(counted: "object", narrowed: dict[str, int]) -> list[tuple[int, str]]:
    """Each number with the list of people behind it."""
    here = reverse("duty_people")
    return [
        (number, f"{here}?{urlencode({'of': name, **narrowed})}")
        for name, number in zip(COLUMNS, counted.numbers, strict=True)
    ]


@needs(Permission.FIGURES_EXPLORE)
def duty_people(request: HttpRequest) -> HttpResponse:
    """The young people behind a number, as far as this person may see them."""
    of = request.GET.get("of", "not meeting")
    if of not in COLUMNS:
        raise Http404
    today = clock.today()
    narrowed = {cut: number_of(request, cut) for cut in CUTS}
    reach = reach_as_reader(request.user, request.authority_id)
    found = people_standing(request.authority_id, of, narrowed, today, reach)
    listing = listing_of(request.GET, sorts=LIST_SORTS, first="name", filters=("of", *CUTS))
    seen = YoungPerson.objects.visible_to(request.user).filter(pk__in=found)
    page = listed(seen, request.user, listing, today)
    subjects = [line.pk for line in page.people]
    note_read(Kind.DUTY_READ, by=request.user, authority_id=request.authority_id, subjects=subjects)
    shown = {
        "words": COLUMNS[of],
        "listing": page.listing,
        "lines": page.people,
        "total": len(found),
        "hidden": len(found) - page.listing.total,
        "back_url": reverse("duty"),
    }
    return render(request, "returns/activity_survey/duty_people.html", shown)
