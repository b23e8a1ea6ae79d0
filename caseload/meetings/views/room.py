"""The meeting room: made to be projected, so it shows only what everybody present may see; every line saves itself."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from caseload.meetings.actions import planning, room
from caseload.meetings.forms import DecisionForm, OutcomeForm
from caseload.meetings.kinds import Kind
from caseload.meetings.models import AgendaItem, Meeting, MeetingType
from caseload.meetings.queries.agenda import DISCUSS, EVERYBODY, items_of, slots_of
from caseload.meetings.queries.facts import seen_by
from caseload.meetings.queries.places import title_of
from caseload.meetings.queries.room import (
    RoomCase,
    blind,
    from_last_time,
    owners_for,
    room_case,
    standing_of,
)
from caseload.meetings.views.frame import led_here
from caseload.views import done
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.words import many
from tracking.register.refusals import Conflict, NotPermitted, NotRight

P = Permission
STOP_ASKING = 286  # what htmx takes for an end of asking again and again


@require_POST
@needs(P.MEETING_LEAD)
def open_room(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The meeting begins."""
    meeting = led_here(request, ref)
    try:
        room.open_meeting(meeting=meeting, by=request.user)
    except NotRight as refusal:
        messages.error(request, str(refusal))
        return redirect("meeting", ref)
    return redirect("room", ref)


def open_here(request: HttpRequest, ref: UUID) -> Meeting:
    """A meeting they lead that goes on now, or there is nothing here."""
    meeting = led_here(request, ref)
    if meeting.opened_at is None or meeting.closed_at:
        raise Http404
    return meeting


@needs(P.MEETING_LEAD)
def room_page(request: HttpRequest, ref: UUID) -> HttpResponse:
    """How the meeting goes: who is here, what was decided last time, its parts, the rest."""
    meeting = led_here(request, ref)
    if meeting.opened_at is None or meeting.closed_at:
        return redirect("meeting", ref)
    last, who = from_last_time(meeting, request.user, clock.today())
    people = [each.person.pk for each in last.lines] if last else []
    note_read(Kind.SHOWN, by=request.user, authority_id=meeting.type.authority_id, subjects=people)
    shown = {
        "meeting": meeting,
        "title": title_of(meeting),
        "last": last,
        "who": who,
        "undo": {"act": "undo"},
        "attendees": meeting.attendees.select_related("user", "service", "instead_of"),
        **_parts(meeting),
    }
    return render(request, "caseload/meetings/room.html", shown)


def _parts(meeting: Meeting) -> dict[str, Any]:
    """The parts by service with how far each is, and the rest: numbers only."""
    items = items_of(meeting)
    talked = [each for each in items if each.treatment == DISCUSS]
    rest = [each for each in items if each.treatment != DISCUSS]
    parts = []
    for slot in slots_of(meeting, talked):
        own = [each for each in talked if each.service_id == slot.service]
        words = own[0].service.name if own[0].service else EVERYBODY
        settled = sum(each.settled_at is not None for each in own)
        parts.append({"words": words, "slot": slot, "settled": settled, "items": own})
    return {
        "parts": parts,
        "first": next((each.number for each in talked if each.settled_at is None), None),
        "rest": len(rest),
        "rest_noted": sum(each.settled_at is not None for each in rest),
        "has_people": meeting.type.about != MeetingType.About.NOBODY,
    }


