"""What stands around every page: the council's name, who is signed in, and the navigation open to them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from neet.accounts.roles import ROLES, Permission
from neet.accounts.scope import NOWHERE, Scope, scope_of
from neet.ui.parts import Link

SERVICE = "Participation"
FOOTER = (("Accessibility", "accessibility"), ("Privacy", "privacy"), ("Help", "help"))


@dataclass(frozen=True)
class SignedIn:
    """Name and roles of the person at the desk."""

    name: str
    role: str


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of every layout; copes with nobody being signed in and with addresses that are not there."""
    scope = scope_at(request)
    council = getattr(request, "authority", None)
    return {
        "service": SERVICE,
        "council": str(getattr(council, "name", council) or ""),
        "council_contact": contact_of(council) if at_an_establishment(scope) else None,
        "demonstration": settings.DEMO,
        "signed_in_as": signed_in_as(request, scope),
        "navigation": navigation(settings.NAVIGATION, scope, request.path),
        "home_url": address("home") or "/",
        "search_url": address("search") if may_search(scope) else "",
        "account_url": address("account") if scope.user_id else "",
        "sign_out_url": address("account_logout") if scope.user_id else "",
        "footer": [Link(words, url) for words, name in FOOTER if (url := address(name))],
    }


def scope_at(request: HttpRequest) -> Scope:
    user = getattr(request, "user", None)
    return scope_of(user) if user is not None and user.is_authenticated else NOWHERE


def at_an_establishment(scope: Scope) -> bool:
    """Whether somebody works for schools and colleges only: their pages are the portal."""
    return {ROLES[role].placed_by for role in scope.roles if role in ROLES} == {"establishment"}


def contact_of(council: Any) -> Any:
    """Whom to ask at the council: its name, telephone and e-mail, from whoever keeps them. While somebody is just being
    signed in the council is still the name of the settings."""
    if not council or isinstance(council, str):
        return None
    return import_string(settings.COUNCIL_CONTACT_SOURCE)(council)


def signed_in_as(request: HttpRequest, scope: Scope) -> SignedIn | None:
    if scope.user_id is None:
        return None
    roles = sorted({ROLES[place.role].words for place in scope.places if place.role in ROLES})
    user: Any = request.user
    return SignedIn(name=user.get_full_name() or user.email, role=", ".join(roles))


def may_search(scope: Scope) -> bool:
    return scope.can(Permission.PERSON_READ) or scope.can(Permission.INDEX_SEARCH)


def navigation(entries: Iterable[dict[str, Any]], scope: Scope, path: str) -> list[Link]:
    """The entries this person may open; the one whose address begins this path most closely is current. An entry may
    name pages that are `also` its own, a permission whose holders find them at another entry (`unless`), or several
    entries `below` it: one leads on to them, and stands for itself where only one of them is open."""
    words = "words_in_portal" if at_an_establishment(scope) else "words"
    found: list[tuple[str, str, int, Sequence[Link]]] = []
    for entry in entries:
        below = [*found_at(entry.get("below", [entry]), scope, path, words)]
        if not below:
            continue
        first, nearest = below[0], max(near for _, _, near in below)
        if len(below) == 1:
            found.append((*first, ()))
        else:
            links = [Link(each, url, current=0 < near == nearest) for each, url, near in below]
            found.append((entry["words"], first[1], nearest, links))
    nearest = max((near for _, _, near, _ in found), default=0)
    return [
        Link(words, url, current=near == nearest > 0, below=below if near == nearest > 0 else ())
        for words, url, near, below in found
    ]


def found_at(
    entries: Iterable[dict[str, Any]], scope: Scope, path: str, words: str
) -> Iterator[tuple[str, str, int]]:
    """Of these entries those open to somebody: words, address, and how closely it begins the path."""
    for entry in entries:
        is_open = not entry.get("needs") or scope.can(Permission(entry["needs"]))
        elsewhere = entry.get("unless") and scope.can(Permission(entry["unless"]))
        if is_open and not elsewhere and (url := address(entry["url"])):
            yield entry.get(words, entry["words"]), url, nearness(entry, path)


def nearness(entry: dict[str, Any], path: str) -> int:
    """How many letters of a path an entry's addresses begin at most; 0 where none does."""
    addresses = [url for name in (entry["url"], *entry.get("also", ())) if (url := address(name))]
    return max((len(url) for url in addresses if begins(path, url)), default=0)


def begins(path: str, url: str) -> bool:
    """Whether a page lies under an address; the home page lies under itself only."""
    return path == url if url == "/" else path.startswith(url)


def address(name: str) -> str:
    """The address of a named page; empty where this installation has no such page."""
    return _address(name, settings.ROOT_URLCONF)


@lru_cache(maxsize=512)
def _address(name: str, urlconf: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
