"""The gallery: every part of every screen in every state, with invented data, for whoever builds or checks pages."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from neet.accounts.access import anyone
from neet.ui import samples


@anyone("gallery of parts: no data")
def gallery(request: HttpRequest, sheet: str = "parts") -> HttpResponse:
    if not (settings.DEBUG or settings.DEMO) or sheet not in samples.SHEETS:
        raise Http404
    shown = {**samples.DESK, "sheets": samples.sheets(sheet), **samples.SHEETS[sheet](request.GET)}
    return render(request, f"ui/{sheet}.html", shown)
