"""Offers in files of places: their lines, and what the register then holds of somebody."""

from collections.abc import Callable
from datetime import date

from returns.intake.models import Intake
from schools.models import Authority, Establishment
from tests.factories import (
    make_activity,
    make_person,
)
from tracking.models import YoungPerson

SPRING = date(2027, 4, 30)
WHO = "Council number,Last name,First name,Date of birth"
BY_SCHOOL = f"{WHO},Our own offer,Offer elsewhere: where,How it stands,Begins on"
BY_COLLEGE = f"{WHO},Course,How it stands,Begins on"

Take = Callable[..., Intake]


def pupil(council: Authority, school: Establishment, given: str, family: str) -> YoungPerson:
    """In Year 11 of the school."""
    named = {
        "given_name": given,
        "family_name": family,
        "date_of_birth": date(2011, 1, 5),
        "la_at_year_11": "886",
    }
    person = make_person(council, **named)
    make_activity(person, "110", date(2022, 9, 1), establishment=school)
    return person


def line(person: YoungPerson, *rest: str) -> str:
    born = person.date_of_birth
    return ",".join(
        [
            person.young_person_id,
            person.family_name,
            person.given_name,
            f"{born:%d/%m/%Y}" if born else "",
            *rest,
        ]
    )


def offers(person: YoungPerson) -> list[tuple[str, str, str]]:
    return list(person.offers.order_by("place", "course").values_list("place", "course", "stage"))


def status(person: YoungPerson, group: int = 11) -> str:
    return person.guarantees.filter(year_group=group).values_list("status", flat=True).first() or ""


def outcomes(intake: Intake) -> list[str]:
    return list(intake.rows.order_by("number").values_list("outcome", flat=True))
