"""What the register's pages have in common: whose layout, and which acts are open to the person at the desk."""

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from neet.accounts.access import access_at
from tracking.register.columns import SCHOOL_ROLES


def layout(request: HttpRequest) -> str:
    """Schools and colleges work in their portal, everybody else at the desk."""
    roles = request.scope.roles
    return "layouts/portal.html" if roles and roles <= SCHOOL_ROLES else "layouts/desk.html"


ACTS_OF_A_RECORD = (
    "record_activity", "change_details", "change_plans", "change_seeking", "change_cohort", "propose_move",
    "ask_for_record", "change_address", "add_contact", "add_characteristic", "change_guarantee", "record_objection",
    "answer_objection", "add_note", "add_task", "assign_responsibility", "restrict_record", "name_user",
)  # fmt: skip
ACTS_OF_THE_REGISTER = ("add_person", "open_in_emergency", "confirm_ticked", "choose_many", "ask_for_extract")


def acts(request: HttpRequest, ref: UUID | None = None) -> dict[str, str]:
    """The addresses of the acts open to this person, by name: those whose own address would let them in."""
    names, about = (ACTS_OF_A_RECORD, [ref]) if ref else (ACTS_OF_THE_REGISTER, [])
    found = {name: reverse(name, args=about) for name in names}
    return {name: url for name, url in found.items() if _lets_in(request, name, url)}


def _lets_in(request: HttpRequest, name: str, url: str) -> bool:
    access = access_at(name, url)
    return access is not None and all(request.scope.can(each) for each in access.asked_by("POST"))
