"""The way between the pages of the monthly work; a page that this installation lacks is left out."""

from django.http import HttpRequest
from django.urls import resolve

from neet.accounts.access import access_of
from neet.ui.context import address, scope_at
from neet.ui.parts import Link

PAGES = (
    ("Cases", "cases"),
    ("To screen", "to_screen"),
    ("Reviews", "reviews"),
    ("Referrals", "referrals"),
    ("Meetings", "meetings"),
    ("At risk", "at_risk"),
    ("Next steps", "next_steps"),
    ("Year", "year_plan"),
)
YEAR = (
    ("Plan of the year", "year_plan"),
    ("Who answers for what", "posts"),
    ("What your council is like", "council_like"),
)
CALLS = (
    ("Calls", "calls"),
    ("To confirm", "answers_to_confirm"),
    ("By provider", "calls_by_provider"),
    ("Waiting for returns", "calls_waiting"),
    ("Overdue", "calls_late"),
    ("Who has how many", "calls_shared"),
    ("Messages", "messages"),
    ("Letters", "letters_board"),
    ("Campaigns", "campaigns"),
)


def tabs(request: HttpRequest, here: str, pages: tuple[tuple[str, str], ...] = PAGES) -> list[Link]:
    """Those of a set of pages this person may open; `here` is the name of the address one stands at."""
    scope = scope_at(request)
    found = [(words, name, url) for words, name in pages if (url := address(name))]
    asked = {name: access_of(resolve(url).func) for _, name, url in found}
    return [
        Link(words, url, current=name == here)
        for words, name, url in found
        if (access := asked[name]) and all(scope.can(each) for each in access.asked_by("GET"))
    ]
