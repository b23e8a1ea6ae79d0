"""Taking one act back in the database: whole where its word is the last one, not at all where somebody wrote since."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import connection

from neet.audit.actions import recorded
from neet.audit.models import AuditEvent
from tests.factories import (
    CANNOT_BE_FOUND,
    COLLEGE,
    SIXTH_FORM,
    confirm,
    make_activity,
    make_authority,
    make_characteristic,
    make_contact,
    make_note,
    make_person,
    make_residence,
    seed_reference,
)
from tracking.register.actions.activities import take_away
from tracking.register.kinds import Kind
from tracking.register.models import Activity, Residence, YoungPerson
from tracking.state.queries import digests

pytestmark = pytest.mark.django_db
SEPTEMBER, AUGUST = date(2026, 9, 7), date(2026, 8, 31)


@pytest.fixture
def person() -> YoungPerson:
    seed_reference()
    return make_person(make_authority())


@contextmanager
def act() -> Iterator[AuditEvent]:
    with recorded(Kind.DETAILS_CHANGED, by=None) as event:
        yield event


def taken_back(event: AuditEvent) -> dict[str, Any]:
    """What going back did, by table; what stays under its ids."""
    with act(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM tracking_undo(%s)", [event.pk])
        return {table: (back, gone, left) for table, back, gone, left in cursor.fetchall()}


def moved_on(person: YoungPerson) -> AuditEvent:
    """An act: the sixth form ends, college begins and is confirmed."""
    with act() as event:
        person.activities.filter(ends_on=None).update(ends_on=date(2026, 9, 6))
        make_activity(person, COLLEGE, SEPTEMBER, verified_on=SEPTEMBER)
    return event


def test_all_of_an_act_goes_back(person: YoungPerson) -> None:
    make_activity(person, SIXTH_FORM, date(2025, 9, 1), verified_on=date(2026, 1, 9))
    before = digests()

    done = taken_back(moved_on(person))

    assert digests() == before
    assert done["tracking_activity"] == (1, 1, [])
    assert person.situation.code == SIXTH_FORM


def test_what_the_act_removed_returns_with_its_number(person: YoungPerson) -> None:
    gap = make_activity(person, CANNOT_BE_FOUND, SEPTEMBER, verified_on=SEPTEMBER)
    before = digests()
    with act() as event:
        take_away([gap.pk])
        make_activity(person, COLLEGE, SEPTEMBER)

    taken_back(event)

    assert digests() == before
    assert Activity.objects.get().pk == gap.pk


def test_what_hangs_together_stays_where_one_of_it_was_written_since(person: YoungPerson) -> None:
    make_activity(person, SIXTH_FORM, date(2025, 9, 1))
    event = moved_on(person)
    with act():
        person.activities.filter(code=COLLEGE).update(course="Bricklaying")
    before = digests()

    done = taken_back(event)

    assert digests() == before
    assert len(done["tracking_activity"][2]) == 2
    assert done["tracking_confirmation"][0] == 0


def test_what_hangs_together_stays_where_another_was_added_since(person: YoungPerson) -> None:
    with act() as event:
        make_residence(person, ends_on=AUGUST)
    with act():
        make_residence(person, starts_on=SEPTEMBER)

    done = taken_back(event)

    assert Residence.objects.count() == 2
    assert len(done["tracking_residence"][2]) == 1


def test_what_somebody_confirmed_since_stays(person: YoungPerson) -> None:
    make_activity(person, SIXTH_FORM, date(2025, 9, 1))
    event = moved_on(person)
    with act():
        confirm(person.activities.get(code=COLLEGE), date(2026, 10, 1), source="young_person")

    taken_back(event)

    assert person.activities.get(ends_on=None).code == COLLEGE
    assert person.activities.get(ends_on=None).confirmations.count() == 2


def test_one_written_since_does_not_hold_another_kind_back(person: YoungPerson) -> None:
    make_activity(person, SIXTH_FORM, date(2025, 9, 1))
    event = moved_on(person)
    with act():
        make_contact(person)

    taken_back(event)

    assert person.activities.get().code == SIXTH_FORM
    assert person.contact_points.count() == 1


def test_two_acts_go_back_one_after_the_other(person: YoungPerson) -> None:
    make_activity(person, SIXTH_FORM, date(2025, 9, 1))
    before = digests()
    first = moved_on(person)
    between = digests()
    with act() as second:
        person.activities.filter(code=COLLEGE).update(course="Joinery")

    taken_back(second)
    assert digests() == between
    taken_back(first)

    assert digests() == before


def test_an_older_act_stays_under_a_newer_one(person: YoungPerson) -> None:
    make_activity(person, SIXTH_FORM, date(2025, 9, 1))
    first = moved_on(person)
    with act():
        person.activities.filter(code=COLLEGE).update(course="Joinery")
    before = digests()

    taken_back(first)

    assert digests() == before


def added() -> tuple[YoungPerson, AuditEvent]:
    """An act: somebody new with all that is known of them."""
    with act() as event:
        newcomer = make_person(make_authority(), family_name="Newcomer")
        make_residence(newcomer)
        make_contact(newcomer)
        make_characteristic(newcomer)
        make_activity(newcomer, COLLEGE, SEPTEMBER, verified_on=SEPTEMBER)
    return newcomer, event


def test_somebody_added_goes_with_everything() -> None:
    seed_reference()
    newcomer, event = added()

    done = taken_back(event)

    assert not YoungPerson.objects.filter(pk=newcomer.pk).exists()
    assert not Activity.objects.exists()
    assert {table: left for table, (_, _, left) in done.items() if left} == {}


@pytest.mark.parametrize(
    "since", [make_note, make_contact, lambda person: person.residences.update(town="Wick")]
)
def test_somebody_added_stays_whole_where_anything_was_written_since(since: Any) -> None:
    seed_reference()
    newcomer, event = added()
    with act():
        since(newcomer)
    before = digests()

    done = taken_back(event)

    assert digests() == before
    assert done["tracking_youngperson"][2] == [newcomer.pk]
