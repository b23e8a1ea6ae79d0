"""The pages of the register as a whole beside each other: who is in it, who is in it twice, who comes and goes."""

from django.http import HttpRequest

from neet.ui import tabs as ui
from neet.ui.parts import Link

PAGES = (
    ("Register", "register"),
    ("Change many", "changes_to_many"),
    ("September Guarantee", "guarantee"),
    ("Activity Survey", "activity_survey"),
    ("Moves", "moves"),
    ("Same person twice", "duplicates"),
    ("Is everybody here?", "coverage"),
)
RIGHTS = (
    ("What is asked of us", "rights"),
    ("Keeping and erasing", "retention"),
    ("Breaches", "breaches"),
    ("Councils that answer each other", "council_agreements"),
    ("Who opened records", "openings"),
    ("Lists taken away", "extracts"),
    ("Reports sent to colleagues", "deliveries_to_whom"),
    ("How people are told apart", "how_well"),
)


def tabs(request: HttpRequest, here: str, pages: ui.Pages = PAGES) -> list[Link]:
    """Those of a set of pages this person may open; none where there is only one."""
    found = ui.tabs(request, here, pages)
    return found if len(found) > 1 else []
