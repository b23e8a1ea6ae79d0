"""Columns by role, and the mask of an objection said in SQL as the rule says it."""

from datetime import date

import pytest

from tests.factories import make_authority, make_contact, make_objection, make_person, make_school, make_user
from tests.tracking.rules.test_objection import BORN, CASES
from tracking.register.columns import asker, columns, contact_points, objection_in_force
from tracking.register.models import ContactPoint, YoungPerson

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("about", "objections", "on", "masked", "asked"), CASES, ids=[case[0] for case in CASES]
)
def test_the_database_judges_an_objection_like_the_rule(about, objections, on, masked, asked):
    person = make_person(make_authority(), date_of_birth=BORN)
    for each in objections:
        make_objection(
            person,
            each.made_on,
            made_by="parent" if each.by_parent else "young_person",
            withdrawn_on=each.withdrawn_on,
        )

    assert YoungPerson.objects.filter(objection_in_force(on)).exists() is masked


def test_only_what_came_from_an_institution_is_masked():
    authority = make_authority()
    person = make_person(authority)
    make_contact(person, value="07700 900001", from_institution=True)
    kept = make_contact(person, value="07700 900002")
    who = asker(make_user("tracking_officer", authority), TODAY)

    assert ContactPoint.objects.filter(contact_points(who)).count() == 2
    make_objection(person)
    assert list(ContactPoint.objects.filter(contact_points(who))) == [kept]


@pytest.mark.parametrize(
    ("role", "without"),
    [
        ("tracking_officer", set()),
        ("mi_officer", set()),
        ("school_user", {"lead"}),
        ("contractor", {"lead", "pupil_number", "learner_number"}),
    ],
)
def test_columns_are_those_the_role_reads(role, without):
    authority = make_authority()
    everything = set(columns(make_user("tracking_officer", authority), TODAY))
    place = {"establishment": make_school()} if role == "school_user" else {}

    assert everything - set(columns(make_user(role, authority, **place), TODAY)) == without


def test_a_masked_number_is_empty_in_its_column():
    authority = make_authority()
    person = make_person(authority, upn="B801200005001")
    column = columns(make_user("tracking_officer", authority), TODAY)["pupil_number"]

    assert YoungPerson.objects.annotate(shown=column).get().shown == "B801200005001"
    make_objection(person)
    assert YoungPerson.objects.annotate(shown=column).get().shown is None
