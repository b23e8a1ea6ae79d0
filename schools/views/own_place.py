"""What an establishment keeps of itself: that its people are the right ones, and whom the council asks there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.ui.listing import listing_of
from schools.actions.attesting import attest
from schools.actions.places import remove_contact, save_place
from schools.attesting import attested_at, own_contacts, places_attested
from schools.forms.own import OwnContactForm
from schools.models import Authority, Contact
from schools.queries import managed_authorities

OWN = Permission.OWN_COLLEAGUES


@require_POST
@needs(OWN)
def attest_own(request: HttpRequest) -> HttpResponse:
    """The people listed are the right ones: said with one click for each of one's own places."""
    today = clock.today()
    for each in attested_at(request.scope, today):
        authority = Authority.objects.get(pk=each.place.authority_id)
        attest(authority=authority, establishment=each.establishment, on=today, by=request.user)
    messages.success(request, "Thank you. We ask again next school year.")
    return redirect("own_colleagues")


@needs(OWN)
def own_contact(request: HttpRequest, contact_id: int | None = None) -> HttpResponse:
    """Whom the council asks here about leavers, data or returns: added or changed."""
    here = own_contacts(request.scope)
    found = get_object_or_404(here, pk=contact_id) if contact_id else Contact()
    places = attested_at(request.scope, clock.today())
    form = OwnContactForm(request.POST or None, instance=found, places=places)
    if request.method == "POST" and form.is_valid():
        row = form.placed()
        save_place(row=row, by=request.user)
        messages.success(request, f"The council now asks {row.name}.")
        return redirect("own_colleagues")
    shown = {
        "form": form,
        "title": "Change whom the council asks" if contact_id else "Say whom the council asks",
        "button": "Save",
        "back_url": reverse("own_colleagues"),
    }
    return render(request, "schools/own_form.html", shown)


@require_POST
@needs(OWN)
def drop_own_contact(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Somebody is no longer whom the council asks here."""
    found = get_object_or_404(own_contacts(request.scope), pk=contact_id)
    remove_contact(contact=found, by=request.user)
    messages.success(request, f"{found.name} is not asked any more.")
    return redirect("own_colleagues")


@needs(Permission.MEMBERSHIP_CHANGE)
def attestations(request: HttpRequest) -> HttpResponse:
    """Which establishments have looked through their people this school year."""
    ids = managed_authorities(request.scope)
    councils = Authority.objects.all() if ids is None else Authority.objects.filter(pk__in=ids)
    found = places_attested(councils, clock.today())
    sorts = {"name": ("name", "pk"), "said": ("said_on", "name", "pk")}
    listing = listing_of(request.GET, sorts=sorts, first="name").counted(found.count())
    rows = found.order_by(*listing.order_by)[listing.start : listing.stop]
    said = found.filter(said_on__isnull=False).count()
    shown = {"places": rows, "listing": listing, "said": said}
    return render(request, "schools/attestations.html", shown)
