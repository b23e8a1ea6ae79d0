"""Several people open the same month at once, and it is opened once; they decide the same case, and nothing doubles."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from caseload.allocation.actions import decide, open_month
from caseload.allocation.kinds import Kind
from caseload.allocation.models import Case, MonthRun
from neet.audit.models import AuditEvent
from tests.caseload.allocation.conftest import NOVEMBER, TODAY
from tests.factories import (
    SEEKING,
    make_activity,
    make_authority,
    make_characteristic,
    make_person,
    make_service,
    make_user,
    seed_reference,
)
from tracking.register.models import Responsibility

pytestmark = pytest.mark.django_db(transaction=True)
DESKS = 12


@pytest.fixture(autouse=True)
def rules_and_day(transactional_db, monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", f"{TODAY}T10:00")
    seed_reference()


def at_once(act):
    """Call `act()` at twelve desks on six threads, each with its own connection."""

    def one(_):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=6) as desks:
        return list(desks.map(one, range(DESKS)))


def test_a_month_opened_at_many_desks_is_opened_once():
    authority = make_authority()
    make_service(authority, slug="neet-support")
    officer = make_user("tracking_officer", authority)
    for _ in range(5):
        make_activity(make_person(authority, date_of_birth="2010-03-03"), SEEKING, verified_on=TODAY)

    runs = at_once(lambda: open_month(authority=authority, month=NOVEMBER, by=officer))

    assert set(runs) == {MonthRun.objects.get()}
    assert Case.objects.count() == Responsibility.objects.count() == 5
    events = AuditEvent.objects.filter(kind=Kind.MONTH_OPENED)
    assert sum(event.counts.get("repeated", 0) for event in events) == DESKS - 1


def test_a_conflict_decided_at_many_desks_begins_one_lead():
    authority = make_authority()
    send = make_service(authority, slug="send")
    officer = make_user("tracking_officer", authority)
    person = make_person(authority, date_of_birth="2010-03-03")
    for code in ("110", "170"):
        make_characteristic(person, code)
    make_activity(person, SEEKING, verified_on=TODAY)
    case = open_month(authority=authority, month=NOVEMBER, by=officer).cases.get()

    at_once(lambda: decide(case=case, service=send, why="They know her", by=officer))

    assert Responsibility.objects.get(person=person).service == send
