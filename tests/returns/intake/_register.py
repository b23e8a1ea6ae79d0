"""Puts an invented register and a return about it into the database."""

from collections.abc import Sequence
from datetime import date

from returns.intake.models import Intake, IntakeRow
from schools.models import Authority
from tests.factories import make_college, make_expected, make_intake
from tests.tracking.rules.matching._returns import Row
from tracking.register.models import Residence, YoungPerson


def put_on_register(rows: Sequence[Row], authority: Authority) -> dict[str, int]:
    """These people, with their homes; by their names in the file who they became."""
    people = YoungPerson.objects.bulk_create(
        YoungPerson(
            authority=authority,
            young_person_id=f"{authority.database_id}{number:010d}",
            family_name=row["surname"],
            given_name=row["forename"],
            middle_name=row["middle_name"],
            date_of_birth=row["date_of_birth"] or None,
            gender=row["gender"],
            upn=row["upn"],
            uln=row["uln"],
        )
        for number, row in enumerate(rows)
    )
    Residence.objects.bulk_create(
        Residence(person=person, line_1=row["address"], postcode=row["postcode"])
        for person, row in zip(people, rows, strict=True)
    )
    return {row["id"]: person.pk for row, person in zip(rows, people, strict=True)}


def sent_in(rows: Sequence[Row], authority: Authority) -> Intake:
    """A college's return of these rows, numbered from 2 on, nobody looked for yet."""
    intake = make_intake(make_expected(make_college(), authority=authority))
    IntakeRow.objects.bulk_create(
        IntakeRow(intake=intake, number=number, clean=in_columns(row))
        for number, row in enumerate(rows, start=2)
    )
    return intake


def in_columns(row: Row) -> Row:
    """A row by the columns of the layouts; what is no day is left out, as cleaning does."""
    return {
        "family_name": row["surname"],
        "given_name": row["forename"],
        "middle_name": row["middle_name"],
        "date_of_birth": day(row["date_of_birth"]),
        "gender": row["gender"],
        "postcode": row["postcode"],
        "line_1": row["address"],
        "upn": row["upn"],
        "uln": row["uln"],
    }


def day(written: str) -> str:
    """A day there is no such day of is not one after cleaning."""
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        return ""
