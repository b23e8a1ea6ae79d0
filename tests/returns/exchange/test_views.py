"""Files that are put out: who sees them, who collects, who is told."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from neet.accounts.models import User
from neet.audit.models import AuditEvent
from neet.jobs.actions import run
from neet.jobs.models import Job
from neet.messages.models import Message
from returns.exchange.kinds import Kind
from returns.exchange.models import Parcel, ParcelFile
from schools.models import Authority, Establishment
from tests.factories import (
    make_activity,
    make_authority,
    make_collection,
    make_contact,
    make_expected,
    make_objection,
    make_person,
    make_school,
    make_user,
    sign_in,
)
from tests.returns.exchange.conftest import put_out_for

pytestmark = pytest.mark.django_db


def test_a_school_collects_its_file_and_the_council_sees_who(
    client: Any, authority: Authority, school: Establishment, secretary: User, officer: User
) -> None:
    parcel = put_out_for(authority, school)
    found = parcel.files.get()

    sign_in(client, secretary)
    assert "1 new file" in client.get(reverse("home"), follow=True).content.decode().lower()
    assert "Term dates" in client.get(reverse("files_for_you")).content.decode()
    answer = client.get(reverse("collect_file", args=[found.ref]))

    assert b"".join(answer.streaming_content) == b"%PDF-1.4 hello"
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    found.refresh_from_db()
    assert (found.collected_by, found.collected_at is not None) == (secretary, True)
    assert AuditEvent.objects.filter(kind=Kind.COLLECTED, user_id=secretary.pk).count() == 1
    sign_in(client, officer)
    page = client.get(reverse("parcel", args=[parcel.ref])).content.decode()
    assert secretary.name in page
    assert "1 of 1" in page
    assert "1 of 1" in client.get(reverse("exchange")).content.decode()


def test_a_council_that_looks_does_not_collect(
    client: Any, authority: Authority, school: Establishment, officer: User
) -> None:
    found = put_out_for(authority, school).files.get()

    answer = sign_in(client, officer).get(reverse("file_put_out", args=[found.ref]))

    assert b"".join(answer.streaming_content) == b"%PDF-1.4 hello"
    found.refresh_from_db()
    assert found.collected_at is None


def test_another_schools_a_withdrawn_and_an_old_file_are_not_there(
    client: Any, authority: Authority, school: Establishment, secretary: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = put_out_for(authority, make_school()).files.get()
    elsewhere = put_out_for(make_authority(), school).files.get()
    away = put_out_for(authority, school)
    Parcel.objects.filter(pk=away.pk).update(withdrawn_at="2026-09-21T09:00Z")
    old = put_out_for(authority, school)
    Parcel.objects.filter(pk=old.pk).update(ends_on=date(2026, 9, 20))
    sign_in(client, secretary)

    for each in (other, elsewhere, away.files.get(), old.files.get()):
        assert client.get(reverse("collect_file", args=[each.ref])).status_code == 404
    assert "No file is waiting for you" in client.get(reverse("files_for_you")).content.decode()


def put(client: Any, content: bytes, name: str, **fields: Any) -> Any:
    typed = {
        "title": "Term dates", "file": SimpleUploadedFile(name, content),
        "ends_on_day": "1", "ends_on_month": "10", "ends_on_year": "2026", **fields,
    }  # fmt: skip
    return client.post(reverse("put_out_file"), typed)


def hidden_book() -> bytes:
    book, kept = Workbook(), io.BytesIO()
    book.create_sheet("Pupils & more").sheet_state = "hidden"
    book.save(kept)
    return kept.getvalue()


def test_a_file_goes_to_all_of_a_kind_and_everybody_is_told_without_a_name(
    client: Any, authority: Authority, school: Establishment, secretary: User, officer: User
) -> None:
    make_school(la_code=authority.code)
    make_school(la_code=authority.code, kind="college")
    sign_in(client, officer)

    put(client, b"%PDF-1.4", "letter.pdf", kinds=["school"])

    parcel = Parcel.objects.get()
    assert parcel.files.count() == 2
    message = Message.objects.get()
    assert (message.template, message.recipient_id) == ("files_waiting", secretary.pk)
    assert message.facts["title"] == "Term dates"
    page = client.get(reverse("parcel", args=[parcel.ref])).content.decode()
    assert "Nobody to write to" in page
    assert "On its way" in page
    told = parcel.files.get(establishment=school)
    client.post(reverse("tell_parcel", args=[parcel.ref]), {"file": told.pk})
    assert Message.objects.count() == 2
    client.post(reverse("withdraw_parcel", args=[parcel.ref]), {"why": "Wrong dates"})
    assert "Taken away" in client.get(reverse("exchange")).content.decode()


def test_what_hides_something_is_not_handed_on(
    client: Any, authority: Authority, school: Establishment, officer: User
) -> None:
    sign_in(client, officer)

    for content, name, words in (
        (hidden_book(), "pupils.xlsx", "hidden sheet, “Pupils &amp; more”"),
        (b"PK\x05\x06" + b"\0" * 18, "all.zip", "Select an Excel, OpenDocument, CSV or PDF file"),
    ):
        page = put(client, content, name, establishment=school.pk).content.decode()
        assert words in page
    assert "Select whom it is for" in put(client, b"%PDF-1.4", "letter.pdf").content.decode()
    assert not Parcel.objects.exists()


def test_files_to_fill_in_hold_each_schools_own_and_no_objectors_extras(
    client: Any, authority: Authority, school: Establishment, officer: User
) -> None:
    other = make_school(name="Vale School", la_code=authority.code)
    collection = make_collection(authority)
    for place, names in ((school, ("Ada", "Bram")), (other, ("Cleo",))):
        make_expected(place, collection)
        for name in names:
            person = make_person(
                authority, given_name=name, date_of_birth=date(2010, 3, 4), upn=f"A99900001400{len(name)}"
            )
            make_activity(person, "210", date(2026, 9, 1), establishment=place, verified_on=date(2026, 9, 1))
            make_contact(person)
            if name == "Bram":
                make_objection(person)
    sign_in(client, officer)
    typed = {"collection": collection.pk, "ends_on_day": "1", "ends_on_month": "10", "ends_on_year": "2026"}

    answer = client.post(reverse("put_out_templates"), typed)

    job = Job.objects.get()
    assert answer.url == reverse("job", args=[job.ref])
    run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.counts["files"]) == ("done", 2)
    mine, theirs = (cells(ParcelFile.objects.get(establishment=each)) for each in (school, other))
    assert {"Ada", "Bram"} <= mine
    assert "Cleo" not in mine
    assert "Cleo" in theirs
    assert not {"Ada", "Bram"} & theirs
    assert "A999000014003" in mine
    assert "A999000014004" not in mine
    assert "A999000014004" in theirs


def cells(found: ParcelFile) -> set[str]:
    book = load_workbook(io.BytesIO(found.file.path.read_bytes()))
    assert {sheet.sheet_state for sheet in book} == {"visible"}
    return {str(cell.value) for row in book.active.iter_rows() for cell in row if cell.value}


def test_the_list_costs_the_same_for_one_and_for_many(
    client: Any,
    authority: Authority,
    school: Establishment,
    officer: User,
    django_assert_max_num_queries: Any,
) -> None:
    parcel = put_out_for(authority, *(make_school(la_code=authority.code) for _ in range(30)))
    sign_in(client, officer)

    with django_assert_max_num_queries(14):
        client.get(reverse("parcel", args=[parcel.ref]))
    with django_assert_max_num_queries(12):
        client.get(reverse("exchange"))


def test_a_stranger_at_the_council_sees_no_files(
    client: Any, authority: Authority, school: Establishment
) -> None:
    parcel = put_out_for(authority, school)

    sign_in(client, make_user("mi_officer", make_authority()))

    assert client.get(reverse("parcel", args=[parcel.ref])).status_code == 404
