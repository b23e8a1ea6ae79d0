"""The campaigns, one with its list, and the acts on it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from caseload.campaigns.actions import close_campaign, open_campaign, settle, share_out, unsettle
from caseload.campaigns.forms import ListFilter, OpenForm, ShareForm, WriteForm
from caseload.campaigns.kinds import Kind
from caseload.campaigns.models import Campaign
from caseload.campaigns.pictures import by_day, rows
from caseload.campaigns.queries import people
from caseload.campaigns.queries.effect import days, effect, headings
from caseload.campaigns.rules import OUTCOMES
from caseload.messaging.actions import make
from caseload.tabs import CALLS, tabs
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.files.writers import csv_chunks
from neet.ui.forms import chosen
from neet.ui.listing import Listing, listing_of
from neet.ui.words import many
from schools.models import Authority
from tracking.register.queries.people import NotVisible
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.editing import answers

P = Permission
MOST_AT_ONCE = 500
FIRST_MOST = 200
FILTERS = ("state", "owner", "why")


@needs(P.CAMPAIGN_READ, to_post=P.CONTACT_MANY)
def campaigns(request: HttpRequest) -> HttpResponse:
    """Those that run and those that are over; the next ones with their usual days; opening one."""
    authority = get_object_or_404(Authority, pk=request.authority_id)
    today = clock.today()
    kinds = people.kinds_at(authority.code, today)
    form = OpenForm(answers(request), initial=_usual(request, authority), authority=authority, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        try:
            made = open_campaign(authority=authority, told=form.told(), by=request.user)
        except NotRight as refused:
            form.take(refused)
        except NotPermitted:
            raise NotVisible from None
        else:
            messages.success(request, f"{made.words} is open. Share its list out among colleagues.")
            return redirect("campaign", ref=made.ref)
    found = people.campaigns_of(request.user)
    standing = people.standings(request.user, found)
    lines = [(each, standing.get(each.pk, people.Standing())) for each in found]
    shown = {
        "tabs": tabs(request, "campaigns", CALLS),
        "form": form,
        "running": [each for each in lines if each[0].closed_at is None],
        "closed": [each for each in lines if each[0].closed_at],
        "kinds": [(each, each.usual_days(today)) for each in kinds],
        "may_lead": people.may_lead(request.user, authority.pk),
    }
    return render(request, "caseload/campaigns/campaigns.html", shown)


def _usual(request: HttpRequest, authority: Authority) -> dict[str, Any]:
    """The kind that was chosen, else the next, with its usual days and its service."""
    today = clock.today()
    kinds = people.kinds_at(authority.code, today)
    kind = next((each for each in kinds if each.code == request.GET.get("kind")), next(iter(kinds), None))
    if kind is None:
        return {}
    first, last = kind.usual_days(today)
    service = authority.services.filter(slug=kind.service).first() if kind.service else None
    return {"kind": kind.code, "starts_on": first, "ends_on": last, "service": service}


@needs(P.CAMPAIGN_READ, to_post=P.CHASE)
def campaign(request: HttpRequest, ref: UUID) -> HttpResponse:
    """How far it is, what came of it, and its list; an outcome for one, or for the ticked, in a click."""
    held = _campaign(request, ref)
    if request.method == "POST":
        _act(request, held)
        return redirect(f"{reverse('campaign', args=[ref])}{_listing(request).link()}#list")
    today = clock.today()
    owned = people.owners(request.user, held)
    form = ListFilter(request.GET, owned=owned)
    wanted = form.wanted()
    found = people.listed(request.user, held, wanted, _listing(request), today)
    seen = [each.person.pk for each in found.lines]
    note_read(Kind.LIST_READ, by=request.user, authority_id=held.authority_id, subjects=seen)
    standing = people.standings(request.user, Campaign.objects.filter(pk=held.pk))
    so_far = standing.get(held.pk, people.Standing())
    counted = days(request.user, held, today)
    shown = {
        "tabs": tabs(request, "campaigns", CALLS),
        "campaign": held,
        "standing": so_far,
        "figure": by_day(counted, so_far.everybody, reverse("campaign_days", args=[ref])),
        "effect": effect(request.user, held, today),
        "owned": owned,
        "form": form,
        "wanted": wanted,
        "listing": found.listing,
        "lines": found.lines,
        "chosen": chosen(form, found.listing),
        "outcomes": [(name, words) for name, (words, _) in OUTCOMES.items()],
        "may_lead": people.may_lead(request.user, held.authority_id),
        "may_ring": request.scope.can(P.CHASE),
        "total_words": many(found.listing.total, "young person,young people").capitalize(),
    }
    return render(request, "caseload/campaigns/campaign.html", shown)


def _listing(request: HttpRequest) -> Listing:
    return listing_of(request.GET, sorts=people.SORTS, first="why", filters=FILTERS)


def _act(request: HttpRequest, held: Campaign) -> None:
    """One click on a line says `one` with its number and the outcome; else the ticked get the outcome chosen below."""
    number, _, outcome = request.POST.get("one", "").partition(":")
    rows = [number] if number else request.POST.getlist("ticked")[:MOST_AT_ONCE]
    asked = [int(each) for each in rows if each.isdecimal()]
    if outcome == "again":
        _told(request, lambda: _open_again(request, held, asked))
        return
    chosen_outcome = outcome or request.POST.get("outcome", "")
    _told(request, lambda: _settled(request, held, asked, chosen_outcome))


def _settled(request: HttpRequest, held: Campaign, asked: list[int], outcome: str) -> str:
    done = settle(campaign=held, rows=asked, outcome=outcome, by=request.user)
    words = OUTCOMES[outcome][0]
    return f"{many(done, 'young person,young people').capitalize()}: {words.lower()}."


def _open_again(request: HttpRequest, held: Campaign, asked: list[int]) -> str:
    unsettle(campaign=held, row=asked[0] if asked else 0, by=request.user)
    return "Open again."


def _told(request: HttpRequest, act: Callable[[], str]) -> bool:
    try:
        messages.success(request, act())
    except NotRight as refused:
        messages.error(request, " ".join(refused.words.values()))
        return False
    except NotPermitted:
        messages.error(request, "One of them is not on this list, or not yours to contact.")
        return False
    return True


@needs(P.CONTACT_MANY)
def share(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Share the list out evenly."""
    held = _campaign(request, ref)
    form = ShareForm(answers(request), campaign=held)
    back = reverse("campaign", args=[ref])
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            number = share_out(campaign=held, owners=asked["owners"], by=request.user, anew=asked["anew"])
        except NotRight as refused:
            form.take(refused)
        except NotPermitted:
            raise NotVisible from None
        else:
            messages.success(request, f"{many(number, 'young person,young people').capitalize()} shared out.")
            return redirect(back)
    shown = {
        "form": form,
        "title": "Share the list out",
        "caption": held.words,
        "button": "Share out",
        "back_url": back,
    }
    return render(request, "one_form.html", shown)


