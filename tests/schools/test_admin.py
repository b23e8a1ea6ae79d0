"""The table editor: open to system administrators only, audited, and its files are harmless."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from neet.admin import tables
from neet.audit.models import AuditEvent
from schools.models import Contact, Establishment
from tests.factories import make_authority, make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(signed_in):
    return signed_in(make_user("system_admin"))


def test_only_the_councils_places_stand_in_it():
    assert set(tables._registry) == {Establishment, Contact}


@pytest.mark.parametrize("role", ["mi_officer", "tracking_officer", "governance", "manager"])
def test_nobody_else_finds_it(role, signed_in):
    client = signed_in(make_user(role, make_authority()))

    answer = client.get(reverse("tables:schools_establishment_changelist"), follow=True)

    assert answer.status_code == 404


def test_a_file_of_establishments_is_taken_in_through_the_action(admin):
    kept = make_school(name="Old Name", la_code="886", number="8861111")
    lines = (
        "id,name,kind,la_code,number,highest_year_group\n"
        f"{kept.pk},New Name,school,886,8861111,13\n,Another School,school,886,8862222,13\n"
    )
    sent = SimpleUploadedFile("schools.csv", lines.encode(), "text/csv")
    url = reverse("tables:schools_establishment_import")

    seen = admin.post(url, {"import_file": sent, "format": "0", "resource": ""})
    assert Establishment.objects.count() == 1
    confirmed = {name: field.initial for name, field in seen.context["confirm_form"].fields.items()}
    confirmed |= {
        name: value for name, value in seen.context["confirm_form"].initial.items() if value is not None
    }
    admin.post(
        reverse("tables:schools_establishment_process_import"),
        {k: v for k, v in confirmed.items() if v is not None},
    )

    assert set(Establishment.objects.values_list("name", flat=True)) == {"New Name", "Another School"}
    events = AuditEvent.objects.filter(kind__startswith="schools.establishment")
    assert {event.user_id for event in events} == {
        admin.session.get("_auth_user_id") and int(admin.session["_auth_user_id"])
    }


def test_a_change_by_hand_is_on_record(admin):
    kept = make_school(name="Old Name")
    typed = {
        "name": "New Name",
        "kind": "school",
        "la_code": "999",
        "highest_year_group": "13",
        "number": kept.number,
    }

    admin.post(reverse("tables:schools_establishment_change", args=[kept.pk]), typed)

    kept.refresh_from_db()
    assert kept.name == "New Name"
    assert AuditEvent.objects.filter(kind="schools.establishment_changed").exists()


def test_a_file_out_holds_no_live_formula(admin):
    make_school(name="=cmd|' /C calc'!A0")

    answer = admin.post(
        reverse("tables:schools_establishment_export"),
        {"format": "0", "resource": "", "establishmentfiles_id": "on", "establishmentfiles_name": "on"},
    )

    text = answer.content.decode()
    assert "'=cmd" in text
    assert ",=cmd" not in text
