"""What surveys put on other pages: answers and consent on a record, a school's survey, what waits on first pages."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.ui.parts import Tile
from returns.intake.panels import at_schools
from returns.surveys.many.queries.board import doors_of, surveys_of
from returns.surveys.many.queries.waiting import Said, said_in
from returns.surveys.models import Survey, SurveyAnswer, SurveyDoor
from tracking.register.models import Consent
from tracking.register.queries.together import together

Found = SurveyAnswer.Found
MOST = 4


@dataclass(frozen=True)
class PersonPanel:
    """What a young person answered last in a survey, and whether their school may be told."""

    answer: SurveyAnswer | None
    said: tuple[Said, ...]
    consent: Consent | None
    may_withdraw: bool
    may_open: bool
    template: str = "returns/surveys/many/person_panel.html"


def person_panel(person_id: int, user: User, on: date) -> PersonPanel | None:
    """For those who change records; their own school does not read it. One statement."""
    scope = scope_of(user)
    if at_schools(scope) or not scope.can(Permission.PERSON_CHANGE):
        return None
    answers = SurveyAnswer.objects.filter(person=person_id, replaced_by=None)
    found = together(
        answers=answers.order_by("-answered_at", "-pk")[:1],
        surveys=Survey.objects.filter(pk__in=answers.values("survey")),
        consents=Consent.objects.filter(person=person_id).order_by("-given_on", "-pk")[:1],
    )
    answer, consent = (next(iter(found[name]), None) for name in ("answers", "consents"))
    if answer is not None:
        answer.survey = next(each for each in found["surveys"] if each.pk == answer.survey_id)
    if answer is None and consent is None:
        return None
    said = tuple(said_in(answer, on)) if answer else ()
    may_withdraw = consent is not None and consent.withdrawn_on is None
    return PersonPanel(answer, said, consent, may_withdraw, scope.can(Permission.RETURN_RECEIVE))


@dataclass(frozen=True)
class HomePanel:
    """Answers that wait for somebody to say whose they are."""

    tiles: tuple[Tile, ...]
    template: str = "returns/surveys/many/home_panel.html"


def home_panel(user: User, on: date) -> HomePanel | None:
    """For those who receive returns, while something waits; one statement."""
    if not scope_of(user).can(Permission.RETURN_RECEIVE):
        return None
    doubtful = Count("answers", filter=Q(answers__found=Found.DOUBTFUL, answers__replaced_by=None))
    waiting = surveys_of(user).annotate(doubtful=doubtful).filter(doubtful__gt=0)
    tiles = tuple(
        Tile(
            each.doubtful, f"whose answer? {each.title}", reverse("survey_who", args=[each.ref]), "attention"
        )
        for each in waiting[:MOST]
    )
    return HomePanel(tiles) if tiles else None


@dataclass(frozen=True)
class SchoolPanel:
    """Surveys that are open at somebody's school."""

    doors: tuple[SurveyDoor, ...]
    template: str = "returns/surveys/many/school_panel.html"


def school_panel(user: User, on: date) -> SchoolPanel | None:
    """For those who work for a school, while a survey is open there; one statement."""
    if not at_schools(scope_of(user)):
        return None
    open_now = (
        doors_of(user).exclude(establishment=None).filter(survey__opens_on__lte=on, survey__closes_on__gte=on)
    )
    doors = tuple(open_now)
    return SchoolPanel(doors) if doors else None
