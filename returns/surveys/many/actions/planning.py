"""A survey is planned, gets its links, is changed and closed."""

from datetime import date, timedelta

from django.db import transaction

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from returns.surveys.many.kinds import Kind
from returns.surveys.many.queries.cohort import asks_there, day_of
from returns.surveys.many.queries.doors import digest_of, secret_of
from returns.surveys.many.statements import Planned
from returns.surveys.models import Survey, SurveyDoor
from schools.models import Authority, Establishment
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rules.academic_year import year_words

TITLES = {Survey.Kind.WHAT_NEXT: "What next?", Survey.Kind.RESULTS_DAY: "Results day"}
LONGEST = timedelta(days=366)


def plan_survey(*, authority: Authority, what: Planned, by: User) -> Survey:
    """A survey of one school year, with a link for each school that has a Year 11 and one for everybody else.

    A council has one of each kind a year. Raises NotRight, NotPermitted.
    """
    refuse_stranger(by, authority.pk)
    refuse_days(what)
    with recorded(Kind.PLANNED, by=by, authority_id=authority.pk) as event:
        one_at_a_time("survey_planned", authority.pk)
        if authority.surveys.filter(kind=what.kind, academic_year=what.academic_year).exists():
            raise NotRight({"kind": "There is one of that kind for that school year already"})
        survey = Survey.objects.create(
            authority=authority,
            kind=what.kind,
            academic_year=what.academic_year,
            title=f"{TITLES[Survey.Kind(what.kind)]} {year_words(what.academic_year)}",
            opens_on=what.opens_on,
            closes_on=what.closes_on,
            remind_on=list(what.remind_on),
            asks_upn=what.asks_upn,
            made_by=by,
        )
        places = asks_there(authority.code, authority.pk, day_of(survey, clock.today()))
        event.counts = {"survey": survey.pk, "links": len(_make_doors(survey, [None, *places]))}
        return survey


def change_survey(*, survey: Survey, what: Planned, by: User) -> Survey:
    """Other days; its kind and its year stay. Raises NotRight, NotPermitted."""
    refuse_stranger(by, survey.authority_id)
    refuse_days(what)
    with recorded(Kind.CHANGED, by=by, authority_id=survey.authority_id, counts={"survey": survey.pk}):
        held = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
        held.opens_on, held.closes_on = what.opens_on, what.closes_on
        held.remind_on, held.asks_upn = list(what.remind_on), what.asks_upn
        held.save(update_fields=["opens_on", "closes_on", "remind_on", "asks_upn"])
        return held


def close_survey(*, survey: Survey, by: User) -> Survey:
    """No answers any more from now on. Raises NotPermitted; NotRight before it opened."""
    today = clock.today()
    if survey.opens_on >= today:
        raise NotRight({"closes_on": "It opened today or opens later: change its days instead"})
    yesterday = min(survey.closes_on, today - timedelta(days=1))
    days = tuple(each for each in survey.remind_on if each <= yesterday)
    what = Planned(survey.kind, survey.academic_year, survey.opens_on, yesterday, days, survey.asks_upn)
    return change_survey(survey=survey, what=what, by=by)


def new_door(*, survey: Survey, establishment: Establishment | None, by: User) -> SurveyDoor:
    """A link for a school, or for the whole council; the one before is dead from now on. Raises NotPermitted."""
    refuse_stranger(by, survey.authority_id)
    with recorded(Kind.DOOR_MADE, by=by, authority_id=survey.authority_id) as event:
        one_at_a_time("survey_door", survey.pk)
        event.counts = {"survey": survey.pk, "establishment": establishment.pk if establishment else 0}
        survey.doors.filter(establishment=establishment, ended_at=None).update(ended_at=clock.now())
        (door,) = _make_doors(survey, [establishment])
        return door


@transaction.atomic
def _make_doors(survey: Survey, places: list[Establishment | None]) -> list[SurveyDoor]:
    made_at = clock.now()
    doors = [SurveyDoor(survey=survey, establishment=place, made_at=made_at) for place in places]
    for door in doors:
        door.digest = digest_of(secret_of(door))
    return SurveyDoor.objects.bulk_create(doors)


def refuse_stranger(by: User, authority_id: int) -> None:
    """Raise NotPermitted unless they receive returns at this council."""
    places = scope_of(by).where(Permission.RETURN_RECEIVE)
    if not any(place.authority_id == authority_id for place in places):
        raise NotPermitted(Permission.RETURN_RECEIVE)


def refuse_days(what: Planned) -> None:
    """Raise NotRight where the days do not follow each other."""
    if what.closes_on < what.opens_on:
        raise NotRight({"closes_on": "The last day must be on or after the first"})
    if what.closes_on - what.opens_on > LONGEST:
        raise NotRight({"closes_on": "A survey is open for a year at most"})
    if any(not _within(day, what) for day in what.remind_on):
        raise NotRight({"remind_1": "Remind on a day on which the survey is open"})


def _within(day: date, what: Planned) -> bool:
    return what.opens_on <= day <= what.closes_on
