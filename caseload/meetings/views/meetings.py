"""The list of meetings, planning them, and one meeting: its agenda, its day, its people."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.meetings.actions import planning
from caseload.meetings.actions.agenda import make_agenda
from caseload.meetings.forms import MeetingForm, NewMeetingForm
from caseload.meetings.kinds import Kind
from caseload.meetings.models import Meeting
from caseload.meetings.queries.agenda import agenda_of
from caseload.meetings.queries.decisions import last_time
from caseload.meetings.queries.facts import run_for, seen_by
from caseload.meetings.queries.places import (
    districts_led_by,
    leads,
    led_by,
    lines,
    may_attend,
    meetings_of,
    title_of,
    types_led_by,
    types_of,
)
from caseload.meetings.queries.planning import Proposal, proposals
from caseload.meetings.rules.dates import named_until
from caseload.meetings.statements import MeetingTold
from caseload.meetings.views.frame import about, led_here, meeting_here
from caseload.views import Page, asked, authority_here, done, tried
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.listing import listing_of
from neet.ui.words import many
from schools.models import District
from tracking.register.queries.changing import colleagues

P = Permission
PAST_PER_PAGE = 20


@needs(P.CASE_WORK)
def meetings(request: HttpRequest) -> HttpResponse:
    """What comes, and what was held."""
    found = meetings_of(request.user)
    coming = found.filter(closed_at=None).order_by("held_on", "starts_at", "pk")
    past = found.filter(closed_at__isnull=False).order_by("-held_on", "-pk")
    listing = listing_of(request.GET, sorts={"day": ()}, first="day").counted(past.count())
    shown = {
        "coming": lines(coming[:PAST_PER_PAGE]),
        "past": lines(past[listing.start : listing.stop]),
        "listing": listing,
        "led": set(found.filter(led_by(request.user)).values_list("pk", flat=True)),
        "has_types": types_of(request.user).exists(),
    }
    return render(request, "caseload/meetings/meetings.html", about(request, "meetings", **shown))


@needs(P.MEETING_LEAD)
def plan_meetings(request: HttpRequest) -> HttpResponse:
    """The usual days of the months to come, to be ticked."""
    found = proposals(request.user, clock.today())
    if request.method == "POST":
        wanted = [(each.type, _told(each)) for each in found if each.key in request.POST.getlist("ticked")]
        words = f"{many(len(wanted), 'meeting,meetings').capitalize()} planned."
        return done(request, lambda: planning.plan_many(wanted=wanted, by=request.user), words, "meetings")
    return render(request, "caseload/meetings/plan.html", about(request, "meetings", proposals=found))


def _told(each: Proposal) -> MeetingTold:
    return MeetingTold(held_on=each.held_on, district=each.district)


@needs(P.MEETING_LEAD)
def add_meeting(request: HttpRequest) -> HttpResponse:
    """A meeting on any other day."""
    authority = authority_here(request)
    own = districts_led_by(request.user)
    districts = District.objects.filter(authority=authority)
    form = NewMeetingForm(
        request.POST or None,
        initial={"chair": request.user},
        types=types_led_by(request.user).filter(authority=authority),
        districts=(districts if own is None else districts.filter(own)).order_by("name"),
        colleagues=colleagues(authority.pk, clock.today()),
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        told = form.told(typed["district"])
        if tried(form, lambda: planning.plan(type=typed["type"], told=told, by=request.user)):
            return redirect("meetings")
    return asked(request, form, Page("Plan a meeting", reverse("meetings"), "Plan it"))


@needs(P.MEETING_LEAD)
def change_meeting(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Another day, time, place or chair."""
    meeting = led_here(request, ref)
    initial = {name: getattr(meeting, name) for name in ("held_on", "starts_at", "place", "chair")}
    form = MeetingForm(request.POST or None, initial=initial, colleagues=may_attend(meeting))
    if request.method == "POST" and form.is_valid():
        told = form.told(meeting.district)
        if tried(form, lambda: planning.change(meeting=meeting, told=told, by=request.user)):
            return redirect("meeting", ref)
    back = reverse("meeting", args=[ref])
    return asked(request, form, Page("Change the meeting", back, caption=title_of(meeting)))


@require_POST
@needs(P.MEETING_LEAD)
def cancel_meeting(request: HttpRequest, ref: UUID) -> HttpResponse:
    """It is not held."""
    meeting = led_here(request, ref)
    return done(
        request,
        partial(planning.cancel, meeting=meeting, by=request.user),
        "The meeting is cancelled.",
        "meetings",
    )


@needs(P.CASE_WORK)
def meeting(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The agenda as this person sees it, what was decided last time, who comes; once closed, the minutes."""
    found = meeting_here(request, ref)
    today = clock.today()
    agenda = agenda_of(found, request.user, min(today, found.held_on) if found.closed_at else today)
    last = last_time(found, seen_by(request.user), today)
    _read(request, found, [each.person.pk for each in agenda.lines])
    run = run_for(found)
    shown = {
        "meeting": found,
        "title": title_of(found),
        "agenda": agenda,
        "last": last,
        "attendees": found.attendees.select_related("user", "service", "instead_of"),
        "leads": leads(request.user, found),
        "named_until": named_until(found.held_on, found.type.name_by_working_days),
        "is_named_over": named_until(found.held_on, found.type.name_by_working_days) < today,
        "run_month": run.month if run else None,
    }
    template = "caseload/meetings/minutes.html" if found.closed_at else "caseload/meetings/meeting.html"
    return render(request, template, about(request, "", **shown))


def _read(request: HttpRequest, meeting: Meeting, people: list[int]) -> None:
    kind = Kind.MINUTES_READ if meeting.closed_at else Kind.AGENDA_READ
    note_read(kind, by=request.user, authority_id=meeting.type.authority_id, subjects=people)


@require_POST
@needs(P.MEETING_LEAD)
def propose_agenda(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Have the rules propose whom to talk about."""
    found = led_here(request, ref)
    words = "The agenda is made from what is known today."
    return done(request, partial(make_agenda, meeting=found, by=request.user), words, "meeting", ref)
