"""Freezing, building from what was known then, signing off, sending: who may, in which order, and what is kept."""

import gzip
import io
from datetime import date

import pytest
from django.db import transaction
from django.test import Client

from neet.accounts.models import User
from neet.audit.models import AuditEvent
from neet.jobs import actions as jobs
from neet.jobs.models import Job
from returns.nccis.actions import Month, build_file, mark_sent, sign_off, take_back_sign_off
from returns.nccis.models import SentRecord, Submission
from returns.nccis.reading import Reading
from returns.nccis.signing import CannotSign, NotSigned
from tests.factories import make_activity, make_person, make_user, sign_in
from tests.returns.nccis.conftest import OCTOBER, make_faulty, make_signed
from tracking.figures.actions import Month as FiguresMonth
from tracking.figures.actions import freeze
from tracking.models import Activity, YoungPerson

PAGE = "/month/2026-10/"


@pytest.fixture
def person(october: Month) -> YoungPerson:
    return make_faulty(october.authority)


def hold(october: Month, by: User | None = None):  # type: ignore[no-untyped-def]
    return freeze(month=FiguresMonth(october.authority.pk, OCTOBER), by=by)


def content(submission: Submission) -> bytes:
    return gzip.decompress(Submission.objects.get(pk=submission.pk).content)


# --- the file of a frozen month ------------------------------------------------------------------------
def test_a_file_is_built_from_the_frozen_month_whatever_was_changed_since(october, person):
    hold(october)
    first = build_file(month=october, by=None)
    Activity.objects.filter(person=person).update(code="619")
    YoungPerson.objects.filter(pk=person.pk).update(gender="F", cohort_status="D", cohort_status_on=OCTOBER)
    make_person(october.authority)

    second = build_file(month=october, by=None)

    assert content(second) == content(first)
    assert first.freeze == second.freeze is not None


def test_a_file_built_before_the_freeze_is_to_look_at(october, person, officer):
    trial = build_file(month=october, by=officer)

    assert trial.freeze is None
    with pytest.raises(CannotSign, match="built to look at"), transaction.atomic():
        sign_off(submission=trial, by=officer, why="There is nobody else")


def test_a_new_freeze_makes_a_new_file(october, person, officer):
    hold(october)
    first = build_file(month=october, by=officer)
    YoungPerson.objects.filter(pk=person.pk).update(gender="F")
    hold(october)

    second = build_file(month=october, by=officer)

    assert b"<Gender>F</Gender>" in content(second)
    assert content(second) != content(first)
    with pytest.raises(CannotSign, match="frozen again"), transaction.atomic():
        sign_off(submission=first, by=officer, why="There is nobody else")


def test_those_measured_are_those_of_16_and_17_in_the_file(october, person, officer):
    """The figures and the file count the same people."""
    leaver = make_person(
        october.authority, cohort_status="T", cohort_status_on=date(2026, 10, 5), transferred_to_la="825"
    )
    make_person(october.authority, date_of_birth=date(2011, 1, 1))
    frozen = hold(october)

    with gzip.open(io.BytesIO(build_file(month=october, by=officer).content)) as file:
        told = {record.young_persons_id: record for record in Reading(file)}

    old_enough = [each for each in told.values() if each.cohort_status == "P" and each.dob < "2010-09-01"]
    assert len(old_enough) == frozen.counts["people"] == 1
    assert told[leaver.young_person_id].cohort_status == "T"


# --- who signs off -----------------------------------------------------------------------------------------
def test_one_person_alone_signs_off_with_a_reason(october, person, officer):
    hold(october, officer)
    submission = build_file(month=october, by=officer)

    with pytest.raises(CannotSign, match="why"), transaction.atomic():
        sign_off(submission=submission, by=officer)
    signed = sign_off(submission=submission, by=officer, why="I work alone")

    assert (signed.signed_off_by, signed.signed_off_why) == (officer, "I work alone")
    assert AuditEvent.objects.get(kind="nccis.signed_off").why == "I work alone"
    signed.freeze.refresh_from_db()
    assert signed.freeze.closed_at is not None


def test_where_a_second_person_is_wanted_the_builder_does_not_sign(october, person, officer):
    october.authority.needs_second_person = True
    october.authority.save()
    hold(october, officer)
    submission = build_file(month=october, by=officer)

    with pytest.raises(CannotSign, match="Somebody else"), transaction.atomic():
        sign_off(submission=submission, by=officer, why="I work alone")
    manager = make_user("manager", october.authority)
    assert sign_off(submission=submission, by=manager).signed_off_by == manager


def test_a_second_officer_without_the_right_does_not_sign_either(october, person, officer):
    october.authority.needs_second_person = True
    october.authority.save()
    hold(october, officer)
    submission = build_file(month=october, by=officer)

    with pytest.raises(CannotSign), transaction.atomic():
        sign_off(submission=submission, by=make_user("mi_officer", october.authority))


