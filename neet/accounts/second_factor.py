"""Whether this session has shown a second factor, and how long ago."""

from datetime import timedelta
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from neet import clock

FRESH_FOR = timedelta(minutes=30)
METHOD = "mfa"


def record_second_factor(request: HttpRequest, kind: str) -> None:
    """This session has just shown a second factor (allauth records its own kinds the same way)."""
    record_authentication(request, request.user, METHOD, type=kind)


def has_second_factor(request: HttpRequest) -> bool:
    """Signed in, and a second factor shown in this session or remembered for this device."""
    return bool(request.user.is_authenticated and _shown(request))


def has_fresh_second_factor(request: HttpRequest) -> bool:
    """A second factor shown in the last thirty minutes; a remembered device does not count."""
    shown = [each["at"] for each in _shown(request) if each.get("type") != "remembered"]
    return bool(shown) and clock.now().timestamp() - max(shown) < FRESH_FOR.total_seconds()


def second_factor_url(request: HttpRequest, *, fresh: bool = False) -> str:
    """The page that asks for it, and comes back here. After a POST it comes back to the page the form stood on."""
    back = request.get_full_path() if request.method == "GET" else _came_from(request)
    name = "fresh_second_factor" if fresh else "second_factor"
    return f"{reverse(name)}?{urlencode({'next': back})}"


def _came_from(request: HttpRequest) -> str:
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if ours else "/"


def _shown(request: HttpRequest) -> list[dict]:
    return [each for each in get_authentication_records(request, request.user) if each["method"] == METHOD]
