"""The statement that says how everybody counts, held against the plain rules."""

from datetime import date
from random import Random

import pytest
from django.db import connection

from schools.models import Authority
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
)
from tests.tracking.figures.invented import DAYS, Invented, somebody
from tracking.figures.queries.records import COLUMNS, Asked, select
from tracking.models import Activity, Characteristic, Guarantee
from tracking.reference.queries import ruleset
from tracking.rules.codes import Status
from tracking.rules.cohort import CohortFacts, Reason, place_of

OCTOBER = date(2026, 10, 31)


def records_on(council: Authority, day: date, *, today: bool = False) -> dict[int, dict]:
    asked = Asked(council.pk, day, day, ruleset(day))
    with connection.cursor() as cursor:
        cursor.execute(select(today=today), asked.parameters)
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]
    return {row["person_id"]: row for row in rows}


def test_the_statement_and_the_plain_rules_agree_on_everybody(council):
    dice = Random("cohort")
    everybody = [somebody(council, dice) for _ in range(250)]
    seen = set()

    for day in DAYS:
        found = records_on(council, day)
        for each in everybody:
            seen.add(_agrees(each, found.get(each.person.pk), day))

    assert seen >= set(Reason) - {Reason.NOT_YET_HERE, Reason.TOO_YOUNG}


def _agrees(each: Invented, row: dict | None, day: date) -> Reason:
    place = each.place(day)
    if row is None:
        gone = place.reason not in {Reason.NO_PLAN, Reason.TOO_OLD, Reason.NO_BIRTH_DATE, Reason.NO_STATUS}
        left_before = each.facts.since is None or each.facts.since < day.replace(day=1)
        school_age = place.reason in {Reason.NOT_YET_HERE, Reason.TOO_YOUNG}
        young = (
            each.facts.born_on
            and place_of(CohortFacts(each.facts.born_on, "P"), ruleset(day), day).reason is Reason.TOO_YOUNG
        )
        assert not place.is_inside
        assert school_age or young or (gone and left_before), (place, each.facts, day)
        return place.reason
    assert (row["reason"], row["is_measured"]) == (place.reason, place.is_measured), (each, day)
    assert (row["status"], row["participates"]) == (each.status(day), each.participates(day)), (each, day)
    return place.reason


def test_what_stands_today_counts_as_the_day_worked_out(council):
    """The month in progress is counted on the situations the database keeps; they say what the statement says."""
    dice, day = Random("today"), date(2026, 12, 10)
    for _ in range(80):
        somebody(council, dice)

    assert records_on(council, day, today=True) == records_on(council, day)


def test_a_lapsed_activity_counts_as_not_known_and_says_so(council):
    person = make_person(council)
    make_activity(person, "410", date(2026, 1, 5), verified_on=date(2026, 4, 1))

    september, october = (records_on(council, day)[person.pk] for day in (date(2026, 9, 30), OCTOBER))

    assert (september["status"], september["has_lapsed"], september["participates"]) == (
        Status.EET,
        False,
        True,
    )
    assert (october["status"], october["has_lapsed"], october["participates"]) == (
        Status.NOT_KNOWN,
        True,
        False,
    )


def test_a_february_call_never_leaks_into_january(council):
    person = make_person(council)
    activity = make_activity(person, "410", date(2026, 1, 5), verified_on=date(2026, 4, 1))
    confirm(activity, date(2026, 11, 2))

    assert records_on(council, OCTOBER)[person.pk]["status"] == Status.NOT_KNOWN


def test_a_row_knows_where_they_live_go_and_whose_they_are_on_that_day(council):
    north, south = make_district(council), make_district(council)
    school, college, team = make_school(), make_school(), make_service(council)
    person = make_person(council, ethnicity="WBRI", gender="M")
    make_residence(person, district=north, ends_on=date(2026, 10, 31))
    make_residence(person, district=south, starts_on=date(2026, 11, 1))
    make_activity(person, "210", date(2025, 9, 1), establishment=school, ends_on=date(2026, 7, 20))
    make_activity(person, "619", date(2026, 7, 21), verified_on=date(2026, 9, 3), ends_on=date(2026, 11, 8))
    make_activity(person, "230", date(2026, 11, 9), establishment=college)
    make_responsible(person, service=team, kind="support", starts_on=date(2026, 9, 1))
    make_characteristic(person, "110")
    make_characteristic(person, Characteristic.SEN_SUPPORT)

    row = records_on(council, OCTOBER)[person.pk]

    assert (row["district_id"], row["establishment_id"], row["service_id"]) == (north.pk, school.pk, team.pk)
    assert (row["status"], row["neet_since_on"]) == (Status.NEET, date(2026, 7, 21))
    assert (row["need"], row["is_vulnerable"], row["characteristics"]) == ("SENS", True, ["110"])
    assert (row["gender"], row["ethnicity"]) == ("M", "WBRI")
    assert records_on(council, date(2026, 11, 30))[person.pk]["district_id"] == south.pk


@pytest.mark.parametrize(
    ("born_on", "day", "guarantee"),
    [
        (date(2010, 3, 1), date(2026, 5, 31), "110"),  # Year 11 in May: the offer of this summer
        (date(2010, 3, 1), date(2026, 10, 31), "110"),  # in Year 12 by then, and still that offer
        (date(2010, 3, 1), date(2027, 5, 31), ""),  # the next one, of which nothing is recorded
        (date(2011, 3, 1), date(2026, 10, 31), None),  # Year 11 in October: not yet owed one
    ],
)
def test_the_guarantee_of_the_month(council, born_on, day, guarantee):
    person = make_person(council, date_of_birth=born_on, has_guarantee=True)
    Guarantee.objects.create(person=person, year_group=11, status="110")

    assert records_on(council, day)[person.pk]["guarantee"] == guarantee


def test_those_outside_the_guarantee_have_none(council):
    person = make_person(council, date_of_birth=date(2010, 3, 1))

    assert records_on(council, OCTOBER)[person.pk]["guarantee"] is None


def test_who_left_before_the_month_and_years_9_and_10_have_no_row(council):
    make_person(council, cohort_status="T", cohort_status_on=date(2026, 9, 30))
    make_person(council, date_of_birth=date(2011, 9, 1))
    left = make_person(council, cohort_status="T", cohort_status_on=date(2026, 10, 1))

    found = records_on(council, OCTOBER)

    assert set(found) == {left.pk}
    assert found[left.pk]["reason"] == Reason.MOVED_COUNCIL


def test_nobody_of_another_council_is_counted(council):
    make_person(make_authority())

    assert records_on(council, OCTOBER) == {}


def test_custody_is_measured_and_stands_as_excluded(council):
    person = make_person(council)
    make_activity(person, "710", date(2026, 9, 1), review_on=date(2026, 12, 1), verified_on=date(2026, 9, 1))

    row = records_on(council, OCTOBER)[person.pk]

    assert (row["is_measured"], row["status"]) == (True, Status.EXCLUDED)
    assert Activity.objects.get().code == row["code"]
