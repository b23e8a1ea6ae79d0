"""manage.py allocate: the page's own action from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from caseload.allocation.models import Case, MonthRun
from neet.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def allocated(authority, **asked):
    said = StringIO()
    call_command("allocate", authority=authority.code, stdout=said, **asked)
    return said.getvalue()


def test_a_month_is_opened_then_asked_again_with_its_conflicts_by_number(authority, services, neet, officer):
    neet()
    both = neet("110", "170")

    said = allocated(authority, month="2026-11", by=officer.email)

    assert "November 2026" in said
    assert "opened" in said
    assert "     1  NEET support\n" in said
    assert "     1  Rules disagree\n" in said
    assert f"to decide  {both.young_person_id}  " in said
    assert both.full_name not in said
    run = MonthRun.objects.get()
    assert run.opened_by == officer
    neet()
    assert "1 new" in allocated(authority)
    assert "0 new, 0 changed" in allocated(authority)
    assert Case.objects.filter(run=run, is_late=True).count() == 1
    assert AuditEvent.objects.filter(kind="cases.allocated_again", user_id=None).count() == 2


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"month": "2026-13"}, "month"),
        ({"month": "2026-12"}, "December 2026 has not begun"),
        ({"by": "nobody@example.org"}, "Nobody has an account"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_opened(authority, asked, words):
    with pytest.raises(CommandError, match=words):
        allocated(authority, **asked)
    assert not MonthRun.objects.exists()


def test_who_may_not_allocate_may_not_from_here(authority, caseworker):
    with pytest.raises(CommandError, match="may not allocate"):
        allocated(authority, by=caseworker.email)
