"""Reports that come regularly: what somebody wants, what was made for them, and what goes to whom."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from caseload.delivery.actions import MOST, NotOpen, TooMany, end, note_opened, pause, resume, subscribe
from caseload.delivery.forms import SubscribeForm
from caseload.delivery.models import Subscription
from caseload.delivery.queries import (
    deliveries_to,
    is_open,
    offered_cuts,
    subscriptions_of,
    subscriptions_to_all,
)
from caseload.delivery.rules import said
from caseload.reports.catalogue import REPORTS
from caseload.reports.queries.places import open_to
from neet.accounts.access import needs
from neet.accounts.roles import Permission as P
from neet.files.downloads import download
from neet.ui.listing import listing_of
from tracking.tabs import RIGHTS, tabs

PER_PAGE = 20


@needs(P.FIGURES_EXPLORE)
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """What was made for this person, and what they want regularly."""
    made = deliveries_to(request.user, request.authority_id)
    listing = listing_of(request.GET, sorts={"-": ()}, first="-", per_page=PER_PAGE).counted(made.count())
    shown = {
        "listing": listing,
        "made": [(each, _words(each.subscription)) for each in made[listing.start : listing.stop]],
        "wanted": _lines(subscriptions_of(request.user, request.authority_id)),
    }
    return render(request, "caseload/delivery/deliveries.html", shown)


@needs(P.FIGURES_EXPLORE)
def new_subscription(request: HttpRequest) -> HttpResponse:
    """Want a report or a kept cut regularly."""
    places = open_to(request.user, request.authority)
    cuts = offered_cuts(request.user, request.authority)
    form = SubscribeForm(request.POST or None, places=places, cuts=cuts)
    if request.method == "POST" and form.is_valid():
        try:
            subscribe(authority=request.authority, regularly=form.regularly(), by=request.user)
        except NotOpen:
            form.add_error("what", "This is not open to you")
        except TooMany:
            form.add_error(None, f"You have {MOST} already. End one first.")
        else:
            messages.success(request, "It comes regularly from now on. We write to you when it waits here.")
            return redirect("deliveries")
    shown = {
        "form": form,
        "title": "A report that comes regularly",
        "lead": "It waits for you here, and an e-mail without any figure tells you so.",
        "button": "Have it come",
        "back_url": reverse("deliveries"),
    }
    return render(request, "one_form.html", shown)


@needs(P.AUDIT_READ)
@require_safe
def deliveries_to_whom(request: HttpRequest) -> HttpResponse:
    """What goes to whom in the council."""
    found = subscriptions_to_all(request.authority_id)
    listing = listing_of(request.GET, sorts={"-": ()}, first="-").counted(found.count())
    shown = {
        "listing": listing,
        "wanted": _lines(found[listing.start : listing.stop]),
        "beside": tabs(request, "deliveries_to_whom", RIGHTS),
    }
    return render(request, "caseload/delivery/to_whom.html", shown)


@needs(P.FIGURES_EXPLORE)
@require_POST
def rest(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it rest."""
    pause(subscription=_own(request, pk), by=request.user)
    return redirect("deliveries")


@needs(P.FIGURES_EXPLORE)
@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """It goes on."""
    resume(subscription=_own(request, pk), by=request.user)
    return redirect("deliveries")


@needs(P.FIGURES_EXPLORE)
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """End it."""
    end(subscription=_own(request, pk), by=request.user)
    messages.success(request, "Ended. What was made for you stays here.")
    return redirect("deliveries")


@needs(P.FIGURES_EXPLORE)
@require_safe
def delivery_file(request: HttpRequest, pk: int, which: str) -> HttpResponseBase:
    """What was made, if it is still open to whoever it was made for."""
    found = get_object_or_404(deliveries_to(request.user, request.authority_id), pk=pk)
    files = {
        "pdf": found.report and found.report.pdf,
        "sheet": found.report.xlsx if found.report else found.file,
    }
    file = files.get(which)
    if file is None or not is_open(found.subscription, request.user):
        raise Http404
    note_opened(delivery=found, by=request.user)
    return download(file)


def _own(request: HttpRequest, pk: int) -> Subscription:
    return get_object_or_404(subscriptions_of(request.user, request.authority_id), pk=pk)


def _words(wanted: Subscription) -> str:
    """What is wanted, in words."""
    if wanted.cut:
        return f"Kept cut: {wanted.cut.name}"
    report = REPORTS.get(wanted.report)
    place = wanted.district or wanted.service or wanted.authority
    return f"{report.words if report else 'A report that is no longer made'}, {place}"


def _lines(found: Iterable[Subscription]) -> list[tuple[Subscription, str, str]]:
    return [(each, _words(each), said(each.every, each.on_day)) for each in found]
