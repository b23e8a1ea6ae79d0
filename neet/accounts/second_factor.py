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
SIGNED_IN_BY = "sign_on_by"  # in a session: the provider whose account opened it
REMEMBERED = "remembered"
PROVIDER = "provider"  # asked for by whom the person signed in with, at a time we do not know
PROVIDER_AGAIN = "provider_again"  # asked for there just now, because we wanted it
CUPBOARD = "mailbox_first"  # a code by e-mail that only lets a first app or passkey be added


def record_second_factor(request: HttpRequest, kind: str) -> None:
    """This session has just shown a second factor (allauth records passkeys the same way)."""
    record_authentication(request, request.user, METHOD, type=kind)


def has_second_factor(request: HttpRequest) -> bool:
    """Signed in, and a second factor shown in this session or remembered for this device."""
    return bool(request.user.is_authenticated and _shown(request, but=(CUPBOARD,)))


def has_fresh_second_factor(request: HttpRequest) -> bool:
    """A second factor shown in the last thirty minutes; a remembered device does not count, nor one that somebody else
    asked for we do not know when."""
    return _lately(_shown(request, but=(CUPBOARD, REMEMBERED, PROVIDER)))


def may_add_first_factor(request: HttpRequest) -> bool:
    """Half signed in, and a code from the mailbox given in the last thirty minutes."""
    return _lately([each for each in _shown(request, but=()) if each.get("type") == CUPBOARD])


def second_factor_url(request: HttpRequest, *, fresh: bool = False) -> str:
    """The page that asks for it, and comes back here. After a POST it comes back to the page the form stood on."""
    back = request.get_full_path() if request.method == "GET" else _came_from(request)
    name = "fresh_second_factor" if fresh else "second_factor"
    return f"{reverse(name)}?{urlencode({'next': back})}"


def way_back(request: HttpRequest) -> str:
    """Where `next` leads, if that is a page of ours; else home."""
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    return asked if url_has_allowed_host_and_scheme(asked, None) and asked.startswith("/") else "/"


def _came_from(request: HttpRequest) -> str:
    page = request.headers.get("Referer", "")
    ours = f"{request.scheme}://{request.get_host()}"
    return page.removeprefix(ours) if page.startswith(f"{ours}/") else "/"


def _shown(request: HttpRequest, *, but: tuple[str, ...]) -> list[dict]:
    records = get_authentication_records(request, request.user)
    return [each for each in records if each["method"] == METHOD and each.get("type") not in but]


def _lately(shown: list[dict]) -> bool:
    return (
        bool(shown)
        and clock.now().timestamp() - max(each["at"] for each in shown) < FRESH_FOR.total_seconds()
    )
