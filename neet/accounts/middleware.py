"""On every request: its number in the trail, the second factor before anything else, and the desk worked from."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from neet.accounts.scope import NOWHERE, choose_desk, scope_of
from neet.accounts.second_factor import has_second_factor, second_factor_url
from neet.audit.context import acting_role, request_id

Answer = Callable[[HttpRequest], HttpResponse]


def number_requests(get_response: Answer) -> Answer:
    """Give each request a number of our own making; what a client sends is not believed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        number = str(uuid.uuid4())
        request.number = number
        mark, role = request_id.set(number), acting_role.set("")
        try:
            response = get_response(request)
        finally:
            request_id.reset(mark)
            acting_role.reset(role)
        response["X-Request-ID"] = number
        return response

    return middleware


# Half signed in, one may give the second factor, set one up for the first time, or leave.
HALFWAY = {
    "second_factor", "second_factor_mailbox", "account_logout", "mfa_activate_totp", "mfa_add_webauthn",
}  # fmt: skip


def require_second_factor(get_response: Answer) -> Answer:
    """A password alone opens nothing, whichever way it came: page, reset link, invitation, API or admin."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not has_second_factor(request) and not _may_pass(request):
            return redirect(second_factor_url(request))
        return get_response(request)

    return middleware


def _may_pass(request: HttpRequest) -> bool:
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return False
    return match.url_name in HALFWAY or getattr(getattr(match.func, "access", None), "anyone", "") != ""


def choose_place(get_response: Answer) -> Answer:
    """Put `request.scope` and `request.authority_id` there: the chosen desk, or the first of several."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.scope, request.authority_id = NOWHERE, None
        if request.user.is_authenticated:
            choose_desk(request.user, request.session.get("desk") or "")
            scope = scope_of(request.user)
            if len(scope.desks) > 1 and request.session.get("desk") not in scope.desks:
                choose_desk(request.user, scope.desks[0])
                scope = scope_of(request.user)
            request.scope = scope
            request.authority_id = scope.authority_ids[0] if len(scope.authority_ids) == 1 else None
            acting_role.set(",".join(sorted(scope.roles))[:30])
        return get_response(request)

    return middleware
