"""The first page, made of what each floor puts on it, and the gallery: every part of every screen in every state."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string

from neet import clock
from neet.accounts.access import anyone, needs
from neet.accounts.roles import ROLES, Permission
from neet.ui import samples


@needs(Permission.SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person: each panel is `f(user, on)` and gives a dataclass with its template, or None."""
    made = (import_string(path)(request.user, clock.today()) for path in settings.HOME_PANELS)
    shown = {"layout": layout(request), "panels": [each for each in made if each is not None]}
    return render(request, "home.html", shown)


def layout(request: HttpRequest) -> str:
    """Who works for an establishment only works in the portal, everybody else at the desk."""
    held = {ROLES[role].placed_by for role in request.scope.roles if role in ROLES}
    return "layouts/portal.html" if held == {"establishment"} else "layouts/desk.html"


@anyone("gallery of parts: no data")
def gallery(request: HttpRequest, sheet: str = "parts") -> HttpResponse:
    if not (settings.DEBUG or settings.DEMO) or sheet not in samples.SHEETS:
        raise Http404
    shown = {**samples.DESK, "sheets": samples.sheets(sheet), **samples.SHEETS[sheet](request.GET)}
    return render(request, f"ui/{sheet}.html", shown)
