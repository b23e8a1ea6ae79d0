"""Every address says what it asks of who opens it; one nobody classified fails here."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from neet.accounts.access import access_of


def addresses(resolver: URLResolver, above: str = "") -> Iterator[tuple[str, Any]]:
    """Every address of the URL table with its view."""
    for pattern in resolver.url_patterns:
        here = above + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here, pattern.callback
        else:
            yield from addresses(pattern, here)


@pytest.mark.parametrize(
    ("address", "view"), [pytest.param(*each, id=each[0]) for each in addresses(get_resolver())]
)
def test_an_address_is_classified(address: str, view: Any) -> None:
    assert access_of(view) is not None, f"{address}: decorate the view with @needs(...) or @anyone('why')"
