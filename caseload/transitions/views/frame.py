"""What stands around every list of next steps: the way between them, and what a reading leaves in the trail."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from caseload.tabs import tabs
from caseload.transitions.kinds import Kind
from neet.audit.actions import note_read

PAGES = (
    ("Plans for the next step", "next_steps"),
    ("Did they start?", "starts"),
    ("Your cohort", "cohort"),
    ("EHC plans", "plan_steps"),
)
SORTS: dict[str, tuple[Any, ...]] = {
    "name": ("family_name", "given_name", "pk"),
    "born": ("date_of_birth", "family_name", "given_name", "pk"),
}
MOST_AT_ONCE = 500


def around(request: HttpRequest, here: str) -> dict[str, Any]:
    """The tabs of cases and those within next steps."""
    return {"tabs": tabs(request, "next_steps"), "within": tabs(request, here, PAGES)}


def note_list(request: HttpRequest, people: Iterable[int]) -> None:
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=people)


def ticked(request: HttpRequest) -> list[int]:
    """The numbers that were ticked."""
    return [int(each) for each in request.POST.getlist("ticked") if each.isdecimal()][:MOST_AT_ONCE]


def nothing_ticked(request: HttpRequest, key: str) -> dict[str, Any]:
    """What a list says after somebody pressed its button without ticking anybody."""
    error = "Select at least one young person" if request.session.pop(key, False) else ""
    return {"error": error, "problems": [("many-error", error)]}
