"""A council whose autumn is frozen, with young people of every kind."""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

import pytest

from neet.accounts.models import User
from schools.models import Authority, District, Service
from tests.factories import (
    make_activity,
    make_characteristic,
    make_district,
    make_person,
    make_residence,
    make_responsible,
    make_school,
    make_service,
    make_user,
    sign_in,
)
from tests.tracking.figures.conftest import _in_december, council  # noqa: F401  fixtures of the figures
from tracking.figures.actions import Month, freeze
from tracking.models import Characteristic

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30)


@dataclass(frozen=True)
class Autumn:
    """Three frozen months of forty young people in two districts."""

    council: Authority
    north: District
    south: District
    team: Service

    def user(self, role: str, **places: Any) -> User:
        return make_user(role, self.council, **places)


@pytest.fixture
def autumn(council: Authority) -> Autumn:  # noqa: F811
    dice = Random("cuts")
    made = Autumn(
        council,
        make_district(council, name="=Northby"),
        make_district(council, name="Southby"),
        make_service(council),
    )
    school = make_school(la_code=council.code)
    for n in range(40):
        _somebody(made, dice, school, n)
    for end in (SEPTEMBER, OCTOBER, NOVEMBER):
        freeze(month=Month(council.pk, end), by=None)
    return made


def _somebody(made: Autumn, dice: Random, school: Any, n: int) -> None:
    born = date(dice.choice([2008, 2009, 2010]), dice.randint(1, 12), dice.randint(1, 28))
    person = make_person(
        made.council, family_name=f"Person{n}", date_of_birth=born, gender=dice.choice("MFWU")
    )
    if home := dice.choice([made.north, made.south, None]):
        make_residence(person, district=home)
    if dice.random() < 0.3:
        make_characteristic(person, Characteristic.EHCP, starts_on=date(2025, 1, 1))
    if dice.random() < 0.3:
        make_responsible(person, service=made.team)
    code = dice.choice(["210", "310", "410", "619", "640", "", "710"])
    if code:
        place = {"establishment": school} if code == "210" else {}
        ends = dice.choice([None, date(2026, 10, 20)])
        make_activity(person, code, date(2026, 9, 1), verified_on=date(2026, 9, 20), ends_on=ends, **place)


@pytest.fixture
def officer(autumn: Autumn, client: Any) -> Any:
    return sign_in(client, autumn.user("tracking_officer"))
