"""A small council of two districts, thrown by dice, whose months of two years are frozen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction

from caseload.chase.models import Attempt
from caseload.reports.queries.places import all_of, schools_of
from neet.clock import LONDON
from schools.models import Authority
from tests.clocks import database_goes_by_ours
from tests.factories import (
    make_activity,
    make_authority,
    make_district,
    make_residence,
    make_responsible,
    make_school,
    make_service,
    make_user,
    seed_reference,
)
from tests.tracking.figures.invented import Invented, somebody
from tracking.figures.actions import Month, freeze
from tracking.register.models import YoungPerson
from tracking.rules.months import ReportingMonth

LAST_YEAR, OCTOBER, NOVEMBER = date(2025, 11, 30), date(2026, 10, 31), date(2026, 11, 30)
PEOPLE = 240


@dataclass
class Known:
    """Somebody, and what a recount in plain Python knows of them."""

    invented: Invented
    district: str
    gender: str
    ethnicity: str
    in_service: bool
    reached_on: date | None
    before: str
    school: str


@dataclass
class County:
    authority: Authority
    people: list[Known]

    def whom(self, words: str):
        places = [*all_of(self.authority), *schools_of(self.authority)]
        return next(each for each in places if each.words == words)


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: Any) -> Iterator[County]:
    """Made once for a module; nobody changes it but inside a test's own transaction."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setenv("DJANGO_NOW", "2026-12-10 10:00")
        database_goes_by_ours()
        seed_reference()
        yield _invented()
        transaction.set_rollback(True)


def _invented() -> County:
    authority, dice = make_authority(code="886", name="Ambleshire"), Random("reports")
    homes = [make_district(authority, name=name) for name in ("Northby", "Southby")]
    service = make_service(authority, name="NEET support", short_name="Support")
    schools = [make_school(name=f"{name} School", la_code=authority.code) for name in ("Ashby", "Birch")]
    people = [_known(authority, dice, (homes, schools), service) for _ in range(PEOPLE)]
    for end in (LAST_YEAR, OCTOBER, NOVEMBER):
        freeze(month=Month(authority.pk, end), by=None)
    return County(authority, people)


def _known(authority, dice, places, service) -> Known:
    homes, schools = places
    made = somebody(authority, dice, years=(2008, 2010))
    home, gender, ethnicity = dice.choice(homes), dice.choice("FM"), dice.choice(["WBRI", "AIND", ""])
    YoungPerson.objects.filter(pk=made.person.pk).update(gender=gender, ethnicity=ethnicity)
    make_residence(made.person, district=home)
    in_service = dice.random() < 0.4
    if in_service:
        make_responsible(made.person, service=service)
    reached_on = NOVEMBER - timedelta(dice.randint(0, 420)) if dice.random() < 0.6 else None
    if reached_on:
        at = datetime.combine(reached_on, time(11), LONDON)
        for moment, reached in ((at, True), (at + timedelta(1), False)):
            Attempt.objects.create(
                person=made.person, channel="call", asked="young_person", outcome="spoke", reached=reached,
                learned=False, tried_at=moment, recorded_at=moment,
            )  # fmt: skip
    school = dice.choice([*schools, None])
    if school:
        year_11 = {"starts_on": date(2019, 9, 1), "ends_on": date(2024, 7, 31)}
        make_activity(made.person, "110", establishment=school, **year_11)
    before = dice.choice(["210", "310", "810", ""])
    if before:
        make_activity(made.person, before, date(2024, 9, 1), ends_on=date(2025, 7, 31))
    return Known(
        made, home.name, gender, ethnicity, in_service, reached_on, before, school.name if school else ""
    )


@pytest.fixture
def officer(county):
    return make_user("tracking_officer", county.authority, name="Ola Officer")


def november() -> ReportingMonth:
    return ReportingMonth(NOVEMBER)
