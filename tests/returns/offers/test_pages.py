"""The council's lists of the September Guarantee: who stands on which, and offers to others' pupils by council."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from neet.audit.models import AuditEvent
from tests.factories import (
    make_activity,
    make_authority,
    make_collection,
    make_college,
    make_expected,
    make_intake,
    make_person,
    make_row,
    make_school,
    make_user,
    seed_reference,
    sign_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2027-04-20T10:00")
    seed_reference()


@pytest.fixture
def council():
    return make_authority()


@pytest.fixture
def officer(client, council):
    return sign_in(client, make_user("tracking_officer", council))


@pytest.fixture
def people(council):
    """Two of Year 11, two of Year 12, one of Year 13, one elsewhere, by their names."""
    school = make_school(name="Hill School")
    born = {"Ada": 2011, "Bram": 2011, "Cleo": 2010, "Dara": 2010, "Ezra": 2009}
    found = {}
    for given, year in born.items():
        found[given] = make_person(
            council, given_name=given, family_name="Quill", date_of_birth=date(year, 1, 5)
        )
        make_activity(found[given], "110", date(2022, 9, 1), establishment=school)
    make_person(make_authority(), given_name="Fern", family_name="Quill", date_of_birth=date(2011, 1, 5))
    return found


def on_list(client, **asked):
    page = client.get(reverse("offers_waiting"), asked).content.decode()
    return [name for name in ("Ada", "Bram", "Cleo", "Dara", "Ezra", "Fern") if f"{name} Quill" in page]


def test_each_list_shows_whom_it_names(officer, people):
    on = date(2027, 3, 10)
    people["Ada"].offers.create(place="Vale", stage="conditional", said_on=on)
    people["Bram"].offers.create(place="Vale", stage="conditional", said_on=on)
    people["Bram"].offers.create(place="Far", stage="accepted", said_on=on)
    people["Cleo"].guarantees.create(year_group=12, status="114")
    people["Dara"].guarantees.create(year_group=11, status="110")

    assert on_list(officer) == ["Ada"]
    assert on_list(officer, show="no_offer") == ["Ada", "Bram", "Dara"]
    assert on_list(officer, show="no_application") == ["Dara"]
    assert on_list(officer, show="no_application", by="2027-02-28") == ["Ada", "Bram", "Dara"]


def test_the_page_takes_the_same_statements_for_one_and_for_thirty(
    officer, council, people, django_assert_max_num_queries
):
    for number in range(30):
        person = make_person(council, given_name=f"Nan{number}", date_of_birth=date(2011, 1, 5))
        person.offers.create(place="Vale", stage="conditional", said_on=date(2027, 3, 10))
    on_list(officer)

    with django_assert_max_num_queries(18):
        on_list(officer)


@pytest.fixture
def strangers(council):
    """What a college sent of young people nobody here knows."""
    make_school(name="Far School", la_code="202")
    asked = make_collection(council, type="offers", as_at=date(2027, 3, 31))
    sent = make_intake(make_expected(make_college(name="Vale College"), asked), state="confirmed", event_id=1)
    for given, where in (
        ("Sol", {"home_authority": "Barnet"}),
        ("Sky", {"school_now": "far school"}),
        ("Sam", {}),
    ):
        clean = {
            "given_name": given,
            "family_name": "Stranger",
            "date_of_birth": "2011-02-03",
            "course": "=Art",
            **where,
        }
        make_row(sent, clean=clean, found="new", outcome="beside")
    return sent


def test_offers_to_others_stand_by_the_council_they_probably_live_in(officer, strangers):
    page = officer.get(reverse("offers_to_others")).content.decode()
    assert [name for name in ("Sol", "Sky", "Sam") if f"{name} Stranger" in page] == ["Sol", "Sky", "Sam"]
    assert "Nobody can tell" in page

    page = officer.get(reverse("offers_to_others"), {"home": "302"}).content.decode()
    assert "Sol Stranger" in page
    assert "Sky Stranger" not in page

    response = officer.get(reverse("offers_to_others_file", args=["302"]))
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert [cell.value for cell in book.active[2]][:2] == ["Stranger", "Sol"]
    assert book.active["G2"].data_type == "s"
    event = AuditEvent.objects.get(kind="offers.offers_to_others_downloaded")
    assert (event.counts, event.subjects) == ({"rows": 1}, [])


def test_a_return_taken_back_or_another_councils_shows_nobody(client, officer, strangers):
    elsewhere = make_user("tracking_officer", make_authority())
    strangers.state = "withdrawn"
    strangers.save()

    assert "Stranger" not in officer.get(reverse("offers_to_others")).content.decode()
    strangers.state = "confirmed"
    strangers.save()
    assert "Stranger" not in sign_in(client, elsewhere).get(reverse("offers_to_others")).content.decode()
    assert client.get(reverse("offers_to_others_file", args=["000"])).status_code == 404
