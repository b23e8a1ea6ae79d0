"""What the register's pages have in common: whose layout, and which acts are open to the person at the desk."""

from uuid import UUID

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from neet.accounts.roles import Permission
from tracking.register.columns import SCHOOL_ROLES


def layout(request: HttpRequest) -> str:
    """Schools and colleges work in their portal, everybody else at the desk."""
    roles = request.scope.roles
    return "layouts/portal.html" if roles and roles <= SCHOOL_ROLES else "layouts/desk.html"


# What may be done to a record, and the permission each address asks; one that does not exist is left out.
ACTS = {
    "add_person": Permission.PERSON_ADD,
    "record_activity": Permission.ACTIVITY_RECORD,
    "change_details": Permission.PERSON_CHANGE,
    "change_address": Permission.PERSON_CHANGE,
    "add_contact": Permission.PERSON_CHANGE,
    "add_characteristic": Permission.PERSON_CHANGE,
    "change_guarantee": Permission.PERSON_CHANGE,
    "add_note": Permission.NOTE_WRITE,
    "add_task": Permission.TASK_WORK,
    "record_objection": Permission.OBJECTION_RECORD,
}


def acts(request: HttpRequest, ref: UUID | None = None) -> dict[str, str]:
    """The addresses of the acts open to this person, by name."""
    found = {}
    for name, permission in ACTS.items():
        if request.scope.can(permission):
            try:
                found[name] = reverse(name, args=[ref] if ref else [])
            except NoReverseMatch:
                continue
    return found
