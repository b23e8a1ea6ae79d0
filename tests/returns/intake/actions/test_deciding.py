"""Somebody says who a doubtful row is, and takes that back."""

from datetime import date

import pytest

from neet.audit.models import AuditEvent
from returns.intake.actions.deciding import decide, nobody, undo_decision
from returns.intake.matching import match_rows
from returns.intake.models import Candidate, Intake, IntakeRow
from returns.intake.refusals import NotNow
from tests.factories import make_authority, make_user
from tests.returns.intake.doubtful import make_waiting, people_called, row_of
from tracking.models import Activity, YoungPerson
from tracking.register.refusals import NotPermitted

pytestmark = pytest.mark.django_db
Found, Verdict = IntakeRow.Found, Candidate.Verdict


@pytest.fixture
def intake() -> Intake:
    return make_waiting()


@pytest.fixture
def officer(intake: Intake):
    return make_user("tracking_officer", intake.authority)


def best_of(row: IntakeRow) -> Candidate:
    return row.candidates.select_related("row__intake").first()


def test_both_rows_wait(intake: Intake) -> None:
    assert {row.found for row in intake.rows.all()} == {Found.DOUBTFUL}
    assert row_of(intake, "Ella").candidates.count() == 2


def test_a_chosen_person_is_taken_over_at_once(intake: Intake, officer) -> None:
    candidate = best_of(row_of(intake, "Ella"))

    row = decide(candidate=candidate, verdict=Verdict.SAME, by=officer)

    assert (row.found, row.person, row.decided_by) == (Found.CHOSEN, candidate.person, officer)
    assert row.applied_event
    assert Activity.objects.filter(person=candidate.person, establishment=intake.establishment).exists()
    assert sorted(row.candidates.values_list("verdict", flat=True)) == [Verdict.DIFFERENT, Verdict.SAME]
    assert AuditEvent.objects.filter(kind="intake.match_decided", user_id=officer.pk).count() == 1


def test_nobody_puts_somebody_new_on_the_register(intake: Intake, officer) -> None:
    row = nobody(row=row_of(intake, "Tom"), by=officer)

    assert row.found == Found.NEW
    assert len(people_called("Tom")) == 2
    assert set(row.candidates.values_list("verdict", flat=True)) == {Verdict.DIFFERENT}


def test_a_decision_before_the_return_is_sent_only_decides() -> None:
    intake = make_waiting(sent=False)
    row = row_of(intake, "Tom")

    decided = decide(
        candidate=best_of(row), verdict=Verdict.SAME, by=make_user("mi_officer", intake.authority)
    )

    assert decided.found == Found.CHOSEN
    assert decided.applied_event is None
    assert not Activity.objects.exists()


def test_a_decision_stays_when_the_return_is_looked_at_again() -> None:
    intake = make_waiting(sent=False)
    officer = make_user("mi_officer", intake.authority)
    row = decide(candidate=best_of(row_of(intake, "Ella")), verdict=Verdict.SAME, by=officer)

    match_rows(intake)

    row.refresh_from_db()
    assert row.found == Found.CHOSEN


def test_the_same_pupil_again_is_left_out() -> None:
    intake = make_waiting(sent=False)
    officer = make_user("mi_officer", intake.authority)
    ella = row_of(intake, "Ella")
    again = IntakeRow.objects.create(
        intake=intake, number=99, clean=ella.clean, found=Found.DOUBTFUL, sure=0.5
    )
    chosen = best_of(ella)
    twice = Candidate.objects.create(row=again, person=chosen.person, sure=0.5, levels=chosen.levels)

    decide(candidate=chosen, verdict=Verdict.SAME, by=officer)
    second = decide(candidate=twice, verdict=Verdict.SAME, by=officer)

    assert second.left_out
    assert second.person == chosen.person


def test_what_was_decided_is_not_decided_again(intake: Intake, officer) -> None:
    row = row_of(intake, "Tom")
    nobody(row=row, by=officer)

    with pytest.raises(NotNow):
        decide(candidate=best_of(row), verdict=Verdict.SAME, by=officer)


def test_only_the_councils_people_say_who_somebody_is(intake: Intake) -> None:
    row = row_of(intake, "Tom")
    school = make_user("school_user", intake.authority, establishment=intake.establishment)
    elsewhere = make_user("tracking_officer", make_authority())

    for stranger in (school, elsewhere):
        with pytest.raises(NotPermitted):
            nobody(row=row, by=stranger)


def test_who_may_not_see_a_restricted_record_does_not_decide_about_it(intake: Intake, officer) -> None:
    YoungPerson.objects.filter(given_name="Tom").update(
        restricted_on=date(2026, 1, 1), restricted_reason="Refuge"
    )

    with pytest.raises(NotPermitted):
        nobody(row=row_of(intake, "Tom"), by=officer)


def test_a_choice_taken_back_leaves_the_register_as_it_was(intake: Intake, officer) -> None:
    row = decide(candidate=best_of(row_of(intake, "Ella")), verdict=Verdict.SAME, by=officer)

    row = undo_decision(row=row, by=officer)

    assert (row.found, row.person, row.applied_event, row.decided_at) == (Found.DOUBTFUL, None, None, None)
    assert not Activity.objects.filter(establishment=intake.establishment).exists()
    assert set(row.candidates.values_list("verdict", flat=True)) == {Verdict.OPEN}


def test_a_newcomer_taken_back_is_no_longer_on_the_register(intake: Intake, officer) -> None:
    row = nobody(row=row_of(intake, "Tom"), by=officer)

    row = undo_decision(row=row, by=officer)

    assert len(people_called("Tom")) == 1
    assert (row.found, row.person) == (Found.DOUBTFUL, None)
    assert row.candidates.count() == 1


def test_a_row_taken_back_can_be_decided_otherwise(intake: Intake, officer) -> None:
    row = undo_decision(row=nobody(row=row_of(intake, "Tom"), by=officer), by=officer)

    row = decide(candidate=best_of(row), verdict=Verdict.SAME, by=officer)

    assert row.person == people_called("Tom")[0]
    assert len(people_called("Tom")) == 1


def test_what_nobody_decided_is_not_taken_back(intake: Intake, officer) -> None:
    with pytest.raises(NotNow):
        undo_decision(row=row_of(intake, "Tom"), by=officer)
