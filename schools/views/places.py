"""Establishments and whom to ask there; the council's districts and services."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from schools import queries
from schools.actions.places import remove_contact, save_place
from schools.forms.places import (
    ContactForm,
    DistrictForm,
    EstablishmentFilter,
    EstablishmentForm,
    ServiceForm,
)
from schools.models import Authority, Contact, District, Establishment, Service
from schools.views.people import page

P = Permission
SORTS = {"name": ("name", "pk"), "town": ("town", "name"), "kind": ("kind", "name")}


@needs(P.REFERENCE_READ)
def establishments(request: HttpRequest) -> HttpResponse:
    """Schools, colleges and providers."""
    form = EstablishmentFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    listing = listing_of(request.GET, sorts=SORTS, first="name", filters=form.fields)
    found = queries.establishments(
        ours(request),
        kind=asked.get("kind", ""),
        anywhere=asked.get("area") == "all",
        closed=asked.get("closed") == "yes",
        words=asked.get("words", ""),
    )
    listing = listing.counted(found.count())
    return render(
        request,
        "schools/establishments.html",
        {
            "form": form,
            "listing": listing,
            "chosen": chosen(form, listing),
            "rows": found.order_by(*listing.order_by)[listing.start : listing.stop],
            "may_change": request.scope.can(P.ESTABLISHMENT_CHANGE),
        },
    )


@needs(P.REFERENCE_READ)
def establishment(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """One school, college or provider, and whom to ask there."""
    found = get_object_or_404(Establishment, pk=establishment_id)
    kept = queries.establishments_kept_by(ours(request)).filter(pk=found.pk).exists()
    return render(
        request,
        "schools/establishment.html",
        {
            "establishment": found,
            "contacts": queries.contacts_of(found, ours(request)),
            "may_change": kept and request.scope.can(P.ESTABLISHMENT_CHANGE),
            "may_add_contact": request.scope.can(P.ESTABLISHMENT_CHANGE),
        },
    )


@needs(P.ESTABLISHMENT_CHANGE)
def add_establishment(request: HttpRequest) -> HttpResponse:
    """A provider that is not in the national register."""
    first = ours(request).first()
    form = EstablishmentForm(request.POST or None, initial={"la_code": first.code if first else ""})
    if request.method == "POST" and form.is_valid():
        if not queries.may_keep(ours(request), form.instance.la_code):
            form.add_error("la_code", "Another council here looks after the establishments of that area")
        else:
            found = save_place(
                row=form.save(commit=False), by=request.user, authority_id=request.authority_id
            )
            messages.success(request, f"{found.name} is added.")
            return redirect("establishment", establishment_id=found.pk)
    return page(request, form, "Add a school, college or provider", "Add", "establishments")


@needs(P.ESTABLISHMENT_CHANGE)
def change_establishment(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """What is known of an establishment of one's own area."""
    found = get_object_or_404(queries.establishments_kept_by(ours(request)), pk=establishment_id)
    form = EstablishmentForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        if not queries.may_keep(ours(request), form.instance.la_code):
            form.add_error("la_code", "Another council here looks after the establishments of that area")
        else:
            save_place(row=form.save(commit=False), by=request.user, authority_id=request.authority_id)
            messages.success(request, f"{found.name} is changed.")
            return redirect("establishment", establishment_id=found.pk)
    return page(request, form, f"Change {found.name}", "Save", "establishment", found.pk)


@needs(P.ESTABLISHMENT_CHANGE)
def add_contact(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """Somebody else to ask at an establishment."""
    found = get_object_or_404(Establishment, pk=establishment_id)
    council = own_council(request)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        contact = form.save(commit=False)
        contact.establishment, contact.authority = found, council
        save_place(row=contact, by=request.user)
        messages.success(request, f"{contact.name} is added.")
        return redirect("establishment", establishment_id=found.pk)
    return page(request, form, "Add a contact", "Add", "establishment", found.pk, caption=found.name)


@needs(P.ESTABLISHMENT_CHANGE)
def change_contact(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Whom to ask, and how they are reached."""
    found = own_contact(request, contact_id)
    form = ContactForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        save_place(row=form.save(commit=False), by=request.user)
        messages.success(request, f"{found.name} is changed.")
        return redirect("establishment", establishment_id=found.establishment_id)
    return page(
        request, form, f"Change {found.name}", "Save", "establishment", found.establishment_id,
        caption=found.establishment.name,
    )  # fmt: skip


@require_POST
@needs(P.ESTABLISHMENT_CHANGE)
def drop_contact(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Nobody is to ask this person any more."""
    found = own_contact(request, contact_id)
    remove_contact(contact=found, by=request.user)
    messages.success(request, f"{found.name} is no longer a contact.")
    return redirect("establishment", establishment_id=found.establishment_id)


@needs(P.ESTABLISHMENT_CHANGE)
def council(request: HttpRequest) -> HttpResponse:
    """The council's districts and services."""
    councils = ours(request)
    return render(
        request,
        "schools/council.html",
        {
            "districts": queries.districts_of(councils),
            "services": queries.services_of(councils),
            "several": len(councils) > 1,
        },
    )


@needs(P.ESTABLISHMENT_CHANGE)
def district(request: HttpRequest, district_id: int | None = None) -> HttpResponse:
    """A district's name; a new one without a number."""
    found = get_object_or_404(District, pk=district_id, authority__in=ours(request)) if district_id else None
    row = found or District(authority=own_council(request))
    return _kept(request, DistrictForm(request.POST or None, instance=row), "district", found)


@needs(P.ESTABLISHMENT_CHANGE)
def service(request: HttpRequest, service_id: int | None = None) -> HttpResponse:
    """A service's name; a new one without a number."""
    found = get_object_or_404(Service, pk=service_id, authority__in=ours(request)) if service_id else None
    row = found or Service(authority=own_council(request))
    return _kept(request, ServiceForm(request.POST or None, instance=row), "service", found)


def _kept(request: HttpRequest, form: Any, what: str, found: District | Service | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        row = form.save(commit=False)
        if isinstance(row, Service) and not row.slug:
            row.slug = slugify(row.name)[:40] or "service"
        if type(row).objects.filter(authority=row.authority, **_same(row)).exclude(pk=row.pk).exists():
            form.add_error("name", f"There is a {what} of this name already")
        else:
            save_place(row=row, by=request.user)
            messages.success(request, f"{row.name} is kept.")
            return redirect("council")
    title = f"Change {found.name}" if found else f"Add a {what}"
    return page(request, form, title, "Save", "council")


def _same(row: District | Service) -> dict[str, str]:
    return {"slug": row.slug} if isinstance(row, Service) else {"name": row.name}


def ours(request: HttpRequest) -> Any:
    """The councils one may read the places of."""
    return queries.authorities_of(request.scope, P.REFERENCE_READ)


def own_council(request: HttpRequest) -> Authority:
    """The council one works for at this desk."""
    found = queries.authorities_of(request.scope, P.ESTABLISHMENT_CHANGE).first()
    if found is None:
        raise Http404
    return found


def own_contact(request: HttpRequest, contact_id: int) -> Contact:
    mine = queries.authorities_of(request.scope, P.ESTABLISHMENT_CHANGE)
    return get_object_or_404(
        Contact.objects.select_related("establishment"), pk=contact_id, authority__in=mine
    )
