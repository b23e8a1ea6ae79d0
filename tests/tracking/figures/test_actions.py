"""Freezing a month, freezing it again, signing it off."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from neet import clock
from neet.audit.models import AuditEvent
from tests.factories import confirm, make_activity, make_person, make_user
from tracking.figures.actions import Closed, Month, NotOver, close, digest_of, freeze, reopen
from tracking.figures.models import Freeze, FreezeChange, MonthRecord, MonthTally
from tracking.figures.replay import as_known_at
from tracking.models import Activity, YoungPerson
from tracking.register.actions.cohort import set_cohort_status
from tracking.register.statements import Standing

OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 30)


@pytest.fixture
def october(council):
    return Month(council.pk, OCTOBER)


@pytest.fixture
def people(council):
    """One at college, one NEET, one nobody knows anything of, one in Year 11."""
    student, seeker, lost, pupil = (make_person(council) for _ in range(4))
    make_activity(student, "410", date(2026, 1, 5), verified_on=date(2026, 9, 10))
    make_activity(seeker, "619", verified_on=date(2026, 9, 10))
    YoungPerson.objects.filter(pk=pupil.pk).update(date_of_birth=date(2011, 2, 1))
    return student, seeker, lost, pupil


def test_a_freeze_holds_who_counted_as_what(october, people):
    by = make_user()

    made = freeze(month=october, by=by)

    student, seeker, lost, _ = people
    rows = {row.person_id: row for row in MonthRecord.objects.filter(freeze=made)}
    assert [rows[each.pk].status for each in (student, seeker, lost)] == ["EET", "NEET", "NOT_KNOWN"]
    assert [rows[each.pk].is_measured for each in people] == [True, True, True, False]
    assert made.people == 4
    expected = {"people": 3, "cohort": 3, "neet": 1, "not_known": 1, "lapsed": 0, "participating": 1}
    assert expected.items() <= made.counts.items()
    event = AuditEvent.objects.get(kind="figures.month_frozen")
    assert (event.user_id, event.authority_id, event.counts["people"]) == (by.pk, october.authority_id, 4)


def test_the_sums_are_the_rows_counted(october, people):
    made = freeze(month=october, by=None)

    sums = MonthTally.objects.filter(freeze=made).values_list("people", "neet", "not_known")
    assert tuple(map(sum, zip(*sums, strict=True))) == (3, 1, 1)


def test_a_frozen_month_stands_still_while_people_work_on(october, people):
    made = freeze(month=october, by=None)

    seeker = people[1]
    Activity.objects.filter(person=seeker).update(ends_on=date(2026, 10, 4))
    make_activity(seeker, "310", date(2026, 10, 5), verified_on=date(2026, 10, 6))

    assert MonthRecord.objects.get(freeze=made, person=seeker).status == "NEET"
    assert digest_of(made) == made.digest


def test_freezing_again_takes_the_place_and_says_whom_it_counts_differently(october, people):
    first = freeze(month=october, by=None)
    _, _, lost, pupil = people
    make_activity(lost, "310", date(2026, 9, 1), verified_on=date(2026, 10, 6))
    YoungPerson.objects.filter(pk=pupil.pk).update(cohort_status="T", cohort_status_on=date(2026, 9, 1))

    second = freeze(month=october, by=None)

    first.refresh_from_db()
    assert first.replaced_at == second.frozen_at
    assert not MonthRecord.objects.filter(freeze=first).exists()
    changes = {each.person_id: each for each in second.changes.all()}
    assert set(changes) == {lost.pk, pupil.pk}
    assert (changes[lost.pk].was_status, changes[lost.pk].is_status) == ("NOT_KNOWN", "EET")
    assert (changes[pupil.pk].was_reason, changes[pupil.pk].is_reason) == ("year_11", "")
    assert Freeze.objects.filter(replaced_at__isnull=True).count() == 1


def test_freezing_again_without_a_change_gives_the_same_fingerprint(october, people):
    first = freeze(month=october, by=None)
    second = freeze(month=october, by=None)

    assert (second.digest, second.counts) == (first.digest, first.counts)
    assert not FreezeChange.objects.exists()


def test_a_signed_off_month_is_not_frozen_again_until_that_is_taken_back(october, people):
    by = make_user()
    made = close(freeze=freeze(month=october, by=by), by=by)
    close(freeze=made, by=by)

    with pytest.raises(Closed), transaction.atomic():
        freeze(month=october, by=by)
    reopen(freeze=made, by=by, why="The DfE refused the file")
    freeze(month=october, by=by)

    assert AuditEvent.objects.get(kind="figures.sign_off_taken_back").why == "The DfE refused the file"


def test_a_freeze_that_was_replaced_is_not_signed_off(october, people):
    by = make_user()
    first = freeze(month=october, by=by)
    freeze(month=october, by=by)

    with pytest.raises(Closed), transaction.atomic():
        close(freeze=first, by=by)


def test_a_month_that_goes_on_is_not_frozen(council):
    with pytest.raises(NotOver):
        freeze(month=Month(council.pk, date(2026, 12, 31)), by=None)


def test_an_erased_young_person_leaves_the_figures_as_they_were(october, people):
    made = freeze(month=october, by=None)

    MonthRecord.objects.filter(person=people[1]).update(person=None)

    assert MonthRecord.objects.filter(freeze=made, status="NEET", is_measured=True).count() == 1


def test_rows_of_each_month_lie_apart(council, people):
    for day in (OCTOBER, NOVEMBER):
        freeze(month=Month(council.pk, day), by=None)

    with connection.cursor() as cursor:
        cursor.execute(
            "select tableoid::regclass::text, count(*) from tracking_monthrecord group by 1 order by 1"
        )
        assert cursor.fetchall() == [("tracking_monthrecord_2026_10", 4), ("tracking_monthrecord_2026_11", 4)]


# --- the same again, from history ---------------------------------------------------------------------
def test_a_past_moment_counts_as_it_was_known_then(october, people):
    """Corrections, a lapse put right, somebody moved, a rule changed, a confirmation voided: the rows of the freeze's
    own moment come out to the letter."""
    first = freeze(month=october, by=None)
    _weeks_later(people)

    now_believed = freeze(month=october, by=None)
    as_known = freeze(month=october, by=None, moment=first.frozen_at)

    assert now_believed.digest != first.digest
    assert as_known.digest == first.digest
    assert set(now_believed.changes.values_list("person_id", flat=True)) == {each.pk for each in people[:3]}
    assert as_known.changes.count() == 3


def _weeks_later(people) -> None:
    student, seeker, lost, _ = people
    confirm(student.activities.get(), date(2026, 10, 20))
    Activity.objects.filter(person=seeker).update(code="310", version=2)
    make_activity(lost, "619", date(2026, 9, 1), verified_on=date(2026, 10, 6))
    officer = make_user("tracking_officer", student.authority)
    left = Standing(status="E", on=date(2026, 10, 12), to_la="")
    set_cohort_status(person=student, standing=left, version=student.version, by=officer)


def test_the_tables_of_today_are_back_after_a_look_into_the_past(october, people):
    with as_known_at(clock.now() - timedelta(days=3650), october.authority_id):
        assert not YoungPerson.objects.exists()

    assert YoungPerson.objects.count() == 4
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from tracking_situations('2026-10-31', null) where code <> ''")
        assert cursor.fetchone()[0] == 2


def test_a_look_into_the_past_that_fails_leaves_nothing_behind(october, people):
    with pytest.raises(ZeroDivisionError), as_known_at(clock.now(), october.authority_id):
        _ = 1 / 0

    assert YoungPerson.objects.count() == 4
