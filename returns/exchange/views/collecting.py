"""What lies there for somebody's school, college or provider, and taking it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.files.downloads import download
from neet.ui.listing import listing_of
from returns.exchange import queries
from returns.exchange.actions.parcels import collect, look_at

P = Permission


@needs(P.EXCHANGE_COLLECT)
def files_for_you(request: HttpRequest) -> HttpResponse:
    """The files that lie there for one's own establishments, the new ones first."""
    found = queries.files_for(request.user, clock.today())
    listing = listing_of(request.GET, sorts={"newest": ()}, first="newest").counted(found.count())
    places = {place.establishment_id for place in scope_of(request.user).where(P.EXCHANGE_COLLECT)}
    shown = {"files": found[listing.start : listing.stop], "listing": listing, "several": len(places) > 1}
    return render(request, "returns/exchange/files_for_you.html", shown)


@needs(P.RETURN_READ)
def collect_file(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """Take a file. Who took it, and when, is written down before the first byte goes."""
    try:
        found = queries.file_there(request.user, ref, clock.today())
    except queries.NotThere:
        raise Http404 from None
    if request.method == "GET":
        act = look_at if queries.is_councils(request.user, found) else collect
        act(found=found, by=request.user)
    return download(found.file)
