"""What the pages of meetings have in common: whose they are, the way between them, acts that may be refused."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from caseload.meetings.models import Meeting
from caseload.meetings.queries.places import led_by, meetings_of
from caseload.tabs import tabs
from neet.accounts.roles import Permission
from neet.ui.context import address
from neet.ui.parts import Link

PAGES = (
    ("Meetings", "meetings"),
    ("Decisions", "decisions"),
    ("EHC plans not discussed", "plans_not_discussed"),
    ("Missing provision", "gaps"),
    ("Kinds of meeting", "meeting_types"),
)


def about(request: HttpRequest, here: str, **more: Any) -> dict[str, Any]:
    """The two rows of ways on, and what the page shows."""
    beside = [Link(words, address(name), current=name == here) for words, name in PAGES]
    return {
        "tabs": tabs(request, "meetings"),
        "beside": beside,
        "may_lead": request.scope.can(Permission.MEETING_LEAD),
        **more,
    }


def meeting_here(request: HttpRequest, ref: UUID) -> Meeting:
    """A meeting of their council, or there is nothing here."""
    return get_object_or_404(meetings_of(request.user), ref=ref)


def led_here(request: HttpRequest, ref: UUID) -> Meeting:
    """A meeting they lead, or there is nothing here."""
    return get_object_or_404(meetings_of(request.user).filter(led_by(request.user)), ref=ref)
