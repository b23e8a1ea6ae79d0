"""Kinds of meeting, as the council holds them."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.meetings.actions import types
from caseload.meetings.forms import TypeForm
from caseload.meetings.models import MeetingType
from caseload.meetings.queries.places import authorities_of, types_of
from caseload.meetings.statements import TypeTold
from caseload.meetings.views.frame import about
from caseload.views import Page, asked, authority_here, done, tried
from neet.accounts.access import needs
from neet.accounts.roles import Permission

P = Permission


@needs(P.CASE_WORK)
def meeting_types(request: HttpRequest) -> HttpResponse:
    """What meetings there are, how often, for whom."""
    shown = {"types": types_of(request.user)}
    return render(request, "caseload/meetings/types.html", about(request, "meeting_types", **shown))


@require_POST
@needs(P.MEETING_LEAD)
def take_usual_types(request: HttpRequest) -> HttpResponse:
    """Those councils usually hold; one meeting where one service does everything."""
    act = partial(types.take_what_suits, authority=authority_here(request), by=request.user)
    return done(request, act, "The usual meetings are there. Change them as you like.", "meeting_types")


@needs(P.MEETING_LEAD)
def add_meeting_type(request: HttpRequest) -> HttpResponse:
    return _asked(request, None, "Add a kind of meeting")


@needs(P.MEETING_LEAD)
def change_meeting_type(request: HttpRequest, pk: int) -> HttpResponse:
    held = _type_here(request, pk)
    return _asked(request, held, f"Change {held}")


def _asked(request: HttpRequest, held: MeetingType | None, title: str) -> HttpResponse:
    authority = held.authority if held else authority_here(request)
    initial = {name: getattr(held, name) for name in TypeTold.__dataclass_fields__} if held else {}
    initial = initial or {"scope": "district", "about": "neet"}
    form = TypeForm(request.POST or None, initial=initial, authority=authority)
    if request.method == "POST" and form.is_valid():
        told = form.told()
        if tried(form, lambda: types.save_type(authority=authority, told=told, by=request.user, held=held)):
            return redirect("meeting_types")
    return asked(request, form, Page(title, reverse("meeting_types")))


@require_POST
@needs(P.MEETING_LEAD)
def end_meeting_type(request: HttpRequest, pk: int) -> HttpResponse:
    """Not held any more, or again."""
    held = _type_here(request, pk)
    words = f"{held} is held again." if held.ended_on else f"{held} is not held any more."
    return done(request, partial(types.end_type, held=held, by=request.user), words, "meeting_types")


def _type_here(request: HttpRequest, pk: int) -> MeetingType:
    mine = types_of(request.user).filter(authority__in=authorities_of(request.user, P.MEETING_LEAD))
    return get_object_or_404(mine, pk=pk)
