"""Adding and removing authenticator apps and passkeys: allauth's pages behind our own conditions."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from neet.accounts.access import anyone
from neet.accounts.actions import key_was_added
from neet.accounts.limits import TOO_MANY
from neet.accounts.models import User
from neet.accounts.second_factor import (
    has_fresh_second_factor,
    has_second_factor,
    may_add_first_factor,
    record_second_factor,
    second_factor_url,
)
from neet.audit.actions import note
from neet.audit.kinds import Kind

View = Callable[..., HttpResponse]


def adding(view: View) -> View:
    """For who has just shown a second factor, or has none yet and has just shown a code from their mailbox.
    A key added that way is the second factor of this session: it was shown a moment ago.
    """

    @anyone(
        "adds a first second factor after the password and a mailbox code; everybody else needs a fresh one"
    )
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect("account_login")
        first = not _keys(request) and may_add_first_factor(request)
        if not (first or has_fresh_second_factor(request)):
            return redirect(second_factor_url(request, fresh=has_second_factor(request)))
        before = _keys(request)
        response = view(request, *args, **kwargs)
        for kind in set(_keys(request).items()) - set(before.items()):
            key_was_added(user=request.user, kind=kind[1])
            record_second_factor(request, kind[1])
            return redirect("recovery_codes" if first else "account")
        return response

    return guarded


def removing(view: View) -> View:
    """For who has just shown a second factor and keeps at least one, or may use the mailbox."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        before = _keys(request)
        response = view(request, *args, **kwargs)
        for kind in set(before.items()) - set(_keys(request).items()):
            person = request.user if isinstance(request.user, User) else None
            note(Kind.SECOND_FACTOR_REMOVED, by=person, why=kind[1])
            return redirect("account")
        return response

    return guarded


def passkey_alone(view: View) -> View:
    """Signing in by a passkey and nothing else: one that opens nothing stands in the trail."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if request.method == "POST" and not request.user.is_authenticated and answer.status_code != TOO_MANY:
            note(Kind.SIGN_IN_FAILED, by=None, why="passkey")
        return answer

    return guarded


def with_password(view: View) -> View:
    """For an account that has a password to change: the invented ones of a demonstration have none."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not request.user.has_usable_password():
            messages.info(request, "This account is opened without a password, so there is none to change.")
            return redirect("account")
        return view(request, *args, **kwargs)

    return guarded


def _keys(request: HttpRequest) -> dict[int, str]:
    return dict(Authenticator.objects.filter(user=request.user).values_list("pk", "type"))
