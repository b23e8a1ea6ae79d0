"""The register as a page: filters beside the list, kept in the address; kept lists by name."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.forms import PlainForm, chosen
from neet.ui.listing import listing_of
from neet.ui.words import many
from tracking.register.actions.searches import forget_search, keep_filters
from tracking.register.columns import SCHOOL_ROLES
from tracking.register.forms.filters import RegisterFilter
from tracking.register.kinds import Kind
from tracking.register.models import SavedSearch
from tracking.register.queries.register import SORTS, register_page, sorts_of
from tracking.register.views.frame import acts, layout
from tracking.register.views.home import nobody_words
from tracking.tabs import tabs


class KeepForm(PlainForm):
    """A name for the list as it is filtered now."""

    name = forms.CharField(max_length=80, label="Name of this list")


@needs(Permission.PERSON_READ)
def register(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    form = RegisterFilter(request.GET, user=request.user, on=today)
    wanted = form.wanted()
    allowed = {name: SORTS[name] for name in sorts_of(request.user, today)}
    listing = listing_of(request.GET, sorts=allowed, first="name", filters=form.fields)
    page = register_page(request.user, wanted, listing, today)
    note_read(
        Kind.LIST_READ,
        by=request.user,
        authority_id=request.authority_id,
        subjects=[line.pk for line in page.lines],
    )
    shown = {
        "layout": layout(request),
        "beside": tabs(request, "register"),
        "title": "Your pupils" if request.scope.roles <= SCHOOL_ROLES else "Register",
        "form": form,
        "total_words": many(page.listing.total, "young person,young people").capitalize(),
        "nobody_words": nobody_words(request.scope),
        "may_bring": request.scope.can(Permission.REGISTER_LOAD),
        "listing": page.listing,
        "here": page.listing.link(page=page.listing.page),
        "chosen": chosen(form, page.listing),
        "page": page,
        "kept": kept_lists(request),
        "keep_form": KeepForm(),
        "acts": acts(request),
        "change_words": f"Change all {page.listing.total:,}",
    }
    return render(request, "tracking/register.html", shown)


def kept_lists(request: HttpRequest) -> list[tuple[SavedSearch, str]]:
    """This person's kept lists, each with its address."""
    kept = SavedSearch.objects.filter(user=request.user).exclude(name="")
    return [(each, f"{reverse('register')}?{urlencode(each.filters)}") for each in kept]


@require_POST
@needs(Permission.PERSON_READ)
def keep_list(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the list under a name."""
    form = KeepForm(request.POST)
    filters = {
        name: value for name, value in request.POST.items() if name in RegisterFilter.base_fields and value
    }
    if form.is_valid() and filters:
        keep_filters(name=form.cleaned_data["name"], filters=filters, by=request.user)
        messages.success(request, "The list is kept. You find it at the foot of the register.")
    else:
        messages.warning(request, "Not kept: choose at least one filter and enter a name for the list.")
    return redirect(f"{reverse('register')}?{urlencode(filters)}")


@require_POST
@needs(Permission.PERSON_READ)
def forget_list(request: HttpRequest, pk: int) -> HttpResponse:
    search = get_object_or_404(SavedSearch, pk=pk, user=request.user)
    forget_search(search=search, by=request.user)
    messages.success(request, "The list is taken away.")
    return redirect("register")
