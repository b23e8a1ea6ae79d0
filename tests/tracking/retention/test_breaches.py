"""The log of breaches: the 72 hours, what has to be said before one is closed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from neet import clock
from neet.audit.models import AuditEvent
from tests.factories import make_authority, make_user
from tracking.register.refusals import NotPermitted, NotRight
from tracking.retention.actions.breaches import (
    change_breach,
    close_breach,
    decide_breach,
    record_breach,
)
from tracking.retention.kinds import Kind
from tracking.retention.panels import home_panel
from tracking.retention.queries import clock_of
from tracking.retention.statements import Decision, Happened

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user("governance", make_authority())


def happened(hours_ago: int = 1) -> Happened:
    return Happened("A list went to the wrong school", None, clock.now() - timedelta(hours=hours_ago), 12)


def recorded_by(officer, hours_ago: int = 1):
    return record_breach(
        authority=officer.memberships.get().authority, happened=happened(hours_ago), by=officer
    )


@pytest.mark.parametrize(
    ("hours_ago", "left", "is_over"), [(0, 71, False), (70, 1, False), (71, 0, False), (72, -1, True)]
)
def test_seventy_two_hours_run_from_knowing(officer, hours_ago, left, is_over):
    breach = recorded_by(officer, hours_ago)

    found = clock_of(breach, clock.now())

    assert (found.hours_left, found.is_over) == (left, is_over)


def test_whoever_answers_for_data_protection_sees_the_hours(officer):
    breach = recorded_by(officer, 60)

    assert "11 of 72 hours left" in home_panel(officer, clock.today()).tiles[0].words
    decide_breach(breach=breach, decision=Decision(False, "Nobody saw it", False), by=officer)
    assert home_panel(officer, clock.today()) is None
    assert home_panel(make_user("mi_officer", breach.authority), clock.today()) is None


def test_it_is_closed_once_somebody_said_all_there_is_to_say(officer):
    breach = recorded_by(officer)
    with pytest.raises(NotRight, match="whether the ICO"):
        close_breach(breach=breach, by=officer)
    decide_breach(breach=breach, decision=Decision(True, "Addresses were on it", True), by=officer)
    with pytest.raises(NotRight, match="when the ICO"):
        close_breach(breach=breach, by=officer)
    decide_breach(
        breach=breach, decision=Decision(True, "Addresses were on it", True, clock.now()), by=officer
    )
    with pytest.raises(NotRight, match="what was done"):
        close_breach(breach=breach, by=officer)
    change_breach(breach=breach, happened=replace(happened(), measures="It was deleted there"), by=officer)

    close_breach(breach=breach, by=officer)

    breach.refresh_from_db()
    assert breach.closed_by == officer
    assert (
        AuditEvent.objects.filter(
            kind__startswith="retention.breach", authority_id=breach.authority_id
        ).count()
        == 5
    )
    with pytest.raises(NotRight, match="closed"):
        change_breach(breach=breach, happened=happened(), by=officer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": " "},
        {"known_at": clock.now() + timedelta(days=1)},
        {"happened_on": clock.today() + timedelta(days=1)},
    ],
)
def test_what_cannot_be_is_not_written_down(officer, wrong):
    with pytest.raises(NotRight):
        record_breach(
            authority=officer.memberships.get().authority, happened=replace(happened(), **wrong), by=officer
        )


def test_nobody_else_writes_one_down(officer):
    authority = officer.memberships.get().authority

    for stranger in (make_user("mi_officer", authority), make_user("governance", make_authority())):
        with pytest.raises(NotPermitted):
            record_breach(authority=authority, happened=happened(), by=stranger)
    assert AuditEvent.objects.filter(kind=Kind.BREACH_RECORDED).count() == 0
