"""What the pages of meetings have in common: whose they are, the way between them, acts that may be refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from caseload.meetings.models import Meeting
from caseload.meetings.queries.places import led_by, meetings_of
from caseload.tabs import tabs
from neet.accounts.roles import Permission
from neet.ui.context import address
from neet.ui.parts import Link
from schools.models import Authority
from tracking.register.refusals import NotPermitted, NotRight

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


def authority_here(request: HttpRequest) -> Authority:
    return get_object_or_404(Authority, pk=request.authority_id)


@dataclass(frozen=True)
class Page:
    """What stands around a form's questions."""

    title: str
    back: str
    button: str = "Save"
    caption: str = ""
    lead: str = ""


def asked(request: HttpRequest, form: Form, page: Page) -> HttpResponse:
    """The form as a page."""
    shown = {"form": form, "title": page.title, "back_url": page.back, "button": page.button}
    shown |= {"caption": page.caption, "lead": page.lead}
    return render(request, "one_form.html", shown)


def tried(form: Form, act: Callable[[], Any]) -> bool:
    """Whether the act was done; a refusal goes to its question, what is not theirs is not there."""
    try:
        act()
    except NotRight as refusal:
        for name, words in refusal.words.items():
            form.add_error(name if name in form.fields else None, words)
        return False
    except NotPermitted:
        raise Http404 from None
    return True


def done(request: HttpRequest, act: Callable[[], Any], words: str, then: str, *args: Any) -> HttpResponse:
    """Do it, say so or why not, and go on."""
    try:
        act()
        messages.success(request, words)
    except NotRight as refusal:
        messages.error(request, str(refusal))
    except NotPermitted:
        raise Http404 from None
    return redirect(then, *args)
