"""Legal holds, one record to be erased, and whether two people erase."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.listing import listing_of
from schools.models import Authority
from tracking.register.queries.people import visible_person
from tracking.retention import queries
from tracking.retention.actions import holds, lists
from tracking.retention.forms import EraseForm, HoldForm, KeepingForm, LiftForm
from tracking.retention.kinds import Kind
from tracking.retention.views.frame import one_form

P = Permission


@needs(P.ERASE)
def legal_holds(request: HttpRequest) -> HttpResponse:
    """Every hold, those that stand first."""
    found = queries.holds_of(request.user).filter(authority=request.authority_id)
    listing = listing_of(request.GET, sorts={"newest": ()}, first="newest").counted(found.count())
    page = list(found[listing.start : listing.stop])
    seen = [hold.person_id for hold in page if hold.person_id]
    note_read(Kind.HOLDS_READ, by=request.user, authority_id=request.authority_id, subjects=seen)
    return render(request, "tracking/retention/holds.html", {"listing": listing, "holds": page})


@needs(P.ERASE)
def hold_everything(request: HttpRequest) -> HttpResponse:
    """Nothing is erased in this council while it stands."""
    authority = get_object_or_404(Authority, pk=request.authority_id)
    form = HoldForm(request.POST or None)

    def act() -> str:
        holds.place_hold(authority=authority, person=None, by=request.user, **form.cleaned_data)
        return "Nothing is erased while this hold stands."

    shown = {
        "title": "Keep everything",
        "lead": "For an inquiry that asks for records of many years. Nobody and nothing is erased while it stands.",
        "button": "Place the hold",
    }
    return one_form(request, form, act, then=reverse("legal_holds"), shown=shown)


@needs(P.ERASE)
def hold_person(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One record is kept."""
    person = visible_person(request.user, ref)
    form = HoldForm(request.POST or None)

    def act() -> str:
        holds.place_hold(authority=person.authority, person=person, by=request.user, **form.cleaned_data)
        return "This record is kept while the hold stands."

    shown = {"title": "Keep this record", "caption": person.full_name, "button": "Place the hold"}
    return one_form(request, form, act, then=reverse("person", args=[ref]), shown=shown)


@needs(P.ERASE)
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """A hold no longer stands."""
    hold = get_object_or_404(queries.holds_of(request.user).filter(lifted_at__isnull=True), pk=pk)
    form = LiftForm(request.POST or None)

    def act() -> str:
        holds.lift_hold(hold=hold, by=request.user, **form.cleaned_data)
        return "Lifted. The next list is made without it."

    shown = {"title": "Lift the hold", "lead": hold.reason, "button": "Lift it"}
    return one_form(request, form, act, then=reverse("legal_holds"), shown=shown)


@needs(P.ERASE)
def erase_person(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Propose that one record be erased."""
    person = visible_person(request.user, ref)
    form = EraseForm(request.POST or None)

    def act() -> str:
        lists.ask_to_erase(person=person, by=request.user, **form.cleaned_data)
        return "Proposed. The record is erased once it is released."

    shown = {
        "title": "Erase this record",
        "caption": person.full_name,
        "lead": "Everything of this young person goes, with its history. Figures of past months stay, without them.",
        "button": "Propose it",
    }
    return one_form(request, form, act, then=reverse("retention"), shown=shown)


@needs(P.ERASE, fresh=True)
def two_people(request: HttpRequest) -> HttpResponse:
    """Whether two people erase."""
    authority = get_object_or_404(Authority, pk=request.authority_id)
    now = queries.keeping_of(authority.pk)
    stands = {"second_person": "yes" if now.second_person else "no", "why": now.why}
    form = KeepingForm(request.POST or None, initial=stands)

    def act() -> str:
        second = form.cleaned_data["second_person"] == "yes"
        holds.set_up(authority=authority, second_person=second, why=form.cleaned_data["why"], by=request.user)
        return "Two people erase." if second else "One person alone may erase, with a reason."

    shown = {"title": "Who erases", "button": "Save"}
    return one_form(request, form, act, then=reverse("retention"), shown=shown)
