"""Reading a past day twice: exact as known then, as believed now, and nobody else's difference."""

from datetime import date, timedelta

import pytest
from django.db import connection

from neet import clock
from neet.audit.models import AuditEvent
from neet.jobs import actions as jobs
from neet.jobs.models import Job
from tests.factories import make_activity, make_authority, make_person, make_user
from tracking.figures.models import MonthRecord
from tracking.reference.models import ReferenceRow
from tracking.replays.actions import CannotRead, PastDay, ask_for, end_of, replay
from tracking.replays.models import Replay

OCTOBER = date(2026, 10, 31)


def as_frozen(frozen) -> PastDay:
    return PastDay(frozen.authority_id, OCTOBER, frozen.frozen_at, frozen.pk)


def test_what_was_heard_later_shows_now_and_not_then(october):
    made = replay(past=as_frozen(october["frozen"]), by=None)

    assert (made.then["cohort"], made.then["neet"], made.then["not_known"]) == (3, 1, 1)
    assert (made.now["cohort"], made.now["neet"], made.now["not_known"]) == (3, 0, 0)
    assert made.agrees is True
    found = {each.person_id: (each.was_status, each.is_status) for each in made.changes.all()}
    assert found == {
        october["seeker"].pk: ("NEET", "EET"),
        october["lost"].pk: ("NOT_KNOWN", "EET"),
    }
    assert made.different == 2
    assert AuditEvent.objects.get(kind="replays.past_day_read_again").counts["different"] == 2


def test_rows_that_do_not_come_out_again_are_said_so(october):
    frozen = october["frozen"]
    MonthRecord.objects.filter(freeze=frozen, person=october["student"]).update(code="210")

    assert replay(past=as_frozen(frozen), by=None).agrees is False


def test_before_anything_was_kept_is_refused_with_the_first_day(october):
    long_ago = clock.now() - timedelta(days=400)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tracking_referencerow_history SET recorded_at = neet_instant()")

    with pytest.raises(CannotRead, match="kept from 10 December 2026"):
        replay(past=PastDay(october["frozen"].authority_id, OCTOBER, long_ago), by=None)


def test_the_same_moment_twice_gives_the_same(october):
    first, again = (replay(past=as_frozen(october["frozen"]), by=None) for _ in range(2))

    assert (first.then, first.now, first.different) == (again.then, again.now, again.different)


def test_a_rule_changed_since_counts_as_it_was_then(october):
    """The dated rules have a history like everything else: a code that counts otherwise now counted as it did."""
    row = ReferenceRow.objects.get(table="activity_codes", key="619", valid_to=None)
    ReferenceRow.objects.filter(pk=row.pk).update(values={**row.values, "status": "EET"})

    made = replay(past=as_frozen(october["frozen"]), by=None)

    assert made.then["neet"] == 1
    assert made.agrees is True


def test_other_councils_stay_out_of_it(october):
    elsewhere = make_authority(code="887")
    make_activity(make_person(elsewhere), "619", date(2026, 9, 1), verified_on=date(2026, 9, 10))

    made = replay(past=as_frozen(october["frozen"]), by=None)

    assert made.now["cohort"] == 3


@pytest.mark.parametrize(("days", "hours"), [(1, 0), (0, 1)])
def test_the_future_is_refused(council, days, hours):
    past = PastDay(council.pk, clock.today() + timedelta(days=days), clock.now() + timedelta(hours=hours))

    with pytest.raises(CannotRead):
        replay(past=past, by=None)


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 10, 25), "2026-10-26T00:00:00+00:00"),  # the night the clocks go back
        (date(2026, 3, 28), "2026-03-29T00:00:00+00:00"),
        (date(2026, 3, 29), "2026-03-29T23:00:00+00:00"),
    ],
)
def test_a_day_ends_at_midnight_in_london_or_now(day, moment):
    assert abs(end_of(day) - clock.datetime.fromisoformat(moment)) < timedelta(minutes=5)


def test_a_day_that_goes_on_ends_now(council):
    assert abs(end_of(clock.today()) - clock.now()) < timedelta(seconds=5)


def test_one_reading_at_a_time_and_the_work_does_it(october):
    officer = make_user("manager", october["frozen"].authority)
    past = as_frozen(october["frozen"])

    job = ask_for(past=past, by=officer)
    assert ask_for(past=past, by=officer) is None
    jobs.run(job_id=job.pk)

    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.error
    assert Replay.objects.get(pk=job.counts["replay"]).different == 2
