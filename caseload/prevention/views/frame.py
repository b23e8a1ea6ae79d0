"""What the pages of this room have in common: the way between them, whose council it is, acts that may be refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from caseload.tabs import tabs
from neet.ui.context import address
from neet.ui.parts import Link
from schools.models import Authority
from tracking.register.forms.editing import RecordForm
from tracking.register.refusals import NotPermitted, NotRight

PAGES = (
    ("At risk", "at_risk"),
    ("At risk and no offer", "at_risk_without_offer"),
    ("Whom the points name", "risk_points"),
    ("Were the points right?", "risk_test"),
    ("Schools", "risk_schools"),
)


def about(request: HttpRequest, here: str, **more: Any) -> dict[str, Any]:
    """The two rows of ways on, and what the page shows."""
    found = [(words, name, address(name)) for words, name in PAGES]
    beside = [Link(words, url, current=name == here) for words, name, url in found if url]
    return {"tabs": tabs(request, "at_risk"), "beside": beside, **more}


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


def asked(request: HttpRequest, form: Any, page: Page) -> HttpResponse:
    """The form as a page."""
    shown = {"form": form, "title": page.title, "back_url": page.back, "button": page.button}
    shown |= {"caption": page.caption, "lead": page.lead}
    return render(request, "one_form.html", shown)


def tried(form: RecordForm, act: Callable[[], Any]) -> bool:
    """Whether the act was done; a refusal goes to its question, what is not theirs is not there."""
    try:
        act()
    except NotRight as refusal:
        form.take(refusal)
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
