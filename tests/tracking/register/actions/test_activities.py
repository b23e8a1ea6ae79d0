"""Recording, correcting and ending what a young person does, and where that leaves them the same moment."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from neet.audit.models import AuditEvent
from schools.models import Membership
from tests.factories import (
    APPRENTICE,
    CANNOT_BE_FOUND,
    COLLEGE,
    SEEKING,
    make_activity,
    make_authority,
    make_characteristic,
    make_college,
    make_person,
    make_user,
)
from tests.tracking.register.actions.conftest import TODAY
from tracking.register.actions.activities import correct_activity, end_activity, record_activity
from tracking.register.actions.confirmations import confirm_activity
from tracking.register.kinds import Kind
from tracking.register.models import Activity, Confirmation, Situation
from tracking.register.refusals import Conflict, NotPermitted, NotRight
from tracking.register.rules.activities import Told
from tracking.register.statements import Ending

AT_COLLEGE = Told(
    code=COLLEGE,
    starts_on=date(2026, 9, 7),
    told_on=date(2026, 11, 18),
    source="provider",
    predicted_end_on=date(2028, 6, 30),
)
LOOKING = Told(code=SEEKING, starts_on=date(2026, 11, 2), told_on=date(2026, 11, 19), source="young_person")


def situation(person):
    return Situation.objects.get(person=person)


def spells(person):
    return [(each.code, each.starts_on, each.ends_on) for each in person.activities.order_by("starts_on")]


def test_record_activity_fills_the_three_dates_and_the_situation(officer, person):
    college = make_college(ukprn="10012345")

    made = record_activity(person=person, told=replace(AT_COLLEGE, establishment_id=college.pk), by=officer)

    assert (made.establishment_name, made.ukprn, made.ascertained_on) == (
        college.name,
        "10012345",
        date(2026, 11, 18),
    )
    assert [(each.verified_on, each.source, each.by) for each in made.confirmations.all()] == [
        (date(2026, 11, 18), "provider", officer)
    ]
    stands = situation(person)
    assert (stands.activity_id, stands.code, stands.lapses_on) == (made.pk, COLLEGE, date(2027, 8, 31))
    event = AuditEvent.objects.get(kind=Kind.ACTIVITY_RECORDED)
    assert (event.user_id, event.authority_id, event.subjects) == (
        officer.pk,
        person.authority_id,
        [person.pk],
    )


def test_record_activity_ends_what_went_before_the_day_before(officer, person):
    record_activity(person=person, told=AT_COLLEGE, by=officer)
    record_activity(person=person, told=LOOKING, by=officer)

    assert spells(person) == [
        (COLLEGE, date(2026, 9, 7), date(2026, 11, 1)),
        (SEEKING, date(2026, 11, 2), None),
    ]
    assert (situation(person).code, situation(person).neet_since_on) == (SEEKING, date(2026, 11, 2))


def test_an_activity_told_beforehand_waits_for_its_day(officer, person):
    record_activity(person=person, told=LOOKING, by=officer)
    starts_on = date(2027, 1, 4)
    told = Told(code=APPRENTICE, starts_on=starts_on, told_on=TODAY, source="employer")

    made = record_activity(person=person, told=told, by=officer)

    stands = situation(person)
    assert (stands.code, stands.ends_on, stands.changes_on) == (SEEKING, date(2027, 1, 3), starts_on)
    assert (made.ascertained_on, made.confirmations.get().verified_on) == (starts_on, TODAY)


def test_an_activity_in_the_past_lasts_until_what_came_after(officer, person):
    record_activity(person=person, told=LOOKING, by=officer)
    record_activity(person=person, told=AT_COLLEGE, by=officer)

    assert spells(person) == [
        (COLLEGE, date(2026, 9, 7), date(2026, 11, 1)),
        (SEEKING, date(2026, 11, 2), None),
    ]
    assert situation(person).code == SEEKING


def test_a_stretch_not_known_gives_way_and_stays_in_the_history(officer, person):
    gap = make_activity(person, CANNOT_BE_FOUND, date(2026, 9, 20))

    record_activity(person=person, told=AT_COLLEGE, by=officer)

    assert spells(person) == [(COLLEGE, date(2026, 9, 7), None)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, superseded_at IS NOT NULL FROM tracking_activity_history WHERE id = %s", [gap.pk]
        )
        assert cursor.fetchall() == [(CANNOT_BE_FOUND, True)]


def test_the_same_told_twice_is_one_activity(officer, person):
    first = record_activity(person=person, told=AT_COLLEGE, by=officer, seen_id=None)
    second = record_activity(person=person, told=AT_COLLEGE, by=officer, seen_id=None)

    assert first == second
    assert (Activity.objects.count(), Confirmation.objects.count()) == (1, 1)


def test_record_activity_shows_what_a_colleague_recorded_meanwhile(officer, person):
    record_activity(person=person, told=LOOKING, by=make_user("mi_officer", person.authority))

    with pytest.raises(Conflict) as conflict:
        record_activity(person=person, told=replace(AT_COLLEGE, starts_on=TODAY), by=officer, seen_id=None)

    assert conflict.value.theirs == {"code": SEEKING, "starts_on": date(2026, 11, 2)}
    assert conflict.value.yours == {"code": COLLEGE, "starts_on": TODAY}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "999"}, "code"),
        ({"predicted_end_on": None}, "predicted_end_on"),
        ({"predicted_end_on": date(2026, 9, 1)}, "predicted_end_on"),
        ({"code": "350"}, "review_on"),
        ({"code": "350", "review_on": date(2029, 1, 1)}, "review_on"),
        ({"code": "350", "review_on": date(2026, 9, 1)}, "review_on"),
        ({"told_on": TODAY + timedelta(days=1)}, "told_on"),
        ({"code": "280"}, "code"),
        ({"code": "620"}, "code"),
        ({"code": "440"}, "code"),
        ({"code": "110"}, "code"),
        ({"starts_on": date(2009, 9, 1)}, "starts_on"),
        ({"starts_on": date(2019, 9, 1)}, "code"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_question(officer, person, changed, field):
    with pytest.raises(NotRight) as refused:
        record_activity(person=person, told=replace(AT_COLLEGE, **changed), by=officer)

    assert field in refused.value.words
    assert not Activity.objects.exists()
    assert not AuditEvent.objects.filter(kind=Kind.ACTIVITY_RECORDED).exists()


def test_a_plan_or_characteristic_on_record_opens_the_codes_that_need_it(officer, person):
    make_characteristic(person, "EHCP")
    make_characteristic(person, "140")

    record_activity(person=person, told=replace(AT_COLLEGE, code="280"), by=officer)
    record_activity(person=person, told=replace(LOOKING, code="620"), by=officer)

    assert situation(person).code == "620"


def test_two_things_from_one_day_are_refused(officer, person):
    record_activity(person=person, told=AT_COLLEGE, by=officer)

    with pytest.raises(NotRight, match="from that day already"):
        record_activity(person=person, told=replace(AT_COLLEGE, code="250"), by=officer)


@pytest.mark.parametrize("role", ["manager", "governance", "hub_worker", "school_user"])
def test_roles_that_do_not_record_are_refused(person, role):
    place = {"establishment": make_college()} if role == "school_user" else {}
    other = make_user(role, person.authority, **place)

    with pytest.raises(NotPermitted):
        record_activity(person=person, told=AT_COLLEGE, by=other)
    assert not Activity.objects.exists()


def test_nobody_records_for_another_council_or_on_a_restricted_record(officer, person):
    foreign = make_person(make_authority(), date_of_birth=date(2010, 3, 3))
    hidden = make_person(
        person.authority, date_of_birth=date(2010, 3, 3), restricted_on=TODAY, restricted_reason="Court order"
    )

    for unreachable in (foreign, hidden):
        with pytest.raises(NotPermitted):
            record_activity(person=unreachable, told=AT_COLLEGE, by=officer)


def test_a_right_held_at_one_council_reaches_nobody_seen_at_another(officer, person):
    elsewhere = make_authority()
    both = make_user("tracking_officer", elsewhere)
    Membership.objects.create(
        user=both, role="hub_worker", authority=person.authority, starts_on=date(2020, 1, 1)
    )

    with pytest.raises(NotPermitted):
        record_activity(person=person, told=AT_COLLEGE, by=both)


# --- correcting -------------------------------------------------------------------------------------


def test_correct_activity_puts_the_row_right_and_moves_what_adjoins(officer, person):
    record_activity(person=person, told=AT_COLLEGE, by=officer)
    looking = record_activity(person=person, told=LOOKING, by=officer)

    right = replace(LOOKING, starts_on=date(2026, 10, 26))
    correct_activity(activity=looking, told=right, version=looking.version, why="Wrong month", by=officer)

    assert spells(person) == [
        (COLLEGE, date(2026, 9, 7), date(2026, 10, 25)),
        (SEEKING, date(2026, 10, 26), None),
    ]
    assert AuditEvent.objects.get(kind=Kind.ACTIVITY_CORRECTED).why == "Wrong month"
    assert situation(person).neet_since_on == date(2026, 10, 26)


def test_correct_activity_refuses_overlap_and_asks_why(officer, person):
    college = record_activity(person=person, told=AT_COLLEGE, by=officer)
    record_activity(person=person, told=LOOKING, by=officer)
    college.refresh_from_db()
    longer = replace(AT_COLLEGE, ends_on=date(2026, 11, 10))

    with pytest.raises(NotRight, match="overlap"):
        correct_activity(activity=college, told=longer, version=college.version, why="It went on", by=officer)
    with pytest.raises(NotRight, match="why"):
        correct_activity(activity=college, told=AT_COLLEGE, version=college.version, why=" ", by=officer)


def test_correct_activity_shows_both_answers_after_a_lost_update(officer, person):
    made = record_activity(person=person, told=AT_COLLEGE, by=officer)
    first = replace(AT_COLLEGE, predicted_end_on=date(2027, 6, 30))
    second = replace(AT_COLLEGE, predicted_end_on=date(2027, 7, 31))
    correct_activity(activity=made, told=first, version=1, why="One-year course", by=officer)

    with pytest.raises(Conflict) as conflict:
        correct_activity(activity=made, told=second, version=1, why="Ends in July", by=officer)
    correct_activity(activity=made, told=first, version=1, why="One-year course", by=officer)

    assert conflict.value.theirs == {"predicted_end_on": date(2027, 6, 30)}
    assert conflict.value.yours == {"predicted_end_on": date(2027, 7, 31)}
    assert situation(person).lapses_on == date(2027, 6, 30)


# --- ending -----------------------------------------------------------------------------------------


def test_end_activity_leaves_not_known_from_the_day_after(officer, person):
    made = record_activity(person=person, told=AT_COLLEGE, by=officer)

    end_activity(activity=made, ending=Ending(date(2026, 11, 13), "Left the course"), version=1, by=officer)

    assert spells(person) == [
        (COLLEGE, date(2026, 9, 7), date(2026, 11, 13)),
        (CANNOT_BE_FOUND, date(2026, 11, 14), None),
    ]
    assert situation(person).code == CANNOT_BE_FOUND


def test_end_activity_below_year_12_leaves_the_school_age_not_known(officer, authority):
    pupil = make_person(authority, date_of_birth=date(2011, 3, 3))
    at_school = make_activity(pupil, "110", predicted_end_on=date(2027, 8, 31))

    after = end_activity(
        activity=at_school, ending=Ending(date(2026, 11, 13), "Moved"), version=1, by=officer
    )

    assert (after.code, after.predicted_end_on) == ("150", date(2027, 8, 31))


def test_end_activity_records_what_comes_next(officer, person):
    made = record_activity(person=person, told=AT_COLLEGE, by=officer)
    then = Told(code=APPRENTICE, starts_on=date(2026, 11, 16), told_on=TODAY, source="employer")

    ending = Ending(date(2026, 11, 15), "Found an apprenticeship", then)
    after = end_activity(activity=made, ending=ending, version=1, by=officer)
    again = end_activity(activity=made, ending=ending, version=1, by=officer)

    assert after == again
    assert spells(person)[-1] == (APPRENTICE, date(2026, 11, 16), None)
    assert Activity.objects.count() == 2


def test_end_activity_before_it_started_is_refused(officer, person):
    made = record_activity(person=person, told=AT_COLLEGE, by=officer)

    with pytest.raises(NotRight, match="on or after"):
        end_activity(activity=made, ending=Ending(date(2026, 9, 1), "x"), version=1, by=officer)
    with pytest.raises(Conflict):
        end_activity(activity=made, ending=Ending(date(2026, 10, 1), "x"), version=7, by=officer)


# --- what the database promises, whoever writes -------------------------------------------------------


def test_the_database_refuses_two_primary_activities_at_a_time(person):
    make_activity(person, COLLEGE)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="one_primary"), transaction.atomic():
        make_activity(person, SEEKING, date(2026, 10, 1))


def test_the_database_refuses_an_end_before_the_start(person):
    with pytest.raises(IntegrityError, match="activity_ends_after_start"):
        make_activity(person, ends_on=date(2026, 8, 1))


def test_history_keeps_every_version_with_the_act_behind_it(officer, person):
    made = record_activity(person=person, told=AT_COLLEGE, by=officer)
    moment_event = AuditEvent.objects.get(kind=Kind.ACTIVITY_RECORDED)
    end_activity(activity=made, ending=Ending(date(2026, 11, 13), "Left"), version=1, by=officer)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ends_on, event_id FROM tracking_activity_history WHERE id = %s ORDER BY history_id",
            [made.pk],
        )
        versions = cursor.fetchall()
    ended = AuditEvent.objects.get(kind=Kind.ACTIVITY_ENDED)
    assert versions == [(None, moment_event.pk), (date(2026, 11, 13), ended.pk)]


def test_confirm_moves_the_last_day_it_counts(officer, person):
    told = Told(code=APPRENTICE, starts_on=date(2026, 3, 2), told_on=date(2026, 3, 2), source="employer")
    made = record_activity(person=person, told=told, by=officer)
    assert situation(person).lapses_on == date(2027, 3, 2)

    confirm_activity(activity=made, on=TODAY, source="employer", by=officer)

    assert situation(person).lapses_on == date(2027, 11, 20)
