"""Returns about a register in the database, with the mistakes real ones have, and who each row is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from django.db import connection

from tests.returns.intake._register import in_columns
from tests.tracking.rules.matching._returns import MIXES, _mistaken, _stranger, council
from tracking.seeding.people import Person
from tracking.seeding.places import Council

PEOPLE = """
select p.id, p.given_name, p.middle_name, p.family_name, p.gender, p.date_of_birth, p.upn, p.uln,
  coalesce(r.line_1, ''), coalesce(r.town, ''), coalesce(r.postcode, '')
from tracking_youngperson p left join tracking_residence r on r.person_id = p.id and r.ends_on is null
where p.date_of_birth is not null and p.upn <> '' and (%(authority)s::bigint is null or p.authority_id = %(authority)s)
  and (%(among)s::bigint[] is null or p.id = any(%(among)s))
order by p.id
"""


@dataclass(frozen=True)
class Sent:
    """What came in, row by row as it is after cleaning, and whom each row is; who is new is not in `truth`."""

    rows: list[dict[str, str]]
    truth: Mapping[int, int]


def sent(
    mix: str, seed: int, count: int, authority_id: int | None = None, among: Sequence[int] | None = None
) -> Sent:
    """A return of so many about this authority's people (about everybody without one), or about some `among` them;
    the same for one seed."""
    dice, place, wanted = Random(f"{mix} {seed}"), council(seed), MIXES[mix]
    rows, truth = [], {}
    for number, person in enumerate(dice.sample(_everybody(place, authority_id, among), count), start=2):
        is_new = dice.random() < wanted.not_on_register
        row = _mistaken(dice, _stranger(dice, person, wanted) if is_new else person, wanted, place, mix)
        rows.append(in_columns(row))
        if not is_new:
            truth[number] = person.id
    return Sent(rows, truth)


def _everybody(place: Council, authority_id: int | None, among: Sequence[int] | None) -> list[Person]:
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, {"authority": authority_id, "among": among})
        return [_person(row, place) for row in cursor.fetchall()]


def _person(row: tuple, place: Council) -> Person:
    key, given, middle, family, gender, born, upn, uln, line_1, town, postcode = row
    return Person(
        id=key,
        serial=key,
        ref=None,
        number="",
        given=given,
        family=family,
        gender=gender,
        born=born.toordinal(),
        ethnicity="",
        town=replace(place.towns[key % len(place.towns)], name=town),
        line_1=line_1,
        postcode=postcode,
        school=place.schools[0],
        upn=upn,
        uln=uln,
        middle=middle,
    )
