"""Pairs found on a register: nobody who may be the same person is passed over, nor looked for elsewhere."""

from datetime import date
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schools.models import Authority
from tests.factories import make_authority
from tests.tracking.rules.matching._returns import ON, Row, council
from tracking.matching.candidates import candidates, names_of
from tracking.register.models import FormerName, Residence, YoungPerson
from tracking.rules.matching.people import HEADINGS, Vocabulary, people
from tracking.seeding.people import Numbering
from tracking.seeding.people import people as invented

pytestmark = pytest.mark.django_db
ELLA = {
    "surname": "Ashcroft-Wood", "forename": "Zoë", "date_of_birth": "2009-03-12", "postcode": "ZZ10 1AB",
    "upn": "B801200005001", "uln": "1000000043", "gender": "F",
}  # fmt: skip
NOBODY = dict.fromkeys(HEADINGS, "") | {"surname": "Xx", "forename": "Qq"}


def on_register(authority: Authority, came: Row, number: int = 1) -> YoungPerson:
    person = YoungPerson.objects.create(
        authority=authority,
        young_person_id=f"{number:013d}",
        given_name=came["forename"],
        family_name=came["surname"],
        date_of_birth=came["date_of_birth"],
        gender=came["gender"],
        upn=came["upn"],
        uln=came["uln"],
    )
    Residence.objects.create(person=person, line_1="12 Mill Lane", postcode=came["postcode"])
    return person


def pairs(rows: list[Row], authority: Authority) -> list[tuple[int, int]]:
    """Rows and the young people they are worth comparing with."""
    words = Vocabulary()
    incoming = people(rows, words)
    persons, places = candidates(incoming, names_of(authority.pk, words), words, authority_id=authority.pk)
    return list(zip(places.tolist(), persons.tolist(), strict=True))


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("pupil number", {"upn": " b801200005001 "}),
        ("learner number", {"uln": "1000000043"}),
        ("birthday and a slip in the name", {"date_of_birth": "2009-03-12", "surname": "Ashcrofft"}),
        ("day and month turned", {"date_of_birth": "2009-12-03", "forename": "Zoe"}),
        ("name", {"surname": "ashcroft wood", "forename": "Zoe"}),
        ("names turned", {"surname": "Zoe", "forename": "Ashcroft-Wood"}),
        ("nearly the name", {"surname": "Ashcroft-Woods", "forename": "Zoey"}),
        ("home and first name", {"postcode": "zz101ab", "forename": "Zoe"}),
    ],
)
def test_one_trace_is_enough_to_be_compared(what: str, said: dict[str, str]) -> None:
    authority = make_authority()
    person = on_register(authority, ELLA)

    assert pairs([NOBODY | said], authority) == [(0, person.pk)], what


def test_a_former_name_is_a_name() -> None:
    authority = make_authority()
    person = on_register(authority, ELLA)
    FormerName.objects.create(person=person, given_name="Zoë", family_name="Bennett")

    assert pairs([NOBODY | {"surname": "Bennet", "forename": "Zoe"}], authority) == [(0, person.pk)]


def test_the_name_somebody_goes_by_is_a_name() -> None:
    authority = make_authority()
    person = on_register(authority, ELLA)
    YoungPerson.objects.update(known_as="Imogen")

    found = pairs([NOBODY | {"surname": "Ashcroft Wood", "forename": "Imogen"}], authority)

    assert found == [(0, person.pk)]


def test_another_authoritys_people_are_not_looked_at() -> None:
    here, elsewhere = make_authority(), make_authority()
    on_register(elsewhere, ELLA)

    assert pairs([NOBODY | ELLA], here) == []


def test_of_postcodes_only_those_that_came_in_are_kept() -> None:
    authority, words = make_authority(), Vocabulary()
    on_register(authority, ELLA)
    on_register(authority, ELLA | {"postcode": "ZZ42 9XX"}, 2)
    people([NOBODY | {"postcode": "zz101ab"}], words)

    names = names_of(authority.pk, words)

    assert sorted(names.people.postcode.tolist()) == [0, words.postcodes.number("ZZ101AB")]
    assert "ZZ429XX" not in words.postcodes.numbers


def test_everybody_is_found_again_in_as_many_statements_for_few_as_for_many() -> None:
    authority = make_authority()
    rows, persons = [], []
    for number, one in enumerate(invented(Random(4), council(4), 300, Numbering(1, 0, ON))):
        row = {
            "surname": one.family,
            "forename": one.given,
            "date_of_birth": date.fromordinal(one.born or 0).isoformat(),
            "postcode": one.postcode,
            "upn": one.upn,
            "uln": one.uln,
            "gender": one.gender,
        }
        rows.append(row)
        persons.append(on_register(authority, row, number).pk)

    with CaptureQueriesContext(connection) as few:
        pairs(rows[:1], authority)
    with CaptureQueriesContext(connection) as many:
        found = set(pairs(rows, authority))

    assert set(enumerate(persons)) <= found
    assert len(few) == len(many)
