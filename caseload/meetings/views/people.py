"""Who comes to a meeting: colleagues for a part or the whole, their deputies, people from outside."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.meetings.actions import planning
from caseload.meetings.forms import ColleagueForm, DeputyForm, OutsiderForm
from caseload.meetings.models import Attendee, Meeting
from caseload.meetings.queries.places import may_attend, title_of
from caseload.meetings.views.frame import about, led_here
from caseload.views import Page, asked, done, tried
from neet.accounts.access import needs
from neet.accounts.roles import Permission

P = Permission


@needs(P.MEETING_LEAD)
def meeting_people(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Who is asked, with a form for one more colleague and, where the meeting is open to them, for an outsider."""
    meeting = led_here(request, ref)
    typed = request.POST if request.method == "POST" else None
    is_outsider = typed is not None and "organisation" in typed
    colleague = ColleagueForm(
        None if is_outsider else typed, colleagues=may_attend(meeting), authority=meeting.type.authority
    )
    outsider = OutsiderForm(typed if is_outsider else None) if meeting.type.has_outsiders else None
    form = outsider if is_outsider and outsider else colleague
    if typed is not None and form.is_valid() and tried(form, _adds(meeting, form, request)):
        messages.success(request, "Added.")
        return redirect("meeting_people", ref)
    shown = {
        "meeting": meeting,
        "title": title_of(meeting),
        "attendees": meeting.attendees.select_related("user", "service", "instead_of"),
        "colleague": colleague,
        "outsider": outsider,
        "form": form,
    }
    return render(request, "caseload/meetings/people.html", about(request, "", **shown))


def _adds(meeting: Meeting, form: Any, request: HttpRequest) -> Any:
    if isinstance(form, OutsiderForm):
        return partial(planning.add_outsider, meeting=meeting, who=form.told(), by=request.user)
    typed = form.cleaned_data
    return partial(
        planning.add_colleague,
        meeting=meeting,
        user=typed["user"],
        service=typed["service"],
        by=request.user,
    )


@needs(P.MEETING_LEAD)
def stand_in(request: HttpRequest, ref: UUID, pk: int) -> HttpResponse:
    """Somebody comes instead."""
    meeting = led_here(request, ref)
    attendee = get_object_or_404(meeting.attendees.select_related("user"), pk=pk, user__isnull=False)
    form = DeputyForm(request.POST or None, colleagues=may_attend(meeting))
    back = reverse("meeting_people", args=[ref])
    if request.method == "POST" and form.is_valid():
        deputy = form.cleaned_data["user"]
        if tried(form, lambda: planning.stand_in(attendee=attendee, deputy=deputy, by=request.user)):
            return redirect(back)
    return asked(request, form, Page(f"Instead of {attendee.user}", back, caption=title_of(meeting)))


@require_POST
@needs(P.MEETING_LEAD)
def remove_attendee(request: HttpRequest, ref: UUID, pk: int) -> HttpResponse:
    """They are not asked any more."""
    attendee = get_object_or_404(Attendee, meeting=led_here(request, ref), pk=pk)
    act = partial(planning.remove_attendee, attendee=attendee, by=request.user)
    return done(request, act, "Taken off the list.", "meeting_people", ref)
