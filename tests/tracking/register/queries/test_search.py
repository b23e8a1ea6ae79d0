"""One box, forgiving: names in any order and spelling, numbers, dates of birth and postcodes."""

from datetime import date

import pytest

from tests.factories import (
    make_authority,
    make_objection,
    make_person,
    make_residence,
    make_responsible,
    make_service,
    make_user,
    seed_reference,
)
from tracking.register.models import FormerName
from tracking.register.queries.search import search

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)


@pytest.fixture
def authority():
    seed_reference()
    return make_authority()


@pytest.fixture
def officer(authority):
    return make_user("tracking_officer", authority)


@pytest.fixture
def siobhan(authority):
    """The one everybody looks for, among others of similar names."""
    for given, family in (("Ada", "Brook"), ("Shona", "Deary"), ("Renee", "Lacroix"), ("Ben", "Smith-Jones")):
        make_person(authority, given_name=given, family_name=family)
    return make_person(
        authority, given_name="Siobhán", family_name="O'Leary-Quill", date_of_birth=date(2009, 4, 3),
        upn="B801200005001", uln="1000000043",
    )  # fmt: skip


def names(user, words):
    return [each.line.name for each in search(user, words, TODAY).found]


@pytest.mark.parametrize(
    "words",
    [
        "Siobhán O'Leary-Quill",
        "siobhan oleary-quill",
        "O'LEARY-QUILL SIOBHAN",
        "siobhan oleary quill",
        "siobhan",
        "Shiobhan O'Leery Quil",
        "oleary-quill, siobhan",
        "B801200005001",
        "b801200005001",
        "1000000043",
        "3/4/2009",
        "03.04.09",
        "3rd April 2009",
        "Apr 3 2009",
        "2009-04-03",
        "03042009",
        "siobhan 3 4 2009",
        "oleary 4/3/2009",
    ],
)
def test_search_finds_first_whoever_is_meant(officer, siobhan, words):
    assert names(officer, words)[:1] == [siobhan.full_name]


def test_search_by_ccis_number_finds_one(officer, siobhan):
    assert names(officer, siobhan.young_person_id) == [siobhan.full_name]


@pytest.mark.parametrize("words", ["ZZ1 4AB", "zz14ab", "siobhan zz1 4ab"])
def test_search_by_postcode_finds_who_lives_there_now(officer, siobhan, authority, words):
    make_residence(siobhan, postcode="ZZ1 4AB")
    make_residence(make_person(authority), postcode="ZZ1 4AB", ends_on=date(2024, 1, 1))

    assert names(officer, words) == [siobhan.full_name]


def test_search_finds_a_former_and_a_familiar_name_and_says_so(officer, authority):
    person = make_person(authority, given_name="Wren", family_name="Tallow", known_as="Birdie")
    FormerName.objects.create(person=person, given_name="Wren", family_name="Ockenden")

    found = search(officer, "Wren Ockenden", TODAY).found

    assert [(each.line.name, each.former_name) for each in found] == [("Wren Tallow", "Wren Ockenden")]
    assert names(officer, "birdie tallow") == ["Wren Tallow"]


def test_search_finds_nobody_whom_the_user_may_not_see(siobhan):
    stranger = make_user("tracking_officer", make_authority())

    assert names(stranger, "Siobhan O'Leary-Quill") == []


def test_an_objectors_pupil_number_finds_nobody(officer, siobhan):
    make_objection(siobhan)

    assert names(officer, "B801200005001") == []
    assert names(officer, "siobhan") == [siobhan.full_name]


def test_a_contractor_finds_nobody_by_pupil_number(authority, siobhan):
    service = make_service(authority)
    make_responsible(siobhan, service=service, kind="contract")
    contractor = make_user("contractor", authority, service=service)

    assert names(contractor, "B801200005001") == []
    assert names(contractor, "siobhan") == [siobhan.full_name]


@pytest.mark.parametrize(
    "words", ["'; drop table x; --", "%_%", "\x00", "((((", "a" * 200, "31/2/2009", "' OR 1=1"]
)
def test_search_takes_anything_typed(officer, siobhan, words):
    search(officer, words.replace("\x00", ""), TODAY)


def test_nothing_typed_asks_nothing(officer):
    assert search(officer, "  ", TODAY).nothing_asked


def test_more_than_fifty_is_cut_off_and_says_so(officer, authority):
    for _ in range(51):
        make_person(authority, given_name="Ann", family_name="Other")

    result = search(officer, "Ann Other", TODAY)

    assert len(result.found) == 50
    assert result.more


def test_search_costs_the_same_for_one_and_for_many(officer, authority, django_assert_num_queries):
    make_person(authority, given_name="Ann", family_name="Other")
    search(officer, "Ann Other", TODAY)

    with django_assert_num_queries(6):
        search(officer, "Ann Other", TODAY)
    for _ in range(40):
        make_person(authority, given_name="Ann", family_name="Other")
    with django_assert_num_queries(6):
        search(officer, "Ann Other", TODAY)
