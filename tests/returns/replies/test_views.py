"""Noting what the DfE said: its report read whatever its columns are called, each error led to its record."""

from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from neet.audit.models import AuditEvent
from neet.files.models import StoredFile
from returns.nccis.models import Submission
from returns.replies.layout import error_number
from returns.replies.models import Reply, ReportedError
from tests.factories import make_authority, make_user, sign_in
from tests.returns.replies.conftest import report
from tracking.models import YoungPerson

pytestmark = pytest.mark.django_db
KNOWN = "YoungPersonsID,Error code,Description\n8860000000001,4,No gender\n8860000000002,004,No gender\n"
ODD = "Ref,Wert,Notiz\n8860000000001,Error 4,\n8860000000009,4,\n,4,\n8860000000001,X9/z,odd\n"


def words(answer: Any) -> str:
    return " ".join(strip_tags(answer.content.decode().replace("<", " <")).split())


def note(
    desk: Client, sent: Submission, verdict: str, text: str | None = None, *, follow: bool = True
) -> Any:
    posted: dict[str, Any] = {"verdict": verdict}
    if text is not None:
        posted["file"] = report(text)
    return desk.post(f"/month/file/{sent.pk}/reply/", posted, follow=follow)


def test_a_report_with_known_headings_is_taken_in_at_once(desk: Client, sent: Submission) -> None:
    shown = words(note(desk, sent, "with_errors", KNOWN))

    assert "Records reported 2" in shown
    assert list(ReportedError.objects.values_list("code", flat=True)) == ["4", "4"]
    assert ReportedError.objects.filter(person__isnull=False).count() == 2
    assert "yes, 3 records" in shown  # our own check had found the third as well


def test_each_error_leads_to_the_record_and_says_when_nothing_is_wrong_now(
    desk: Client, sent: Submission
) -> None:
    note(desk, sent, "with_errors", KNOWN)
    YoungPerson.objects.filter(young_person_id="8860000000002").update(gender="F")
    reply = Reply.objects.get()

    answer = desk.get(f"/month/replies/{reply.pk}/errors/4/")

    assert words(answer).count("Nothing wrong now") == 1
    assert "Name1x" in words(answer)
    assert AuditEvent.objects.filter(kind="replies.reply_read").exists()


def test_unknown_headings_are_asked_for_once_and_remembered(desk: Client, sent: Submission) -> None:
    asked = note(desk, sent, "with_errors", ODD)
    assert "Which column holds what?" in words(asked)
    assert "for example 8860000000001" in words(asked)
    first = Reply.objects.get()

    taken = desk.post(f"/month/replies/{first.pk}/columns/", {"number": "Ref", "code": "Wert"}, follow=True)

    assert "Records reported 2, 1 of them with a number this register does not hold" in words(taken)
    assert "1 line of the report has no number or no error" in words(taken)
    assert set(first.errors.values_list("code", flat=True)) == {"4", "X9z"}
    note(desk, sent, "with_errors", ODD)
    assert Reply.objects.exclude(pk=first.pk).get().read_at is not None


def test_a_missing_or_doubled_column_is_said_in_words(desk: Client, sent: Submission) -> None:
    note(desk, sent, "with_errors", ODD)
    here = f"/month/replies/{Reply.objects.get().pk}/columns/"

    assert "Select the column that holds the Error number" in words(
        desk.post(here, {"number": "Ref", "code": ""})
    )
    twice = desk.post(here, {"number": "Ref", "code": "Ref"}, follow=True)
    assert "Two of them are the same column" in words(twice)
    assert not ReportedError.objects.exists()


def test_an_accepted_file_needs_no_report_and_errors_do(desk: Client, sent: Submission) -> None:
    assert "Accepted, nothing reported" in words(note(desk, sent, "accepted"))
    assert "Select the DfE’s error report" in words(note(desk, sent, "with_errors"))
    assert Reply.objects.count() == 1
    assert "Note another reply" in words(desk.get("/month/2026-10/"))


def test_a_report_that_is_no_table_is_refused_and_not_kept(desk: Client, sent: Submission) -> None:
    refused = note(desk, sent, "with_errors", "%PDF-1.7 not a table")

    assert "This is a PDF" in words(refused)
    assert not Reply.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_reply_noted_by_mistake_is_taken_off(desk: Client, sent: Submission) -> None:
    note(desk, sent, "with_errors", KNOWN)

    here = f"/month/replies/{Reply.objects.get().pk}/discard/"
    asked = words(desk.get(here))
    assert "Take this reply off?" in asked
    assert "the 2 records it reported" in asked
    assert Reply.objects.exists()

    desk.post(here, {"confirmed": "yes"})

    assert not Reply.objects.exists()
    assert not StoredFile.objects.exists()


def test_nobody_else_sees_a_reply(desk: Client, sent: Submission) -> None:
    note(desk, sent, "with_errors", KNOWN)
    reply = Reply.objects.get()
    stranger = sign_in(Client(), make_user("mi_officer", make_authority(code="887")))
    officer = sign_in(Client(), make_user("tracking_officer", sent.authority))

    for path in (
        f"/month/replies/{reply.pk}/",
        f"/month/replies/{reply.pk}/errors/4/",
        f"/month/file/{sent.pk}/reply/",
    ):
        assert stranger.get(path).status_code == 404
    assert officer.get(f"/month/replies/{reply.pk}/").status_code == 200
    assert officer.post(f"/month/replies/{reply.pk}/discard/").status_code == 404


def test_a_file_that_was_not_sent_has_no_reply(desk: Client, sent: Submission) -> None:
    Submission.objects.update(sent_at=None, sent_by=None)

    assert desk.get(f"/month/file/{sent.pk}/reply/").status_code == 404
    assert "What the DfE says" not in words(desk.get("/month/2026-10/"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("40", "40"),
        ("040", "40"),
        ("Error 40", "40"),
        ("YP40", "40"),
        ("40.0", "40"),
        ("A/1", "A1"),
        ("//", "other"),
    ],
)
def test_the_number_of_an_error_is_found_in_its_spellings(text: str, expected: str) -> None:
    assert error_number(text, {"40": object(), "4": object()}) == expected
