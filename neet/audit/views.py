"""Reading the trail: who did what, and how often."""

from dataclasses import asdict
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit import queries
from neet.audit.actions import note
from neet.audit.forms import EventsForm
from neet.audit.kinds import Kind
from neet.audit.queries import Wanted
from neet.ui.listing import listing_of

SORTS = {"newest": ("-at", "-id")}
KEPT = "audit_wanted"


@needs(Permission.AUDIT_READ)
def events(request: HttpRequest) -> HttpResponse:
    """The events of today, or of the days, kind and person asked for; reading the trail stands in the trail."""
    kinds = list(queries.kinds_seen(request.user))
    form = EventsForm(request.POST or None, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        wanted = asdict(form.wanted())
        request.session[KEPT] = {**wanted, "first": str(wanted["first"]), "last": str(wanted["last"])}
        note(Kind.AUDIT_READ, by=request.user, authority_id=request.authority_id)
        return redirect("audit")
    wanted = _kept(request)
    found = queries.events_visible_to(request.user, wanted)
    listing = listing_of(request.GET, sorts=SORTS, first="newest").counted(found.count())
    rows = queries.with_people(found.order_by("-at", "-id")[listing.start : listing.stop])
    if not form.is_bound:
        form = EventsForm(
            kinds=kinds, initial={"first": wanted.first, "last": wanted.last, "kind": wanted.kind}
        )
    context = {
        "form": form,
        "listing": listing,
        "rows": rows,
        "tally": queries.tally(found),
        "wanted": wanted,
    }
    return render(request, "audit/events.html", context)


def _kept(request: HttpRequest) -> Wanted:
    kept = request.session.get(KEPT)
    if not kept:
        return Wanted(clock.today(), clock.today())
    days = {name: date.fromisoformat(kept[name]) for name in ("first", "last")}
    return Wanted(**{**kept, **days})
