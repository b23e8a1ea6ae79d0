"""A council with young people of all sorts, an officer, and a change to many taken as far as a test wants it."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection

from neet import clock
from neet.accounts.models import User
from neet.jobs import actions as jobs
from tests.factories import (
    APPRENTICE,
    CANNOT_BE_FOUND,
    COLLEGE,
    IN_YEAR_11,
    SEEKING,
    make_activity,
    make_authority,
    make_characteristic,
    make_person,
    make_service,
    make_task,
    make_user,
)
from tracking.bulk import actions
from tracking.bulk.models import BulkChange
from tracking.register.models import YoungPerson

TODAY = date(2026, 11, 20)
BORN = (date(2009, 3, 14), date(2008, 10, 2), date(2010, 12, 24), date(2011, 5, 1))


@pytest.fixture(autouse=True)
def today(db, monkeypatch):
    """A clock that stands still for Python and the database alike."""
    monkeypatch.setenv("DJANGO_NOW", f"{TODAY}T10:00")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('neet.clock_offset', (%s - now())::text, true)", [clock.now()])


class Council:
    """One council and its officer; `crowd()` are people of whom the most different things are recorded."""

    def __init__(self) -> None:
        self.authority = make_authority(name="Amble Council")
        self.officer = make_user("tracking_officer", self.authority, name="Pat Officer")
        self.service = make_service(self.authority, name="Youth service")

    def person(self, code: str = COLLEGE, **fields: Any) -> YoungPerson:
        person = make_person(self.authority, **fields)
        make_activity(person, code, date(2026, 9, 1), verified_on=date(2026, 9, 10))
        return person

    def crowd(self, number: int = 24) -> list[YoungPerson]:
        dice = Random(7)
        return [self.somebody(dice) for _ in range(number)]

    def somebody(self, dice: Random) -> YoungPerson:
        """Up to three activities after each other, some to come; now and then a plan, a task, a lead worker."""
        person = make_person(self.authority, date_of_birth=dice.choice(BORN))
        day = date(2026, 6, 1)
        for _ in range(dice.randrange(4)):
            starts_on = day + timedelta(days=dice.randrange(1, 50))
            day = starts_on + timedelta(days=dice.randrange(5, 80))
            code = dice.choice([COLLEGE, APPRENTICE, SEEKING, CANNOT_BE_FOUND, IN_YEAR_11])
            known = {"verified_on": min(starts_on, TODAY)} if dice.random() < 0.6 else {}
            make_activity(person, code, starts_on, ends_on=day if dice.random() < 0.7 else None, **known)
            if person.activities.filter(ends_on=None).exists():
                break
        if dice.random() < 0.3:
            make_characteristic(person)
        if dice.random() < 0.3:
            person.responsibilities.create(service=self.service, starts_on=date(2026, 1, 5))
        make_task(person, kind="left", cause="intake:1")
        return person

    def chosen(self, people: Sequence[YoungPerson], by: User | None = None) -> BulkChange:
        found = YoungPerson.objects.filter(pk__in=[each.pk for each in people])
        return actions.choose(
            people=found, authority=self.authority, words="Ticked in a list", by=by or self.officer
        )

    def asked(
        self, people: Sequence[YoungPerson], act: str, said: dict[str, Any], by: User | None = None
    ) -> BulkChange:
        """Described to its last question, as the officer leaves it before the button."""
        by = by or self.officer
        change = self.chosen(people, by)
        actions.decide_on(change=change, act=act, by=by)
        return actions.answer(change=change, said=said, by=by)

    def done(self, people: Sequence[YoungPerson], act: str, said: dict[str, Any]) -> BulkChange:
        """Made, by the job that makes it."""
        change = self.asked(people, act, said)
        return self.run(actions.ask_for(change=change, typed=len(people), by=self.officer), change)

    def back(self, change: BulkChange) -> BulkChange:
        return self.run(actions.ask_back(change=change, by=self.officer), change)

    @staticmethod
    def run(job: Any, change: BulkChange) -> BulkChange:
        jobs.run(job_id=job.pk)
        return BulkChange.objects.select_related("job").get(pk=change.pk)


@pytest.fixture
def council() -> Council:
    return Council()
