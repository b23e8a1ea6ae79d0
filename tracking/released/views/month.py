"""The tables of frozen months, for whoever may see figures but not every record."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.files.writers import csv_chunks
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from tracking.released.forms import MonthFilter
from tracking.released.queries import HEADINGS, Month, month_of, rows, with_tables


@needs(Permission.FIGURES_READ)
def released_tables(request: HttpRequest) -> HttpResponse:
    """A month's tables, the newest first; nothing is counted for the page, nothing can be cut."""
    form, found = _asked(request)
    listing = listing_of(request.GET, sorts={"-": ()}, first="-", filters=form.fields)
    asked = urlencode({"month": found.month.slug}) if found else ""
    shown = {
        "form": form,
        "listing": listing,
        "chosen": [each for each in chosen(form, listing) if each.about != "Month"],
        "found": found,
        "file_url": f"{reverse('released_tables_file')}?{asked}",
        "may_explore": request.scope.can(Permission.FIGURES_EXPLORE),
    }
    return render(request, "tracking/released/month.html", shown)


@needs(Permission.FIGURES_READ)
def released_file(request: HttpRequest) -> HttpResponse:
    """The same tables as a CSV file; headings alone where no month has any yet."""
    _, found = _asked(request)
    name = f"released_{found.month.slug}.csv" if found else "released.csv"
    lines = rows(found) if found else []
    return download_of(csv_chunks(HEADINGS, lines), name=name, kind=StoredFile.Kind.CSV)


def _asked(request: HttpRequest) -> tuple[MonthFilter, Month | None]:
    """The month asked for; None where there is none at all yet. One that is not among those there are is not found."""
    form = MonthFilter(request.GET, months=list(with_tables(request.authority_id)))
    freeze = form.wanted()
    if freeze is None and (form.months or form.errors):
        raise Http404
    return form, month_of(freeze) if freeze else None
