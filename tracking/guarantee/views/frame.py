"""What stands around every page of the guarantee: the way between them, its September, what a reading leaves."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from neet import clock
from neet.audit.actions import note_read
from neet.ui import tabs as ui
from schools.models import Authority
from tracking.guarantee.kinds import Kind
from tracking.guarantee.queries.cohort import september_to_set
from tracking.register.queries.register import SORTS as REGISTER_SORTS
from tracking.rules.guarantee import september_worked_on
from tracking.tabs import tabs

PAGES = (
    ("Board", "guarantee"),
    ("Before it is set", "guarantee_before"),
    ("Set the cohort", "set_cohort"),
    ("Who came and left", "cohort_changes"),
    ("Intended destinations", "intended_destinations"),
)
SORTS = {name: REGISTER_SORTS[name] for name in ("name", "born", "place")}
MOST_AT_ONCE = 500


def around(request: HttpRequest, here: str) -> dict[str, Any]:
    """The tabs of the register and those of the guarantee."""
    return {"beside": tabs(request, "guarantee"), "within": ui.tabs(request, here, PAGES)}


def council_of(request: HttpRequest) -> Authority:
    """The council this person works for."""
    return Authority.objects.get(pk=request.authority_id)


def this_september() -> int:
    """The year of the September worked on today."""
    return september_worked_on(clock.today())


def september_of(request: HttpRequest) -> int:
    """The year of the September whose cohort is set next."""
    return september_to_set(request.authority_id, clock.today())


def note_list(request: HttpRequest, people: Iterable[int]) -> None:
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=people)


def ticked(request: HttpRequest) -> list[int]:
    """The numbers that were ticked."""
    return [int(each) for each in request.POST.getlist("ticked") if each.isdecimal()][:MOST_AT_ONCE]
