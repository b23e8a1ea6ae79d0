"""Whom a return is expected to speak of, each with what was answered for them so far."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from neet.ui.words import day
from returns.intake.models import Intake, IntakeRow, Missing
from returns.intake.queries.expected import Whose, expected_pupils
from tracking.models import YoungPerson

STILL_HERE = str(Missing.Answer.STILL_HERE)


@dataclass(frozen=True)
class Pupil:
    """Somebody who was expected: what the school knows them by, and its answer, empty where there is none yet.

    `was_here` is not so of those who were in Year 11 and may have gone anywhere.
    """

    ref: UUID
    name: str
    about: str
    was_here: bool
    answer: str
    left_on: date | None = None
    destination: str = ""


def pupils_of(intake: Intake) -> list[Pupil]:
    """Everybody who was expected, by name, those who were there already first. Three statements."""
    leavers = {each.person_id for each in expected_pupils(Whose.of(intake)) if each.is_leaver}
    found = [
        pupil_of(row.person, STILL_HERE, leavers)
        for row in _expected_rows(intake).select_related("person")
        if row.person
    ]
    found += [missing_pupil(each, leavers) for each in intake.missing.select_related("person")]
    return sorted(found, key=lambda pupil: (not pupil.was_here, pupil.name.casefold(), pupil.about))


def missing_pupil(missing: Missing, leavers: Collection[int]) -> Pupil:
    """Somebody who is not on the return, with what was answered."""
    answered = (missing.left_on, missing.destination)
    return pupil_of(missing.person, missing.answer, leavers, *answered)


def pupil_of(
    person: YoungPerson,
    answer: str,
    leavers: Collection[int],
    left_on: date | None = None,
    destination: str = "",
) -> Pupil:
    was_here = person.pk not in leavers
    name = f"{person.family_name}, {person.given_name}"
    born = f"born {day(person.date_of_birth)}" if person.date_of_birth else "date of birth not known"
    about = born if was_here else f"{born}, in your Year 11 last May"
    return Pupil(person.ref, name, about, was_here, answer, left_on, destination)


def added_rows(intake: Intake) -> QuerySet[IntakeRow]:
    """Those the sender put on the page by hand."""
    return intake.rows.filter(left_out=False, sent={})


def _expected_rows(intake: Intake) -> QuerySet[IntakeRow]:
    return intake.rows.filter(left_out=False, found=IntakeRow.Found.PRESET)
