"""How soon and how often somebody is spoken to, and who should have been by now (R78, R79, R80)."""

from datetime import date, datetime, timedelta

import pytest

from caseload.allocation.models import Case, MonthRun
from caseload.chase.models import Attempt
from caseload.chase.queries.protocol import breaches, late_counts
from caseload.chase.rules.protocol import Clock, due
from caseload.reviews.models import Review
from neet.clock import LONDON
from neet.ui.listing import Listing
from tests.caseload.chase.conftest import TODAY
from tests.factories import (
    SEEKING,
    make_activity,
    make_characteristic,
    make_collection,
    make_expected,
    make_person,
    make_residence,
    make_responsible,
    make_service,
)
from tracking.rules.codes import Status
from tracking.rules.ruleset import RuleSet

RULES = RuleSet.from_csv(TODAY).protocol("")
SINCE = date(2026, 11, 2)
JOB, COURSE = "330", "530"


def clock(status=Status.NEET, code=SEEKING, since=SINCE, spoken_on=None, **more):
    return Clock(status, code, since, spoken_on, **more)


@pytest.mark.parametrize(
    ("told", "on", "is_first"),
    [
        (clock(need="1"), SINCE + timedelta(days=3), True),
        (clock(vulnerable=True), SINCE + timedelta(days=5), True),
        (clock(need="1", vulnerable=True), SINCE + timedelta(days=3), True),
        (clock(need="2"), SINCE + timedelta(days=7), True),
        (clock(need="3"), SINCE + timedelta(days=10), True),
        (clock(), SINCE + timedelta(days=10), True),
        (clock(spoken_on=SINCE - timedelta(days=1)), SINCE + timedelta(days=10), True),
        (clock(spoken_on=SINCE), SINCE + timedelta(days=28), False),
        (clock(spoken_on=date(2026, 11, 20), need="1"), date(2026, 11, 27), False),
        (clock(Status.NOT_KNOWN, ""), SINCE + timedelta(days=28), True),
        (clock(Status.NOT_KNOWN, "", vulnerable=True), SINCE + timedelta(days=14), True),
    ],
)
def test_the_clock_runs_from_becoming_neet_or_not_known(told, on, is_first):
    found = due(told, RULES)

    assert (found.on, found.is_first) == (on, is_first)


def test_a_job_without_training_is_asked_after_and_other_learning_is_not():
    assert due(clock(Status.EET, JOB), RULES).on == SINCE + timedelta(days=56)
    assert due(clock(Status.EET, "230"), RULES) is None


@pytest.mark.parametrize(
    ("spoken_on", "on"),
    [
        (None, date(2026, 12, 10)),  # three weeks before its end comes before six weeks from its start
        (date(2026, 12, 9), date(2026, 12, 10)),
        (date(2026, 12, 10), date(2026, 12, 10) + timedelta(days=42)),
    ],
)
def test_a_short_course_is_asked_after_three_weeks_before_its_end(spoken_on, on):
    told = clock(Status.EET, COURSE, date(2026, 11, 20), spoken_on, ends_on=date(2026, 12, 31))

    assert due(told, RULES).on == on


def test_nobody_knows_since_when_so_no_clock_runs():
    assert due(clock(since=None), RULES) is None


# -- who should have been spoken to


def neet(town, since, **named):
    person = make_person(town.authority, **named)
    make_activity(person, SEEKING, since)
    make_residence(person, district=town.district)
    return person


def tried(person, on, outcome="no_answer", *, reached=False):
    at = datetime(on.year, on.month, on.day, 12, tzinfo=LONDON)
    return Attempt.objects.create(
        person=person, channel="telephone", asked="young_person", outcome=outcome, reached=reached, learned=False,
        tried_at=at,
    )  # fmt: skip


def late(town, user=None):
    return breaches(user or town.officer, TODAY, Listing({}, ""))[1]


def test_who_was_not_spoken_to_in_time_is_listed_the_longest_first(town):
    long, short = neet(town, date(2026, 9, 1)), neet(town, date(2026, 11, 1))
    make_responsible(long, user=town.officer, kind="tracking")
    tried(long, date(2026, 9, 20))
    neet(town, date(2026, 11, 13))  # due today: not late yet

    first, second = late(town)

    assert (first.person_id, first.due_on, first.days_late) == (long.pk, date(2026, 9, 11), 73)
    assert (first.is_first, first.tries, first.worker, first.district) == (
        True,
        1,
        "Tess Tracker",
        "Ambleford",
    )
    assert (second.person_id, second.days_late, second.status) == (short.pk, 12, "NEET")


@pytest.mark.parametrize("way", ["call", "review", "own word"])
def test_a_contact_stops_the_clock_however_it_was_had(town, way):
    person = neet(town, date(2026, 10, 1))
    assert len(late(town)) == 1

    if way == "call":
        tried(person, date(2026, 11, 10), "passed_on", reached=True)
    elif way == "review":
        run = MonthRun.objects.create(authority=town.authority, month=date(2026, 11, 30))
        case = Case.objects.create(
            run=run, person=person, state="allocated", offer="caseload", service=make_service(town.authority)
        )
        Review.objects.create(case=case, outcome="working", reviewed_on=date(2026, 11, 10))
    else:
        person.activities.get().confirmations.create(verified_on=date(2026, 11, 10), source="parent")

    assert late(town) == ()


def test_a_review_without_contact_does_not_stop_the_clock(town):
    person = neet(town, date(2026, 10, 1))
    run = MonthRun.objects.create(authority=town.authority, month=date(2026, 11, 30))
    case = Case.objects.create(
        run=run, person=person, state="allocated", offer="caseload", service=make_service(town.authority)
    )
    Review.objects.create(case=case, outcome="no_contact", reviewed_on=date(2026, 11, 10))

    assert [each.person_id for each in late(town)] == [person.pk]


def test_who_waits_for_a_return_is_not_late(town):
    person = make_person(town.authority)
    make_activity(person, "230", date(2024, 9, 1), verified_on=date(2025, 9, 5), establishment=town.college)
    assert [each.person_id for each in late(town)] == [person.pk]

    make_expected(town.college, make_collection(town.authority, due_on=date(2026, 11, 27)))
    assert late(town) == ()


def test_the_late_are_counted_by_worker_and_district(town):
    mine, nobodys = neet(town, date(2026, 9, 1)), neet(town, date(2026, 9, 1))
    make_responsible(mine, user=town.officer, kind="tracking")
    make_characteristic(nobodys)

    found = late_counts(town.officer, TODAY)

    assert (found.people, found.first) == (2, 2)
    assert found.by_worker == {"Tess Tracker": 1, "": 1}
    assert found.by_district == {"Ambleford": 2}
