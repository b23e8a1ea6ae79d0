"""The table editor: open to system administrators only, audited, and its files are harmless."""

import pytest
from django.urls import reverse

from neet.admin import tables
from neet.audit.models import AuditEvent
from schools.models import Contact, Establishment
from tests.factories import make_authority, make_school, make_user
from tests.tables import brought_in
from tracking.reference.models import ReferenceRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(signed_in):
    return signed_in(make_user("system_admin"))


def test_only_the_councils_places_stand_in_it():
    assert set(tables._registry) == {Establishment, Contact, ReferenceRow}


@pytest.mark.parametrize("role", ["mi_officer", "tracking_officer", "governance", "manager"])
def test_nobody_else_finds_it(role, signed_in):
    client = signed_in(make_user(role, make_authority()))

    answer = client.get(reverse("tables:schools_establishment_changelist"), follow=True)

    assert answer.status_code == 404


def test_a_password_is_changed_in_one_place_only(admin):
    answer = admin.get(reverse("tables:password_change"))

    assert answer["Location"] == reverse("account_change_password")


def test_a_file_of_establishments_is_taken_in_through_the_action(admin):
    kept = make_school(name="Old Name", la_code="886", number="8861111")
    lines = (
        "id,name,kind,la_code,number,highest_year_group\n"
        f"{kept.pk},New Name,school,886,8861111,13\n,Another School,school,886,8862222,13\n"
    )
    seen = brought_in(admin, "schools_establishment", lines)
    assert Establishment.objects.count() == 1
    assert "Another School" in seen.content.decode(), "it is shown before anything is done"
    seen.confirm()

    assert set(Establishment.objects.values_list("name", flat=True)) == {"New Name", "Another School"}
    events = AuditEvent.objects.filter(kind__startswith="schools.establishment")
    assert {event.user_id for event in events} == {
        admin.session.get("_auth_user_id") and int(admin.session["_auth_user_id"])
    }


def test_a_file_of_contacts_names_places_by_their_numbers_and_goes_through_the_action(admin):
    council, school = make_authority(code="886"), make_school(number="8861111")
    lines = (
        "id,authority,establishment,purpose,name,email,telephone\n"
        ",886,8861111,head,Hedda Head,hedda@school.example,\n"
        ",886,8861111,returns,Rita Returns,,01632 960123\n"
    )

    seen = brought_in(admin, "schools_contact", lines)
    assert not Contact.objects.exists()
    seen.confirm()

    held = Contact.objects.values_list("name", "purpose", "establishment", "authority")
    assert set(held) == {
        ("Hedda Head", "head", school.pk, council.pk), ("Rita Returns", "returns", school.pk, council.pk),
    }  # fmt: skip
    assert AuditEvent.objects.get(kind="schools.contact_added").counts == {"added": 2, "changed": 0}


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("886,9990000,head", "establishment: there is none with the number 9990000"),
        ("001,8861111,head", "authority: there is none with the number 001"),
        ("886,8861111,cook", "is not a valid choice"),
    ],
)
def test_one_bad_row_of_contacts_and_none_is_taken_in(admin, cells, words):
    make_authority(code="886"), make_school(number="8861111")
    good = ",886,8861111,head,Hedda Head,hedda@school.example,\n"
    heads = "id,authority,establishment,purpose,name,email,telephone\n"

    seen = brought_in(admin, "schools_contact", f"{heads}{good},{cells},Rita Returns,,01632 960123\n")

    page = seen.content.decode()
    assert "Row 2 below the headings" in page
    assert words in page
    assert "Traceback" not in page
    assert "confirm_form" not in seen.context
    assert not Contact.objects.exists()


def test_a_number_that_is_taken_is_found_while_the_file_is_looked_at(admin):
    make_school(number="8861111", name="First")
    heads = "id,name,kind,la_code,number,highest_year_group\n"

    seen = brought_in(admin, "schools_establishment", f"{heads},Second,school,886,8861111,13\n")

    assert "stands twice" in seen.content.decode()
    assert "confirm_form" not in seen.context
    assert list(Establishment.objects.values_list("name", flat=True)) == ["First"]


def test_many_rows_cost_the_statements_of_one(admin, django_assert_max_num_queries):
    make_authority(code="886")
    schools = [make_school() for _ in range(60)]
    heads = "id,authority,establishment,purpose,name,email,telephone\n"
    lines = "".join(f",886,{school.number},head,Head {school.pk},,01632\n" for school in schools)

    with django_assert_max_num_queries(40):
        brought_in(admin, "schools_contact", heads + lines)


def test_what_went_out_harmless_comes_back_as_it_was(admin):
    school = make_school(name="=Sum School")
    lines = f"id,name,kind,la_code,number,highest_year_group\n{school.pk},'=Sum School,school,999,{school.number},13\n"

    brought_in(admin, "schools_establishment", lines).confirm()

    school.refresh_from_db()
    assert school.name == "=Sum School"


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
        {"format": "0", "resource": ""},
    )

    text = answer.content.decode()
    assert "'=cmd" in text
    assert ",=cmd" not in text


@pytest.mark.parametrize("table", ["schools_establishment", "schools_contact", "tracking_referencerow"])
def test_a_filter_that_is_none_takes_the_file_of_all(admin, table):
    address = reverse(f"tables:{table}_export")

    for method in (admin.get, admin.post):
        answer = method(f"{address}?nothing=1&sort=2")
        assert (answer.status_code, answer["Location"]) == (302, address)
