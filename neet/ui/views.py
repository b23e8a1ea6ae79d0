"""The first page, made of what each floor puts on it, and the gallery: every part of every screen in every state."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string

from neet import clock
from neet.accounts.access import anyone, needs
from neet.accounts.roles import Permission
from neet.ui import samples, statement
from neet.ui.context import at_an_establishment, contact_of


@needs(Permission.SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person: each panel is `f(user, on)` and gives a dataclass with its template, or None."""
    first = [path for role, path in settings.HOME_FIRST.items() if role in request.scope.roles]
    wide = dict.fromkeys([*first, *settings.HOME_PANELS])
    shown = {
        "layout": layout(request),
        "title": title(request),
        "panels": panels(request, wide),
    }
    return render(request, "home.html", shown)


@needs(Permission.SIGNED_IN)
def beside(request: HttpRequest) -> HttpResponse:
    """What else waits for this person, in short: drawn beside the first page once that stands, or a page by itself."""
    template = "home_beside.html" if request.htmx else "home_else.html"
    shown = {"layout": layout(request), "beside": panels(request, settings.HOME_BESIDE)}
    return render(request, template, shown)


def panels(request: HttpRequest, paths: Iterable[str]) -> list[Any]:
    made = (import_string(path)(request.user, clock.today()) for path in paths)
    return [each for each in made if each is not None]


def title(request: HttpRequest) -> str:
    """Who works for a school or college reads its name first; who works for many reads where each thing is."""
    if not at_an_establishment(request.scope):
        return "Home"
    name_of = import_string(settings.PLACE_NAMES)
    names = list(dict.fromkeys(name_of(place) for place in request.scope.places))
    return names[0] if len(names) == 1 else "Your schools and colleges"


def layout(request: HttpRequest) -> str:
    """Who works for an establishment only works in the portal, everybody else at the desk."""
    return "layouts/portal.html" if at_an_establishment(request.scope) else "layouts/desk.html"


@anyone("says how far the pages can be used by everybody, as the law asks")
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, made of what the last looks at every kind of page found."""
    return about(request, "about/accessibility.html", found=statement.findings(statement.looked_at()))


@anyone("says what is kept about whom and why, as the law asks")
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept here, why, and who sees it."""
    return about(request, "about/privacy.html")


@anyone("helps with signing in, among other things")
def help_page(request: HttpRequest) -> HttpResponse:
    """How to sign in, what the words mean, and whom to ask."""
    return about(request, "about/help.html")


def about(request: HttpRequest, template: str, **facts: Any) -> HttpResponse:
    """One of the pages below every page; who is signed in also reads whom to ask at their council."""
    signed_in = bool(request.scope.places)
    shown = {
        "layout": layout(request) if signed_in else "layouts/public.html",
        "contact": contact_of(request.authority) if request.authority_id else None,
    }
    return render(request, template, {**shown, **facts})


@anyone("gallery of parts: no data")
def gallery(request: HttpRequest, sheet: str = "parts") -> HttpResponse:
    if not (settings.DEBUG or settings.DEMO) or sheet not in samples.SHEETS:
        raise Http404
    shown = {**samples.DESK, "sheets": samples.sheets(sheet), **samples.SHEETS[sheet](request.GET)}
    return render(request, f"ui/{sheet}.html", shown)
