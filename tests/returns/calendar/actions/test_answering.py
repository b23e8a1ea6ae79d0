"""What becomes of one establishment's answer."""

from datetime import date

import pytest
from django.core import mail

from neet import clock
from neet.audit.models import AuditEvent
from neet.messages.actions import deliver
from returns.calendar.actions.answering import (
    ask_again,
    declare_nil,
    extend,
    mark_not_sent,
    mark_sent,
    take_nil_back,
    waive,
)
from returns.calendar.actions.planning import Refused
from returns.calendar.kinds import Kind
from returns.calendar.queries.expected import deadline_of
from tests.factories import make_user
from tests.returns.calendar.factories import expect, make_collection

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_sunday_in_november(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-22T09:00")


@pytest.fixture
def expected():
    return expect(make_collection())


@pytest.fixture
def secretary(expected):
    return make_user("school_user", expected.collection.authority, establishment=expected.establishment)


@pytest.fixture
def officer(expected):
    return make_user("tracking_officer", expected.collection.authority)


def test_nil_in_one_act_and_back(expected, secretary):
    declare_nil(expected=expected, by=secretary)
    assert expected.is_answered
    assert expected.nil_by == secretary

    with pytest.raises(Refused, match="in the meantime"):
        declare_nil(expected=expected, by=secretary)
    take_nil_back(expected=expected, by=secretary)
    assert not expected.is_answered
    assert set(AuditEvent.objects.values_list("kind", flat=True)) == {Kind.NIL_DECLARED, Kind.NIL_TAKEN_BACK}


def test_the_council_stops_asking_with_a_reason_only(expected, officer):
    with pytest.raises(Refused, match="Say why"):
        waive(expected=expected, why="  ", by=officer)
    waive(expected=expected, why="Closed in July", by=officer)
    assert (expected.waived_on, expected.waived_why) == (date(2026, 11, 22), "Closed in July")

    ask_again(expected=expected, by=officer)
    assert not expected.is_answered


def test_more_time_is_later_time(expected, officer):
    with pytest.raises(Refused, match="after the day it is due"):
        extend(expected=expected, to=date(2026, 11, 27), by=officer)
    extend(expected=expected, to=date(2026, 12, 4), by=officer)
    assert deadline_of(expected).due_on == date(2026, 12, 4)


def test_a_return_that_was_sent_ends_the_asking_and_gives_a_receipt_without_names(expected, secretary):
    mark_sent(expected=expected, at=clock.now())
    mark_sent(expected=expected, at=clock.now())
    expected.refresh_from_db()

    assert expected.is_answered
    deliver()
    assert [each.subject for each in mail.outbox] == ["Your return has arrived"]
    assert secretary.name not in mail.outbox[0].body

    mark_not_sent(expected=expected)
    expected.refresh_from_db()
    assert not expected.is_answered
