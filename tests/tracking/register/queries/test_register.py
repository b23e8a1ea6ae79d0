"""The register as a list: statuses derived on the day, filters by right, sorts, and what a stranger may try."""

from dataclasses import fields
from datetime import date

import pytest
from django.http import QueryDict

from neet.ui.listing import listing_of
from tests.factories import (
    make_activity,
    make_authority,
    make_characteristic,
    make_contact,
    make_district,
    make_objection,
    make_person,
    make_residence,
    make_responsible,
    make_school,
    make_service,
    make_user,
    seed_reference,
)
from tracking.reference.queries import ruleset
from tracking.register.forms.filters import RegisterFilter
from tracking.register.queries.narrowing import Wanted
from tracking.register.queries.register import SORTS, register_list, register_page
from tracking.register.queries.standing import Facts, standing, standing_as
from tracking.rules.codes import Status

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)


@pytest.fixture
def authority():
    seed_reference()
    return make_authority()


@pytest.fixture
def officer(authority):
    return make_user("tracking_officer", authority)


def wanted_by(user, **wanted):
    return set(register_list(user, Wanted(**wanted), TODAY))


@pytest.fixture
def cases(authority):
    """One young person for each way of standing."""
    people = {}
    for name, code, starts, more in (
        ("learning", "230", date(2026, 9, 1), {"verified_on": date(2026, 10, 1)}),
        ("ran out", "330", date(2026, 1, 1), {"verified_on": date(2026, 3, 1)}),
        ("runs out soon", "330", date(2026, 1, 1), {"verified_on": date(2026, 5, 25)}),
        ("ended", "230", date(2025, 9, 1), {"ends_on": date(2026, 7, 31)}),
        ("neet", "619", date(2026, 11, 1), {}),
        ("neet for long", "619", date(2026, 2, 1), {}),
        ("cannot be found", "810", date(2026, 9, 1), {}),
        ("in year 11", "110", date(2026, 9, 1), {}),
        ("in custody", "710", date(2026, 9, 1), {"review_on": date(2027, 1, 1)}),
        ("odd code", "999", date(2026, 9, 1), {}),
    ):
        people[name] = make_person(authority)
        make_activity(people[name], code, starts, **more)
    people["nothing recorded"] = make_person(authority)
    return people


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"status": "EET"}, {"learning", "runs out soon"}),
        ({"status": "NEET"}, {"neet", "neet for long"}),
        ({"status": "new"}, {"neet"}),
        ({"status": "NOT_KNOWN"}, {"ran out", "ended", "cannot be found", "odd code", "nothing recorded"}),
        ({"status": "COMPULSORY"}, {"in year 11"}),
        ({"status": "EXCLUDED"}, {"in custody"}),
        ({"running_out": 14}, {"runs out soon"}),
    ],
)
def test_list_by_status(officer, cases, wanted, names):
    found = wanted_by(officer, **wanted)

    assert {name for name, person in cases.items() if person in found} == names


def test_the_list_and_the_record_say_the_same_status(officer, cases):
    rules = ruleset(TODAY)
    for person in cases.values():
        person.refresh_from_db()
        now = person.situation
        said = standing(Facts(now.code, now.starts_on, now.ends_on, now.lapses_on), rules, TODAY).status
        listed = {
            each
            for each in Status
            if register_list(officer, Wanted(), TODAY).filter(standing_as(each, rules, TODAY), pk=person.pk)
        }
        assert listed == {said}


def test_the_day_after_it_counts_no_longer_they_are_not_known(officer, authority):
    person = make_person(authority)
    make_activity(person, "330", date(2026, 1, 1), verified_on=date(2026, 3, 1))  # six months

    assert person in register_list(officer, Wanted(status="EET"), date(2026, 9, 1))
    assert person in register_list(officer, Wanted(status="NOT_KNOWN"), date(2026, 9, 2))


