"""How far a survey is: by school, by tutor group, and what waits for somebody at the council."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from returns.surveys.many.queries.cohort import day_of, on_roll, year_11
from returns.surveys.models import Survey, SurveyAnswer, SurveyDoor
from schools.models import Establishment
from tracking.reference.queries import ruleset
from tracking.register.models import Activity
from tracking.rules.survey import HELP, LOT, YES, Asked, questions_of

Found = SurveyAnswer.Found
NO_SCHOOL = "No school named"
WANTS_HELP = Q(answers__help=YES) | Q(answers__doing=HELP)


def surveys_of(user: User) -> QuerySet[Survey]:
    """The surveys of the councils this user receives returns for, newest first."""
    held = {place.authority_id for place in scope_of(user).where(Permission.RETURN_RECEIVE)}
    return Survey.objects.filter(authority__in=held).select_related("authority").order_by("-opens_on", "-pk")


def doors_of(user: User) -> QuerySet[SurveyDoor]:
    """The links of surveys this user may see: all of their council's, or those of the schools they work for."""
    asked = Q(pk__in=[])
    for place in scope_of(user).where(Permission.RETURN_READ):
        here = Q(survey__authority=place.authority_id)
        asked |= here & Q(establishment=place.establishment_id) if place.establishment_id else here
    doors = SurveyDoor.objects.filter(asked, ended_at=None).select_related(
        "survey__authority", "establishment"
    )
    return doors.order_by("-survey__opens_on", "establishment__name", "pk")


def council_doors_of(user: User) -> QuerySet[SurveyDoor]:
    """The links for everybody of surveys at the councils this user works for or with: their schools hand flyers out."""
    held = {place.authority_id for place in scope_of(user).where(Permission.RETURN_READ)}
    doors = SurveyDoor.objects.filter(survey__authority__in=held, establishment=None, ended_at=None)
    return doors.select_related("survey__authority", "establishment")


def counting(survey: Survey) -> QuerySet[SurveyAnswer]:
    """The answers that count: the last of each, and none that was set aside."""
    return survey.answers.filter(replaced_by=None).exclude(found=Found.SET_ASIDE)


@dataclass(frozen=True)
class Standing:
    """A survey in numbers: who is asked, who answered, who of them waits to be found."""

    asked: int
    answered: int
    doubtful: int
    unknown: int
    waiting: int
    help: int
    worried: int
    consents: int

    @property
    def share(self) -> str:
        """Of a hundred asked."""
        return percent(self.answered, self.asked)


def standing(survey: Survey, today: date) -> Standing:
    """Two statements."""
    counted = counting(survey).aggregate(
        answered=Count("pk"),
        doubtful=Count("pk", filter=Q(found=Found.DOUBTFUL)),
        unknown=Count("pk", filter=Q(found=Found.UNKNOWN)),
        waiting=Count("pk", filter=Q(found=Found.NOT_YET)),
        help=Count("pk", filter=WANTS_HELP),
        worried=Count("pk", filter=Q(answers__worried=LOT)),
        consents=Count("pk", filter=Q(consent=True)),
    )
    return Standing(asked=year_11(survey.authority_id, day_of(survey, today)).count(), **counted)


@dataclass(frozen=True)
class SchoolLine:
    """One school: how many are in its Year 11, how many answered, of how many we know what they mean to do."""

    establishment_id: int | None
    name: str
    asked: int
    answered: int
    help: int
    destinations: int
    last_at: datetime | None
    has_door: bool

    @property
    def share(self) -> str:
        return percent(self.answered, self.asked)

    @property
    def known(self) -> str:
        """Of how many of a hundred the intended destination is known (R114)."""
        return percent(self.destinations, self.asked)


def by_school(survey: Survey, today: date) -> list[SchoolLine]:
    """Every school with a link or an answer, by name; those who named no school last. Three statements."""
    pupils = _pupils(survey, today)
    rows = counting(survey).order_by().values("establishment")
    answers: dict[int | None, Any] = {
        row["establishment"]: row
        for row in rows.annotate(
            answered=Count("pk"), help=Count("pk", filter=WANTS_HELP), last_at=Max("answered_at")
        )
    }
    doors = Q(survey_doors__survey=survey, survey_doors__ended_at=None)
    places = Establishment.objects.filter(doors | Q(pk__in=[pk for pk in answers if pk])).distinct()
    linked = Exists(survey.doors.filter(establishment=OuterRef("pk"), ended_at=None))
    named = places.annotate(linked=linked).order_by("name", "pk").values_list("pk", "name", "linked")
    lines = [_line(place, pupils.get(place[0], (0, 0)), answers.get(place[0], {})) for place in named]
    if None in answers:
        lines.append(_line((None, NO_SCHOOL, False), (0, 0), answers[None]))
    return lines


def _line(place: tuple[int | None, str, bool], pupils: tuple[int, int], row: Mapping[str, Any]) -> SchoolLine:
    pk, name, has_door = place
    asked, destinations = pupils
    answered, helped, last_at = row.get("answered", 0), row.get("help", 0), row.get("last_at")
    return SchoolLine(pk, name, asked, answered, helped, destinations, last_at, has_door)


def _pupils(survey: Survey, today: date) -> dict[int, tuple[int, int]]:
    """By place how many are in Year 11, and of how many of them the intended destination is known."""
    day = day_of(survey, today)
    here = Activity.objects.filter(on_roll(day), person__in=year_11(survey.authority_id, day).values("pk"))
    known = Q(person__intended_destination__in=said_destinations(today))
    rows = here.exclude(establishment=None).order_by().values_list("establishment")
    counted = rows.annotate(
        asked=Count("person", distinct=True), known=Count("person", distinct=True, filter=known)
    )
    return {place: (asked, known) for place, asked, known in counted}


def said_destinations(today: date) -> list[str]:
    """The codes that young people answer with: the one for nobody having asked is none of them."""
    questions = questions_of(ruleset(today).survey_questions, Survey.Kind.WHAT_NEXT, "en")
    return [code for each in questions if each.asked is Asked.DESTINATION for code, _ in each.choices]


@dataclass(frozen=True)
class GroupLine:
    """One tutor group as its pupils wrote it."""

    name: str
    answered: int
    last_at: datetime


def by_group(survey: Survey, establishment_id: int) -> list[GroupLine]:
    """The tutor groups of a school that answered, in their order; one statement."""
    rows = counting(survey).filter(establishment=establishment_id).order_by().values_list("tutor_group")
    counted = rows.annotate(answered=Count("pk"), last_at=Max("answered_at")).order_by("tutor_group")
    return [GroupLine(*row) for row in counted]


def percent(part: int, whole: int) -> str:
    """A share as a page shows it; nothing where there is nobody."""
    return f"{100 * part / whole:.0f}%" if whole else ""
