"""What schools and colleges are told of those who left: put out once a day, and never of who did not agree."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from neet.accounts.models import User
from neet.files.models import StoredFile
from neet.jobs.actions import run
from neet.jobs.models import Job
from neet.messages.models import Message
from returns.exchange.models import Parcel, ParcelFile
from returns.leavers.actions import tell_of_leaver
from returns.leavers.statements import Leaving
from schools.models import Authority, Establishment
from tests.factories import (
    APPRENTICE,
    COLLEGE,
    SEEKING,
    make_activity,
    make_objection,
    make_person,
    make_school,
    sign_in,
)
from tracking.models import Consent, YoungPerson

pytestmark = pytest.mark.django_db
LAST_YEAR, FIRST = date(2025, 9, 1), date(2026, 9, 1)


@pytest.fixture(autouse=True)
def in_february(kept_here: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2027-02-02T10:00")


def agreed(person: YoungPerson) -> YoungPerson:
    Consent.objects.create(
        person=person, purpose="school_feedback", wording="w", given_on=date(2026, 3, 1), channel="survey"
    )
    return person


def of_year_11(authority: Authority, school: Establishment, family_name: str, code: str) -> YoungPerson:
    """There until last summer, and since autumn something else."""
    person = make_person(authority, family_name=family_name, date_of_birth=date(2010, 3, 14))
    make_activity(person, "110", LAST_YEAR, establishment=school, ends_on=date(2026, 8, 31))
    make_activity(person, code, date(2026, 9, 7), verified_on=date(2027, 1, 20))
    return person


def leaver(
    authority: Authority, school: Establishment, officer: User, family_name: str, code: str
) -> YoungPerson:
    person = make_person(authority, family_name=family_name, date_of_birth=date(2009, 3, 14))
    make_activity(person, "210", FIRST, establishment=school, verified_on=FIRST)
    tell_of_leaver(leaving=Leaving(person, school, date(2027, 1, 8), "health", doing=code), by=officer)
    return person


def asked(officer: User, kind: str) -> Job:
    typed = {"kind": kind, "ends_on_day": "1", "ends_on_month": "3", "ends_on_year": "2027"}
    answer = sign_in(Client(), officer).post(reverse("put_out_feedback"), typed)
    job = Job.objects.latest("pk")
    assert answer.url == reverse("job", args=[job.ref])
    run(job_id=job.pk)
    job.refresh_from_db()
    return job


def told(reader: User) -> str:
    """All that stands in the file their school collects."""
    found = ParcelFile.objects.visible_to(reader).latest("pk")
    answer = sign_in(Client(), reader).get(reverse("collect_file", args=[found.ref]))
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    assert {sheet.sheet_state for sheet in book} == {"visible"}
    return " ".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell)


def test_of_last_summers_year_11_only_who_agrees_on_the_day_is_named_to_their_school(
    authority: Authority,
    school: Establishment,
    secretary: User,
    officer: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = make_school(name="Vale School", la_code=authority.code)
    make_school(name="Empty School", la_code=authority.code)
    ada, bram = (agreed(of_year_11(authority, school, name, COLLEGE)) for name in ("Ambler", "Brook"))
    make_objection(agreed(of_year_11(authority, school, "Cotterell", COLLEGE)))
    of_year_11(authority, school, "Dunmore", SEEKING)
    agreed(of_year_11(authority, other, "Eastgate", APPRENTICE))

    job = asked(officer, "feedback")

    parcel = Parcel.objects.get()
    assert (job.state, job.counts["files"], parcel.kind) == ("done", 2, "feedback")
    message = Message.objects.get()
    assert not {"Ambler", "Brook"} & set(str(message.facts).split())
    words = told(secretary)
    assert ("Ambler" in words, "Brook" in words) == (True, True)
    assert not [name for name in ("Cotterell", "Dunmore", "Eastgate") if name in words]

    Consent.objects.filter(person=ada).update(withdrawn_on=date(2027, 2, 3))
    monkeypatch.setenv("DJANGO_NOW", "2027-02-04T10:00")
    words = told(secretary)
    assert ("Ambler" in words, "Brook" in words) == (False, True)
    make_objection(bram)
    assert "Brook" not in told(secretary)


def test_done_twice_a_day_it_is_put_out_once_and_no_file_stays_over(
    authority: Authority,
    school: Establishment,
    secretary: User,
    officer: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    of_year_11(authority, school, "Ambler", COLLEGE)

    states = [asked(officer, "feedback").state for _ in range(2)]

    assert states == ["done", "failed"]
    assert (Parcel.objects.count(), StoredFile.objects.count(), Message.objects.count()) == (1, 1, 1)
    assert asked(officer, "leavers").state == "failed"  # nobody told us of any
    monkeypatch.setenv("DJANGO_NOW", "2027-02-03T10:00")
    assert asked(officer, "feedback").state == "done"


def test_of_leavers_why_somebody_is_in_neither_is_not_told(
    authority: Authority, school: Establishment, secretary: User, officer: User
) -> None:
    ada, bram = (
        agreed(leaver(authority, school, officer, *each)) for each in (("Ambler", "310"), ("Brook", "640"))
    )
    leaver(authority, school, officer, "Cotterell", "310")

    job = asked(officer, "leavers")

    assert (job.state, job.counts["files"]) == ("done", 1)
    words = told(secretary)
    assert (ada.family_name in words, bram.family_name in words, "Cotterell" in words) == (True, True, False)
    assert "Not in learning or work" in words
    assert "Not available" not in words
    assert "not shown" in words
    Consent.objects.filter(person=ada).update(withdrawn_on=date(2027, 2, 2))
    assert "Ambler" not in told(secretary)


def test_the_page_asks_what_is_told_and_until_when(officer: User) -> None:
    browser = sign_in(Client(), officer)

    assert "Put out what schools are told" in browser.get(reverse("exchange")).content.decode()
    page = browser.post(reverse("put_out_feedback"), {"kind": "paper"}).content.decode()

    assert "Select one of the choices in the list" in page
    assert not Job.objects.exists()
