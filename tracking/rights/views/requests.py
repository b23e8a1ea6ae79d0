"""What is asked of the council: the list by the day to answer, one request, and its steps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.words import day, many
from tracking.register.models import YoungPerson
from tracking.register.queries.people import NotVisible
from tracking.register.views.editing import answers
from tracking.retention.queries import erasure_of
from tracking.rights.actions import requests as actions
from tracking.rights.forms import AnswerForm, IdentityForm, LongerForm, RequestFilter
from tracking.rights.kinds import Kind
from tracking.rights.models import RightsRequest
from tracking.rights.queries import requests as queries
from tracking.rights.queries.copies import copy_of, job_of
from tracking.rights.queries.limits import limit_of
from tracking.rights.views.copies import shown_job
from tracking.rights.views.steps import Step, asked_and_done, done, read, request_of
from tracking.tabs import RIGHTS, tabs

P = Permission
SORTS = {"due": ("due_on", "asked_on", "pk"), "asked": ("asked_on", "pk")}


@needs(P.COPY_GIVE)
def listed(request: HttpRequest) -> HttpResponse:
    """Those to be answered first, first."""
    today = clock.today()
    form = RequestFilter(request.GET)
    wanted = form.wanted()
    found = queries.wanted_requests(request.user, wanted, today)
    listing = listing_of(request.GET, sorts=SORTS, first="due", filters=form.fields).counted(found.count())
    ordered = queries.by_due_day(found) if "due_on" in listing.order_by else found.order_by(*listing.order_by)
    lines = queries.lines_of(ordered[listing.start : listing.stop], today)
    people = sorted({line.request.person_id for line in lines})
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=people)
    shown = {
        "beside": tabs(request, "rights", RIGHTS),
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "lines": lines,
        "is_open": wanted.state == queries.OPEN and not wanted.kind,
        "total_words": many(listing.total, "request,requests").capitalize(),
    }
    return render(request, "tracking/rights/listed.html", shown)


@needs(P.COPY_GIVE)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what is asked, how its time runs, what is to be done next."""
    asked = request_of(request, pk)
    today = clock.today()
    read(request, asked)
    is_copy, is_erasure = asked.kind == RightsRequest.Kind.COPY, asked.kind == RightsRequest.Kind.ERASURE
    shown = {
        "asked": asked,
        "clock": queries.clock_of(asked, today),
        "is_open": asked.state == RightsRequest.State.OPEN,
        "is_copy": is_copy,
        "may_take_longer": queries.may_take_longer(asked, today),
        "copy": copy_of(asked) if is_copy else None,
        "progress": shown_job(asked, job_of(asked)) if is_copy else None,
        "recipients": list(asked.recipients.select_related("told_by")),
        "limit": limit_of(asked.person_id),
        "may_erase": is_erasure and request.scope.can(P.ERASE),
        "erasure": erasure_of(asked.person_id) if is_erasure else None,
        "is_opened": is_erasure
        and YoungPerson.objects.visible_to(request.user).filter(pk=asked.person_id).exists(),
    }
    return render(request, "tracking/rights/one.html", shown)


@needs(P.COPY_GIVE)
def identity(request: HttpRequest, pk: int) -> HttpResponse:
    """We are sure who asks."""
    asked = request_of(request, pk)
    form = IdentityForm(answers(request))

    def act() -> str:
        held = actions.prove_identity(request=asked, how=form.cleaned_data["how"], by=request.user)
        return f"To be answered by {day(held.due_on)}." if held.due_on else "Written down."

    return asked_and_done(request, asked, form, act, Step("We are sure who asks", "Save"))


@require_POST
@needs(P.COPY_GIVE)
def meaning(request: HttpRequest, pk: int) -> HttpResponse:
    """We asked what they mean, or they told us."""
    asked = request_of(request, pk)

    def act() -> str:
        if asked.unclear_on is None:
            actions.ask_what_they_mean(request=asked, by=request.user)
            return "The time stands still until they tell you what they mean."
        held = actions.told_what_they_mean(request=asked, by=request.user)
        return f"The time runs: to be answered by {day(held.due_on)}." if held.due_on else "Written down."

    done(request, act)
    return redirect("rights_request", pk=pk)


@needs(P.COPY_GIVE)
def longer(request: HttpRequest, pk: int) -> HttpResponse:
    """Two months more."""
    asked = request_of(request, pk)
    form = LongerForm(answers(request))

    def act() -> str:
        held = actions.take_longer(request=asked, why=form.cleaned_data["why"], by=request.user)
        return f"To be answered by {day(held.due_on)}. Tell them so, and why."

    return asked_and_done(request, asked, form, act, Step("Take two months more", "Take longer"))


@needs(P.COPY_GIVE)
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of it."""
    asked = request_of(request, pk)
    form = AnswerForm(answers(request))

    def act() -> str:
        actions.answer(request=asked, said=form.answer(), by=request.user)
        return "Answered. Tell them what came of it, and that they may complain."

    step = Step(f"Answer: {asked.get_kind_display().lower()}", "Save the answer")
    return asked_and_done(request, asked, form, act, step)


@require_POST
@needs(P.COPY_GIVE)
def taken_back(request: HttpRequest, pk: int) -> HttpResponse:
    """They do not ask any more."""
    asked = request_of(request, pk)

    def act() -> str:
        actions.take_back(request=asked, by=request.user)
        return "They do not ask any more."

    done(request, act)
    return redirect("rights_request", pk=pk)


@require_POST
@needs(P.COPY_GIVE)
def told(request: HttpRequest, pk: int, recipient: int) -> HttpResponse:
    """Whoever was given it has been told."""
    asked = request_of(request, pk)
    held = asked.recipients.filter(pk=recipient).first()
    if held is None:
        raise NotVisible

    def act() -> str:
        actions.note_told(recipient=held, by=request.user)
        return f"{held.name} has been told."

    done(request, act)
    return redirect("rights_request", pk=pk)
