"""From a record: what somebody asks about it, and that it is kept and not used; and what young people are told."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import anyone, needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.views import about
from tracking.register.queries.people import NotVisible, visible_person
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.editing import Page, answers, asked_and_done
from tracking.rights.actions.copies import release
from tracking.rights.actions.limits import limit_use, take_limit_on, tell_before_use, use_again
from tracking.rights.actions.requests import record_request
from tracking.rights.forms import AskForm, LimitForm, ReleaseForm, UseAgainForm
from tracking.rights.kinds import Kind
from tracking.rights.models import RightsRequest
from tracking.rights.papers import when_of
from tracking.rights.processing import what_is_held
from tracking.rights.queries.copies import notes_to_release, waiting_notes
from tracking.rights.statements import Ask

P = Permission
RECORDED = "Written down. Information governance answers it once it is sure who asks."


@needs(P.OBJECTION_RECORD)
def ask(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Somebody asks about a record."""
    person = visible_person(request.user, ref)
    form = AskForm(answers(request))

    def act() -> str:
        record_request(person=person, ask=form.ask(), by=request.user)
        return RECORDED

    return asked_and_done(request, person, form, act, Page("They ask about their record"))


@require_POST
@needs(P.OBJECTION_RECORD)
def ask_copy(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The young person asks for a copy, today: one press."""
    person = visible_person(request.user, ref)
    kind, who = RightsRequest.Kind.COPY, RightsRequest.AskedBy.YOUNG_PERSON
    try:
        record_request(person=person, ask=Ask(kind, who, clock.today()), by=request.user)
    except NotPermitted:
        raise NotVisible from None
    messages.success(request, RECORDED)
    return redirect("person", ref=ref)


@needs(P.OBJECTION_RECORD)
def limit(request: HttpRequest, ref: UUID) -> HttpResponse:
    """From now on the record is kept and not used."""
    person = visible_person(request.user, ref)
    form = LimitForm(answers(request))

    def act() -> str:
        limit_use(person=person, why=form.cleaned_data["why"], by=request.user)
        return "Nobody is written to or rung from this record any more."

    intro = "It stays on the register and is counted. It is left out of messages, letters and calls."
    return asked_and_done(
        request, person, form, act, Page("Keep this record, and do not use it", "Do not use it", intro)
    )


@require_POST
@needs(P.OBJECTION_RECORD)
def limit_goes_on(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What came along from another council holds here as our own."""
    person = visible_person(request.user, ref)
    try:
        take_limit_on(person=person, by=request.user)
        messages.success(request, "Written down: it goes on being kept and not used.")
    except NotRight as refused:
        messages.error(request, " ".join(refused.words.values()))
    except NotPermitted:
        raise NotVisible from None
    return redirect("person", ref=ref)


@require_POST
@needs(P.OBJECTION_RECORD)
def told_before(request: HttpRequest, ref: UUID) -> HttpResponse:
    """They were told that the record is going to be used again."""
    person = visible_person(request.user, ref)
    try:
        tell_before_use(person=person, by=request.user)
        messages.success(request, "Written down that they were told today.")
    except NotRight as refused:
        messages.error(request, " ".join(refused.words.values()))
    except NotPermitted:
        raise NotVisible from None
    return redirect("person", ref=ref)


@needs(P.OBJECTION_RECORD)
def used_again(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The record is used again."""
    person = visible_person(request.user, ref)
    form = UseAgainForm(answers(request))

    def act() -> str:
        use_again(person=person, why=form.cleaned_data["why"], by=request.user)
        return "The record is used like any other again."

    return asked_and_done(request, person, form, act, Page("Use this record again", "Use it again"))


@needs(P.NOTE_WRITE)
def notes(request: HttpRequest) -> HttpResponse:
    """Restricted notes of one's own service that wait for its word before a copy goes out."""
    waiting = list(notes_to_release(request.user))
    people = sorted({each.copy.request.person_id for each in waiting})
    note_read(Kind.COPY_READ, by=request.user, authority_id=request.authority_id, subjects=people)
    shown = {
        "waiting": [(each, when_of(each)) for each in waiting],
        "reasons": ReleaseForm().fields["held"].choices,
    }
    return render(request, "tracking/rights/notes.html", shown)


@require_POST
@needs(P.NOTE_WRITE)
def released(request: HttpRequest, pk: int) -> HttpResponse:
    """The word of the service on one of its notes."""
    entry = waiting_notes(request.user).filter(pk=pk).first()
    form = ReleaseForm(request.POST)
    if entry is None or not form.is_valid():
        raise NotVisible
    try:
        release(entry=entry, held=form.cleaned_data["held"], by=request.user)
        messages.success(request, "Written down.")
    except NotRight as refused:
        messages.error(request, " ".join(refused.words.values()))
    except NotPermitted:
        messages.error(request, f"Only {entry.service} says whether its notes go out.")
    return redirect("notes_to_release")


@anyone("tells young people what is held about them, and what they may ask")
def what_we_hold(request: HttpRequest) -> HttpResponse:
    """What we hold, why, for how long and who gets it: from the rules that work here."""
    return about(request, "tracking/rights/what_we_hold.html", held=what_is_held(clock.today()))
