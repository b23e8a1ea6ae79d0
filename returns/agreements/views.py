"""The register of agreements: read by everybody at the council, kept by those who receive returns."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.documents.pdf import pdf_of
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from returns.agreements import queries
from returns.agreements.actions import Refused, add_agreement, change_agreement, end_agreement, note_printed
from returns.agreements.forms import AgreementForm, EndForm
from returns.exchange.models import Agreement
from returns.intake.views.tabs import tabs
from schools.models import Authority

P = Permission
View = Callable[..., HttpResponseBase]


def of_a_council(view: View) -> View:
    """Who works for no council has no agreements: they are sent home."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        return redirect("home") if request.authority_id is None else view(request, *args, **named)

    return shown


def _authority(request: HttpRequest) -> Authority:
    return Authority.objects.get(pk=request.authority_id)


def _agreement(request: HttpRequest, pk: int) -> Agreement:
    return get_object_or_404(queries.agreements_of(_authority(request)), pk=pk)


@needs(P.REFERENCE_READ)
@of_a_council
def agreements(request: HttpRequest) -> HttpResponseBase:
    """What is agreed with whom, what runs out, and what passes without an agreement."""
    today = clock.today()
    found = list(queries.agreements_of(_authority(request)))
    flows = queries.flows(found, today)
    may_change = scope_of(request.user).can(P.RETURN_RECEIVE)
    shown = {
        "lines": queries.lines(found, today),
        "without": [each for each in flows if not each.agreements],
        "soon": queries.running_out(request.authority_id, today),
        "may_change": may_change,
        "tabs": tabs("agreements") if may_change else [],
    }
    return render(request, "returns/agreements/agreements.html", shown)


@needs(P.REFERENCE_READ)
@of_a_council
def record_of_flows(request: HttpRequest) -> HttpResponseBase:
    """Every flow of data with its legal basis, purpose, who answers for it and how long it is kept, on paper (R32)."""
    today, authority = clock.today(), _authority(request)
    flows = queries.flows(list(queries.agreements_of(authority)), today)
    shown = {"flows": flows, "council": authority.name, "today": today}
    content = pdf_of("returns/agreements/record.html", shown)
    note_printed(authority=authority, flows=len(flows), by=request.user)
    return download_of([content], name=f"data-flows-{today:%Y-%m-%d}.pdf", kind=StoredFile.Kind.PDF)


@needs(P.RETURN_RECEIVE)
def new_agreement(request: HttpRequest) -> HttpResponse:
    """Add an agreement."""
    authority = _authority(request)
    form = AgreementForm(request.POST or None, authority=authority, initial={"controller": authority.name})
    if _done(request, form, lambda: add_agreement(authority=authority, terms=form.told(), by=request.user)):
        messages.success(request, "The agreement is in the register.")
        return redirect("agreements")
    return _form_page(request, form, "Add an agreement", "Save")


@needs(P.RETURN_RECEIVE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Read an agreement and change it."""
    found = _agreement(request, pk)
    initial = {name: getattr(found, name) for name in AgreementForm.base_fields}
    form = AgreementForm(request.POST or None, authority=found.authority, initial=initial)
    if _done(request, form, lambda: change_agreement(agreement=found, terms=form.told(), by=request.user)):
        messages.success(request, "The agreement is changed.")
        return redirect("agreements")
    return _form_page(request, form, f"Change {found.title}", "Save")


@needs(P.RETURN_RECEIVE)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing passes under it any more."""
    found = _agreement(request, pk)
    form = EndForm(request.POST or None, initial={"on": clock.today()})
    if _done(
        request, form, lambda: end_agreement(agreement=found, on=form.cleaned_data["on"], by=request.user)
    ):
        messages.success(request, f"{found.title} is ended.")
        return redirect("agreements")
    return _form_page(request, form, f"End {found.title}", "End it")


def _done(request: HttpRequest, form: Any, act: Callable[[], object]) -> bool:
    """Whether something right was typed and done; a refusal stands on the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True


def _form_page(request: HttpRequest, form: Any, title: str, button: str) -> HttpResponse:
    shown = {"form": form, "title": title, "button": button, "back_url": reverse("agreements")}
    return render(request, "one_form.html", shown)
