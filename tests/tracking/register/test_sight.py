"""Which young people each role sees: its own, never others', never restricted ones it is not named for."""

from datetime import date

import pytest

from schools.models import Membership
from tests.factories import (
    make_activity,
    make_authority,
    make_district,
    make_person,
    make_residence,
    make_responsible,
    make_school,
    make_service,
    make_user,
)
from tracking.register.models import AccessGrant, YoungPerson

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority():
    return make_authority()


def seen(user):
    return set(YoungPerson.objects.visible_to(user))


@pytest.mark.parametrize("role", ["tracking_officer", "mi_officer", "hub_worker"])
def test_whole_authority_roles_see_their_register_and_no_other(authority, role):
    own, foreign = make_person(authority), make_person(make_authority())

    assert seen(make_user(role, authority)) == {own}
    assert foreign not in seen(make_user(role, authority))


@pytest.mark.parametrize("role", ["manager", "governance"])
def test_roles_that_state_a_reason_see_nobody_without_one(authority, role):
    person, user = make_person(authority), make_user(role, authority)

    assert seen(user) == set()

    AccessGrant.objects.create(
        person=person, user=user, kind="reason", reason="A complaint", until=date(2999, 1, 1)
    )
    assert seen(user) == {person}


def test_system_administrators_see_no_child(authority):
    make_person(authority)

    assert seen(make_user("system_admin")) == set()


@pytest.mark.parametrize("role", ["caseworker", "service_lead", "contractor"])
def test_services_see_those_they_answer_for_now(authority, role):
    service = make_service(authority)
    theirs, former, other = (make_person(authority) for _ in range(3))
    kind = "contract" if role == "contractor" else "lead"
    make_responsible(theirs, service=service, kind=kind)
    make_responsible(former, service=service, kind=kind, ends_on=date(2024, 6, 1))
    make_responsible(other, service=make_service(authority), kind=kind)

    assert seen(make_user(role, authority, service=service)) == {theirs}


def test_district_lead_sees_those_who_live_there_now(authority):
    district = make_district(authority)
    here, moved = make_person(authority), make_person(authority)
    make_residence(here, district=district)
    make_residence(moved, district=district, ends_on=date(2025, 1, 1))

    assert seen(make_user("district_lead", authority, district=district)) == {here}


@pytest.mark.parametrize("role", ["school_user", "college_user"])
def test_schools_see_their_own_pupils_and_recent_leavers(authority, role):
    school = make_school()
    pupil, long_gone, elsewhere = (make_person(authority) for _ in range(3))
    make_activity(pupil, "210", establishment=school)
    make_activity(long_gone, "210", date(2020, 9, 1), establishment=school, ends_on=date(2021, 7, 1))
    make_activity(elsewhere, "210", establishment=make_school())

    assert seen(make_user(role, authority, establishment=school)) == {pupil}


def test_an_ended_membership_shows_nobody(authority):
    make_person(authority)

    assert seen(make_user("tracking_officer", authority, ends_on=date(2024, 1, 1))) == set()


def test_a_restricted_record_is_absent_for_all_but_the_named(authority):
    hidden = make_person(authority, restricted_on=date(2025, 1, 1), restricted_reason="Refuge")
    named, other = (make_user("tracking_officer", authority) for _ in range(2))
    AccessGrant.objects.create(person=hidden, user=named, kind="named", reason="Lead worker")

    assert seen(named) == {hidden}
    assert seen(other) == set()


def test_a_grant_ends_with_the_membership(authority):
    hidden = make_person(authority, restricted_on=date(2025, 1, 1), restricted_reason="Refuge")
    named = make_user("tracking_officer", authority)
    AccessGrant.objects.create(person=hidden, user=named, kind="named", reason="Lead worker")
    Membership.objects.filter(user=named).update(ends_on=date(2024, 1, 1))

    assert seen(named) == set()