def test_signing_twice_changes_nothing(october, person, officer):
    submission = make_signed(october, officer)
    again = sign_off(submission=submission, by=make_user("manager", october.authority))

    assert again.signed_off_by == officer


def test_a_sign_off_is_taken_back_for_a_reason_and_the_month_opens(october, person, officer):
    submission = make_signed(october, officer)

    with pytest.raises(CannotSign), transaction.atomic():
        take_back_sign_off(submission=submission, by=officer, why=" ")
    take_back_sign_off(submission=submission, by=officer, why="The DfE refused it")

    assert AuditEvent.objects.get(kind="nccis.sign_off_taken_back").why == "The DfE refused it"
    hold(october)


# --- sending --------------------------------------------------------------------------------------------------
def test_only_a_signed_file_goes(october, person, officer):
    submission = build_file(month=october, by=officer)

    with pytest.raises(NotSigned), transaction.atomic():
        mark_sent(submission=submission, by=officer)


def test_what_was_sent_about_whom_is_kept_and_no_record_changes(october, person, officer):
    version = person.version
    submission = make_signed(october, officer)
    mark_sent(submission=submission, by=officer)
    mark_sent(submission=submission, by=officer)

    kept = SentRecord.objects.get()
    assert (kept.person, kept.period_end, kept.letter) == (person, OCTOBER, "P")
    person.refresh_from_db()
    assert person.version == version


# --- the pages --------------------------------------------------------------------------------------------
def do_work() -> None:
    for job in Job.objects.filter(state="waiting"):
        jobs.run(job_id=job.pk)


def test_the_month_is_frozen_from_its_page(desk, october, person):
    desk.post(f"{PAGE}freeze/")
    do_work()

    page = desk.get(PAGE).content.decode()
    assert "1 young people in the cohort" in page or "in the cohort" in page
    assert "Freeze the month again" in page


def test_a_closed_month_is_not_frozen_from_its_page(desk, october, person, officer):
    make_signed(october, officer)

    assert "Freeze the month again" not in desk.get(PAGE).content.decode()
    desk.post(f"{PAGE}freeze/")
    do_work()
    assert Job.objects.get().state == "failed"


def test_the_difference_names_whom_it_counts_otherwise(desk, october, person):
    hold(october)
    Activity.objects.filter(person=person).delete()
    make_activity(person, "619", date(2026, 9, 1), verified_on=date(2026, 10, 2))
    hold(october)

    page = desk.get(f"{PAGE}difference/").content.decode()

    assert "1 young person counts otherwise" in page
    assert person.family_name in page
    assert "NEET: looking for work, a course or training" in page


def test_the_difference_of_nothing_says_so(desk, october, person):
    assert "This month is not frozen" in desk.get(f"{PAGE}difference/").content.decode()
    hold(october)
    assert "frozen once" in desk.get(f"{PAGE}difference/").content.decode()
    hold(october)
    assert "Nobody counts otherwise" in desk.get(f"{PAGE}difference/").content.decode()


def test_signing_off_asks_twice_and_for_a_reason(desk, october, person, officer):
    hold(october, officer)
    submission = build_file(month=october, by=officer)
    url = f"/month/file/{submission.pk}/sign-off/"
    assert url in desk.get(PAGE).content.decode()

    refused = desk.post(url, {}).content.decode()
    assert "Enter why you sign off your own work" in refused
    assert "Confirm that you have looked at the figures" in refused
    desk.post(url, {"seen": "on", "why": "I work alone"})

    assert Submission.objects.get().signed_off_by == officer
    assert "Mark as sent" in desk.get(PAGE).content.decode()


def test_the_second_person_signs_without_a_reason(october, person, officer):
    october.authority.needs_second_person = True
    october.authority.save()
    hold(october, officer)
    submission = build_file(month=october, by=officer)
    url = f"/month/file/{submission.pk}/sign-off/"
    own = sign_in(Client(), officer)
    assert "Somebody else signs this file off" in own.get(url).content.decode()
    own.post(url, {"seen": "on", "why": "I work alone"})
    assert Submission.objects.get().signed_off_at is None

    sign_in(Client(), make_user("manager", october.authority)).post(url, {"seen": "on"})

    assert Submission.objects.get().signed_off_at is not None


def test_taking_back_from_the_page(desk, october, person, officer):
    submission = make_signed(october, officer)
    url = f"/month/file/{submission.pk}/sign-off/back/"
    assert url in desk.get(PAGE).content.decode()

    assert "Enter why the sign-off is taken back" in desk.post(url, {}).content.decode()
    desk.post(url, {"why": "The DfE refused it"})

    assert Submission.objects.get().signed_off_at is None


def test_an_unsigned_file_is_not_noted_as_sent(desk, october, person, officer):
    submission = build_file(month=october, by=officer)

    answer = desk.post(f"/month/file/{submission.pk}/sent/", follow=True).content.decode()

    assert "not signed off" in answer
    assert Submission.objects.get().sent_at is None
