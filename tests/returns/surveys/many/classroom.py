"""A school with a Year 11, a survey that is open, and pupils who answer."""

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from returns.surveys.many.actions.planning import plan_survey
from returns.surveys.many.queries.doors import secret_of
from returns.surveys.many.statements import Planned
from returns.surveys.models import Survey, SurveyDoor
from schools.models import Authority, Establishment
from tests.factories import IN_YEAR_11, make_activity, make_authority, make_person, make_school, make_user
from tracking.register.models import YoungPerson

TODAY = date(2027, 3, 9)
NOW = "2027-03-09T10:00"
BORN = date(2011, 3, 14)


def make_council(**fields: Any) -> Authority:
    return make_authority(**{"name": "Amble Council", "contact_telephone": "01632 960001", **fields})


def make_pupil(school: Establishment, authority: Authority, **fields: Any) -> YoungPerson:
    """Somebody in Year 11 there since September."""
    person = make_person(authority, **{"date_of_birth": BORN, **fields})
    make_activity(person, IN_YEAR_11, date(2026, 9, 1), establishment=school)
    return person


def make_here(
    name: str = "Amble School", authority: Authority | None = None
) -> tuple[Authority, Establishment]:
    authority = authority or make_council()
    return authority, make_school(name=name, la_code=authority.code)


def make_survey(authority: Authority, **planned: Any) -> Survey:
    """What Next of the year, open for a fortnight, planned by an officer."""
    what = {
        "kind": "what_next",
        "academic_year": 2026,
        "opens_on": date(2027, 3, 1),
        "closes_on": date(2027, 3, 26),
        **planned,
    }
    return plan_survey(authority=authority, what=Planned(**what), by=make_user("tracking_officer", authority))


def door_of(survey: Survey, school: Establishment | None) -> SurveyDoor:
    return SurveyDoor.objects.select_related("survey").get(survey=survey, establishment=school, ended_at=None)


def at(door: SurveyDoor) -> Client:
    """Somebody who opened the link."""
    client = Client()
    client.get(reverse("survey_door", args=[secret_of(door)]))
    return client


def answers(person: YoungPerson | None = None, **changed: Any) -> dict[str, str]:
    """What a pupil fills in."""
    born = (person.date_of_birth if person else None) or BORN
    return {
        "given_name": person.given_name if person else "Juno",
        "family_name": person.family_name if person else "Quillfeather",
        "born_on_day": str(born.day), "born_on_month": str(born.month), "born_on_year": str(born.year),
        "tutor_group": "11b", "destination": "121", "applied": "yes", "worried": "no", "help": "no",
        **changed,
    }  # fmt: skip


def answer(door: SurveyDoor, person: YoungPerson | None = None, **changed: Any) -> Client:
    client = at(door)
    client.post(reverse("survey"), answers(person, **changed))
    return client
