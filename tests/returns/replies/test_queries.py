"""Errors month by month: what was sent, what the DfE said of it, who is reported again."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from neet.accounts.models import User
from returns.nccis.actions import Month, mark_sent
from returns.nccis.models import Submission
from returns.replies.queries import sent_months
from tests.returns.nccis.conftest import make_signed
from tests.returns.replies.conftest import OCTOBER
from tests.returns.replies.test_views import note, words
from tracking.rules.months import ReportingMonth

NOVEMBER = date(2026, 11, 30)
BOTH = "YoungPersonsID,ErrorCode\n8860000000001,4\n8860000000002,4\n"
ONE = "YoungPersonsID,ErrorCode\n8860000000002,4\n"


@pytest.fixture
def november(sent: Submission, officer: User, monkeypatch: pytest.MonkeyPatch) -> Submission:
    """November's file of the same three, sent in December."""
    monkeypatch.setenv("DJANGO_NOW", "2026-12-07T10:00")
    signed = make_signed(Month(sent.authority, NOVEMBER), officer)
    return mark_sent(submission=signed, by=officer)


def test_who_is_reported_two_months_running_is_counted(
    desk: Client, sent: Submission, november: Submission
) -> None:
    note(desk, sent, "with_errors", BOTH)
    note(desk, november, "with_errors", ONE)

    with CaptureQueriesContext(connection) as asked:
        newest, before = sent_months(sent.authority, ReportingMonth(NOVEMBER))

    assert len(asked) == 2
    assert (newest.month.ends_on, newest.reported, newest.again) == (NOVEMBER, 1, 1)
    assert (before.month.ends_on, before.reported, before.again) == (OCTOBER, 2, 0)
    assert before.found_here == sum(sent.errors.values()) > 3  # a record may have several
    assert before.share == pytest.approx(200 / 3)
    assert newest.verdict == "Accepted, with errors reported"


def test_the_last_reply_counts_and_later_months_are_not_told(
    desk: Client, sent: Submission, november: Submission
) -> None:
    note(desk, sent, "refused")
    note(desk, sent, "with_errors", ONE)

    (only,) = sent_months(sent.authority, ReportingMonth(OCTOBER))

    assert (only.verdict, only.reported) == ("Accepted, with errors reported", 1)


def test_the_month_page_shows_errors_month_by_month(
    desk: Client, sent: Submission, november: Submission
) -> None:
    note(desk, sent, "with_errors", BOTH)

    shown, found = words(desk.get("/month/2026-11/")), sum(sent.errors.values())

    assert "Errors month by month" in shown
    assert f"October 2026 3 {found} Accepted, with errors reported 2 (66.7%) 0" in shown
    assert "No reply noted" in shown
