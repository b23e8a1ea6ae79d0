"""The way between the pages of one piece of work; a page that this installation lacks is left out."""

from django.http import HttpRequest

from neet.accounts.access import access_at
from neet.ui.context import address, scope_at
from neet.ui.parts import Link

Pages = tuple[tuple[str, str], ...]


def tabs(request: HttpRequest, here: str, pages: Pages) -> list[Link]:
    """Those of a set of pages (words, name of the address) this person may open; `here` is where one stands."""
    scope = scope_at(request)
    found = [(words, name, url) for words, name in pages if (url := address(name))]
    asked = {name: access_at(name, url) for _, name, url in found}
    return [
        Link(words, url, current=name == here)
        for words, name, url in found
        if (access := asked[name]) and all(scope.can(each) for each in access.asked_by("GET"))
    ]
