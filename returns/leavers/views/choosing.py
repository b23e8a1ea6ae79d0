"""Choosing one of one's own by name: all of them on the page, or, where they are many, those whose name begins so."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from returns.intake.models import Intake
from returns.intake.refusals import NotNow, NotReady
from returns.leavers.forms import FindForm
from returns.leavers.one_row import NotTaken
from returns.leavers.queries.own import Own, listed
from tracking.models import Activity
from tracking.register.refusals import NotPermitted

MANY = 400  # names; more are looked for by the beginning of the last name
FIND = "find"


@dataclass(frozen=True)
class Choice:
    """Who may be chosen: those on the page of all there are, and whether the form was sent."""

    own: list[Own]
    total: int
    find: FindForm
    is_sent: bool

    def shown(self) -> dict[str, object]:
        """For the page: with many and nothing found yet, only the question whose name begins how."""
        return {
            "find": self.find,
            "has_many": self.total > MANY,
            "found": len(self.own),
            "asks": bool(self.own) or self.is_sent,
            "nobody": not self.total,
        }


def choice_of(request: HttpRequest, found: QuerySet[Activity]) -> Choice:
    """What this request asks to choose from; two statements."""
    total = found.count()
    find = FindForm(request.POST if FIND in request.POST else None)
    beginning = find.cleaned_data["beginning"] if find.is_bound and find.is_valid() else ""
    is_sent = request.method == "POST" and FIND not in request.POST
    own = listed(found, beginning) if total <= MANY or beginning or is_sent else []
    return Choice(own, total, find, is_sent)


def told(
    request: HttpRequest, form: forms.Form, tell: Callable[[], Intake], thanks: str
) -> HttpResponse | None:
    """The answer where telling of one of them went well; None with the reason on the form."""
    try:
        sent = tell()
    except NotPermitted:
        form.add_error(None, "Somebody who may send returns here has to say it.")
        return None
    except (NotTaken, NotNow, NotReady) as problem:
        form.add_error(None, str(problem))
        return None
    messages.success(request, thanks)
    return redirect("receipt", ref=sent.ref)
