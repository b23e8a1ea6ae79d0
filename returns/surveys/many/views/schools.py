"""A school's pages of a survey: its link, how far it is, and who has not answered. Its council sees them too."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from returns.intake.panels import at_schools
from returns.intake.views.frame import layout_of
from returns.surveys.many.documents import poster_of
from returns.surveys.many.files import outstanding_book
from returns.surveys.many.kinds import Kind
from returns.surveys.many.queries.board import by_group, counting, doors_of, percent
from returns.surveys.many.queries.cohort import asked_at, day_of
from returns.surveys.many.queries.doors import address_of, is_open
from returns.surveys.many.queries.silent import silent, unanswered
from returns.surveys.many.rules import LANGUAGES
from returns.surveys.many.views.board import state_of
from returns.surveys.many.views.frame import council_door_here, door_here, receives
from returns.surveys.models import Survey, SurveyDoor

READS = needs(Permission.RETURN_READ)
MOST = 200


@READS
def own_surveys(request: HttpRequest) -> HttpResponse:
    """The surveys of the schools somebody works for; the council's people have their board."""
    if not at_schools(request.scope):
        return redirect("surveys")
    doors = list(doors_of(request.user).exclude(establishment=None))
    shown = {
        "layout": layout_of(request),
        "lines": [(each, *state_of(each.survey)) for each in doors],
        "several": len({each.establishment_id for each in doors}) > 1,
    }
    return render(request, "returns/surveys/many/own.html", shown)


@READS
def school(request: HttpRequest, ref: UUID, establishment_id: int) -> HttpResponse:
    """How far one school is, by tutor group, its link, and who has not answered; asked again every few seconds."""
    door = door_here(request, ref, establishment_id)
    survey, today = door.survey, clock.today()
    people = silent(survey, request.user, today, establishment_id)
    listed = list(people[:MOST])
    # The numbers alone name nobody; a page with the list is one reading of it.
    if not request.htmx:
        subjects = [each.pk for each in listed]
        note_read(Kind.READ, by=request.user, authority_id=survey.authority_id, subjects=subjects)
    words, tone = state_of(survey)
    shown = {
        "layout": layout_of(request),
        "door": door,
        "survey": survey,
        "state": words,
        "tone": tone,
        "address": address_of(door),
        "is_open": is_open(survey, today),
        "groups": by_group(survey, establishment_id),
        "people": listed,
        "left": unanswered(survey, today, establishment_id).count(),
        "languages": [each for each in LANGUAGES.values() if each.code != "en"],
        "may_renew": receives(request, survey),
        "back_url": reverse("survey_board", args=[ref])
        if receives(request, survey)
        else reverse("own_surveys"),
        "now": clock.now(),
        **_numbers(door),
    }
    name = "school_numbers" if request.htmx else "school"
    return render(request, f"returns/surveys/many/{name}.html", shown)


def _numbers(door: SurveyDoor) -> dict[str, object]:
    survey = door.survey
    place = door.establishment_id or 0
    asked = asked_at(survey.authority_id, place, day_of(survey, clock.today())).count()
    answered = counting(survey).filter(establishment=place).count()
    return {"asked": asked, "answered": answered, "share": percent(answered, asked)}


@READS
def outstanding(request: HttpRequest, ref: UUID, establishment_id: int) -> HttpResponseBase:
    """Who has not answered, as a file: the school's own pupils only."""
    door = door_here(request, ref, establishment_id)
    people = list(silent(door.survey, request.user, clock.today(), establishment_id))
    note_read(
        Kind.LIST_TAKEN,
        by=request.user,
        authority_id=door.survey.authority_id,
        subjects=[each.pk for each in people],
    )
    name = f"{door.survey.title.rstrip('?')} not answered.xlsx"
    return download_of([outstanding_book(people)], name=_plain(name), kind=StoredFile.Kind.XLSX)


@READS
def poster(request: HttpRequest, ref: UUID, establishment_id: int) -> HttpResponseBase:
    """The page to print with the school's square."""
    return _printed(request, door_here(request, ref, establishment_id))


@READS
def flyer(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """The same with the council's own link, for everybody."""
    return _printed(request, council_door_here(request, ref))


def _printed(request: HttpRequest, door: SurveyDoor) -> HttpResponseBase:
    asked = request.GET.get("language", "")
    content = poster_of(door, asked if asked in LANGUAGES else "en")
    what = "Flyer" if door.survey.kind == Survey.Kind.RESULTS_DAY else "Poster"
    place = f" {door.establishment.short_code or door.establishment.number}" if door.establishment else ""
    return download_of([content], name=_plain(f"{what}{place}.pdf"), kind=StoredFile.Kind.PDF)


def _plain(name: str) -> str:
    """A file name of letters, figures and spaces."""
    return "".join(each for each in name if each.isalnum() or each in " .-")
