"""The month page and the error board: who may do what, what is shown, nothing twice."""

import gzip
import hashlib
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from neet.audit.models import AuditEvent
from neet.jobs import actions as jobs
from neet.jobs.models import Job
from returns.nccis.actions import Month, build_file, check_month
from returns.nccis.models import CheckRun, Submission
from schools.models import Authority
from tests.factories import make_authority, make_person, make_user, sign_in
from tests.returns.nccis.conftest import make_faulty, make_signed
from tracking.models import YoungPerson

pytestmark = pytest.mark.django_db
PAGE, GENDER = "/month/2026-10/", "/month/2026-10/errors/4/"
TOO_OLD = date(2007, 1, 5)


def words(answer: Any) -> str:
    return " ".join(strip_tags(answer.content.decode().replace("<", " <")).split())


def built(october: Month) -> Submission:
    make_faulty(october.authority)
    return build_file(month=october, by=make_user("mi_officer", october.authority))


def restrict(person: YoungPerson) -> None:
    YoungPerson.objects.filter(pk=person.pk).update(restricted_on=date(2026, 1, 1), restricted_reason="court")


@pytest.mark.parametrize(
    ("role", "page", "check", "build"),
    [
        ("mi_officer", 200, 302, 302),
        ("tracking_officer", 200, 302, 404),
        ("manager", 200, 302, 404),
        ("governance", 404, 404, 404),
        ("system_admin", 404, 404, 404),
    ],
)
def test_the_month_is_open_to_those_who_mend_and_the_file_to_data_officers(
    authority: Authority, role: str, page: int, check: int, build: int
) -> None:
    desk = sign_in(Client(), make_user(role, None if role == "system_admin" else authority))

    assert desk.get(PAGE).status_code == page
    assert desk.post(f"{PAGE}check/").status_code == check
    Job.objects.update(state="done", finished_at="2026-11-20T10:00Z")
    assert desk.post(f"{PAGE}build/").status_code == build


@pytest.mark.parametrize("slug", ["2015-03", "2026-12", "2026-13", "26-10", "october", "0000-01", "2026-1x"])
def test_a_month_that_is_none_or_not_yet_is_not_found(desk: Client, slug: str) -> None:
    assert desk.get(f"/month/{slug}/").status_code == 404


def test_this_month_is_the_last_one_that_is_over(desk: Client) -> None:
    assert desk.get("/month/").url == PAGE


def test_an_unchecked_month_says_what_checking_does(desk: Client) -> None:
    shown = words(desk.get(PAGE))

    assert "This month has not been checked" in shown
    assert "No file has been built for this month" in shown


def test_a_month_without_young_people_says_so(desk: Client, october: Month) -> None:
    check_month(month=october, by=None)

    assert "Nobody on the register belongs in the file for October 2026" in words(desk.get(PAGE))


def test_errors_are_counted_with_the_way_to_their_list(desk: Client, october: Month) -> None:
    make_faulty(october.authority)
    check_month(month=october, by=None)

    page = desk.get(PAGE)

    assert "Gender is empty. 1 " in words(page)
    assert f'href="{GENDER}"' in page.content.decode()


def test_an_error_lists_its_people_with_the_page_that_mends_it(desk: Client, october: Month) -> None:
    person = make_faulty(october.authority)
    check_month(month=october, by=None)

    page = desk.get(GENDER)

    assert f"{person.family_name}, {person.given_name}" in words(page)
    assert "Year 12" in words(page)
    assert f'href="/people/{person.ref}/details/"' in page.content.decode()
    assert AuditEvent.objects.get(kind="nccis.errors_read").subjects == [person.pk]


def test_a_mended_record_is_shown_as_mended_and_leaves_at_the_next_check(
    desk: Client, october: Month
) -> None:
    person = make_faulty(october.authority)
    check_month(month=october, by=None)
    YoungPerson.objects.filter(pk=person.pk).update(gender="M")

    meanwhile = words(desk.get(GENDER))
    check_month(month=october, by=None)

    assert "Mended" in meanwhile
    assert person.family_name not in words(desk.get(GENDER))


