"""Asking other councils whether they know somebody, who asked about ours, and which councils answer each other."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.listing import listing_of
from neet.ui.words import many
from schools.models import Authority
from tracking.moves.actions.agreements import agree, end, offer
from tracking.moves.actions.asking import LookedUp, Told, ask_councils, look_newcomers_up
from tracking.moves.forms import NewcomersForm, OfferForm, OtherCouncilsForm
from tracking.moves.kinds import Kind
from tracking.moves.models import CouncilAgreement
from tracking.moves.queries.agreements import agreement_lines, agreements_of, not_yet_offered
from tracking.moves.queries.asked_of_us import questions
from tracking.moves.queries.newcomers import named
from tracking.moves.views.frame import tried
from tracking.register.models import YoungPerson
from tracking.register.queries.people import NotVisible
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.editing import answers
from tracking.tabs import RIGHTS, tabs

P = Permission
SOME_TIME = timedelta(days=30)
SHOWN = 500


def _authority(request: HttpRequest, permission: Permission) -> Authority:
    """The council from whose desk one asks."""
    places = request.scope.where(permission)
    return Authority.objects.get(pk=places[0].authority_id)


@needs(P.OTHER_COUNCILS)
def other_councils(request: HttpRequest) -> HttpResponse:
    """One question, and its answer on the same page: nothing of it stands in an address."""
    authority = _authority(request, P.OTHER_COUNCILS)
    form = OtherCouncilsForm(answers(request))
    told: tuple[Told, ...] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            told = ask_councils(authority=authority, wanted=form.wanted(), by=request.user)
        except NotRight as refused:
            form.take(refused)
        except NotPermitted:
            raise NotVisible from None
    lines = agreement_lines(authority.pk)
    shown = {
        "form": form,
        "told": told,
        "answering": [each.other.name for each in lines if each.stands == "Both answer"],
        "beside": tabs(request, "moves"),
    }
    return render(request, "tracking/moves/other_councils.html", shown)


@needs(P.OTHER_COUNCILS)
def newcomers(request: HttpRequest) -> HttpResponse:
    """All who are new on our register asked about at once; the answer stands on the same page."""
    authority = _authority(request, P.OTHER_COUNCILS)
    first = {"since": clock.today() - SOME_TIME}
    form = NewcomersForm(answers(request), initial=first)
    found: LookedUp | None = None
    lines: list[tuple[YoungPerson, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            found = look_newcomers_up(authority=authority, since=form.cleaned_data["since"], by=request.user)
        except NotPermitted:
            raise NotVisible from None
        people = named([person for person, _ in found.known[:SHOWN]], request.user)
        lines = [(people[person], council) for person, council in found.known[:SHOWN] if person in people]
    shown = {"form": form, "found": found, "lines": lines, "more": len(found.known) - SHOWN if found else 0}
    return render(request, "tracking/moves/newcomers.html", {**shown, "beside": tabs(request, "moves")})


@needs(P.OTHER_COUNCILS)
def asked_of_us(request: HttpRequest) -> HttpResponse:
    """Which council asked about whom of ours, and why."""
    authority = _authority(request, P.OTHER_COUNCILS)
    listing = listing_of(request.GET, sorts={"at": ("at", "pk")}, first="at", filters=())
    listing, lines = questions(authority.pk, listing, request.user)
    people = [each.person.pk for each in lines if each.person]
    note_read(Kind.QUESTIONS_READ, by=request.user, authority_id=authority.pk, subjects=people)
    shown = {
        "listing": listing,
        "lines": lines,
        "total_words": many(listing.total, "question,questions").capitalize(),
        "today": clock.today(),
    }
    return render(request, "tracking/moves/asked_of_us.html", shown)


@needs(P.RESTRICTION_CHANGE)
def agreements(request: HttpRequest) -> HttpResponse:
    """Which councils answer ours and are answered by it; offering it to another."""
    authority = _authority(request, P.RESTRICTION_CHANGE)
    form = OfferForm(answers(request))
    left = not_yet_offered(authority)
    form.fields["other"].queryset = left  # type: ignore[attr-defined]  # a field of rows
    if request.method == "POST" and form.is_valid():
        other = form.cleaned_data["other"]
        done = f"Offered to {other.name}. Both answer once it agrees."
        if tried(request, lambda: offer(authority=authority, other=other, by=request.user), done, form):
            return redirect("council_agreements")
    shown = {
        "form": form,
        "lines": agreement_lines(authority.pk),
        "may_offer": left.exists(),
        "beside": tabs(request, "council_agreements", RIGHTS),
    }
    return render(request, "tracking/moves/agreements.html", shown)


@require_POST
@needs(P.RESTRICTION_CHANGE)
def agreed(request: HttpRequest, pk: int) -> HttpResponse:
    authority, held = _held(request, pk)
    tried(
        request,
        lambda: agree(agreement=held, authority=authority, by=request.user),
        "Agreed. Both answer now.",
    )
    return redirect("council_agreements")


@require_POST
@needs(P.RESTRICTION_CHANGE)
def ended(request: HttpRequest, pk: int) -> HttpResponse:
    authority, held = _held(request, pk)
    tried(
        request,
        lambda: end(agreement=held, authority=authority, by=request.user),
        "Ended. Neither answers now.",
    )
    return redirect("council_agreements")


def _held(request: HttpRequest, pk: int) -> tuple[Authority, CouncilAgreement]:
    authority = _authority(request, P.RESTRICTION_CHANGE)
    return authority, get_object_or_404(agreements_of(authority.pk), pk=pk)
