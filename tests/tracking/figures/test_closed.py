"""A month that is signed off stands by the database itself, whoever asks."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories import make_activity, make_person, make_user
from tracking.figures.actions import Month, close, freeze, reopen
from tracking.figures.models import Freeze, MonthRecord, MonthTally

OCTOBER = date(2026, 10, 31)
PART = "tracking_monthrecord_2026_10"

NEW_RECORD = """
    insert into tracking_monthrecord (authority_id, month, reason, is_measured, code, status, has_lapsed, participates,
      need, is_vulnerable, gender, ethnicity, freeze_id)
    select authority_id, month, 'left', false, '', 'NEET', false, false, '', false, '', '', freeze_id
    from tracking_monthrecord limit 1
"""
NEW_TALLY = """
    insert into tracking_monthtally (authority_id, month, need, is_vulnerable, gender, people, cohort, neet, not_known,
      lapsed, participating, owed, offered, freeze_id)
    select authority_id, month, '', false, '', 1, 1, 1, 0, 0, 0, 0, 0, freeze_id from tracking_monthtally limit 1
"""
REFUSED = [
    "update tracking_monthrecord set status = 'EET'",
    "update tracking_monthrecord set month = '2026-10-30'",
    "update tracking_monthrecord set ward_code = 'E05000009'",
    "update tracking_freeze set has_wards = true",
    "update tracking_monthrecord set person_id = 12",
    "delete from tracking_monthrecord",
    NEW_RECORD,
    "update tracking_monthtally set neet = 0",
    "delete from tracking_monthtally",
    NEW_TALLY,
    "update tracking_freeze set counts = '{}'",
    "update tracking_freeze set frozen_at = now()",
    "update tracking_freeze set closed_at = now()",
    "update tracking_freeze set closed_at = null",
    "delete from tracking_freeze",
]
OF_ROLES = {
    "the application": "set local role neet_app",
    "the application, the guard lifted": "set local role neet_app; set local neet.guard = 'lifted'",
    "the owner": "select 1",
}


@pytest.fixture
def closed(council):
    """October with somebody NEET, signed off."""
    make_activity(make_person(council), "619", date(2026, 9, 7), verified_on=date(2026, 10, 5))
    by = make_user()
    return close(freeze=freeze(month=Month(council.pk, OCTOBER), by=by), by=by)


def refused(statement: str, before: str) -> str:
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(before)
        cursor.execute(statement)
    return str(refusal.value)


@pytest.mark.parametrize("role", OF_ROLES)
@pytest.mark.parametrize("statement", REFUSED)
def test_nothing_of_a_closed_month_is_written(closed, statement, role):
    said = refused(statement, OF_ROLES[role])

    assert "signed off" in said or "permission denied" in said, said
    assert MonthRecord.objects.filter(status="NEET", freeze=closed).count() == 1


@pytest.mark.parametrize("act", ["select count(*) from", "delete from", "update {} set status = 'EET' --"])
def test_the_application_reaches_no_month_behind_the_table(closed, act):
    statement = act.format(PART) if "{}" in act else f"{act} {PART}"

    assert "permission denied" in refused(statement, "set local role neet_app")


def test_the_owner_is_refused_behind_the_table_too(closed):
    assert "signed off" in refused(f"delete from {PART}", "select 1")


def test_before_the_sign_off_the_application_may_freeze_again_but_not_rewrite(council, as_app_later):
    make_activity(make_person(council), "619", date(2026, 9, 7), verified_on=date(2026, 10, 5))
    freeze(month=Month(council.pk, OCTOBER), by=None)
    as_app_later()

    again = freeze(month=Month(council.pk, OCTOBER), by=None)

    assert MonthRecord.objects.get().freeze_id == again.pk
    assert "permission denied" in refused("update tracking_monthrecord set status = 'EET'", "select 1")
    assert "permission denied" in refused("update tracking_monthtally set neet = 7", "select 1")


def test_a_whole_month_runs_with_the_rights_of_the_application(council, as_app_later):
    make_activity(make_person(council), "619", date(2026, 9, 7), verified_on=date(2026, 10, 5))
    by = make_user()
    as_app_later()

    made = close(freeze=freeze(month=Month(council.pk, OCTOBER), by=by), by=by)
    reopen(freeze=made, by=by, why="The DfE refused the file")
    again = freeze(month=Month(council.pk, OCTOBER), by=by)

    assert Freeze.objects.get(replaced_at=None) == again
    assert MonthTally.objects.get().neet == 1


def test_an_erasure_empties_whose_a_row_is(closed, as_app_later):
    as_app_later()

    MonthRecord.objects.update(person=None)

    assert MonthRecord.objects.get().status == "NEET"


def test_the_owner_may_lift_the_guard_on_purpose(closed):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local neet.guard = 'lifted'")
        cursor.execute("delete from tracking_monthrecord")

    assert not MonthRecord.objects.exists()