@needs(P.CONTACT_MANY)
def write(request: HttpRequest, ref: UUID) -> HttpResponse:
    """A message to those still to be contacted; the next page shows the list before anything is sent."""
    held = _campaign(request, ref)
    form = WriteForm(answers(request), campaign=held, initial={"most": FIRST_MOST})
    if request.method == "POST" and form.is_valid():
        try:
            batch = make(wanted=form.wanted(), by=request.user)
        except NotRight as refused:
            form.take(refused)
        except NotPermitted:
            raise NotVisible from None
        else:
            return redirect("message_batch", ref=batch.ref)
    shown = {
        "form": form,
        "title": "Write to those still to contact",
        "caption": held.words,
        "lead": "The next page shows who would get it. Nothing is sent before you say so there.",
        "button": "Make the list",
        "back_url": reverse("campaign", args=[ref]),
    }
    return render(request, "one_form.html", shown)


@needs(P.CONTACT_MANY)
def close(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The work is over: asked first, then closed."""
    held = _campaign(request, ref)
    if request.method == "POST":
        try:
            close_campaign(campaign=held, by=request.user)
        except NotPermitted:
            raise NotVisible from None
        messages.success(request, f"{held.words} is closed. What came of it stands here.")
        return redirect("campaign", ref=ref)
    standing = people.standings(request.user, Campaign.objects.filter(pk=held.pk))
    shown = {"campaign": held, "standing": standing.get(held.pk, people.Standing())}
    return render(request, "caseload/campaigns/close.html", shown)


@needs(P.CAMPAIGN_READ)
def by_days(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """The daily counts as a file; nobody is named in it."""
    held = _campaign(request, ref)
    counted = rows(days(request.user, held, clock.today()))
    name = f"{held.kind.replace('_', '-')}-{held.starts_on}.csv"
    return download_of(csv_chunks(tuple(headings()), counted), name=name, kind=StoredFile.Kind.CSV)


def _campaign(request: HttpRequest, ref: UUID) -> Campaign:
    """A campaign of one's council, or there is nothing here."""
    return get_object_or_404(people.campaigns_of(request.user), ref=ref)
