"""One letter and what came of it; letters nobody answered, and asking another service to take over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from caseload.letters.actions.outcomes import answered, came_back, close, refer_unanswered
from caseload.letters.forms import ANSWERED, CAME_BACK, OutcomeForm, ReferUnansweredForm
from caseload.letters.kinds import Kind
from caseload.letters.models import Letter
from caseload.letters.queries.batches import letter_lines
from caseload.letters.queries.unanswered import (
    reply_asked,
    unanswered,
    unanswered_lines,
    with_what_was_tried,
)
from caseload.referrals.queries import services_at
from caseload.tabs import CALLS, tabs
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.listing import listing_of
from neet.ui.words import day, many
from tracking.register.queries.people import NotVisible
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.editing import Page, answers, asked_and_done

P = Permission
SORTS = {
    "since": ("next_step_on", "pk"),
    "name": ("person__family_name", "person__given_name", "pk"),
}
SENT = (Letter.State.SENT, Letter.State.CAME_BACK)


@needs(P.PERSON_CHANGE)
def unanswered_list(request: HttpRequest) -> HttpResponse:
    """Letters whose day has passed without an answer, who has waited longest first."""
    today = clock.today()
    found = unanswered(request.user, request.authority_id, today)
    listing = listing_of(request.GET, sorts=SORTS, first="since").counted(found.count())
    page = found.order_by(*listing.order_by)[listing.start : listing.stop]
    subjects = [each.person_id for each in page]
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=subjects)
    shown = {
        "tabs": tabs(request, "letters_board", CALLS),
        "listing": listing,
        "lines": unanswered_lines(page, today),
        "may_refer": request.scope.can(P.CASE_WORK),
        "total_words": many(listing.total, "letter,letters").capitalize(),
    }
    return render(request, "caseload/letters/unanswered.html", shown)


@needs(P.PERSON_CHANGE)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter that was sent: what came of it may be said, and said otherwise later."""
    found = _letter(request, pk)
    form = OutcomeForm(answers(request))
    if request.method == "POST" and form.is_valid() and _said(request, found, form):
        return redirect("person", ref=found.person.ref)
    person = found.person
    note_read(Kind.LIST_READ, by=request.user, authority_id=person.authority_id, subjects=[person.pk])
    (line,) = letter_lines([found], clock.today())
    return render(request, "caseload/letters/one.html", {"line": line, "person": person, "form": form})


def _said(request: HttpRequest, found: Letter, form: OutcomeForm) -> bool:
    what, words = form.cleaned_data["what"], form.cleaned_data["words"]
    try:
        if what == ANSWERED:
            answered(letter=found, words=words, by=request.user)
        elif what == CAME_BACK:
            came_back(letter=found, by=request.user)
        else:
            close(letter=found, words=words, by=request.user)
    except NotRight as refused:
        form.take(refused)
        return False
    except NotPermitted:
        raise NotVisible from None
    messages.success(request, SAID[what])
    return True


SAID = {
    "answered": "Noted. If they said what they do now, record it here too.",
    "came_back": "Noted. Finding out where they live is a task now.",
    "closed": "Noted. Nothing more is to come of this letter.",
}


@needs(P.CASE_WORK)
def refer(request: HttpRequest, pk: int) -> HttpResponse:
    """Another service is asked to take over from a letter nobody answered."""
    found = _letter(request, pk)
    person = found.person
    mine = services_at(request.user, person.authority_id)
    reply = reply_asked(found)
    form = ReferUnansweredForm(answers(request), reply=reply, authority_id=person.authority_id, without=mine)

    def act() -> str:
        made = refer_unanswered(letter=found, ask=form.ask(), by=request.user)
        return f"Referred to {made.to_service}. They have until {day(made.due_on)} to answer."

    told = with_what_was_tried(Letter.objects.filter(pk=found.pk), clock.today()).select_related(
        "person", "batch"
    )
    (line,) = unanswered_lines(told, clock.today())
    page = Page(
        "Ask another service to take over",
        "Refer",
        template="caseload/letters/refer.html",
        shown={"line": line, "back_url": reverse("letters_unanswered")},
    )
    return asked_and_done(request, person, form, act, page)


def _letter(request: HttpRequest, pk: int) -> Letter:
    """A letter that was sent about somebody they see, or there is nothing here."""
    seen = Letter.objects.visible_to(request.user).filter(state__in=SENT)
    return get_object_or_404(seen.select_related("person", "batch", "message", "closed_by"), pk=pk)