def test_a_restricted_record_is_counted_and_not_shown(desk: Client, october: Month) -> None:
    shown, hidden = make_faulty(october.authority), make_faulty(october.authority, family_name="Hiddenham")
    restrict(hidden)
    check_month(month=october, by=None)

    board, listed = words(desk.get(PAGE)), words(desk.get(GENDER))

    assert "Gender is empty. 2 1 not open to you" in board
    assert shown.family_name in listed
    assert "Hiddenham" not in listed
    assert "1 more record is not open to you" in listed


def test_an_error_only_in_restricted_records_says_so(desk: Client, october: Month) -> None:
    restrict(make_faulty(october.authority))
    check_month(month=october, by=None)

    page = desk.get(GENDER)

    assert "The records with this error are not open to you" in words(page)
    assert f'<a href="{PAGE}">Back to October 2026</a>' in page.content.decode()


def test_a_manager_sees_the_numbers_alone(october: Month) -> None:
    make_faulty(october.authority)
    check_month(month=october, by=None)

    page = sign_in(Client(), make_user("manager", october.authority)).get(PAGE)

    assert "Your role shows the numbers" in words(page)
    assert GENDER not in page.content.decode()


def test_another_authority_sees_nothing_of_it(october: Month) -> None:
    submission = built(october)
    desk = sign_in(Client(), make_user("mi_officer", make_authority()))

    assert "This month has not been checked" in words(desk.get(PAGE))
    assert desk.get(GENDER).status_code == 404
    assert desk.get(f"/month/file/{submission.pk}/").status_code == 404
    assert desk.post(f"/month/file/{submission.pk}/sent/").status_code == 404


@pytest.mark.parametrize("address", [PAGE, GENDER])
def test_statements_do_not_grow_with_errors(
    desk: Client, october: Month, address: str, django_assert_max_num_queries: Any
) -> None:
    make_faulty(october.authority)
    check_month(month=october, by=None)
    desk.get(address)
    counted = []
    for _ in range(2):
        with django_assert_max_num_queries(40) as asked:
            desk.get(address)
        counted.append(len(asked))
        for _ in range(60):
            make_faulty(october.authority)
        check_month(month=october, by=None)

    assert counted[0] == counted[1]


def test_clicking_twice_asks_once(desk: Client) -> None:
    desk.post(f"{PAGE}check/")
    desk.post(f"{PAGE}check/")

    assert Job.objects.count() == 1


def test_a_build_asked_for_during_a_check_says_to_wait(desk: Client) -> None:
    desk.post(f"{PAGE}check/")

    answer = desk.post(f"{PAGE}build/", follow=True)

    assert "Ask again when it is finished" in words(answer)
    assert Job.objects.count() == 1


def test_a_page_that_watches_is_made_new_when_the_work_is_done(desk: Client, october: Month) -> None:
    make_faulty(october.authority)
    desk.post(f"{PAGE}check/")
    watching = {"HTTP_HX_REQUEST": "true"}
    before = desk.get(PAGE, **watching)

    jobs.run(job_id=Job.objects.get().pk)

    assert "Waiting for its turn" in words(before)
    assert desk.get(PAGE, **watching)["HX-Refresh"] == "true"
    assert "1 young person is in the file" in words(desk.get(PAGE))


def test_a_failed_build_says_why(desk: Client) -> None:
    desk.post(f"{PAGE}build/")

    jobs.run(job_id=Job.objects.get().pk)

    shown = words(desk.get(PAGE))
    assert "Could not be finished" in shown
    assert "belongs in the file for October 2026" in shown
    assert not Submission.objects.exists()


