"""The doors of signing in with an account of the council's own: there, back, and once more before what matters."""

import hmac
import logging
from dataclasses import asdict
from time import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from neet.accounts import actions, queries
from neet.accounts.access import anyone, needs
from neet.accounts.limits import within
from neet.accounts.models import User
from neet.accounts.provider import Begun, begin, said_by
from neet.accounts.roles import Permission
from neet.accounts.rules.sign_on import WORDS, NotLetIn, Provider, Said, Why, is_again
from neet.accounts.second_factor import (
    PROVIDER,
    PROVIDER_AGAIN,
    SIGNED_IN_BY,
    record_second_factor,
    way_back,
)

log = logging.getLogger(__name__)

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
UNDER_WAY = "sign_on"
FOR_SECONDS = 600


@never_cache
@anyone("sends a browser to the council's own sign-on; tells it nothing of anybody")
def begin_sign_on(request: HttpRequest, slug: str) -> HttpResponse:
    """To the provider, with what its answer must carry kept in this browser's session alone."""
    provider = _provider(slug)
    again = request.user.is_authenticated
    if again and not _by(request, provider):
        return redirect("/")
    if not within(request, action="sign_on"):
        return _refuse(request, provider, NotLetIn(Why.TROUBLE, "too many"))
    try:
        url, begun = begin(provider, _come_back(provider), again=again)
    except NotLetIn as refused:
        return _refuse(request, provider, refused)
    request.session[UNDER_WAY] = {**asdict(begun), "next": way_back(request)}
    return redirect(url)


@never_cache
@anyone("the way back from the council's own sign-on")
def end_sign_on(request: HttpRequest, slug: str) -> HttpResponse:
    """Back from the provider: whoever it is comes in, where all that it says holds and the account here is open."""
    provider = _provider(slug)
    kept = request.session.pop(UNDER_WAY, None)
    try:
        begun, onward = _begun(request, provider, kept)
        said = said_by(provider, request.GET.get("code", ""), begun, _come_back(provider))
        if begun.again:
            return _confirmed(request, provider, begun, said, onward)
        user = actions.let_in_by(provider=provider, said=said)
    except NotLetIn as refused:
        return _refuse(request, provider, refused)
    return _come_in(request, provider, user, said, onward)


def _begun(request: HttpRequest, provider: Provider, kept: Any) -> tuple[Begun, str]:
    """What this browser began: with this provider, lately, and the answer is to it. Raises NotLetIn."""
    if not kept or kept["slug"] != provider.slug or time() - kept["at"] > FOR_SECONDS:
        raise NotLetIn(Why.TROUBLE, "not begun here")
    if not hmac.compare_digest(request.GET.get("state", "").encode(), kept["state"].encode()):
        raise NotLetIn(Why.TROUBLE, "state")
    if request.GET.get("iss", provider.issuer) != provider.issuer:
        raise NotLetIn(Why.TROUBLE, "answered by another issuer")
    if "code" not in request.GET:
        raise NotLetIn(Why.LEFT if request.GET.get("error") == "access_denied" else Why.TROUBLE, "no code")
    onward = kept.pop("next")
    return Begun(**kept), onward


def _come_in(request: HttpRequest, provider: Provider, user: User, said: Said, onward: str) -> HttpResponse:
    """Signed in. Where the provider does not vouch for a second factor, ours is asked for next (middleware)."""
    login(request, user, backend=BACKEND)
    request.session[SIGNED_IN_BY] = provider.slug
    actions.note_first_step(user=user, kind=provider.slug)
    if said.second_factor:
        record_second_factor(request, PROVIDER)
        actions.note_signed_in(user=user, kind=PROVIDER)
    return redirect(onward)


def _confirmed(
    request: HttpRequest, provider: Provider, begun: Begun, said: Said, onward: str
) -> HttpResponse:
    """The same person signed in there once more just now, second factor included: it counts as a fresh one."""
    if not request.user.is_authenticated or not _by(request, provider):
        raise NotLetIn(Why.TROUBLE, "signed out meanwhile")
    if not queries.signs_in_as(request.user, provider.issuer, said.subject):
        raise NotLetIn(Why.ANOTHER)
    if not is_again(said, begun.at):
        raise NotLetIn(Why.TROUBLE, "not signed in anew")
    record_second_factor(request, PROVIDER_AGAIN)
    actions.note_shown_again(user=request.user, kind=PROVIDER_AGAIN)
    request.session.cycle_key()
    return redirect(onward)


@require_POST
@needs(Permission.SIGNED_IN, fresh=True)
def forget_sign_on(request: HttpRequest) -> HttpResponse:
    """The account elsewhere does not sign in here any more; the next one with the address does."""
    number = request.POST.get("sign_on", "")
    if number.isdigit() and isinstance(request.user, User):
        actions.forget_sign_on(user=request.user, sign_on_id=int(number))
        messages.success(
            request, "Removed. The next account with your e-mail address that signs in takes its place."
        )
    return redirect("account")


def _refuse(request: HttpRequest, provider: Provider, refused: NotLetIn) -> HttpResponse:
    log.warning("a sign-on was refused", extra={"about": {"provider": provider.slug, "why": str(refused)}})
    actions.note_not_let_in(why=refused.why)
    shown = {"words": WORDS[refused.why].format(name=provider.name), "name": provider.name}
    return render(request, "accounts/sign_on_refused.html", shown, status=403)


def _provider(slug: str) -> Provider:
    """One of the settings; none in a demonstration, which no real account may enter."""
    found = queries.sign_on_providers().get(slug)
    if found is None:
        raise Http404
    return found


def _by(request: HttpRequest, provider: Provider) -> bool:
    return request.session.get(SIGNED_IN_BY) == provider.slug and bool(provider.second_factor)


def _come_back(provider: Provider) -> str:
    return settings.BASE_URL + reverse("end_sign_on", args=[provider.slug])
