"""The council's pages of surveys: all of them, planning one, and how far it is."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.ui.listing import listing_of
from returns.intake.views.tabs import address, tabs
from returns.surveys.many.actions.feedback import make_feedback
from returns.surveys.many.actions.planning import change_survey, close_survey, new_door, plan_survey
from returns.surveys.many.files import silent_book
from returns.surveys.many.forms import PlanForm
from returns.surveys.many.kinds import Kind
from returns.surveys.many.queries.board import by_school, standing, surveys_of
from returns.surveys.many.queries.doors import is_open
from returns.surveys.many.queries.silent import silent, silent_lines
from returns.surveys.many.views.frame import survey_here
from returns.surveys.models import Survey
from schools.models import Authority, Establishment
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rules.academic_year import academic_year

P = Permission


@needs(P.RETURN_RECEIVE)
def surveys(request: HttpRequest) -> HttpResponse:
    """Those that run, those to come and those that are over."""
    today = clock.today()
    found = list(surveys_of(request.user))
    shown = {
        "tabs": tabs("surveys"),
        "lines": [(each, *state_of(each), standing(each, today)) for each in found],
        "messages_url": address("messages"),
    }
    return render(request, "returns/surveys/many/surveys.html", shown)


def state_of(survey: Survey) -> tuple[str, str]:
    """How it stands in words, and the colour beside them."""
    today = clock.today()
    if survey.opens_on > today:
        return "Not open yet", "waiting"
    return ("Open", "good") if is_open(survey, today) else ("Closed", "plain")


@needs(P.RETURN_RECEIVE)
def plan(request: HttpRequest) -> HttpResponse:
    """A new survey: each school with a Year 11 gets a link."""
    authority = get_object_or_404(Authority, pk=request.authority_id)
    form = PlanForm(request.POST or None, initial={"academic_year": academic_year(clock.today())})
    if request.method == "POST" and form.is_valid():
        try:
            made = plan_survey(authority=authority, what=form.planned(), by=request.user)
        except NotRight as refused:
            form.take(refused)
        except NotPermitted:
            raise Http404 from None
        else:
            messages.success(request, f"{made.title} is planned. Each school has a link and a page to print.")
            return redirect("survey_board", ref=made.ref)
    return _form(request, form, "Plan a survey", "Plan it", reverse("surveys"))


@needs(P.RETURN_RECEIVE)
def change(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Its days; schools see the new ones at once."""
    held = survey_here(request, ref)
    days = dict(zip(("remind_1", "remind_2"), held.remind_on, strict=False))
    about = {"opens_on": held.opens_on, "closes_on": held.closes_on, "asks_upn": held.asks_upn, **days}
    form = PlanForm(request.POST or None, survey=held, initial=about)
    if request.method == "POST" and form.is_valid():
        try:
            change_survey(survey=held, what=form.planned(), by=request.user)
        except NotRight as refused:
            form.take(refused)
        else:
            messages.success(request, "The days are changed.")
            return redirect("survey_board", ref=ref)
    return _form(request, form, "Change its days", "Save", reverse("survey_board", args=[ref]), held.title)


def _form(
    request: HttpRequest, form: PlanForm, title: str, button: str, back: str, caption: str = ""
) -> HttpResponse:
    shown = {"form": form, "title": title, "button": button, "back_url": back, "caption": caption}
    return render(request, "one_form.html", shown)


@require_POST
@needs(P.RETURN_RECEIVE)
def close(request: HttpRequest, ref: UUID) -> HttpResponse:
    """No answers any more."""
    held = survey_here(request, ref)
    try:
        close_survey(survey=held, by=request.user)
        messages.success(request, "It is closed. To open it again, change its days.")
    except NotRight as refused:
        messages.error(request, f"{refused}.")
    return redirect("survey_board", ref=ref)


@needs(P.RETURN_RECEIVE)
def board(request: HttpRequest, ref: UUID) -> HttpResponse:
    """How far it is, school by school; asked again every few seconds while it is open."""
    held = survey_here(request, ref)
    today = clock.today()
    words, tone = state_of(held)
    shown = {
        "tabs": tabs("surveys"),
        "survey": held,
        "state": words,
        "tone": tone,
        "is_open": is_open(held, today),
        "is_what_next": held.kind == Survey.Kind.WHAT_NEXT,
        "standing": standing(held, today),
        "lines": by_school(held, today),
        "council_door": held.doors.filter(establishment=None, ended_at=None).exists(),
        "now": clock.now(),
    }
    name = "board_numbers" if request.htmx else "board"
    return render(request, f"returns/surveys/many/{name}.html", shown)


@require_POST
@needs(P.RETURN_RECEIVE)
def renew(request: HttpRequest, ref: UUID, establishment_id: int) -> HttpResponse:
    """A new link for a school; the one before opens nothing any more."""
    held = survey_here(request, ref)
    place = get_object_or_404(
        held.doors.select_related("establishment"), establishment=establishment_id, ended_at=None
    )
    new_door(survey=held, establishment=place.establishment, by=request.user)
    messages.success(
        request, f"{place.establishment} has a new link. Print its page again: the old one is dead."
    )
    return redirect("survey_school", ref=ref, establishment_id=establishment_id)


@needs(P.RETURN_RECEIVE)
def feedback(request: HttpRequest, ref: UUID, establishment_id: int) -> HttpResponseBase:
    """What became of a school's last Year 11, as a file to be handed out to that school."""
    held = survey_here(request, ref)
    door = get_object_or_404(
        held.doors.select_related("establishment"), establishment=establishment_id, ended_at=None
    )
    place = get_object_or_404(Establishment, pk=door.establishment_id)
    file = make_feedback(authority=held.authority, establishment=place, on=clock.today(), by=request.user)
    return download_of([file.content], name=file.name, kind=StoredFile.Kind.XLSX)


@needs(P.RETURN_RECEIVE)
def not_answered(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Those of whom nothing came back, with how to reach them and whose number each is."""
    held = survey_here(request, ref)
    today = clock.today()
    people = silent(held, request.user, today)
    listing = listing_of(request.GET, sorts={"name": ("family_name",)}, first="name").counted(people.count())
    lines = silent_lines(people[listing.start : listing.stop], held, request.user, today)
    _note(request, Kind.READ, held, [each.person_id for each in lines])
    shown = {"tabs": tabs("surveys"), "survey": held, "listing": listing, "lines": lines}
    return render(request, "returns/surveys/many/silent.html", shown)


@needs(P.RETURN_RECEIVE)
def not_answered_file(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """The same list as a file."""
    held = survey_here(request, ref)
    today = clock.today()
    lines = silent_lines(silent(held, request.user, today), held, request.user, today)
    _note(request, Kind.LIST_TAKEN, held, [each.person_id for each in lines])
    return download_of([silent_book(lines)], name="Not answered.xlsx", kind=StoredFile.Kind.XLSX)


def _note(request: HttpRequest, kind: Kind, held: Survey, people: list[int]) -> None:
    note_read(kind, by=request.user, authority_id=held.authority_id, subjects=people)
