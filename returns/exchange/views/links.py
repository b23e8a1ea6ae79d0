"""The council's page of the links for one return."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.accounts.shown_once import keep_to_show, to_show
from returns.calendar.models import ExpectedReturn
from returns.calendar.queries.expected import received_by
from returns.exchange.actions.links import make_link, withdraw_link
from returns.exchange.actions.parcels import Refused
from returns.exchange.forms import LinkForm
from returns.exchange.links import links_of

P = Permission


@never_cache
@needs(P.RETURN_RECEIVE)
def upload_links(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The links made for this return; a new one is shown once, right after it was made."""
    expected = _expected(request, ref)
    form = LinkForm(request.POST or None)
    made = f"made for {ref}"
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            link, secret = make_link(
                expected=expected, expires_on=typed["expires_on"], email=typed["email"], by=request.user
            )
            if not secret:
                messages.success(request, f"The link is on its way to {link.email}.")
                return redirect("upload_links", ref=ref)
            keep_to_show(request, made, request.build_absolute_uri(reverse("upload_link", args=[secret])))
            return redirect("upload_links", ref=ref)
        except Refused as why:
            form.add_error(None, str(why))
    shown = {
        "expected": expected,
        "form": form,
        "made": to_show(request, made) or "",
        "links": links_of(expected),
        "today": clock.today(),
    }
    return render(request, "returns/exchange/links.html", shown)


@require_POST
@needs(P.RETURN_RECEIVE)
def withdraw_upload_link(request: HttpRequest, ref: UUID, link_id: int) -> HttpResponse:
    """Nobody sends anything by this one any more."""
    expected = _expected(request, ref)
    link = get_object_or_404(links_of(expected).select_related("expected__collection"), pk=link_id)
    withdraw_link(link=link, by=request.user)
    messages.success(request, "The link works no longer.")
    return redirect("upload_links", ref=ref)


def _expected(request: HttpRequest, ref: UUID) -> ExpectedReturn:
    found = received_by(request.user).select_related("collection__authority", "establishment")
    return get_object_or_404(found, ref=ref, establishment__isnull=False)
