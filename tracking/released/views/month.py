"""The tables of frozen months, for whoever may see figures but not every record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.files.writers import csv_chunks
from tracking.released.queries import HEADINGS, month_of, rows, with_tables
from tracking.released.views.asked import around, month_asked


@needs(Permission.FIGURES_READ)
def released_tables(request: HttpRequest) -> HttpResponse:
    """A month's tables, the newest first; nothing is counted for the page, nothing can be cut."""
    form, freeze = month_asked(request, with_tables(request.authority_id))
    found = month_of(freeze) if freeze else None
    shown = around(request, form, found, "released_tables_file")
    shown["may_explore"] = request.scope.can(Permission.FIGURES_EXPLORE)
    return render(request, "tracking/released/month.html", shown)


@needs(Permission.FIGURES_READ)
def released_file(request: HttpRequest) -> HttpResponse:
    """The same tables as a CSV file; headings alone where no month has any yet."""
    _, freeze = month_asked(request, with_tables(request.authority_id))
    found = month_of(freeze) if freeze else None
    name = f"released_{found.month.slug}.csv" if found else "released.csv"
    lines = rows(found) if found else []
    return download_of(csv_chunks(HEADINGS, lines), name=name, kind=StoredFile.Kind.CSV)
