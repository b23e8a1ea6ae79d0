"""What every address asks of who opens it: the decorators each view carries and the URL table is classified from."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django_htmx.http import HttpResponseClientRedirect
from rest_framework.permissions import BasePermission

from neet.accounts.queries import demonstration_is_open
from neet.accounts.roles import Permission
from neet.accounts.scope import Scope, scope_of
from neet.accounts.second_factor import has_fresh_second_factor, has_second_factor, second_factor_url
from neet.audit.actions import refused

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Access:
    """What an address asks: a permission (`to_post` a further one for changes), or the reason it is open to anyone."""

    needs: Permission | None = None
    to_post: Permission | None = None
    fresh: bool = False
    anyone: str = ""

    def asked_by(self, method: str) -> tuple[Permission, ...]:
        changes = method not in {"GET", "HEAD", "OPTIONS"}
        return tuple(each for each in (self.needs, self.to_post if changes else None) if each)


def needs(
    permission: Permission, *, to_post: Permission | None = None, fresh: bool = False
) -> Callable[[View], View]:
    """Signed in, second factor given, permission held; else the sign-in page, or 404 as if nothing were there.

    `fresh` also asks for a second factor given in the last thirty minutes.
    """
    access = Access(needs=permission, to_post=to_post, fresh=fresh)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return _stopped(request, access) or view(request, *args, **kwargs)

        guarded.access = access  # type: ignore[attr-defined]  # a mark on the view, read by access_of
        return guarded

    return decorate


def anyone(why: str) -> Callable[[View], View]:
    """Open to the world, and the reason why, for whoever audits the list of addresses."""

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs)

        opened.access = Access(anyone=why)  # type: ignore[attr-defined]  # a mark on the view, read by access_of
        return opened

    return decorate


def needs_for_api(permission: Permission, *, to_post: Permission | None = None) -> type[BasePermission]:
    """The same for REST framework: put it into `permission_classes`."""
    access = Access(needs=permission, to_post=to_post)

    class Needs(BasePermission):
        needs = access

        def has_permission(self, request: Any, view: Any) -> bool:
            if not has_second_factor(request) and not getattr(request.auth, "is_system_token", False):
                return False
            if not may(request, access):
                raise Http404
            return True

    return Needs


class Nobody(BasePermission):
    """Of an address for programs that does not say what it needs: nobody gets in."""

    def has_permission(self, request: Any, view: Any) -> bool:
        return False


_by_name: dict[tuple[str, str], Access | None] = {}


def access_at(name: str, url: str) -> Access | None:
    """What the address of this name asks, whatever stands in it; `url` is any such address."""
    key = (name, settings.ROOT_URLCONF)
    if key not in _by_name:
        _by_name[key] = access_of(resolve(url).func)
    return _by_name[key]


def access_of(view: Any) -> Access | None:
    """What an address of the URL table asks; None where nobody classified it."""
    if found := getattr(view, "access", None):
        return found
    classes = getattr(getattr(view, "cls", None), "permission_classes", ())
    if found := next((each.needs for each in classes if hasattr(each, "needs")), None):
        return found
    if hasattr(view, "admin_site") or hasattr(view, "model_admin"):
        return Access(needs=Permission.ADMIN_USE)
    return None


def may(request: HttpRequest, access: Access) -> bool:
    """Whether the person's scope holds all that is asked for this method."""
    scope = scope_of(request.user)
    return all(scope.can(permission) for permission in access.asked_by(request.method or "GET"))


def opens_to(scope: Scope, path: str) -> bool:
    """Whether somebody may open a page of ours, so that no link leads them where nothing is. What the address names is
    not looked up: a list opens, a record may still be hidden."""
    access = _access_at(path)
    return access is not None and (bool(access.anyone) or all(map(scope.can, access.asked_by("GET"))))


@lru_cache(maxsize=500)
def _access_at(path: str) -> Access | None:
    try:
        return access_of(resolve(path).func)
    except Resolver404:
        return None


def _stopped(request: HttpRequest, access: Access) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return _go(request, redirect_to_login(request.get_full_path(), sign_in_page()).url)
    if not has_second_factor(request):
        return _go(request, second_factor_url(request))
    if not may(request, access):
        refused(by=request.user, why=route_of(request))
        raise Http404
    if access.fresh and not has_fresh_second_factor(request):
        return _go(request, second_factor_url(request, fresh=True))
    return None


def sign_in_page() -> str:
    """Where somebody who is not signed in goes: in a demonstration, to the invented accounts."""
    return reverse("demonstration" if settings.DEMO and demonstration_is_open() else "account_login")


def route_of(request: HttpRequest) -> str:
    """The pattern of the address, which holds no value of anybody's."""
    return request.resolver_match.route if request.resolver_match else ""


def _go(request: HttpRequest, url: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return HttpResponseClientRedirect(url)
    return redirect(url)
