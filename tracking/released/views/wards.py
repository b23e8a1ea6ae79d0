"""Where most young people are NEET, ward by ward, for everybody who reads figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.files.writers import csv_chunks
from tracking.released.pictures import ward_map
from tracking.released.queries_wards import HEADINGS, rows, with_wards
from tracking.released.queries_wards import hotspots as hotspots_of
from tracking.released.views.asked import around, month_asked


@needs(Permission.FIGURES_READ)
def hotspots(request: HttpRequest) -> HttpResponse:
    """A month's wards as they were kept; nothing is counted for the page, nothing can be cut."""
    form, freeze = month_asked(request, with_wards(request.authority_id))
    found = hotspots_of(freeze) if freeze else None
    shown = around(request, form, found, "hotspots_file")
    return render(
        request, "tracking/released/wards.html", {**shown, "map": ward_map(found) if found else None}
    )


@needs(Permission.FIGURES_READ)
def hotspots_file(request: HttpRequest) -> HttpResponse:
    """The same as a CSV file; headings alone where no month has any yet."""
    _, freeze = month_asked(request, with_wards(request.authority_id))
    found = hotspots_of(freeze) if freeze else None
    name = f"wards_{found.month.slug}.csv" if found else "wards.csv"
    return download_of(
        csv_chunks(HEADINGS, rows(found) if found else []), name=name, kind=StoredFile.Kind.CSV
    )