def test_filters_narrow_to_place_person_and_work(officer, authority):
    district, school, service = make_district(authority), make_school(), make_service(authority)
    one = make_person(authority, date_of_birth=date(2009, 12, 1), level_of_need="1")
    make_person(authority, date_of_birth=date(2008, 12, 1))
    make_residence(one, district=district)
    make_activity(one, "210", establishment=school, predicted_end_on=date(2026, 12, 15))
    make_responsible(one, service=service, user=officer)
    make_characteristic(one, "EHCP")
    make_contact(one)

    for wanted in (
        {"district": district.pk}, {"school": school.pk}, {"service": service.pk}, {"year": 12}, {"need": "1"},
        {"characteristic": "EHCP"}, {"contact": "some"}, {"lead": "me"}, {"ending": 60},
    ):  # fmt: skip
        assert wanted_by(officer, **wanted) == {one}, wanted
    assert one not in wanted_by(officer, contact="none")
    assert one not in wanted_by(officer, lead="none")


def test_who_left_the_cohort_is_listed_on_request_only(officer, authority):
    here, left = make_person(authority), make_person(authority, cohort_status="T")

    assert wanted_by(officer) == {here}
    assert wanted_by(officer, cohort="left") == {left}
    assert wanted_by(officer, cohort="all") == {here, left}


@pytest.mark.parametrize(
    "wanted", [{"characteristic": "EHCP"}, {"need": "1"}, {"contact": "some"}, {"service": 1}]
)
def test_a_filter_over_what_a_school_does_not_read_finds_nobody(authority, wanted):
    school = make_school()
    pupil = make_person(authority, level_of_need="1")
    make_activity(pupil, "210", establishment=school)
    make_characteristic(pupil, "EHCP")
    make_contact(pupil)
    user = make_user("school_user", authority, establishment=school)

    assert wanted_by(user) == {pupil}
    assert wanted_by(user, **wanted) == set()


def test_a_sensitive_circumstance_filters_nobody_out_for_who_does_not_read_it(authority):
    district = make_district(authority)
    person = make_person(authority)
    make_residence(person, district=district)
    make_characteristic(person, "180")

    assert wanted_by(make_user("district_lead", authority, district=district), characteristic="180") == set()
    assert wanted_by(make_user("tracking_officer", authority), characteristic="180") == {person}


def test_an_objectors_contact_from_school_does_not_show_in_filters(officer, authority):
    person = make_person(authority)
    make_contact(person, from_institution=True)
    make_objection(person)

    assert wanted_by(officer, contact="some") == set()


PAYLOADS = [
    "' OR 1=1 --",
    "{{7*7}}",
    "<script>",
    "%00",
    "-1",
    "1e9",
    "name; drop",
    "pk",
    "restricted_reason",
    "__class__",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_typed_into_an_address_reaches_the_database(officer, cases, payload):
    asked = QueryDict(mutable=True)
    asked.update(dict.fromkeys([*(field.name for field in fields(Wanted)), "sort", "page"], payload))
    form = RegisterFilter(asked, user=officer, on=TODAY)

    page = register_page(
        officer, form.wanted(), listing_of(asked, sorts=SORTS, first="name", filters=form.fields), TODAY
    )

    assert page.listing.total == len(cases)
    assert page.listing.sort == "name"


@pytest.mark.parametrize("sort", [*SORTS, *(f"-{name}" for name in SORTS)])
def test_every_sort_lists_everybody_once(officer, cases, sort):
    listing = listing_of(QueryDict(f"sort={sort}"), sorts=SORTS, first="name")

    page = register_page(officer, Wanted(), listing, TODAY)

    assert sorted(line.pk for line in page.lines) == sorted(person.pk for person in cases.values())


def test_names_stand_in_the_order_of_a_telephone_book(officer, authority):
    for given, family in (("Zoë", "Öster"), ("Ada", "Oster"), ("Bo", "d'Arcy"), ("Cy", "Darby")):
        make_person(authority, given_name=given, family_name=family)
    listing = listing_of(QueryDict(), sorts=SORTS, first="name")

    page = register_page(officer, Wanted(), listing, TODAY)

    assert [line.name for line in page.lines] == ["Cy Darby", "Bo d'Arcy", "Ada Oster", "Zoë Öster"]


@pytest.mark.parametrize("role", ["school_user", "contractor"])
def test_the_filters_offered_are_those_over_fields_that_are_read(authority, role):
    place = (
        {"establishment": make_school()} if role == "school_user" else {"service": make_service(authority)}
    )

    form = RegisterFilter({}, user=make_user(role, authority, **place), on=TODAY)

    assert not {"characteristic", "need", "service", "lead"} & set(form.fields)
