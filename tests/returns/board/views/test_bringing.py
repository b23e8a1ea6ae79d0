"""A file the council drops in is recognised by its columns, whatever it is called."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from neet.accounts.models import User
from neet.jobs.actions import run
from neet.jobs.models import Job
from returns.intake.actions.routing import route
from returns.intake.models import Intake
from schools.models import Authority, Establishment
from tests.factories import (
    make_authority,
    make_collection,
    make_expected,
    make_school,
    make_user,
    seed_reference,
    sign_in,
)

pytestmark = pytest.mark.django_db

POTENTIAL = b"""Surname,Forename,DOB,Year,Reason for concern,Comments
Ambler,Ada,14/09/2010,11,Poor attendance,Rarely in
"""
NOBODYS = b"Surname,Forename,DOB\nAmbler,Ada,14/09/2010\n"


@pytest.fixture(autouse=True)
def kept_here(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setenv("DJANGO_NOW", "2026-10-12T10:00")


@pytest.fixture
def authority(db: None) -> Authority:
    seed_reference()
    return make_authority()


@pytest.fixture
def school(authority: Authority) -> Establishment:
    return make_school(la_code=authority.code, name="Hill School")


@pytest.fixture
def officer(authority: Authority) -> User:
    return make_user("mi_officer", authority)


def typed(school: Establishment, content: bytes, **fields: str) -> dict[str, Any]:
    name = "September Guarantee.csv"
    return {"establishment": school.pk, "type": "auto", "file": SimpleUploadedFile(name, content), **fields}


def test_potential_neet_labelled_september_guarantee_goes_where_it_belongs(
    client: Any, officer: User, school: Establishment
) -> None:
    sign_in(client, officer)

    answer = client.post(
        reverse("bring_return"),
        typed(school, POTENTIAL, label="september_guarantee", came_by="email"),
        follow=True,
    )

    made = Intake.objects.get()
    assert (made.type, made.channel, made.establishment) == ("potential_neet", "officer", school)
    assert "It is labelled “September Guarantee”" in made.seems_why
    assert (made.came_by, made.came_as) == ("email", "September Guarantee")
    beside = client.get(reverse("expected_return", args=[made.expected.ref])).content.decode()
    assert "By e-mail" in beside
    assert "labelled “September Guarantee”" in beside
    assert "Taken as “Potential NEET”" in answer.content.decode()
    run(job_id=Job.objects.get().pk)
    page = client.get(reverse("intake", args=[made.ref])).content.decode()
    assert "Its columns are those of Potential NEET" in page


def test_what_no_column_tells_is_asked_and_the_file_kept_meanwhile(
    client: Any, officer: User, school: Establishment
) -> None:
    sign_in(client, officer)

    page = client.post(reverse("bring_return"), typed(school, NOBODYS))

    kept = page.context["form"]["kept"].value()
    assert "Say which return it is" in page.content.decode()
    said = {"establishment": school.pk, "type": "enrolment", "kept": kept}
    client.post(reverse("bring_return"), said)
    assert (Intake.objects.get().type, Intake.objects.get().file.name) == (
        "enrolment",
        "September Guarantee.csv",
    )
    again = client.post(reverse("bring_return"), {**said, "kept": "12:forged"}).content.decode()
    assert "Select the file once more" in again


def test_a_school_that_chose_the_wrong_return_moves_its_file_with_one_click(
    client: Any, authority: Authority, school: Establishment
) -> None:
    secretary = make_user("school_user", authority, establishment=school)
    right = make_expected(school, make_collection(authority, type="potential_neet"))
    wrong = make_expected(school, make_collection(authority))
    sign_in(client, secretary)
    client.post(reverse("send_file", args=[wrong.ref]), {"file": SimpleUploadedFile("pupils.csv", POTENTIAL)})
    sent = Intake.objects.get()

    run(job_id=Job.objects.get().pk)

    page = client.get(reverse("intake", args=[sent.ref]), follow=True).content.decode()
    assert "This looks like another return" in page
    assert "It is Potential NEET: move it there" in page
    client.post(reverse("move_return", args=[sent.ref]))
    moved = Intake.objects.get(expected=right)
    assert (moved.state, moved.file_id) == ("uploaded", sent.file_id)
    sent.refresh_from_db()
    assert sent.state == "withdrawn"
    assert client.post(reverse("move_return", args=[moved.ref])).status_code == 302
    assert Intake.objects.count() == 2
    assert route(intake=moved, to="enrolment", by=secretary).expected == wrong
