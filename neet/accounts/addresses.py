"""Every address of the house with what it asks of whoever opens it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from neet.accounts.access import Access, access_of
from neet.accounts.roles import ROLES

METHODS = ("GET", "POST")


@dataclass(frozen=True)
class Address:
    """One line of the URL table; `access` is None where nobody classified it, which fails a test."""

    route: str
    name: str
    access: Access | None

    def roles(self, method: str) -> list[str]:
        """The roles that get past the door; what they find inside is decided by their places."""
        asked = self.access.asked_by(method) if self.access else ()
        return sorted(slug for slug, role in ROLES.items() if asked and role.permissions >= set(asked))


def addresses(below: URLResolver | None = None, above: str = "") -> Iterator[Address]:
    """All of them, in the order in which they are matched."""
    for pattern in (below or get_resolver()).url_patterns:
        route = above + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(route, pattern.name or "", access_of(pattern.callback))
        else:
            yield from addresses(pattern, route)
