"""Invented councils, schools, people and what is known of them: plain functions with the traits tests ask for."""

from datetime import date
from itertools import count
from typing import Any

from django.test import Client

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import ROLES
from returns.calendar.models import Collection, ExpectedReturn
from returns.intake.models import Intake, IntakeRow
from schools.models import Authority, District, Establishment, Membership, Service
from tracking.reference.models import ReferenceRow
from tracking.reference.tables import TABLES
from tracking.register.models import (
    Activity,
    Characteristic,
    Confirmation,
    ContactPoint,
    Note,
    Objection,
    Residence,
    Responsibility,
    Task,
    YoungPerson,
)
from tracking.rules.ruleset import seed_tables

_numbers = count(1)

FIRST_NAMES = ("Ada", "Bram", "Cleo", "Dara", "Ezra", "Fern", "Gil", "Hebe", "Idris", "Juno", "Kit", "Lark")
LAST_NAMES = ("Ambler", "Brook", "Cotterell", "Dunmore", "Eastgate", "Farrow", "Gladwin", "Hartsholme")
COLLEGE, SIXTH_FORM, APPRENTICE, SEEKING = "230", "210", "310", "619"
CANNOT_BE_FOUND, IN_YEAR_11 = "810", "110"


def seed_reference() -> None:
    """The code lists and rules of the seed files, as the loader of reference data leaves them.

    They stand in the test database from its beginning (tests/conftest.py); to ask is to say that a test needs them.
    """
    if ReferenceRow.objects.exists():
        return
    ReferenceRow.objects.bulk_create(
        ReferenceRow(
            table=name,
            key=TABLES[name].key_of(row),
            values=TABLES[name].values_of(row),
            valid_from=row["valid_from"],
            valid_to=row["valid_to"] or None,
            evidence=row["evidence"],
        )
        for name, rows in seed_tables().items()
        for row in rows
    )


def make_authority(**fields: Any) -> Authority:
    number = next(_numbers)
    code = fields.pop("code", f"{430 + number % 270:03d}")  # no authority that a test names
    return Authority.objects.create(
        **{
            "code": code,
            "name": f"Council {number}",
            "database_id": code,
            "contact_name": "Tracking team",
            **fields,
        }
    )


def make_district(authority: Authority, **fields: Any) -> District:
    return District.objects.create(**{"authority": authority, "name": f"District {next(_numbers)}", **fields})


def make_service(authority: Authority, **fields: Any) -> Service:
    number = next(_numbers)
    named = {"slug": f"service-{number}", "name": f"Service {number}", "short_name": f"S{number}"}
    return Service.objects.create(**{"authority": authority, **named, **fields})


def make_school(**fields: Any) -> Establishment:
    number = next(_numbers)
    named = {
        "name": f"School {number}",
        "kind": "school",
        "la_code": "999",
        "number": f"999{number % 10000:04d}",
    }
    return Establishment.objects.create(**{**named, **fields})


def make_college(**fields: Any) -> Establishment:
    return make_school(**{"name": f"College {next(_numbers)}", "kind": "college", **fields})


def make_user(role: str = "", authority: Authority | None = None, **places: Any) -> User:
    """Somebody with an account; with a role, also a membership at the place it is held by."""
    number = next(_numbers)
    named = {key: places.pop(key) for key in ("email", "name", "is_active", "password") if key in places}
    user = User.objects.create_user(
        **{"email": f"person{number}@example.org", "name": f"Pat Person {number}", **named}
    )
    if role:
        assert role in ROLES, role
        dated = {
            "starts_on": places.pop("starts_on", date(2020, 1, 1)),
            "ends_on": places.pop("ends_on", None),
        }
        Membership.objects.create(user=user, role=role, authority=authority, **places, **dated)
    return user


