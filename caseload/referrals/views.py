"""Referrals in and out with their clock; making one, and answering one."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.referrals import queries
from caseload.referrals.actions import accept, decline, refer, withdraw
from caseload.referrals.forms import DeclineForm, ReferForm, ReferralFilter
from caseload.referrals.kinds import Kind
from caseload.referrals.models import Referral
from caseload.tabs import tabs
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.words import many
from tracking.register.queries.people import NotVisible, visible_person
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.editing import Page, answers, asked_and_done

P = Permission
SORTS = {
    "due": ("due_on", "pk"),
    "made": ("made_at", "pk"),
    "name": ("person__family_name", "person__given_name", "pk"),
}


@needs(P.CASE_WORK)
def listed(request: HttpRequest) -> HttpResponse:
    """Those to us first; who belongs to no service sees all they may know of."""
    today = clock.today()
    form = ReferralFilter(request.GET)
    first = queries.TO_US if queries.own_services(request.user) else queries.ALL
    wanted = form.wanted(first)
    found = queries.wanted_referrals(request.user, wanted, today)
    listing = listing_of(request.GET, sorts=SORTS, first="due", filters=form.fields).counted(found.count())
    page = found.order_by(*listing.order_by)[listing.start : listing.stop]
    lines = queries.lines_of(page, request.user, today)
    note_read(
        Kind.LIST_READ,
        by=request.user,
        authority_id=request.authority_id,
        subjects=queries.ids(lines),
    )
    shown = {
        "tabs": tabs(request, "referrals"),
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "lines": lines,
        "wanted": wanted,
        "total_words": many(listing.total, "referral,referrals").capitalize(),
    }
    return render(request, "caseload/referrals/listed.html", shown)


@needs(P.CASE_WORK)
def make(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Another service is asked to take them on."""
    person = visible_person(request.user, ref)
    mine = queries.services_at(request.user, person.authority_id)
    form = ReferForm(answers(request), authority_id=person.authority_id, without=mine)

    def act() -> str:
        made = refer(person=person, ask=form.ask(), by=request.user)
        return f"Referred to {made.to_service}. They have until {made.due_on:%-d %B %Y} to answer."

    return asked_and_done(request, person, form, act, Page("Refer to another service", "Refer"))


@needs(P.CASE_WORK)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One referral, with what may be known of the young person."""
    found = queries.seen_by(request.user).filter(pk=pk)
    lines = queries.lines_of(found, request.user, clock.today())
    if not lines:
        raise NotVisible
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=queries.ids(lines))
    return render(request, "caseload/referrals/one.html", {"line": lines[0]})


@require_POST
@needs(P.CASE_WORK)
def accepted(request: HttpRequest, pk: int) -> HttpResponse:
    referral = _referral(request, pk)
    done = _done(
        request, lambda: accept(referral=referral, by=request.user), "Accepted. The record is open to you."
    )
    return redirect("person", ref=referral.person.ref) if done else redirect("referral", pk=pk)


@needs(P.CASE_WORK)
def declined(request: HttpRequest, pk: int) -> HttpResponse:
    """With the reason."""
    referral = _referral(request, pk)
    if not queries.answers_for(request.user, referral):
        messages.error(request, f"Only {referral.to_service} answers this referral.")
        return redirect("referral", pk=pk)
    form = DeclineForm(answers(request))
    if request.method == "POST" and form.is_valid():
        _done(
            request,
            lambda: decline(referral=referral, why=form.cleaned_data["why"], by=request.user),
            "Declined. The colleague who asked is told.",
        )
        return redirect("referrals")
    lines = queries.lines_of(queries.seen_by(request.user).filter(pk=pk), request.user, clock.today())
    return render(request, "caseload/referrals/decline.html", {"line": lines[0], "form": form})


@require_POST
@needs(P.CASE_WORK)
def withdrawn(request: HttpRequest, pk: int) -> HttpResponse:
    referral = _referral(request, pk)
    _done(request, lambda: withdraw(referral=referral, by=request.user), "Withdrawn.")
    return redirect(f"{reverse('referrals')}?box={queries.BY_US}")


def _referral(request: HttpRequest, pk: int) -> Referral:
    """One they may know of, or there is nothing here."""
    found = queries.seen_by(request.user).select_related("person", "to_service")
    return get_object_or_404(found, pk=pk)


def _done(request: HttpRequest, act: Callable[[], Referral], words: str) -> bool:
    try:
        act()
    except NotRight as refused:
        messages.error(request, " ".join(refused.words.values()))
        return False
    except NotPermitted:
        messages.error(request, "Only the service that was asked answers, and only who asked withdraws.")
        return False
    messages.success(request, words)
    return True
