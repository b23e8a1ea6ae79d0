"""The pages of the monthly work beside each other."""

from django.http import HttpRequest

from neet.ui import tabs as ui
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
    ("Self-assessment", "assessment"),
    ("Indicators", "indicators"),
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


def tabs(request: HttpRequest, here: str, pages: ui.Pages = PAGES) -> list[Link]:
    """Those of a set of pages this person may open; `here` is the name of the address one stands at."""
    return ui.tabs(request, here, pages)
