"""Invented young people: families with twins and siblings, who they are and where they live."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from tracking.rules.academic_year import academic_age, academic_year
from tracking.seeding import identifiers, names
from tracking.seeding.chance import Weighted, between, one_of
from tracking.seeding.places import Council, Place, Town, house

ETHNICITIES = Weighted(
    {
        "WBRI": 72, "WOTH": 7, "AIND": 3, "BAFR": 3, "MOTH": 2, "AOTH": 2, "MWBC": 2, "APKN": 2, "NOBT": 2,
        "MWAS": 1.5, "ABAN": 1, "BCRB": 1, "CHNE": 0.7, "OOTH": 0.7, "WIRI": 0.5, "WROM": 0.5, "MWBA": 0.5,
        "BOTH": 0.4, "REFU": 0.6, "OARA": 0.2, "BBRI": 0.4,
    }
)  # fmt: skip
# By academic age: Years 9 to 13 in full, then the two years that have left since and were counted in frozen months,
# then those with a plan.
AGES = Weighted(
    {13: 17, 14: 17, 15: 17.6, 16: 18, 17: 18, 18: 17.8, 19: 17.4, 20: 1.2, 21: 1, 22: 0.8, 23: 0.6, 24: 0.4}
)
# From 18 on only those with a plan are tracked; the others left at the end of Year 13.
PLAN_BY_AGE = {18: 0.07, 19: 0.08, **dict.fromkeys(range(20, 26), 0.9)}
TWICE_ON_THE_REGISTER = 0.004
EDGES = ((8, 31), (9, 1), (8, 30), (9, 2), (2, 29), (2, 28), (3, 1), (12, 31), (1, 1))
DAYS_OF_YEAR = 365


@dataclass(slots=True)
class Person:
    """One young person before they are written down. Days are ordinals, as the dice add and subtract them."""

    id: int
    serial: int
    ref: uuid.UUID
    number: str
    given: str
    family: str
    gender: str
    born: int | None
    ethnicity: str
    town: Town
    line_1: str
    postcode: str
    school: Place
    upn: str
    uln: str
    middle: str = ""
    known_as: str = ""
    has_plan: bool = False
    has_support: bool = False
    at_home: bool = False
    cohort_status: str = "P"
    cohort_status_on: int | None = None
    transferred_to: str = ""
    previous_id: str = ""
    educated_la: str = ""
    la_at_year_11: str = ""
    level_of_need: str = ""
    has_guarantee: bool = False
    intended: str = ""
    restricted_on: int | None = None
    restricted_reason: str = ""
    parent: str = ""
    parent_phone: str = ""
    birth_is_known: bool = True
    characteristics: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Household:
    """What brothers and sisters share."""

    family: str
    town: Town
    line_1: str
    postcode: str
    school: Place
    ethnicity: str
    parent: str
    parent_phone: str


@dataclass(frozen=True, slots=True)
class Numbering:
    """Where the invented people's serial numbers begin, how many numbers the database gave out before, and on
    which day all this is seen."""

    first_serial: int
    given_out: int
    on: date


def people(rng: Random, council: Council, count: int, numbering: Numbering) -> Iterator[Person]:
    """So many young people, family by family; the first ones are born on the days where rules change."""
    end = numbering.first_serial + count
    serial = numbering.first_serial
    edges = iter(_edges(numbering.on))
    while serial < end:
        home = _household(rng, council)
        for born in _births(rng, numbering.on, next(edges, None)):
            if serial < end:
                person = _person(rng, council, home, born, numbering, serial)
                yield person
                serial += 1
        if rng.random() < TWICE_ON_THE_REGISTER and serial < end:
            yield _again(rng, person, serial)
            serial += 1


def _edges(on: date) -> Iterator[date]:
    year = academic_year(on)
    for age in range(13, 18):
        for month, day in EDGES:
            born = year - age - (month >= 9)
            if (month, day) != (2, 29) or born % 4 == 0:
                yield date(born, month, day)


def _births(rng: Random, on: date, edge: date | None) -> list[int]:
    first = edge.toordinal() if edge else _birth(rng, on)
    dice = rng.random()
    if dice < 0.012:
        return [first, first]
    if dice < 0.16:
        youngest = date(academic_year(on) - 13, 8, 31).toordinal()
        apart = between(rng, 330, 1300)
        return [first, first + apart if first + apart <= youngest else first - apart]
    return [first]


def _birth(rng: Random, on: date) -> int:
    age = AGES.pick(rng)
    return date(academic_year(on) - age - 1, 9, 1).toordinal() + between(rng, 0, DAYS_OF_YEAR - 1)


def _household(rng: Random, council: Council) -> Household:
    town = one_of(rng, council.towns)
    family = names.family_name(rng)
    return Household(
        family=family,
        town=town,
        line_1=house(rng, town),
        postcode=identifiers.postcode(rng, town.area),
        school=one_of(rng, council.schools),
        ethnicity=ETHNICITIES.pick(rng),
        parent=f"{names.given_name(rng, one_of(rng, ('F', 'M')))} {family}",
        parent_phone=identifiers.mobile(rng),
    )


def _person(
    rng: Random, council: Council, home: Household, born: int, numbering: Numbering, serial: int
) -> Person:
    gender = "F" if rng.random() < 0.488 else "M"
    dice = rng.random()
    has_plan = dice < PLAN_BY_AGE.get(academic_age(date.fromordinal(born), numbering.on), 0.05)
    year_7 = academic_year(date.fromordinal(born)) + 12
    person = Person(
        id=numbering.given_out + serial,
        serial=serial,
        ref=uuid.UUID(int=rng.getrandbits(128), version=4),
        number=f"444{serial:010d}",
        given=names.given_name(rng, gender),
        family=home.family,
        gender=gender,
        born=born,
        ethnicity=home.ethnicity,
        town=home.town,
        line_1=home.line_1,
        postcode=home.postcode,
        school=council.special if has_plan and dice < 0.02 else home.school,
        upn=identifiers.upn(home.school.number, year_7, serial),
        uln=identifiers.uln(100_000_000 + serial * 7),
        has_plan=has_plan,
        has_support=not has_plan and 0.05 <= dice < 0.19,
        at_home=dice > 0.992,
        parent=home.parent,
        parent_phone=home.parent_phone,
    )
    _add_names(rng, person)
    return person


def _again(rng: Random, person: Person, serial: int) -> Person:
    """The same young person once more, as somebody entered them without looking first."""
    given, family = person.given, person.family
    typed = one_of(
        rng, ((given, family), (given[:-1], family), (given, family.replace("-", " ")), (family, given))
    )
    return replace(
        person,
        id=person.id - person.serial + serial,
        serial=serial,
        ref=uuid.UUID(int=rng.getrandbits(128), version=4),
        number=f"444{serial:010d}",
        given=typed[0],
        family=typed[1],
        upn="" if rng.random() < 0.7 else person.upn,
        uln="",
        characteristics={},
    )


def _add_names(rng: Random, person: Person) -> None:
    dice = rng.random()
    if dice < 0.4:
        person.middle = names.given_name(rng, person.gender)
    if dice > 0.95:
        person.known_as = names.nickname(person.given)