def sign_in(client: Client, user: User) -> Client:
    """This browser is signed in as the person, second factor given."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "at": clock.now().timestamp()},
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def make_person(authority: Authority, **fields: Any) -> YoungPerson:
    """A young person, born in 2009 unless told otherwise, with the next CCIS number of the authority."""
    number = next(_numbers)
    named = {
        "young_person_id": f"{authority.database_id}{number:010d}",
        "given_name": FIRST_NAMES[number % len(FIRST_NAMES)],
        "family_name": LAST_NAMES[number % len(LAST_NAMES)],
        "date_of_birth": date(2009, 3, 1 + number % 28),
        "gender": "F",
    }
    return YoungPerson.objects.create(authority=authority, **{**named, **fields})


def make_activity(
    person: YoungPerson, code: str = COLLEGE, starts_on: date = date(2026, 9, 1), **fields: Any
) -> Activity:
    """What they do. `verified_on=` also has somebody confirm it."""
    verified_on = fields.pop("verified_on", None)
    place = fields.get("establishment")
    if place:
        fields = {"establishment_name": place.name, "establishment_number": place.number, **fields}
    activity = Activity.objects.create(person=person, code=code, starts_on=starts_on, **fields)
    if verified_on:
        confirm(activity, verified_on)
    return activity


def confirm(activity: Activity, on: date, **fields: Any) -> Confirmation:
    return Confirmation.objects.create(
        **{"activity": activity, "verified_on": on, "source": "provider", **fields}
    )


def make_residence(person: YoungPerson, **fields: Any) -> Residence:
    where = {"line_1": f"{next(_numbers)} Mill Lane", "town": "Ambleford", "postcode": "ZZ9 9ZZ"}
    return Residence.objects.create(**{"person": person, **where, "starts_on": date(2020, 1, 1), **fields})


def make_contact(person: YoungPerson, **fields: Any) -> ContactPoint:
    how = {"kind": "mobile", "value": f"07700 900{next(_numbers) % 1000:03d}", "starts_on": date(2024, 1, 1)}
    return ContactPoint.objects.create(**{"person": person, **how, **fields})


def make_characteristic(
    person: YoungPerson, code: str = Characteristic.EHCP, **fields: Any
) -> Characteristic:
    return Characteristic.objects.create(
        **{"person": person, "code": code, "starts_on": date(2022, 1, 1), **fields}
    )


def make_objection(person: YoungPerson, made_on: date = date(2025, 1, 10), **fields: Any) -> Objection:
    return Objection.objects.create(**{"person": person, "made_by": "parent", "made_on": made_on, **fields})


def make_note(person: YoungPerson, text: str = "Rang, no answer.", **fields: Any) -> Note:
    return Note.objects.create(person=person, text=text, **fields)


def make_task(person: YoungPerson, words: str = "Ring back", **fields: Any) -> Task:
    named = {"authority": person.authority, "kind": "call", "cause": f"cause {next(_numbers)}"}
    return Task.objects.create(person=person, words=words, **{**named, **fields})


def make_responsible(person: YoungPerson, **fields: Any) -> Responsibility:
    """`service=` or `user=` answers for the young person."""
    return Responsibility.objects.create(**{"person": person, "starts_on": date(2024, 1, 1), **fields})


def make_collection(authority: Authority, **fields: Any) -> Collection:
    """What a council asks for: the autumn enrolment of 2026, published, unless told otherwise."""
    asked = {
        "type": "enrolment",
        "title": f"Post-16 enrolment {next(_numbers)}",
        "academic_year": 2026,
        "as_at": date(2026, 9, 14),
        "opens_on": date(2026, 9, 1),
        "due_on": date(2026, 9, 25),
        "published_at": clock.now(),
    }
    return Collection.objects.create(authority=authority, **{**asked, **fields})


def make_expected(
    establishment: Establishment, collection: Collection | None = None, **fields: Any
) -> ExpectedReturn:
    """One establishment's answer that is due; `authority=` makes the collection it belongs to."""
    collection = collection or make_collection(fields.pop("authority", None) or make_authority())
    return ExpectedReturn.objects.create(collection=collection, establishment=establishment, **fields)


def make_intake(expected: ExpectedReturn, *rows: dict[str, str], **fields: Any) -> Intake:
    """A return on its way, checked unless told otherwise; each of `rows` is what we made of one pupil's line."""
    asked = {
        "authority": expected.collection.authority,
        "establishment": expected.establishment,
        "type": expected.collection.type,
        "as_at": expected.collection.as_at,
        "version": expected.intakes.count() + 1,
        "channel": Intake.Channel.FILE,
        "state": Intake.State.CHECKED,
    }
    intake = Intake.objects.create(expected=expected, **{**asked, **fields})
    for number, values in enumerate(rows, start=2):
        make_row(intake, number=number, clean=values)
    return intake


def make_list(authority: Authority, *rows: dict[str, str], **fields: Any) -> Intake:
    """A list from elsewhere that is on the register: the virtual school's of children in care unless told otherwise."""
    number = next(_numbers)
    sender = fields.pop("sender", "Virtual school")
    asked = {"type": fields.pop("type", "looked_after"), "title": f"Children in care {number}"}
    expected = ExpectedReturn.objects.create(
        collection=make_collection(authority, **asked), sender=sender, is_complete=True
    )
    taken = {"state": Intake.State.CONFIRMED, "event_id": -number, "confirmed_at": clock.now()}
    return make_intake(expected, *rows, sender=sender, **{**taken, **fields})


def make_row(intake: Intake, **fields: Any) -> IntakeRow:
    """One pupil's line; `person=` has it taken for that young person beyond doubt."""
    person = fields.get("person")
    if person:
        named = {
            "family_name": person.family_name,
            "given_name": person.given_name,
            "date_of_birth": person.date_of_birth.isoformat() if person.date_of_birth else "",
        }
        fields = {"found": IntakeRow.Found.EXACT, **fields, "clean": {**named, **fields.get("clean", {})}}
    number = fields.pop("number", None) or intake.rows.count() + 2
    sent = fields.pop("sent", fields.get("clean", {}))
    return IntakeRow.objects.create(intake=intake, number=number, sent=sent, **fields)
