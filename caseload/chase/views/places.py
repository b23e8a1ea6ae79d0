"""What a school or college can tell of many at once: the returns people wait for, and whom one call would clear."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from caseload.chase.forms import ProviderFilter
from caseload.chase.kinds import Kind
from caseload.chase.queries import providers
from caseload.chase.queries.waiting import Awaited, waiting_for_return
from caseload.tabs import CALLS, tabs
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.listing import Listing, listing_of
from neet.ui.words import many, number
from schools.models import Establishment
from tracking.register.queries.register import SORTS, listed

P = Permission
AT_ONCE = 40


@needs(P.CHASE)
def waiting(request: HttpRequest) -> HttpResponse:
    """Those whose return is not due yet: nobody rings them, the place is reminded (R155)."""
    rows = waiting_for_return(request.user, clock.today())
    shown = {
        "tabs": tabs(request, "calls_waiting", CALLS),
        "rows": rows,
        "sentence": _waiting_words(rows),
        "may_remind": request.scope.can(P.RETURN_RECEIVE),
    }
    return render(request, "caseload/chase/waiting.html", shown)


def _waiting_words(rows: Sequence[Awaited]) -> str:
    """How many wait on how many returns; whoever waits for two returns of one place waits once."""
    people = sum({each.establishment_id: each.people for each in rows}.values())
    return f"{number(people)} {'waits' if people == 1 else 'wait'} on {many(len(rows), 'return,returns')}"


@needs(P.CHASE)
def by_provider(request: HttpRequest) -> HttpResponse:
    """The places first; with one chosen, its people forty at a time, to be confirmed together."""
    form = ProviderFilter(request.GET)
    days, place = form.within(), form.place()
    listing = listing_of(request.GET, sorts=SORTS, first="until", filters=form.fields, per_page=AT_ONCE)
    if place:
        return _people(request, form, place, listing)
    rows = providers.places(request.user, days, clock.today())
    listing = listing.counted(len(rows))
    shown = {
        "tabs": tabs(request, "calls_by_provider", CALLS),
        "form": form,
        "listing": listing,
        "days": days,
        "places": [
            (each, f"{reverse('calls_by_provider')}?days={days}&school={each.establishment_id}")
            for each in rows[listing.start : listing.stop]
        ],
        "total_words": many(sum(each.people for each in rows), "young person,young people").capitalize(),
    }
    return render(request, "caseload/chase/providers.html", shown)


def _people(
    request: HttpRequest, form: ProviderFilter, place: Establishment, listing: Listing
) -> HttpResponse:
    today, days = clock.today(), form.within()
    people = providers.to_confirm_at(request.user, place.pk, days, today)
    page = listed(people, request.user, listing, today)
    subjects = [each.pk for each in page.people]
    note_read(Kind.PROVIDER_READ, by=request.user, authority_id=request.authority_id, subjects=subjects)
    shown = {
        "place": place,
        "days": days,
        "listing": page.listing,
        "here": page.listing.link(page=page.listing.page),
        "lines": (lines := providers.to_confirm(page.people, today)),
        "may_tick": any(each.may_be_confirmed for each in lines),
        "contacts": providers.contacts_at(place, request.authority_id),
        "total_words": many(page.listing.total, "young person,young people").capitalize(),
        "confirm_url": f"{reverse('confirm_ticked')}?from=provider",
        "all_url": f"{reverse('calls_by_provider')}?days={days}",
    }
    return render(request, "caseload/chase/provider.html", shown)