def test_a_cancelled_check_leaves_the_board_as_it_was(
    desk: Client, october: Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_faulty(october.authority)
    before = check_month(month=october, by=None)
    found = before.errors.count()
    desk.post(f"{PAGE}check/")
    job = Job.objects.get()
    monkeypatch.setattr(
        "returns.nccis.tasks.check_month", lambda **asked: cancelled_meanwhile(job, check_month(**asked))
    )

    jobs.run(job_id=job.pk)

    assert CheckRun.objects.get() == before
    assert before.errors.count() == found > 0


def cancelled_meanwhile(job: Job, run: CheckRun) -> CheckRun:
    Job.objects.filter(pk=job.pk).update(state="cancelled", finished_at="2026-11-20T10:00Z")
    return run


def test_the_file_is_handed_out_as_built_and_the_trail_says_so(desk: Client, october: Month) -> None:
    submission = built(october)

    answer = desk.get(f"/month/file/{submission.pk}/")

    assert answer.content == gzip.decompress(submission.content)
    assert hashlib.sha256(answer.content).hexdigest() == submission.sha256
    assert answer["Content-Disposition"] == (
        f'attachment; filename="NCCIS_{october.authority.code}_2026-10.xml"'
    )
    assert AuditEvent.objects.get(kind="nccis.downloaded").counts["people"] == 1


def test_asking_about_the_file_is_not_taking_it(desk: Client, october: Month) -> None:
    submission = built(october)

    assert desk.head(f"/month/file/{submission.pk}/").status_code == 200

    assert not AuditEvent.objects.filter(kind="nccis.downloaded").exists()


def test_a_file_is_marked_as_sent_once(desk: Client, october: Month, officer: Any) -> None:
    make_faulty(october.authority)
    submission = make_signed(october, officer)
    desk.post(f"/month/file/{submission.pk}/sent/")
    first = Submission.objects.get().sent_at

    shown = words(desk.post(f"/month/file/{submission.pk}/sent/", follow=True))

    assert Submission.objects.get().sent_at == first
    assert "The file for October 2026 went to the DfE" in shown


@pytest.mark.parametrize(("act", "left"), [("all", 0), ("ticked", 1)])
def test_the_too_old_are_marked_at_once(desk: Client, october: Month, act: str, left: int) -> None:
    first, _ = (make_person(october.authority, date_of_birth=TOO_OLD) for _ in range(2))

    desk.post(f"{PAGE}outgrown/", {"act": act, "ticked": first.pk})

    assert YoungPerson.objects.filter(cohort_status="P").count() == left
    assert YoungPerson.objects.get(pk=first.pk).cohort_status == "A"


@pytest.mark.parametrize("ticked", [[], ["x"], ["9" * 30]])
def test_marking_nobody_asks_for_one(desk: Client, october: Month, ticked: list[str]) -> None:
    make_person(october.authority, date_of_birth=TOO_OLD)

    answer = desk.post(f"{PAGE}outgrown/", {"act": "ticked", "ticked": ticked})

    assert "Select at least one young person" in words(answer)
    assert YoungPerson.objects.get().cohort_status == "P"


def test_the_too_old_of_another_authority_are_not_marked(desk: Client) -> None:
    foreign = make_person(make_authority(), date_of_birth=TOO_OLD)

    desk.post(f"{PAGE}outgrown/", {"act": "ticked", "ticked": foreign.pk})

    assert YoungPerson.objects.get().cohort_status == "P"


def test_a_record_shows_what_the_dfe_would_say(desk: Client, october: Month) -> None:
    person = make_faulty(october.authority)

    page = desk.get(f"/people/{person.ref}/")

    assert "Gender is empty." in words(page)
    assert "error 4, November 2026" in words(page)


def test_the_first_page_shows_the_road_of_the_month(desk: Client, october: Month) -> None:
    built(october)

    shown = words(desk.get("/"))

    assert "The file for October 2026" in shown
    assert "Mend what the DfE would send back 1 record" in shown
    assert "Send it to the DfE Not yet" in shown
