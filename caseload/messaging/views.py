"""Messages to many: a list is made, looked at, sent, stopped; a record says whether somebody wants any."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.messaging import actions
from caseload.messaging.forms import LinesFilter, NewForm, NoMessagesForm, SettingsForm
from caseload.messaging.kinds import Kind
from caseload.messaging.models import MessageBatch
from caseload.messaging.queries import batches
from caseload.tabs import CALLS, tabs
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.words import many
from schools.models import Authority
from tracking.register.queries.people import NotVisible, visible_person
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.editing import Page, answers, asked_and_done

P = Permission
STATES = {"draft": "attention", "released": "waiting", "sent": "good", "stopped": "plain"}
FIRST_MOST = 200


@needs(P.CONTACT_MANY)
def listed(request: HttpRequest) -> HttpResponse:
    """The lists made lately, those that wait first on top of their day."""
    found = batches.batches_seen(request.user)
    listing = listing_of(request.GET, sorts={"made": ("-made_at", "-pk")}, first="made").counted(
        found.count()
    )
    rows = batches.counted(found).order_by("-made_at", "-pk")[listing.start : listing.stop]
    shown = {
        "tabs": tabs(request, "messages", CALLS),
        "listing": listing,
        "lines": [(each, STATES[each.state], batches.audience_words(each.audience)) for each in rows],
    }
    return render(request, "caseload/messaging/listed.html", shown)


@needs(P.CONTACT_MANY)
def new(request: HttpRequest) -> HttpResponse:
    """Who gets what; the next page shows the list before anything is sent."""
    authority = get_object_or_404(Authority, pk=request.authority_id)
    first = {"most": FIRST_MOST, "audience": request.GET.get("audience", "")}
    form = NewForm(answers(request), authority=authority, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            batch = actions.make(wanted=form.wanted(), by=request.user)
        except NotRight as refused:
            form.take(refused)
        except NotPermitted:
            raise NotVisible from None
        else:
            return redirect("message_batch", ref=batch.ref)
    shown = {
        "form": form,
        "title": "Write to many",
        "caption": "Messages",
        "lead": "The next page shows who would get it. Nothing is sent before you say so there.",
        "button": "Make the list",
        "back_url": reverse("messages"),
    }
    return render(request, "one_form.html", shown)


@needs(P.CONTACT_MANY)
def one(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One list: how it stands, who was left out and why, what it says, and everybody on it."""
    batch, today = _batch(request, ref), clock.today()
    form = LinesFilter(request.GET)
    found = batches.lines(batch, form.wanted(), request.user)
    listing = listing_of(request.GET, sorts=batches.SORTS, first="name", filters=form.fields)
    listing = listing.counted(found.count())
    rows = list(found.order_by(*listing.order_by)[listing.start : listing.stop])
    seen = [each.person_id for each in rows]
    note_read(Kind.LIST_READ, by=request.user, authority_id=batch.authority_id, subjects=seen)
    example = batches.example(batch, today)
    shown = {
        "tabs": tabs(request, "messages", CALLS),
        "batch": batch,
        "tone": STATES[batch.state],
        "audience": batches.audience_words(batch.audience),
        "narrowed": batches.narrowed_words(batch),
        "counts": batches.counts_of(batch),
        "left_out": batches.left_out(batch),
        "answers": batches.answers(batch),
        "example": example,
        "goes_nowhere": batches.goes_nowhere(batch.channel),
        "needs_other": batch.authority.needs_second_person and batch.made_by_id == request.user.pk,
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "lines": [batches.line_of(each) for each in rows],
    }
    return render(request, "caseload/messaging/batch.html", shown)


@require_POST
@needs(P.CONTACT_MANY)
def release(request: HttpRequest, ref: UUID) -> HttpResponse:
    batch = _batch(request, ref)

    def act() -> str:
        now = actions.release(batch=batch, by=request.user)
        begins = now.sends_from
        if begins and now.released_at and begins > now.released_at:
            return f"They go out from {begins:%-d %B %Y at %-H:%M} on."
        return "They are being sent now, about sixty a minute."

    return _done(request, batch, act)


@require_POST
@needs(P.CONTACT_MANY)
def stop(request: HttpRequest, ref: UUID) -> HttpResponse:
    batch = _batch(request, ref)

    def act() -> str:
        number = actions.stop(batch=batch, by=request.user)
        return f"Stopped. {many(number, 'message,messages').capitalize()} did not go."

    return _done(request, batch, act)


@require_POST
@needs(P.CONTACT_MANY)
def anew(request: HttpRequest, ref: UUID) -> HttpResponse:
    batch = _batch(request, ref)

    def act() -> str:
        actions.make_anew(batch=batch, by=request.user)
        return "The list is as it stands today."

    return _done(request, batch, act)


@needs(P.CONTACT_MANY)
def discard(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Throw a list away; asks first."""
    batch = _batch(request, ref)
    if request.method != "POST":
        return render(request, "caseload/messaging/discard.html", {"batch": batch})

    def act() -> str:
        actions.discard(batch=batch, by=request.user)
        return "The list is thrown away. Nobody got a message."

    return _done(request, batch, act, then="messages")


@needs(P.CONTACT_MANY)
def council(request: HttpRequest) -> HttpResponse:
    """How the council writes to many."""
    authority = get_object_or_404(Authority, pk=request.authority_id)
    now = batches.settings_of(authority)
    fields = ("automatic", "wording", "most", "quiet_days")
    first = {name: getattr(now, name) for name in fields}
    form = SettingsForm(answers(request), authority=authority, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_up(authority=authority, council=form.council(), by=request.user)
        except NotRight as refused:
            form.take(refused)
        except NotPermitted:
            raise NotVisible from None
        else:
            messages.success(request, "Saved. Lists made from now on follow it.")
            return redirect("messages")
    shown = {
        "form": form,
        "title": "How we write to many",
        "caption": authority.name,
        "button": "Save",
        "back_url": reverse("messages"),
    }
    return render(request, "one_form.html", shown)


@needs(P.PERSON_CHANGE)
def no_messages(request: HttpRequest, ref: UUID) -> HttpResponse:
    """They want no messages."""
    person = visible_person(request.user, ref)
    form = NoMessagesForm(answers(request))

    def act() -> str:
        said = form.cleaned_data
        actions.opt_out(person=person, channel=said["channel"], said_by=said["said_by"], by=request.user)
        return "Noted. No list writes to them from now on."

    return asked_and_done(request, person, form, act, Page("They want no messages", "Save"))


@require_POST
@needs(P.PERSON_CHANGE)
def messages_again(request: HttpRequest, ref: UUID) -> HttpResponse:
    """They may be written to again."""
    person = visible_person(request.user, ref)
    try:
        actions.opt_in(person=person, by=request.user)
    except NotPermitted:
        raise NotVisible from None
    messages.success(request, "They may be written to again.")
    return redirect("person", ref=person.ref)


def _batch(request: HttpRequest, ref: UUID) -> MessageBatch:
    return get_object_or_404(batches.batches_seen(request.user), ref=ref)


def _done(
    request: HttpRequest, batch: MessageBatch, act: Callable[[], str], then: str = "message_batch"
) -> HttpResponse:
    try:
        messages.success(request, act())
    except NotRight as refused:
        messages.warning(request, " ".join(refused.words.values()))
        return redirect("message_batch", ref=batch.ref)
    except NotPermitted:
        messages.warning(request, "Some on this list are not yours to write to. Make a list of your own.")
        return redirect("message_batch", ref=batch.ref)
    return redirect(then) if then == "messages" else redirect(then, ref=batch.ref)
