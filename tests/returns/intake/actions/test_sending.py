"""A return is sent once, whole, by who may, with what the law asks; rows decided later follow."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from neet.accounts.scope import scope_of
from neet.audit.models import AuditEvent
from returns.calendar.models import ExpectedReturn, Notice
from returns.intake.actions.applying import apply_decided, confirm
from returns.intake.models import Candidate, Intake, IntakeRow, Missing, Problem
from returns.intake.refusals import Changed, NotNow, NotReady
from schools.models import Membership
from tests.factories import (
    APPRENTICE,
    SIXTH_FORM,
    make_activity,
    make_college,
    make_intake,
    make_row,
    make_task,
    make_user,
)
from tests.returns.intake.ready import (
    NEWCOMER,
    YEAR_START,
    looked_at,
    make_asked,
    pupil,
    row,
    sent,
    spells,
)
from tracking.models import Activity, Task, YoungPerson
from tracking.register.refusals import NotPermitted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_of_the_return")]


def test_what_was_to_be_found_out_is_answered(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    make_task(person, kind="left", cause="intake:99999")

    sent(asked, (person, {}))

    assert Task.objects.get().outcome == "Answered by a return"


def test_a_change_since_it_was_looked_at_stops_it(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    intake = make_intake(asked)
    row(intake, person)
    looked_at(intake)
    make_activity(person, APPRENTICE, date(2026, 9, 3))

    with pytest.raises(Changed, match="1 young person changed") as said:
        confirm(intake=intake, by=None)

    assert said.value.people == 1
    intake.refresh_from_db()
    assert (intake.state, intake.event_id) == (Intake.State.CHECKED, None)
    assert AuditEvent.objects.latest("pk").kind == "intake.compared_again"
    assert confirm(intake=intake, by=None).state == Intake.State.CONFIRMED


def test_confirmed_twice_is_confirmed_once(asked: ExpectedReturn) -> None:
    intake = sent(asked, (None, {}))

    again = confirm(intake=intake, by=None)

    assert again.event_id == intake.event_id
    assert YoungPerson.objects.count() == 1


def test_what_is_not_checked_is_not_sent(asked: ExpectedReturn) -> None:
    with pytest.raises(NotNow):
        confirm(intake=make_intake(asked, state=Intake.State.UPLOADED), by=None)


def test_numbers_and_contacts_wait_for_the_privacy_notice(asked: ExpectedReturn) -> None:
    intake = make_intake(asked)
    row(intake, None, mobile="07700 900111")
    looked_at(intake)

    with pytest.raises(NotReady, match="privacy notice"):
        confirm(intake=intake, by=None)

    Intake.objects.update(notice_issued_on=YEAR_START)
    assert confirm(intake=intake, by=None).is_applied


def test_what_is_wrong_with_the_whole_return_stops_it(asked: ExpectedReturn) -> None:
    intake = looked_at(make_intake(asked))
    Problem.objects.create(
        intake=intake,
        kind="wrong_year",
        severity="error",
        why="This is last year’s.",
        fix="Send this year’s.",
    )

    with pytest.raises(NotReady, match=r"This is last year’s\. Send"):
        confirm(intake=intake, by=None)


def test_a_row_that_needs_a_change_is_held_back_alone(asked: ExpectedReturn) -> None:
    intake = make_intake(asked)
    wrong = row(intake, pupil(asked))
    Problem.objects.create(intake=intake, row=wrong, kind="born", severity="error", why="No date of birth")
    row(intake, None)

    confirm(intake=looked_at(intake), by=None)

    assert Activity.objects.count() == 1
    assert intake.rows.get(pk=wrong.pk).applied_event is None


def test_only_who_may_send_sends(asked: ExpectedReturn) -> None:
    authority = asked.collection.authority
    submitter = make_user("school_user", authority, establishment=asked.establishment)
    contributor = make_user("school_user", authority, establishment=asked.establishment)
    Membership.objects.filter(user=contributor).update(can_submit=False)
    elsewhere = make_user("school_user", authority, establishment=make_college())
    intake = looked_at(make_intake(asked))

    for stranger in (contributor, elsewhere):
        assert scope_of(stranger)
        with pytest.raises(NotPermitted):
            confirm(intake=intake, by=stranger)

    assert confirm(intake=intake, by=submitter).confirmed_by == submitter


def test_the_receipt_goes_out_and_reminders_stop(asked: ExpectedReturn) -> None:
    make_user("school_user", asked.collection.authority, establishment=asked.establishment)

    intake = sent(asked, (None, {}))

    asked.refresh_from_db()
    assert asked.sent_at == intake.confirmed_at
    assert Notice.objects.filter(expected=asked, kind=Notice.Kind.RECEIPT).count() == 1


def test_the_event_names_whom_it_concerned_and_no_values(asked: ExpectedReturn) -> None:
    intake = sent(asked, (pupil(asked), {}), (None, {}))

    event = AuditEvent.objects.get(pk=intake.event_id)
    assert sorted(event.subjects) == sorted(YoungPerson.objects.values_list("pk", flat=True))
    assert event.counts["people_added"] == 1
    assert event.counts["rows_applied"] == 2


def test_a_row_decided_later_goes_in_under_its_own_event(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    intake = make_intake(asked)
    doubtful = make_row(intake, clean=NEWCOMER, found=IntakeRow.Found.DOUBTFUL)
    Candidate.objects.create(row=doubtful, person=person, sure=0.6)
    confirm(intake=looked_at(intake), by=None)
    assert not Activity.objects.exists()
    doubtful.person, doubtful.found = person, IntakeRow.Found.CHOSEN
    doubtful.save()

    done = apply_decided(row=doubtful, by=None)
    again = apply_decided(row=doubtful, by=None)

    assert spells(person) == [(SIXTH_FORM, YEAR_START, None)]
    intake.refresh_from_db()
    assert done.applied_event not in (None, intake.event_id)
    assert again.applied_event == done.applied_event


def test_somebody_added_meanwhile_is_not_added_twice(asked: ExpectedReturn) -> None:
    other = make_asked(authority=asked.collection.authority, place=make_college())
    first, second = make_intake(asked), make_intake(other)
    for each in (first, second):
        row(each, None)
        looked_at(each)

    confirm(intake=first, by=None)
    confirm(intake=second, by=None)

    assert YoungPerson.objects.count() == 1
    assert second.rows.get().outcome == IntakeRow.Outcome.DOUBTFUL
    assert second.rows.get().candidates.get().person == YoungPerson.objects.get()


def test_the_number_of_statements_does_not_grow_with_the_rows(asked: ExpectedReturn) -> None:
    def statements(number: int) -> int:
        intake = make_intake(asked, notice_issued_on=YEAR_START)
        for each in range(number):
            row(
                intake,
                pupil(asked) if each % 2 else None,
                given_name=f"N{'abcdefghij'[each % 10]}",
                mobile=f"07700 9{each:05d}",
            )
        looked_at(intake)
        with CaptureQueriesContext(
            connection,
        ) as asked_of:
            confirm(intake=intake, by=None)
        return len(asked_of)

    assert statements(2) == statements(20)


def test_missing_answers_of_a_return_without_rows(asked: ExpectedReturn) -> None:
    assert Missing.objects.count() == 0
    assert sent(asked).is_applied
