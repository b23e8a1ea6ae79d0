"""Rows of today that are kept between readings: whatever happens, they are what counting everybody anew gives."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction

from schools.models import Authority
from tests.clocks import database_goes_by_ours
from tests.factories import (
    confirm,
    make_activity,
    make_authority,
    make_characteristic,
    make_district,
    make_person,
    make_residence,
    make_responsible,
    make_school,
    make_service,
    make_user,
)
from tests.tracking.figures.invented import somebody
from tracking.figures import standing
from tracking.figures.queries.records import COLUMNS, select
from tracking.figures.queries.scorecard import asked_today, scorecard
from tracking.figures.queries.tallies import Chosen
from tracking.figures.standing import bring_up_to_date
from tracking.figures.tasks import day_began
from tracking.models import Activity, Characteristic, Guarantee, ReferenceRow, Residence, YoungPerson
from tracking.register.actions.cohort import set_cohort_status
from tracking.register.actions.nightly import sweep
from tracking.register.statements import Standing

TODAY = date(2026, 12, 10)
PATIENCE = 120


def rows(statement: str, asked: dict[str, Any]) -> set[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"select ({', '.join(COLUMNS)})::text from ({statement}) r ({', '.join(COLUMNS)})", asked
        )
        return set(cursor.fetchall())


def kept(council: Authority) -> set[tuple]:
    columns = ", ".join(COLUMNS)
    return rows(f"select {columns} from tracking_nowrecord where authority_id = %(a)s", {"a": council.pk})


def anew(council: Authority, on: date = TODAY) -> set[tuple]:
    return rows(select(today=True), asked_today(council.pk, on).parameters)


def brought_up(council: Authority, on: date = TODAY) -> int:
    """How many were counted anew; afterwards the kept rows are those of everybody counted anew."""
    counted = bring_up_to_date(asked_today(council.pk, on))
    assert kept(council) == anew(council, on)
    return counted


@pytest.fixture
def people(council: Authority) -> list[YoungPerson]:
    dice = Random("kept")
    return [somebody(council, dice).person for _ in range(60)]


def test_the_first_reading_of_a_day_counts_everybody_and_the_next_nobody(council, people, monkeypatch):
    assert brought_up(council) > 5
    assert brought_up(council) == 0

    monkeypatch.setenv("DJANGO_NOW", "2026-12-11 10:00")
    assert brought_up(council, date(2026, 12, 11)) > 5


ACTS: dict[str, Callable[[YoungPerson], object]] = {
    "begins something": lambda person: make_activity(person, "619", TODAY, verified_on=TODAY),
    "begins at a school": lambda person: make_activity(person, "210", TODAY, establishment=make_school()),
    "moves home": lambda person: make_residence(
        person, district=make_district(person.authority), starts_on=TODAY
    ),
    "has a plan": lambda person: make_characteristic(person, Characteristic.EHCP),
    "has a worker": lambda person: make_responsible(
        person, service=make_service(person.authority), starts_on=TODAY
    ),
    "has an offer": lambda person: Guarantee.objects.create(person=person, year_group=11, status="110"),
    "leaves": lambda person: set_cohort_status(
        person=person, standing=Standing("E", TODAY, ""), version=1,
        by=make_user("tracking_officer", person.authority),
    ),
    "is someone else's by birth": lambda person: YoungPerson.objects.filter(pk=person.pk).update(
        date_of_birth=date(2009, 8, 31)
    ),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_whatever_happens_to_somebody_counts_them_alone_anew(council, people, act):
    person = make_person(council, date_of_birth=date(2009, 9, 1))
    brought_up(council)

    ACTS[act](person)

    assert brought_up(council) == 1
    assert brought_up(council) == 0


def test_what_is_put_right_confirmed_voided_or_removed_counts(council, people):
    person = make_person(council)
    activity = make_activity(person, "410", date(2026, 1, 5), verified_on=date(2026, 4, 1))
    home = make_residence(person, district=make_district(council))
    brought_up(council)

    confirm(activity, date(2026, 12, 1))
    assert brought_up(council) == 1
    Activity.objects.filter(pk=activity.pk).update(code="619")
    assert brought_up(council) == 1
    Residence.objects.filter(pk=home.pk).delete()
    assert brought_up(council) == 1
    sweep(day=TODAY)
    brought_up(council)


def test_a_move_to_another_council_counts_in_both(council, people):
    person, other = make_person(council), make_authority(code="887")
    brought_up(council)
    brought_up(other)

    YoungPerson.objects.filter(pk=person.pk).update(authority=other)

    assert (brought_up(council), brought_up(other)) == (1, 1)
    assert len(kept(other)) == 1


def test_many_at_once_are_everybody(council, people, monkeypatch):
    brought_up(council)
    monkeypatch.setattr(standing, "MANY", 3)

    YoungPerson.objects.filter(pk__in=[each.pk for each in people]).update(gender="F")

    assert brought_up(council) >= 0
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from tracking_stirred")
        assert cursor.fetchone()[0] == 0


def test_a_change_of_the_rules_counts_everybody_anew(council, people):
    brought_up(council)
    row = ReferenceRow.objects.get(table="activity_codes", key="619", valid_to=None)
    row.values = {**row.values, "status": "EET"}
    row.save()

    assert brought_up(council) > 5


def test_rows_that_were_thrown_away_are_made_again(council, people):
    brought_up(council)
    with connection.cursor() as cursor:
        cursor.execute("truncate tracking_nowrecord, tracking_nowcount, tracking_stirred")

    assert brought_up(council) > 5


def test_the_application_may_do_all_of_it(council, people, as_app):
    bring_up_to_date(asked_today(council.pk, TODAY))
    YoungPerson.objects.filter(pk=people[0].pk).update(gender="F")

    assert brought_up(council) == 1


def test_the_turn_of_the_day_leaves_nothing_to_the_first_reader(council, people):
    day_began(day=TODAY)

    assert brought_up(council) == 0


def test_a_day_made_up_for_later_counts_nobody(council, people):
    day_began(day=date(2026, 12, 9))

    assert brought_up(council) > 5


@pytest.mark.django_db(transaction=True)
def test_what_is_not_committed_yet_counts_for_the_next_reader(council):
    """Somebody writes while another reads: the reader does not wait and counts without it, the next one with it."""
    person = make_person(council)
    brought_up(council)

    def neet_now() -> tuple[float, float]:
        try:
            database_goes_by_ours()
            counts = scorecard(council.pk, None, Chosen()).counts
            return counts.neet, counts.not_known
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as reader:
        with transaction.atomic():
            make_activity(person, "619", TODAY, verified_on=TODAY)
            assert reader.submit(neet_now).result(timeout=PATIENCE) == (0, 1)
        assert reader.submit(neet_now).result(timeout=PATIENCE) == (1, 0)
