"""A secretary at her computer, pupils her school is expected to speak of, and files in odd shapes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from neet.accounts.models import User
from neet.jobs import actions as jobs
from neet.jobs.models import Job
from returns.calendar.models import ExpectedReturn
from returns.intake.models import Intake
from schools.models import Authority, Establishment
from tests.factories import make_activity, make_person, make_residence, sign_in
from tracking.register.models import YoungPerson

HEADINGS = "Surname,Forename,DOB,Gender,Address line 1,Postcode,Year group"
ADA = "Lark,Ada,01/05/2009,F,1 Mill Lane,ZZ9 9ZZ,12"
BEN = "Mole,Ben,02/03/2009,M,2 Mill Lane,ZZ9 9ZZ,12"


@pytest.fixture(autouse=True)
def on_a_day_in_september(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-09-21T10:00")


@pytest.fixture
def desk(secretary: User) -> Client:
    return sign_in(Client(), secretary)


Enrol = Callable[..., YoungPerson]


@pytest.fixture
def enrolled(authority: Authority, school: Establishment) -> Enrol:
    """Somebody the register has at the school."""

    def made(**fields: Any) -> YoungPerson:
        person = make_person(authority, **{"date_of_birth": date(2009, 5, 1), **fields})
        make_activity(person, "210", date(2025, 9, 1), establishment=school)
        make_residence(person)
        return person

    return made


def do_work() -> None:
    """What a worker does."""
    for job in Job.objects.filter(state="waiting").order_by("pk"):
        jobs.run(job_id=job.pk)


def send(desk: Client, expected: ExpectedReturn, *lines: str, name: str = "enrolment.csv") -> Intake:
    """A file sent and checked."""
    file = SimpleUploadedFile(name, "\n".join(lines).encode())
    answer = desk.post(f"/returns/{expected.ref}/file/", {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    do_work()
    return Intake.objects.latest("pk")
