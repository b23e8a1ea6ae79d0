"""The log of breaches: what happened, the 72 hours, what was decided and done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.ui.listing import listing_of
from schools.models import Authority
from tracking.retention import queries
from tracking.retention.actions import breaches as actions
from tracking.retention.forms import BreachForm, DecideForm
from tracking.retention.models import Breach
from tracking.retention.views.frame import done, one_form
from tracking.tabs import RIGHTS, tabs

P = Permission


@needs(P.AUDIT_READ)
def breaches(request: HttpRequest) -> HttpResponse:
    """Those not closed first."""
    found = queries.breaches_of(request.user).filter(authority=request.authority_id)
    listing = listing_of(request.GET, sorts={"newest": ()}, first="newest").counted(found.count())
    page = found[listing.start : listing.stop]
    shown = {
        "beside": tabs(request, "breaches", RIGHTS),
        "listing": listing,
        "breaches": [(each, queries.clock_of(each, clock.now())) for each in page],
    }
    return render(request, "tracking/retention/breaches.html", shown)


@needs(P.AUDIT_READ)
def breach(request: HttpRequest, pk: int) -> HttpResponse:
    """One breach."""
    found = _breach(request, pk)
    shown = {"breach": found, "clock": queries.clock_of(found, clock.now())}
    return render(request, "tracking/retention/breach.html", shown)


@needs(P.AUDIT_READ)
def record(request: HttpRequest) -> HttpResponse:
    """Write one down."""
    authority = get_object_or_404(Authority, pk=request.authority_id)
    now = clock.now()
    form = BreachForm(request.POST or None, initial={"known_on": now.date(), "known_time": f"{now:%H:%M}"})

    def act() -> str:
        actions.record_breach(authority=authority, happened=form.happened(), by=request.user)
        return "Written down. Say within 72 hours whether the ICO is told."

    shown = {"title": "Record a breach", "button": "Record it"}
    return one_form(request, form, act, then=reverse("breaches"), shown=shown)


@needs(P.AUDIT_READ)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """More is known of it, or something was done."""
    found = _breach(request, pk)
    form = BreachForm(request.POST or None, initial=BreachForm.of(found))

    def act() -> str:
        actions.change_breach(breach=found, happened=form.happened(), by=request.user)
        return "Saved."

    shown = {"title": "Change what is known", "button": "Save"}
    return one_form(request, form, act, then=reverse("breach", args=[pk]), shown=shown)


@needs(P.AUDIT_READ)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether the ICO is told, and when it was."""
    found = _breach(request, pk)
    said = {
        "tells_ico": _yes(found.tells_ico),
        "why": found.decided_why,
        "tells_people": _yes(found.tells_people),
        "told_on": found.told_at.astimezone(clock.LONDON).date() if found.told_at else None,
        "told_time": f"{found.told_at.astimezone(clock.LONDON):%H:%M}" if found.told_at else "",
    }
    form = DecideForm(request.POST or None, initial=said)

    def act() -> str:
        actions.decide_breach(breach=found, decision=form.decision(), by=request.user)
        return "Saved."

    shown = {"title": "Who is told", "button": "Save"}
    return one_form(request, form, act, then=reverse("breach", args=[pk]), shown=shown)


@require_POST
@needs(P.AUDIT_READ)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing more is to do."""
    found = _breach(request, pk)
    done(request, lambda: actions.close_breach(breach=found, by=request.user), "Closed.")
    return redirect("breach", pk=pk)


def _breach(request: HttpRequest, pk: int) -> Breach:
    """One of their council, or there is nothing here."""
    return get_object_or_404(queries.breaches_of(request.user), pk=pk)


def _yes(said: bool | None) -> str:
    return "" if said is None else "yes" if said else "no"
