"""Establishments, contacts, districts and services on screen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from neet.audit.models import AuditEvent
from schools.models import Contact, District, Establishment, Service
from tests.factories import make_authority, make_district, make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority():
    return make_authority(code="886")


@pytest.fixture
def officer(authority, signed_in):
    return signed_in(make_user("tracking_officer", authority))


@pytest.fixture
def reader(authority, signed_in):
    return signed_in(make_user("caseworker", authority))


TYPED = {"name": "New Provider", "kind": "provider", "la_code": "886", "highest_year_group": "13"}


def test_the_list_is_of_the_area_unless_asked(officer):
    make_school(la_code="886", name="Near School")
    make_school(la_code="999", name="Far School")

    near, far = (
        officer.get(reverse("establishments"), {"area": area}).content.decode() for area in ("ours", "all")
    )

    assert "Near School" in near
    assert "Far School" not in near
    assert "Far School" in far


@pytest.mark.parametrize(
    ("words", "found"),
    [("brook", {"Brook College"}), ("college amble", {"Brook College"}), ("8861111", {"Brook College"}),
     ("123456", {"Hill School"}), ("10001234", {"Hill School"}), ("nowhere", set())],
)  # fmt: skip
def test_the_list_is_searched_by_name_town_and_number(officer, words, found):
    make_school(la_code="886", name="Brook College", town="Ambleford", number="8861111")
    make_school(la_code="886", name="Hill School", urn="123456", ukprn="10001234")

    page = officer.get(reverse("establishments"), {"words": words}).content.decode()

    assert {name for name in ("Brook College", "Hill School") if f">{name}<" in page} == found


@pytest.fixture
def whole_register():
    """As many as the national register has."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO schools_establishment
                (name, kind, la_code, number, urn, ukprn, short_code, town, postcode, highest_year_group)
            SELECT 'School ' || md5(n::text), 'school', lpad((200 + n % 150)::text, 3, '0'),
                lpad((1000000 + n)::text, 7, '0'), lpad((100000 + n)::text, 6, '0'), '', '', 'Town ' || n % 900, '', 13
            FROM generate_series(1, 25000) n"""
        )
        cursor.execute("ANALYZE schools_establishment")


ASKED = [{"area": "all"}, {"area": "all", "words": "a1b2c3"}, {"area": "all", "words": "1001234"},
         {"area": "all", "words": "124999"}, {}, {"area": "all", "page": "400"}]  # fmt: skip


def test_the_whole_national_register_costs_the_statements_of_ten_schools(officer, whole_register):
    officer.get(reverse("establishments"))  # the session is noted once
    costs = set()
    for asked in ASKED:
        with CaptureQueriesContext(connection) as seen:
            assert officer.get(reverse("establishments"), asked).status_code == 200
        costs.add(len(seen))

    assert max(costs) <= 12
    assert max(costs) - min(costs) <= 1, "a list without rows asks for none"


@pytest.mark.parametrize("asked", ASKED[:4])
def test_rows_of_the_whole_register_are_found_by_an_index(officer, whole_register, asked):
    with CaptureQueriesContext(connection) as seen:
        officer.get(reverse("establishments"), asked)
    lists = [each["sql"] for each in seen if '"schools_establishment"."town"' in each["sql"].split("FROM")[0]]
    assert len(lists) == 1

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {lists[0]}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "Index" in plan
    assert "Seq Scan on schools_establishment" not in plan


def test_an_establishment_is_added_and_changed_on_record(officer):
    officer.post(reverse("add_establishment"), TYPED)
    found = Establishment.objects.get(name="New Provider")
    officer.post(reverse("change_establishment", args=[found.pk]), {**TYPED, "town": "Ambleford"})

    found.refresh_from_db()
    assert found.town == "Ambleford"
    kinds = AuditEvent.objects.filter(kind__startswith="schools.").values_list("kind", flat=True)
    assert list(kinds) == ["schools.establishment_added", "schools.establishment_changed"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "Enter"),
        ({"number": "12"}, "DfE number must have 7 digits"),
        ({"urn": "12"}, "URN must have 6 digits"),
        ({"ukprn": "22345678"}, "UKPRN must have 8 digits"),
    ],
)
def test_what_is_wrong_with_an_establishment_is_said(officer, changed, words):
    assert words in officer.post(reverse("add_establishment"), {**TYPED, **changed}).content.decode()


def test_a_number_is_given_once(officer):
    make_school(number="8861234")

    page = officer.post(reverse("add_establishment"), {**TYPED, "number": "8861234"}).content.decode()

    assert "There is a problem" in page


def test_another_councils_school_is_read_and_not_changed(officer):
    make_authority(code="871")
    theirs = make_school(la_code="871")

    assert officer.get(reverse("establishment", args=[theirs.pk])).status_code == 200
    assert officer.get(reverse("change_establishment", args=[theirs.pk])).status_code == 404
    page = officer.post(reverse("add_establishment"), {**TYPED, "la_code": "871"}).content.decode()
    assert "Another council here" in page


def test_who_only_reads_is_offered_no_change(reader):
    school = make_school(la_code="886")

    page = reader.get(reverse("establishment", args=[school.pk])).content.decode()

    assert reverse("change_establishment", args=[school.pk]) not in page
    for url in (
        reverse("change_establishment", args=[school.pk]),
        reverse("council"),
        reverse("add_district"),
    ):
        assert reader.get(url).status_code == 404


def test_a_contact_belongs_to_the_council_that_asks(officer, authority, signed_in):
    school = make_school(la_code="886")
    officer.post(
        reverse("add_contact", args=[school.pk]),
        {"purpose": "head", "name": "Hedda Head", "email": "h@example.org"},
    )
    contact = Contact.objects.get()
    other = signed_in(make_user("tracking_officer", make_authority()))

    assert contact.authority == authority
    assert "Hedda Head" not in other.get(reverse("establishment", args=[school.pk])).content.decode()
    assert other.post(reverse("drop_contact", args=[contact.pk])).status_code == 404
    assert officer.post(reverse("drop_contact", args=[contact.pk])).status_code == 302
    assert not Contact.objects.exists()


def test_a_contact_can_be_reached_somehow(officer):
    page = officer.post(reverse("add_contact", args=[make_school().pk]), {"purpose": "head", "name": "Hedda"})

    assert "Enter an e-mail address or a telephone number" in page.content.decode()


def test_districts_and_services_are_named_once(officer, authority):
    officer.post(reverse("add_district"), {"name": "North"})
    officer.post(reverse("add_service"), {"name": "Youth justice", "short_name": "YJ"})
    again = officer.post(reverse("add_district"), {"name": "North"}).content.decode()

    assert District.objects.get().authority == authority
    assert Service.objects.get().slug == "youth-justice"
    assert "There is a district of this name already" in again


def test_another_councils_district_is_not_there(officer):
    theirs = make_district(make_authority())

    assert officer.get(reverse("district", args=[theirs.pk])).status_code == 404
