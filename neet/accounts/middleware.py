"""On every request: its number in the trail, the session's limits, the second factor, the desk, nothing kept."""

import uuid
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from neet import clock
from neet.accounts.actions import note_signed_in
from neet.accounts.browsers import browser_words
from neet.accounts.queries import remembered_device
from neet.accounts.scope import NOWHERE, Scope, choose_desk, scope_of
from neet.accounts.second_factor import REMEMBERED, has_second_factor, record_second_factor, second_factor_url
from neet.audit.context import acting_role, request_id

Answer = Callable[[HttpRequest], HttpResponse]
IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
NOTED_EVERY = 60
FOR_PROGRAMS = ("/api/", "/metrics")

# Half signed in, one may give the second factor, add a first one, or leave; and read what is open to anyone.
HALFWAY = frozenset({"second_factor", "account_logout", "mfa_activate_totp", "mfa_add_webauthn"})


def number_requests(get_response: Answer) -> Answer:
    """Give each request a number of our own making; what a client sends is not believed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        number = str(uuid.uuid4())
        request.number = number  # type: ignore[attr-defined]  # what we put on each request
        mark, role = request_id.set(number), acting_role.set("")
        try:
            response = get_response(request)
        finally:
            request_id.reset(mark)
            acting_role.reset(role)
        response["X-Request-ID"] = number
        return response

    return middleware


def refuse_programs_in_clear(get_response: Answer) -> Answer:
    """A program that comes by http is refused and not led on: it would send its token in clear each time, unnoticed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SECURE_SSL_REDIRECT and request.path.startswith(FOR_PROGRAMS) and not request.is_secure():
            return JsonResponse(
                {"detail": "Ask by https. Change the token: it was sent in clear."}, status=403
            )
        return get_response(request)

    return middleware


def keep_nothing(get_response: Answer) -> Answer:
    """What somebody signed in is shown stands in no browser's store, and whatever way they leave by, the browser is
    told to empty it: after signing out, going back shows nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        signed_in = request.user.is_authenticated
        response = get_response(request)
        if signed_in:
            response["Cache-Control"] = "no-store"
            if not request.user.is_authenticated:
                response["Clear-Site-Data"] = '"cache"'
        return response

    return middleware


def limit_sessions(get_response: Answer) -> Answer:
    """End a session after an hour without a click, or twelve hours after it began."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and _is_over(request):
            logout(request)
            messages.info(request, "You were signed out because nothing happened here for a while.")
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
        return get_response(request)

    return middleware


def _is_over(request: HttpRequest) -> bool:
    session, now = request.session, clock.now().timestamp()
    if "started_at" not in session:
        session["started_at"] = session["seen_at"] = now
        session["browser"] = browser_words(request.headers.get("User-Agent", ""))
    if (
        now - session["seen_at"] > IDLE.total_seconds()
        or now - session["started_at"] > LONGEST.total_seconds()
    ):
        return True
    if now - session["seen_at"] > NOTED_EVERY:
        session["seen_at"] = now
    return False


def require_second_factor(get_response: Answer) -> Answer:
    """A password alone opens nothing, whichever way it came: page, reset link, invitation, API or admin."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not has_second_factor(request):
            if remembered_device(request.user, request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")):
                record_second_factor(request, REMEMBERED)
                note_signed_in(user=request.user, kind=REMEMBERED)
            elif not _may_pass(request):
                return redirect(second_factor_url(request))
        return get_response(request)

    return middleware


def _may_pass(request: HttpRequest) -> bool:
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return False
    return match.url_name in HALFWAY or bool(getattr(getattr(match.func, "access", None), "anyone", ""))


def choose_place(get_response: Answer) -> Answer:
    """Put `request.scope`, `request.authority_id` and `request.authority` there: the chosen desk, or the first."""

    def middleware(request: HttpRequest) -> HttpResponse:
        scope = _scope_at_desk(request)
        authority_id = scope.authority_ids[0] if scope.authority_ids else None
        # What we put on each request.
        request.scope, request.authority_id = scope, authority_id  # type: ignore[attr-defined]
        request.authority = _authority(authority_id)  # type: ignore[attr-defined]  # what we put on each request
        acting_role.set(",".join(sorted(scope.roles))[:30])
        return get_response(request)

    return middleware


def _scope_at_desk(request: HttpRequest) -> Scope:
    if not request.user.is_authenticated:
        return NOWHERE
    scope = scope_of(request.user)
    if len(scope.desks) > 1:
        chosen = request.session.get("desk")
        choose_desk(request.user, chosen if chosen in scope.desks else scope.desks[0])
    return scope_of(request.user)


def _authority(authority_id: int | None) -> object:
    """The authority worked for, read when somebody asks; before sign-in, the name the settings give."""
    if authority_id is None:
        return settings.COUNCIL_NAME
    return SimpleLazyObject(lambda: import_string(settings.AUTHORITY_SOURCE)(authority_id))
