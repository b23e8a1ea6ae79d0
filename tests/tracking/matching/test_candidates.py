"""Pairs the database finds: nobody who may be the same person is passed over, nor looked for elsewhere."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schools.models import Authority
from tests.factories import make_authority
from tests.tracking.rules.matching._returns import ON, council
from tracking.matching.candidates import CameIn, candidates
from tracking.register.models import FormerName, Residence, YoungPerson
from tracking.seeding.people import Numbering, people

pytestmark = pytest.mark.django_db
ELLA = CameIn(1, "Ashcroft-Wood", "Zoë", "2009-03-12", "ZZ10 1AB", "B801200005001", "1000000043")


def on_register(authority: Authority, came: CameIn, number: int = 1) -> YoungPerson:
    person = YoungPerson.objects.create(
        authority=authority,
        young_person_id=f"{number:013d}",
        given_name=came.forename,
        family_name=came.surname,
        date_of_birth=came.born,
        upn=came.upn,
        uln=came.uln,
    )
    Residence.objects.create(person=person, line_1="12 Mill Lane", postcode=came.postcode)
    return person


NOBODY = {"surname": "Xx", "forename": "Qq", "born": None, "postcode": "", "upn": "", "uln": ""}


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("pupil number", {"upn": " b801200005001 "}),
        ("learner number", {"uln": "1000000043"}),
        ("birthday and a slip in the name", {"born": "2009-03-12", "surname": "Ashcrofft"}),
        ("day and month turned", {"born": "2009-12-03", "forename": "Zoe"}),
        ("name", {"surname": "ashcroft wood", "forename": "Zoe"}),
        ("names turned", {"surname": "Zoe", "forename": "Ashcroft-Wood"}),
        ("nearly the name", {"surname": "Ashcroft-Woods", "forename": "Zoey"}),
        ("home", {"postcode": "zz101ab"}),
    ],
)
def test_one_trace_is_enough_to_be_compared(what: str, said: dict[str, str]) -> None:
    authority = make_authority()
    person = on_register(authority, ELLA)

    assert candidates([replace(ELLA, **(NOBODY | said))], authority_id=authority.pk) == [(1, person.pk)], what


def test_a_former_name_is_a_name() -> None:
    authority = make_authority()
    person = on_register(authority, ELLA)
    FormerName.objects.create(person=person, given_name="Zoë", family_name="Bennett")

    found = candidates(
        [replace(ELLA, **NOBODY | {"surname": "Bennet", "forename": "Zoe"})], authority_id=authority.pk
    )

    assert found == [(1, person.pk)]


def test_another_authoritys_people_are_not_looked_at() -> None:
    here, elsewhere = make_authority(), make_authority()
    on_register(elsewhere, ELLA)

    assert candidates([ELLA], authority_id=here.pk) == []


def test_everybody_is_found_again_in_as_many_statements_for_few_as_for_many() -> None:
    authority = make_authority()
    rows = []
    for number, one in enumerate(people(Random(4), council(4), 300, Numbering(1, 0, ON))):
        born = date.fromordinal(one.born or 0).isoformat()
        came = CameIn(number, one.family, one.given, born, one.postcode, one.upn, one.uln)
        rows.append((came, on_register(authority, came, number)))

    with CaptureQueriesContext(connection) as few:
        candidates([rows[0][0]], authority_id=authority.pk)
    with CaptureQueriesContext(connection) as many:
        found = set(candidates([came for came, _ in rows], authority_id=authority.pk))

    assert {(came.row, person.pk) for came, person in rows} <= found
    assert len(few) == len(many)
