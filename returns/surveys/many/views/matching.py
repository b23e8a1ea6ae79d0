"""Whose answer is this? One at a time beside the register; answers of nobody; one answer alone; help that was asked."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.listing import listing_of
from returns.intake.views.tabs import tabs
from returns.surveys.many.actions.deciding import choose, look_again, nobody, set_aside, take_back
from returns.surveys.many.actions.taking import HELP_WANTED, OF_AN_ANSWER
from returns.surveys.many.forms import DecideForm, NumberForm
from returns.surveys.many.kinds import Kind
from returns.surveys.many.queries.waiting import doubtful, next_case, said_in, unknown
from returns.surveys.many.tasks import find_people
from returns.surveys.many.views.frame import answer_of, survey_here
from returns.surveys.models import SurveyAnswer, SurveyCandidate
from tracking.register.models import Task, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight

RECEIVES = needs(Permission.RETURN_RECEIVE)
LATER = "survey_answers_later"


@RECEIVES
def who(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The next answer that waits, beside those it may be of."""
    held = survey_here(request, ref)
    case = next_case(held, request.user, request.session.get(LATER, []), clock.today())
    if case:
        subjects = [option.person.pk for option in case.options]
        note_read(Kind.READ, by=request.user, authority_id=held.authority_id, subjects=subjects)
    shown = {
        "tabs": tabs("surveys"),
        "survey": held,
        "case": case,
        "left": doubtful(held, request.user).count(),
    }
    return render(request, "returns/surveys/many/who.html", shown)


@require_POST
@RECEIVES
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One of those it may be of, none of them, nobody's at all, or later."""
    answer = answer_of(request, pk)
    form = DecideForm(request.POST)
    later = [each for each in request.session.get(LATER, []) if each != pk]
    if not form.is_valid():
        messages.error(request, "Choose one of them, none of them, or later.")
    elif form.cleaned_data["answer"] == "later":
        request.session[LATER] = [*later, pk]
        messages.success(request, "That one comes later.")
    else:
        request.session[LATER] = later
        _decided(request, answer, form.cleaned_data["answer"])
    return redirect("survey_who", ref=answer.survey.ref)


def _decided(request: HttpRequest, answer: SurveyAnswer, said: str) -> None:
    acts = {"nobody": nobody, "set_aside": set_aside}
    try:
        if said in acts:
            acts[said](answer=answer, by=request.user)
        else:
            chosen = get_object_or_404(
                SurveyCandidate.objects.select_related("person"), answer=answer, pk=said
            )
            choose(answer=answer, person=chosen.person, by=request.user)
        messages.success(request, "That is decided.")
    except NotRight as refused:
        messages.error(request, f"{refused}.")
    except NotPermitted:
        raise Http404 from None


@RECEIVES
def nobodys(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Answers of nobody on the register."""
    held = survey_here(request, ref)
    found = unknown(held)
    listing = listing_of(request.GET, sorts={"newest": ()}, first="newest").counted(found.count())
    shown = {
        "tabs": tabs("surveys"),
        "survey": held,
        "listing": listing,
        "answers": list(found[listing.start : listing.stop]),
    }
    return render(request, "returns/surveys/many/unknown.html", shown)


@RECEIVES
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer alone: what was said, whose it is, and saying whose by the number of a record."""
    held = answer_of(request, pk)
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _chosen(request, held, form):
        messages.success(request, "That is decided.")
        return redirect("survey_answer", pk=pk)
    seen = YoungPerson.objects.visible_to(request.user)
    person = seen.filter(pk=held.person_id).first() if held.person_id else None
    if person:
        note_read(Kind.READ, by=request.user, authority_id=held.survey.authority_id, subjects=[person.pk])
    elif held.person_id:
        raise Http404
    shown = {
        "tabs": tabs("surveys"),
        "answer": held,
        "survey": held.survey,
        "said": said_in(held, clock.today()),
        "person": person,
        "form": form,
        "may_choose": held.person_id is None and held.found != SurveyAnswer.Found.SET_ASIDE,
        "is_set_aside": held.found == SurveyAnswer.Found.SET_ASIDE,
    }
    return render(request, "returns/surveys/many/answer.html", shown)


def _chosen(request: HttpRequest, held: SurveyAnswer, form: NumberForm) -> bool:
    seen = YoungPerson.objects.visible_to(request.user).filter(authority=held.survey.authority_id)
    person = seen.filter(young_person_id=form.cleaned_data["number"]).first()
    if person is None:
        form.add_error("number", "There is no such number on your register")
        return False
    try:
        choose(answer=held, person=person, by=request.user)
    except NotRight as refused:
        form.add_error(None, f"{refused}")
        return False
    except NotPermitted:
        raise Http404 from None
    return True


@require_POST
@RECEIVES
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    """Not theirs after all, look once more, or nobody's at all."""
    held = answer_of(request, pk)
    acts = {"take_back": take_back, "look_again": look_again, "set_aside": set_aside}
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        messages.error(request, "Choose what to do with it.")
        return redirect("survey_answer", pk=pk)
    try:
        act(answer=held, by=request.user)
        messages.success(request, WORDS[act.__name__])
    except NotRight as refused:
        messages.error(request, f"{refused}.")
    except NotPermitted:
        raise Http404 from None
    if act is look_again:
        find_people(held.survey_id)
    return redirect("survey_answer", pk=pk)


WORDS = {
    "take_back": "What it changed on the record is taken back, where nobody wrote since.",
    "look_again": "It is looked for once more.",
    "set_aside": "It is set aside and counts no more.",
}


@RECEIVES
def help_asked(request: HttpRequest, pk: int) -> HttpResponse:
    """A task about help that somebody asked for whom we have not found yet: their answer."""
    places = [place.authority_id for place in request.scope.where(Permission.RETURN_RECEIVE)]
    task = get_object_or_404(Task, pk=pk, kind=HELP_WANTED, person=None, authority__in=places)
    number = task.cause.removeprefix(OF_AN_ANSWER).strip()
    if not number.isdecimal():
        raise Http404
    return redirect("survey_answer", pk=int(number))
