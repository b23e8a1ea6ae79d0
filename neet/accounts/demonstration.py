"""The page where one click steps into an invented account. Only in a demonstration; elsewhere there is no such page."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from neet.accounts import actions, queries
from neet.accounts.access import anyone
from neet.accounts.second_factor import METHOD, way_back

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@anyone("an invented register with invented accounts; absent wherever the register is real")
def demonstration(request: HttpRequest) -> HttpResponse:
    """One account for each role."""
    if not queries.demonstration_is_open():
        raise Http404
    if request.method == "POST":
        return _step_in(request)
    accounts = [
        (user, queries.roles_in_words(user), queries.stands_at(user))
        for user in queries.demonstration_accounts()
    ]
    return render(request, "accounts/demonstration.html", {"accounts": accounts, "next": way_back(request)})


def _step_in(request: HttpRequest) -> HttpResponse:
    number = request.POST.get("account", "")
    user = get_object_or_404(queries.demonstration_accounts(), pk=int(number) if number.isdigit() else 0)
    login(request, user, backend=BACKEND)
    record_authentication(request, user, METHOD, type="demonstration")
    actions.note_signed_in(user=user, kind="demonstration")
    return redirect(way_back(request))
