"""What the pages of the plan have in common: whose plan it is, trying an act, the way between them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from caseload.tabs import YEAR, tabs
from neet.ui.parts import Link
from schools.models import Authority

View = Callable[..., HttpResponseBase]


def of_a_council(view: View) -> View:
    """Whoever works for the whole installation has no council whose year this could be."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return sent_home(request) if request.authority_id is None else view(request, *args, **kwargs)

    return asked


def sent_home(request: HttpRequest) -> HttpResponse:
    messages.info(request, "The plan of the year is a council’s, and you work for none.")
    return redirect("home")


def council_of(request: HttpRequest) -> Authority:
    return get_object_or_404(Authority, pk=request.authority_id)


def year_tabs(request: HttpRequest, here: str) -> list[Link]:
    return tabs(request, here, YEAR)
