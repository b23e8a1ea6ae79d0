"""What the pages of surveys have in common: whose they are, and who may open which."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from neet.accounts.roles import Permission
from returns.surveys.many.queries.board import council_doors_of, doors_of, surveys_of
from returns.surveys.many.queries.waiting import answer_here
from returns.surveys.models import Survey, SurveyAnswer, SurveyDoor
from tracking.register.queries.people import NotVisible


def survey_here(request: HttpRequest, ref: UUID) -> Survey:
    """A survey of their own council, or there is nothing here."""
    return get_object_or_404(surveys_of(request.user), ref=ref)


def door_here(request: HttpRequest, ref: UUID, establishment_id: int) -> SurveyDoor:
    """The link of a school to a survey, for that school and its council, or there is nothing here."""
    return get_object_or_404(doors_of(request.user), survey__ref=ref, establishment=establishment_id)


def council_door_here(request: HttpRequest, ref: UUID) -> SurveyDoor:
    """The link for everybody, for whoever works at the council or one of its schools, or there is nothing here."""
    return get_object_or_404(council_doors_of(request.user), survey__ref=ref)


def answer_of(request: HttpRequest, pk: int) -> SurveyAnswer:
    """An answer to a survey of their own council, or there is nothing here."""
    found = answer_here(request.user, pk)
    if found is None:
        raise NotVisible
    return found


def receives(request: HttpRequest, survey: Survey) -> bool:
    """Whether they receive returns at the survey's council."""
    places = request.scope.where(Permission.RETURN_RECEIVE)
    return any(place.authority_id == survey.authority_id for place in places)
