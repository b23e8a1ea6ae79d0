"""Nothing a school or college added about somebody beyond what the law makes it pass on shows anywhere while an
objection is in force: every page, file and answer for programs that names one young person or nobody (ESA 2008 s14)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from caseload.prevention.models import AtRisk, RiskFact
from tests.access.addresses import Address, addresses
from tests.access.asking import body_of
from tests.access.canary import searched, unpacked
from tests.access.parts import BY_ADDRESS, RECORDS
from tests.access.world import World
from tests.factories import (
    make_activity,
    make_characteristic,
    make_contact,
    make_objection,
    make_person,
    make_residence,
    make_responsible,
)
from tracking.register.models import Concern, Objection, Offer, Task, YoungPerson

pytestmark = pytest.mark.django_db

IN_JULY, SIXTEEN_IN_MAY = date(2026, 7, 2), date(2010, 5, 14)
# What a school or college may add beyond name, address, date of birth and a parent's name, each in words of its own.
ADDED: Mapping[str, str] = {
    "upn": "H801200009941",
    "uln": "9948877669",
    "telephone": "07700 900994",
    "course": "Zymurgy with glockenspiel",
    "offer": "Quibbleton Academy of Falconry",
    "conditions": "Five passes in heraldry",
    "concern": "Whittles in assembly",
    "at risk": "Sulks near the aquarium",
}
ROLE, OTHERS = "tracking_officer", ("school_user", "mi_officer", "district_lead", "service_lead")


def planted(world: World, school: Any) -> YoungPerson:
    """Somebody of whom the school said all it could, and something the council knows from elsewhere."""
    here = world.here
    person = make_person(
        here.authority,
        given_name="Objecting",
        family_name="Quillfeather",
        date_of_birth=SIXTEEN_IN_MAY,
        upn=ADDED["upn"],
        uln=ADDED["uln"],
    )
    make_activity(
        person, "110", date(2025, 9, 1), establishment=school, source="provider", course=ADDED["course"],
        verified_on=date(2026, 10, 2),
    )  # fmt: skip
    make_residence(person, district=here.district)
    make_contact(person, value=ADDED["telephone"], from_institution=True)
    make_contact(person, value="07700 900881")
    make_characteristic(person, "180", source="provider")
    make_responsible(person, service=here.service)
    Offer.objects.create(
        person=person, place=ADDED["offer"], stage="conditional", said_on=IN_JULY, source="provider",
        told_by=school, conditions=ADDED["conditions"],
    )  # fmt: skip
    Concern.objects.create(person=person, establishment=school, words=ADDED["concern"], raised_on=IN_JULY)
    AtRisk.objects.create(
        person=person,
        said_by="school",
        words=ADDED["at risk"],
        establishment=school,
        starts_on=IN_JULY,
        reasons=[],
    )
    RiskFact.objects.create(
        person=person, factor="attendance", value="41", said_on=IN_JULY, establishment=school
    )
    return person


def shown(world: World, role: str, person: YoungPerson, wanted: list[Address]) -> dict[str, list[str]]:
    """Where each of the values stands, for one role."""
    client = world.people[role].client
    found: dict[str, list[str]] = {}
    urls = [each.url(dict.fromkeys(each.parts, person.ref)) for each in wanted if each.lets_in(role, "GET")]
    for url in [*urls, searched(client, "Quillfeather")]:
        answer = client.get(url)
        words = unpacked(body_of(answer)).decode(errors="replace") if answer.status_code == 200 else ""
        for name, value in ADDED.items():
            if value in words:
                found.setdefault(name, []).append(url)
    return found


def of_one_record(address: Address) -> bool:
    if not (address.is_named and address.access and address.parts == ("ref",)) or address.access.anyone:
        return False
    return (
        BY_ADDRESS.get((address.name, "ref"), "person" if address.route.startswith(RECORDS) else "")
        == "person"
    )


def of_nobody(address: Address) -> bool:
    """Lists, boards, files and answers for programs that name nobody in their address."""
    return bool(
        address.is_named and address.access and not address.access.anyone and not address.parts
    ) and not (address.is_table or address.route.startswith(("account", "tables", "logout", "sign")))


@pytest.mark.parametrize("role", [ROLE, *(pytest.param(each, marks=pytest.mark.assure) for each in OTHERS)])
def test_what_a_school_added_shows_nowhere_while_an_objection_is_in_force(world: World, role: str) -> None:
    person = planted(world, world.here.school)
    seen = [each for each in addresses() if of_one_record(each) or of_nobody(each)]
    make_objection(person, made_on=date(2025, 9, 10))

    assert shown(world, role, person, seen) == {}


SAID = ("parent", date(2025, 9, 10), None)


@pytest.mark.parametrize(
    ("objections", "hides"),
    [
        ([], False),
        ([SAID], True),  # the parent's goes on until the young person answers
        ([("parent", date(2026, 6, 1), None)], False),  # from 16 on a parent's word does not count
        ([("young_person", date(2026, 6, 1), None)], True),
        ([("young_person", date(2026, 6, 1), date(2026, 9, 1))], False),
        ([SAID, ("young_person", date(2026, 6, 1), date(2026, 9, 1))], False),
        ([("parent", date(2025, 9, 10), date(2026, 2, 1))], False),
    ],
)
def test_record_hides_what_a_school_added_as_the_objections_of_the_day_say(
    world: World, objections: list[tuple[str, date, date | None]], hides: bool
) -> None:
    person = planted(world, world.here.school)
    for by, made_on, withdrawn_on in objections:
        make_objection(person, made_by=by, made_on=made_on, withdrawn_on=withdrawn_on)
    record = [each for each in addresses() if each.name in ("person", "person_contact", "person_activities")]

    found = shown(world, ROLE, person, record)

    assert Objection.objects.filter(person=person).count() == len(objections)
    assert not Task.objects.filter(person=person, kind="call").exists()
    assert set(found) == (set() if hides else set(ADDED))
