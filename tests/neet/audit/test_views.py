"""Governance reads the trail of its own authority, and that it did stands in it."""

import pytest

from neet import clock
from neet.audit.actions import note
from neet.audit.kinds import Kind
from neet.audit.models import AuditEvent
from tests.factories import make_authority, make_user, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user("governance", make_authority())


def authority_of(user) -> int:
    return user.memberships.get().authority_id


def test_events_of_today_are_shown_with_who_and_how_many(client, officer):
    note(
        Kind.FILE_STORED,
        by=officer,
        authority_id=authority_of(officer),
        subjects=[1, 2],
        why="asked by telephone",
    )

    page = sign_in(client, officer).get("/audit/").content.decode()

    assert "File stored" in page
    assert officer.name in page
    assert "2 young people" in page
    assert "asked by telephone" in page


def test_events_of_other_authorities_are_absent(client, officer):
    note(Kind.FILE_STORED, by=None, authority_id=make_authority().pk, why="CANARY")

    assert "CANARY" not in sign_in(client, officer).get("/audit/").content.decode()


def test_the_page_costs_the_same_for_one_event_and_for_many(client, officer, django_assert_max_num_queries):
    for _ in range(60):
        note(Kind.FILE_STORED, by=officer, authority_id=authority_of(officer))
    sign_in(client, officer)

    with django_assert_max_num_queries(12):
        client.get("/audit/")


def test_asking_stands_in_the_trail_and_keeps_addresses_out_of_the_address(client, officer):
    today = clock.today()
    parts = {"day": today.day, "month": today.month, "year": today.year}
    days = {f"{name}_{part}": value for name in ("first", "last") for part, value in parts.items()}
    sign_in(client, officer)

    response = client.post("/audit/", {**days, "email": officer.email})

    assert (response.status_code, response.url) == (302, "/audit/")
    assert AuditEvent.objects.filter(kind=Kind.AUDIT_READ, user_id=officer.pk).exists()


def test_only_governance_gets_in(client):
    assert sign_in(client, make_user("tracking_officer", make_authority())).get("/audit/").status_code == 404