@require_POST
@needs(P.MEETING_LEAD)
def room_people(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Who sits in the room."""
    meeting = open_here(request, ref)
    here = [int(each) for each in request.POST.getlist("here") if each.isdecimal()]
    act = partial(planning.say_who_is_here, meeting=meeting, here=here, by=request.user)
    return done(request, act, "What is shown follows who is here.", "room", ref)


@needs(P.MEETING_LEAD)
def room_item(request: HttpRequest, ref: UUID, number: int) -> HttpResponse:
    """One young person on the screen."""
    meeting = open_here(request, ref)
    item = _item(meeting, number)
    case = room_case(meeting, item, request.user, clock.today())
    if case.is_hidden:
        return _page(request, meeting, case, {"blind": blind(case.who, item.person_id)})
    note_read(Kind.SHOWN, by=request.user, authority_id=meeting.type.authority_id, subjects=[item.person_id])
    return _page(request, meeting, case, _forms(request, meeting, item))


def _item(meeting: Meeting, number: int) -> AgendaItem:
    return get_object_or_404(meeting.items.select_related("person", "service"), number=number)


def _forms(request: HttpRequest, meeting: Meeting, item: AgendaItem) -> dict[str, Any]:
    owners = owners_for(meeting, item, request.user)
    return {
        "outcome": OutcomeForm.of(item),
        "decision": DecisionForm(None, owners=owners, held_on=meeting.held_on),
    }


def _page(request: HttpRequest, meeting: Meeting, case: RoomCase, more: dict[str, Any]) -> HttpResponse:
    shown = {
        "meeting": meeting,
        "title": title_of(meeting),
        "case": case,
        "item": case.item,
        "stands": standing_of(meeting, case.item),
        **more,
    }
    return render(request, "caseload/meetings/room_case.html", shown)


def _mine(request: HttpRequest, meeting: Meeting, number: int) -> AgendaItem:
    """An item somebody who leads may write about: of a person they see."""
    items = meeting.items.select_related("person", "service").filter(
        person__in=seen_by(request.user).values("pk")
    )
    return get_object_or_404(items, number=number)


@require_POST
@needs(P.MEETING_LEAD)
def room_outcome(request: HttpRequest, ref: UUID, number: int) -> HttpResponse:
    """The outcome line, saved as it is typed. Where somebody else wrote meanwhile, both are shown; nothing is lost."""
    meeting = open_here(request, ref)
    item = _mine(request, meeting, number)
    form, told = OutcomeForm(request.POST), {"said": "", "theirs": ""}
    if not form.is_valid():
        return _outcome_page(request, meeting, item, form, told)
    typed = form.cleaned_data
    try:
        item = room.write_outcome(
            meeting=meeting,
            number=number,
            words=typed["outcome"],
            version=typed["version"],
            by=request.user,
        )
        form, told["said"] = OutcomeForm.of(item), "Saved"
    except Conflict as both:
        item.version, told["theirs"] = both.theirs["version"], both.theirs["outcome"]
        form = OutcomeForm.of(item, typed["outcome"])
    except NotPermitted:
        raise Http404 from None
    return _outcome_page(request, meeting, item, form, told)


def _outcome_page(
    request: HttpRequest, meeting: Meeting, item: AgendaItem, form: OutcomeForm, told: dict[str, str]
) -> HttpResponse:
    """The line alone for the page that saves it by itself; else the whole page, or on to it."""
    if request.htmx:
        shown = {"meeting": meeting, "item": item, "outcome": form, **told}
        return render(request, "caseload/meetings/room_outcome.html", shown)
    if told["said"]:
        return redirect("room_item", meeting.ref, item.number)
    case = room_case(meeting, item, request.user, clock.today())
    return _page(request, meeting, case, {**_forms(request, meeting, item), "outcome": form, **told})


@require_POST
@needs(P.MEETING_LEAD)
def room_decide(request: HttpRequest, ref: UUID, number: int) -> HttpResponse:
    """Something is decided: the task of its owner."""
    meeting = open_here(request, ref)
    item = _mine(request, meeting, number)
    owners = owners_for(meeting, item, request.user)
    form = DecisionForm(request.POST, owners=owners, held_on=meeting.held_on)
    if form.is_valid():
        try:
            room.decide(meeting=meeting, number=number, told=form.told(), by=request.user)
            form = DecisionForm(None, owners=owners, held_on=meeting.held_on)
        except NotRight as refusal:
            for name, words in refusal.words.items():
                form.add_error(name if name in form.fields else None, words)
        except NotPermitted:
            raise Http404 from None
    if not request.htmx and not form.is_bound:
        return redirect("room_item", ref, number)
    item = _mine(request, meeting, number)
    case = room_case(meeting, item, request.user, clock.today())
    if request.htmx:
        shown = {"meeting": meeting, "item": item, "case": case, "decision": form}
        return render(request, "caseload/meetings/room_decisions.html", shown)
    return _page(request, meeting, case, {**_forms(request, meeting, item), "decision": form})


@require_POST
@needs(P.MEETING_LEAD)
def room_undecide(request: HttpRequest, ref: UUID, number: int) -> HttpResponse:
    """Decided by mistake."""
    meeting = open_here(request, ref)
    _mine(request, meeting, number)
    asked = request.POST.get("decision", "")
    act = partial(
        room.withdraw_decision,
        meeting=meeting,
        number=number,
        decision_id=int(asked) if asked.isdecimal() else 0,
        by=request.user,
    )
    return done(request, act, "The decision and its task are gone.", "room_item", ref, number)


@require_POST
@needs(P.MEETING_LEAD)
def note_rest(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The rest are noted, in one act; or that is taken back."""
    meeting = open_here(request, ref)
    if request.POST.get("act") == "undo":
        act = partial(room.note_no_more, meeting=meeting, by=request.user)
        return done(request, act, "Nobody is noted any more.", "room", ref)
    rest = meeting.items.filter(treatment=AgendaItem.Treatment.NOTE, settled_at=None).count()
    words = f"{many(rest, 'young person,young people').capitalize()} noted. Nobody’s review is done by it."
    return done(request, partial(room.note_rest, meeting=meeting, by=request.user), words, "room", ref)


@needs(P.MEETING_LEAD)
def close_room(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The meeting is over: asked once more, since its minutes stand from then on."""
    meeting = open_here(request, ref)
    if request.method == "POST":
        act = partial(room.close, meeting=meeting, by=request.user)
        return done(request, act, "The meeting is closed. These are its minutes.", "meeting", ref)
    left = meeting.items.filter(settled_at=None).values_list("treatment", flat=True)
    shown = {
        "meeting": meeting,
        "title": title_of(meeting),
        "not_reached": sum(each == DISCUSS for each in left),
        "not_noted": sum(each != DISCUSS for each in left),
    }
    return render(request, "caseload/meetings/close.html", shown)


@needs(P.MEETING_LEAD)
def room_stay(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Asked every few minutes by an open room, so that nobody is signed out inside a meeting; once it is closed, asked
    no more."""
    meeting = led_here(request, ref)
    goes_on = meeting.opened_at is not None and meeting.closed_at is None
    return HttpResponse(status=204 if goes_on else STOP_ASKING)
