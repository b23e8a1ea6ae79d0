"""What the pages of kept months share: which month is asked for, and what stands around its tables."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from tracking.figures.models import Freeze
from tracking.released.forms import MonthFilter


def month_asked(request: HttpRequest, freezes: Iterable[Freeze]) -> tuple[MonthFilter, Freeze | None]:
    """The month asked for; None where there is none at all yet. One that is not among these is not found."""
    form = MonthFilter(request.GET, months=list(freezes))
    freeze = form.wanted()
    if freeze is None and (form.months or form.errors):
        raise Http404
    return form, freeze


def around(request: HttpRequest, form: MonthFilter, found: Any, file: str) -> dict[str, Any]:
    """The choice of a month, what was kept of it, and the address of the same as a file."""
    listing = listing_of(request.GET, sorts={"-": ()}, first="-", filters=form.fields)
    asked = urlencode({"month": found.month.slug}) if found else ""
    return {
        "form": form,
        "listing": listing,
        "chosen": [each for each in chosen(form, listing) if each.about != "Month"],
        "found": found,
        "file_url": f"{reverse(file)}?{asked}",
    }
