"""Returns ready to be sent, for the tests of sending them."""

from datetime import date
from typing import Any

from django.db import transaction

from returns.calendar.models import ExpectedReturn
from returns.intake.actions.applying import confirm
from returns.intake.actions.locking import locked
from returns.intake.checking import compare_again
from returns.intake.models import Intake, IntakeRow
from tests.factories import (
    make_authority,
    make_collection,
    make_expected,
    make_intake,
    make_person,
    make_row,
    make_school,
    seed_reference,
)
from tracking.models import YoungPerson

AS_AT, YEAR_START = date(2026, 9, 14), date(2026, 9, 1)
NEWCOMER = {"family_name": "Newcomer", "given_name": "Nia", "date_of_birth": "2010-03-04"}


def make_asked(**fields: Any) -> ExpectedReturn:
    """A school of a council that asks for the autumn enrolment."""
    seed_reference()
    authority = fields.pop("authority", None) or make_authority(code="886", database_id="886")
    place = fields.pop("place", None) or make_school(name="Hill School", la_code="886")
    return make_expected(place, make_collection(authority, as_at=AS_AT), **fields)


def row(intake: Intake, person: YoungPerson | None = None, **clean: str) -> IntakeRow:
    """A pupil's line: this young person's, or a newcomer's."""
    if person is None:
        return make_row(intake, clean={**NEWCOMER, **clean}, found=IntakeRow.Found.NEW)
    return make_row(intake, person=person, clean=clean)


@transaction.atomic
def looked_at(intake: Intake) -> Intake:
    """Compared with the register, as its sender sees it."""
    held = locked(intake, *Intake.OPEN)
    compare_again(held)
    held.save()
    return held


def sent(expected: ExpectedReturn, *rows: tuple[YoungPerson | None, dict[str, str]], **fields: Any) -> Intake:
    """A return of these rows, looked at and sent."""
    intake = make_intake(expected, notice_issued_on=YEAR_START, **fields)
    for person, clean in rows:
        row(intake, person, **clean)
    return confirm(intake=looked_at(intake), by=None)


def pupil(asked: ExpectedReturn, **fields: Any) -> YoungPerson:
    """In Year 12 by age, unless told otherwise."""
    return make_person(asked.collection.authority, **{"date_of_birth": date(2010, 2, 3), **fields})


def spells(person: YoungPerson) -> list[tuple[str, date, date | None]]:
    return list(person.activities.order_by("starts_on").values_list("code", "starts_on", "ends_on"))


def problems(intake: Intake) -> set[str]:
    return set(intake.problems.values_list("kind", flat=True))
