"""Taking up an invitation. The link's secret leaves the address at once; only a button does anything."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from neet.accounts.access import anyone
from neet.accounts.models import User
from neet.accounts.second_factor import has_second_factor, second_factor_url
from schools import queries
from schools.actions.invitations import (
    NotUsable,
    accept_with_account,
    accept_with_new_account,
    has_account,
    hash_of,
    usable,
)
from schools.forms.people import AcceptForm
from schools.models import Invitation

WHY = "somebody invited opens the link in their message; an account is made only with an unused invitation"
HELD = "invitation"


@never_cache
@anyone(WHY)
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the secret's digest in the session and go on without it in the address."""
    request.session[HELD] = hash_of(token)
    response = redirect("invitation")
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@sensitive_post_parameters("password")
@anyone(WHY)
def invitation(request: HttpRequest) -> HttpResponse:
    """Say who is invited to what, and make the account or add the place when they say so."""
    user = request.user if request.user.is_authenticated else None
    try:
        found = usable(token_hash=request.session.get(HELD, ""), user=user)
        if user and not has_second_factor(request):
            return redirect(second_factor_url(request))
        if user:
            return _with_account(request, found, user)
        return _sign_in_first(request, found) if has_account(found) else _new_account(request, found)
    except NotUsable:
        return render(request, "schools/invitation_gone.html", status=404)


def _with_account(request: HttpRequest, found: Invitation, user: User) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, found, "accept")
    accept_with_account(token_hash=request.session.pop(HELD), user=user)
    return redirect("home")


def _sign_in_first(request: HttpRequest, found: Invitation) -> HttpResponse:
    return _shown(request, found, "sign_in")


def _new_account(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = AcceptForm(request.POST or None, email=found.email, initial={"name": found.name})
    if request.method != "POST" or not form.is_valid():
        return _shown(request, found, "new", form)
    typed = form.cleaned_data
    held = request.session.pop(HELD)
    user = accept_with_new_account(token_hash=held, name=typed["name"], password=typed["password"])
    login(request, user)
    return redirect("home")


def _shown(
    request: HttpRequest, found: Invitation, step: str, form: AcceptForm | None = None
) -> HttpResponse:
    return render(
        request,
        "schools/invitation.html",
        {
            "step": step,
            "form": form,
            "invitation": found,
            "role": queries.role_words(found.role),
            "where": queries.place_words(found),
        },
    )
