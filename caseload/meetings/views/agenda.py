"""Changing the agenda by hand, and naming somebody for a meeting from their record."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.meetings.actions import agenda
from caseload.meetings.forms import NameForm, PartForm, meeting_choices
from caseload.meetings.models import AgendaItem, Meeting, MeetingType
from caseload.meetings.queries.facts import seen_by
from caseload.meetings.queries.places import meetings_of, title_of
from caseload.meetings.rules.dates import named_until
from caseload.meetings.views.frame import led_here, meeting_here
from caseload.views import Page, asked, done, tried
from neet import clock
from neet.accounts.access import needs
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.ui.words import day
from tracking.models import YoungPerson
from tracking.register.queries.people import NotVisible, visible_person

P = Permission
ACTS: dict[str, tuple[str, Callable[..., object]]] = {
    "discuss": ("They are talked about.", partial(agenda.treat, as_=AgendaItem.Treatment.DISCUSS)),
    "note": ("They are only noted.", partial(agenda.treat, as_=AgendaItem.Treatment.NOTE)),
    "up": ("Moved.", partial(agenda.move, up=True)),
    "down": ("Moved.", partial(agenda.move, up=False)),
}


@require_POST
@needs(P.MEETING_LEAD)
def change_item(request: HttpRequest, ref: UUID, number: int) -> HttpResponse:
    """Talk about somebody or only note them; earlier or later."""
    meeting = led_here(request, ref)
    item_here(request, meeting, number)
    asked_for = request.POST.get("act", "")
    if asked_for not in ACTS:
        return redirect("meeting", ref)
    words, act = ACTS[asked_for]
    return done(request, partial(act, meeting=meeting, number=number, by=request.user), words, "meeting", ref)


@needs(P.MEETING_LEAD)
def change_part(request: HttpRequest, ref: UUID, number: int) -> HttpResponse:
    """In another service's part."""
    meeting = led_here(request, ref)
    item = item_here(request, meeting, number)
    initial = {"service": item.service_id}
    form = PartForm(request.POST or None, initial=initial, authority=meeting.type.authority)
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["service"]
        act = partial(agenda.put_into, meeting=meeting, number=number, service=into, by=request.user)
        if tried(form, act):
            return redirect("meeting", ref)
    page = Page(f"{item.person.full_name}: part of the meeting", reverse("meeting", args=[ref]))
    return asked(request, form, page)


@require_POST
@needs(P.CASE_WORK)
def name_no_more(request: HttpRequest, ref: UUID, number: int) -> HttpResponse:
    """Whoever named somebody takes it back."""
    item = item_here(request, meeting_here(request, ref), number)
    act = partial(agenda.name_no_more, item=item, by=request.user)
    return done(request, act, "They are not named any more.", "meeting", ref)


def item_here(request: HttpRequest, meeting: Meeting, number: int) -> AgendaItem:
    """An item about somebody they see, or there is nothing here."""
    items = meeting.items.select_related("person__authority", "service", "meeting__type")
    return get_object_or_404(items, number=number, person__in=seen_by(request.user).values("pk"))


@needs(P.CASE_WORK)
def name_for_meeting(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Name a young person for a meeting, and say why."""
    person = visible_person(request.user, ref)
    if person.restricted_on:
        raise NotVisible
    found = meetings_for(person, request.user)
    form = NameForm(request.POST or None, meetings=meeting_choices(found, _words))
    page = Page(
        f"Name {person.full_name} for a meeting", reverse("person", args=[ref]), "Name them",
        lead="" if found else "No meeting is planned that they could be named for.",
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        meeting = next(each for each in found if str(each.ref) == form.cleaned_data["meeting"])
        why = form.cleaned_data["why"]
        if tried(form, partial(agenda.name, meeting=meeting, person=person, why=why, by=request.user)):
            messages.success(request, f"Named for the {title_of(meeting)} on {day(meeting.held_on)}.")
            return redirect("person", ref)
    return asked(request, form, page)


def meetings_for(person: YoungPerson, user: User) -> QuerySet[Meeting]:
    """The meetings to come at which they could be talked about: of the whole council, and of where they live."""
    home = person.residences.filter(ends_on=None).values("district")
    found = meetings_of(user).filter(
        Q(district=None) | Q(district__in=home), type__authority=person.authority_id
    )
    found = found.filter(closed_at=None, held_on__gte=clock.today())
    return found.exclude(type__about=MeetingType.About.NOBODY).order_by("held_on", "pk")


def _words(meeting: Meeting) -> str:
    until = named_until(meeting.held_on, meeting.type.name_by_working_days)
    late = "" if until >= clock.today() else f". The last day for naming was {day(until)}: you are late"
    return f"{title_of(meeting)}, {day(meeting.held_on)}{late}"
