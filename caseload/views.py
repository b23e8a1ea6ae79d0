"""How a page of the monthly work asks and acts: one form on a page, an act that may be refused, whose council it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from schools.models import Authority
from tracking.register.refusals import NotPermitted, NotRight


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


def tried(form: Form, act: Callable[[], object]) -> bool:
    """Whether the act was done; a refusal goes to its question, what is not theirs is not there."""
    try:
        act()
    except NotRight as refusal:
        asked_as = getattr(form, "asked_as", {})
        for name, words in refusal.words.items():
            field = asked_as.get(name, name)
            form.add_error(field if field in form.fields else None, words)
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
