"""Limits of how often something is tried, each of which leaves a line in the trail when it is reached."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request
from rest_framework.throttling import UserRateThrottle

from neet.accounts.models import User
from neet.audit.actions import note
from neet.audit.kinds import Kind

TOO_MANY = 429
# Whoever goes on knocking leaves a line a minute and not one for each knock: the trail is not theirs to fill.
NOTED_EVERY = 60

View = Callable[..., HttpResponse]


def within(request: HttpRequest, *, action: str, key: str | None = None, dry_run: bool = False) -> bool:
    """Count one try (unless `dry_run`): whether it is within the limit of the settings (ACCOUNT_RATE_LIMITS). One that
    is not stands in the trail."""
    if ratelimit.consume(request, action=action, key=key, dry_run=dry_run):
        return True
    note_reached(request, action)
    return False


def note_reached(request: HttpRequest | Request, action: str) -> None:
    """A limit was reached: by whom, where they are signed in, and which. At most once a minute for each of them."""
    person = request.user if isinstance(request.user, User) else None
    who = f"user-{person.pk}" if person else get_ip(request)
    if cache.add(f"limit-noted:{action.replace(' ', '-')}:{who}", True, NOTED_EVERY):
        note(Kind.LIMIT_REACHED, by=person, why=action)


def noted(action: str) -> Callable[[View], View]:
    """For a door of a package that counts tries itself: its "too many" stands in the trail too."""

    def around(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            answer = view(request, *args, **kwargs)
            if answer.status_code == TOO_MANY:
                note_reached(request, action)
            return answer

        return guarded

    return around


class NotedThrottle(UserRateThrottle):
    """The limit of programs and scripts, which stands in the trail when it is reached."""

    def allow_request(self, request: Request, view: Any) -> bool:
        allowed = super().allow_request(request, view)
        if not allowed:
            note_reached(request, f"api {self.scope}")
        return allowed
